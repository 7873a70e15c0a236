"""The cascade: small named rules that say what a number is, tried in order until one fits.

A rule looks at the classes of the tokens left and right of the number (within its sentence), at
the kind of column it stands in, and at nothing else unless it names a check. ``examples`` are
sentences with the printed number and the role it must get; they are run as tests. To teach the
reader a new way of saying something, add a rule (or an alternative to a pattern) where it belongs
in the order: definitions and labels first, then the most specific roles, the plain observation
last.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ingest.figures.patterns import compile_left, compile_right
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES

if TYPE_CHECKING:
    from ingest.figures.reader import Spot

Check = Callable[["Spot"], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying what a number is.

    Parameters
    ----------
    name
        Lands as ``rule`` with the figure.
    role
        One of the contract's roles.
    left, right
        Patterns (:mod:`ingest.figures.patterns`) for what must stand directly before and after the
        number; empty when it does not matter.
    kinds
        Kinds of column it is for; empty for all.
    only
        ``count`` or ``percent`` when the rule is for one of them.
    check
        What the patterns cannot say, one of the small functions below.
    unit, comparator, relation
        What the rule settles at once.
    needs
        Traits of the number (:data:`TRAITS`) without which the rule is not tried.
    examples
        (sentence, printed number) pairs the rule must read.
    """

    name: str
    role: str
    left: str = ""
    right: str = ""
    kinds: frozenset[str] = frozenset()
    only: str = ""
    check: Check | None = None
    unit: str | None = None
    comparator: str | None = None
    needs: str = ""
    examples: tuple[tuple[str, str], ...] = field(default=())


# --- checks -------------------------------------------------------------------------------------


def _is_telephone(spot: Spot) -> bool:
    number = spot.number
    if number.digits not in words.TELEPHONE_NUMBERS or number.sign or number.is_percent:
        return False
    if spot.words_before(1)[-1:] and spot.words_before(1)[-1] in words.CALLS:
        return True
    return any(word in words.TELEPHONE_NOUNS for word in spot.words_after(3))


def _follows(spot: Spot, rule: str) -> bool:
    """Whether the number before it, if there is one, was read by this rule."""
    readings = spot.cell.readings
    return bool(readings) and readings[-1].rule == rule


def _continues_telephone(spot: Spot) -> bool:
    """ "0800 555 111": after a number with a leading zero, and on."""
    last = spot.cell.readings[-1] if spot.cell.readings else None
    return (
        last is not None
        and last.rule in ("leading_zero", "telephone_number")
        and len(spot.number.digits) >= 3
        and spot.number.start - last.number.end == 1
    )


def _is_followed_by_plus(spot: Spot) -> bool:
    """ "3+ incidents", "16+ : 58%": the plus touches the number and begins nothing."""
    text, end = spot.items.text, spot.number.end
    return text[end : end + 1] == "+" and not text[end + 1 : end + 2].isdigit()


def _is_footnote(spot: Spot) -> bool:
    """A number in square brackets, or one that an asterisk touches on the left."""
    text, start, end = spot.items.text, spot.number.start, spot.number.end
    return (
        start > 0
        and text[start - 1] == "["
        and text[end : end + 1] == "]"
        and spot.number.digits.isdecimal()
        and not spot.number.is_percent
        and not spot.number.sign
        and (len(spot.number.digits) == 1 or not text[start - 2 : start - 1].isspace())
        and len(spot.number.digits) < 3
    )


def _is_list_number(spot: Spot) -> bool:
    """ "1. Noise - 201 2. Litter - 54", "1) ...": a small number, a stop, then words."""
    number, text = spot.number, spot.items.text
    if number.is_word or number.is_percent or number.sign or number.currency or number.decimals:
        return False
    if number.value is None or number.value > 30:
        return False
    if spot.cell.kind != "measure" and number.value != spot.cell.list_number + 1:
        return False  # "2. Running total 3": a value, for there is no "1."
    after = text[number.end : number.end + 3]
    if (
        after[:2] == ". "
        and number.value == 1
        and " 2. " not in text[number.end : number.end + 400]
    ):
        return False
    if spot.left and spot.left[0] not in _LIST_BEFORE:
        return False
    if after[:1] == ")" and spot.bracket < 0:
        return after[1:2] == " " or after[1:2].isupper()
    return after[:2] == ". " and after[2:3].isalpha() and after[2:3].isupper()


_LIST_BEFORE: Final = frozenset(CODES[name] for name in ("NUM", "PCT", "CLOSE", "SEMI", "COMMA"))


def _is_mean_speed(spot: Spot) -> bool:
    """ "Mean speed outside the school was 31.4 mph"."""
    return CODES["AVERAGE"] in spot.left[:10] or (
        bool(spot.number.decimals) and "speed" in spot.words_before(10)
    )


def _is_under_age(spot: Spot) -> bool:
    """ "(under 25)", "suspect under 18 in 21 cases", "4 under 25"."""
    return (
        spot.words_before(1) == ["under"]
        and spot.number.digits in words.AGES
        and not spot.number.is_percent
        and spot.right[:1] in _ENDS_AGE
        and spot.left[1:2] in _BEFORE_AGE
        and CODES["TARGET"] not in spot.left
    )


_BEFORE_AGE: Final = frozenset(CODES[name] for name in ("OPEN", "WORD", "NUM", "AND"))
_ENDS_AGE: Final = frozenset(
    ("", *(CODES[name] for name in ("CLOSE", "STOP", "COMMA", "SEMI", "IN", "AND")))
)


def _limits_share(spot: Spot) -> bool:
    """ "86.4% inside the 15 minute target": what the share is of, and not a level."""
    return (
        spot.previous is not None
        and spot.previous.number.is_percent
        and bool({"inside", "within"} & set(spot.words_before(2)))
    )


def _is_total_of_year(spot: Spot) -> bool:
    """ "18.1 Q4, 76.2 year (county 80.4)": a value of the year, and no length."""
    return bool(spot.number.decimals) and spot.right[1:2] in _CLAUSE_END


def _is_clock(spot: Spot) -> bool:
    return bool({"am", "pm", "noon", "midnight", "o'clock"} & set(spot.words_after(1)))


_HOURS: Final = re.compile(r"(?:\s?[-\u2013]\s?\d{4})?\s?(?:hrs|hours)\b", re.IGNORECASE)


def _is_hours(spot: Spot) -> bool:
    """ "2100-0500hrs"."""
    if len(spot.number.digits) != 4:
        return False
    return _HOURS.match(spot.items.text, spot.number.end) is not None


def _is_person_age(spot: Spot) -> bool:
    """ "under 18s", "over 65s": an s touches the number."""
    text, end = spot.items.text, spot.number.end
    return text[end : end + 1] in ("s", "S") and not text[end + 1 : end + 2].isalpha()


_PLURAL_QUARTERS: Final = re.compile(r"\b(?:quarters|qtrs|qs)\b", re.IGNORECASE)


def _has_one_part(spot: Spot) -> bool:
    """ "Of the 18, 2 ...", but not "Of the 41, 9 were girls and 32 boys": parts of a total."""
    if spot.left.lstrip(CODES["FILL"])[1:] or spot.number.currency:
        return False
    return sum(code in _VALUE_CODES for code in spot.right) == 1


_AIMS: Final = frozenset(("aim", "aims", "aiming", "aspire"))
_TARGETS: Final = frozenset(words.WORDS["TARGET"].split())
_VALUE_CODES: Final = frozenset((CODES["NUM"], CODES["PCT"]))
_HALF_DAYS: Final = frozenset(("am", "pm"))
_POSTCODE: Final = re.compile(r"[A-Z]{2}(?![A-Za-z0-9])")
_ADDRESS: Final = re.compile(
    r"\s(?:[A-Z][a-z']+\s){1,3}(?:Street|Road|Avenue|Lane|Close|Drive|Terrace|Court|Crescent|"
    r"Gardens|Grove)\b(?!\s+(?:incidents|offences|crimes|calls|cases|reports))"
)
_WEEK_OF: Final = frozenset("c e commencing ending dated wc we w/c w/e".split())
_DOTTED: Final = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_DOTTED_NEXT: Final = re.compile(
    r"\s?(?:[ap]\.?m\b|hrs\b|hours\b)|\s?(?:-|\u2013|to|and|until)\s?(?:[01]?\d|2[0-4])\.[0-5]\d(?!\d)"
)


def _is_time_taken(spot: Spot) -> bool:
    """ "Average response in 12 minutes" where times are measured; "8 mins 12 secs" anywhere."""
    if _AND_MORE.match(spot.right):
        return True
    return spot.cell.measure_facts.unit in _TIME_UNITS and not spot.cell.has_percent


_AND_MORE: Final = compile_right("DURATION NUM DURATION")
_TIME_UNITS: Final = frozenset(("days", "minutes", "seconds"))
_QUARTERS_OF_HOURS: Final = frozenset(("00", "15", "30", "45"))


def _is_dotted_time(spot: Spot) -> bool:
    """ "22.00 - 06.00 hours", "18.30hrs", "6.30 p.m."."""
    text, number = spot.items.text, spot.number
    if number.decimals != 2 or _DOTTED.fullmatch(number.digits) is None:
        return False
    found = _DOTTED_NEXT.match(text, number.end)
    if found is not None:
        # "8.21 to 9.45" is a pair of rates: a time of day says so, or is a quarter of an hour.
        says_so = any(word in found[0] for word in ("m", "h"))
        return says_so or (
            number.digits[-2:] in _QUARTERS_OF_HOURS
            and found[0][-2:] in _QUARTERS_OF_HOURS
            and not _has_direction_before(spot)
            and CODES["PER"] not in spot.right[:4]
        )
    return _follows_time(spot)


def _follows_time(spot: Spot) -> bool:
    """The end of a stretch of the day whose beginning was read as one."""
    last = spot.cell.readings[-1] if spot.cell.readings else None
    return (
        last is not None
        and (
            last.rule == "clock_time"
            or (last.rule == "leading_zero" and len(last.number.digits) == 4)
        )
        and spot.number.start - last.number.end <= 5
        and spot.left[:1] in _TIME_JOINS
    )


_TIME_JOINS: Final = frozenset(CODES[name] for name in ("DASH", "TO", "AND"))


def _counts_males(spot: Spot) -> bool:
    """ "(5 M / 6 F)", "(64F, 13M)": males, and not months."""
    text, end = spot.items.text, spot.number.end
    return (
        _MALES.match(text, end) is not None
        and _FEMALES.search(text, end - 14, end + 14) is not None
    )


_MALES: Final = re.compile(r"\s?M\b")
_FEMALES: Final = re.compile(r"\d\s?F\b")


def _is_attribute(spot: Spot) -> bool:
    """ "a 7-day operation": a hyphen on both sides, and a noun it goes with."""
    text, end = spot.items.text, spot.number.end
    after = spot.right[2:3]
    return (
        text[end : end + 1] == "-"
        and text[end + 1 : end + 2].isalpha()
        and (not after or after in _ATTRIBUTED)
        and spot.cell.measure_facts.unit not in ("days", "minutes")
    )


_ATTRIBUTED: Final = frozenset(CODES[name] for name in ("WORD", "LABEL", "STOP", "CLOSE", "COMMA"))


def _is_subsection(spot: Spot) -> bool:
    """ "section 17(1)": brackets that touch the number of a section."""
    text, start = spot.items.text, spot.number.start
    return text[start - 1] == "(" and start > 1 and text[start - 2].isdecimal()


_OF_DECADES: Final = frozenset("their her his the early late mid in aged".split())


def _is_decade(spot: Spot) -> bool:
    """ "in her 40s", "the 60s": people or years by tens."""
    value, end = spot.number.value, spot.number.end
    return (
        value is not None
        and value % 10 == 0
        and 10 <= value <= 90
        and spot.items.text[end : end + 1] == "s"
        and not spot.items.text[end + 1 : end + 2].isalnum()
        and bool(_OF_DECADES & set(spot.words_before(1)))
        and "target" not in spot.words_before(3)
    )


def _is_plural_label(spot: Spot) -> bool:
    """ "27's": things called after a number."""
    return spot.items.text[spot.number.end : spot.number.end + 2] in ("'s", "\u2019s")


def _is_counted(spot: Spot) -> bool:
    """ "Includes 14 cases carried forward": a note that counts something."""
    word = spot.words_after(1)[0] if spot.right[:1] == CODES["WORD"] else ""
    return word in words.COUNTED and not spot.number.is_percent


