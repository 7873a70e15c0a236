"""Numbers and dates of a spreadsheet as its cells show them.

A cell holds 0.726 and shows "72.6%"; the report says what it shows. The common part of the format
language is read (sections, digits, thousands, percent, text in quotes, dates); a cell in any other
format shows as "General" does.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

_TOKEN: Final = re.compile(
    r'"([^"]*)"'  # text in quotes
    r"|\\(.)"  # one character of text
    r"|\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]"  # currency
    r"|\[[^\]]*\]"  # colour or condition
    r"|_.|\*."  # padding
    r"|(General)"
    r"|([#0?][#0?,]*(?:\.[#0?]*,*)?|\.[#0?]+,*)"  # digits
    r"|(.)",
    re.DOTALL,
)
_DATE_TOKEN: Final = re.compile(
    r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|AM/PM|A/P|y+|m+|d+|h+|s+(?:\.0+)?|.', re.IGNORECASE | re.DOTALL
)
_SECTION: Final = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_GENERAL_DIGITS: Final = 11  # as many as a wide cell shows
_MOST_DIGITS: Final = 30
_DATE_STYLES: Final = {
    "yyyy": "%Y", "yyy": "%Y", "yy": "%y", "y": "%y", "mmmm": "%B", "mmm": "%b", "dddd": "%A",
    "ddd": "%a",
}  # fmt: skip


def shown(value: object, number_format: str) -> str:
    """A cell's value as its format shows it.

    Parameters
    ----------
    value
        What the reader of the file gives: text, number, truth value, date, time or None.
    number_format
        The cell's format code.

    Examples
    --------
    >>> shown(0.726, "0.0%"), shown(13452, "#,##0"), shown(-5, "General")
    ('72.6%', '13,452', '-5')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format)
    if isinstance(value, datetime | date | time):
        return _date(value, number_format)
    return str(value)


def _number(value: float | Decimal, number_format: str) -> str:
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return str(value)
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        return str(value)
    sections = _SECTION.split(number_format)
    section = sections[0]
    sign = "-" if number < 0 else ""
    if number < 0 and len(sections) > 1:
        section, sign = sections[1], ""  # the section says itself how a negative looks
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    if "@" in section:
        section = "General"
    return _laid_out(abs(number), section, sign)


def _laid_out(number: Decimal, section: str, sign: str) -> str:
    out: list[str] = []
    tokens = list(_TOKEN.finditer(section))
    bare = "".join(match[6] or "" for match in tokens)
    number = number.scaleb(2 * bare.count("%"))
    was_written = False
    for match in tokens:
        quoted, escaped, currency, general, digits, other = match.groups()
        if general or digits:
            if not was_written:  # a second run of digits is a fraction or a phone number
                out.append(sign + (_general(number) if general else _digits(number, digits)))
            was_written = True
        else:
            out.append(next((t for t in (quoted, escaped, currency, other) if t), ""))
    if not was_written and not "".join(out).strip():
        return sign + _general(number) if not section else ""
    return "".join(out)


def _digits(number: Decimal, pattern: str) -> str:
    # Commas at the end divide by a thousand each; elsewhere they set thousands apart.
    digits = pattern.rstrip(",")
    number = number.scaleb(-3 * (len(pattern) - len(digits)))
    whole, _, decimals = digits.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    before, _, after = text.partition(".")
    before = before.rjust(whole.count("0"), "0")
    if before == "0" and "0" not in whole:
        before = ""
    optional = len(decimals) - len(decimals.rstrip("#"))
    while optional and after.endswith("0"):
        after, optional = after[:-1], optional - 1
    return f"{before}.{after}" if after else before


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return f"{number:.0f}"
    places = max(0, _GENERAL_DIGITS - max(number.adjusted(), 0) - 2)
    text = f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: datetime | date | time, number_format: str) -> str:
    section = _SECTION.split(number_format)[0]
    if section.lower() == "general" or not re.search("[ymdhs]", section, re.IGNORECASE):
        section = "hh:mm" if isinstance(value, time) else "dd/mm/yyyy"
    moment = (
        datetime.combine(date(1900, 1, 1), value)
        if isinstance(value, time)
        else value
        if isinstance(value, datetime)
        else datetime.combine(value, time())
    )
    tokens = list(_DATE_TOKEN.findall(section))
    is_half_day = any(token.upper() in ("AM/PM", "A/P") for token in tokens)
    out = []
    for place, token in enumerate(tokens):
        out.append(_date_token(token, place, tokens, moment, is_half_day))
    return "".join(out).strip()


def _date_token(
    token: str, place: int, tokens: list[str], moment: datetime, is_half_day: bool
) -> str:
    lower = token.lower()
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if token[0] in "[_*" and len(token) > 1:
        return ""
    if lower in ("am/pm", "a/p"):
        return moment.strftime("%p")
    if lower in _DATE_STYLES:
        return moment.strftime(_DATE_STYLES[lower])
    if set(lower) == {"m"} and _is_minute(place, tokens):
        return f"{moment.minute:0{min(len(lower), 2)}d}"
    if lower in ("m", "mm"):
        return f"{moment.month:0{len(lower)}d}"
    if lower in ("d", "dd"):
        return f"{moment.day:0{len(lower)}d}"
    if lower in ("h", "hh"):
        hour = (moment.hour % 12 or 12) if is_half_day else moment.hour
        return f"{hour:0{len(lower)}d}"
    if lower.startswith("s"):
        return f"{moment.second:0{min(len(lower.partition('.')[0]), 2)}d}"
    return token


def _is_minute(place: int, tokens: list[str]) -> bool:
    """Whether an "m" stands beside hours or seconds: there it is minutes, not a month."""
    letters = [token.lower()[0] for token in tokens[:place] if token[0].isalpha()]
    after = [token.lower()[0] for token in tokens[place + 1 :] if token[0].isalpha()]
    return (letters[-1:] == ["h"]) or (after[:1] == ["s"])
