"""The SQL macros, rendered as dbt renders them and run in DuckDB.

Period arithmetic is held against its counterpart on the reading side, :mod:`ingest.periods`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import jinja2
import pytest

from ingest import periods

ROOT = Path(__file__).resolve().parents[2]
FILES = ("areas", "directions", "keys", "periods", "publication", "text", "types", "vocabulary")


class Returned(Exception):
    """What a macro hands to ``return``."""

    def __init__(self, value: Any) -> None:
        self.value = value


def give(value: Any) -> None:
    """Leave a macro with a value, as dbt's ``return`` does."""
    raise Returned(value)


def refuse(message: str) -> None:
    """Stop, as dbt's ``exceptions.raise_compiler_error`` does."""
    raise ValueError(message)


class Macros:
    """The project's macros, callable by name; ``variables`` are what dbt calls vars."""

    def __init__(self, **variables: Any) -> None:
        environment = jinja2.Environment(
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.do"],
            autoescape=False,  # noqa: S701 - SQL, not HTML
        )
        environment.globals |= {
            "return": give,
            "exceptions": SimpleNamespace(raise_compiler_error=refuse),
            "var": lambda name, default=None: variables.get(name, default),
        }
        # Each macro is a template of its own, so that one macro calls another through `_returning`.
        for file in FILES:
            whole = (ROOT / "macros" / f"{file}.sql").read_text(encoding="utf-8")
            for macro in re.findall(r"{%-? macro .*?endmacro -?%}", whole, re.S):
                name = macro.partition(" macro ")[2].partition("(")[0].strip()
                environment.globals[name] = self._returning(name, environment.from_string(macro))
        self._globals = environment.globals

    @staticmethod
    def _returning(name: str, template: jinja2.Template) -> Any:
        def call(*positional: Any, **named: Any) -> Any:
            try:
                return getattr(template.make_module(), name)(*positional, **named)
            except Returned as returned:
                return returned.value

        return call

    def __getattr__(self, name: str) -> Any:
        return self._globals[name]


@pytest.fixture(scope="module")
def macros() -> Macros:
    return Macros()


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def value_of(con: duckdb.DuckDBPyConnection, expression: str) -> Any:
    """The value of an SQL expression."""
    found = con.execute(f"select {expression}").fetchone()
    assert found is not None
    return found[0]


def text(value: str | None) -> str:
    """A value as an SQL text."""
    return "cast(null as varchar)" if value is None else "'" + value.replace("'", "''") + "'"


def day(value: date | None) -> str:
    """A date as an SQL date."""
    return "cast(null as date)" if value is None else f"date '{value.isoformat()}'"


# periods

DAYS = [date(year, month, 15) for year in (1999, 2000, 2012, 2013, 2020) for month in range(1, 13)]


@pytest.mark.parametrize("when", DAYS, ids=str)
def test_financial_years_agree_with_the_reader(
    macros: Macros, con: duckdb.DuckDBPyConnection, when: date
) -> None:
    first_year = periods.financial_year_of(when)
    start = macros.financial_year_start(day(when))
    assert value_of(con, start) == first_year
    assert value_of(con, macros.financial_year_label(start)) == periods.label(first_year)
    assert value_of(con, macros.first_year_of(text(periods.label(first_year)))) == first_year


@pytest.mark.parametrize("first_year", [1999, 2011, 2019])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_quarters_agree_with_the_reader(
    macros: Macros, con: duckdb.DuckDBPyConnection, first_year: int, number: int
) -> None:
    window = periods.quarter(first_year, number)
    assert value_of(con, macros.quarter_start(first_year, number)) == window.start
    assert value_of(con, macros.quarter_end(first_year, number)) == window.end
    assert value_of(con, macros.financial_quarter(day(window.start))) == number
    assert value_of(con, macros.financial_quarter(day(window.end))) == number
    assert value_of(con, macros.months_in(day(window.start), day(window.end))) == 3
    assert value_of(con, macros.period_type(day(window.start), day(window.end))) == "quarter"


@pytest.mark.parametrize("first_year", [1999, 2003, 2011])
@pytest.mark.parametrize("years", [-12, -1, 1, 4])
def test_shifted_periods_agree_with_the_reader(
    macros: Macros, con: duckdb.DuckDBPyConnection, first_year: int, years: int
) -> None:
    windows = [periods.financial_year(first_year), periods.quarter(first_year, 4)]
    for window in windows:
        wanted = periods.shift_years(window, years)
        assert window.start is not None
        assert window.end is not None
        assert value_of(con, macros.shift_months(day(window.start), 12 * years)) == wanted.start
        assert value_of(con, macros.shift_months(day(window.end), 12 * years)) == wanted.end


