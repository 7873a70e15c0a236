"""Rules for targets, baselines and the goals of a measure."""

from __future__ import annotations

from typing import Final

from ingest.figures import checks
from ingest.figures.rule import BASELINE, MEASURE, TARGET, Rule
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES

TARGETS: Final = (
    # --- targets
    Rule(
        "target_value",
        "target",
        left="TARGET (FILL | OF | IS | COLON | DASH)* (LESS | MORE) (FILL | COMPARE)*",
        check=checks.is_open_target,
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
        check=checks.is_open_target,
        examples=(("below the target of 90%", "90%"), ("1,204 (target 1,150)", "1,150")),
    ),
    Rule(
        "target_value",
        "target",
        left=(
            "TARGET (GAP | BETWEEN | PERIOD | IS | COLON | DASH | BEFORE | YEARW | QUARTERW | "
            "FROM | DIR){1,9}"
        ),
        check=checks.is_open_target,
        examples=(("The target for the end of 2011/12 is 13,282 crimes", "13,282"),),
    ),
    Rule(
        "target_value",
        "target",
        left="TARGET (GAP | IS | COLON){1,4} (LESS | MORE | AIM) (FILL | COMPARE)*",
        check=checks.is_open_target,
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
        check=lambda spot: not spot.number.sign and bool(checks.AIMS & set(spot.words_before(9))),
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
            and not checks.CHANGE_NEXT.match(spot.right)
        ),
        examples=(("target between 82% and 85%", "85%"),),
    ),
    Rule(
        "target_value",
        "target",
        right="DASH? (DURATION | CLOSE | OPEN | FILL | DIR)* TARGET",
        check=checks.is_before_own_target,
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
            not spot.number.sign
            and checks.is_open_baseline(spot)
            and not checks.brackets_change(spot)
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
    Rule("goal_of_measure", "target", kinds=MEASURE, check=checks.is_goal),
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
        check=lambda spot: spot.previous is None and checks.is_told(spot),
    ),
    Rule("number_in_measure", "context", kinds=MEASURE),
    Rule(
        "level_before_change",
        "comparative",
        left="OPEN FILL*",
        right="(WORD | FILL)* DIR? TO FILL* VALUE (WORD | FILL)* CLOSE",
        check=lambda spot: (
            not spot.number.sign
            and (spot.previous_change() is not None or checks.has_direction_before(spot))
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
)
