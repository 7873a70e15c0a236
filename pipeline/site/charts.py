"""Line charts over the plans, drawn by Vega-Lite at build time into SVG that needs no script.

A call of the renderer costs 25 ms whatever it draws, so all charts of a site go through it in one
call, stacked, and each is cut out of the answer. Colours are CSS variables, so that a chart follows
the page into dark mode and print.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import vl_convert

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
POINT_ADDRESS = "https://point.invalid/"  # stands for a link until the chart is cut out
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "triangle-right")
COLOURS = len(SHAPES)  # --line-1 ... in site.css
SPANNED = 1.0  # years without a value that a thin line may span
_CONCAT = re.compile(r"\bconcat_(\d+)_group\b")

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one line.

    ``at`` is where it stands in financial years (2012.125 is mid-May 2012); ``piece`` tells parts
    of a line that are not joined apart: what lies on two sides of a break.
    """

    at: float
    value: float
    line: int
    piece: int
    label: str
    href: str
    is_printed: bool
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A baseline or target: a level over a stretch of years."""

    start: float
    end: float
    value: float
    kind: str  # "baseline" or "target"
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that one chart shows; ``breaks`` are where a line is cut, numbered in the page."""

    label: str
    points: tuple[Point, ...]
    references: tuple[Reference, ...]
    breaks: tuple[float, ...]
    step: float  # how far apart neighbours stand: 0.25 for quarters
    is_count: bool
    first_year: int
    last_year: int

    @property
    def starts_at_zero(self) -> bool:
        """Whether the vertical axis begins at nought: for counts, and where it flattens nothing."""
        levels = [point.value for point in self.points] + [line.value for line in self.references]
        return self.is_count or min(levels) <= max(levels) / 2

    @property
    def joined(self) -> list[tuple[Point, Point, bool]]:
        """The neighbours that a line joins, and whether no period without a value lies between.

        Over more than a year without a value no line is drawn.
        """
        of_line: dict[int, list[Point]] = {}
        for point in self.points:
            of_line.setdefault(point.line, []).append(point)
        return [
            (before, after, after.at - before.at <= self.step + 0.02)
            for points in of_line.values()
            for before, after in pairwise(sorted(points, key=lambda point: point.at))
            if before.piece == after.piece and after.at - before.at <= self.step + SPANNED + 0.02
        ]

    @property
    def has_holes(self) -> bool:
        """Whether a line spans periods without a value."""
        return not all(is_whole for _, _, is_whole in self.joined)


@dataclass(frozen=True, slots=True)
class Frame:
    """A size of chart: the plot's width and height and the room around it, in pixels."""

    name: str
    width: int
    height: int
    font: int
    left: int
    bottom: int
    short_years: bool
    top: int = 26
    right: int = 14

    @property
    def box(self) -> tuple[int, int]:
        """The size of the whole picture."""
        return self.left + self.width + self.right, self.top + self.height + self.bottom


ROOM = 14  # pixels between the lowest value and an axis that does not begin at nought

FRAMES = (
    Frame("wide", width=680, height=250, font=13, left=64, bottom=30, short_years=False),
    Frame("narrow", width=272, height=210, font=12, left=52, bottom=28, short_years=True),
)


def financial_year(day: date) -> int:
    """The calendar year in which the financial year of a day begins."""
    return day.year if day.month >= 4 else day.year - 1


def position(day: date) -> float:
    """Where a day stands on an axis of financial years: 1 April 2012 is 2012.0."""
    year = financial_year(day)
    start = date(year, 4, 1)
    return year + (day - start).days / (date(year + 1, 4, 1) - start).days


def middle(start: date, end: date) -> float:
    """Where a period is drawn: its middle; a longer one than a year at its last year's middle."""
    last = position(end)
    return (max(position(start), last - 1) + last) / 2