@pytest.mark.parametrize(
    "start,months,shifted",
    [
        (date(2012, 2, 29), -12, date(2011, 2, 28)),
        (date(2011, 2, 28), 12, date(2012, 2, 29)),
        (date(2014, 6, 30), -3, date(2014, 3, 31)),
        (date(2014, 8, 17), -12, date(2013, 8, 17)),
    ],
)
def test_a_last_day_stays_a_last_day(
    macros: Macros, con: duckdb.DuckDBPyConnection, start: date, months: int, shifted: date
) -> None:
    assert value_of(con, macros.shift_months(day(start), months)) == shifted


@pytest.mark.parametrize(
    "start,end,wanted",
    [
        (date(2012, 4, 1), date(2012, 6, 30), "2012-04-01/2012-06-30"),
        (None, None, "unknown"),
        (date(2012, 4, 1), None, "unknown"),
    ],
)
def test_period_ids(
    macros: Macros,
    con: duckdb.DuckDBPyConnection,
    start: date | None,
    end: date | None,
    wanted: str,
) -> None:
    assert value_of(con, macros.period_id(day(start), day(end))) == wanted


def test_numbers_include_both_ends(macros: Macros, con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute(macros.numbers(1, 4)).fetchall() == [(1,), (2,), (3,), (4,)]


# text


@pytest.mark.parametrize(
    "printed,wanted",
    [
        ("Stockton-on-Tees", "stockton_on_tees"),
        ("  Bury St Edmund's ", "bury_st_edmund_s"),
        ("Ynys Môn", "ynys_mon"),
        ("A & E (2012/13)", "a_e_2012_13"),
        ("–", None),
        ("", None),
        (None, None),
    ],
)
def test_slugs(
    macros: Macros, con: duckdb.DuckDBPyConnection, printed: str | None, wanted: str | None
) -> None:
    assert value_of(con, macros.slug(text(printed))) == wanted


@pytest.mark.parametrize(
    "printed,wanted",
    [(" ASB\t Repeats ", "asb repeats"), ("  ", None), (None, None), ("☺", "☺")],
)
def test_label_keys(
    macros: Macros, con: duckdb.DuckDBPyConnection, printed: str | None, wanted: str | None
) -> None:
    assert value_of(con, macros.label_key(text(printed))) == wanted


@pytest.mark.parametrize(
    "printed,wanted",
    [
        ("Police IOM Unit - [name withheld]", "Police IOM Unit"),
        ("Police Unit- [name withheld]", "Police Unit"),
        ("Fire – [name withheld] / [name withheld] (for Derby)", "Fire (for Derby)"),
        ("Fire ([name withheld])", "Fire"),
        ("[name withheld], Public Health", "Public Health"),
        ("[name withheld] and [name withheld]", None),
        ("Health and Care", "Health and Care"),
        (None, None),
    ],
)
def test_owners_lose_their_people(
    macros: Macros, con: duckdb.DuckDBPyConnection, printed: str | None, wanted: str | None
) -> None:
    assert value_of(con, macros.without_names(text(printed))) == wanted


@pytest.mark.parametrize(
    "whole,part,wanted",
    [
        ("police_iom_unit", "police", True),
        ("police_iom_unit", "iom_unit", True),
        ("police_iom_unit", "unit", True),
        ("police_iom_unit", "olice", False),
        ("policeman", "police", False),
    ],
)
def test_words_are_found_whole(
    macros: Macros, con: duckdb.DuckDBPyConnection, whole: str, part: str, wanted: bool
) -> None:
    assert value_of(con, macros.has_words(text(whole), text(part))) is wanted


def test_digits_are_found_where_they_stand(macros: Macros, con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create or replace temp table lines as select 'Q1 – 9½ 42' as words, 10 as at_char")
    found = con.execute(macros.digits_of("lines", ["words"], "words", "at_char")).fetchall()
    assert sorted(position for _, position in found) == [11, 15, 18, 19]


@pytest.mark.parametrize(
    "statement,note,wanted",
    [
        ("Figures are provisional.", None, True),
        ("12 offences", "Subject to validation", True),
        ("A provisionally agreed plan", None, False),
        (None, None, False),
    ],
)
def test_provisional_figures_say_so(
    macros: Macros,
    con: duckdb.DuckDBPyConnection,
    statement: str | None,
    note: str | None,
    wanted: bool,
) -> None:
    assert value_of(con, macros.says_provisional(text(statement), text(note))) is wanted


def test_lists_become_rows(macros: Macros, con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create or replace temp table named as select 1 as id, 'a; b ;c' as names")
    found = con.execute(macros.split_rows("named", "id", "names", "name")).fetchall()
    assert sorted(found) == [(1, "a"), (1, "b"), (1, "c")]


# types, directions, codes


def test_what_does_not_fit_is_null(macros: Macros, con: duckdb.DuckDBPyConnection) -> None:
    assert str(value_of(con, macros.to_decimal("'63.30'"))) == "63.3000"
    assert value_of(con, macros.to_decimal("'123456789012345678901'")) is None
    assert value_of(con, macros.to_decimal("'n/a'")) is None
    assert value_of(con, macros.to_boolean("cast(null as varchar)")) is False


@pytest.mark.parametrize(
    "printed,wanted",
    [("↘", "down"), ("↑", "up"), ("→", "level"), ("—", None), ("Up", "up"), (None, None)],
)
def test_arrows_point(
    macros: Macros, con: duckdb.DuckDBPyConnection, printed: str | None, wanted: str | None
) -> None:
    assert value_of(con, macros.direction_of_travel(text(printed))) == wanted


@pytest.mark.parametrize(
    "direction,operator,wanted",
    [
        ("decrease", ">=", "lower_is_better"),
        ("increase", None, "higher_is_better"),
        ("maintain", ">=", "higher_is_better"),
        ("maintain", None, "higher_is_better"),
        ("maintain", "<=", "lower_is_better"),
        ("monitor", "<=", None),
        (None, None, None),
    ],
)
def test_polarity(
    macros: Macros,
    con: duckdb.DuckDBPyConnection,
    direction: str | None,
    operator: str | None,
    wanted: str | None,
) -> None:
    assert value_of(con, macros.polarity_of(text(direction), text(operator))) == wanted


@pytest.mark.parametrize(
    "direction,polarity,wanted",
    [
        ("up", "higher_is_better", "favourable"),
        ("up", "lower_is_better", "adverse"),
        ("down", "higher_is_better", "adverse"),
        ("down", "lower_is_better", "favourable"),
        ("level", "lower_is_better", "no_change"),
        ("up", None, None),
        (None, "lower_is_better", None),
    ],
)
def test_assessments(
    macros: Macros,
    con: duckdb.DuckDBPyConnection,
    direction: str | None,
    polarity: str | None,
    wanted: str | None,
) -> None:
    assert value_of(con, macros.assessment_of(text(direction), text(polarity))) == wanted


@pytest.mark.parametrize(
    "difference,operator,wanted",
    [
        ("-1", "<=", "favourable"),
        ("0", "<=", "favourable"),
        ("1", "<=", "adverse"),
        ("0", ">=", "favourable"),
        ("-1", ">=", "adverse"),
        ("0", "=", "favourable"),
        ("1", "=", "adverse"),
        ("null", "=", None),
        ("1", None, None),
    ],
)
def test_targets_are_met_or_not(
    macros: Macros,
    con: duckdb.DuckDBPyConnection,
    difference: str,
    operator: str | None,
    wanted: str | None,
) -> None:
    assert value_of(con, macros.target_assessment(difference, text(operator))) == wanted


def test_restricted_rows_are_published_only_when_asked_for(con: duckdb.DuckDBPyConnection) -> None:
    assert value_of(con, Macros().may_be_published("true")) is False
    assert value_of(con, Macros().may_be_published("false")) is True
    assert value_of(con, Macros(include_restricted=True).may_be_published("true")) is True


def test_vocabularies_have_an_order(macros: Macros, con: duckdb.DuckDBPyConnection) -> None:
    origins = macros.vocabulary("origin")
    ranks = [value_of(con, macros.vocabulary_rank("origin", text(origin))) for origin in origins]
    assert ranks == list(range(1, len(origins) + 1))
    assert value_of(con, macros.vocabulary_rank("origin", "'unheard_of'")) is None
    with pytest.raises(ValueError, match="no vocabulary named colour"):
        macros.vocabulary("colour")


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (2014, 15, False),
        (2015, 15, True),
        (2014, 13, True),
        (1999, 0, False),
        (1998, 5, False),
        (2012, 14, False),  # a span
        (2015, 12, False),  # a month
        (2009, 10, False),
        (2015, 14, True),
        (2012, 22, True),
    ],
)
def test_a_year_and_the_next_is_a_financial_year(
    macros: Macros, first: int, second: int, wrong: bool
) -> None:
    sql = macros.is_no_financial_year(str(first), str(second))
    assert duckdb.execute(f"select {sql}").fetchone() == (wrong,)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_and_a_day_in_it_are_in_one_quarter(macros: Macros, month: int) -> None:
    day = f"date '2014-{month:02}-15'"
    sql = f"select {macros.financial_quarter(day)}, {macros.quarter_of_month(str(month))}"
    assert duckdb.execute(sql).fetchone() == ((month - 4) % 12 // 3 + 1,) * 2


def test_no_day_is_in_no_quarter(macros: Macros) -> None:
    sql = macros.financial_quarter("cast(null as date)")
    assert duckdb.execute(f"select {sql}").fetchone() == (None,)
