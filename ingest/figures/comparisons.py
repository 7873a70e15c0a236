"""What every change and every comparative compares with."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from ingest import periods
from ingest.figures.context import financial_year_window, quarter_of
from ingest.figures.lexer import Number
from ingest.figures.nearby import (
    BASE,
    CLOSE,
    FILL,
    JOINS,
    OPEN,
    PEER,
    PERIOD,
    STOPS,
    TARGET,
    VALUES,
    WORD,
    in_survey,
    near,
    statement_items,
)
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.figures.times import Period
from ingest.figures.units import CUT_ASKED_FOR
from ingest.model import Window
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES


def settle_comparators(cell: CellReader) -> None:
    """Say what every change and every comparative compares with."""
    readings = cell.quantities
    for reading in readings:
        if reading.role in ("change", "projection") or (
            reading.role == "target" and reading.unit == "percent_change"
        ):
            if (
                reading.role == "projection"
                and reading.rule == "projection"
                and reading.unit != "percent_change"
            ):
                continue
            if reading.comparator is None:
                reading.comparator = _words_of_comparison(cell, reading)
    for reading in readings:
        mate = reading.mate
        if mate is not None:
            if reading.of is None:
                reading.period = reading.period or mate.period
                mate.period = mate.period or reading.period
            reading.comparator = reading.comparator or mate.comparator
            if mate.rule != "projection":
                mate.comparator = mate.comparator or reading.comparator
    for reading in readings:
        if reading.comparator is None and (
            reading.role == "change" or reading.rule == "projected_change"
        ):
            reading.comparator = _comparison_before(cell, reading, _window_of(cell, reading))
    _date_priors(cell, readings)
    _date_pairs(readings)
    for reading in readings:
        if reading.role == "target" and (
            reading.unit in ("percent_change", "percentage_points") or reading.rule == CUT_ASKED_FOR
        ):
            reading.comparator = "baseline"
        if reading.role == "comparative" and reading.rule == "compared_with":
            _settle_pair(reading, near(cell, reading))
            if reading.comparator is None and _names_peer_after(cell, reading):
                reading.comparator = "peer_group"
        if reading.role == "comparative" and reading.comparator is None:
            reading.comparator = _comparator_of_value(cell, reading)
    _compare_with_target(cell, readings)
    _take_from_brackets(cell, readings)
    _share_comparators(cell, readings)


_ON_THE: Final = frozenset(("year_on_year", "quarter_on_quarter"))


def _date_pairs(readings: list[Reading]) -> None:
    """ "96 v 121 last year; Ashby 22 v 31": pairs in a row are set beside the same time."""
    last: Reading | None = None
    for reading in readings:
        if reading.role != "comparative" or reading.rule != "compared_with":
            continue
        if reading.period is not None:
            is_before = reading.period.relative in _BEFORE_THIS
            last = reading if is_before or reading.period.kind == "quarter_last_year" else None
        elif (
            last is not None
            and reading.comparator is None
            and reading.statement == last.statement
            and reading.order - last.order <= 8
        ):
            reading.period = last.period
            if last.period is not None and last.period.kind == "quarter_last_year":
                reading.period = Period("last_year", relative="last_year")
            reading.infer()


_BEFORE_THIS: Final = frozenset(("last_year", "same_period", "last_quarter"))


def _date_priors(cell: CellReader, readings: list[Reading]) -> None:
    """ "Down 46% on Q1 of last year (57 compared to 106)": 106 is what the change is from."""
    for reading in readings:
        if (
            reading.role != "comparative"
            or reading.period is not None
            or reading.comparator is not None
            or reading.rule not in _PRIORS
        ):
            continue
        for change in near(cell, reading, before=3, after=3):
            if (
                change.role == "change"
                and change.against is not None
                and change.statement == reading.statement
                and change.of is reading.of
            ):
                reading.period = change.against
                break


_PRIORS: Final = frozenset(("compared_with", "level_before_change", "compared_in_brackets"))


def _words_of_comparison(cell: CellReader, reading: Reading) -> str | None:
    """What the words after a change (else before it) say it is compared with."""
    codes, tags = cell.codes, cell.items.tags
    index = reading.number.index
    armed = False
    own = _window_of(cell, reading)
    if reading.role == "projection" and own.end is not None:
        own = financial_year_window(periods.financial_year_of(own.end))
    limit = min(len(codes), index + 22)
    at = index + 1
    depth = 0
    while at < limit:
        code = codes[at]
        if code in STOPS or code == CODES["SEMI"]:
            break
        if code == OPEN:
            depth += 1
        elif code == CLOSE:
            depth -= 1
        elif code in JOINS or code == CODES["SINCE"]:
            armed = True
        elif (
            code == CODES["TO"]
            and reading.direction_word is not None
            and (reading.direction_word.lower() in ("adverse", "favourable"))
        ):
            armed = True
        elif armed and code == BASE:
            return "baseline"
        elif armed and code == TARGET and _is_target_of_change(cell, at):
            return None  # "-32% against target of -18%"
        elif armed and code == TARGET:
            return "baseline" if codes[at + 1 : at + 2] == [BASE] else "target"
        elif armed and code == PEER:
            return "peer_group"
        elif code == PERIOD and _leads_to_signed(cell, at):
            break  # "QoQ +10.0%, YoY +23.9%": of the next change
        elif code == PERIOD and (
            getattr(tags[at], "kind", "") in _ON_THE or _is_bare_relative(cell, reading, at)
        ):
            return _compared_with(reading, tags[at], own, cell)
        elif (
            armed
            and codes[at : at + 2] == [PERIOD, CODES["COMPARE"]]
            and codes[at - 1] in (CODES["IN"], CODES["MORE"], CODES["LESS"])
        ):
            pass  # "18% higher in Q1 than Q4": its own time
        elif armed and code == PERIOD:
            period = tags[at]
            assert isinstance(period, Period)
            following = codes[at + 1] if at + 1 < len(codes) else ""
            if following == BASE or (
                following == WORD and at + 2 < len(codes) and codes[at + 2] == BASE
            ):
                return "baseline"
            if following == TARGET:
                return "target"
            return _compared_with(reading, period, own, cell)
        elif code in VALUES and depth <= 0:
            if not armed:
                break
            tag = tags[at]
            other = tag.reading if isinstance(tag, Number) else None
            if other is not None and other.role in ("target", "baseline"):
                return other.role
            if other is not None and other.role in ("change", "projection"):
                break
            if (
                other is not None
                and other.rule == "level_after_to"
                and CODES["AND"] in codes[at + 1 : at + 3]
            ):
                break  # "from 3,412 to 3,078, and Q2 was ...": said
            if other is not None and other.role == "comparative" and other.comparator:
                return other.comparator
        at += 1
    return None


def _leads_to_signed(cell: CellReader, at: int) -> bool:
    """Whether a change with a sign stands right after a phrase about time."""
    tag = cell.items.tags[at + 1] if at + 1 < len(cell.items.tags) else None
    return isinstance(tag, Number) and tag.sign != 0 and tag.reading is not None


def _opens_comparison(codes: list[str], at: int) -> bool:
    """ "Compared to Q3 2013/14, theft fell by 20 ...": a sentence that begins with it."""
    before = at - 1
    while before >= 0 and codes[before] == FILL:
        before -= 1
    if (
        before < 0
        or codes[before] != CODES["COMPARE"]
        or codes[at + 1 : at + 2] != [CODES["COMMA"]]
    ):
        return False
    return before == 0 or codes[before - 1] in STOPS


def _is_bare_relative(cell: CellReader, reading: Reading, at: int) -> bool:
    """ "up 4.2% PYTD", "+3 LY": shorthand for what is compared with, right after the change."""
    tag = cell.items.tags[at]
    return (
        isinstance(tag, Period)
        and tag.relative is not None
        and at == reading.number.index + 1
        and cell.items.text[tag.start : tag.end].lower() in _SHORTHAND
        and (at + 1 >= len(cell.codes) or cell.codes[at + 1] not in VALUES)
    )


_SHORTHAND: Final = frozenset(words.WORDS["RELATIVE"].split())


def _comparison_before(cell: CellReader, reading: Reading, own: Window) -> str | None:
    """ "YoY -0.4%", "Compared to last year: burglary -9%, ..."."""
    codes, tags = cell.codes, cell.items.tags
    for at in range(reading.number.index - 1, max(-1, reading.number.index - 24), -1):
        code = codes[at]
        if code in STOPS:
            return None
        if code == BASE and is_joined(codes, at):
            return "baseline"
        if code == PERIOD:
            period = tags[at]
            assert isinstance(period, Period)
            if period.kind in _ON_THE:
                return _compared_with(reading, period, own, cell)
            if _opens_comparison(codes, at):
                return _compared_with(reading, period, own, cell)
            if (
                codes[at + 1] == CODES["COLON"]
                and at
                and codes[at - 1] in (CODES["ON"], CODES["COMPARE"], CODES["SINCE"])
            ):
                return _compared_with(reading, period, own, cell)  # "% change on 12/13: Dec -11%"
            if codes[at - 1 : at] == [CODES["SINCE"]] and period.relative is not None:
                return _compared_with(reading, period, own, cell)
            if codes[at - 1 : at] == [CODES["SINCE"]] and period.window is not None:
                return comparator_of_windows(period.window, own)
            if period.kind == "quarter_last_year" and codes[at - 1 : at] == [CODES["COMPARE"]]:
                return _compared_with(reading, period, own, cell)
            if period.relative is not None and (
                at == reading.number.index - 1
                or at == 0
                or codes[at - 1] in JOINS
                or codes[at - 1] == FILL
                or period.relative == "last_quarter"
            ):
                return _compared_with(reading, period, own, cell)
    return None


def _is_target_of_change(cell: CellReader, at: int) -> bool:
    for tag in cell.items.tags[at + 1 : at + 5]:
        if isinstance(tag, Number) and tag.reading is not None:
            return tag.reading.role == "target" and tag.reading.unit == "percent_change"
    return False


def _compared_with(reading: Reading, period: object, own: Window, cell: CellReader) -> str:
    """The comparator of a change that words compare with a time, which is kept."""
    assert isinstance(period, Period)
    reading.against = period
    return comparator_of_period(period, own, cell)


def is_joined(codes: list[str], at: int) -> bool:
    """Whether a comparing word leads to an item: "against the baseline"."""
    at -= 1
    while at >= 0 and codes[at] == FILL:
        at -= 1
    return at >= 0 and codes[at] in JOINS


def _window_of(cell: CellReader, reading: Reading) -> Window:
    """The window a reading will have: its own words, else its value's, else the column's."""
    seen = 0
    current: Reading | None = reading
    while current is not None and seen < 4:
        if (
            current.period is not None
            and current.period.window is not None
            and (current.period.relative is None)
            and not (current.role in ("change",) and current.of is not None)
            and not (cell.context.is_rolling and current.period.kind == "quarter")
        ):
            return current.period.window
        current = current.of
        seen += 1
    return cell.default


def comparator_of_period(period: Period, own: Window, cell: CellReader) -> str:
    """The contract's word for comparing a value of ``own`` with one of ``period``."""
    if period.relative == "last_quarter":
        return "previous_quarter"
    if (
        cell.kind == "comments"
        and own == cell.default
        and own.basis == "ytd"
        and own.end
        and (period.kind == "quarter")
    ):
        quarter = (own.end.month - 4) % 12 // 3 + 1
        own = quarter_of(periods.financial_year_of(own.end), quarter)
    if period.kind == "average_years":
        return "baseline" if period.number == 3 else "multi_year_average"
    if period.relative == "same_period" and period.number and own.end is not None:
        if period.number != periods.financial_year_of(own.end) - 1 and own.basis != "point":
            return "unknown"  # "2015/16 ... for the same six months" of 2019/20
    if period.relative == "same_period" and own.basis != "rolling_12m":
        return "same_period_last_year" if own.basis != "year" else "previous_year"
    if period.relative in ("last_year", "same_period", "same_rolling"):
        if own.basis == "rolling_12m" or period.relative == "same_rolling":
            return "previous_rolling_window"
        return "previous_year" if own.basis in ("year", "cohort") else "same_period_last_year"
    if period.window is None:
        return "unknown"
    if (
        period.kind in ("end_of", "as_at")
        and own.basis == "point"
        and own.end is not None
        and period.window.end == periods.shift_years(own, -1).end
    ):
        return "same_period_last_year"
    if (
        period.kind == "calendar_year"
        and period.window.end is not None
        and own.end is not None
        and (own.basis in ("ytd", "quarter", "year"))
    ):
        is_last = periods.financial_year_of(own.end) - period.window.end.year == 1
        if is_last:
            return "previous_year" if own.basis == "year" else "same_period_last_year"
        return "unknown"
    return comparator_of_windows(period.window, own)


