"""One cell's numbers, read: the cascade of rules, then periods, changes and links within the cell.

The order of the passes is the order of the functions in :func:`read_tokens`. Every pass looks a
bounded number of tokens to either side, so the cost is in proportion to the length of the cell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from ingest.figures import rules
from ingest.figures.context import CellContext, lowered
from ingest.figures.lexer import Number, Tokens
from ingest.figures.measured import facts_of
from ingest.figures.patterns import compile_left
from ingest.figures.reading import Reading
from ingest.figures.rule import Rule
from ingest.figures.times import Items, Period, fold
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES, GROUPS

# How many items to either side of a number its rules may see.
REACH: Final = 24

_STOPS: Final = frozenset((CODES["STOP"], CODES["BULLET"]))
_OPEN, _CLOSE = CODES["OPEN"], CODES["CLOSE"]
_NUM, _PCT, _CTX = CODES["NUM"], CODES["PCT"], CODES["CTX"]
_VALUES: Final = frozenset((_NUM, _PCT))
_PERIOD, _FILL, _WORD = CODES["PERIOD"], CODES["FILL"], CODES["WORD"]
_SEMI, _COMMA = CODES["SEMI"], CODES["COMMA"]
_DIR: Final = frozenset(CODES[name] for name in GROUPS["DIR"])
_ADJ: Final = frozenset(CODES[name] for name in GROUPS["ADJ"])
_SIGN_OF: Final = {
    CODES["DOWN"]: -1,
    CODES["UP"]: 1,
    CODES["LESS"]: -1,
    CODES["MORE"]: 1,
}
_BETTER: Final = CODES["BETTER"]
_JOINS: Final = frozenset(
    CODES[name] for name in ("ON", "COMPARE", "FROM", "LESS", "MORE", "BETTER")
)
_GAPS: Final = frozenset(
    CODES[name]
    for name in (
        "WORD FILL OF IN LABEL COHORT SURVEY DURATION THESE SPAN BY RANK AIM OUTCOME TO AND IS CTX "
        "BEFORE PER AVERAGE AGED TOP ON FROM OPEN PEER"
    ).split()
)
_SEPARATORS: Final = frozenset(CODES[name] for name in ("COLON", "DASH", "IS"))


class Spot:
    """One number among the items of its cell: what the rules may ask about."""

    __slots__ = (
        "bracket",
        "cell",
        "index",
        "items",
        "left",
        "number",
        "previous",
        "right",
        "statement",
    )

    cell: CellReader
    items: Items
    number: Number
    index: int
    statement: int
    left: str
    right: str
    bracket: int

    def __init__(
        self, cell: CellReader, number: Number, statement: int, left: str, right: str
    ) -> None:
        self.cell = cell
        self.items = cell.items
        self.number = number
        self.index = number.index
        self.statement = statement
        self.left = left
        self.right = right
        self.previous: Reading | None = cell.last_quantity
        opening, closing = left.find(_OPEN), left.find(_CLOSE)
        inside = opening >= 0 and (closing < 0 or opening < closing)
        self.bracket = number.index - 1 - opening if inside else -1

    @property
    def measure_is_rank(self) -> bool:
        """Whether the row measures a rank."""
        return self.cell.measure_facts.is_rank

    def words_after(self, count: int) -> list[str]:
        """The next words, lower case."""
        return self.items.words[self.index + 1 : self.index + 1 + count]

    def words_before(self, count: int) -> list[str]:
        """The words before, lower case, nearest last."""
        return self.items.words[max(0, self.index - count) : self.index]

    def phrase_before(self) -> str:
        """The word or joined phrase directly before, past an article."""
        at = self.index - 1
        while at >= 0 and self.items.words[at] in ("a", "an", "the", "just", "only"):
            at -= 1
        return self.items.words[at] if at >= 0 else ""

    def number_after(self) -> Number | None:
        """The next number that is not yet known to measure nothing."""
        for offset, code in enumerate(self.right):
            if code in _VALUES:
                tag = self.items.tags[self.index + 1 + offset]
                return tag if isinstance(tag, Number) else None
        return None

    def between_previous(self) -> str:
        """The codes between the previous quantity and this number."""
        if self.previous is None:
            return ""
        return "".join(self.cell.codes[self.previous.number.index + 1 : self.index])

    def previous_change(self) -> Reading | None:
        """The last change of the same sentence."""
        for reading in reversed(self.cell.readings[-8:]):
            if reading.role == "context":
                continue
            if reading.statement != self.statement:
                return None
            if reading.role == "change" or (
                reading.role == "projection"
                and (reading.unit == "percent_change" or reading.rule == "projected_change")
            ):
                return reading
            if reading.mate is not None and reading.role == "projection":
                return reading
        return None

    def is_spoken_for(self, name: str) -> bool:
        """Whether the TARGET or BASE before the number is what an earlier change is compared with.

        "5% reduction on baseline 11 offences": the baseline belongs to the 5%, not to the 11.
        """
        code = CODES[name]
        at = self.left.find(code)
        if at < 0:
            return False
        gap = self.left[:at]
        before = self.left[at + 1 :].lstrip(_FILL + _WORD)
        is_joined = bool(before) and before[0] in _JOINS
        if any(mark in (_OWNED if is_joined else _OWNING) for mark in gap) or not is_joined:
            return False
        return bool(gap) or self.previous_change() is not None

    def own_direction_after(self) -> bool:
        """Whether the direction word that follows belongs to this number."""
        for offset, code in enumerate(self.right):
            at = self.index + 1 + offset
            if code in _DIR or code in _ADJ:
                word = self.items.words[at]
                if self._rises_from(offset):
                    return False
                if word in _ARROWS:
                    return self.number.is_percent
                if word == "improved" and not offset and not self.number.is_percent:
                    return False  # "19 improved (target: 15)"
                if word not in words.DIRECTION_NOUNS and code not in _ADJ:
                    return False
                if (
                    word in _DONE_TO
                    and not self.number.is_percent
                    and self.right[offset + 1 : offset + 2] in ("", _OPEN, _COMMA)
                ):
                    return False  # "19 improved (target 15)": what was done
                if code in _ADJ and code != _BETTER and not self._limits(offset):
                    return False
                rest = self.right[offset + 1 : offset + 5].lstrip(_FILL)
                # "15 offences Increase of 12": the word governs the number after it.
                if rest[:1] in (CODES["OF"], CODES["BY"]):
                    after = rest[1:].lstrip(_FILL)
                    return after[:1] not in _VALUES
                if rest[:1] in _VALUES or (rest[:1] in _SEPARATORS and rest[1:2] in _VALUES):
                    return False
                # "7 breaches Increase in breaches": a capital begins another phrase.
                own = self.items.text[self.items.starts[at]]
                return not (own.isupper() and offset and not self.number.is_percent)
        return False

    def _rises_from(self, offset: int) -> bool:
        """ "83.4% up from 81.0%": a level, and what it was; not "a 12% drop from 45"."""
        at = self.index + 1 + offset
        if self.items.words[at] not in _PARTICLES or offset > 2:
            return False
        if (
            not self.number.is_percent
            and self.left[:1] == _COMMA
            and self.left_value_is("observation")
        ):
            return False  # "Year 71, 13 down from 84": the change of the value before it
        rest = self.right[offset + 1 :].lstrip(_FILL)
        if rest[:1] != CODES["FROM"]:
            return False
        after = rest[1:].lstrip(_FILL)
        return after[:1] == (_PCT if self.number.is_percent else _NUM)

    def follows_survey(self) -> bool:
        """Whether a survey and its date lead to the number."""
        for tag in self.items.tags[max(0, self.index - 4) : self.index]:
            if isinstance(tag, Period) and tag.kind == "survey":
                return True
        return False

    def is_beside_year_before(self) -> bool:
        """Whether the number after a slash is of the year before: "64 / 71 LY"."""
        if self.right[:2] != CODES["SLASH"] + _NUM or self.right[2:3] != _PERIOD:
            return False
        tag = self.items.tags[self.index + 3]
        return isinstance(tag, Period) and tag.relative is not None

    def follows_possessive(self) -> bool:
        """Whether a time and an apostrophe stand right before the number: "last year's 9,512"."""
        start = self.number.start
        return self.items.text[max(0, start - 3) : start].strip() in ("'s", "\u2019s")

    def follows_own_time(self) -> bool:
        """Whether a phrase of the column's time is before it: "the last 3 months (288)"."""
        tag = self.items.tags[self.index - 2] if self.index > 1 else None
        end = self.cell.default.end
        return (
            isinstance(tag, Period)
            and tag.kind in ("months_ending", "this_quarter", "current")
            and tag.window is not None
            and tag.window.end == end
        )

    def is_in_minutes(self) -> bool:
        """Whether an "m" touches the number where minutes are measured: "6m 54s"."""
        text, end = self.items.text, self.number.end
        return text[end : end + 1] == "m" and (
            self.cell.measure_facts.unit == "minutes" or _AND_SECONDS.match(text, end) is not None
        )

    def is_in_survey(self) -> bool:
        """Whether a survey is named in the brackets that the number stands in."""
        tags = self.items.tags[max(0, self.bracket) : self.index]
        codes = self.cell.codes[max(0, self.bracket) : self.index]
        return CODES["SURVEY"] in codes or any(
            isinstance(tag, Period) and tag.kind == "survey" for tag in tags
        )

    def is_not_trend_arrow(self) -> bool:
        """Not the value after an arrow of travel: "\u2193 1,234" is a level."""
        before = self.items.words[self.index - 1] if self.index else ""
        if before not in _ARROWS or not before or self.number.is_percent:
            return True
        return self.previous is not None or any(code in _JOINS for code in self.right[:6])

    def own_comparison_after(self) -> bool:
        """Whether "fewer", "below", "over"... that follows compares this number with something."""
        if _NAMED_LEVEL.match(self.left):
            return False  # "below the family average of 14.2 but above the best"
        for code in self.left:
            if code in _VALUES or code in _ENDS_COMPARISON:
                break
            if code == CODES["COMPARE"]:
                return False  # "compared with 31 over the same period"
        for offset, code in enumerate(self.right):
            if code in _ADJ:
                if self.items.words[self.index + 1 + offset] in _DONE_TO and self.right[
                    offset + 1 : offset + 2
                ] in ("", _OPEN, _COMMA):
                    return self.number.is_percent
                return self._limits(offset)
        return False

    def _limits(self, offset: int) -> bool:
        word = self.items.words[self.index + 1 + offset]
        rest = self.right[offset + 1 :].lstrip(_FILL)
        if word in _LIMIT_WORDS:
            if rest and rest[0] == CODES["OF"]:
                rest = rest[1:].lstrip(_FILL)
            if rest and rest[0] in _VALUES:
                return rest[1:].lstrip(_WORD)[:1] in _COMPARABLE
            if rest and rest[0] in _COMPARABLE:
                return True
            if rest and rest[0] not in _VALUES and _PERIOD in rest[:9]:
                return not any(code in _VALUES for code in rest[: rest.index(_PERIOD)])
            return (
                not rest
                or rest[0] in _COMPARABLE
                or rest[0] in _ENDS
                or (rest.lstrip(_WORD)[:1] in _COMPARABLE)
            )
        return not (rest and rest[0] in _VALUES)

    def is_per(self) -> bool:
        """Whether the number is the so-many of a rate: "per 1,000", "/1000"."""
        value = self.number.value
        if value is None or value not in (100, 1000, 10_000, 100_000, 1_000_000):
            return False
        return self.left.lstrip(_FILL)[:1] == CODES["PER"] or self.previous is not None

    def has_comparison(self) -> bool:
        """Whether something of its sentence has been compared already."""
        return any(
            reading.role == "comparative" and reading.statement == self.statement
            for reading in self.cell.readings[-6:]
        )

    def follows_pair(self) -> bool:
        """Whether a value and what it was before stand just before this percentage."""
        quantities = [r for r in self.cell.readings[-5:] if r.role != "context"][-2:]
        if len(quantities) < 2 or quantities[0].role != "comparative":
            return False
        return self.number.is_percent and not quantities[1].number.is_percent

    def previous_is_points(self) -> bool:
        """Whether the last quantity is in percentage points."""
        if self.previous is None:
            return False
        at = self.previous.number.index
        return bool(words.POINT_WORDS & set(self.items.words[at + 1 : at + 3]))

    def peer_ends_clause(self) -> bool:
        """Whether the peer named after the number ends what is said of it."""
        rest = self.right.lstrip(_FILL + _OPEN)[1:]
        return not rest or rest[0] in _CLAUSE_ENDS

    def left_value_is(self, role: str) -> bool:
        """Whether the quantity before has this role."""
        return self.previous is not None and self.previous.role == role

    def is_about_rank(self) -> bool:
        """Whether an ordinal stands where a rank is measured."""
        if self.measure_is_rank or self.cell.has_peers or self.cell.kind == "comparator":
            return True
        measure = lowered(self.cell.context.measure)
        return (
            "msg" in measure
            or "mssf" in measure
            or (self.previous is not None and self.cell.has_rank)
        )

    def is_base_size(self) -> bool:
        """Whether "Base 21" is the number of answers: beside a percentage, or in a note."""
        at = self.index - 1
        at -= self.items.words[at] == ":"
        if self.items.words[at] != "base" or (at and self.cell.codes[at - 1] in _JOINS):
            return False
        if self.cell.kind == "comments" and at == 0:
            return True
        return self.cell.kind == "notes" or (
            self.previous is not None and self.previous.number.is_percent
        )

    def is_past_level(self) -> bool:
        """In a measure: whether the phrase about time before it is over ("(2013/14 = 84)")."""
        if self.number.sign:
            return False
        at = self.index - 1 - self.left.find(_PERIOD)
        period = self.items.tags[at]
        if not isinstance(period, Period) or period.window is None or period.window.end is None:
            return isinstance(period, Period) and period.kind == "average_years"
        return period.window.end < date(self.cell.context.first_year, 4, 1)

    def measures_gap(self) -> bool:
        """Whether "gap" names what the row measures."""
        return "gap" in self.words_before(4) and "gap" in lowered(self.cell.context.measure)

    def is_after_baseline(self) -> bool:
        """In a measure: after the word baseline, and before any target."""
        return self.cell.is_after_baseline(self.index)

    def is_first_of_cell(self) -> bool:
        """Whether no quantity of the cell stands before it."""
        return self.previous is None