def _is_arrow_after(spot: Spot) -> bool:
    """ "81.0% \u2192 83.4%"."""
    return spot.words_after(1) == ["\u2192"]


def _is_ranked(spot: Spot) -> bool:
    number = spot.number
    if number.is_percent or number.decimals or number.value is None or number.value > 500:
        return False
    if number.ordinal or "rank" in "".join(spot.words_before(4)) or spot.measure_is_rank:
        return True
    if not _OF_RANKS.match(spot.right):
        return False
    if spot.left.lstrip(CODES["CLOSE"])[:1] == CODES["PEER"]:
        return True
    if spot.cell.kind == "comparator" and spot.left[:1] == CODES["WORD"] and number.value < 60:
        return not spot.cell.has_percent or spot.previous is not None  # "0.28 per 1,000 (MSG) 9/15"
    return CODES["RANK"] in spot.left[:2] or (spot.cell.has_rank and spot.bracket >= 0)


_OF_RANKS: Final = compile_right("(SLASH | OUTOF | OF) FILL* NUM")


def _is_part(spot: Spot) -> bool:
    """A numerator is a whole number no greater than what it is a part of."""
    other = spot.number_after()
    if other is None or other.value is None or spot.number.value is None:
        return False
    if spot.number.decimals or other.decimals or spot.number.currency:
        return False
    if spot.is_beside_year_before():
        return False  # "64 / 71 LY"
    if _SLASHES.match(spot.right) or spot.left[:2] in _AFTER_SLASH:
        return False  # "5 / 26 / 141": a list of three
    if _TO_TARGET.match(spot.right):
        return False  # "42/45 target"
    return spot.number.value <= other.value and not spot.number.sign and not other.is_percent


_TO_TARGET: Final = compile_right("(SLASH | FROM | OUTOF | OF) FILL* NUM TARGET")
_SLASHES: Final = compile_right("SLASH NUM SLASH NUM")
_AFTER_SLASH: Final = tuple(CODES["SLASH"] + CODES[name] for name in ("NUM", "CTX"))


def _is_whole(spot: Spot) -> bool:
    previous = spot.previous
    return previous is not None and previous.rule == "numerator"


def _is_score(spot: Spot) -> bool:
    previous = spot.previous
    if previous is None or previous.number.value is None:
        return False
    decimals = previous.number.decimals or 0
    return decimals > 0 and not previous.number.is_percent


def _is_aimed_at(spot: Spot) -> bool:
    """ "Target: 90 or fewer", "we aim for 90 or fewer": a limit that is asked for."""
    return _AIMED.match(spot.left) is not None


_AIMED: Final = compile_left("(TARGET | AIM) (GAP | IS | COLON | DASH){0,5}")


def _touches_dash(spot: Spot) -> bool:
    """ "Groups 1-5", but not "Group 1 - 82"."""
    text, start = spot.items.text, spot.number.start
    return start > 1 and not text[start - 1].isspace() and not text[start - 2].isspace()


def _is_listed_label(spot: Spot) -> bool:
    """ "sections 1, 2 and 3", but not "section 1, 2 destroyed": a comma needs a plural."""
    if spot.left[:1] != CODES["COMMA"]:
        return True
    at = spot.index - 1 - spot.left.find(CODES["LABEL"])
    return spot.items.words[at].endswith("s") or spot.right[:1] in _LIST_GOES_ON


_LIST_GOES_ON: Final = frozenset(CODES[name] for name in ("AND", "COMMA", "SLASH"))


def _is_tolerance(spot: Spot) -> bool:
    return spot.items.text[: spot.number.start][-2:].strip().endswith("\u00b1")


_TARGET_BESIDE: Final = compile_right("WORD? DURATION OPEN TARGET (IS | OF | COLON)* NUM DURATION")
_TARGET_NEXT: Final = compile_right("WORD? DASH? DURATION TARGET")
_CHANGE_NEXT: Final = compile_right(
    "(WORD | FILL){0,2} (OPEN VALUE (WORD | FILL)? CLOSE)? (WORD | FILL){0,2} (ADJ | DIR)"
)


def _is_done(spot: Spot) -> bool:
    """Not "accepted 44; declined 9"."""
    if spot.number.is_percent or spot.words_before(1)[0] not in words.DONE:
        return True
    return spot.left[1:2] not in _LIST_MARKS


def _is_after_verb(spot: Spot) -> bool:
    """ "Youth offending is falling: 73 young people": what follows the colon is the level."""
    if (
        spot.left[:1] in _INTRODUCES
        and not spot.number.sign
        and (_COMPARED_NEXT.match(spot.right) is not None)
    ):
        return True  # "Volumes edged down: 131 v 138"
    return (
        spot.left[:1] == CODES["COLON"]
        and not spot.number.is_percent
        and not spot.number.sign
        and spot.words_before(2)[0] not in words.DIRECTION_NAMES
        and spot.right[:1] in _NOUNS
    )


_INTRODUCES: Final = frozenset(CODES[name] for name in ("COLON", "DASH"))
_COMPARED_NEXT: Final = compile_right("(WORD | FILL){0,2} COMPARE FILL* VALUE")
_LIST_MARKS: Final = frozenset(CODES[name] for name in ("SEMI", "COMMA", "STOP"))


def _is_rank_size(spot: Spot) -> bool:
    previous = spot.previous
    return previous is not None and previous.unit == "rank"


def _is_open_target(spot: Spot) -> bool:
    """Not "on target", not "5% below target 45 incidents": a target whose value this is."""
    number, left = spot.number, spot.left
    if left[1:2] == CODES["TARGET"] and spot.words_before(2)[0] == "standard":
        if {"medium", "high"} & set(spot.items.words[max(0, spot.index - 24) : spot.index + 12]):
            return False  # "High risk: 82, Medium: 310, Standard: 502"
    if left[:2] == _OPEN + CODES["TARGET"] and spot.words_before(3)[0] == "on":
        return False  # "On target (42 v 45)"
    if (
        number.sign
        and number.is_percent
        and left[:2] == _OPEN + CODES["TARGET"]
        and spot.previous_change() is not None
    ):
        return False  # "4 under target (-7.5%)"
    if left[:2] == _OPEN + CODES["TARGET"] and spot.left_value_is("target"):
        return _CHANGE_NEXT.match(spot.right) is None  # "against 900 target (16% over)"
    if left[:2] == CODES["IN"] + CODES["TARGET"] and spot.left_value_is("target"):
        return False  # "Just short of the 85% target at 84.2%"
    if left[:1] == CODES["COLON"] and left[1:2] == CODES["TARGET"] and left[2:3] in _BESIDE_TARGET:
        return False  # "Performance is off target: 421 assaults"
    if spot.words_before(1)[-1:] and spot.words_before(1)[-1] in words.TARGETED:
        return True  # "9 over the profiled 203"
    return not spot.is_spoken_for("TARGET")


_BESIDE_TARGET: Final = frozenset(CODES[name] for name in ("LESS", "MORE", "ON", "BETTER"))


def _is_open_baseline(spot: Spot) -> bool:
    return not spot.is_spoken_for("BASE")


def _is_before_own_target(spot: Spot) -> bool:
    """ "140 target", but not "212 target 250" nor "324 target achieved"."""
    if spot.words_after(1) == ["standard"] and {"medium", "high"} & set(
        spot.items.words[max(0, spot.index - 12) : spot.index + 12]
    ):
        return False  # "9 standard, 21 medium and 8 high risk"
    if spot.left.lstrip(CODES["FILL"])[:1] == CODES["COMPARE"]:
        return True  # "1,046 against 900 target (16% over)"
    at = spot.right.find(CODES["TARGET"])
    rest = spot.right[at + 1 :].lstrip(_SEPARATORS)
    if _OPEN in spot.right[:at] and _TARGET_AND_VALUE.match(rest):
        return False  # "176 [Target for Q1 180]"
    return not rest or rest[0] not in _NOT_OWN


def _is_one_in(spot: Spot) -> bool:
    """ "1 in 5 residents", "1 in 5.", but not "1 in 2013"."""
    whole = spot.number_after()
    return (
        whole is not None
        and whole.value is not None
        and whole.value <= 100
        and (spot.right[2:3] in _CLAUSE_END or spot.right[2:3] in _COUNTS)
        and _is_part(spot)
    )


_COUNTS: Final = frozenset(
    CODES[name] for name in ("WORD", "OF", "FILL", "SAMPLE", "COHORT", "BEFORE", "IS")
)
_CLAUSE_END: Final = frozenset(
    ("", *(CODES[name] for name in ("STOP", "COMMA", "SEMI", "CLOSE", "DASH")))
)
_OPEN: Final = CODES["OPEN"]
_TARGET_AND_VALUE: Final = compile_right("(GAP | PERIOD | COLON | IS)* VALUE")
_SEPARATORS: Final = "".join(CODES[name] for name in ("COLON", "IS", "DASH", "OF", "FILL", "OPEN"))
_NOT_OWN: Final = frozenset(CODES[name] for name in ("NUM", "PCT", "OUTCOME", "UP", "MISS"))


def _is_signed_or_percent(spot: Spot) -> bool:
    return spot.number.sign != 0 or spot.number.is_percent


def _is_direction_after(spot: Spot) -> bool:
    """The direction word after the number is this number's, and not the next sentence's."""
    return spot.own_direction_after()


def _is_limit_after(spot: Spot) -> bool:
    return spot.own_comparison_after()


def _complements_change(spot: Spot) -> bool:
    """A percentage beside a difference, or a difference beside a percentage."""
    previous = spot.previous
    if previous is None or previous.statement != spot.statement:
        return False
    if previous.role not in ("change", "projection") and previous.unit != "percent_change":
        return False
    return previous.number.is_percent != spot.number.is_percent


def _brackets_change(spot: Spot) -> bool:
    """In brackets right after a change, or after the words it is a change on."""
    if spot.bracket < 0 or not _complements_change(spot):
        return False
    if spot.left.lstrip(CODES["FILL"])[:1] == CODES["FROM"]:
        return False  # "down 8.4% (from 6,137)"
    between = spot.between_previous()
    if (
        spot.number.is_percent
        and not spot.number.sign
        and spot.previous is not None
        and spot.previous.rule == "change_from_target"
        and spot.previous_is_points()
    ):
        return False  # "missed the 90% target by 3.6 points (86.4%)": the value
    if spot.number.is_percent:
        # "a 1.2 point improvement on last year (30.0%)": last year's value.
        return not (
            spot.previous_is_points()
            and between.rstrip(_OPEN_FILL)[-1:] in _COMPARED_WITH
            and not spot.number.sign
        )
    # "7.1% rise from previous qtr (939)": a number after what is compared with is its value.
    return not between or not any(code in _COMPARED_WITH for code in between)


_COMPARED_WITH: Final = frozenset(
    CODES[name] for name in ("PERIOD", "BASE", "TARGET", "AVERAGE", "PEER")
)
_OPEN_FILL: Final = CODES["OPEN"] + CODES["FILL"] + CODES["WORD"]


def _sizes_change(spot: Spot) -> bool:
    """In brackets after the value of before, where the sentence tells of a change "
    "between counts.
    """
    previous = spot.previous
    if (
        previous is None
        or previous.role != "comparative"
        or previous.number.is_percent
        or previous.unit == "rank"
        or previous.statement != spot.statement
        or previous.bracket == spot.bracket
    ):
        return False
    after = spot.right[spot.right.find(CODES["CLOSE"]) + 1 :]
    if after[:1] == CODES["TO"]:
        return False  # "fell from 38 (50%) to 30 (40%)": a share
    return spot.previous_change() is not None or previous.rule == "level_before_change"


def _is_value_of_comparison(spot: Spot) -> bool:
    """ "7.1% rise from previous qtr (939)", "418 fewer than 2012/13 (8,029)"."""
    return (
        spot.previous_change() is not None and not spot.number.sign and not spot.follows_own_time()
    )


def _is_or(spot: Spot) -> bool:
    if spot.words_before(1) not in (["or"], ["/"], ["equal to"]):
        return False
    if _complements_change(spot):
        return True
    change = spot.previous_change()  # "9 higher than April to September 2014 (84), or 10.7%"
    return (
        change is not None
        and spot.left_value_is("comparative")
        and change.number.is_percent != spot.number.is_percent
        and spot.number.is_percent
    )


