"""The interval macros against exact fractions, on a million generated statements.

The macros are rendered as dbt renders them and run in DuckDB; the oracle decides the same
questions with :class:`fractions.Fraction` from the definition of rounding alone.
"""

from __future__ import annotations

import random
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pyarrow as pa
import pytest

MACROS = Path(__file__).parents[2] / "macros" / "intervals.sql"
MODES = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
CASES = 1_000_000


@pytest.fixture(scope="module")
def macros() -> Any:
    """The rendered macros, callable by name."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701 - SQL, not HTML
    return environment.from_string(MACROS.read_text(encoding="utf-8")).module


def table(rows: list[tuple[Any, ...]], names: str) -> pa.Table:
    """Columns of the given names, one a word; values as DuckDB reads them."""
    columns = list(zip(*rows, strict=True))
    return pa.table(dict(zip(names.split(), columns, strict=True)))


def printed(value: Fraction, decimals: int, mode: str) -> Decimal:
    """The value as an officer prints it: rounded or cut to so many decimals."""
    return printed_ratio(value.numerator, value.denominator, decimals, mode)


def printed_ratio(top: int, bottom: int, decimals: int, mode: str) -> Decimal:
    """A ratio as an officer prints it, ``bottom`` being above zero: whole numbers decide it all."""
    size, rest = divmod(abs(top) * 10**decimals, bottom)
    if mode == ROUND_HALF_UP:
        size += 2 * rest >= bottom
    elif mode == ROUND_HALF_EVEN:
        size += 2 * rest > bottom or (2 * rest == bottom and size % 2 == 1)
    return Decimal(size if top >= 0 else -size).scaleb(-decimals)


@pytest.mark.parametrize("mode", MODES)
def test_the_oracle_rounds_as_decimals_do(mode: str) -> None:
    for tenths in range(-60, 61):
        for decimals in (0, 1):
            step = Decimal(1).scaleb(-decimals)
            exact = Decimal(tenths) / 20
            shown = printed(Fraction(tenths, 20), decimals, mode)
            assert shown == exact.quantize(step, rounding=mode)


def interval_sql(macros: Any, column: str, prefix: str, is_exact: str = "false") -> str:
    return str(macros.interval_columns(column, f"{prefix}_decimals", is_exact, prefix))


def test_no_true_percent_change_is_accused(macros: Any) -> None:
    """Every change printed truly, rounded either way or cut, meets its counts."""
    pick = random.Random(20261120)
    rows = []
    for _ in range(CASES):
        base = pick.randint(1, 10 ** pick.randint(1, 6))
        value = pick.randint(0, 2 * base)
        decimals = pick.randint(0, 3)
        mode = pick.choice(MODES)
        quarters = pick.randint(1, 4)
        parts = quarters * base
        change = printed_ratio(400 * value - 100 * parts, parts, decimals, mode)
        rows.append((base, value, quarters, decimals, str(change), mode == ROUND_DOWN))
    cases = table(rows, "base value quarters decimals change is_cut")
    connection = duckdb.connect()
    connection.register("cases", cases)
    wrong = connection.execute(f"""
        with typed as (
            select *, change::decimal(18, 4) as p, decimals as p_decimals from cases
        ),
        intervals as (
            select
                *,
                {macros.interval_columns("value", "0", "true", "n")},
                {macros.interval_columns("base", "0", "true", "d")},
                {interval_sql(macros, "p", "p")},
                {macros.truncated_columns("p", "p_decimals", "t")}
            from typed
        ),
        shifted as (
            select
                *,
                100 + p_low as c_low, 100 + p_high as c_high,
                p_low_open as c_low_open, p_high_open as c_high_open,
                100 + t_low as u_low, 100 + t_high as u_high,
                t_low_open as u_low_open, t_high_open as u_high_open
            from intervals
        )
        select base, value, quarters, change, is_cut from shifted
        where not case
            when is_cut then {macros.quotient_meets("n", "d", "u", 4, "quarters")}
            else {macros.quotient_meets("n", "d", "c", 4, "quarters")}
        end
        limit 10
    """).fetchall()
    assert wrong == []


def could_print(value: Fraction, shown: Decimal, decimals: int) -> bool:
    """Whether rounding the exact value, half up or half even, can give what is shown."""
    return shown in (printed(value, decimals, mode) for mode in MODES[:2])


def test_quotient_meets_exactly_when_a_fraction_does(macros: Any) -> None:
    """On counts, the macro and the definition of rounding agree, claims near the edge included."""
    pick = random.Random(7)
    rows, expected = [], []
    for _ in range(100_000):
        base = pick.randint(1, 10 ** pick.randint(1, 4))
        value = pick.randint(0, 2 * base)
        decimals = pick.randint(0, 2)
        exact = Fraction(100 * value, base)
        shown = printed(exact, decimals, ROUND_HALF_UP)
        shown += pick.choice((-1, 0, 0, 1)) * Decimal(1).scaleb(-decimals)
        shown = max(shown, Decimal(0))
        rows.append((base, value, decimals, str(shown)))
        expected.append(could_print(exact, shown, decimals))
    connection = duckdb.connect()
    connection.register("cases", table(rows, "base value c_decimals shown"))
    answers = connection.execute(f"""
        with intervals as (
            select
                {macros.interval_columns("value", "0", "true", "n")},
                {macros.interval_columns("base", "0", "true", "d")},
                {interval_sql(macros, "shown::decimal(18, 4)", "c")}
            from cases
        )
        select {macros.quotient_meets("n", "d", "c")} from intervals
    """).fetchall()
    disagree = [
        (row, answer, truth)
        for row, (answer,), truth in zip(rows, answers, expected, strict=True)
        if answer is not truth
    ]
    assert disagree == []


def test_rounded_inputs_are_widened(macros: Any) -> None:
    """A ratio of rounded parts holds whenever some parts that round to them make it hold."""
    pick = random.Random(11)
    rows = []
    for _ in range(100_000):
        base = Fraction(pick.randint(1, 99_999), 100)
        value = Fraction(pick.randint(0, 99_999), 100)
        places = pick.randint(0, 1)
        shown_base = printed(base, places, pick.choice(MODES[:2]))
        shown_value = printed(value, places, pick.choice(MODES[:2]))
        decimals = pick.randint(0, 2)
        ratio = printed(100 * value / base, decimals, pick.choice(MODES[:2]))
        rows.append((str(shown_value), str(shown_base), places, places, decimals, str(ratio)))
    connection = duckdb.connect()
    connection.register("cases", table(rows, "value base n_decimals d_decimals c_decimals ratio"))
    wrong = connection.execute(f"""
        with intervals as (
            select
                *,
                {interval_sql(macros, "value::decimal(18, 4)", "n")},
                {interval_sql(macros, "base::decimal(18, 4)", "d")},
                {interval_sql(macros, "ratio::decimal(18, 4)", "c")}
            from cases
        )
        select value, base, ratio from intervals
        where not coalesce({macros.quotient_meets("n", "d", "c")}, true)
    """).fetchall()
    assert wrong == []


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("16.3", 1, ("16.25", "16.35", False, True)),  # odd last digit: 16.35 never prints 16.3
        ("16.4", 1, ("16.35", "16.45", False, False)),  # even: half-even prints 16.45 as 16.4
        ("-16.3", 1, ("-16.35", "-16.25", True, False)),
        ("0", 0, ("-0.5", "0.5", False, False)),
        ("63.30", 2, ("63.295", "63.305", False, False)),
    ],
)
def test_interval_of_a_printed_figure(
    macros: Any, value: str, decimals: int, expected: tuple[str, str, bool, bool]
) -> None:
    columns = macros.interval_columns("v", "d", "false", "i")
    answer = duckdb.execute(
        f"select {columns} from (select {value}::decimal(18, 4) as v, {decimals} as d)"
    ).fetchone()
    assert answer is not None
    low, high, *is_open = answer
    assert (low, high, *is_open) == (Decimal(expected[0]), Decimal(expected[1]), *expected[2:])


def test_a_wide_interval_holds_all_that_is_printed_so_however_it_was_shortened(macros: Any) -> None:
    """Whatever the mode, the true value is within; its far end is not."""
    pick = random.Random(3)
    rows = []
    for _ in range(100_000):
        value = Fraction(pick.randint(-99_999, 99_999), pick.choice((100, 300, 700)))
        decimals = pick.randint(0, 2)
        shown = printed(value, decimals, pick.choice(MODES))
        if value < 0:  # an officer shortens the size and puts the sign before it
            shown = -printed(-value, decimals, pick.choice(MODES))
        rows.append((str(shown), decimals, value.numerator, value.denominator))
    connection = duckdb.connect()
    connection.register("cases", table(rows, "shown decimals top bottom"))
    wrong = connection.execute(f"""
        with intervals as (
            select
                *,
                {macros.wide_columns("v", "decimals", "false", "w")}
            from (select *, shown::decimal(18, 4) as v from cases)
        )
        select shown, top, bottom from intervals
        where
            top < w_low * bottom
            or top > w_high * bottom
            or (top = w_low * bottom and w_low_open)
            or (top = w_high * bottom and w_high_open)
        limit 10
    """).fetchall()
    assert wrong == []


@pytest.mark.parametrize(
    ("parts", "total", "meets"),
    [
        ((3616, 3437), "7053", True),
        ((3616, 3437), "7043", False),
        ((0,), "0", True),
    ],
)
def test_sum_meets(macros: Any, parts: tuple[int, ...], total: str, meets: bool) -> None:
    answer = duckdb.execute(f"""
        with intervals as (
            select
                {macros.interval_columns(str(sum(parts)), "0", "true", "s")},
                {macros.interval_columns(total, "0", "true", "c")}
        )
        select {macros.sum_meets("s", "c")} from intervals
    """).fetchone()
    assert answer == (meets,)


def test_nothing_above_zero_to_divide_by_is_null(macros: Any) -> None:
    answer = duckdb.execute(f"""
        with intervals as (
            select
                {macros.interval_columns("5", "0", "true", "n")},
                {macros.interval_columns("0", "0", "true", "d")},
                {macros.interval_columns("0", "0", "false", "c")}
        )
        select {macros.quotient_meets("n", "d", "c")} from intervals
    """).fetchone()
    assert answer == (None,)
