"""Reports whose every claim is true: numbers first, then sentences that say what is so of them.

Percentages are rounded half up, rounded half to even, or cut; they are of the whole baseline, of
its share of the year, of the same months of it, of last year. Whoever is accused is accused
wrongly.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import docx
import openpyxl

from tests.mutation.across import entry_of

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from ingest.model import ReportEntry

MODES: Final = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
TOPICS: Final = (
    ("burglaries", "Reduce domestic burglary"),
    ("offences", "Reduce vehicle crime"),
    ("incidents", "Reduce anti-social behaviour incidents"),
    ("fires", "Reduce deliberate fires"),
    ("crimes", "Reduce criminal damage"),
    ("referrals", "Increase referrals to the support service"),
    ("collisions", "Reduce road traffic collisions"),
)
HEADERS: Final = (
    ("No", "Performance Measure", "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4", "Status"),
    ("Ref", "Activity", "Quarter 1 Update", "Quarter 2 Update", "Quarter 3 Update",
     "Quarter 4 Update", "RAG"),
    ("No", "Indicator", "Q1", "Q2", "Q3", "Q4", "Comments"),
)  # fmt: skip
MONTHS: Final = {1: "June", 2: "September", 3: "December", 4: "March"}


@dataclass(slots=True)
class Writer:
    """One report in the making: its year, its way of rounding, its pen."""

    pick: random.Random
    first_year: int
    mode: str
    thousands: bool
    label: str = field(init=False)

    def __post_init__(self) -> None:
        self.label = f"{self.first_year}/{(self.first_year + 1) % 100:02}"

    @property
    def last_label(self) -> str:
        """The financial year before."""
        return f"{self.first_year - 1}/{self.first_year % 100:02}"

    def count(self, value: int) -> str:
        """A count as this report prints it."""
        # A bare number between 1900 and 2100 may be read as a year, and rightly.
        return f"{value:,}" if self.thousands or 1900 <= value <= 2100 else str(value)

    def rounded(self, value: Fraction, decimals: int) -> Decimal:
        """A value as this report rounds it."""
        scaled = value * 10**decimals
        whole = Decimal(scaled.numerator // scaled.denominator)
        rest = scaled - Fraction(whole)
        half = Fraction(1, 2)
        tail = Decimal("0.25" if rest < half else "0.5" if rest == half else "0.75")
        shown = whole + (Decimal(0) if rest == 0 else tail)
        return shown.quantize(Decimal(1), rounding=self.mode).scaleb(-decimals)

    def change(self, new: int, base: Fraction | int, decimals: int | None = None) -> str:
        """The size of a change in per cent."""
        places = self.pick.choice((0, 1, 1, 2)) if decimals is None else decimals
        true = 100 * Fraction(new) / Fraction(base) - 100
        return f"{abs(self.rounded(true, places)):.{places}f}%"

    def year(self, scale: int) -> list[int]:
        """Four quarters, uneven as crime is."""
        return [max(1, round(scale * self.pick.uniform(0.85, 1.15))) for _ in range(4)]


def word(new: int, old: Fraction | int) -> str:
    """What the change is called."""
    return "increase" if new > old else "reduction"


def against_last_year(w: Writer, noun: str) -> tuple[str, list[str]]:
    """A quarter and the year to date against the same time last year, both values unprinted."""
    now, before = w.year(w.pick.randint(20, 900)), w.year(w.pick.randint(20, 900))
    cells = []
    for q in range(4):
        new, old = now[q], before[q]
        text = f"{w.count(new)} {noun} in Q{q + 1}."
        if q > 0 and w.pick.random() < 0.6:
            new, old = sum(now[: q + 1]), sum(before[: q + 1])
            text += (
                f" This gives a year to date total (April to {MONTHS[q + 1]}) of "
                f"{w.count(new)} {noun}."
            )
            comparison = "on the same time last year"
        else:
            comparison = "on the same quarter last year"
        if new != old:
            kind = word(new, old).capitalize()
            sign = "+" if new > old else "-"
            text += (
                f" {kind} of {w.count(abs(new - old))} {noun} {comparison} "
                f"({sign}{w.change(new, old)})"
            )
        cells.append(text)
    return "", cells


def with_last_year_printed(w: Writer, noun: str) -> tuple[str, list[str]]:
    """Both values printed, the difference between them, sometimes the percentage."""
    now, before = w.year(w.pick.randint(20, 3000)), w.year(w.pick.randint(20, 3000))
    cells = []
    for q in range(4):
        new, old = now[q], before[q]
        text = f"{w.count(new)} {noun} compared to {w.count(old)} last year"
        if new != old:
            text += f", a{'n' if new > old else ''} {word(new, old)} of "
            if w.pick.random() < 0.5:
                text += f"{w.count(abs(new - old))} {noun}."
            else:
                text += f"{w.change(new, old)}."
        cells.append(text)
    return "", cells


def against_the_baseline(w: Writer, noun: str) -> tuple[str, list[str]]:
    """The year to date against a yearly baseline: pro rata, or the same months of that year."""
    now, before = w.year(w.pick.randint(30, 900)), w.year(w.pick.randint(30, 900))
    base = sum(before)
    is_pro_rata = w.pick.random() < 0.5
    cells = []
    for q in range(4):
        new = sum(now[: q + 1])
        old = Fraction(base * (q + 1), 4) if is_pro_rata else Fraction(sum(before[: q + 1]))
        likely = {0: (20, 30), 1: (44, 56), 2: (68, 82), 3: (100, 100)}[q]
        text = f"{w.count(new)} {noun} recorded for FYTD"
        if new != old and likely[0] * base <= 100 * old <= likely[1] * base:
            text += f"; a {w.change(new, old)} {word(new, old)} on the baseline."
        cells.append(text)
    return f"Baseline: {w.count(base)} {noun} in {w.last_label}", cells


def with_projection(w: Writer, noun: str) -> tuple[str, list[str]]:
    """The year to date and what it comes to at the year's end, against the baseline."""
    now = w.year(w.pick.randint(20, 900))
    base = w.pick.randint(100, 4000)
    cells = []
    for q in range(4):
        so_far = sum(now[: q + 1])
        text = f"{w.count(now[q])} {noun} in Q{q + 1}."
        if 0 < q < 3:
            text += (
                f" This gives a year to date total (April to {MONTHS[q + 1]}) of "
                f"{w.count(so_far)} {noun}."
            )
            year = Fraction(4 * so_far, q + 1)
            if year != base:
                kind = "increase" if year > base else "reduction"
                true = abs(100 * year / base - 100)
                text += f" This is a projected {abs(w.rounded(true, 1))}% {kind} on the baseline."
        if q == 3:
            text += f" FYE - {w.count(so_far)} {noun} during {w.label}."
        cells.append(text)
    return f"Baseline: {w.count(base)} {noun} in {w.last_label}", cells