def draw(charts: Sequence[Chart]) -> list[dict[str, str]]:
    """Draw charts in every size.

    Parameters
    ----------
    charts
        What to draw.

    Returns
    -------
    list[dict[str, str]]
        For each chart its SVG by the name of the size ("wide", "narrow").
    """
    if not charts:
        return []
    jobs = [(chart, frame) for chart in charts for frame in FRAMES]
    drawn = vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "background": None,
            "bounds": "flush",
            "spacing": 60,
            "vconcat": [_spec(chart, frame) for chart, frame in jobs],
            "config": {"view": {"stroke": None}, "font": "system-ui", "axis": {"titlePadding": 0}},
        }
    )
    found = dict(_cut(ET.fromstring(drawn)))
    pictures: list[dict[str, str]] = [{} for _ in charts]
    for number, (chart, frame) in enumerate(jobs):
        pictures[number // len(FRAMES)][frame.name] = _picture(found[number], chart, frame)
    return pictures


def _spec(chart: Chart, frame: Frame) -> Spec:
    """Describe one chart in Vega-Lite."""
    years = range(chart.first_year, chart.last_year + 1)
    return {
        "width": frame.width,
        "height": frame.height,
        "encoding": {
            "x": {
                "type": "quantitative",
                "scale": {"domain": [chart.first_year, chart.last_year + 1], "nice": False},
                "axis": _year_axis(years, frame),
            },
            "y": {
                "type": "quantitative",
                "scale": {"zero": chart.starts_at_zero, "nice": True}
                if chart.starts_at_zero
                else {"zero": False, "nice": True, "padding": ROOM},
                "axis": _value_axis(frame),
            },
        },
        "layer": list(_layers(chart, frame, years)),
    }


def _year_axis(years: range, frame: Frame) -> Spec:
    step = max(1, -(-len(years) * (40 if frame.short_years else 62) // frame.width))
    shown = "slice(toString(datum.value - 0.5), 0, 4)"
    ending = "slice(toString(datum.value + 0.5), 2, 4)"
    short = f"slice(toString(datum.value - 0.5), 2, 4) + '/' + {ending}"
    return {
        "title": None,
        "values": [year + 0.5 for year in years][::step],
        "labelExpr": short if frame.short_years else f"{shown} + '/' + {ending}",
        "labelFontSize": frame.font,
        "labelColor": "var(--ink-soft)",
        "labelPadding": 8,
        "labelOverlap": False,
        "labelLimit": 0,  # else every label is measured, which takes most of the time
        "grid": False,
        "ticks": False,
        "domainColor": "var(--line-axis)",
    }


def _value_axis(frame: Frame) -> Spec:
    return {
        "title": None,
        "tickCount": 5,
        "labelFontSize": frame.font,
        "labelColor": "var(--ink-soft)",
        "labelPadding": 6,
        "labelLimit": 0,
        "gridColor": "var(--line-grid)",
        "domain": False,
        "ticks": False,
        "format": "~r" if frame.short_years else ",~r",
    }


def _layers(chart: Chart, frame: Frame, years: range) -> Iterator[Spec]:
    """Describe what is drawn, from the back to the front."""
    yield {
        "data": {"values": [{"x": year} for year in years]},
        "mark": {"type": "rule", "color": "var(--line-grid)", "strokeDash": [1, 3]},
        "encoding": {"x": {"field": "x"}, "y": None},
    }
    for kind, dash in (("baseline", [7, 4]), ("target", [2, 3])):
        levels = [line for line in chart.references if line.kind == kind]
        if levels:
            yield {
                "data": {
                    "values": [
                        {"x": line.start, "x2": line.end, "y": line.value} for line in levels
                    ]
                },
                "mark": {
                    "type": "rule",
                    "color": f"var(--line-{kind})",
                    "strokeDash": dash,
                    "strokeWidth": 2,
                },
                "encoding": {"x": {"field": "x"}, "x2": {"field": "x2"}, "y": {"field": "y"}},
            }
    if chart.breaks:
        broken = [{"x": at, "n": str(n)} for n, at in enumerate(chart.breaks, start=1)]
        yield {
            "data": {"values": broken},
            "mark": {"type": "rule", "color": "var(--line-break)", "strokeWidth": 2},
            "encoding": {"x": {"field": "x"}, "y": None},
        }
        yield {
            "data": {"values": broken},
            "mark": {
                "type": "text",
                "y": -11,
                "fontSize": frame.font,
                "fontWeight": "bold",
                "color": "var(--line-break)",
            },
            "encoding": {"x": {"field": "x"}, "y": None, "text": {"field": "n"}},
        }
    yield from _lines(chart)
    yield from _points(chart)


def _lines(chart: Chart) -> Iterator[Spec]:
    """Join neighbours by a full line and what has a hole between by a thin dashed one."""
    full: list[Spec] = []
    thin: list[Spec] = []
    for before, after, is_whole in chart.joined:
        step = {
            "x": before.at,
            "y": before.value,
            "x2": after.at,
            "y2": after.value,
            "c": _colour(after.line),
        }
        (full if is_whole else thin).append(step)
    for steps, mark in (
        (full, {"strokeWidth": 2.5, "strokeCap": "round"}),
        (thin, {"strokeWidth": 1.5, "strokeDash": [3, 4]}),
    ):
        if steps:
            yield {
                "data": {"values": steps},
                "mark": {"type": "rule", **mark},
                "encoding": {
                    "x": {"field": "x"},
                    "y": {"field": "y"},
                    "x2": {"field": "x2"},
                    "y2": {"field": "y2"},
                    "color": {"field": "c", "type": "nominal", "scale": None},
                },
            }


def _points(chart: Chart) -> Iterator[Spec]:
    """Draw a point for every value, full where printed, and a cross over what is disputed."""
    at = {"x": {"field": "x"}, "y": {"field": "y"}}
    disputed = [{"x": p.at, "y": p.value} for p in chart.points if p.is_disputed]
    yield {
        "data": {
            "values": [
                {
                    "x": point.at,
                    "y": point.value,
                    "c": _colour(point.line),
                    "f": _colour(point.line) if point.is_printed else "var(--paper)",
                    "s": SHAPES[point.line % len(SHAPES)],
                    "u": f"{POINT_ADDRESS}{number}",
                }
                for number, point in enumerate(chart.points)
            ]
        },
        "mark": {"type": "point", "size": 85, "strokeWidth": 2, "opacity": 1},
        "encoding": {
            **at,
            "stroke": {"field": "c", "type": "nominal", "scale": None},
            "fill": {"field": "f", "type": "nominal", "scale": None},
            "shape": {"field": "s", "type": "nominal", "scale": None},
            "href": {"field": "u", "type": "nominal"},
        },
    }
    if disputed:
        yield {
            "data": {"values": disputed},
            "mark": {
                "type": "point",
                "shape": "M-1,-1L1,1M-1,1L1,-1",
                "size": 420,
                "stroke": "var(--line-disputed)",
                "strokeWidth": 2.5,
                "opacity": 1,
            },
            "encoding": at,
        }


def _colour(line: int) -> str:
    return f"var(--line-{line % COLOURS + 1})"


def _cut(root: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    """Find the group of each stacked chart, by its number."""
    for group in root.iter(f"{{{SVG}}}g"):
        found = _CONCAT.search(group.get("class", ""))
        if found:
            yield int(found.group(1)), group


def _picture(group: ET.Element, chart: Chart, frame: Frame) -> str:
    """Make one chart a picture of its own, whose only content to a screen reader is its links."""
    width, height = frame.box
    picture = ET.Element(
        "svg",
        {
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "group",
            "aria-label": chart.label,
            "class": f"chart chart-{frame.name}",
        },
    )
    body = ET.SubElement(picture, "g", {"transform": f"translate({frame.left},{frame.top})"})
    for layer in group[0].iter(f"{{{SVG}}}g"):
        # The chart's own place in the stack is the first transform; what is within counts from it.
        if layer is group[0]:
            body.extend(child for child in layer if child.tag == f"{{{SVG}}}g")
    for parent in list(body.iter()):
        for number, child in enumerate(list(parent)):
            if child.tag == f"{{{SVG}}}a":
                parent[number] = _link(child, chart)
    for element in body.iter():
        for attribute in [name for name in element.attrib if name.startswith("aria-")]:
            if element.tag != "a":
                del element.attrib[attribute]
        element.attrib.pop("role", None)
        element.attrib.pop("class", None)
        element.tag = element.tag.replace(f"{{{SVG}}}", "")
        if element.tag in ("text", "line"):
            element.set("aria-hidden", "true")
        if "font-family" in element.attrib:
            del element.attrib["font-family"]
    return ET.tostring(picture, encoding="unicode")


def _link(placeholder: ET.Element, chart: Chart) -> ET.Element:
    """Make the link from a point to its place in its report."""
    point = chart.points[int(placeholder.attrib[XLINK].removeprefix(POINT_ADDRESS))]
    if not point.href:
        link = ET.Element("g")
    else:
        link = ET.Element("a", {"href": point.href, "aria-label": point.label})
    ET.SubElement(link, "title").text = point.label
    link.extend(placeholder)
    return link
