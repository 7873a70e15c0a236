"""What the patterns of the rules cannot say: small questions about a number and its sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ingest.figures.patterns import compile_left, compile_right
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES

if TYPE_CHECKING:
    from ingest.figures.reader import Spot


def is_telephone(spot: Spot) -> bool:
    """ "91.3% of 999 calls": a number that is called."""
    number = spot.number
    if number.digits not in words.TELEPHONE_NUMBERS or number.sign or number.is_percent:
        return False
    if spot.words_before(1)[-1:] and spot.words_before(1)[-1] in words.CALLS:
        return True
    return any(word in words.TELEPHONE_NOUNS for word in spot.words_after(3))


def follows(spot: Spot, rule: str) -> bool:
    """Whether the number before it, if there is one, was read by this rule."""
    readings = spot.cell.readings
    return bool(readings) and readings[-1].rule == rule


def continues_telephone(spot: Spot) -> bool:
    """ "0800 555 111": after a number with a leading zero, and on."""
    last = spot.cell.readings[-1] if spot.cell.readings else None
    return (
        last is not None
        and last.rule in ("leading_zero", "telephone_number")
        and len(spot.number.digits) >= 3
        and spot.number.start - last.number.end == 1
    )


def is_followed_by_plus(spot: Spot) -> bool:
    """ "3+ incidents", "16+ : 58%": the plus touches the number and begins nothing."""
    text, end = spot.items.text, spot.number.end
    return text[end : end + 1] == "+" and not text[end + 1 : end + 2].isdigit()


def is_footnote(spot: Spot) -> bool:
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


def is_list_number(spot: Spot) -> bool:
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
    if spot.left and spot.left[0] not in LIST_BEFORE:
        return False
    if after[:1] == ")" and spot.bracket < 0:
        return after[1:2] == " " or after[1:2].isupper()
    return after[:2] == ". " and after[2:3].isalpha() and after[2:3].isupper()


LIST_BEFORE: Final = frozenset(CODES[name] for name in ("NUM", "PCT", "CLOSE", "SEMI", "COMMA"))


def is_mean_speed(spot: Spot) -> bool:
    """ "Mean speed outside the school was 31.4 mph"."""
    return CODES["AVERAGE"] in spot.left[:10] or (
        bool(spot.number.decimals) and "speed" in spot.words_before(10)
    )


def is_under_age(spot: Spot) -> bool:
    """ "(under 25)", "suspect under 18 in 21 cases", "4 under 25"."""
    return (
        spot.words_before(1) == ["under"]
        and spot.number.digits in words.AGES
        and not spot.number.is_percent
        and spot.right[:1] in ENDS_AGE
        and spot.left[1:2] in BEFORE_AGE
        and CODES["TARGET"] not in spot.left
    )


BEFORE_AGE: Final = frozenset(CODES[name] for name in ("OPEN", "WORD", "NUM", "AND"))
ENDS_AGE: Final = frozenset(
    ("", *(CODES[name] for name in ("CLOSE", "STOP", "COMMA", "SEMI", "IN", "AND")))
)


def limits_share(spot: Spot) -> bool:
    """ "86.4% inside the 15 minute target": what the share is of, and not a level."""
    return (
        spot.previous is not None
        and spot.previous.number.is_percent
        and bool({"inside", "within"} & set(spot.words_before(2)))
    )


def is_total_of_year(spot: Spot) -> bool:
    """ "18.1 Q4, 76.2 year (county 80.4)": a value of the year, and no length."""
    return bool(spot.number.decimals) and spot.right[1:2] in CLAUSE_END


def is_clock(spot: Spot) -> bool:
    """ "between 9pm and 5am"."""
    return bool({"am", "pm", "noon", "midnight", "o'clock"} & set(spot.words_after(1)))


HOURS: Final = re.compile(r"(?:\s?[-\u2013]\s?\d{4})?\s?(?:hrs|hours)\b", re.IGNORECASE)


def is_hours(spot: Spot) -> bool:
    """ "2100-0500hrs"."""
    if len(spot.number.digits) != 4:
        return False
    return HOURS.match(spot.items.text, spot.number.end) is not None


def is_person_age(spot: Spot) -> bool:
    """ "under 18s", "over 65s": an s touches the number."""
    text, end = spot.items.text, spot.number.end
    return text[end : end + 1] in ("s", "S") and not text[end + 1 : end + 2].isalpha()


PLURAL_QUARTERS: Final = re.compile(r"\b(?:quarters|qtrs|qs)\b", re.IGNORECASE)


def has_one_part(spot: Spot) -> bool:
    """ "Of the 18, 2 ...", but not "Of the 41, 9 were girls and 32 boys": parts of a total."""
    if spot.left.lstrip(CODES["FILL"])[1:] or spot.number.currency:
        return False
    return sum(code in VALUE_CODES for code in spot.right) == 1


AIMS: Final = frozenset(("aim", "aims", "aiming", "aspire"))
TARGETS: Final = frozenset(words.WORDS["TARGET"].split())
VALUE_CODES: Final = frozenset((CODES["NUM"], CODES["PCT"]))
HALF_DAYS: Final = frozenset(("am", "pm"))
POSTCODE: Final = re.compile(r"[A-Z]{2}(?![A-Za-z0-9])")
ADDRESS: Final = re.compile(
    r"\s(?:[A-Z][a-z']+\s){1,3}(?:Street|Road|Avenue|Lane|Close|Drive|Terrace|Court|Crescent|"
    r"Gardens|Grove)\b(?!\s+(?:incidents|offences|crimes|calls|cases|reports))"
)
WEEK_OF: Final = frozenset("c e commencing ending dated wc we w/c w/e".split())
DOTTED: Final = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
DOTTED_NEXT: Final = re.compile(
    r"\s?(?:[ap]\.?m\b|hrs\b|hours\b)|\s?(?:-|\u2013|to|and|until)\s?(?:[01]?\d|2[0-4])\.[0-5]\d(?!\d)"
)


def is_time_taken(spot: Spot) -> bool:
    """ "Average response in 12 minutes" where times are measured; "8 mins 12 secs" anywhere."""
    if AND_MORE.match(spot.right):
        return True
    return spot.cell.measure_facts.unit in TIME_UNITS and not spot.cell.has_percent


AND_MORE: Final = compile_right("DURATION NUM DURATION")
TIME_UNITS: Final = frozenset(("days", "minutes", "seconds"))
QUARTERS_OF_HOURS: Final = frozenset(("00", "15", "30", "45"))


def is_dotted_time(spot: Spot) -> bool:
    """ "22.00 - 06.00 hours", "18.30hrs", "6.30 p.m."."""
    text, number = spot.items.text, spot.number
    if number.decimals != 2 or DOTTED.fullmatch(number.digits) is None:
        return False
    found = DOTTED_NEXT.match(text, number.end)
    if found is not None:
        # "8.21 to 9.45" is a pair of rates: a time of day says so, or is a quarter of an hour.
        says_so = any(word in found[0] for word in ("m", "h"))
        return says_so or (
            number.digits[-2:] in QUARTERS_OF_HOURS
            and found[0][-2:] in QUARTERS_OF_HOURS
            and not has_direction_before(spot)
            and CODES["PER"] not in spot.right[:4]
        )
    return follows_time(spot)


def follows_time(spot: Spot) -> bool:
    """The end of a stretch of the day whose beginning was read as one."""
    last = spot.cell.readings[-1] if spot.cell.readings else None
    return (
        last is not None
        and (
            last.rule == "clock_time"
            or (last.rule == "leading_zero" and len(last.number.digits) == 4)
        )
        and spot.number.start - last.number.end <= 5
        and spot.left[:1] in TIME_JOINS
    )


TIME_JOINS: Final = frozenset(CODES[name] for name in ("DASH", "TO", "AND"))


def counts_males(spot: Spot) -> bool:
    """ "(5 M / 6 F)", "(64F, 13M)": males, and not months."""
    text, end = spot.items.text, spot.number.end
    return (
        MALES.match(text, end) is not None and FEMALES.search(text, end - 14, end + 14) is not None
    )


MALES: Final = re.compile(r"\s?M\b")
FEMALES: Final = re.compile(r"\d\s?F\b")


def is_attribute(spot: Spot) -> bool:
    """ "a 7-day operation": a hyphen on both sides, and a noun it goes with."""
    text, end = spot.items.text, spot.number.end
    after = spot.right[2:3]
    return (
        text[end : end + 1] == "-"
        and text[end + 1 : end + 2].isalpha()
        and (not after or after in ATTRIBUTED)
        and spot.cell.measure_facts.unit not in ("days", "minutes")
    )


ATTRIBUTED: Final = frozenset(CODES[name] for name in ("WORD", "LABEL", "STOP", "CLOSE", "COMMA"))


def is_subsection(spot: Spot) -> bool:
    """ "section 17(1)": brackets that touch the number of a section."""
    text, start = spot.items.text, spot.number.start
    return text[start - 1] == "(" and start > 1 and text[start - 2].isdecimal()


OF_DECADES: Final = frozenset("their her his the early late mid in aged".split())


def is_decade(spot: Spot) -> bool:
    """ "in her 40s", "the 60s": people or years by tens."""
    value, end = spot.number.value, spot.number.end
    return (
        value is not None
        and value % 10 == 0
        and 10 <= value <= 90
        and spot.items.text[end : end + 1] == "s"
        and not spot.items.text[end + 1 : end + 2].isalnum()
        and bool(OF_DECADES & set(spot.words_before(1)))
        and "target" not in spot.words_before(3)
    )


def is_plural_label(spot: Spot) -> bool:
    """ "27's": things called after a number."""
    return spot.items.text[spot.number.end : spot.number.end + 2] in ("'s", "\u2019s")


def is_counted(spot: Spot) -> bool:
    """ "Includes 14 cases carried forward": a note that counts something."""
    word = spot.words_after(1)[0] if spot.right[:1] == CODES["WORD"] else ""
    return word in words.COUNTED and not spot.number.is_percent


def is_arrow_after(spot: Spot) -> bool:
    """ "81.0% \u2192 83.4%"."""
    return spot.words_after(1) == ["\u2192"]


def is_ranked(spot: Spot) -> bool:
    """ "Ranked 9th out of 15", "position 3/15"."""
    number = spot.number
    if number.is_percent or number.decimals or number.value is None or number.value > 500:
        return False
    if number.ordinal or "rank" in "".join(spot.words_before(4)) or spot.measure_is_rank:
        return True
    if not OF_RANKS.match(spot.right):
        return False
    if spot.left.lstrip(CODES["CLOSE"])[:1] == CODES["PEER"]:
        return True
    if spot.cell.kind == "comparator" and spot.left[:1] == CODES["WORD"] and number.value < 60:
        return not spot.cell.has_percent or spot.previous is not None  # "0.28 per 1,000 (MSG) 9/15"
    return CODES["RANK"] in spot.left[:2] or (spot.cell.has_rank and spot.bracket >= 0)


OF_RANKS: Final = compile_right("(SLASH | OUTOF | OF) FILL* NUM")


def is_part(spot: Spot) -> bool:
    """A numerator is a whole number no greater than what it is a part of."""
    other = spot.number_after()
    if other is None or other.value is None or spot.number.value is None:
        return False
    if spot.number.decimals or other.decimals or spot.number.currency:
        return False
    if spot.is_beside_year_before():
        return False  # "64 / 71 LY"
    if SLASHES.match(spot.right) or spot.left[:2] in AFTER_SLASH:
        return False  # "5 / 26 / 141": a list of three
    if TO_TARGET.match(spot.right):
        return False  # "42/45 target"
    return spot.number.value <= other.value and not spot.number.sign and not other.is_percent


TO_TARGET: Final = compile_right("(SLASH | FROM | OUTOF | OF) FILL* NUM TARGET")
SLASHES: Final = compile_right("SLASH NUM SLASH NUM")
AFTER_SLASH: Final = tuple(CODES["SLASH"] + CODES[name] for name in ("NUM", "CTX"))


def is_whole(spot: Spot) -> bool:
    """What a numerator is a part of: "38 out of 76"."""
    previous = spot.previous
    return previous is not None and previous.rule == "numerator"


def is_score(spot: Spot) -> bool:
    """The length of a scale: "8.4 out of 10"."""
    previous = spot.previous
    if previous is None or previous.number.value is None:
        return False
    decimals = previous.number.decimals or 0
    return decimals > 0 and not previous.number.is_percent


def is_aimed_at(spot: Spot) -> bool:
    """ "Target: 90 or fewer", "we aim for 90 or fewer": a limit that is asked for."""
    return AIMED.match(spot.left) is not None


AIMED: Final = compile_left("(TARGET | AIM) (GAP | IS | COLON | DASH){0,5}")


def touches_dash(spot: Spot) -> bool:
    """ "Groups 1-5", but not "Group 1 - 82"."""
    text, start = spot.items.text, spot.number.start
    return start > 1 and not text[start - 1].isspace() and not text[start - 2].isspace()


def is_listed_label(spot: Spot) -> bool:
    """ "sections 1, 2 and 3", but not "section 1, 2 destroyed": a comma needs a plural."""
    if spot.left[:1] != CODES["COMMA"]:
        return True
    at = spot.index - 1 - spot.left.find(CODES["LABEL"])
    return spot.items.words[at].endswith("s") or spot.right[:1] in LIST_GOES_ON


LIST_GOES_ON: Final = frozenset(CODES[name] for name in ("AND", "COMMA", "SLASH"))


def is_tolerance(spot: Spot) -> bool:
    """ "\u00b12.5%"."""
    return spot.items.text[: spot.number.start][-2:].strip().endswith("\u00b1")


TARGET_BESIDE: Final = compile_right("WORD? DURATION OPEN TARGET (IS | OF | COLON)* NUM DURATION")
TARGET_NEXT: Final = compile_right("WORD? DASH? DURATION TARGET")
CHANGE_NEXT: Final = compile_right(
    "(WORD | FILL){0,2} (OPEN VALUE (WORD | FILL)? CLOSE)? (WORD | FILL){0,2} (ADJ | DIR)"
)


def is_done(spot: Spot) -> bool:
    """Not "accepted 44; declined 9"."""
    if spot.number.is_percent or spot.words_before(1)[0] not in words.DONE:
        return True
    return spot.left[1:2] not in LIST_MARKS


def is_after_verb(spot: Spot) -> bool:
    """ "Youth offending is falling: 73 young people": what follows the colon is the level."""
    if (
        spot.left[:1] in INTRODUCES
        and not spot.number.sign
        and (COMPARED_NEXT.match(spot.right) is not None)
    ):
        return True  # "Volumes edged down: 131 v 138"
    return (
        spot.left[:1] == CODES["COLON"]
        and not spot.number.is_percent
        and not spot.number.sign
        and spot.words_before(2)[0] not in words.DIRECTION_NAMES
        and spot.right[:1] in NOUNS
    )


INTRODUCES: Final = frozenset(CODES[name] for name in ("COLON", "DASH"))
COMPARED_NEXT: Final = compile_right("(WORD | FILL){0,2} COMPARE FILL* VALUE")
LIST_MARKS: Final = frozenset(CODES[name] for name in ("SEMI", "COMMA", "STOP"))


def is_rank_size(spot: Spot) -> bool:
    """How many are ranked: "9th out of 15"."""
    previous = spot.previous
    return previous is not None and previous.unit == "rank"


def is_open_target(spot: Spot) -> bool:
    """Not "on target", not "5% below target 45 incidents": a target whose value this is."""
    number, left = spot.number, spot.left
    if left[1:2] == CODES["TARGET"] and spot.words_before(2)[0] == "standard":
        if {"medium", "high"} & set(spot.items.words[max(0, spot.index - 24) : spot.index + 12]):
            return False  # "High risk: 82, Medium: 310, Standard: 502"
    if left[:2] == OPEN + CODES["TARGET"] and spot.words_before(3)[0] == "on":
        return False  # "On target (42 v 45)"
    if (
        number.sign
        and number.is_percent
        and left[:2] == OPEN + CODES["TARGET"]
        and spot.previous_change() is not None
    ):
        return False  # "4 under target (-7.5%)"
    if left[:2] == OPEN + CODES["TARGET"] and spot.left_value_is("target"):
        return CHANGE_NEXT.match(spot.right) is None  # "against 900 target (16% over)"
    if left[:2] == CODES["IN"] + CODES["TARGET"] and spot.left_value_is("target"):
        return False  # "Just short of the 85% target at 84.2%"
    if left[:1] == CODES["COLON"] and left[1:2] == CODES["TARGET"] and left[2:3] in BESIDE_TARGET:
        return False  # "Performance is off target: 421 assaults"
    if spot.words_before(1)[-1:] and spot.words_before(1)[-1] in words.TARGETED:
        return True  # "9 over the profiled 203"
    return not spot.is_spoken_for("TARGET")


BESIDE_TARGET: Final = frozenset(CODES[name] for name in ("LESS", "MORE", "ON", "BETTER"))


def is_open_baseline(spot: Spot) -> bool:
    """A baseline whose value this is."""
    return not spot.is_spoken_for("BASE")


def is_before_own_target(spot: Spot) -> bool:
    """ "140 target", but not "212 target 250" nor "324 target achieved"."""
    if spot.words_after(1) == ["standard"] and {"medium", "high"} & set(
        spot.items.words[max(0, spot.index - 12) : spot.index + 12]
    ):
        return False  # "9 standard, 21 medium and 8 high risk"
    if spot.left.lstrip(CODES["FILL"])[:1] == CODES["COMPARE"]:
        return True  # "1,046 against 900 target (16% over)"
    at = spot.right.find(CODES["TARGET"])
    rest = spot.right[at + 1 :].lstrip(SEPARATORS)
    if OPEN in spot.right[:at] and TARGET_AND_VALUE.match(rest):
        return False  # "176 [Target for Q1 180]"
    return not rest or rest[0] not in NOT_OWN


def is_one_in(spot: Spot) -> bool:
    """ "1 in 5 residents", "1 in 5.", but not "1 in 2013"."""
    whole = spot.number_after()
    return (
        whole is not None
        and whole.value is not None
        and whole.value <= 100
        and (spot.right[2:3] in CLAUSE_END or spot.right[2:3] in COUNTS)
        and is_part(spot)
    )


COUNTS: Final = frozenset(
    CODES[name] for name in ("WORD", "OF", "FILL", "SAMPLE", "COHORT", "BEFORE", "IS")
)
CLAUSE_END: Final = frozenset(
    ("", *(CODES[name] for name in ("STOP", "COMMA", "SEMI", "CLOSE", "DASH")))
)
OPEN: Final = CODES["OPEN"]
TARGET_AND_VALUE: Final = compile_right("(GAP | PERIOD | COLON | IS)* VALUE")
SEPARATORS: Final = "".join(CODES[name] for name in ("COLON", "IS", "DASH", "OF", "FILL", "OPEN"))
NOT_OWN: Final = frozenset(CODES[name] for name in ("NUM", "PCT", "OUTCOME", "UP", "MISS"))


def is_signed_or_percent(spot: Spot) -> bool:
    """A sign or a percentage: more likely a change than a level."""
    return spot.number.sign != 0 or spot.number.is_percent


def is_direction_after(spot: Spot) -> bool:
    """The direction word after the number is this number's, and not the next sentence's."""
    return spot.own_direction_after()


def is_limit_after(spot: Spot) -> bool:
    """ "27 more than the target": what follows compares this number."""
    return spot.own_comparison_after()


def complements_change(spot: Spot) -> bool:
    """A percentage beside a difference, or a difference beside a percentage."""
    previous = spot.previous
    if previous is None or previous.statement != spot.statement:
        return False
    if previous.role not in ("change", "projection") and previous.unit != "percent_change":
        return False
    return previous.number.is_percent != spot.number.is_percent


def brackets_change(spot: Spot) -> bool:
    """In brackets right after a change, or after the words it is a change on."""
    if spot.bracket < 0 or not complements_change(spot):
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
            and between.rstrip(OPEN_FILL)[-1:] in COMPARED_WITH
            and not spot.number.sign
        )
    # "7.1% rise from previous qtr (939)": a number after what is compared with is its value.
    return not between or not any(code in COMPARED_WITH for code in between)


COMPARED_WITH: Final = frozenset(
    CODES[name] for name in ("PERIOD", "BASE", "TARGET", "AVERAGE", "PEER")
)
OPEN_FILL: Final = CODES["OPEN"] + CODES["FILL"] + CODES["WORD"]


def sizes_change(spot: Spot) -> bool:
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


def is_value_of_comparison(spot: Spot) -> bool:
    """ "7.1% rise from previous qtr (939)", "418 fewer than 2012/13 (8,029)"."""
    return (
        spot.previous_change() is not None and not spot.number.sign and not spot.follows_own_time()
    )


def is_or(spot: Spot) -> bool:
    """ "Increase of 73 or 6.5%": the same change, said again."""
    if spot.words_before(1) not in (["or"], ["/"], ["equal to"]):
        return False
    if complements_change(spot):
        return True
    change = spot.previous_change()  # "9 higher than April to September 2014 (84), or 10.7%"
    return (
        change is not None
        and spot.left_value_is("comparative")
        and change.number.is_percent != spot.number.is_percent
        and spot.number.is_percent
    )


def is_shared_direction(spot: Spot) -> bool:
    """ "6% reduction on last year and 7.3% on the baseline": the second has no word of its own."""
    return spot.previous_change() is not None


def has_direction_before(spot: Spot) -> bool:
    """Whether a word of direction stands before, in the sentence."""
    return any(code in DIRECTIONS for code in spot.left)


DIRECTIONS: Final = frozenset(CODES[name] for name in ("UP", "DOWN", "BETTER"))


def is_from_prior(spot: Spot) -> bool:
    """ "rose to 291 from 264 in Q2", but not "£45,300 from 17 seizures"."""
    if has_direction_before(spot):
        return True
    return not spot.right or spot.right[0] not in NOUNS


NOUNS: Final = frozenset(CODES[name] for name in ("WORD", "LABEL", "COHORT"))


def was_before(spot: Spot) -> bool:
    """ "44 (was 61)", "previously 8.5%"."""
    word = spot.words_before(1)
    before = spot.left.lstrip(CODES["FILL"])
    if before == CODES["BEFORE"] and spot.previous is not None and word == ["was"]:
        return True  # "33.1%. Was 34.0% for the 12 months to June"
    return (before[:1] == CODES["BEFORE"] and before[1:2] in BREAKS) or word[-1:] == ["previously"]


BREAKS: Final = frozenset(CODES[name] for name in ("OPEN", "COMMA", "SEMI", "DASH", "CLOSE"))


def is_no_run_on(spot: Spot) -> bool:
    """Not "comparable to the same period last year 40 offences in Yarm ward YTD"."""
    if spot.left[:2] == CODES["OPEN"] + CODES["PERIOD"] and COMPARED_NEXT.match(spot.right):
        return False  # "similar to last year (168 compared to 166)"
    if not spot.left.startswith(CODES["PERIOD"]):
        return True
    rest = spot.right[:8]
    for code in CLAUSE_MARKS:
        rest = rest.partition(code)[0]
    return CODES["PERIOD"] not in rest


CLAUSE_MARKS: Final = tuple(CODES[name] for name in ("SEMI", "COMMA", "CLOSE", "OPEN", "SLASH"))


def is_goal(spot: Spot) -> bool:
    """ "At least 90%", in a measure."""
    said = spot.phrase_before()
    return said in LIMITS


LIMITS: Final = frozenset(
    "at least,no more than,no fewer than,no less than,not more than,at most,less than,fewer than,"
    "more than,up to,\u2265,\u2264,<,>,at or above,at or below".split(",")
)


def is_lone_reference(spot: Spot) -> bool:
    """ "4.3 Reduce the number of burglaries": the measure's own number."""
    number = spot.number
    return bool(number.decimals) and not number.is_percent and number.start < 4


