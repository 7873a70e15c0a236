"""Rules for other bodies' and other periods' values, and for the plain value."""

from __future__ import annotations

from typing import Final

from ingest.figures import checks
from ingest.figures.rule import COMPARATOR, STATUS, Rule
from ingest.vocabulary import quantities as words

LEVELS: Final = (
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
        check=lambda spot: checks.names_other_body(spot),
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
        check=checks.is_no_run_on,
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
        check=checks.was_before,
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