def comparator_of_windows(earlier: Window, own: Window) -> str:
    """How one window stands to a later one."""
    if earlier.end is None or own.end is None or own.start is None or earlier.start is None:
        return "unknown"
    if earlier.basis == "multi_year_average":
        return "multi_year_average"
    if (own.end - own.start).days > 700:
        return "unknown"  # spans of years that overlap
    shifted = periods.shift_years(own, -1)
    same = shifted.end == earlier.end
    if same and own.basis == "year":
        return "previous_year"
    if same and own.basis == "rolling_12m":
        return "previous_rolling_window"
    if same and own.basis == "point" and own.end != own.start:
        return "unknown"  # another survey
    if (
        own.basis == "point"
        and own.start == own.end
        and shifted.end is not None
        and earlier.start <= shifted.end <= earlier.end
        and (earlier.end - earlier.start).days < 31
    ):
        return "same_period_last_year"  # "12 November 2020 ... than November 2019"
    if same and (
        own.basis == "point"
        or shifted.start == earlier.start
        or {own.basis, earlier.basis} <= {"quarter", "ytd"}
    ):
        return "same_period_last_year"
    if (
        own.basis == earlier.basis == "point"
        and (own.end - own.start).days < 31
        and (earlier.end - earlier.start).days < 31
        and earlier.end + timedelta(days=1) == date(*_month_before(own.end, 2), 1)
    ):
        return "previous_quarter"  # "at 30 September ... at 30 June"
    if earlier.basis == "quarter" and own.start - timedelta(days=1) == earlier.end:
        return "previous_quarter"
    if earlier.basis == "year":
        year = periods.financial_year_of(own.end)
        if periods.financial_year_of(earlier.end) == year - 1:
            # "16% down on 2011/12" of a quarter: the same quarter of that year is meant.
            return "previous_year" if own.basis == "year" else "same_period_last_year"
    return "unknown"