def shares(w: Writer, noun: str) -> tuple[str, list[str]]:
    """Percentages with their parts."""
    cells = []
    total = part_total = 0
    for q in range(4):
        whole = w.pick.randint(5, 400)
        part = w.pick.randint(1, whole)
        total, part_total = total + whole, part_total + part
        percent = w.rounded(Fraction(100 * part, whole), w.pick.choice((0, 0, 1)))
        text = w.pick.choice(
            (
                f"{percent}% of exits were planned in Q{q + 1} ({part} out of {whole})",
                f"{part} out of {whole} engaged in Q{q + 1} ({percent}%).",
                f"{percent}% ({part} of {whole}) of cases were closed.",
            )
        )
        if q == 3 and w.pick.random() < 0.5:
            overall = w.rounded(Fraction(100 * part_total, total), 1)
            text = (
                f"{part} out of {whole} engaged in Q4 ({percent}%). For the whole of {w.label}, "
                f"{part_total} out of {total} engaged, a total of {overall}%."
            )
        cells.append(text)
    return "", cells


def rolling(w: Writer, noun: str) -> tuple[str, list[str]]:
    """Twelve months to the end of each quarter, against the baseline in whole numbers."""
    base = w.pick.randint(10, 200)
    cells = []
    for q in range(4):
        new = max(1, base + w.pick.randint(-9, 9))
        text = f"{new} {noun} in rolling 12 months to end of Q{q + 1}"
        if new != base:
            kind = word(new, base)
            text += f"; a{'n' if new > base else ''} {kind} of {abs(new - base)}"
            if w.pick.random() < 0.6:
                text += f" which is a {w.change(new, base)} {kind}"
            text += " on the baseline year."
        cells.append(text)
    return f"Baseline: {base} {noun} in {w.last_label}", cells


def in_points(w: Writer, noun: str) -> tuple[str, list[str]]:
    """A rate against last year's, the difference in points."""
    cells = []
    for q in range(4):
        new, old = w.pick.randint(200, 700), w.pick.randint(200, 700)
        if new == old:
            new += 1
        kind = "increased" if new > old else "decreased"
        text = (
            f"{new / 10:.1f}%. The rate has {kind} by {abs(new - old) / 10:.1f}% points compared "
            f"to {old / 10:.1f}% last year"
        )
        cells.append(text)
        del q
    return "", cells


