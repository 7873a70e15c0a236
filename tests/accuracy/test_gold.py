"""The answers themselves are well formed: nothing here runs the reader."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.accuracy import agreement, gold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROLES: Final = frozenset(
    {
        "observation",
        "baseline",
        "target",
        "comparative",
        "change",
        "projection",
        "component",
        "context",
    }
)
UNITS: Final = frozenset(
    {
        "count",
        "percent",
        "rate_per_1000",
        "rate_per_10000",
        "rate_per_100000",
        "rank",
        "average",
        "days",
        "hours",
        "percent_change",
        "percentage_points",
        "currency",
        "minutes",
        "seconds",
        "score",
    }
)
BASES: Final = frozenset(
    {
        "quarter",
        "ytd",
        "year",
        "rolling_12m",
        "multi_year_average",
        "point",
        "cohort",
        "month",
        "unknown",
    }
)
COMPARATORS: Final = frozenset(
    {
        "baseline",
        "same_period_last_year",
        "previous_quarter",
        "previous_year",
        "previous_rolling_window",
        "target",
        "peer_group",
        "multi_year_average",
        "unknown",
    }
)
CERTAINTIES: Final = frozenset(
    {
        "stated",
        "inferred",
        "ambiguous",
    }
)
NEEDS_COMPARATOR: Final = frozenset({"change", "comparative"})
DIGITS: Final = re.compile(r"\d+")
FIRST_TABLES: Final = 12  # every fourth of these is held out
ALL_OPEN_TABLES: Final = 16  # these came next, and are all open; of each four after them one is not
ALL_OPEN: Final = "bc"  # batches of statements that are open as a whole


def texts() -> Iterator[tuple[str, dict[int, str], Sequence[gold.Answer]]]:
    """Every annotated text: its name, its lines by number, its answers."""
    for part in ("open", "held_out"):
        for statement in gold.statements(part):
            yield statement.statement_id, {1: statement.text}, statement.answers
    for report in (*gold.five_reports(), *gold.table_reports()):
        lines = report.path.read_text(encoding="utf-8").split("\n")
        yield report.entry.report_id, dict(enumerate(lines, 1)), report.answers


ALL: Final = tuple(texts())


def test_every_offset_slices_back_to_what_is_printed() -> None:
    wrong = [
        (name, answer.place, answer.printed)
        for name, lines, answers in ALL
        for answer in answers
        if lines[answer.line][answer.start : answer.end] != answer.printed
    ]
    assert not wrong


def test_every_run_of_digits_is_in_exactly_one_row() -> None:
    wrong = []
    for name, lines, answers in ALL:
        for number, text in lines.items():
            spans = [(answer.start, answer.end) for answer in answers if answer.line == number]
            for run in DIGITS.finditer(text):
                holders = sum(a <= run.start() and run.end() <= b for a, b in spans)
                touching = sum(a < run.end() and run.start() < b for a, b in spans)
                if holders != 1 or touching != 1:
                    wrong.append((name, number, run[0]))
    assert not wrong


def test_no_two_rows_overlap() -> None:
    for name, _, answers in ALL:
        places = sorted(answer.place for answer in answers)
        for (line, _, end), (next_line, start, _) in itertools.pairwise(places):
            assert line != next_line or end <= start, name


def test_only_codes_of_the_vocabularies_are_used() -> None:
    for name, _, answers in ALL:
        for answer in answers:
            place = (name, answer.place, answer.printed)
            assert answer.role in ROLES, place
            assert answer.basis in BASES, place
            assert answer.certainty in CERTAINTIES, place
            assert answer.unit is None or answer.unit in UNITS, place
            assert answer.comparator is None or answer.comparator in COMPARATORS, place


def test_context_says_nothing_and_everything_else_says_what_it_must() -> None:
    for name, _, answers in ALL:
        for answer in answers:
            place = (name, answer.place, answer.printed)
            if answer.role == "context":
                meaning = (answer.unit, answer.value, answer.comparator, *answer.period)
                assert meaning == (None,) * 5, place
                assert (answer.basis, answer.certainty) == ("unknown", "stated"), place
                continue
            assert answer.unit is not None, place
            assert answer.value is not None, place
            assert (answer.period_start is None) == (answer.period_end is None), place
            assert answer.role not in NEEDS_COMPARATOR or answer.comparator, place
            if answer.period_start and answer.period_end:
                assert answer.period_start <= answer.period_end, place


def test_what_is_ambiguous_says_what_else_it_could_be() -> None:
    silent = [
        (name, answer.place)
        for name, _, answers in ALL
        for answer in answers
        if answer.certainty == "ambiguous" and not answer.note
    ]
    assert not silent


def test_every_fourth_statement_and_table_is_held_out() -> None:
    shown: dict[str, set[int]] = {}
    hidden: dict[str, set[int]] = {}
    for part, batches in (("open", shown), ("held_out", hidden)):
        for statement in gold.statements(part):
            number = statement.statement_id
            batches.setdefault(number[0], set()).add(int(number[1:]))
    assert sum(map(len, shown.values())) >= 240
    assert set(shown) - set(hidden) == set(ALL_OPEN)
    for batch, numbers in hidden.items():
        both = shown[batch] | numbers
        assert numbers == {number for number in both if number % 4 == 0}, batch
        assert both == set(range(1, len(both) + 1)), batch
    tables = [report.part for report in gold.table_reports()]
    first = tables[:FIRST_TABLES]
    assert first == ["held_out" if n % 4 == 0 else "open" for n in range(1, FIRST_TABLES + 1)]
    drawn = tables[FIRST_TABLES + ALL_OPEN_TABLES :]
    assert 4 * drawn.count("held_out") == len(drawn)


def test_all_five_reports_have_answers() -> None:
    assert len(gold.five_reports()) == 5


def test_the_page_of_rules_prints_the_agreement_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert agreement.main() == 0, capsys.readouterr().err


def test_the_log_of_decisions_names_what_the_gold_says() -> None:
    first, second = agreement.read("first"), agreement.read("second")
    decided = set()
    for row in gold._rows(gold.HERE / "annotations" / "decisions.csv"):
        decided.add((row["report_id"], int(row["source_line"]), int(row["char_start"])))
    for report in gold.five_reports():
        for answer in report.answers:
            key = (report.entry.report_id, *answer.place)
            if key not in first or key not in second:
                assert key[:3] in decided, key
                continue
            for attribute in ("role", "unit", "basis", "period", "value", "comparator"):
                readings = {
                    agreement.reading(first[key], attribute),
                    agreement.reading(second[key], attribute),
                }
                said: object = getattr(answer, attribute)
                if attribute == "period":
                    said = tuple(day.isoformat() if day else "" for day in answer.period)
                elif attribute in ("unit", "comparator"):
                    said = said or ""
                assert readings == {said} or key[:3] in decided, (key, attribute)
