"""What a measure, or a column's header, says of the unit of bare numbers."""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache
from typing import Final

from ingest.vocabulary import quantities as words

# A measure is read to this point: what follows explains.
_LONGEST: Final = 160
_YEARS_AVERAGE: Final = re.compile(
    r"(?:19|20)\d\d\s?[-\u2013/]\s?\d\d(?:\d\d)?\s+average|"
    r"(?:\d|two|three|four|five|ten)[\s-]*(?:year|yr|month)s?[\s-]*(?:rolling |moving )?"
    r"(?:average|mean)"
)
_PER: Final = re.compile(r"(?:\bper|/)\s?(100,?000|10,?000|1,?000|100k|10k|1k|hundred thousand)\b")
_PER_UNITS: Final = {
    "100000": "rate_per_100000",
    "100k": "rate_per_100000",
    "hundred thousand": "rate_per_100000",
    "10000": "rate_per_10000",
    "10k": "rate_per_10000",
    "1000": "rate_per_1000",
    "1k": "rate_per_1000",
}
# Units that a bracket, or "in", sets beside a measure: "Average attendance (mins)".
_SET_BESIDE: Final = re.compile(
    r"(?:[(\[]|\bin )\s*(?:in |no\.? of |number of |working |calendar |average )*"
    r"(days?|hours?|hrs?|minutes?|mins?|mm:ss|m:ss|hh:mm|seconds?|secs?"
    r"|%|percent|percentage|\u00a3)"
    r"(?=[\s)\],:0kKmM]|$)"
)
_BESIDE_UNITS: Final = {
    **words.DURATION_UNITS,
    "hh:mm": "hours",
    "mm:ss": "minutes",
    "m:ss": "minutes",
    "%": "percent",
    "percent": "percent",
    "percentage": "percent",
    "\u00a3": "currency",
}
# "Spend (\u00a3k)", "\u00a3000s", "\u00a3m": what a bare number under it stands for.
_IN_THOUSANDS: Final = re.compile(r"\u00a3\s?(000'?s?|k|m|millions?|thousands?)(?![\w,.]*\d)\b")
_POUNDS_LAST: Final = re.compile(r"\u00a3\s?(?:000'?s?|k|m)?[\s)]*$")
_FACTORS: Final = {"0": 1000, "k": 1000, "t": 1000, "m": 1_000_000}
_IN_MINUTES: Final = re.compile(
    r"\b(?:response|turnout|turn-out|attendance|answer\w*|call handling|call waiting|arrival)"
    r" times?\b"
)
_IN_DAYS: Final = re.compile(
    r"(?<!\d )(?<!working )\bdays\b|\bworking days lost\b|\bwaiting times?\b"
)
_IN_HOURS: Final = re.compile(
    r"^(?:(?:number|total|no\.?) (?:of )?)?(?:[\w-]+ ){0,2}hours\b(?! of\b)(?! a\b)|\bhours "
    r"(?:worked|lost|spent|given|delivered|completed|volunteered|patrolled)\b"
)
_COUNTED: Final = re.compile(r"^[\s\d.)-]*(?:total )?(?:number|no\.?|nos\.?|count|volume) of\b")
_SHARE_FIRST: Final = ("%", "percentage", "proportion", "per cent", "percent ")
_SHARE_WITHIN: Final = re.compile(
    r" % |percentage of|proportion of|\bas an? (?:%|percentage|share) "
)


class MeasureFacts:
    """What a row's measure says of the unit of its numbers."""

    __slots__ = ("factor", "is_rank", "unit")

    def __init__(self, measure: str) -> None:
        said = measure.lower()
        self.is_rank = " rank" in f" {said}" or "position" in said.split("(")[0]
        head = said.split("baseline")[0][:_LONGEST]
        self.unit = "rank" if self.is_rank else _unit_of(head)
        in_thousands = _IN_THOUSANDS.search(head)
        self.factor = _FACTORS[in_thousands[1][0]] if in_thousands else 1


def _unit_of(head: str) -> str | None:
    """The unit by the plainest words: a rate, a unit set beside, times, then shares."""
    if per := _PER.search(head):
        return _PER_UNITS[per[1].replace(",", "")]
    if _POUNDS_LAST.search(head):
        return "currency"
    if beside := _SET_BESIDE.search(head):
        return _BESIDE_UNITS[beside[1]]
    if "score" in head:
        return "score"
    is_average = "average" in (bare := _YEARS_AVERAGE.sub(" ", head)) or "mean " in bare
    if _IN_MINUTES.search(head):
        return "minutes"
    if (_IN_DAYS.search(head) and " within " not in head) or "average time" in head:
        return "days"
    if _IN_HOURS.search(head) and " within " not in head:
        return "hours"
    if is_average:
        return "average"
    if (
        head.rstrip(" :)").endswith("%")
        or head.lstrip(" -0123456789.").startswith(_SHARE_FIRST)
        or _SHARE_WITHIN.search(head)
    ):
        return "percent"
    if not _COUNTED.match(head) and any(share in head for share in words.SHARES):
        return "percent"
    return None


def names_rank(header: str) -> bool:
    """Whether a header, in lower case, is of ranks: "MSG rank", "position in family group"."""
    if "rank" in header:
        return True
    return "position" in header and any(peer in header for peer in words.PEER_STEMS)


def facts_of(measure: str, header: str = "") -> MeasureFacts:
    """The facts of a measure; the header of a column may know better."""
    own, column = _facts_of_measure(measure[:600]), _facts_of_column(header[:120])
    if column is None or column.factor >= own.factor:
        return column or own
    found = copy(column)
    found.factor = own.factor
    return found


# A measure is that of all cells of its row, and headers come again in report after report.
_facts_of_measure: Final = lru_cache(maxsize=256)(MeasureFacts)


@lru_cache(maxsize=1024)
def _facts_of_column(header: str) -> MeasureFacts | None:
    """The facts of a header, None where the measure's count."""
    column = MeasureFacts(header)
    column.is_rank = names_rank(header.lower())
    if column.unit in (None, "average", "score") or (column.unit == "rank" and not column.is_rank):
        return None
    return column