def is_none_among_changes(spot: Spot) -> bool:
    """ "Burglary +12%, Robbery -4%, Vehicle Crime 0%"."""
    change = spot.previous_change()
    return (
        spot.number.value == 0
        and change is not None
        and change.rule in ("change_by_sign", "change_of_none", "change_in_brackets")
        and change.number.is_percent == spot.number.is_percent
    )


def is_told(spot: Spot) -> bool:
    """ "To visit 2,000 homes in 2009/10": what a measure tells to do."""
    said = spot.items.words[: spot.index]
    return (
        len(said) <= 4
        and any(word in words.TASKS for word in said)
        and (spot.number.value or 0) >= 5
    )


def is_age_limit(spot: Spot) -> bool:
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


def is_value_of_other(spot: Spot) -> bool:
    """ "worse than the national rate of 16.3%": the value of what is compared with."""
    return OTHERS_VALUE.match(spot.left) is not None


OTHERS_VALUE: Final = compile_left(
    "BETTER FILL* COMPARE (GAP | PERIOD){0,3} (PEER | TARGET | BASE | AVERAGE) (GAP | PERIOD){0,3}"
    " (OF | IS) FILL*"
)


COPULAS: Final = frozenset(("is", "was", "were", "are", "amounted", "equals"))


def is_named_change(spot: Spot) -> bool:
    """ "the fall was 6%", but not "falling was 6", nor "a rise in May saw 12"."""
    if not COPULAS & set(spot.words_before(3)):
        return False
    for word in reversed(spot.words_before(6)):
        if word in words.DIRECTION_NAMES:
            return word not in ("up", "down") and "had" not in spot.words_before(3)
    return False


def names_other_body(spot: Spot) -> bool:
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


def is_second_change(spot: Spot) -> bool:
    """ "decreases of 7.1% and 9.4% respectively"."""
    change = spot.previous_change()
    return (
        change is not None
        and change is spot.previous
        and change.number.is_percent == spot.number.is_percent
        and (spot.number.is_percent or "respectively" in spot.words_after(3))
    )


ASKED: Final = frozenset(("score", "percent"))

OF_AGES: Final = frozenset("population olds aged age ages youths".split())