_NAMED_LEVEL: Final = compile_left("(OF | IS | COLON) FILL* (AVERAGE | PEER | TARGET | BASE)")
_AND_SECONDS: Final = re.compile(r"m\s?\d{1,2}\s?s(?:ecs?)?\b")
_TARGET: Final = CODES["TARGET"]
_ARROWS: Final = words.ARROWS_UP + words.ARROWS_DOWN
_DONE_TO: Final = frozenset(("improved", "reduced", "lowered"))
_PARTICLES: Final = frozenset(("up", "down", *_ARROWS))
_OWNED: Final = frozenset(CODES[name] for name in ("OF", "COLON", "OPEN", "BEFORE"))
_OWNING: Final = frozenset(CODES[name] for name in ("OF", "IS", "COLON", "OPEN", "BEFORE"))
_ENDS_COMPARISON: Final = frozenset(
    CODES[name] for name in ("PERIOD", "COMMA", "AND", "SEMI", "TARGET", "BASE")
)
_LIMIT_WORDS: Final = frozenset(
    "over under above below beyond beneath inside outside off short".split()
)
_COMPARABLE: Final = frozenset(
    CODES[name] for name in ("TARGET", "BASE", "PERIOD", "PEER", "AVERAGE", "THESE")
)
_CLAUSE_ENDS: Final = frozenset(
    CODES[name] for name in ("COMMA", "CLOSE", "SEMI", "AND", "OPEN", "DASH")
)
_ENDS: Final = frozenset(CODES[name] for name in ("COMMA", "CLOSE", "SEMI"))