def series_beside(w: Writer, noun: str) -> tuple[str, list[str]]:
    """Two services in every cell, with their year-end totals."""
    police, council = w.year(w.pick.randint(10, 90)), w.year(w.pick.randint(10, 90))
    cells = [f"Police - {police[q]} Council - {council[q]}" for q in range(4)]
    cells[3] += f" Year-end totals Police - {sum(police)} Council - {sum(council)}"
    return "", cells


def against_an_average(w: Writer, noun: str) -> tuple[str, list[str]]:
    """A year against a three-year average, which is itself a rounded number."""
    now = w.year(w.pick.randint(20, 900))
    true_average = Fraction(w.pick.randint(240, 9000), 3)
    average = int(w.rounded(true_average, 0))
    cells = [f"{w.count(now[q])} {noun} in Q{q + 1}" for q in range(4)]
    total = sum(now)
    if total != average:
        kind = word(total, average)
        cells[3] += (
            f". FYE - {w.count(total)} {noun} during {w.label}. This is a{'n' * (kind[0] == 'i')} "
            f"{kind} of {w.count(abs(total - average))} {noun} on the baseline "
            f"({w.change(total, true_average, 1)})."
        )
        if noun not in ("referrals",):  # what is to go down
            cells[3] += " Target achieved." if total < average else " Target not achieved."
    first = w.first_year - 3
    return f"Baseline: 3 year average ({first} to {w.first_year}) {w.count(average)} {noun}", cells


def against_the_last_quarter(w: Writer, noun: str) -> tuple[str, list[str]]:
    """Each quarter against the one before."""
    now = w.year(w.pick.randint(20, 900))
    cells = [f"{w.count(now[0])} {noun} in Q1"]
    for q in range(1, 4):
        text = f"{w.count(now[q])} {noun} in Q{q + 1}"
        if now[q] != now[q - 1]:
            text += f", a{'n' * (now[q] > now[q - 1])} {word(now[q], now[q - 1])} of "
            text += f"{w.change(now[q], now[q - 1])} on the previous quarter"
        cells.append(text)
    return "", cells


def pairs_of_years(w: Writer, noun: str) -> tuple[str, list[str]]:
    """Two years side by side, the quarters running on, the change in brackets."""
    now, before = w.year(w.pick.randint(10, 300)), w.year(w.pick.randint(10, 300))
    cells = []
    for q in range(4):
        new, old = sum(now[: q + 1]), sum(before[: q + 1])
        change = w.rounded(100 * Fraction(new, old) - 100, 0)
        cells.append(f"{w.last_label} = {old}, {w.label} = {new}; % change = ({change:+}%)")
    del noun
    return "", cells


def yearly_totals(w: Writer, noun: str) -> tuple[str, list[str]]:
    """Quarters, their sum, and last year's total with the change."""
    now = w.year(w.pick.randint(20, 2000))
    last = w.pick.randint(100, 9000)
    cells = [f"In Q{q + 1} there were {w.count(now[q])} {noun}." for q in range(4)]
    total = sum(now)
    if total != last:
        cells[3] += (
            f" This gives a year-end total of {w.count(total)} {noun}. Compared to the total of "
            f"{w.count(last)} last year this is a{'n' * (total > last)} {word(total, last)} of "
            f"{w.change(total, last)}."
        )
    return "", cells


