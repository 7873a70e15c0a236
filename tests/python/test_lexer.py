"""Tokens: what is a sign, what is a year, what is one number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.figures.lexer import lex
from ingest.vocabulary import quantities
from ingest.vocabulary.quantities import CODES, GROUPS, PHRASES, WORDS


def numbers(text: str, joints: frozenset[int] = frozenset()) -> list[tuple[str, int]]:
    """What is printed of each number, and its sign."""
    tokens = lex(text, joints, 2012)
    return [(text[number.start : number.end], number.sign) for number in tokens.numbers]


SIGNS = (
    # a dash that separates
    ("Police - 13,452", [("13,452", 0)]),
    ("HCCs- 33 convictions", [("33", 0)]),
    ("Q2 - 4.8%", [("2", 0), ("4.8%", 0)]),
    ("10-15%", [("10", 0), ("15%", 0)]),
    ("2013/14 - 62%", [("2013/14", 0), ("62%", 0)]),
    ("2013/14-62%", [("2013/14", 0), ("62%", 0)]),
    ("June 18 / June 19 - 47.0%", [("18", 0), ("19", 0), ("47.0%", 0)]),
    ("within +/- 5%", [("5%", 0)]),
    # a dash that is a minus
    ("a -16.3% reduction", [("-16.3%", -1)]),
    ("= - 39%", [("- 39%", -1)]),
    ("convictions=-85", [("-85", -1)]),
    ("= -3 (-7.5%)", [("-3", -1), ("-7.5%", -1)]),
    ("\u22123.1% on last year", [("\u22123.1%", -1)]),
    ("calls, - 2.0%", [("- 2.0%", -1)]),
    ("burglary \u20139%", [("\u20139%", -1)]),
    # plus
    ("= + 15", [("+ 15", 1)]),
    ("(+6 offences)", [("+6", 1)]),
    ("5 + 7 callers", [("5", 0), ("7", 0)]),
)


@pytest.mark.parametrize("text,expected", SIGNS)
def test_signs_and_separators(text: str, expected: list[tuple[str, int]]) -> None:
    assert numbers(text) == expected


def test_a_minus_at_the_end_of_a_line_is_meant_but_not_printed() -> None:
    text = "697 last year (- 68.8%)"
    assert numbers(text, frozenset((text.index(" 68"),))) == [("697", 0), ("68.8%", -1)]


WHOLE = (
    ("2012-13", ["2012-13"]),
    ("2013 /4= 315", ["2013 /4", "315"]),
    ("1.4.2014- 30.9/14", ["1.4.2014", "30.9/14"]),
    ("28/10/19", ["28/10/19"]),
    ("Q1/2019", ["1/2019"]),
    ("Q1 2018/19", ["1", "2018/19"]),
    ("62/124", ["62", "124"]),
    ("11/12 (92%)", ["11", "12", "92%"]),
    ("1,234 and 1\u2009312", ["1,234", "1\u2009312"]),
    ("97crimes", ["97"]),
    ("Placed:11Commencements Engaged: 9", ["11", "9"]),
    ("9th out of 15", ["9", "15"]),
    ("26 th June 2012", ["26", "2012"]),
    ("36.7 % reduction", ["36.7"]),
    ("As13 - 355", ["13", "355"]),
    ("Indicator 2.15", ["2.15"]),
    ("24/7", ["24/7"]),
)


@pytest.mark.parametrize("text,expected", WHOLE)
def test_what_is_one_number(text: str, expected: list[str]) -> None:
    assert [printed for printed, _ in numbers(text)] == expected


def test_a_label_of_a_year_is_two_numbers_across_a_line_end() -> None:
    text = "2013 /14 data"
    assert [printed for printed, _ in numbers(text, frozenset((4,)))] == ["2013", "14"]


VALUES = (
    ("1,895", "1895", 0),
    ("63.30%", "63.30", 2),
    ("twenty-five", "25", 0),
    ("none", "0", 0),
    ("97 per cent", "97", 0),
)


@pytest.mark.parametrize("text,value,decimals", VALUES)
def test_values_keep_their_precision(text: str, value: str, decimals: int) -> None:
    (number,) = lex(text).numbers
    assert number.value == Decimal(value)
    assert number.decimals == decimals


def test_a_number_too_long_for_the_type_has_no_value() -> None:
    (number,) = lex("1" * 5000).numbers
    assert number.value is None


def test_a_lost_full_stop_is_put_back() -> None:
    tokens = lex("303 offences in Q2 This gives a total of 563")
    assert CODES["STOP"] in tokens.codes


def test_a_heading_in_capitals_is_no_end_of_a_sentence() -> None:
    assert CODES["STOP"] not in lex("Victim Satisfaction Target 90%").codes


# --- the vocabulary itself ----------------------------------------------------------------------


def test_no_word_is_in_two_classes() -> None:
    seen: dict[str, str] = {}
    for name, line in WORDS.items():
        for word in line.split():
            assert seen.setdefault(word, name) == name, word


def test_every_class_has_a_code_of_its_own() -> None:
    assert len(set(CODES.values())) == len(CODES)
    assert all(len(code) == 1 for code in CODES.values())
    assert set(WORDS) <= set(CODES)
    assert set(PHRASES) <= set(CODES)


def test_groups_are_of_classes() -> None:
    for members in GROUPS.values():
        assert set(members) <= set(CODES)


def test_phrases_are_lower_case_and_of_several_words() -> None:
    for phrases in PHRASES.values():
        for phrase in phrases:
            assert phrase == phrase.lower()
            assert len(phrase.split()) > 1, phrase


def test_starters_are_single_words() -> None:
    assert all(" " not in word for word in quantities.STARTERS)