def _is_shared_direction(spot: Spot) -> bool:
    """ "6% reduction on last year and 7.3% on the baseline": the second has no word of its own."""
    return spot.previous_change() is not None


def _has_direction_before(spot: Spot) -> bool:
    return any(code in _DIRECTIONS for code in spot.left)


_DIRECTIONS: Final = frozenset(CODES[name] for name in ("UP", "DOWN", "BETTER"))


def _is_from_prior(spot: Spot) -> bool:
    """ "rose to 291 from 264 in Q2", but not "£45,300 from 17 seizures"."""
    if _has_direction_before(spot):
        return True
    return not spot.right or spot.right[0] not in _NOUNS


_NOUNS: Final = frozenset(CODES[name] for name in ("WORD", "LABEL", "COHORT"))


def _was_before(spot: Spot) -> bool:
    word = spot.words_before(1)
    before = spot.left.lstrip(CODES["FILL"])
    if before == CODES["BEFORE"] and spot.previous is not None and word == ["was"]:
        return True  # "33.1%. Was 34.0% for the 12 months to June"
    return (before[:1] == CODES["BEFORE"] and before[1:2] in _BREAKS) or word[-1:] == ["previously"]


_BREAKS: Final = frozenset(CODES[name] for name in ("OPEN", "COMMA", "SEMI", "DASH", "CLOSE"))


def _is_no_run_on(spot: Spot) -> bool:
    """Not "comparable to the same period last year 40 offences in Yarm ward YTD"."""
    if spot.left[:2] == CODES["OPEN"] + CODES["PERIOD"] and _COMPARED_NEXT.match(spot.right):
        return False  # "similar to last year (168 compared to 166)"
    if not spot.left.startswith(CODES["PERIOD"]):
        return True
    rest = spot.right[:8]
    for code in _CLAUSE_MARKS:
        rest = rest.partition(code)[0]
    return CODES["PERIOD"] not in rest


_CLAUSE_MARKS: Final = tuple(CODES[name] for name in ("SEMI", "COMMA", "CLOSE", "OPEN", "SLASH"))


def _is_goal(spot: Spot) -> bool:
    said = spot.phrase_before()
    return said in _LIMITS


_LIMITS: Final = frozenset(
    "at least,no more than,no fewer than,no less than,not more than,at most,less than,fewer than,"
    "more than,up to,\u2265,\u2264,<,>,at or above,at or below".split(",")
)


def _is_lone_reference(spot: Spot) -> bool:
    """ "4.3 Reduce the number of burglaries": the measure's own number."""
    number = spot.number
    return bool(number.decimals) and not number.is_percent and number.start < 4


def _is_none_among_changes(spot: Spot) -> bool:
    """ "Burglary +12%, Robbery -4%, Vehicle Crime 0%"."""
    change = spot.previous_change()
    return (
        spot.number.value == 0
        and change is not None
        and change.rule in ("change_by_sign", "change_of_none", "change_in_brackets")
        and change.number.is_percent == spot.number.is_percent
    )


def _is_told(spot: Spot) -> bool:
    """ "To visit 2,000 homes in 2009/10": what a measure tells to do."""
    said = spot.items.words[: spot.index]
    return (
        len(said) <= 4
        and any(word in words.TASKS for word in said)
        and (spot.number.value or 0) >= 5
    )


def _is_age_limit(spot: Spot) -> bool:
    """ "a third were under 25"."""
    value = spot.number.value
    word = spot.words_before(1)[0]
    if value is not None and spot.left[1:2] == CODES["PCT"]:  # "64% under 18", not "3% over 90"
        return value <= 30 if word == "under" else word == "over" and 50 <= value <= 75
    return (
        word in ("under", "over")
        and value is not None
        and 10 <= value < 100
        and not spot.number.decimals
    )


def _is_value_of_other(spot: Spot) -> bool:
    """ "worse than the national rate of 16.3%": the value of what is compared with."""
    return _OTHERS_VALUE.match(spot.left) is not None


_OTHERS_VALUE: Final = compile_left(
    "BETTER FILL* COMPARE (GAP | PERIOD){0,3} (PEER | TARGET | BASE | AVERAGE) (GAP | PERIOD){0,3}"
    " (OF | IS) FILL*"
)


_COPULAS: Final = frozenset(("is", "was", "were", "are", "amounted", "equals"))


def _is_named_change(spot: Spot) -> bool:
    """ "the fall was 6%", but not "falling was 6", nor "a rise in May saw 12"."""
    if not _COPULAS & set(spot.words_before(3)):
        return False
    for word in reversed(spot.words_before(6)):
        if word in words.DIRECTION_NAMES:
            return word not in ("up", "down") and "had" not in spot.words_before(3)
    return False


def _names_other_body(spot: Spot) -> bool:
    """ "(Castleshire average 4.6)", but not "(Monthly average 4.6)"."""
    at = spot.index - 1
    while at > 0 and spot.cell.codes[at] != CODES["AVERAGE"]:
        at -= 1
    word = spot.items.words[at - 1]
    start = spot.items.starts[at - 1]
    return (
        spot.previous is not None
        and spot.previous.role == "observation"
        and spot.items.text[start].isupper()
        and not word.endswith("ly")
        and word not in words.EACH_TIME
    )


def _is_second_change(spot: Spot) -> bool:
    """ "decreases of 7.1% and 9.4% respectively"."""
    change = spot.previous_change()
    return (
        change is not None
        and change is spot.previous
        and change.number.is_percent == spot.number.is_percent
        and (spot.number.is_percent or "respectively" in spot.words_after(3))
    )


_ASKED: Final = frozenset(("score", "percent"))

_OF_AGES: Final = frozenset("population olds aged age ages youths".split())

MEASURE: Final = frozenset(("measure",))
TARGET: Final = frozenset(("target",))
BASELINE: Final = frozenset(("baseline",))
COMPARATOR: Final = frozenset(("comparator",))
VARIANCE: Final = frozenset(("variance",))
NOTES: Final = frozenset(("notes",))
STATUS: Final = frozenset(("status", "trend"))

_GAP: Final = "(GAP | ON | COMPARE | PERIOD | BASE | TARGET | PEER | YEARW | QUARTERW)"

