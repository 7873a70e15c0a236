"""The numbers that Word puts before list paragraphs: they are shown, but are not in the text.

A "No" column is often an automatic list ("1.1", "1.2"); without these its rows would lose their
refs. Only what the document's own numbering part defines is computed: formats, start values, level
patterns; restarts after a higher level as Word does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART: Final = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN: Final = 3999
_LEVELS: Final = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str  # decimal, lowerLetter, upperRoman, bullet ...
    pattern: str  # "%1.%2"


@dataclass(slots=True)
class Numbering:
    """Counts list paragraphs in document order and gives each its printed label."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by list
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style -> (list, level)
    lists: dict[str, str] = field(default_factory=dict)  # list -> the definition it counts with
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: WordDocument) -> Numbering:
        """The numbering of a document; empty where it defines none."""
        numbering = cls()
        root = next(
            (
                relation.target_part.element
                for relation in document.part.rels.values()
                if not relation.is_external
                and relation.reltype.endswith("/numbering")
                and hasattr(relation.target_part, "element")
            ),
            None,
        )
        if root is not None:
            numbering._define(root)
            numbering._define_styles(document.styles.element)
        return numbering

    def _define(self, root: etree._Element) -> None:
        abstract = {
            _value(element, "abstractNumId"): _levels(element)
            for element in root.findall(_W + "abstractNum")
        }
        for element in root.findall(_W + "num"):
            number = _value(element, "numId")
            definition = _child_value(element, "abstractNumId")
            levels = dict(abstract.get(definition, {}))
            own = False
            for override in element.findall(_W + "lvlOverride"):
                levels |= _levels(override)
                at = _whole(_value(override, "ilvl"))
                start = _child_value(override, "startOverride")
                if start and at in levels:
                    levels[at] = _Level(_whole(start), levels[at].form, levels[at].pattern)
                    own = True
            self.levels[number] = levels
            # Lists of one definition count on, unless one of them starts anew.
            self.lists[number] = f"num {number}" if own else f"abstract {definition}"

    def _define_styles(self, root: etree._Element) -> None:
        for style in root.findall(_W + "style"):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            if properties is not None and (number := _child_value(properties, "numId")):
                level = _whole(_child_value(properties, "ilvl"))
                self.styles[_value(style, "styleId")] = (number, level)

    def label(self, paragraph: etree._Element) -> str:
        """The number before a paragraph, counting it; "" where there is none or it is a bullet."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, level = place
        levels = self.levels.get(number, {})
        if level not in levels or not 0 <= level < _LEVELS:
            return ""
        counts = self.counts.setdefault(self.lists[number], [None] * _LEVELS)
        current = counts[level]
        counts[level] = levels[level].start if current is None else current + 1
        for below in range(level + 1, _LEVELS):
            counts[below] = None
        if levels[level].form in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return ""
            value = counts[at]
            return _written(levels[at].start if value is None else value, levels[at].form)

        return _PART.sub(shown, levels[level].pattern)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return None
        own = properties.find(_W + "numPr")
        if own is not None and (number := _child_value(own, "numId")):
            return None if number == "0" else (number, _whole(_child_value(own, "ilvl")))
        return self.styles.get(_child_value(properties, "pStyle"))


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {
        _whole(_value(level, "ilvl")): _Level(
            _whole(_child_value(level, "start"), 1),
            _child_value(level, "numFmt") or "decimal",
            _child_value(level, "lvlText"),
        )
        for level in parent.findall(_W + "lvl")
    }


def _value(element: etree._Element, name: str) -> str:
    return element.get(_W + name) or ""


def _child_value(element: etree._Element, name: str) -> str:
    child = element.find(_W + name)
    return _value(child, "val") if child is not None else ""


def _whole(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default


def _written(value: int, form: str) -> str:
    """A count in the form its level asks for.

    Examples
    --------
    >>> _written(4, "lowerRoman"), _written(28, "lowerLetter"), _written(3, "decimalZero")
    ('iv', 'bb', '03')
    """
    if form in ("lowerLetter", "upperLetter"):
        if value < 1:
            return str(value)
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 10)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        if not 1 <= value <= _MOST_ROMAN:
            return str(value)
        out = ""
        for amount, numeral in _ROMAN:
            out += numeral * (value // amount)
            value %= amount
        return out.upper() if form == "upperRoman" else out
    return f"{value:02d}" if form == "decimalZero" else str(value)
