"""Numbers, dates and names as a page prints them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup, escape

from ingest.plain_text import slug

MINUS = "\u2212"  # a real minus sign


def plain(value: Decimal | int | float) -> str:
    """Print a number with its thousands set off and no trailing zeros: "2,424", "4.5"."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def ordinal(number: int) -> str:
    """Print a rank: "1st", "2nd", "11th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def amount(value: Decimal | int | float | None, unit: str | None, *, signed: bool = False) -> str:
    """Print a value in its unit; changes are printed with their sign."""
    if value is None:
        return "not known"
    if unit == "rank" and value == int(value):
        return ordinal(int(value))
    signed = signed or unit in ("percent_change", "percentage_points")
    text = ("+" if signed and value > 0 else "") + plain(value)
    match unit:
        case "percent" | "percent_change":
            return f"{text}%"
        case "percentage_points":
            return f"{text} points"
        case "currency":
            return f"{MINUS if text.startswith(MINUS) else ''}£{text.lstrip(MINUS)}"
        case "days" | "hours" | "minutes" | "seconds":
            return f"{text} {unit}"
        case "rate_per_1000" | "rate_per_10000" | "rate_per_100000":
            return f"{text} per {plain(int(unit.rpartition('_')[2]))}"
        case _:
            return text


def between(
    low: Decimal | None, high: Decimal | None, unit: str | None, decimals: int | None = None
) -> str:
    """Print an interval of expected values, or the one value that it is.

    Where both ends round to one value at the decimals of the printed claim, it is that value.
    """
    if low is None and high is None:
        return "not known"
    if low is None or high is None or low == high:
        return amount(high if low is None else low, unit)
    if decimals is not None:
        ends = {end.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) for end in (low, high)}
        if len(ends) == 1:
            return amount(ends.pop(), unit)
    return f"{amount(low, unit)} to {amount(high, unit)}"


def day(value: date | None) -> str:
    """Print a date: "30 June 2019"."""
    return f"{value.day} {value:%B %Y}" if value else "not known"


def file_name(words: str) -> str:
    """Turn an id into a file's name: lower case, letters, digits and "-"."""
    return slug(words).replace("_", "-") or "unnamed"


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Print a count with its noun: "1 report", "2 reports"."""
    return f"{plain(number)} {one if number == 1 else many or one + 's'}"


def code(text: str) -> Markup:
    """Set what stands between backticks as code; all else, and a lone backtick, is escaped."""
    if text.count("`") % 2:
        return escape(text)
    pieces = [
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(text.split("`"))
    ]
    return Markup("").join(pieces)