DEFINITIONS: Final = (
    Rule(
        "telephone_number",
        "context",
        check=_is_telephone,
        needs="t",
        examples=(("91.3% of 999 calls answered", "999"),),
    ),
    Rule(
        "telephone_number",
        "context",
        left="CTX",
        only="count",
        check=lambda spot: _continues_telephone(spot),
        examples=(("Crimestoppers on 0800 555 111", "111"),),
    ),
    Rule("footnote", "context", check=_is_footnote, needs="[", examples=(("113 [2]", "2"),)),
    Rule(
        "clock_time",
        "context",
        right="WORD",
        only="count",
        check=_is_clock,
        examples=(("212 crimes between 9pm and 5am", "9"),),
    ),
    Rule(
        "clock_time",
        "context",
        right="(DASH | TO | AND) NUM WORD",
        only="count",
        check=lambda spot: bool(_HALF_DAYS & set(spot.words_after(3)[2:])),
        examples=(("18 offences at 2-4pm", "2"),),
    ),
    Rule(
        "clock_time",
        "context",
        only="count",
        check=lambda spot: _is_dotted_time(spot),
        examples=(("18 offences between 22.00 and 06.30hrs", "22.00"),),
    ),
    Rule(
        "clock_time",
        "context",
        left="CTX (DASH | TO | AND)",
        needs="h",
        only="count",
        check=lambda spot: _follows_time(spot),
        examples=(("18 offences 0900-1700", "1700"),),
    ),
    Rule(
        "label_number",
        "context",
        left="CTX OPEN",
        right="CLOSE",
        only="count",
        check=lambda spot: _is_subsection(spot),
        examples=(("12 notices under section 17(1)", "1"),),
    ),
    Rule(
        "label_number",
        "context",
        left="CTX",
        only="count",
        check=lambda spot: _POSTCODE.match(spot.items.text, spot.number.end) is not None,
        examples=(("12 offences in TS18 1XX", "1"),),
    ),
    Rule(
        "label_number",
        "context",
        only="count",
        check=lambda spot: spot.items.text[spot.number.start - 1 : spot.number.start] == "#",
        examples=(("12 offences, mostly at #4", "4"),),
    ),
    Rule(
        "house_number",
        "context",
        right="WORD{2,4}",
        only="count",
        check=lambda spot: _ADDRESS.match(spot.items.text, spot.number.end) is not None,
        examples=(("9 offences at 14 Acacia Avenue", "14"),),
    ),
    Rule(
        "day_and_month",
        "context",
        left="(WORD | LABEL | FILL | NEND)",
        right="SLASH NUM",
        only="count",
        check=lambda spot: any(word in _WEEK_OF for word in spot.words_before(1)),
        examples=(("7 offences, w/c 12/5", "12"),),
    ),
    Rule(
        "day_and_month",
        "context",
        left="CTX SLASH",
        only="count",
        check=lambda spot: _follows(spot, "day_and_month"),
        examples=(("7 offences, w/c 12/5", "5"),),
    ),
    Rule(
        "age",
        "context",
        needs="S",
        only="count",
        check=lambda spot: _is_decade(spot),
        examples=(("9 victims in their 40s", "40"),),
    ),
    Rule(
        "clock_time",
        "context",
        check=_is_hours,
        needs="h",
        only="count",
        examples=(("Fri/Sat 2100-0500hrs: 64", "2100"),),
    ),
    Rule(
        "tolerance",
        "context",
        left="(DASH SLASH PLUS | PLUS SLASH DASH)",
        examples=(("within +/- 5% of target", "5%"),),
    ),
    Rule("tolerance", "context", check=_is_tolerance, needs="\u00b1"),
    Rule(
        "confidence_level",
        "context",
        right="WORD",
        only="percent",
        check=lambda spot: spot.words_after(1)[0] in ("confidence",),
        examples=(("95% confidence interval", "95%"),),
    ),
    Rule(
        "confidence_level",
        "context",
        right="LABEL",
        only="percent",
        check=lambda spot: spot.words_after(1) == ["ci"],
    ),
    Rule(
        "tolerance",
        "context",
        left="TOLERANCE (OF | IS | COLON | FILL)*",
        examples=(("1,020 (tolerance +5%)", "+5%"),),
    ),
    Rule(
        "list_number",
        "context",
        check=_is_list_number,
        needs=".",
        examples=(("1. Noise - 201 2. Litter - 54", "2"),),
    ),
    Rule("reference_number", "context", kinds=MEASURE, check=_is_lone_reference, examples=()),
    Rule(
        "target_value",
        "target",
        left="LABEL (IS | COLON | DASH | OF)?",
        only="percent",
        check=lambda spot: bool(words.STANDARDS & set(spot.words_before(2))),
        examples=(("94.0% fixed in 5 days (KPI 90%)", "90%"),),
    ),
    Rule(
        "label_number",
        "context",
        left="LABEL (CTX (AND | COMMA | SLASH | TO))*",
        only="count",
        check=lambda spot: (
            _is_listed_label(spot)
            and not (spot.number.decimals and spot.words_before(1)[0] in words.RANKED_LABELS)
        ),
        examples=(("120 section 27 notices issued", "27"), ("Indicator 2.15 is new", "2.15")),
    ),
    Rule(
        "label_number",
        "context",
        left="LABEL CTX DASH",
        only="count",
        check=lambda spot: _touches_dash(spot),
        examples=(("Groups 1-5 70.2%", "5"),),
    ),
    Rule(
        "label_number",
        "context",
        left="PEER",
        right="AVERAGE",
        only="count",
        check=lambda spot: not spot.number.decimals and (spot.number.value or 99) < 30,
        examples=(("41.6 (family group 5 mean 47.2)", "5"),),
    ),
    Rule(
        "label_number_of",
        "context",
        left="LABEL CTX OF",
        only="count",
        examples=(("Page 3 of 7", "7"),),
    ),
    Rule(
        "or_more",
        "context",
        right="ORMORE",
        only="count",
        check=lambda spot: (
            (spot.cell.kind != "target" or spot.previous is not None) and not _is_aimed_at(spot)
        ),
        examples=(("369 repeat callers (3 or more calls)", "3"),),
    ),
    Rule(
        "or_more",
        "context",
        check=_is_followed_by_plus,
        needs="+",
        only="count",
        examples=(("45 callers with 3+ calls", "3"),),
    ),
    Rule(
        "top_few",
        "context",
        left="TOP FILL?",
        only="count",
        check=lambda spot: (
            spot.cell.kind != "target"
            and (spot.number.value or 0) <= 100
            and not spot.number.decimals
        ),
        examples=(("in the top five wards 12 offences", "12"),)[:0],
    ),
    Rule(
        "age",
        "context",
        left="(LESS | MORE | AGED | TO)+",
        check=_is_person_age,
        needs="S",
        only="count",
        examples=(("12 offences by under 18s", "18"),),
    ),
    Rule(
        "age",
        "context",
        left="AGED (FROM | FILL | LESS | MORE | BETWEEN)* (CTX (DASH | TO | AND))?",
        only="count",
        check=lambda spot: (
            not spot.number.decimals
            and not (spot.number.is_word and spot.left[:1] == CODES["DASH"])
            and "avg" not in spot.words_before(3)
            and "average" not in spot.words_before(3)
        ),
        examples=(("22 young people aged 10 - 17", "10"), ("22 young people aged 10 - 17", "17")),
    ),
    Rule(
        "age",
        "context",
        left="(WORD | LESS | MORE) DASH",
        only="count",
        check=lambda spot: (
            spot.words_before(2)[0] in ("post", "pre", "under", "over")
            and spot.items.text[spot.number.start - 1] == "-"
            and not spot.number.decimals
        ),
        examples=(("in work post-16 64%", "16"),),
    ),
    Rule("age", "context", left="FILL* (AGED | PER CTX) CTX (DASH | TO | AND)", only="count"),
    Rule(
        "age",
        "context",
        right="(DASH | TO) NUM (WORD | YEARW)",
        only="count",
        check=lambda spot: bool(_OF_AGES & set(spot.words_after(4)[2:])),
        examples=(("1.2 per 1,000 of the 10-17 population", "10"),),
    ),
    Rule(
        "age",
        "context",
        left="CTX (DASH | TO)",
        right="WORD",
        only="count",
        check=lambda spot: bool(_OF_AGES & set(spot.words_after(1))),
        examples=(("1.2 per 1,000 of the 10-17 population", "17"),),
    ),
    Rule("age", "context", left="PER CTX", right="(TO | DASH) NUM", only="count"),
    Rule("age", "context", left="PER CTX CTX (TO | DASH)", only="count"),
    Rule(
        "quarter_numbers",
        "context",
        left="(QUARTERW | PERIOD (COMMA | AND | DASH | TO)) (CTX (COMMA | AND | DASH | TO)+)*",
        only="count",
        check=lambda spot: (
            spot.number.value is not None
            and spot.number.value <= 4
            and _PLURAL_QUARTERS.search(
                spot.items.text, max(0, spot.number.start - 30), spot.number.start
            )
            is not None
        ),
        examples=(("92 and 101 in quarters 3 and 2", "2"),),
    ),
    Rule(
        "speed",
        "context",
        right="SPEED",
        only="count",
        check=lambda spot: not _is_mean_speed(spot),
        examples=(("8.6% over 35mph", "35"),),
    ),
    Rule(
        "school_year",
        "context",
        left="(WORD | CTX | PCT | COMMA | OPEN | STOP)? YEARW",
        only="count",
        check=lambda spot: (
            spot.words_before(1)[0] in ("year", "yr", "years", "yrs")
            and spot.words_before(2)[0] not in ("the", "this", "last", "a", "per")
            and not _TARGETS & set(spot.words_before(5))
            and spot.number.value is not None
            and spot.number.value <= 13
            and not spot.number.sign
        ),
        examples=(("Yr 10 71%", "10"),),
    ),
    Rule(
        "month_number",
        "context",
        left="(SPAN | DURATION)",
        only="count",
        check=lambda spot: (
            spot.words_before(1)[0] in ("month", "week", "wk", "period", "day")
            and spot.words_before(2)[0] not in words.NOT_LABELS
            and (spot.number.value or 99) <= 53
            and not spot.number.sign
            and not spot.number.is_word
        ),
        examples=(("Month 9 figures; 212 to date", "9"),),
    ),
    Rule(
        "tolerance",
        "context",
        right="TOLERANCE",
        examples=(("Just outside the 5% tolerance", "5%"),),
    ),
    Rule(
        "tolerance",
        "context",
        left="IN FILL*",
        right="OF FILL* (TARGET | BASE | PEER)",
        only="percent",
        check=lambda spot: "within" in spot.words_before(2),
        examples=(("Within 2% of target", "2%"),),
    ),
    Rule(
        "scale",
        "context",
        only="count",
        left="WORD (OF | FILL | FROM)* (CTX (DASH | TO))?",
        check=lambda spot: "scale" in spot.words_before(4),
        examples=(("Average score 3.2 (scale 1-5)", "5"),),
    ),
    Rule(
        "age",
        "context",
        left="COMMA",
        only="count",
        check=lambda spot: (
            spot.bracket >= 0
            and not spot.number.decimals
            and spot.words_before(2)[0] in ("male", "female", "man", "woman", "m", "f")
            and spot.items.text[spot.number.end : spot.number.end + 1] not in ("M", "F", "m", "f")
            and not {"male", "female"} & set(spot.words_after(1))
        ),
        examples=(("One death (male, 81)", "81"),),
    ),
    Rule(
        "age",
        "context",
        left="(BEFORE | IS | AGED | PCT) (LESS | MORE)",
        right="(COMMA | STOP | AND | SEMI | CLOSE)",
        only="count",
        check=_is_age_limit,
        examples=(("70% were alone and 33% were under 25, mostly men", "25"),),
    ),
    Rule(
        "age",
        "context",
        left="(BEFORE | IS | AGED | PCT) (LESS | MORE)",
        only="count",
        check=lambda spot: not spot.right and _is_age_limit(spot),
        examples=(("33% were under 25", "25"),),
    ),
    Rule(
        "length_of_time",
        "context",
        right="(WORD | MORE)? QUARTERW",
        only="count",
        check=lambda spot: (
            (
                bool({"quarters", "qtrs"} & set(spot.words_after(2)))
                or bool({"left", "remaining"} & set(spot.words_after(3)))
            )
            and spot.number.value is not None
            and spot.number.value <= 12
        ),
        examples=(("Risen by 12 for three quarters in a row", "three"),)[:0],
    ),
    Rule(
        "plural_label",
        "context",
        check=_is_plural_label,
        needs="'",
        only="count",
        examples=(("Section 35 and 27's are gone", "27"),),
    ),
    Rule(
        "age",
        "context",
        left="(WORD | THESE | SAMPLE) (LESS | MORE)",
        only="count",
        check=lambda spot: spot.words_before(2)[0] in words.PEOPLE and _is_age_limit(spot),
        examples=(("Young people under 18 accounted for 12%", "18"),),
    ),
    Rule(
        "age",
        "context",
        left="(BEFORE | IS) FILL?",
        right="DASH NUM",
        only="count",
        check=lambda spot: CODES["AGED"] in spot.left,
        examples=(("12 were aged 10-14 and 19 were 15-17", "15"),),
    ),
    Rule(
        "age",
        "context",
        left="CTX DASH",
        only="count",
        check=lambda spot: (
            _follows(spot, "age") and _touches_dash(spot) and not spot.number.decimals
        ),
        examples=(("12 were aged 10-14 and 19 were 15-17", "17"),),
    ),
    Rule(
        "label_number",
        "context",
        left="SPEED",
        only="count",
        check=lambda spot: spot.words_before(1) == ["zone"],
        examples=(("12 thefts in Zone 4 of the park", "4"),),
    ),
    Rule(
        "age",
        "context",
        left="LESS",
        only="count",
        check=lambda spot: _is_under_age(spot),
        examples=(("61 knife injuries (under 25) in the year", "25"), ("4 under 25", "25")),
    ),
    Rule(
        "age_band",
        "context",
        left="(LESS | MORE)",
        right="COLON VALUE",
        only="count",
        examples=(("under 16 : 83%", "16"),),
    ),
    Rule(
        "length_of_time",
        "context",
        right="(DASH | TO | AND) NUM DASH? (YEARW | SPAN)",
        only="count",
        examples=(("rate for 16 to 24 year olds was 12%", "16"),),
    ),
    Rule(
        "length_of_time",
        "context",
        right="DASH? (YEARW | SPAN)",
        only="count",
        check=lambda spot: (
            not spot.number.currency
            and not _is_total_of_year(spot)
            and not spot.is_in_minutes()
            and not words.POINT_WORDS & set(spot.words_after(1))
            and not (spot.number.decimals and spot.words_after(1) == ["year"])
            and not _counts_males(spot)
        ),
        examples=(("had no call-outs within 6 months of it", "6"),),
    ),
    Rule(
        "time_limit",
        "context",
        left="(IN | LESS | MORE | LAST | PER | ON) (FILL | LESS | MORE)*",
        right="WORD? DASH? DURATION",
        only="count",
        check=lambda spot: (
            (spot.cell.kind != "target" or spot.cell.has_percent)
            and (not _TARGET_NEXT.match(spot.right) or _limits_share(spot))
            and not (spot.number.decimals and not spot.cell.has_percent)
            and not _is_time_taken(spot)
            and not _TARGET_BESIDE.match(spot.right)
        ),
        examples=(("92% answered within 10 seconds", "10"), ("seen in 2 working days: 91%", "2")),
    ),
    Rule(
        "time_limit",
        "context",
        right="DASH DURATION",
        only="count",
        check=lambda spot: _is_attribute(spot),
        examples=(("12 offences in a 7-day operation", "7"),),
    ),
    Rule(
        "time_limit",
        "context",
        right="DURATION AGO",
        only="count",
        check=lambda spot: spot.left.lstrip(CODES["FILL"])[:1] != CODES["COMPARE"],
        examples=(("5 offences, 3 days earlier 2", "3"),),
    ),
    Rule(
        "per_so_many",
        "context",
        left="(PER | SLASH) FILL?",
        right="",
        only="count",
        check=lambda spot: spot.is_per(),
    ),
    Rule(
        "scale",
        "context",
        left="OPEN (AIM | WORD | OUTOF) FILL?",
        right="CLOSE",
        only="count",
        check=lambda spot: (
            spot.words_before(1)[0] in ("max", "maximum", "of") and "score" in spot.words_before(8)
        ),
        examples=(("Score 7.8 (max 10), up from 7.6", "10"),),
    ),
    Rule(
        "scale",
        "context",
        left="(NUM WORD? (OUTOF | OF | SLASH) | OPEN OUTOF)",
        only="count",
        check=_is_score,
        examples=(("Satisfaction score 8.4 out of 10", "10"),),
    ),
    Rule(
        "the_few",
        "context",
        left="WORD",
        right="WORD",
        only="count",
        check=lambda spot: (
            spot.number.is_word
            and spot.words_before(1)[0] == "all"
            and spot.words_after(1)[0] in words.PLACES
        ),
    ),
    Rule(
        "the_few",
        "context",
        right="WORD",
        needs="w",
        only="count",
        check=lambda spot: spot.words_after(1)[0] in words.PLACES and not spot.left,
    ),
    Rule(
        "one_of",
        "context",
        right="OF",
        needs="w",
        only="count",
        check=lambda spot: not words.ANAPHORS & set(spot.words_after(2)[1:]),
    ),
    Rule(
        "the_few",
        "context",
        left="IN FILL*",
        right="WORD",
        only="count",
        # "1,995 were committed in three wards"
        check=lambda spot: spot.number.is_word and spot.words_after(1)[0] in words.PLACES,
    ),
    Rule(
        "the_few",
        "context",
        left="IN FILL",
        right="WORD",
        only="count",
        # "38 burglaries were in the four wards nearest the boundary"
        check=lambda spot: spot.number.is_word and spot.words_before(1) == ["the"],
    ),
)