def _month_before(day: date, count: int) -> tuple[int, int]:
    return periods.add_months(day.year, day.month, -count)


def _comparator_of_value(cell: CellReader, reading: Reading) -> str:
    own = _window_of(cell, reading.of) if reading.of is not None else cell.default
    if reading.period is None:
        return "unknown"
    value = reading.of
    if (
        value is not None
        and value.period is not None
        and (value.period.kind == "survey" or in_survey(cell, value))
        and (reading.period.relative is None)
    ):
        return "unknown"  # another survey
    if reading.period.relative is None and reading.period.window is not None:
        window = reading.period.window
        if window.basis != own.basis and window.basis == cell.default.basis:
            own = cell.default
        if window.basis == "year" and own.basis != "year" and window.end and own.end:
            year = periods.financial_year_of(own.end)
            before = periods.financial_year_of(window.end) == year - 1
            return "previous_year" if before else "unknown"
    return comparator_of_period(reading.period, own, cell)


def is_revision(cell: CellReader, reading: Reading) -> bool:
    """ "(revised from 12,588)": what was printed before for the same time."""
    before = cell.items.words[max(0, reading.number.index - 4) : reading.number.index]
    return bool(words.REVISIONS & set(before))


def _names_peer_after(cell: CellReader, reading: Reading) -> bool:
    """ "compared with 0.52 per 1,000 for our most similar family"."""
    codes = cell.codes
    for at in range(reading.number.index + 1, min(len(codes), reading.number.index + 10)):
        if codes[at] == PEER:
            return True
        if codes[at] in VALUES or codes[at] in STOPS or codes[at] in (PERIOD, OPEN):
            return False
    return False