_TOUCHING: Final = {"+": "+", ".": ".", ")": ".", "s": "S", "S": "S", "'": "'", "\u2019": "'"}


@lru_cache(maxsize=256)
def _holds(said: str, stems: tuple[str, ...]) -> bool:
    """Whether words, in lower case, hold any of these stems: a measure is asked again and again."""
    return any(stem in said for stem in stems)


class CellReader:
    """The reading of one cell, pass by pass."""

    kind: str

    def __init__(self, tokens: Tokens, context: CellContext) -> None:
        self.context = context
        self.kind = context.kind
        self.tokens = tokens
        self.items: Items = fold(tokens, context)
        self.codes: list[str] = list(self.items.codes)
        self.readings: list[Reading] = []
        self.last_quantity: Reading | None = None
        self.measure_facts = facts_of(context.measure, context.header)
        self.has_rank: bool = False
        self.quantities: list[Reading] = []
        self.list_number = 0  # the last number of a numbered list
        self.default, self.default_is_inferred = context.default_window()
        self.bounds: list[tuple[int, int]] = []
        self._baseline_spans: list[tuple[int, int]] | None = None

    # --- the cascade -----------------------------------------------------------------------------

    def classify(self) -> None:
        """Give every number a role."""
        shape = self.codes
        self.bounds = _statement_bounds(self.items.shape)
        statement = 0
        for number in self.tokens.numbers:
            if number.context is not None:
                reading = Reading(number, "context", number.context)
                self._settle_clock(number)
                if number.context is not None:
                    reading.value = None
                    if 0 <= number.index < len(shape) and self.items.tags[number.index] is number:
                        if shape[number.index] in _VALUES:
                            shape[number.index] = _CTX
                    reading.statement = self._statement_at(number.start)
                    self.readings.append(reading)
                    continue
            at = number.index
            while statement + 1 < len(self.bounds) and self.bounds[statement][1] <= at:
                statement += 1
            first, last = self.bounds[statement]
            left = "".join(shape[max(first, at - REACH) : at])[::-1]
            right = "".join(shape[at + 1 : min(last, at + 1 + REACH)])
            spot = Spot(self, number, statement, left, right)
            self._read(spot)

    def gather(self) -> None:
        """Number the readings that measure something; the passes work on these."""
        self.quantities = [reading for reading in self.readings if reading.role != "context"]
        for order, reading in enumerate(self.quantities):
            reading.order = order
            reading.number.reading = reading

    @cached_property
    def has_rates(self) -> bool:
        """Whether anything is "per so many"."""
        return any(number.context == "per_so_many" for number in self.tokens.numbers)

    @cached_property
    def has_percent(self) -> bool:
        """Whether any number of the cell is a percentage."""
        return any(number.is_percent for number in self.tokens.numbers)

    @cached_property
    def has_respondents(self) -> bool:
        """Whether the cell speaks of people who answered."""
        return "respondents" in self.items.words

    @cached_property
    def has_peers(self) -> bool:
        """Whether the cell names other bodies."""
        return CODES["PEER"] in self.codes

    @cached_property
    def dated_baselines(self) -> tuple[list[int], list[Period]]:
        """The items that can date a baseline, and the phrases that stand there."""
        found = [
            (at, tag)
            for at, tag in enumerate(self.items.tags)
            if isinstance(tag, Period)
            and tag.window is not None
            and (self.kind != "measure" or self.is_after_baseline(at))
        ]
        return [at for at, _ in found], [tag for _, tag in found]

    def _settle_clock(self, number: Number) -> None:
        """ "7:42" is a value where minutes are measured, a time of day elsewhere."""
        if number.context == "clock_time" and (
            self.measure_facts.unit == "minutes"
            or self._times_something(number)
            or (
                "time " in self.context.measure.lower() and number.a < 60 and len(number.digits) < 5
            )
        ):
            number.context = None
            number.is_clock = True
            value = Decimal(number.a) + Decimal(number.b) / 60
            number.value = value.quantize(Decimal("0.0001"))
            number.decimals = None
            self.codes[number.index] = _NUM

    def _times_something(self, number: Number) -> bool:
        """ "Mean time to answer 2:48 in Q4, improved from 4:15": minutes and seconds."""
        if number.a > 59 or len(number.digits) > 5:
            return False
        said = set(self.items.words[max(0, number.index - 12) : number.index])
        return bool(said & words.AVERAGE_WORDS) and bool(said & words.TIMED)

    def _statement_at(self, start: int) -> int:
        # Good enough for context: the statement of the last number, or the first that fits.
        starts, bounds = self.items.starts, self.bounds
        statement = self.readings[-1].statement if self.readings else 0
        while (
            statement + 1 < len(bounds)
            and bounds[statement][1] < len(starts)
            and (starts[bounds[statement][1]] <= start)
        ):
            statement += 1
        return statement

    def _read(self, spot: Spot) -> None:
        number, kind = spot.number, self.kind
        is_percent = number.is_percent or self.codes[spot.index] == _PCT
        traits = self._traits(spot, number)
        for compiled in rules.candidates(kind, is_percent, traits, spot.left, spot.right):
            if compiled.check is None or compiled.check(spot):
                self._accept(spot, compiled.rule)
                return

    def _traits(self, spot: Spot, number: Number) -> str:
        """What the number has about it: the letters of :data:`ingest.figures.rules.TRAITS`."""
        text, start, end = self.items.text, number.start, number.end
        traits = "b" if spot.bracket >= 0 else ""
        if spot.previous is not None:
            traits += "p"
        if number.sign:
            traits += "s"
        after = text[end : end + 1]
        if after in _TOUCHING:
            traits += _TOUCHING[after]
        if start:
            before = text[start - 1]
            if before == "[":
                traits += "["
            elif before == "\u00b1" or (before == " " and text[start - 2 : start - 1] == "\u00b1"):
                traits += "\u00b1"
        digits = number.digits
        if number.ordinal:
            traits += "o"
        if digits in words.TELEPHONE_NUMBERS:
            traits += "t"
        elif len(digits) == 4:
            traits += "h"
        elif digits == "one":
            traits += "w"
        return traits

    def _accept(self, spot: Spot, rule: Rule) -> None:
        number = spot.number
        if rule.role == "context" and number.is_word:
            number.context = rule.name  # a word that measures nothing gets no row
            self.codes[spot.index] = _CTX
            return
        reading = Reading(number, rule.role, rule.name)
        reading.statement = spot.statement
        reading.bracket = spot.bracket
        if rule.name == "change_respectively" and spot.previous is not None:
            reading.way, reading.direction_word = spot.previous.way, spot.previous.direction_word
        if rule.name == "change_shared":
            reading.mate = spot.previous_change()
        self.readings.append(reading)
        if rule.name == "list_number" and number.value is not None:
            self.list_number = int(number.value)
        if rule.role == "context":
            number.context = rule.name
            reading.value = None
            self.codes[spot.index] = _CTX
            if rule.name == "scale" and spot.previous is not None:
                spot.previous.unit = "score"
            return
        reading.unit = rule.unit
        reading.comparator = rule.comparator
        if rule.unit == "rank":
            self.has_rank = True
        self._link_ratio(spot, reading)
        if rule.name in ("compared_in_brackets", "baseline_after_time") or (
            rule.name == "compared_with" and spot.left[:2] == _OPEN + _PERIOD
        ):
            self._take_period(spot, reading)
        if rule.name == "change_extra":
            reading.way = 1
        if rule.name == "change_after_prior":
            reading.mate = spot.previous_change()
        if rule.name in ("change_in_brackets", "change_or_change"):
            reading.mate = spot.previous
            if spot.previous is not None and spot.previous.role == "projection":
                reading.role = "projection"
            if spot.previous is not None and spot.previous.role == "target":
                reading.role = "target"
        if reading.role in ("change", "projection", "target"):
            self._find_direction(spot, reading)
        self.last_quantity = reading

    def _take_period(self, spot: Spot, reading: Reading) -> None:
        """ "from previous qtr (939)": the number in brackets is that period's."""
        tag = self.items.tags[spot.index - 2]
        if isinstance(tag, Period):
            reading.period = tag
            if tag.kind == "average_years":
                printed = self.items.text[tag.start : tag.end].lower()
                if "base" in printed:
                    reading.role = "baseline"
                elif reading.role != "baseline":
                    reading.comparator = "multi_year_average"

    def _link_ratio(self, spot: Spot, reading: Reading) -> None:
        if reading.rule in ("denominator", "rank_size") and spot.previous is not None:
            reading.of = spot.previous
            reading.relation = "denominator_of"

    # --- direction and unit ----------------------------------------------------------------------

    def _find_direction(self, spot: Spot, reading: Reading) -> None:
        """The word that says which way a change went: before the number, else after it."""
        if reading.rule in ("target_value", "target_range", "target_in_brackets"):
            if not spot.number.is_percent:
                return
        items, shape = self.items, self.codes
        name = reading.rule
        if name in ("change_after_levels", "change_after_prior"):
            for at in range(spot.index - 1, max(-1, spot.index - 20), -1):
                if shape[at] in _DIR:
                    self._set_way(reading, at)
                    break
        if name in (
            "change_by_word",
            "projected_change",
            "change_from_target",
            "goal_in_words",
            "target_value",
            "target_of_column",
            "goal_of_measure",
            "change_by_arrow",
            "change_respectively",
        ):
            found = -1
            if name == "target_value":
                found = self._direction_of_target(spot)
            if found < 0 and not (name == "target_value" and _TARGET not in spot.left):
                found = self._direction_before(
                    spot,
                    past_target=name == "change_from_target",
                    is_target=reading.role == "target",
                )
            if found >= 0:
                self._set_way(reading, found)
        if not reading.way and name not in ("change_by_sign", "change_named"):
            for at in range(spot.index + 1, min(len(shape), spot.index + 9)):
                if shape[at] in _STOPS or shape[at] == _SEMI:
                    break
                if reading.role == "target" and shape[at] in (CODES["AND"], _COMMA):
                    break  # "a target of 85% and up from 84%"
                if shape[at] in _VALUES and name != "change_before_word":
                    break
                if shape[at] in _DIR or shape[at] in _ADJ:
                    self._set_way(reading, at)
                    break
        if not reading.way and name in (
            "change_by_sign",
            "change_named",
            "change_of_column",
            "change_on",
        ):
            found = self._direction_before(spot)
            if found >= 0 and name != "change_on":
                self._set_way(reading, found)
        del items

    def _direction_of_target(self, spot: Spot) -> int:
        """ "the 5% target reduction", "beating the 3% reduction target"."""
        for at in range(spot.index + 1, min(len(self.codes), spot.index + 4)):
            if self.codes[at] in _DIR:
                return at if self.items.words[at] in words.DIRECTION_NAMES else -1
            if self.codes[at] not in (CODES["TARGET"], _WORD, _FILL):
                return -1
        return -1

    def _direction_before(
        self, spot: Spot, *, past_target: bool = False, is_target: bool = False
    ) -> int:
        shape = self.codes
        for at in range(spot.index - 1, max(-1, spot.index - 13), -1):
            code = shape[at]
            if code in _VALUES and past_target and shape[spot.index - 1] == CODES["BY"]:
                continue  # "exceeds the target of 80% by 4.2"
            if code in _STOPS or code == _SEMI or code in _VALUES:
                return -1
            if code == CODES["TARGET"] and not past_target:
                return -1
            if code == CODES["COMPARE"] and is_target:
                return -1  # "better than the 30% target"
            if (
                code in _DIR
                or ((past_target or shape[at + 1] == CODES["BY"]) and code in _ADJ)
                or (past_target and code in (CODES["LESS"], CODES["MORE"], CODES["MISS"]))
            ):
                return at
        return -1

    def _set_way(self, reading: Reading, at: int) -> None:
        word = self.items.words[at]
        reading.direction_word = self.items.text[self.items.starts[at] : self.items.ends[at]]
        code = self.codes[at]
        if code == CODES["MISS"]:
            if self.measure_facts.unit == "percent" or self.context.direction or self.has_percent:
                wish = self._wish(reading)
                reading.way = -wish if self._has_wish() else 0
        elif code == _BETTER:
            wish = self._wish(reading)
            reading.way = -wish if word in words.WORSE else wish
        else:
            reading.way = _SIGN_OF[code]

    def _wish(self, reading: Reading) -> int:
        """Which way is better here: by the row's wish, else fewer counts and higher shares."""
        if self.context.direction == "decrease":
            return -1
        if self.context.direction == "increase":
            return 1
        said = lowered(self.context.measure)
        if said.startswith(("reduc", "fewer", "decreas", "lower", "minimis")):
            return -1
        if said.startswith(("increas", "improv", "more ", "maximis", "rais")):
            return 1
        if _holds(said, words.UNWISHED):
            return -1
        after = self.items.words[reading.number.index + 1 : reading.number.index + 2]
        if after and after[0] in words.DURATION_UNITS:
            return -1  # "an improvement of 6 days"
        if _holds(said, words.WISHED_FOR):
            return 1
        if _holds(said, words.NOT_WISHED_FOR):
            return -1
        if self.measure_facts.unit == "percent":
            return 1
        if reading.number.is_percent or self._is_points(reading):
            start = reading.number.start
            before = self.items.text[max(0, start - 80) : start].lower()
            if any(stem in before for stem in words.WISHED_FOR):
                return 1
        return -1

    def _is_points(self, reading: Reading) -> bool:
        at = reading.number.index + 1
        return bool(words.POINT_WORDS & set(self.items.words[at : at + 2]))

    def _has_wish(self) -> bool:
        said = lowered(self.context.measure)
        return (
            self.context.direction in ("decrease", "increase")
            or " within " in said
            or (
                said.startswith(
                    ("reduc", "fewer", "decreas", "lower", "increas", "improv", "more ")
                )
            )
        )

    def is_after_baseline(self, index: int) -> bool:
        """In a measure: whether an item stands after "baseline" and before any target."""
        if self._baseline_spans is None:
            self._baseline_spans = []
            opened = -1
            for at, code in enumerate(self.codes):
                if code == CODES["BASE"] and opened < 0:
                    opened = at - 2 if at and self.codes[at - 1] == _PERIOD else at
                elif code == CODES["TARGET"] and opened >= 0:
                    self._baseline_spans.append((opened, at))
                    opened = -1
            if opened >= 0:
                self._baseline_spans.append((opened, len(self.codes)))
        at = bisect_left(self._baseline_spans, (index, 0)) - 1
        return at >= 0 and index < self._baseline_spans[at][1]


_STOP: Final = re.compile("[" + re.escape("".join(_STOPS)) + "]")


def _statement_bounds(shape: str) -> list[tuple[int, int]]:
    """First item and the item after the last of every statement."""
    bounds = []
    first = 0
    for stop in _STOP.finditer(shape):
        at = stop.start()
        if at > first:
            bounds.append((first, at))
        first = at + 1
    if first < len(shape) or not bounds:
        bounds.append((first, len(shape)))
    return bounds
