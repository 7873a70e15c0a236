"""Period arithmetic of UK public reporting: the one place where dates are computed.

A financial year runs from 1 April to 31 March and is named by the calendar year it begins in:
2012 stands for 2012/13. Quarter 1 is April to June.
"""

from __future__ import annotations

import calendar
from datetime import date

from ingest.model import Window


def month_end(year: int, month: int) -> date:
    """The last day of a calendar month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month (1..12) that lie ``months`` after the given ones."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def months(first: tuple[int, int], last: tuple[int, int], basis: str) -> Window:
    """The window from the first day of one (year, month) to the last day of another."""
    return Window(basis, date(*first, 1), month_end(*last))


def quarter(first_year: int, number: int) -> Window:
    """Quarter 1..4 of the financial year that begins in ``first_year``."""
    first = add_months(first_year, 4, 3 * (number - 1))
    return months(first, add_months(*first, 2), "quarter")


def year_to_date(first_year: int, number: int) -> Window:
    """From 1 April to the end of quarter ``number``."""
    return months((first_year, 4), add_months(first_year, 4, 3 * number - 1), "ytd")


def financial_year(first_year: int) -> Window:
    """The whole financial year that begins in ``first_year``."""
    return months((first_year, 4), (first_year + 1, 3), "year")


def rolling_year(end: date) -> Window:
    """The twelve months that end with the month of ``end``."""
    last = (end.year, end.month)
    return months(add_months(*last, -11), last, "rolling_12m")


def years_ending(first: int, last: int) -> Window:
    """The average over the years ending in March ``first`` to March ``last``."""
    return months((first - 1, 4), (last, 3), "multi_year_average")


def calendar_year(number: int) -> Window:
    """A survey's year, when nothing but the year is printed."""
    return months((number, 1), (number, 12), "point")


def shift_years(window: Window, years: int) -> Window:
    """The same window so many years later (negative: earlier); unknown dates stay unknown."""
    if window.start is None or window.end is None:
        return window
    return Window(
        window.basis,
        window.start.replace(year=window.start.year + years),
        month_end(window.end.year + years, window.end.month)
        if window.end == month_end(window.end.year, window.end.month)
        else window.end.replace(year=window.end.year + years),
    )


def financial_year_of(day: date) -> int:
    """The calendar year in which the financial year of ``day`` begins."""
    return day.year if day.month >= 4 else day.year - 1


def label(first_year: int) -> str:
    """``2012`` as it is printed: "2012/13"."""
    return f"{first_year}/{(first_year + 1) % 100:02d}"


def parse_label(text: str) -> int | None:
    """The first year of "2012/13", "2012-13", "2012/2013" or "12/13"; None when it is no year.

    The second half must be the year after the first.
    """
    parts = text.replace("\u2013", "-").replace("-", "/").split("/")
    if len(parts) != 2:
        return None
    first, second = (part.strip() for part in parts)
    if not (first.isdecimal() and second.isdecimal()) or len(first) not in (2, 4):
        return None
    year = int(first) if len(first) == 4 else 2000 + int(first)
    if len(second) not in (2, 4) or int(second) % 100 != (year + 1) % 100:
        return None
    return year