def _settle_pair(reading: Reading, readings: list[Reading]) -> None:
    """ "2.4% adverse to target (1,560 v 1,523)": the second of the pair is the target."""
    first = reading.of
    if first is None or first.rule != "value_of_pair" or reading.period is not None:
        return
    for change in readings:
        if change.of is first and change.comparator in ("target", "baseline"):
            reading.role, reading.comparator = change.comparator or "", None
            reading.rule = f"{reading.role}_of_pair"
            reading.relation = reading.of = None
            reading.period = first.period


def _share_comparators(cell: CellReader, readings: list[Reading]) -> None:
    """Changes of one value share what they are compared with when only one of them says it."""
    for reading in readings:
        if reading.role != "change" or reading.comparator is not None:
            continue
        candidates = [
            other.comparator
            for other in near(cell, reading)
            if other is not reading
            and other.comparator not in (None, "peer_group")
            and (other.role in ("change", "comparative"))
            and other.of is reading.of
            and not (
                reading.of is None
                and reading.period is not None
                and other.period is not reading.period
            )
            and abs(other.statement - reading.statement) <= 2
            and (other.role == "comparative" or other.statement == reading.statement)
        ]
        if candidates:
            reading.comparator = candidates[0]
    for reading in readings:
        if reading.comparator is None and (
            reading.role == "change"
            or (reading.role == "projection" and reading.unit == "percent_change")
        ):
            reading.comparator = _comparator_of_sentence(cell, reading)
    _compare_all(cell, readings)
    for reading in readings:
        if reading.mate is not None and reading.comparator is None:
            reading.comparator = reading.mate.comparator
    _carry_comparators(readings)
    _date_priors(cell, readings)
    for reading in readings:
        if (
            reading.role == "comparative"
            and reading.comparator is None
            and reading.rule in _PRIORS
            and reading.period is not None
        ):
            reading.comparator = _comparator_of_value(cell, reading)
    for reading in readings:
        if reading.role == "change" and reading.comparator is None:
            _compare_with_last(cell, reading)


