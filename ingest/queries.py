"""One printable page of queries for the author of a draft, before the board sees it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ingest.files import replacing
from ingest.plain_text import harmless
from ingest.show import faulty_cells
from ingest.vocabulary.queries import HINTS, QUESTIONS, USUAL_QUESTION

if TYPE_CHECKING:
    from jinja2 import Template

    from ingest.adding import Understood
    from ingest.audit import Audit, Check

TEMPLATES: Final = Path(__file__).parent / "templates"
_MEASURE_CHARS: Final = 140


@dataclass(frozen=True, slots=True)
class Query:
    """One question to the author."""

    place: str
    measure: str
    before: str  # the sentence up to the number, the number, and the rest
    printed: str
    after: str
    explanation: str
    hint: str
    either_way: str
    question: str
    is_sure: bool
    following: tuple[str, ...]


def query_of(check: Check, audit: Audit) -> Query:
    """A contradiction as a question."""
    before, after = "", f" in: {check.statement}"
    if (at := check.at) >= 0:
        before, after = check.statement[:at], check.statement[at + len(check.printed) :]
    measure = harmless(check.measure_published or "")
    return Query(
        place=harmless(check.place),
        measure=measure
        if len(measure) <= _MEASURE_CHARS
        else measure[: _MEASURE_CHARS - 1] + "\u2026",
        before=harmless(before),
        printed=harmless(check.printed),
        after=harmless(after),
        explanation=harmless(check.explanation),
        hint=HINTS.get(check.likely_cause or "", ""),
        either_way=either_way(check),
        question=QUESTIONS.get(check.family, USUAL_QUESTION),
        is_sure=check.check_certainty == "definite",
        following=tuple(
            dict.fromkeys(harmless(f"{o.printed} ({o.place})") for o in audit.following(check))
        ),
    )


def either_way(check: Check) -> str:
    """Whether the direction or the decision stands when the number is put right."""
    if check.flips_decision:
        return "Put right, it would turn the direction or the target's outcome round."
    low, high, stated = check.expected_low, check.expected_high, check.stated_value
    if low is None or high is None or stated is None or check.role not in ("change", "projection"):
        return ""
    if low > 0 and high > 0 and stated > 0:
        return "Still an increase."
    if low < 0 and high < 0 and stated < 0:
        return "Still a reduction."
    return ""


@cache
def _template() -> Template:
    # Report text is data: everything is escaped, whatever the template is called.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("queries.html.j2")


def page_of(understood: Understood, audit: Audit) -> str:
    """The page as one HTML file that needs nothing else."""
    entry = understood.entry
    restricted = sum(row.is_restricted for row in understood.read.document.rows)
    return _template().render(
        title=harmless(entry.title),
        body=harmless(entry.partnership),
        file=harmless(understood.path.name),
        holding=audit.holding,
        testable=audit.testable,
        queries=[query_of(check, audit) for check in audit.contradictions],
        unprinted=[query_of(check, audit) for check in audit.unprinted],
        faulty=[harmless(place) for place in faulty_cells(understood)],
        restricted=restricted,
        rows=len(understood.read.document.rows),
        figures=len(understood.read.figures),
    )


def write_page(place: Path, page: str) -> None:
    """Write the page beside its place and rename it in."""
    with replacing(place) as draft:
        draft.write_text(page, encoding="utf-8", newline="\n")
