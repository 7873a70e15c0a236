"""A cell's text becomes typed tokens, in one pass of one regular expression.

What a token is does not depend on its neighbours, with three exceptions that are decided here
because every rule needs them settled: whether a dash before a number is a sign or a separator
(:func:`is_minus`), whether a number beside a month is a day or a year, and whether "11/12" is a
year or a ratio.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.figures.reading import Reading


def _either(letter: str) -> str:
    return letter.lower() + letter.upper()


MASTER: Final = re.compile(
    r"""
    (?=\S)(?:  # no token begins with a blank
    (?P<fixed>(?=[{first}])(?<![\w/.,:-])(?i:{fixed})(?![\w/%-]|[.,:]\d))
  | (?P<quarter>(?=[QqOo])(?:[Qq](?:uarters?|UARTERS?|tr|TR|rt|u|U|ter)?|[Oo]uarter)\.?\s?[1-4]
      (?![\d%]|[.,]\d)(?:[/-](?:19|20)\d\d(?:[/-]\d\d)?(?!\d))? | [Oo][1-4](?!\w))
  | (?P<word>[A-Za-z\u00c0-\u024f]++(?:['\u2019-][A-Za-z\u00c0-\u024f]++)*(?!\d))
  | (?=[\d\u00a3$\u20ac])(?:
    (?P<date>(?:0?[1-9]|[12]\d|3[01])(?P<between>[./-])(?:0?[1-9]|1[0-2])(?P=between)
        (?:(?:19|20)\d\d|\d\d)(?![\d%])
      | (?:[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./](?:(?:19|20)\d\d|\d\d)(?![\d%])
      | (?:19|20)\d\d(?P<apart>[-/.])\d\d(?P=apart)\d\d(?!\d)
      | (?:0?[1-9]|[12]\d|3[01])[ ](?:0?[1-9]|1[0-2])[ ](?:19|20)\d\d(?!\d)
      | \d{1,2}/(?:19|20)\d\d(?!\d))
  | (?P<clock>\d{1,3}:\d\d(?::\d\d)?(?!\d))
  | (?P<dotted>\d+(?:\.\d+){2,})
  | (?P<year>(?:19|20)\d\d(?:(?:[ ]?/|[-\u2013\u2014])(?:(?:19|20)\d\d|\d\d?)(?!\d))?
      (?![\d%]|[.,\u2009\u202f\u00a0]\d))
  | (?P<short>\d\d[/\u2013-]\d\d(?![\d/%]|[.,]\d))
  | (?P<num>(?:[\u00a3$\u20ac]\s?)?
      (?:\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3})+(?!\d)|\d+)(?:\.\d+)?
      (?:[ ]?%(?![ ]?(?:change|diff|var|points?[ ](?:change|diff)))
        |\s?(?:st|nd|rd|th|ST|ND|RD|TH)(?![^\W_]))?)
    )
  | (?P<glued>(?i:fye?)(?=(?:19|20)?\d\d/\d\d)
      | (?!(?i:covid))[A-Za-z][a-z]{3,}(?=\d)
      | (?i:p?f?ytd|ly|py)(?=\d)
      | (?i:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?=\d\d(?!\d))
      | (?:on|in|of|to|for|from|by|at|and)(?=Q[1-4]))
  | (?P<code>[A-Za-z\u00c0-\u024f]+\d\w*)
  | (?P<stop>[.!?]+)
  | (?P<mark>
      [-\u2010-\u2015\u2212+=:/()\[\],;&%\u00d7*\u2022\u00b7\u25aa\u25cf\u00b1]
      | [\u2192\u2265\u2264<>@|\u2191\u25b2\u2b06\u2197\u21e7\u2193\u25bc\u2b07\u2198\u21e9]))
    """.replace("{fixed}", "|".join(map(re.escape, words.FIXED)).replace("\\ ", "[ ]")).replace(
        "{first}", "".join(sorted({first for said in words.FIXED for first in _either(said[0])}))
    ),
    re.VERBOSE,
)
_WORD: Final = MASTER.groupindex["word"]
_GLUED: Final = MASTER.groupindex["glued"]
_MARK: Final = MASTER.groupindex["mark"]
_NUM: Final = MASTER.groupindex["num"]
_STOP: Final = MASTER.groupindex["stop"]
_YEAR: Final = MASTER.groupindex["year"]
_QUARTER: Final = MASTER.groupindex["quarter"]

VOCABULARY: dict[str, str] = {
    word: CODES[name] for name, line in words.WORDS.items() for word in line.split()
}
VOCABULARY |= dict.fromkeys(words.NUMBER_WORDS, CODES["NUM"])
VOCABULARY |= dict.fromkeys(words.MONTHS, CODES["MONTH"])

_ALL_PHRASES: Final = frozenset(phrase for phrases in words.PHRASES.values() for phrase in phrases)


def _as_joined(before: list[str]) -> tuple[str, ...]:
    """The words of a phrase as they stand when its last is read: "full year" is one by then."""
    joined: list[str] = []
    for word in before:
        joined.append(word)
        for size in range(len(joined), 1, -1):
            if " ".join(joined[-size:]) in _ALL_PHRASES:
                joined[-size:] = [" ".join(joined[-size:])]
                break
    return tuple(joined)


# Phrases by their last two words: all words but the last, longest first, and what they become.
PHRASES: Final[dict[str, dict[str, list[tuple[list[str], str]]]]] = {}
for _name, _phrases in words.PHRASES.items():
    for _phrase in _phrases:
        *_before, _last = _phrase.split()
        for _joined in {tuple(_before), _as_joined(_before)}:
            _entry = (list(_joined), CODES[_name])
            PHRASES.setdefault(_last, {}).setdefault(_joined[-1], []).append(_entry)
for _endings in PHRASES.values():
    for _entries in _endings.values():
        _entries.sort(key=lambda entry: -len(entry[0]))

MARKS: Final = {
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212", CODES["DASH"]),
    "\u2192": CODES["TO"],
    "+": CODES["PLUS"],
    "=": CODES["IS"],
    ":": CODES["COLON"],
    "/": CODES["SLASH"],
    "(": CODES["OPEN"],
    "[": CODES["OPEN"],
    ")": CODES["CLOSE"],
    "]": CODES["CLOSE"],
    ",": CODES["COMMA"],
    ";": CODES["SEMI"],
    "&": CODES["AND"],
    **dict.fromkeys(words.ARROWS_UP, CODES["UP"]),
    **dict.fromkeys(words.ARROWS_DOWN, CODES["DOWN"]),
    "%": CODES["PERCENT"],
    "\u00d7": CODES["TIMES"],
    "\u00b1": CODES["SLASH"],
    **dict.fromkeys("\u2265\u2264<>@", CODES["FILL"]),
    **dict.fromkeys("*\u2022\u00b7\u25aa\u25cf|", CODES["BULLET"]),
}
NUMBER_WORDS: Final = frozenset(words.NUMBER_WORDS)
_WORDS: Final = re.compile(r"\w+")
_DIGIT: Final = re.compile(r"\d")
_DIGITS: Final = re.compile(r"\d+(?:[./-]\d+)*")
_TARGET_MARK: Final = re.compile(r"\s*[=:]\s*\d")
_OWN_VALUE: Final = re.compile(
    r"\s*(?:[:=(]|[-\u2013]\s|(?:is|was|at|average|avg|ave|av|mean|rate|figure|total)\b\.?"
    r"|(?:[a-z-]+\s+){0,2}(?:average|avg|mean|rate|figure|level)"
    r"(?:\s+(?:of|is|was|at)\b|\s*[:=(])?)?\s*[-+]?\d",
    re.IGNORECASE,
)
_SET_AGAINST: Final = frozenset(
    CODES[name] for name in ("OF", "TO", "LESS", "MORE", "COMPARE", "BETTER", "ON")
)
_AVERAGED: Final = re.compile(r"\s+(?:average|avg|ave|mean|baseline)\b", re.IGNORECASE)
_PERCENT: Final = words.PERCENT_WORDS | {"cent"}
# A value must fit decimal(18,4).
_MOST_DIGITS: Final = 14

NUM, PCT = CODES["NUM"], CODES["PCT"]
DASH, PLUS, STOP, WORD = CODES["DASH"], CODES["PLUS"], CODES["STOP"], CODES["WORD"]
QUARTERW, ROLL, HALF = CODES["QUARTERW"], CODES["ROLL"], CODES["HALF"]
MONTH, DAYYR, CTX, YEAR = CODES["MONTH"], CODES["DAYYR"], CODES["CTX"], CODES["YEAR"]
DATE, QUARTER, SLASH, OPEN = CODES["DATE"], CODES["QUARTER"], CODES["SLASH"], CODES["OPEN"]
COMMA, IS, COLON = CODES["COMMA"], CODES["IS"], CODES["COLON"]
TIMES, FILL, CLOSE = CODES["TIMES"], CODES["FILL"], CODES["CLOSE"]


class Number:
    """One printed number, as the lexer sees it and as later stages complete it.

    ``start``/``end`` bound what is printed (digits, separators, a sign, a touching %). ``context``
    names the rule that settled that it measures nothing, or is None. ``a`` and ``b`` hold the
    parts of a year label, a quarter label, a date or a clock time.
    """

    # Defaults are the class's, so that making one sets only what differs.
    value: Decimal | None = None
    decimals: int | None = None
    sign = 0
    is_percent = False
    is_word = False
    currency = False
    ordinal = False
    is_clock = False  # minutes and seconds: "7:42"
    index = -1
    a = 0
    b = 0
    reading: Reading | None = None

    def __init__(self, start: int, end: int, digits: str, context: str | None = None) -> None:
        self.start = start
        self.end = end
        self.core = start
        self.digits = digits
        self.context = context


class Tokens:
    """The tokens of one cell, as parallel lists, and its numbers in reading order."""

    __slots__ = ("codes", "ends", "held", "numbers", "spans", "starts", "tags", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.codes: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.words: list[str] = []  # lower case, empty for numbers
        self.held: dict[int, Number] = {}  # the numbers by their token
        self.numbers: list[Number] = []
        self.starts: tuple[int, ...] = ()
        self.ends: tuple[int, ...] = ()
        self.tags: list[Number | None] = []

    def add(self, code: str, start: int, end: int, word: str = "") -> None:
        """Append a token without a number."""
        self.codes.append(code)
        self.spans.append((start, end))
        self.words.append(word)

    def add_number(self, code: str, number: Number, start: int, end: int) -> None:
        """Append the token of a number."""
        number.index = len(self.codes)
        self.held[number.index] = number
        self.codes.append(code)
        self.spans.append((start, end))
        self.words.append("")
        self.numbers.append(number)

    def last(self, back: int = 1) -> Number | None:
        """The number of the last token (or so many back), None when it holds none."""
        return self.held.get(len(self.codes) - back)

    def drop_last(self) -> None:
        """Take back the last token (a dash that turned out to be a sign)."""
        self.codes.pop()
        self.spans.pop()
        self.words.pop()
        self.held.pop(len(self.codes), None)

    def finish(self) -> Tokens:
        """Settle the columns that are only read when all tokens are there."""
        if self.spans:
            self.starts, self.ends = zip(*self.spans, strict=True)
        self.tags = [None] * len(self.codes)
        for index, number in self.held.items():
            self.tags[index] = number
        return self


# Words that need more than a look in the vocabulary; all others are added to the tokens at once.
_ODD: Final = (
    {word for word, code in VOCABULARY.items() if code in (MONTH, NUM, QUARTERW)}
    | set(words.STARTERS)
    | _PERCENT
    | {"than", "t"}
    | words.SECONDS
    | words.PEERS_WITH_VALUE
    | words.SET_AGAINST
)
_PLAIN: Final = {word: code for word, code in VOCABULARY.items() if word not in _ODD}


# Words whose code is all there is to them, as they were met: most words of any report.
_ORDINARY: dict[str, str] = {}
_MOST_WORDS: Final = 20_000
_LONG_WORD: Final = 40


def has_numbers(text: str) -> bool:
    """Whether a cell can hold a figure at all: a quick test before the lexer."""
    if _DIGIT.search(text) is not None:
        return True
    return not NUMBER_WORDS.isdisjoint(_WORDS.findall(text.lower()))


def lex(text: str, joints: frozenset[int] = frozenset(), first_year: int = 2010) -> Tokens:
    """Turn a cell's text into tokens.

    Parameters
    ----------
    text
        The stitched text of the cell.
    joints
        Offsets of the blanks that stand for a line break: no printed number crosses one.
    first_year
        The year the report's financial year begins in, which tells years from ratios.
    """
    tokens = Tokens(text)
    if len(text) < _SHORT:
        _lex_stretch(tokens, 0, len(text), joints, first_year)
        return tokens.finish()
    for start, end in _stretches(text):
        if start and not (tokens.codes and tokens.codes[-1] == STOP):
            tokens.add(STOP, start, start, ".")
        _lex_stretch(tokens, start, end, joints, first_year)
    return tokens.finish()


# Below this many characters a cell is lexed whole.
_SHORT: Final = 160
_SENTENCE_END: Final = re.compile(r"[.!?]['\")\u2019\u201d]?\s+(?=[A-Z\u2022(])")


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that matter: sentences with numbers, and the ones before them.

    Most of a long cell is prose without a number. What is left out counts nothing and dates
    nothing; the sentence before a number may ("The 2012 survey ... . 54% had ...").
    """
    waiting: tuple[int, int] | None = None
    start = 0
    while start < len(text):
        stop = _SENTENCE_END.search(text, start)
        end = stop.end() if stop is not None else len(text)
        if has_numbers(text[start:end]):
            if waiting is not None:
                yield waiting
                waiting = None
            yield start, end
        else:
            waiting = (start, end)
        start = end


def _lex_stretch(
    tokens: Tokens, begin: int, finish: int, joints: frozenset[int], first_year: int
) -> None:
    text = tokens.text
    add_code, add_span, add_word = tokens.codes.append, tokens.spans.append, tokens.words.append
    ordinary = _ORDINARY.get
    for match in MASTER.finditer(text, begin, finish):
        kind = match.lastindex
        if kind == _WORD:
            word = match[0].lower()
            code = ordinary(word)
            if code is not None:
                add_code(code)
                add_span(match.span())
                add_word(word)
                continue
            code = _PLAIN.get(word)
            if code is None:
                if "-" in word or word in _ODD:
                    start, end = match.span()
                    _lex_word(tokens, text[start:end], start, end)
                    if word in PHRASES:
                        _join_phrase(tokens, word)
                    continue
                if word[-2:] in _POSSESSIVE and word[:-2] in words.MONTHS:
                    start, end = match.span()
                    _lex_word(tokens, text[start:end], start, end)
                    continue
                code = FILL if word[-2:] == "ly" and word not in words.NO_ADVERBS else WORD
            add_code(code)
            add_span(match.span())
            add_word(word)
            if word in PHRASES:
                _join_phrase(tokens, word)
            elif len(word) < _LONG_WORD:
                if len(_ORDINARY) >= _MOST_WORDS:
                    _ORDINARY.clear()
                _ORDINARY[word] = code
            continue
        if kind == _MARK:
            mark = match[0]
            code = MARKS[mark]
            if (
                mark == ">"
                and tokens.codes[-1:] in _NUMBERS
                and _TO_NUMBER.match(text, match.end())
            ):
                mark, code = "\u2192", CODES["TO"]  # "31 > 38"
            add_code(code)
            add_span(match.span())
            add_word(mark)
            if mark == ")" and _NEXT_ENTRY.match(text, match.end()) and _is_entry(tokens):
                tokens.add(STOP, match.end(), match.end(), ".")
            continue
        start, end = match.span()
        if kind == _NUM:
            _lex_number(tokens, text[start:end], start, end, joints)
        elif kind == _STOP:
            _lex_stop(tokens, start, end)
        elif kind == _YEAR:
            _lex_year(tokens, text[start:end], start, joints)
        elif kind == _QUARTER:
            _lex_quarter(tokens, text[start:end], start, end, joints)
        elif kind == _GLUED:  # a lost blank: "Target90"
            word = text[start:end]
            _lex_word(tokens, word, start, end)
            if word.lower() in PHRASES:
                _join_phrase(tokens, word.lower())
        else:
            _lex_rare(tokens, match, joints, first_year)


# --- words --------------------------------------------------------------------------------------


def _lex_word(tokens: Tokens, text: str, start: int, end: int) -> None:
    word = text.lower()
    code = VOCABULARY.get(word)
    if code is None and word[-2:] in ("'s", "\u2019s") and word[:-2] in words.MONTHS:
        word, text = word[:-2], text[:-2]  # "July's heatwave"
        code = VOCABULARY.get(word)
    if code is None:
        if word in words.PEERS_WITH_VALUE and (
            _OWN_VALUE.match(tokens.text, end)
            or (tokens.text[start - 1 : start] == "(" and tokens.text[end : end + 1] == ")")
        ):
            tokens.add(CODES["PEER"], start, end, word)
            return
        if word in words.SET_AGAINST and tokens.codes and tokens.codes[-1] in _SET_AGAINST:
            tokens.add(CODES["TARGET"], start, end, word)
            return
        if text == "T" and _TARGET_MARK.match(tokens.text, end):
            tokens.add(CODES["TARGET"], start, end, "target")
            return
        if word in _PERCENT and _make_percent(tokens, word):
            return
        if "-" in word and _lex_compound(tokens, text, start):
            return
        tokens.add(WORD, start, end, word)
    elif code == MONTH:
        _lex_month(tokens, text, word, start, end)
    elif code == NUM:
        _lex_number_word(tokens, word, start, end)
    elif code == QUARTERW and _join_ordinal_quarter(tokens, end):
        return
    elif word == "s" and tokens.text[start - 1 : start] in ("'", "\u2019"):
        tokens.add(FILL, start, end, word)  # "2018/19's"
    elif word in words.SECONDS and tokens.codes and tokens.codes[-1] == NUM:
        tokens.add(CODES["DURATION"], start, end, word)  # "90 sec target", but "sec 27"
    elif word == "than" and _is_hedge(tokens):
        start = tokens.spans[-1][0]
        phrase = f"{tokens.words[-1]} than"
        tokens.drop_last()
        tokens.add(FILL, start, end, phrase)
    else:
        _break_sentence(tokens, text, word, start)
        tokens.add(code, start, end, word)


def _join_ordinal_quarter(tokens: Tokens, end: int) -> bool:
    """Read "third quarter" and "3rd quarter" as a quarter label."""
    if not tokens.codes:
        return False
    if _IN_A_ROW.match(tokens.text, end):
        return False  # "for the third quarter in a row"
    start, word, number = tokens.spans[-1][0], tokens.words[-1], tokens.last()
    if number is not None and number.ordinal and number.value is not None and number.value <= 4:
        tokens.codes[-1] = QUARTER
        tokens.spans[-1] = (start, end)
        number.context, number.a = "quarter_label", int(number.value)
        return True
    if word not in words.QUARTER_ORDINALS:
        return False
    tokens.drop_last()
    label = Number(start, end, word, "quarter_label")
    label.is_word, label.a = True, words.QUARTER_ORDINALS[word]
    tokens.add_number(QUARTER, label, start, end)
    return True


_IN_A_ROW: Final = re.compile(r"\s+(?:in a row|running|in succession|straight)\b", re.IGNORECASE)


def _is_hedge(tokens: Tokens) -> bool:
    """ "more than 50" about the next number, not "6 more than Q1" about the last."""
    column, codes = tokens.words, tokens.codes
    if not column or f"{column[-1]} than" not in words.HEDGES:
        return False
    before = codes[-2] if len(codes) > 1 else ""
    if len(column) > 2 and codes[-3] == NUM and column[-2] in words.MONEY_MAGNITUDES:
        return False  # "\u00a31.3m less than the year before"
    if len(column) > 1 and column[-2] in words.POINT_WORDS:
        return False  # "4.2 percentage points more than in Q1"
    if before == WORD and len(codes) > 2:
        before = codes[-3]
    return before not in (NUM, PCT, CLOSE)


def _make_percent(tokens: Tokens, word: str) -> bool:
    """Read "97 per cent" as 97%: the word is part of the number, but not of what is printed."""
    back = 2 if word == "cent" else 1
    if len(tokens.codes) < back or (back == 2 and tokens.words[-1] != "per"):
        return False
    number = tokens.last(back)
    if number is None or tokens.codes[-back] != NUM:
        return False
    if back == 2:
        tokens.drop_last()
    number.is_percent = True
    tokens.codes[-1] = PCT
    return True


def _join_phrase(tokens: Tokens, word: str) -> None:
    """Make one token of a phrase that the word just added completes."""
    column = tokens.words
    for before, code in PHRASES[word].get(column[-2] if len(column) > 1 else "", ()):
        size = len(before)
        if column[-size - 1 : -1] == before and not (
            word in _TIMES_AGO and _AGO_NEXT.match(tokens.text, tokens.spans[-1][1])
        ):
            start, end = tokens.spans[-size - 1][0], tokens.spans[-1][1]
            for _ in range(size + 1):
                if tokens.last() is not None:
                    tokens.numbers.pop()  # "one of the" counts nothing
                tokens.drop_last()
            tokens.add(code, start, end, " ".join((*before, word)))
            return


_NUMBERS: Final = ([NUM], [PCT])
_TO_NUMBER: Final = re.compile(r"\s\d")
# "On the year" is a phrase, "on the year before" is last year.
_TIMES_AGO: Final = frozenset(("year", "quarter"))
_AGO_NEXT: Final = re.compile(r"\s+(?:before|earlier|ago)\b", re.IGNORECASE)
_COMPOUNDED: Final = frozenset(
    CODES[name] for name in ("YEARW", "QUARTERW", "SPAN", "DURATION", "NUM")
)
# Phrases are the same with hyphens: "quarter-on-quarter".
_WHOLE_PHRASES: Final = frozenset(
    phrase for phrases in words.PHRASES.values() for phrase in phrases if " - " not in phrase
)


def _lex_compound(tokens: Tokens, text: str, start: int) -> bool:
    """Take a hyphened word apart when its parts mean more than the whole ("Apr-Jun")."""
    parts = text.split("-")
    lowered = [part.lower() for part in parts]
    if " ".join(lowered) in _WHOLE_PHRASES:
        at = start
        for part in parts:
            _lex_word(tokens, part, at, at + len(part))
            if part.lower() in PHRASES:
                _join_phrase(tokens, part.lower())
            at += len(part) + 1
        return True
    if not (
        (lowered[0] in words.MONTHS and lowered[-1] in words.MONTHS)
        or (lowered[0] in words.NUMBER_WORDS and VOCABULARY.get(lowered[1], "") in _COMPOUNDED)
        or (
            lowered[0] in ("half", "full", "whole", "mid")
            and VOCABULARY.get(lowered[1], "") in _COMPOUNDED
        )
        or lowered[0] in ("rolling", "year", "month", "end", "base", "mid", "out", "multi")
    ):
        return False
    tens = words.NUMBER_WORDS.get(lowered[0], 0)
    if len(parts) == 2 and tens >= 20 and 0 < words.NUMBER_WORDS.get(lowered[1], 0) < 10:
        _lex_number_word(tokens, text.lower(), start, start + len(text))
        return True
    at = start
    for position, part in enumerate(parts):
        if position:
            tokens.add(DASH, at, at + 1, "-")
            at += 1
        _lex_word(tokens, part, at, at + len(part))
        at += len(part)
    return True


def _lex_number_word(tokens: Tokens, word: str, start: int, end: int) -> None:
    last = tokens.last()
    if (
        last is not None
        and last.is_word
        and last.value in _TENS
        and tokens.codes[-1] == NUM
        and 0 < words.NUMBER_WORDS.get(word, 0) < 10
        and start - last.end == 1
    ):
        last.value += words.NUMBER_WORDS[word]  # "ninety two"
        last.end, last.digits = end, f"{last.digits}-{word}"
        tokens.spans[-1] = (last.start, end)
        return
    if _is_in_name(tokens, start):
        tokens.add(WORD, start, end, word)  # "Best Bar None"
        return
    if _names_quarter(tokens, word):
        began = tokens.spans[-1][0]
        tokens.drop_last()
        label = Number(began, end, word, "quarter_label")
        label.is_word, label.a = True, words.NUMBER_WORDS[word]
        tokens.add_number(QUARTER, label, began, end)
        return
    number = Number(start, end, word)
    first, _, second = word.partition("-")
    number.value = Decimal(words.NUMBER_WORDS[first] + words.NUMBER_WORDS.get(second, 0))
    number.decimals = 0
    number.is_word = True
    tokens.add_number(NUM, number, start, end)
    tokens.words[-1] = word


def _names_quarter(tokens: Tokens, word: str) -> bool:
    """ "in quarter two", but not "this quarter two arrests"."""
    return (
        tokens.codes[-1:] == [QUARTERW]
        and tokens.words[-1] in ("quarter", "qtr")
        and 1 <= words.NUMBER_WORDS.get(word, 0) <= 4
        and not (tokens.words[-2:-1] and tokens.words[-2] in words.NOT_LABELS)
    )


_TENS: Final = frozenset(Decimal(tens) for tens in range(20, 100, 10))


def _is_in_name(tokens: Tokens, start: int) -> bool:
    """Whether a number word is part of a name: a capital on it and on the word before."""
    text = tokens.text
    if not text[start].isupper() or not tokens.codes or tokens.codes[-1] != WORD:
        return False
    first, last = tokens.spans[-1]
    return start - last == 1 and text[first].isupper() and len(tokens.codes) > 1


def _lex_month(tokens: Tokens, text: str, word: str, start: int, end: int) -> None:
    if word in words.DOUBTFUL_MONTHS and text[0].islower():
        tokens.add(WORD, start, end, word)
        return
    previous = tokens.last()
    if (
        tokens.codes[-3:-1] == [MONTH, DASH]
        and previous is not None
        and tokens.codes[-4:-3] != [DAYYR]
        and previous.start - tokens.spans[-3][1] <= 1
    ):
        previous = None  # "Jan-14 Feb-9": a month and its value, but not "24 Oct - 8 Nov"
    if tokens.codes[-2:] == [MONTH, NUM] and previous is not None and not previous.ordinal:
        previous = None  # "Jan 6 Feb 9 Mar 11"
    if (
        previous is not None
        and not previous.ordinal
        and _TO_MONTH.match(tokens.text, end)
        and tokens.codes[-2:-1] != [DASH]
    ):
        previous = None  # "against 31 Jan-Mar": a value and its months
    if previous is not None and tokens.codes[-1] == NUM and _could_be_day(previous):
        # "18 December", "26 th June": the number before a month is its day.
        previous.context = "day_of_month"
        previous.a = int(previous.digits)
        previous.sign, previous.start = 0, previous.core
        tokens.codes[-1] = DAYYR
        _take_first_day(tokens, previous)
    if tokens.codes[-2:] == [NUM, DASH] and _touches(tokens, start):
        day = tokens.last(2)
        if day is not None and _could_be_day(day) and not day.sign:
            day.context, day.a = "day_of_month", int(day.digits)  # "28-Oct-19"
            tokens.codes[-2] = DAYYR
            tokens.drop_last()
    tokens.add(MONTH, start, end, word)


def _touches(tokens: Tokens, start: int) -> bool:
    """Whether the last two tokens and what begins here stand without blanks."""
    return tokens.spans[-1][1] == start and tokens.spans[-2][1] == tokens.spans[-1][0]


def _take_first_day(tokens: Tokens, last: Number) -> None:
    """ "1-3 Nov", "between 9 and 17 December": the number before is a day as well."""
    if len(tokens.codes) < 3:
        return
    join, first = tokens.codes[-2], tokens.last(3)
    before = tokens.codes[-4] if len(tokens.codes) > 3 else ""
    if (
        first is not None
        and tokens.codes[-3] == NUM
        and (join == DASH or (join in _DAY_JOINS and before in _DAY_LEADS))
        and _could_be_day(first)
        and int(first.digits) < last.a
    ):
        first.context, first.a, first.sign, first.start = (
            "day_of_month",
            int(first.digits),
            0,
            first.core,
        )
        tokens.codes[-3] = DAYYR


_DAY_JOINS: Final = frozenset((CODES["AND"], CODES["TO"]))
_DAY_LEADS: Final = frozenset((CODES["BETWEEN"], CODES["FROM"]))


def _could_be_day(number: Number) -> bool:
    return (
        not number.is_word
        and len(number.digits) <= 2
        and not number.currency
        and number.value is not None
        and 1 <= number.value <= 31
        and number.decimals == 0
    )


_BREAKS_AFTER: Final = frozenset(
    CODES[name]
    for name in (
        "WORD CTX YEAR DATE QUARTER DAYYR MONTH CLOSE BASE YTD YEARW QUARTERW SPAN TARGET OUTCOME "
        "LABEL COHORT SURVEY DURATION NUM PCT RANK"
    ).split()
)


# "(-9%) As13 - 355": after a bracket, a label in capitals and its value begin another entry.
_NEXT_ENTRY: Final = re.compile(
    r"\s+(?!Q[1-4]\b)[A-Z][A-Za-z]*\d{0,3}(?:\s[A-Za-z&/']+){0,2}(?:\s?[-\u2013]|:)\s{0,2}\d"
)


def _is_entry(tokens: Tokens) -> bool:
    """Whether the sentence so far is itself a label, a dash and a value ("Sec 27 - 50 ...")."""
    codes = tokens.codes
    if codes[-2:-1] not in ([NUM], [PCT]):
        return False  # "Baseline: 3 yr average (2012 to 2014) Police - 13,452"
    first = len(codes)
    while first and first > len(codes) - 40 and codes[first - 1] != STOP:
        first -= 1
    opening = codes[first : first + 5]
    return any(
        opening[at] in (DASH, COLON) and opening[at + 1] in (NUM, PCT)
        for at in range(1, len(opening) - 1)
    )


def _break_sentence(tokens: Tokens, text: str, word: str, start: int) -> None:
    """Put back a full stop that was lost where a cell's lines were run together."""
    if not text[0].isupper() or word not in words.STARTERS or not tokens.codes:
        return
    before = tokens.codes[-1]
    if before not in _BREAKS_AFTER:
        return
    last = tokens.text[tokens.spans[-1][0] : tokens.spans[-1][1]]
    if last[0].isupper() and not last.isupper():
        return  # "Victim Satisfaction Target": a heading in capitals
    is_number = before in (NUM, PCT)
    if is_number and (word in words.DIRECTION_NOUNS or word in ("target", "baseline")):
        return  # "5% Reduction", "90% Target"
    if text.isupper() and len(text) > 1:
        return
    tokens.add(STOP, start, start, ".")


# --- numbers ------------------------------------------------------------------------------------


def _lex_number(tokens: Tokens, text: str, start: int, end: int, joints: frozenset[int]) -> None:
    core = start
    if text[0] in words.CURRENCY_MARKS:
        core += 1
        while tokens.text[core].isspace():
            core += 1
    digits_end = end
    while not tokens.text[digits_end - 1].isdecimal():  # a percent sign, an ordinal's ending
        digits_end -= 1
    is_percent = text[-1] == "%"
    number = Number(
        core,
        end if is_percent and digits_end == end - 1 else digits_end,
        text[core - start : digits_end - start],
    )
    number.currency = core != start or (
        # "£(3,210)"
        tokens.text[start - 1 : start] == "("
        and tokens.text[max(0, start - 2) : start - 1] in tuple(words.CURRENCY_MARKS)
    )
    number.is_percent = is_percent
    number.ordinal = not is_percent and digits_end != end
    _set_value(number)
    code = PCT if is_percent else NUM
    if len(number.digits) == 4 and tokens.codes[-1:] == [QUARTER] and _is_run_together(number):
        number.context, number.a = "year_label", 2000 + int(number.digits[:2])
        number.b = number.a + 1
        tokens.add_number(YEAR, number, start, end)
        return
    if code == NUM and len(number.digits) == 2 and _is_apostrophed(tokens.text, start):
        number.context, number.a = "year_label", 2000 + int(number.digits)
        tokens.add_number(YEAR, number, start, end)
        return
    if code == NUM and len(number.digits) == 2 and _is_short_year(tokens, number, start):
        number.context, number.a = "beside_month", int(number.digits)
        tokens.add_number(DAYYR, number, start, end)
        return
    if not is_percent and _PERCENT_NEXT.match(tokens.text, end):
        number.is_percent = True  # "-4.4 per cent": the words decide on the sign as "%" does
        _take_sign(tokens, number, start, joints)
        number.is_percent = False
    else:
        _take_sign(tokens, number, start, joints)
    if (
        not is_percent
        and tokens.codes
        and tokens.codes[-1] == MONTH
        and _is_beside_month(tokens, number, start)
    ):
        number.context = "beside_month"
        number.a = int(number.digits)
        code = DAYYR
    tokens.add_number(code, number, start, end)


def _is_apostrophed(text: str, start: int) -> bool:
    """ "the summer of '19": an apostrophe that belongs to no word."""
    return (
        start > 0
        and text[start - 1] in "'\u2019\u2018"
        and not text[max(0, start - 2) : start - 1].isalnum()
    )


def _is_run_together(number: Number) -> bool:
    """ "Q2 0809": a year without its slash."""
    digits = number.digits
    return digits.isdecimal() and (int(digits[:2]) + 1) % 100 == int(digits[2:])


def _is_short_year(tokens: Tokens, number: Number, start: int) -> bool:
    """ "Oct-19", "Oct/19" as year and not as value, and the last two of "2013 - 14"."""
    codes, text = tokens.codes, tokens.text
    if not codes or codes[-1] not in (DASH, SLASH) or number.ordinal or number.currency:
        return False
    if codes[-2:-1] == [MONTH]:
        if [MONTH, DASH, NUM] in (codes[-5:-2], codes[-6:-3]):
            return False  # "Jan-14 Feb-9 Mar-21"
        if not _touches(tokens, start) or not 5 <= int(number.digits) <= 35:
            return False
        following = _NEXT_DASHED.match(text, number.end)
        return following is None or int(following[1]) in (
            int(number.digits),
            int(number.digits) + 1,
        )
    last = tokens.last(2)
    if codes[-2:-1] == [YEAR] and last is not None and last.context == "year":
        return (
            (last.a + 1) % 100 == int(number.digits)
            and text[tokens.spans[-1][0]] != "\u2212"
            and not _COUNTED_NEXT.match(text, number.end)
        )
    return False


_NEXT_DASHED: Final = re.compile(
    r"[,;]?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/](\d\d?)(?!\d)",
    re.IGNORECASE,
)
_PERCENT_NEXT: Final = re.compile(r"\s*(?:per\s?cent|percent|pct)\b", re.IGNORECASE)
_COUNTED_NEXT: Final = re.compile(
    r"\s*(?:%|per cent|(?:" + "|".join(sorted(words.COUNTED)) + r")\b)"
)


def _set_value(number: Number) -> None:
    digits = number.digits
    if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS:
        number.decimals = 0
        number.value = Decimal(digits)
        if digits[0] == "0" and len(digits) > 1:
            number.context = "leading_zero"  # telephone and reference numbers
        return
    plain, _, fraction = digits.partition(".")
    for separator in (",", "\u2009", "\u202f", "\u00a0"):
        if separator in plain:
            plain = plain.replace(separator, "")
    number.decimals = len(fraction)
    if len(plain) <= _MOST_DIGITS and len(fraction) <= _MOST_DIGITS:
        number.value = Decimal(f"{plain}.{fraction}" if fraction else plain)
    if len(plain) > 1 and plain[0] == "0" and not fraction:
        number.context = "leading_zero"


def _is_beside_month(tokens: Tokens, number: Number, start: int) -> bool:
    """Whether a number right after a month's name is its day or year ("June 18", "May '19")."""
    if number.decimals or "," in number.digits or number.currency or number.sign:
        return False
    gap = tokens.text[tokens.spans[-1][1] : start]
    if len(gap) > 2 or gap.strip(" '\u2019."):
        return False
    if _EQUALS_NEXT.match(tokens.text, number.end) and len(number.digits) == 2:
        return True  # "(Dec 15 = 9)": a month of a year and its value
    if _NEXT_MONTH.match(tokens.text, number.end):
        return False  # "Jan 6 Feb 9 Mar 11"
    if MONTH in tokens.codes[-4:-2] and tokens.codes[-3:-1].count(NUM) and not number.ordinal:
        return False  # "Jul 33 | Aug 41 | Sep 28"
    if "." in gap and _NOUN_NEXT.match(tokens.text, number.end):
        return False  # "to the end of Nov. 26 robberies"
    if len(number.digits) > 2:
        return False
    value = int(number.digits)
    if not 1 <= value <= 31:
        return False
    if number.ordinal:
        return True
    if (
        len(tokens.codes) > 3
        and tokens.codes[-2] in (COMMA, CODES["AND"], CODES["SEMI"], CODES["SLASH"])
        and tokens.codes[-3] == NUM
        and tokens.codes[-4] == MONTH
    ):
        return False  # a list of months and their values
    # "(April 12, May 18, June 11)" are values, "Apr 19 - June 19" are years: a noun that is
    # counted, or a comma and another month, tells the two apart.
    after = tokens.text[number.end : number.end + 24]
    if _AND_MONTH.match(after) and tokens.codes[-2:-1] not in _LEADS_RANGE:
        return False  # "November 18 and December 12", but not "between April 12 and June 12"
    return not _COUNTED.match(after)


_TO_MONTH: Final = re.compile(
    r"\s?[-\u2013/]\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)
_NEXT_MONTH: Final = re.compile(
    r"\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d\d?(?!\d|th|st|nd|rd)",
    re.IGNORECASE,
)
_POSSESSIVE: Final = frozenset(("'s", "\u2019s"))
_EQUALS_NEXT: Final = re.compile(r"\s*=\s*\d")
_LEADS_RANGE: Final = ([CODES["BETWEEN"]], [CODES["FROM"]])
_AND_MONTH: Final = re.compile(
    r"\s+and\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d", re.IGNORECASE
)
_NOUN_NEXT: Final = re.compile(r"\s+(?:[a-z]{4,}|[Pp]?[Ff]?YTD\b|LY\b)")
# What follows a number after a month when the number is a value of that month.
_LETTER: Final = re.compile(r"[^\W\d_]")
_COUNTED: Final = re.compile(
    r"\s*[,;&]\s*(?:and\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\s+(?:incidents|offences|crimes|calls|cases|referrals|people|reports|visits|fires)\b",
    re.IGNORECASE,
)


def _take_sign(tokens: Tokens, number: Number, start: int, joints: frozenset[int]) -> None:
    """Give the number the sign before it, if what stands before it is one."""
    codes = tokens.codes
    if not codes or codes[-1] not in (DASH, PLUS):
        return
    mark_start, mark_end = tokens.spans[-1][0], tokens.spans[-1][1]
    gap = tokens.text[mark_end:start]
    if gap.strip():
        return
    before = codes[-2] if len(codes) > 1 else ""
    gap_before = mark_start - tokens.spans[-2][1] if len(codes) > 1 else 1
    mark = tokens.text[mark_start]
    if codes[-3:-1] == [PLUS, SLASH]:
        return  # "+/- 5%"
    if codes[-1] == PLUS:
        sign = 0 if before in (NUM, PCT) and (gap or not gap_before) else 1
        if gap and gap_before and before in _COUNTED_BEFORE and NUM in codes[-5:-2]:
            sign = 0  # "70 dwelling + 48 other"
    else:
        is_lone = not before and len(tokens.text) < 40 and not _LETTER.search(tokens.text)
        sign = (
            -1
            if is_lone or is_minus(before, gap_before, len(gap), number, mark, tokens.words)
            else 0
        )
    if not sign:
        return
    number.sign = sign
    tokens.drop_last()
    crosses = any(at in joints for at in range(mark_end, start)) if gap and joints else False
    if not crosses and not number.currency:
        number.start = mark_start


_COUNTED_BEFORE: Final = frozenset((WORD, CODES["LABEL"], CODES["COHORT"]))
_SIGN_AFTER: Final = frozenset(
    CODES[name]
    for name in (
        "IS COLON OPEN COMMA SEMI STOP OF BY DOWN UP BETTER CHANGE ON FROM TO AND FILL COMPARE "
        "SLASH BULLET"
    ).split()
)
_RANGE_AFTER: Final = frozenset(CODES[name] for name in "NUM PCT YEAR DATE QUARTER DAYYR".split())


def is_minus(
    before: str, gap_before: int, gap_after: int, number: Number, mark: str, seen: list[str]
) -> bool:
    """Whether a dash before a number is its sign, and not a separator.

    Parameters
    ----------
    before
        Code of the token before the dash, empty at the start of the cell.
    gap_before, gap_after
        Blanks on either side of the dash.
    number
        The number after it, whose percent sign matters.
    mark
        The dash itself: U+2212 is always a minus, an em dash never.
    seen
        The words of the cell so far.

    Returns
    -------
    bool
        True for "-16.3%", "=-85", "= - 39%", "(-9%)", "on baseline -4%"; False for
        "Police - 13,452", "HCCs- 33", "10-15%", "2013/14-62%", "Q2 - 4.8%".
    """
    if mark == "\u2212":
        return not (before in _RANGE_AFTER and gap_before == 0)
    if mark in "\u2014\u2015":
        return False
    if gap_after:
        if before in (IS, OPEN):
            return True
        if before in (COMMA, SLASH) and number.is_percent:
            return True  # "calls, - 2.0%"
        # "- 39%" as the whole of what is said of a change: "Variance: - 5".
        return (
            before in (COLON, "")
            and number.is_percent
            and not any(
                word and word not in "-:%" and VOCABULARY.get(word) != CODES["CHANGE"]
                for word in seen[-6:]
            )
        )
    if before == "" or before in _SIGN_AFTER:
        return True
    if gap_before == 0:
        return False
    if before in (NUM, PCT):
        return number.is_percent or before == PCT
    return number.is_percent


def _lex_year(tokens: Tokens, text: str, start: int, joints: frozenset[int]) -> None:
    blank = text.find(" ")
    if blank >= 0 and start + blank in joints:  # "2013" at a line's end, "/14" on the next
        _lex_year(tokens, text[:blank], start, joints)
        slash = start + blank + 1
        tokens.add(SLASH, slash, slash + 1, "/")
        _add_context(tokens, CTX, slash + 1, start + len(text), "year_part")
        return
    end = start + len(text)
    number = Number(start, end, text, "year_label")
    number.a = int(text[:4])
    second = text[4:].strip(" /-\u2013\u2014")
    if second:
        last = int(second)
        # "2013 /4" is 2013/14, "2011-2014" a span, "2015/15" what it says.
        modulus = 10 if len(second) == 1 else 100 if len(second) == 2 else 10_000
        if (number.a + 1) % modulus == last % modulus:
            number.b = number.a + 1
        else:
            number.b = number.a - number.a % modulus + last
    else:
        number.context = "year"
        number.decimals = 0
        number.value = Decimal(text)
    tokens.add_number(YEAR, number, start, end)


def _lex_quarter(tokens: Tokens, text: str, start: int, end: int, joints: frozenset[int]) -> None:
    if text[-1].isdecimal() and not text[-2].isdecimal() and "/" not in text:  # nearly always
        number = Number(end - 1, end, text[-1], "quarter_label")
        number.a = int(text[-1])
        tokens.add_number(QUARTER, number, start, end)
        return
    match = _DIGITS.search(text)
    if match is None:  # pragma: no cover - the expression asks for a digit
        return
    number = Number(start + match.start(), start + match.end(), match.group(), "quarter_label")
    parts = match.group().replace("-", "/").split("/")
    number.a = int(parts[0])
    number.b = int(parts[1]) if len(parts) > 1 else 0
    tokens.add_number(QUARTER, number, start, end)


def _lex_stop(tokens: Tokens, start: int, end: int) -> None:
    text = tokens.text
    after = text[end : end + 1]
    if after and not after.isspace() and after not in ")]\u201d\"'":
        if not (after.isupper() and text[start - 1 : start].isdecimal()):
            return  # a dot inside something, but not "88.Year"
    mark = text[start]
    if mark == "." and end - start == 1 and tokens.codes:
        word = tokens.words[-1]
        if word in ("e", "g") and text[start - 3 : start - 1].lower() in ("i.", "e."):
            return  # "i.e.", "e.g."
        if word in ("c", "ca") and _DIGIT.match(text, end + (text[end : end + 1] == " ")):
            tokens.words[-1], tokens.codes[-1] = "circa", FILL  # "c. 3,450"
            return
        if word in words.ABBREVIATIONS and end < len(text) - 1:
            following = text[end : end + 3].strip()[:1]
            is_sentence = word in words.MONTHS and _COUNT_NEXT.match(text, end)
            if (not following.isupper() or word in words.MONTHS) and not is_sentence:
                return
        if text[end : end + 2].strip()[:1].islower():
            return
    tokens.add(STOP, start, end, ".")


_COUNT_NEXT: Final = re.compile(r"\s+\d+\s+[a-z]{4,}")


def _add_context(tokens: Tokens, code: str, start: int, end: int, rule: str) -> Number:
    number = Number(start, end, tokens.text[start:end], rule)
    tokens.add_number(code, number, start, end)
    return number


def _lex_rare(
    tokens: Tokens, match: re.Match[str], joints: frozenset[int], first_year: int
) -> None:
    """Dates, clock times, section numbers, short years and codes."""
    text, start, end = match.group(), match.start(), match.end()
    kind = match.lastgroup
    if kind == "fixed":  # "24/7", "COVID-19": from its first digit to its last
        digits = _FIRST_TO_LAST.search(text)
        if digits is not None:
            first, last = start + digits.start(), start + digits.end()
            number = Number(first, last, digits.group(), "set_expression")
            tokens.add_number(CTX, number, start, end)
            tokens.words[-1] = text.lower()
    elif kind == "date":
        number = _add_context(tokens, DATE, start, end, "date")
        number.a, number.b = _date_parts(text)
    elif kind == "clock":
        number = _add_context(tokens, CTX, start, end, "clock_time")
        parts = [int(part) for part in text.split(":")]
        number.a, number.b = parts[0], parts[1]
    elif kind == "dotted":
        _add_context(tokens, CTX, start, end, "section_number")
    elif kind == "short":
        _lex_short_year(tokens, text, start, first_year, joints)
    else:
        _lex_code(tokens, text, start, joints, first_year)


_FIRST_TO_LAST: Final = re.compile(r"\d.*\d|\d")


def _date_parts(text: str) -> tuple[int, int]:
    """Day and year*100+month of a numeric date; zeros where it is none."""
    numbers = [int(part) for part in re.split("[ ./-]", text)]
    if len(numbers) == 2:
        month, year = numbers
        return 0, year * 100 + month if 1 <= month <= 12 else 0
    if numbers[0] > 31:
        year, month, day = numbers
    else:
        day, month, year = numbers
    year += 2000 if year < 100 else 0
    return (day, year * 100 + month) if 1 <= month <= 12 and 1 <= day <= 31 else (0, 0)


_YEAR_CUES: Final = frozenset(
    CODES[name]
    for name in "QUARTER IN FYE YTD FIN YEARW QUARTERW AVERAGE COMPARE SPAN MONTH".split()
)


def _lex_short_year(
    tokens: Tokens, text: str, start: int, first_year: int, joints: frozenset[int]
) -> None:
    """Tell "12/13" the year from "12/13" the ratio, and "10-15" the range."""
    first, second = int(text[:2]), int(text[3:])
    year = 2000 + first
    before = tokens.codes[-1] if tokens.codes else ""
    is_near = first_year - 12 <= year <= first_year + 6
    is_year = (first + 1) % 100 == second and is_near
    is_span = tokens.codes[-2:] == [YEAR, DASH]  # "2012/13-14/15"
    if text[2] != "/":
        is_year = is_year and before in _YEAR_CUES
        if first < second and _AVERAGED.match(tokens.text, start + 5):
            number = _add_context(tokens, YEAR, start, start + 5, "year_label")
            number.a, number.b = year, 2000 + second
            return
    elif (first > second and first <= 31 and 1 <= second <= 12 and not is_year) or (
        _follows_day(tokens) and 1 <= first <= 31 and 1 <= second <= 12
    ):
        number = _add_context(tokens, DATE, start, start + 5, "day_and_month")
        number.a, number.b = first, (first_year + (second < 4)) * 100 + second
        return
    elif is_year and not is_span and _is_ratio(tokens.text, start, first, second):
        is_year = False
    if is_year:
        number = _add_context(tokens, YEAR, start, start + 5, "year_label")
        number.a, number.b = year, year + 1
        return
    _lex_number(tokens, text[:2], start, start + 2, joints)
    tokens.add(SLASH if text[2] == "/" else DASH, start + 2, start + 3, text[2])
    _lex_number(tokens, text[3:], start + 3, start + 5, joints)


def _follows_day(tokens: Tokens) -> bool:
    """ "26/10 - 10/11": a day after another day without a year."""
    last = tokens.last(2)
    return (
        last is not None
        and last.context == "day_and_month"
        and tokens.codes[-1] in (DASH, CODES["TO"])
    )


_NEAR_PERCENT: Final = re.compile(r"\s*\)?\s*[(=,]?\s*(\d{1,3}(?:\.\d+)?)\s?%")
_PERCENT_BEFORE: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?%\s*\(?\s*$")


def _is_ratio(text: str, start: int, first: int, second: int) -> bool:
    """Whether a percentage beside "12/13" is just what twelve of thirteen come to."""
    found = _NEAR_PERCENT.match(text, start + 5) or _PERCENT_BEFORE.search(
        text, max(0, start - 12), start
    )
    return bool(found and second and abs(float(found.group(1)) - 100 * first / second) < 1)


def _lex_code(
    tokens: Tokens, text: str, start: int, joints: frozenset[int], first_year: int
) -> None:
    """Letters and digits in one: a code ("As13", "S136"), a multiple ("x3"), or a lost blank."""
    if text.lower() in ("r12", "r12m", "h1", "h2"):  # twelve rolling months, half a year
        printed = text[1:].rstrip("mM")
        number = Number(start + 1, start + 1 + len(printed), printed, "code")
        number.a = int(printed)
        tokens.add_number(ROLL if text[0] in "rR" else HALF, number, start, start + len(text))
        tokens.words[-1] = text.lower()
        return
    match = _DIGIT.search(text)
    assert match is not None
    head, digits = text[: match.start()].lower(), match.start() + start
    code = VOCABULARY.get(head, "")
    is_lost_blank = head in words.LOST_BLANKS and text[0].islower()
    if head in ("x", "v", "vs", "n") or is_lost_blank:
        # "x3 adult", "v41", "of120 offences": the rest is lexed as if a blank stood between.
        tokens.add(TIMES if head == "x" else code or WORD, start, digits, head)
        for inner in MASTER.finditer(tokens.text, digits, start + len(text)):
            if inner.lastindex == _NUM:
                _lex_number(tokens, inner.group(), inner.start(), inner.end(), joints)
            elif inner.lastindex == _WORD:
                _lex_word(tokens, inner.group(), inner.start(), inner.end())
            elif inner.lastindex == _YEAR:
                _lex_year(tokens, inner.group(), inner.start(), joints)
            else:
                for run in _DIGITS.finditer(tokens.text, inner.start(), inner.end()):
                    _add_context(tokens, CTX, run.start(), run.end(), "code")
        return
    for run in re.finditer(r"\d+", text):
        number = Number(start + run.start(), start + run.end(), run.group(), "code")
        tokens.add_number(CTX, number, start, start + len(text))
        tokens.words[-1] = text.lower()