def _compare_with_target(cell: CellReader, readings: list[Reading]) -> None:
    """ "Target: 13. Actual: 11. Variance: -2.": a variance beside a value and its target."""
    for at, reading in enumerate(readings):
        if reading.rule != "change_named" or reading.comparator is not None or at < 2:
            continue
        if not words.VARIANCES & set(
            cell.items.words[max(0, reading.number.index - 4) : reading.number.index]
        ):
            continue
        before = readings[at - 2 : at]
        if {other.role for other in before} == {"observation", "target"} and all(
            other.period is None or other.period.relative is None for other in before
        ):
            reading.comparator = "target"


def _compare_with_last(cell: CellReader, reading: Reading) -> None:
    """ "closed at 6,488 (15/16: 6,911). The 6.1% fall ...": on what was set beside it last."""
    for other in reversed(near(cell, reading, before=4, after=0)[:-1]):
        if reading.statement - other.statement > 1:
            return
        if other.role == "baseline" and other.is_level and cell.kind == "comments":
            reading.comparator = "baseline"
            return
        if other.role == "comparative":
            if other.comparator in _CARRIED and reading.statement != other.statement:
                reading.comparator = other.comparator
            return
        if other.role in ("target", "change"):
            return


def _compare_all(cell: CellReader, readings: list[Reading]) -> None:
    """ "-38 ... +51 ... (all vs same period 15/16)": said once, for every change of the cell."""
    codes, column = cell.codes, cell.items.words
    for at in range(len(codes) - 1, 0, -1):
        tag = cell.items.tags[at]
        if not isinstance(tag, Period) or not is_joined(codes, at):
            continue
        lead = column[max(0, at - 4) : at]
        if not {"all", "both"} & set(lead):
            continue
        for reading in readings:
            if reading.role == "change" and reading.comparator in (None, "unknown"):
                own = _window_of(cell, reading)
                reading.comparator = _compared_with(reading, tag, own, cell)
        return