ROLES: Final = (
    # --- shares of a stated value
    Rule(
        "percent_of_baseline",
        "observation",
        right="OF (FILL | YEARW)* PERIOD? FILL* BASE",
        only="percent",
        comparator="baseline",
        unit="percent",
        examples=(("229 YTD 62% of baseline", "62%"),),
    ),
    Rule(
        "percent_of_target",
        "observation",
        right="OF (FILL | YEARW | QUARTERW)* (PERIOD | NUM)? FILL* WORD? TARGET",
        only="percent",
        comparator="target",
        unit="percent",
        examples=(("so 95% of the target", "95%"),),
    ),
    # --- ranks and ratios
    Rule(
        "rank_before",
        "comparative",
        left="FROM FILL*",
        check=lambda spot: spot.is_about_rank(),
        needs="o",
        unit="rank",
    ),
    Rule(
        "rank_before",
        "comparative",
        left="FROM FILL*",
        right="TO FILL* NUM",
        check=lambda spot: (found := spot.number_after()) is not None and found.ordinal,
        needs="o",
        unit="rank",
        examples=(("moved from 9th to 11th of 15", "9"),),
    ),
    Rule(
        "rank_before",
        "comparative",
        left="(OPEN | COMMA | SEMI | DASH) FILL? (BEFORE | LAST) (LAST | BEFORE | FILL)*",
        check=lambda spot: spot.previous is not None and spot.cell.has_rank,
        needs="o",
        unit="rank",
        examples=(("Ranked 6th (previously 9th)", "9"),),
    ),
    Rule(
        "rank_before",
        "comparative",
        left="(OPEN | COMMA | SEMI | DASH) FILL? (BEFORE | LAST) FILL*",
        right="(SLASH | OUTOF | OF) FILL* NUM",
        only="count",
        check=lambda spot: spot.cell.has_rank and spot.previous is not None,
        unit="rank",
        examples=(("Position 3/15 (was 4/15)", "4"),),
    ),
    Rule(
        "rank",
        "observation",
        left="RANK (FILL | IN | IS | COLON | AND)*",
        check=_is_ranked,
        unit="rank",
        examples=(("Ranked 9th out of 15", "9"),),
    ),
    Rule(
        "rank",
        "observation",
        right="(OUTOF | OF | SLASH) FILL* NUM",
        check=_is_ranked,
        unit="rank",
        examples=(("3rd of 8 in MSG", "3"),),
    ),
    Rule(
        "rank_size",
        "component",
        left="NUM (IN | FILL | WORD | LABEL | PEER | OPEN | CLOSE | TOP)* (OUTOF | OF) FILL*",
        check=_is_rank_size,
        unit="count",
        examples=(("Ranked 11th in our group of 15", "15"),),
    ),
    Rule(
        "rank_size",
        "component",
        left="NUM (OUTOF | OF | SLASH | FROM) FILL*",
        check=_is_rank_size,
        unit="count",
        examples=(("Ranked 9th out of 15", "15"),),
    ),
    Rule(
        "rank_size",
        "component",
        left="NUM (IN | FILL | WORD | LABEL | PEER | TOP){0,7} OPEN (OUTOF | OF)? FILL*",
        right="(WORD | PEER) CLOSE",
        only="count",
        check=_is_rank_size,
        unit="count",
        examples=(("Ranked 7th highest in the area (9 CSPs)", "9"),),
    ),
    Rule(
        "rank",
        "observation",
        check=lambda spot: spot.is_about_rank(),
        needs="o",
        unit="rank",
        examples=(),
    ),
    Rule(
        "rank",
        "observation",
        right="WORD (IN | OF | OUTOF)",
        check=lambda spot: spot.words_after(1)[0] in words.SUPERLATIVES,
        needs="o",
        unit="rank",
        examples=(("71 offences, 4th lowest in the family", "4"),),
    ),
    Rule("ordinal", "context", needs="o", examples=()),
    Rule(
        "denominator",
        "component",
        left=(
            "NUM (SLASH | IN WORD | (WORD | SAMPLE)* OUTOF FILL* | OF (FILL | THESE | QUARTERW | "
            "YEARW | SPAN | PERIOD)* | IN)"
        ),
        only="count",
        check=_is_whole,
        unit="count",
        examples=(("38 out of 76 exits", "76"), ("(62/124)", "124")),
    ),
    Rule(
        "denominator",
        "component",
        left="NUM WORD{1,4} OUTOF FILL*",
        only="count",
        check=_is_whole,
        unit="count",
        examples=(("14 completed out of 19 due to finish", "19"),),
    ),
    Rule(
        "numerator",
        "component",
        right=(
            "(SLASH | (WORD | SAMPLE){0,4} OUTOF FILL* | OF (FILL | QUARTERW | YEARW | SPAN | "
            "PERIOD)*) NUM"
        ),
        only="count",
        check=_is_part,
        unit="count",
        examples=(("38 out of 76 exits", "38"), ("(62/124)", "62"), ("60 of 116", "60")),
    ),
    Rule(
        "numerator",
        "component",
        right="WORD{1,2} SLASH NUM (WORD | SAMPLE)",
        only="count",
        check=lambda spot: spot.cell.has_percent and _is_part(spot),
        unit="count",
        examples=(("12.4% (19 recalls/153 licences)", "19"),),
    ),
    Rule(
        "denominator",
        "component",
        left="NUM WORD{1,2} SLASH",
        only="count",
        check=_is_whole,
        unit="count",
        examples=(("12.4% (19 recalls/153 licences)", "153"),),
    ),
    Rule(
        "numerator",
        "component",
        right="IN NUM",
        only="count",
        check=lambda spot: spot.number.value == 1 and _is_one_in(spot),
        unit="count",
        examples=(("1 in 5 residents say so", "1"),),
    ),
    Rule(
        "numerator",
        "component",
        right="IN WORD NUM",
        only="count",
        check=lambda spot: spot.words_after(2)[1] == "every" and _is_part(spot),
        unit="count",
        examples=(("9 in every 10 calls were answered", "9"),),
    ),
    # --- multiples in lists
    Rule(
        "multiple",
        "observation",
        right="TIMES",
        only="count",
        unit="count",
        examples=(("4 x PPO referrals received", "4"),),
    ),
    Rule(
        "multiple",
        "observation",
        left="TIMES",
        only="count",
        unit="count",
        examples=(("CRC x 1, Divert x 1", "1"),),
    ),
    Rule(
        "sample_size",
        "component",
        left="NSIZE IS",
        only="count",
        unit="count",
        examples=(("89.0% (n=73)", "73"),),
    ),
    Rule(
        "sample_size",
        "component",
        right="SAMPLE",
        needs="b",
        only="count",
        unit="count",
        examples=(("58% agree (June 2013 survey, 612 responses)", "612"),),
    ),
    Rule(
        "sample_size",
        "component",
        right="SAMPLE",
        needs="p",
        only="count",
        unit="count",
        check=lambda spot: (
            spot.previous is not None
            and (spot.previous.number.is_percent or spot.previous.unit in _ASKED)
            and spot.previous.statement == spot.statement
        ),
        examples=(("83.3 % satisfied, though only 12 replies", "12"),),
    ),
    Rule(
        "sample_size",
        "component",
        left="SURVEY? PERIOD (COLON | DASH | COMMA) FILL*",
        right="SAMPLE",
        only="count",
        unit="count",
        check=lambda spot: spot.follows_survey(),
        examples=(("Street survey Sept 2009: 312 returns", "312"),),
    ),
    Rule(
        "sample_size",
        "component",
        left="(OPEN | COMMA | OF)",
        right="WORD",
        needs="b",
        only="count",
        unit="count",
        check=lambda spot: bool(words.ASKED & set(spot.words_after(1))) and spot.is_in_survey(),
        examples=(("The tracker (telephone survey, July 2017, 600 residents) shows 88%", "600"),),
    ),
    Rule(
        "whole_named_first",
        "component",
        left="OF FILL*",
        right="(WORD | LABEL | FILL | IN | PERIOD | YEARW | BEFORE | THESE){1,7} COMMA? NUM",
        only="count",
        unit="count",
        check=lambda spot: _has_one_part(spot),
        examples=(("Of the 18 attempts so far, 2 resulted in a sale", "18"),),
    ),
    Rule(
        "part_named_second",
        "component",
        left="NUM (WORD | LABEL | FILL | IN | PERIOD | YEARW | BEFORE | THESE){1,7} COMMA? FILL?",
        only="count",
        unit="count",
        check=lambda spot: spot.previous is not None and spot.previous.rule == "whole_named_first",
        examples=(("Of the 18 attempts so far, 2 resulted in a sale", "2"),),
    ),
    Rule(
        "sample_size",
        "component",
        left="PCT OF FILL? COHORT OF FILL?",
        only="count",
        unit="count",
        examples=(("41% of the cohort of 73 offenders re-offended", "73"),),
    ),
    Rule(
        "whole_of_percent",
        "component",
        left="OF FILL*",
        right="(WORD | LABEL | FILL | IN | PERIOD | COMMA){1,6} PCT",
        only="count",
        unit="count",
        check=lambda spot: not spot.left.lstrip(CODES["FILL"])[1:] and not spot.number.currency,
        examples=(("Of the 602 offences, 38% were domestic", "602"),),
    ),
    Rule(
        "whole_of_percent",
        "component",
        left="PCT OF (FILL | WORD | LABEL){0,4} (OF | FILL) FILL*",
        only="count",
        unit="count",
        check=lambda spot: not spot.number.currency and CODES["TARGET"] not in spot.right[:2],
        examples=(("39 crimes, 6.1% of the district total of 640", "640"),),
    ),
    Rule(
        "whole_of_percent",
        "component",
        left="PCT OF FILL*",
        right="SURVEY? (WORD | SAMPLE)",
        only="count",
        unit="count",
        check=lambda spot: not spot.number.currency,
        examples=(("57% of 340 survey respondents aware", "340"),),
    ),
    Rule(
        "whole_of_percent",
        "component",
        left=(
            "PCT OF FILL* (WORD | LABEL | COHORT) (FILL | WORD | LABEL | IN){0,5} OPEN (FILL | IS)*"
        ),
        right="CLOSE",
        only="count",
        unit="count",
        check=lambda spot: not spot.number.currency and not spot.number.sign,
        examples=(("497 youth calls = 26.1% of all calls (1,904)", "1,904"),),
    ),
    Rule(
        "whole_of_percent",
        "component",
        left="PCT OF FILL*",
        only="count",
        unit="count",
        check=lambda spot: spot.right[:1] in _CLAUSE_END and not spot.number.currency,
        examples=(("81% of 97. Last year 78%", "97"),),
    ),
    Rule(
        "sample_size",
        "component",
        left="WORD WORD? (OF | IS | COLON | FILL | BEFORE)*",
        only="count",
        unit="count",
        check=lambda spot: "sample" in spot.words_before(4),
        examples=(("Sample size 210", "210"), ("from a sample of 210", "210")),
    ),
    Rule(
        "sample_size",
        "component",
        left="WORD ON FILL*",
        right="SAMPLE",
        only="count",
        unit="count",
        check=lambda spot: "based" in spot.words_before(3),
        examples=(("Based on 112 returns", "112"),),
    ),
    Rule(
        "sample_size",
        "component",
        left="BASE COLON?",
        check=lambda spot: spot.is_base_size(),
        only="count",
        unit="count",
        examples=(("85.7% satisfied. Base 21", "21"),),
    ),
    Rule(
        "projection",
        "projection",
        left="NUM (DASH | TO)",
        only="percent",
        check=lambda spot: spot.left_value_is("projection") and not spot.number.sign,
        examples=(("23.2% (expected range 28-40%)", "40%"),),
    ),
    Rule(
        "value_of_pair",
        "observation",
        left="OPEN FILL*",
        right="(WORD | FILL){0,2} (COMPARE | FROM) FILL* VALUE",
        check=lambda spot: not spot.number.sign and spot.previous_change() is not None,
        examples=(("-17% decrease (88 compared with 106)", "88"),),
    ),
    Rule(
        "change_from_target",
        "change",
        left=(
            "TARGET (OUTCOME | MISS | UP | DOWN | LESS | MORE | BETTER | BEFORE | FILL | "
            "PERIOD){0,4} BY FILL*"
        ),
        comparator="target",
        examples=(("Target exceeded by 17", "17"), ("73.9% - missed target by 6.1 ppt", "6.1")),
    ),
    Rule(
        "change_from_target",
        "change",
        left="MISS BY FILL*",
        comparator="target",
        examples=(("Missed by 3 (118 v 115)", "3"),),
    ),
    Rule(
        "change_from_target",
        "change",
        left=(
            "(DIR | MISS | OUTCOME) (FILL | WORD | YEARW | QUARTERW | PERIOD){0,3} TARGET (OF | "
            "IS | FILL | OPEN | COLON)* VALUE CLOSE? BY FILL*"
        ),
        comparator="target",
        examples=(("exceeding the target of 1,150 by 38", "38"),),
    ),
    Rule(
        "change_asked_for",
        "target",
        left="NUM OPEN",
        only="percent",
        check=lambda spot: spot.left_value_is("target") and spot.number.sign != 0,
        examples=(("target was 6,702 (-2% on 10/11)", "-2%"),),
    ),
    Rule(
        "average_over_years",
        "comparative",
        left="AVERAGE OF FILL*",
        right="(IN | MORE | FILL | LAST | ON){1,4} (NUM | CTX) YEARW",
        only="count",
        unit="average",
        comparator="multi_year_average",
        examples=(("39 against an average of 47 for the past five years", "47"),),
    ),
    # --- targets
    Rule(
        "target_value",
        "target",
        left="TARGET (FILL | OF | IS | COLON | DASH)* (LESS | MORE) (FILL | COMPARE)*",
        check=_is_open_target,
        examples=(("92% (target: below 95%)", "95%"),),
    ),
    Rule(
        "goal_of_measure",
        "target",
        kinds=MEASURE,
        left="(FROM | BASE OF) FILL* VALUE (OPEN PERIOD CLOSE | IN? PERIOD)? TO FILL*",
    ),
    Rule(
        "target_value",
        "target",
        left="TARGET (FILL | OF | IS | COLON | DASH | BEFORE | OPEN)*",
        check=_is_open_target,
        examples=(("below the target of 90%", "90%"), ("1,204 (target 1,150)", "1,150")),
    ),
    Rule(
        "target_value",
        "target",
        left=(
            "TARGET (GAP | BETWEEN | PERIOD | IS | COLON | DASH | BEFORE | YEARW | QUARTERW | "
            "FROM | DIR){1,9}"
        ),
        check=_is_open_target,
        examples=(("The target for the end of 2011/12 is 13,282 crimes", "13,282"),),
    ),
    Rule(
        "target_value",
        "target",
        left="TARGET (GAP | IS | COLON){1,4} (LESS | MORE | AIM) (FILL | COMPARE)*",
        check=_is_open_target,
        examples=(("The goal is to get below 250", "250"),),
    ),
    Rule(
        "target_in_brackets",
        "target",
        left="OPEN FILL",
        right="CLOSE",
        check=lambda spot: spot.words_before(1)[0] in ("\u2264", "\u2265"),
        examples=(("11 (\u226413)", "13"),),
    ),
    Rule(
        "goal_in_words",
        "target",
        left="AIM TO (FILL | WORD | DIR | PERIOD){1,5} TO FILL*",
        check=lambda spot: not spot.number.sign and bool(_AIMS & set(spot.words_before(9))),
        examples=(("We are aiming to cut this to 150 by 2015", "150"),),
    ),
    Rule(
        "goal_in_words",
        "target",
        left="AIM (TO | IN | FILL | OF | WORD){0,4} (LESS | MORE) FILL*",
        check=lambda spot: not spot.number.sign,
        examples=(("We are aiming for a figure of below 60", "60"),),
    ),
    Rule(
        "goal_in_words",
        "target",
        left="LIMIT (FILL | WORD | OF | COMPARE){0,3}",
        examples=(("We should not exceed 280 by year end", "280"),),
    ),
    Rule(
        "goal_in_words",
        "target",
        left="AIM (TO | IN | FILL | OF)*",
        right="ORMORE",
        examples=(("Our aim is to keep to 260 or fewer", "260"),),
    ),
    Rule(
        "target_value",
        "target",
        right="IS FILL* TARGET",
        check=lambda spot: not spot.number.sign,
        examples=(("115 remains the target", "115"),),
    ),
    Rule(
        "target_value",
        "target",
        left="VALUE (COMMA | AND) FILL*",
        check=lambda spot: (
            spot.left_value_is("target")
            and spot.previous is not None
            and spot.previous.number.is_percent == spot.number.is_percent
            and "targets" in spot.words_before(14)
            and not spot.own_direction_after()
        ),
        examples=(("Annual targets are 5%, 9% and 1% respectively", "9%"),),
    ),
    Rule(
        "target_range",
        "target",
        left="TARGET (FILL | OF | IS | FROM | BETWEEN | WORD)* VALUE (AND | TO | DASH)",
        check=lambda spot: (
            spot.previous is not None
            and (
                spot.previous.number.is_percent == spot.number.is_percent
                or (spot.number.is_percent and spot.left[:1] != CODES["AND"])
            )
            and not _CHANGE_NEXT.match(spot.right)
        ),
        examples=(("target between 82% and 85%", "85%"),),
    ),
    Rule(
        "target_value",
        "target",
        right="DASH? (DURATION | CLOSE | OPEN | FILL | DIR)* TARGET",
        check=_is_before_own_target,
        examples=(("come in under the 140 target", "140"), ("against a 2 day target", "2")),
    ),
    Rule(
        "target_value",
        "target",
        left="(COMPARE | OUTOF | SLASH) FILL*",
        right="WORD",
        check=lambda spot: spot.words_after(1)[0] in words.PLANNED,
        examples=(("3 against 4 planned", "4"),),
    ),
    Rule(
        "time_limit",
        "context",
        kinds=TARGET,
        right="DURATION",
        only="count",
        check=lambda spot: spot.cell.has_percent,
    ),
    Rule(
        "baseline_value",
        "baseline",
        kinds=TARGET,
        left="OPEN BASE (FILL | OF | IS | COLON | DASH | PERIOD | IN)*",
    ),
    Rule(
        "baseline_value",
        "baseline",
        kinds=TARGET,
        left=(
            "(ON | FROM) FILL* (PERIOD (FYE | WORD | FILL)? (OF | IS | COLON) | PERIOD? BASE "
            "(COHORT | WORD | FILL)? (OF | IS | COLON)) FILL*"
        ),
        check=lambda spot: not spot.number.sign,
        examples=(("Increase on 2013/14 outturn of 96", "96"),),
    ),
    Rule(
        "baseline_after_time",
        "baseline",
        kinds=TARGET,
        left="(PERIOD | AVERAGE) OPEN",
        right="CLOSE",
        only="count",
        check=lambda spot: (
            spot.left_value_is("target")
            and spot.previous is not None
            and spot.previous.number.is_percent
            and not spot.number.sign
        ),
        examples=(("Reduce by 3% from 2010/11 (412)", "412"),),
    ),
    Rule(
        "baseline_value",
        "baseline",
        kinds=TARGET,
        left="BASE (FILL | OF | IS | COLON | DASH | PERIOD | IN)*",
        only="count",
        check=lambda spot: spot.previous is None and not spot.number.sign,
        examples=(("Baseline 412, target 400 (3% reduction)", "412"),),
    ),
    Rule(
        "baseline_of_target",
        "baseline",
        kinds=TARGET,
        left="(ON | FROM) FILL*",
        check=lambda spot: spot.left_value_is("target") and not spot.number.is_percent,
    ),
    Rule(
        "baseline_of_target",
        "baseline",
        kinds=TARGET,
        left="ON PERIOD OPEN (FILL | FYE | WORD | IS | COLON)*",
        check=lambda spot: spot.left_value_is("target") and not spot.number.is_percent,
        examples=(),
    ),
    Rule("target_of_column", "target", kinds=TARGET),
    # --- baselines
    Rule("baseline_of_column", "baseline", kinds=BASELINE),
    Rule(
        "baseline_of_measure",
        "baseline",
        kinds=MEASURE,
        check=lambda spot: spot.is_after_baseline(),
    ),
    Rule(
        "baseline_value",
        "baseline",
        left=(
            "BASE (FILL | OF | IS | COLON | DASH | OPEN | WORD | PERIOD | IN PERIOD | BEFORE | "
            "AVERAGE){0,8}"
        ),
        check=lambda spot: (
            not spot.number.sign and _is_open_baseline(spot) and not _brackets_change(spot)
        ),
        examples=(("against a baseline of 28.6%", "28.6%"), ("20.13% (baseline 28.3%)", "28.3%")),
    ),
    Rule(
        "baseline_value",
        "baseline",
        right="IN? FILL* BASE",
        check=lambda spot: not spot.number.sign,
        examples=(("up from the 28.6% baseline", "28.6%"),),
    ),
    Rule(
        "baseline_in_brackets",
        "baseline",
        left="BASE (FILL | OF | IS | COLON | DASH | WORD | PERIOD){0,8} NUM OPEN",
        only="count",
        check=lambda spot: not spot.number.sign and spot.left_value_is("baseline"),
        examples=(("Baseline convictions 2013/14 = 69 (137)", "137"),),
    ),
    # --- goals set in a measure
    Rule(
        "level_in_brackets_of_measure",
        "baseline",
        kinds=MEASURE,
        left="PERIOD OPEN",
        only="count",
        examples=(),
    ),
    Rule(
        "level_in_brackets_of_measure",
        "baseline",
        kinds=MEASURE,
        left="NUM (WORD | LABEL)* OPEN",
        right="(WORD | FILL | IN)* PERIOD",
        check=lambda spot: spot.left_value_is("target"),
    ),
    Rule(
        "from_level_of_measure",
        "baseline",
        kinds=MEASURE,
        left="DIR (GAP | VALUE | CLOSE | OPEN){0,16} FROM (PERIOD | FILL | OF | WORD)*",
        examples=(),
    ),
    Rule(
        "goal_of_measure",
        "target",
        kinds=MEASURE,
        left="(DIR | AIM) (GAP | VALUE | FROM | OPEN | CLOSE | COLON | LESS | MORE | ON){0,9}",
        examples=(),
    ),
    Rule("goal_of_measure", "target", kinds=MEASURE, check=_is_goal),
    Rule("goal_of_measure", "target", kinds=MEASURE, right="(FILL | WORD)? DIR"),
    Rule(
        "level_stated_in_measure",
        "baseline",
        kinds=MEASURE,
        left="PERIOD (FYE | WORD | FILL | OF | IS | COLON | DASH){0,3}",
        check=lambda spot: spot.is_past_level(),
        examples=(),
    ),
    Rule(
        "level_stated_in_measure",
        "baseline",
        kinds=MEASURE,
        left="COMPARE FILL*",
        right="(WORD | BEFORE | IN){0,3} PERIOD",
        check=lambda spot: not spot.number.sign,
    ),
    Rule(
        "goal_of_measure",
        "target",
        kinds=MEASURE,
        right="(LESS | MORE) (WORD | FILL)*",
        check=lambda spot: spot.previous is None and spot.number.is_percent,
    ),
    Rule(
        "goal_of_measure",
        "target",
        kinds=MEASURE,
        left="AIM (GAP | RANK)* OF FILL*",
    ),
    Rule(
        "goal_of_measure",
        "target",
        kinds=MEASURE,
        only="percent",
        right="OF (WORD | FILL | LABEL | CTX | NUM)",
        check=lambda spot: spot.previous is None,
    ),
    Rule(
        "goal_of_measure",
        "target",
        kinds=MEASURE,
        only="count",
        right="WORD",
        check=lambda spot: spot.previous is None and _is_told(spot),
    ),
    Rule("number_in_measure", "context", kinds=MEASURE),
    Rule(
        "level_before_change",
        "comparative",
        left="OPEN FILL*",
        right="(WORD | FILL)* DIR? TO FILL* VALUE (WORD | FILL)* CLOSE",
        check=lambda spot: (
            not spot.number.sign
            and (spot.previous_change() is not None or _has_direction_before(spot))
        ),
        examples=(("7.3% reduction (1,104 to 1,023)", "1,104"),),
    ),
    Rule(
        "level_after_to",
        "observation",
        left="NUM (WORD | FILL)* TO FILL*",
        right="(WORD | FILL)* CLOSE",
        check=lambda spot: spot.bracket >= 0 and spot.left_value_is("comparative"),
        examples=(("7.3% reduction (1,104 to 1,023)", "1,023"),),
    ),
    Rule(
        "difference_after_equals",
        "change",
        left="NUM WORD{1,3} IS",
        right="OPEN PCT (WORD | FILL | DIR)* CLOSE",
        only="count",
        check=lambda spot: spot.words_before(1) == ["="],
        examples=(("PPOs- 23 convictions = 0 (0%)", "0"),),
    ),
    # --- changes in brackets, pairs of a change, shared directions
    Rule(
        "value_in_brackets",
        "observation",
        left="OPEN FILL*",
        right="(WORD | FILL){0,2} IN? PERIOD CLOSE",
        only="count",
        check=lambda spot: not spot.number.sign and spot.previous_change() is not None,
        examples=(("702 incidents, up 2% (688 in Q2 15/16)", "688"),),
    ),
    Rule(
        "change_in_brackets",
        "change",
        check=_brackets_change,
        needs="bp",
        examples=(("a reduction of -77 (34.8%)", "34.8%"), ("down 18 (-7.8%)", "-7.8%")),
    ),
    Rule(
        "change_after_prior",
        "change",
        left="NUM (PERIOD | WORD | IN | FILL){0,4} OPEN FILL*",
        right="(WORD | FILL | PERCENT | DIR | ADJ){0,2} CLOSE",
        only="percent",
        check=_sizes_change,
        needs="bp",
        examples=(
            ("Q2 total 94. Down from 117 in Q2 11/12 (19.7%)", "19.7%"),
            ("112 less than the previous year's total of 4,054 (2.8%)", "2.8%"),
        ),
    ),
    Rule(
        "target_in_brackets",
        "target",
        left="TARGET OPEN",
        check=lambda spot: (
            not (spot.left_value_is("target") and _CHANGE_NEXT.match(spot.right) is not None)
        ),
        examples=(("31% under target (213)", "213"),),
    ),
    Rule(
        "peer_in_brackets",
        "comparative",
        left="PEER (FILL | AVERAGE | WORD){0,3} OPEN",
        comparator="peer_group",
        check=_is_value_of_comparison,
        examples=(("3 points under the regional figure (56%)", "56%"),),
    ),
    Rule(
        "compared_in_brackets",
        "comparative",
        left="(PERIOD | AVERAGE) OPEN",
        check=_is_value_of_comparison,
        examples=(("7.1% rise from previous qtr (939)", "939"),),
    ),
    Rule(
        "change_or_change",
        "change",
        left="COMMA",
        right="CLOSE",
        check=lambda spot: spot.bracket >= 0 and _complements_change(spot),
        examples=(("TARGET MET (36 below, 4.7%)", "4.7%"),),
    ),
    Rule(
        "change_or_change",
        "change",
        left="(AND | SLASH)",
        check=_is_or,
        examples=(("Increase of 73 or 6.5%", "6.5%"), ("+14 offences / +9.8% on Q2", "+9.8%")),
    ),
    # --- changes by a word
    Rule(
        "projection",
        "projection",
        left=(
            "PROJECT (FILL | WORD | BEFORE | DIR | PERIOD){0,7} FROM (FILL | WORD)* (VALUE TO "
            "FILL*)?"
        ),
        check=lambda spot: not spot.number.sign,
        examples=(
            ("revised the year end forecast from 420 to 310", "420"),
            ("revised the year end forecast from 420 to 310", "310"),
        ),
    ),
    Rule(
        "projection",
        "projection",
        left=(
            f"PROJECT ({_GAP} | BEFORE | IS){{0,4}} (DIR (WORD | FILL | PERIOD){{0,3}})? (TO | "
            f"BETWEEN) FILL*"
        ),
        check=lambda spot: not spot.number.sign,
        examples=(
            ("Projected to fall to 120 by year end", "120"),
            ("Projected outturn is between 270 and 290", "270"),
        ),
    ),
    Rule(
        "value_predicted",
        "comparative",
        comparator="unknown",
        left="PROJECT (WORD | FILL | IS | COLON | DASH){0,3}",
        check=lambda spot: (
            "actual" in spot.words_before(9)
            and spot.left_value_is("observation")
            and not spot.number.sign
        ),
        examples=(("actual rate 8.61%, predicted rate 9.12%", "9.12%"),),
    ),
    Rule(
        "compared_with",
        "comparative",
        left="(UP | DOWN | MORE | LESS | COMPARE | PROJECT) FILL* PERIOD FILL?",
        check=lambda spot: spot.follows_possessive() and not spot.number.sign,
        examples=(("Even that would exceed last year's 9,512", "9,512"),),
    ),
    Rule(
        "compared_of",
        "comparative",
        left="(LESS | MORE) COMPARE? FILL* PERIOD (FILL | WORD)* OF FILL*",
        check=lambda spot: spot.left_value_is("projection") and not spot.number.sign,
        examples=(("forecast outturn 2,690, above the 2011/12 outturn of 2,455", "2,455"),),
    ),
    Rule(
        "projection",
        "projection",
        left="(BETWEEN | FROM) FILL* VALUE (AND | TO) FILL*",
        check=lambda spot: spot.left_value_is("projection") and not spot.number.sign,
        examples=(("Projected outturn is between 270 and 290", "290"),),
    ),
    Rule(
        "level_before_change",
        "comparative",
        right="TO FILL* VALUE",
        check=lambda spot: _is_arrow_after(spot) and not spot.number.sign,
        examples=(("81.0% \u2192 83.4%", "81.0%"),),
    ),
    Rule(
        "level_after_to",
        "observation",
        left="VALUE WORD* TO FILL*",
        check=lambda spot: "\u2192" in spot.words_before(2) and spot.left_value_is("comparative"),
        examples=(("81.0% \u2192 83.4%", "83.4%"),),
    ),
    Rule(
        "level_before_change",
        "comparative",
        left="DIR FROM FILL* AVERAGE OF? FILL*",
        unit="average",
        examples=(("Reduced from an average of 45 per month to 31 per month", "45"),),
    ),
    Rule(
        "level_after_to",
        "observation",
        left="(DIR | FROM) (VALUE | PERIOD | GAP | FROM | CLOSE | OPEN | PER)* TO FILL*",
        check=lambda spot: not spot.number.sign,
        examples=(
            ("fell from 14.2% to 12.9%", "12.9%"),
            ("Repeats fell by three to eleven", "eleven"),
        ),
    ),
    Rule(
        "level_before_change",
        "comparative",
        left="TO FILL* VALUE (WORD | FILL)* FROM FILL* VALUE (COMMA | AND | FILL | VALUE)*",
        check=lambda spot: not spot.number.sign,
        examples=(("down to 77 from 85, 92 and 101", "101"),),
    ),
    Rule(
        "level_before_change",
        "comparative",
        left="FROM FILL*",
        check=_is_from_prior,
        examples=(("fell from 14.2% to 12.9%", "14.2%"),),
    ),
    Rule(
        "number_in_notes",
        "context",
        kinds=NOTES,
        check=lambda spot: not _is_counted(spot),
        examples=(("The 2012 data set had 12", "12"),),
    ),
    Rule(
        "change_after_levels",
        "change",
        left=(
            "DIR (GAP | VALUE | FROM | PERIOD | OPEN | CLOSE)* TO FILL* VALUE (WORD | PERIOD | "
            "IN)* (OPEN PERIOD CLOSE)? CLOSE? (OPEN | AND | COMMA? (FILL | IS)+)"
        ),
        check=lambda spot: spot.follows_pair(),
        examples=(("increased from 1,140 to 1,234 (8.2%)", "8.2%"),),
    ),
    Rule(
        "projected_change",
        "projection",
        left=f"PROJECT {_GAP}{{0,6}} DIR (OF | BY | FILL | IS | COLON | DASH | MORE | LESS)*",
        examples=(("This is a projected increase of 38.5%", "38.5%"),),
    ),
    Rule(
        "projected_change",
        "projection",
        left=f"PROJECT {_GAP}{{0,6}} (DIR | CHANGE) (IS | COLON | DASH | OF | BY | FILL)*",
        examples=(("Projected year end reduction = -21.7%", "-21.7%"),),
    ),
    Rule(
        "projected_change",
        "projection",
        left=f"PROJECT ({_GAP} | IS){{0,6}}",
        right="(WORD | FILL){0,2} (DIR | ADJ)",
        check=_is_direction_after,
        examples=(("we have a projected 4.2% increase", "4.2%"),),
    ),
    Rule("projected_change", "projection", right="(FILL | WORD)? PROJECT (DIR | ADJ)"),
    Rule(
        "goal_in_words",
        "target",
        left="AIM FILL*",
        right="(FILL | WORD)? DIR",
        only="percent",
        check=lambda spot: spot.own_direction_after(),
        examples=(("On track to achieve a 5% reduction", "5%"),),
    ),
    Rule(
        "change_by_word",
        "change",
        check=lambda spot: (
            spot.is_not_trend_arrow() and _is_done(spot) and not _is_after_verb(spot)
        ),
        left="DIR (COMMA BY)? (OF | BY | IS | COLON | DASH | FILL | MORE | LESS | AVERAGE)*",
        examples=(
            ("a reduction of two on it", "two"),
            ("up 12", "12"),
            ("Reduction = -84%", "-84%"),
        ),
    ),
    Rule(
        "change_by_word",
        "change",
        left="DIR (WORD | IN | PERIOD | SINCE){0,3} (BEFORE | IS) FILL*",
        check=lambda spot: _is_named_change(spot),
        examples=(("Force-wide the fall was 6%", "6%"),),
    ),
    Rule(
        "change_by_word",
        "change",
        left="DIR (WORD | FILL){1,2} COMMA BY FILL*",
        examples=(("Nuisance fell most, by 212 incidents", "212"),),
    ),
    Rule(
        "change_respectively",
        "change",
        left="DIR (OF | BY | FILL)* VALUE (WORD | FILL)* AND FILL*",
        check=_is_second_change,
        examples=(("decreases of 7.1% and 9.4% respectively", "9.4%"),),
    ),
    Rule(
        "baseline_value",
        "baseline",
        left=(
            "(DIR | LESS | MORE) (ON | FROM | COMPARE) FILL* PERIOD (FILL | WORD)* (OF | IS) FILL*"
        ),
        check=lambda spot: spot.left_value_is("target") and not spot.number.sign,
        examples=(("The target is a 5% reduction on the 2010/11 outturn of 484", "484"),),
    ),
    Rule(
        "compared_of",
        "comparative",
        left=(
            "(DIR | LESS | MORE) (ON | FROM | COMPARE) FILL* PERIOD (FILL | WORD)* (OF | IS) FILL*"
        ),
        check=lambda spot: not spot.number.sign and spot.previous_change() is not None,
        examples=(("a 14% drop on the 2011 figure of 137", "137"),),
    ),
    Rule(
        "target_value",
        "target",
        left="COMMA? FILL+",
        check=lambda spot: spot.left_value_is("target") and _is_goal(spot) and not spot.number.sign,
        examples=(("The target is a 5% reduction, i.e. no more than 460", "460"),),
    ),
    Rule(
        "change_by_word",
        "change",
        check=lambda spot: not _is_value_of_other(spot),
        left=f"DIR ({_GAP}){{1,8}} (OF | BY | IS | COLON) FILL*",
        examples=(("a reduction in the number of victims of 12", "12"),),
    ),
    Rule(
        "change_by_word",
        "change",
        left=f"DIR ({_GAP} | PERIOD | MORE | LAST | YEARW | CTX){{1,9}} IS FILL*",
        only="percent",
        examples=(("The reduction over the last three years is 24%", "24%"),),
    ),
    Rule(
        "change_by_word",
        "change",
        left=f"DIR ({_GAP} | IS){{0,6}} OPEN FILL*",
        check=_is_signed_or_percent,
        examples=(("a fall in burglary (2.3%)", "2.3%"),),
    ),
    Rule(
        "change_before_word",
        "change",
        right="(WORD | FILL | NOUN | PERCENT | YEARW | QUARTERW){0,3} DIR",
        check=lambda spot: _is_direction_after(spot) and not _is_value_of_other(spot),
        examples=(("a 16% reduction", "16%"), ("a -16.3% reduction on the baseline", "-16.3%")),
    ),
    Rule(
        "change_before_word",
        "change",
        right=(
            "CLOSE? WORD{0,2} (OPEN FILL* VALUE (WORD | FILL){0,3} CLOSE | SLASH FILL* VALUE) "
            "(WORD | FILL){0,1} (DIR | ADJ)"
        ),
        check=_is_direction_after,
        examples=(("26.8% (11 crimes) above the target", "26.8%"), ("688 (7.9%) more than", "688")),
    ),
    Rule(
        "change_before_comparison",
        "change",
        right="WORD? IN FILL* TARGET",
        only="count",
        check=lambda spot: "within" in spot.words_after(2),
        examples=(("£7,570 within the budget of £220,000", "7,570"),),
    ),
    Rule(
        "projected_change",
        "projection",
        left="AND FILL*",
        right="(WORD | FILL | NOUN | PERCENT){0,3} ADJ",
        check=lambda spot: spot.left_value_is("projection") and _is_limit_after(spot),
        examples=(("would be 2.6% below 2011/12 and 90 offences above the target", "90"),),
    ),
    Rule(
        "change_before_comparison",
        "change",
        right="(WORD | FILL | NOUN | PERCENT | OF THESE){0,3} ADJ",
        check=_is_limit_after,
        examples=(("27 more than the target of 616", "27"), ("12% under target", "12%")),
    ),
    Rule(
        "change_by_word",
        "change",
        left="ADJ BY FILL*",
        examples=(("Quicker by 4.3 days than last year", "4.3"),),
    ),
    Rule(
        "change_extra",
        "change",
        left="MORE",
        right="(WORD | FILL){0,2} ON FILL* (PERIOD | BASE)",
        check=lambda spot: spot.words_before(1)[0] in ("extra", "additional"),
        examples=(("An additional 7 on last year", "7"),),
    ),
    Rule(
        "change_extra",
        "change",
        left="MORE",
        check=lambda spot: (
            spot.words_before(1)[0] in ("extra", "additional") and spot.has_comparison()
        ),
        examples=(("rose to 291 from 264 in Q2, an extra 27 crimes", "27"),),
    ),
    Rule(
        "change_named",
        "change",
        check=lambda spot: not spot.measures_gap(),
        left=(
            "CHANGE (PERIOD | WORD)? (OF | BY | IS | COLON | DASH | FILL | PERIOD | ON | OPEN | "
            "IN)*"
        ),
        examples=(("Difference = +11 offences", "+11"), ("% change = (+25%)", "+25%")),
    ),
    Rule(
        "projection",
        "projection",
        left=f"PROJECT ({_GAP} | IS | COLON | DASH | FYE | OPEN | TOP){{0,9}}",
        check=lambda spot: not spot.number.sign,
        examples=(("Projection for year is 144", "144"), ("year end forecast 1,950", "1,950")),
    ),
    Rule(
        "projection",
        "projection",
        left="PROJECT COMMA (GAP | CTX | PERIOD | ON | PER){1,12} COMMA IS FILL*",
        check=lambda spot: not spot.number.sign,
        examples=(("The projection, using smoothing on 36 months of data, is 12,240", "12,240"),),
    ),
    Rule(
        "projection",
        "projection",
        right="(PER CTX)? OPEN? (FILL | PERIOD | YEARW)* PROJECT",
        examples=(("1,950 (forecast)", "1,950"),),
    ),
    Rule(
        "projection",
        "projection",
        left="NUM (DASH | TO)",
        only="count",
        check=lambda spot: spot.left_value_is("projection") and not spot.number.sign,
        examples=(("We expect 40-50 cases by March", "50"),),
    ),
    Rule(
        "projection",
        "projection",
        left="VALUE AND FILL*",
        check=lambda spot: (
            spot.left_value_is("projection")
            and not spot.number.sign
            and bool(words.SEVERAL_FORECASTS & set(spot.words_before(8)))
        ),
        examples=(("Low and high scenarios of 9,700 and 10,050", "10,050"),),
    ),
    Rule(
        "change_shared",
        "change",
        left="(AND | COMMA) (FILL | WORD | ON | PERIOD)*",
        right="THING{0,3} (ON | COMPARE | FROM) FILL* (BASE | PERIOD | TARGET)",
        check=_is_shared_direction,
        examples=(("6% reduction on last year and 7.3% on the baseline", "7.3%"),),
    ),
    Rule(
        "change_shared",
        "change",
        left="AND BY FILL*",
        check=_is_shared_direction,
        examples=(("up by 7 on last quarter and by 3 on last year", "3"),),
    ),
    Rule(
        "change_shared",
        "change",
        left="(AND | COMMA) FILL*",
        right="(WORD | FILL){0,3} COMPARE FILL* (BASE | PERIOD | TARGET)",
        check=_is_shared_direction,
    ),
    Rule(
        "change_of_peer",
        "comparative",
        left="PEER (COLON | IS | DASH)?",
        needs="s",
        only="percent",
        unit="percent_change",
        comparator="peer_group",
        examples=(("88 / 71 LY / +23.9% / force +11.2%", "+11.2%"),),
    ),
    Rule(
        "change_by_sign",
        "change",
        needs="s",
        examples=(
            ("Tithe Barn Road (+6 offences)", "+6"),
            ("compared to 55 last year (-9%)", "-9%"),
        ),
    ),
    Rule(
        "change_of_none",
        "change",
        left="(COMMA | SEMI | AND) (WORD | LABEL){0,4} (OPEN | COLON | DASH)? | NUM OPEN",
        check=lambda spot: _is_none_among_changes(spot),
        examples=(("Burglary +12%, Robbery -4%, Vehicle Crime 0%", "0%"),),
    ),
    Rule(
        "change_of_column",
        "change",
        kinds=VARIANCE,
        check=lambda spot: spot.bracket < 0 or spot.is_first_of_cell(),
    ),
    Rule(
        "change_on",
        "change",
        right="(WORD | FILL){0,1} ON FILL* WORD? (BASE | PERIOD | TARGET)",
        only="percent",
        examples=(("12% on last year", "12%"),),
    ),
    # --- other bodies and other periods
    Rule(
        "peer_value",
        "comparative",
        left=(
            "PEER (AVERAGE | TOP | WORD | LABEL | CLOSE | FILL | IS | COLON | DASH | OF | OPEN | "
            "PERIOD | BEFORE | IN | ON){0,4}"
        ),
        comparator="peer_group",
        examples=(("84.2% satisfied; force average 82.9%", "82.9%"), ("England 4.2%", "4.2%")),
    ),
    Rule(
        "peer_value",
        "comparative",
        left="(OPEN | SEMI) (WORD | CTX | LABEL) AVERAGE (IS | COLON | FILL)*",
        comparator="peer_group",
        check=lambda spot: _names_other_body(spot),
        examples=(("4.1 per 10,000 (Castleshire average 4.6)", "4.6"),),
    ),
    Rule(
        "peer_value",
        "comparative",
        right="(FILL* PEER | OPEN PEER CLOSE)",
        comparator="peer_group",
        check=lambda spot: spot.previous is not None and spot.peer_ends_clause(),
        examples=(("5.6% here, 7.1% nationally", "7.1%"),),
    ),
    Rule(
        "peer_value",
        "comparative",
        left="(OPEN | COMMA | SEMI | SLASH) (WORD | LABEL){1,3}",
        right=(
            "(COMMA | SEMI | SLASH | AND) FILL* PEER (WORD | AVERAGE | FILL | COLON | DASH)* VALUE"
        ),
        comparator="peer_group",
        check=lambda spot: spot.previous is not None,
        examples=(("412 (North West 498; England 389)", "498"),),
    ),
    Rule(
        "compared_with",
        "comparative",
        left=(
            "COMPARE (GAP | PERIOD | IS | COLON | AVERAGE | BEFORE | MORE | LESS | QUARTERW | "
            "YEARW){0,8} OPEN?"
        ),
        check=_is_no_run_on,
        examples=(("compared to only 5 last year", "5"), ("34 v 41 in 2011/12", "41")),
    ),
    Rule(
        "peer_value",
        "comparative",
        left="(SLASH | COMMA | SEMI) FILL? (TOP | WORD | AVERAGE) (IS | COLON)?",
        comparator="peer_group",
        check=lambda spot: (
            spot.previous is not None
            and spot.previous.comparator == "peer_group"
            and spot.previous.number.is_percent == spot.number.is_percent
            and bool(words.SPREAD & set(spot.words_before(2)))
        ),
        examples=(("61.8% / force 64.2% / best 71.0%", "71.0%"),),
    ),
    Rule(
        "peer_value",
        "comparative",
        left="PEER (AVERAGE | WORD | FILL | OPEN | IS | COLON | OF){0,5} VALUE (TO | DASH)",
        comparator="peer_group",
        examples=(("in the top quartile range (7.84% to 10.2%)", "10.2%"),),
    ),
    Rule(
        "compared_of",
        "comparative",
        left="(LESS | MORE | ON) FILL* PERIOD (FILL | WORD)* OF FILL*",
        check=lambda spot: not spot.number.sign and spot.previous_change() is not None,
        examples=(("14% below the 2012 figure of 137", "137"),),
    ),
    Rule(
        "compared_also",
        "comparative",
        left="COMPARE FILL{0,2} VALUE (PERIOD | WORD | PEER)* (AND | COMMA)",
        right="PEER",
        examples=(),
    ),
    Rule(
        "was_before",
        "comparative",
        left=(
            "(OPEN | COMMA | SEMI | DASH | SLASH) FILL? LAST (WORD | FILL)? (COLON | IS | DASH | "
            "STOP | OF)*"
        ),
        check=lambda spot: spot.previous is not None and not spot.number.sign,
        examples=(("83.4% (prev. 81.0%; target 80%)", "81.0%"), ("44 (previous figure 61)", "61")),
    ),
    Rule(
        "was_before",
        "comparative",
        left="LAST COHORT (WORD | FILL | OF | IS | BEFORE | COLON){0,5}",
        check=lambda spot: not spot.number.sign,
        examples=(("a rate of 38.7%. The previous cohort's rate was 41.2%", "41.2%"),),
    ),
    Rule(
        "was_before",
        "comparative",
        left="BEFORE FILL*",
        check=_was_before,
        examples=(("Hemsby ward 44 (was 61)", "61"),),
    ),
    Rule("peer_of_column", "comparative", kinds=COMPARATOR, comparator="peer_group"),
    # --- plain values
    Rule("change_by_arrow", "change", kinds=STATUS, left="(UP | DOWN)"),
    Rule("number_in_status", "context", kinds=STATUS),
    Rule("second_value", "observation", left="NUM OPEN", right="CLOSE", only="count"),
    Rule(
        "average_after",
        "observation",
        right="WORD{0,2} AVERAGE",
        only="count",
        unit="average",
        check=lambda spot: "on average" in spot.words_after(3),
        examples=(("18 on average at 11 sessions", "18"),),
    ),
    Rule(
        "average",
        "observation",
        left=(
            "AVERAGE (OF | IS | FILL | COLON | DASH | WORD | AGED | IN | PERIOD | BEFORE | "
            "DURATION | "
            "AGO | PER){0,11}"
        ),
        check=lambda spot: (
            not spot.number.is_percent
            and not (spot.previous is not None and spot.previous.rule == "average_after")
        ),
        unit="average",
        examples=(("on average 14.6", "14.6"),),
    ),
    Rule("labelled_value", "observation", left="(COLON | DASH | IS)"),
    Rule("value", "observation"),
)