def rates(w: Writer, noun: str) -> tuple[str, list[str]]:
    """Rates of a population, with the count and the population they are of."""
    per = w.pick.choice((1000, 10_000, 100_000))
    population = w.pick.randint(20, 600) * 500
    cells = []
    for q in range(4):
        count = w.pick.randint(20, population // 20)
        rate = w.rounded(Fraction(per * count, population), w.pick.choice((1, 2)))
        text = f"{rate} per {per:,} population ({count:,} out of {population:,})"
        cells.append(f"A rate of {text} in Q{q + 1}." if w.pick.random() < 0.5 else text)
    del noun
    return "", cells


def made_up_of(w: Writer, noun: str) -> tuple[str, list[str]]:
    """A total and all its parts; a total and some of them."""
    cells = []
    for q in range(4):
        police, council, others = (w.pick.randint(1, 400) for _ in range(3))
        total = police + council + others
        listed = f"{police} from the police, {council} from the council and {others} from others"
        some = f"{police} of which came from the police and {council} from the council"
        if w.pick.random() < 0.5:
            cells.append(f"{w.count(total)} {noun} in Q{q + 1}, made up of {listed}.")
        else:
            cells.append(f"{w.count(total)} {noun} in Q{q + 1}, {some}.")
    return "", cells


KINDS: Final = (
    against_last_year, with_last_year_printed, against_the_baseline, with_projection, shares,
    rolling, in_points, series_beside, against_an_average, against_the_last_quarter,
    pairs_of_years, yearly_totals, rates, made_up_of,
)  # fmt: skip


def annual_table(w: Writer) -> list[str]:
    """A table of yearly history, targets set in every way there is, and a quarter."""
    years = [f"{w.first_year - back}/{(w.first_year - back + 1) % 100:02}" for back in (3, 2, 1)]
    targets = [f"{w.first_year + on}/{(w.first_year + on + 1) % 100:02}" for on in (0, 1, 2)]
    lines = ["\t".join(["Ref", "Description", *years, *(f"Target {t}" for t in targets), "Q1"])]
    number = 0

    def row(measure: str, cells: list[str]) -> None:
        nonlocal number
        number += 1
        lines.append("\t".join([f"A{number}", measure, *cells]))

    for _ in range(3):  # a percentage of the last outturn beside each target
        history = [w.pick.randint(500, 9000) for _ in years]
        cells = [w.count(value) for value in history]
        for percent in (2, 4, 6):
            level = w.rounded(Fraction(history[-1] * (100 - percent), 100), 0)
            cells.append(f"{w.count(int(level))} (-{percent}%)")
        row("Reduce recorded crime", [*cells, w.count(history[-1] // 4)])
    for words in ("year on year", "each year"):  # of the year before
        history = [w.pick.randint(500, 9000) for _ in years]
        percent, last = w.pick.choice((2, 3, 5)), history[-1]
        cells = [w.count(value) for value in history]
        for _ in targets:
            last = int(w.rounded(Fraction(last * (100 - percent), 100), 0))
            cells.append(w.count(last))
        row(f"Reduce vehicle crime by {percent}% {words}", [*cells, w.count(history[-1] // 4)])
    history = [w.pick.randint(500, 9000) for _ in years]  # a level that is kept
    cells = [w.count(value) for value in [*history, *[history[-1]] * 3]]
    row(f"Maintain robbery at the {years[-1]} level", [*cells, w.count(history[-1] // 4)])
    population = w.pick.randint(80_000, 400_000)  # rates, and the counts that they are of
    counts = [population * w.pick.randint(30, 70) // 1000 for _ in range(7)]
    per_thousand = []
    for count in counts:
        population = population * w.pick.randint(996, 1004) // 1000
        per_thousand.append(str(w.rounded(Fraction(1000 * count, population), 1)))
    row("Reduce crime per 1,000 population", per_thousand)
    row("Reduce crime", [w.count(count) for count in counts])
    for _ in range(2):
        cells = []
        for _ in years:
            whole = w.pick.randint(50, 600)
            part = w.pick.randint(1, whole)
            cells.append(f"{w.rounded(Fraction(100 * part, whole), 0)}% ({part}/{whole})")
        cells += ["TBC", "TBC", "TBC"]
        whole = w.pick.randint(20, 200)
        part = w.pick.randint(1, whole)
        cells.append(f"{w.rounded(Fraction(100 * part, whole), 0)}% ({part}/{whole})")
        row("Increase successful outcomes", cells)
    return lines


def report(pick: random.Random, report_id: str) -> tuple[ReportEntry, list[str]]:
    """One report, as its manifest entry and its lines."""
    w = Writer(pick, pick.randint(2010, 2022), pick.choice(MODES), pick.random() < 0.5)
    quarter = 4
    if pick.random() < 0.25:
        quarter = 1
        lines = annual_table(w)
    else:
        lines = ["\t".join(pick.choice(HEADERS))]
        for number in range(1, pick.randint(3, 7)):
            noun, measure = pick.choice(TOPICS)
            baseline, cells = pick.choice(KINDS)(w, noun)
            row = [f"{number}.1", f"{measure}. {baseline}".strip(), *cells, ""]
            lines.append("\t".join(row))
    return entry_of(report_id, w.label, quarter), lines


def as_word(lines: Sequence[str]) -> bytes:
    """The table of a report as a Word file."""
    cells = [line.split("\t") for line in lines]
    document = docx.Document()
    table = document.add_table(rows=len(cells), cols=max(map(len, cells)))
    for of_table, row in zip(table.rows, cells, strict=True):
        for of_row, text in zip(of_table.cells, row, strict=False):
            of_row.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_excel(lines: Sequence[str]) -> bytes:
    """The table of a report as an Excel file; a bare number is a number there."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append([int(text) if text.isdecimal() else text for text in line.split("\t")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