def _take_from_brackets(cell: CellReader, readings: list[Reading]) -> None:
    """ "351 in 2020/21 (+10.5%) and 586 in 2019/20 (-33.8%)": each on the value before it."""
    for before, reading in pairwise(readings):
        if (
            reading.role == "change"
            and reading.bracket >= 0
            and before.role == "comparative"
            and before.bracket != reading.bracket
            and before.statement == reading.statement
            and reading.bracket - before.number.index <= 4
            and reading.rule in ("change_by_sign", "change_after_prior", "change_of_none")
            and before.comparator is not None
            and before.comparator != "peer_group"
            and not any(
                code in JOINS
                for code in cell.codes[reading.number.index : reading.number.index + 4]
            )
        ):
            reading.comparator = before.comparator


def _carry_comparators(readings: list[Reading]) -> None:
    """ "Burglary is up 4% on last year. Robbery is down 2%.": one comparison for a run of changes.

    A change that names nothing is read as compared with what the change before it, in the same
    sentence or the one before, is compared with: by its unit's like, and never with a target.
    """
    lasts: dict[str | None, Reading] = {}  # by unit
    for reading in readings:
        if reading.role != "change":
            continue
        last = lasts.get(reading.unit)
        if reading.comparator is not None:
            lasts.pop(reading.unit, None)
            if reading.comparator in _CARRIED:
                lasts[reading.unit] = reading
        elif (
            last is not None
            and 0 <= reading.statement - last.statement <= 1
            and reading.period is None
            and (reading.of is None or reading.of.period is None)
        ):
            reading.comparator = last.comparator
            reading.against = last.against
            reading.infer()
            lasts[reading.unit] = reading


_CARRIED: Final = frozenset(
    ("same_period_last_year", "previous_year", "previous_quarter", "previous_rolling_window")
)


def _comparator_of_sentence(cell: CellReader, reading: Reading) -> str | None:
    """ "TARGET MET (36 below)": below what its sentence speaks of; a year, on the year before."""
    codes = cell.codes
    first, _ = statement_items(cell, reading)
    if (reading.direction_word or "").lower() in ("short", "shortfall"):
        return "target"
    if reading.rule == "change_before_comparison":
        for at in range(reading.number.index - 1, first - 1, -1):
            if codes[at] == TARGET:
                return "target"
            if codes[at] == BASE:
                return "baseline"
    levels = [
        other
        for other in near(cell, reading, after=0)
        if other.statement == reading.statement
        and other.number.index < reading.number.index
        and other.role in ("target", "baseline")
        and other.unit != "percent_change"
    ]
    if levels and (
        levels[-1].bracket == reading.bracket
        or (levels[-1].role == "baseline" and reading.of is not None)
    ):
        return levels[-1].role
    if reading.rule == "change_named":
        before = [
            other
            for other in near(cell, reading, after=0)
            if other is not reading and other.number.index < reading.number.index
        ]
        if (
            len(before) > 1
            and before[-1].role in ("target", "baseline")
            and before[-2].role == "observation"
            and reading.statement - before[-1].statement <= 1
        ):
            return before[-1].role  # "39. Target 42. Difference -3."
    if reading.role == "projection":
        return None  # what a forecast change is from is not guessed
    period = reading.period
    mate = reading.mate
    if period is None and mate is not None:
        period = mate.period
    if period is not None and reading.of is None and period.kind in ("year", "whole_year"):
        return "previous_year"
    return None