CASCADE: Final = DEFINITIONS + ROLES


# What a number has about it that a rule may need, one letter each: s a sign, o an ordinal ending,
# t a telephone number, h four digits, w the word "one", b it stands in brackets, p another quantity
# stands before it; and what touches it: "[" before it, "\u00b1" before it, and after it "+", "."
# (or a closing bracket), "S" (an s) or "'".
TRAITS: Final = "sothwbp[\u00b1+.S'"


class CompiledRule:
    """A rule with its patterns as regular expressions."""

    __slots__ = ("check", "kinds", "left", "needs", "only", "right", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.left: re.Pattern[str] | None = compile_left(f"({rule.left})") if rule.left else None
        self.right: re.Pattern[str] | None = compile_right(rule.right) if rule.right else None
        self.kinds = rule.kinds
        self.only = rule.only
        self.check = rule.check
        self.needs = rule.needs
        if not set(rule.needs) <= set(TRAITS):
            raise ValueError(f"{rule.name} needs a trait that no number has: {rule.needs!r}")


COMPILED: Final = tuple(CompiledRule(rule) for rule in CASCADE)


@lru_cache(maxsize=1 << 15)
def candidates(
    kind: str, is_percent: bool, traits: str, left: str, right: str
) -> tuple[CompiledRule, ...]:
    """The rules whose patterns fit, in order, up to the first that has no further check.

    What patterns fit depends on the classes of the tokens alone, and the same few hundred shapes
    come again and again: they are remembered.
    """
    found = []
    for compiled in COMPILED:
        if compiled.kinds and kind not in compiled.kinds:
            continue
        if compiled.only and (compiled.only == "percent") != is_percent:
            continue
        if compiled.needs and not all(trait in traits for trait in compiled.needs):
            continue
        if compiled.left is not None and compiled.left.match(left) is None:
            continue
        if compiled.right is not None and compiled.right.match(right) is None:
            continue
        found.append(compiled)
        if compiled.check is None:
            break
    return tuple(found)
