"""Rules for changes and projections."""

from __future__ import annotations

from typing import Final

from ingest.figures import checks
from ingest.figures.rule import GAP, NOTES, VARIANCE, Rule
from ingest.vocabulary import quantities as words

CHANGES: Final = (
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
        check=checks.brackets_change,
        needs="bp",
        examples=(("a reduction of -77 (34.8%)", "34.8%"), ("down 18 (-7.8%)", "-7.8%")),
    ),
    Rule(
        "change_after_prior",
        "change",
        left="NUM (PERIOD | WORD | IN | FILL){0,4} OPEN FILL*",
        right="(WORD | FILL | PERCENT | DIR | ADJ){0,2} CLOSE",
        only="percent",
        check=checks.sizes_change,
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
            not (spot.left_value_is("target") and checks.CHANGE_NEXT.match(spot.right) is not None)
        ),
        examples=(("31% under target (213)", "213"),),
    ),
    Rule(
        "peer_in_brackets",
        "comparative",
        left="PEER (FILL | AVERAGE | WORD){0,3} OPEN",
        comparator="peer_group",
        check=checks.is_value_of_comparison,
        examples=(("3 points under the regional figure (56%)", "56%"),),
    ),
    Rule(
        "compared_in_brackets",
        "comparative",
        left="(PERIOD | AVERAGE) OPEN",
        check=checks.is_value_of_comparison,
        examples=(("7.1% rise from previous qtr (939)", "939"),),
    ),
    Rule(
        "change_or_change",
        "change",
        left="COMMA",
        right="CLOSE",
        check=lambda spot: spot.bracket >= 0 and checks.complements_change(spot),
        examples=(("TARGET MET (36 below, 4.7%)", "4.7%"),),
    ),
    Rule(
        "change_or_change",
        "change",
        left="(AND | SLASH)",
        check=checks.is_or,
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
            f"PROJECT ({GAP} | BEFORE | IS){{0,4}} (DIR (WORD | FILL | PERIOD){{0,3}})? (TO | "
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
        check=lambda spot: checks.is_arrow_after(spot) and not spot.number.sign,
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
        check=checks.is_from_prior,
        examples=(("fell from 14.2% to 12.9%", "14.2%"),),
    ),
    Rule(
        "number_in_notes",
        "context",
        kinds=NOTES,
        check=lambda spot: not checks.is_counted(spot),
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
        left=f"PROJECT {GAP}{{0,6}} DIR (OF | BY | FILL | IS | COLON | DASH | MORE | LESS)*",
        examples=(("This is a projected increase of 38.5%", "38.5%"),),
    ),
    Rule(
        "projected_change",
        "projection",
        left=f"PROJECT {GAP}{{0,6}} (DIR | CHANGE) (IS | COLON | DASH | OF | BY | FILL)*",
        examples=(("Projected year end reduction = -21.7%", "-21.7%"),),
    ),
    Rule(
        "projected_change",
        "projection",
        left=f"PROJECT ({GAP} | IS){{0,6}}",
        right="(WORD | FILL){0,2} (DIR | ADJ)",
        check=checks.is_direction_after,
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
            spot.is_not_trend_arrow() and checks.is_done(spot) and not checks.is_after_verb(spot)
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
        check=lambda spot: checks.is_named_change(spot),
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
        check=checks.is_second_change,
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
        check=lambda spot: (
            spot.left_value_is("target") and checks.is_goal(spot) and not spot.number.sign
        ),
        examples=(("The target is a 5% reduction, i.e. no more than 460", "460"),),
    ),
    Rule(
        "change_by_word",
        "change",
        check=lambda spot: not checks.is_value_of_other(spot),
        left=f"DIR ({GAP}){{1,8}} (OF | BY | IS | COLON) FILL*",
        examples=(("a reduction in the number of victims of 12", "12"),),
    ),
    Rule(
        "change_by_word",
        "change",
        left=f"DIR ({GAP} | PERIOD | MORE | LAST | YEARW | CTX){{1,9}} IS FILL*",
        only="percent",
        examples=(("The reduction over the last three years is 24%", "24%"),),
    ),
    Rule(
        "change_by_word",
        "change",
        left=f"DIR ({GAP} | IS){{0,6}} OPEN FILL*",
        check=checks.is_signed_or_percent,
        examples=(("a fall in burglary (2.3%)", "2.3%"),),
    ),
    Rule(
        "change_before_word",
        "change",
        right="(WORD | FILL | NOUN | PERCENT | YEARW | QUARTERW){0,3} DIR",
        check=lambda spot: checks.is_direction_after(spot) and not checks.is_value_of_other(spot),
        examples=(("a 16% reduction", "16%"), ("a -16.3% reduction on the baseline", "-16.3%")),
    ),
    Rule(
        "change_before_word",
        "change",
        right=(
            "CLOSE? WORD{0,2} (OPEN FILL* VALUE (WORD | FILL){0,3} CLOSE | SLASH FILL* VALUE) "
            "(WORD | FILL){0,1} (DIR | ADJ)"
        ),
        check=checks.is_direction_after,
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
        check=lambda spot: spot.left_value_is("projection") and checks.is_limit_after(spot),
        examples=(("would be 2.6% below 2011/12 and 90 offences above the target", "90"),),
    ),
    Rule(
        "change_before_comparison",
        "change",
        right="(WORD | FILL | NOUN | PERCENT | OF THESE){0,3} ADJ",
        check=checks.is_limit_after,
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
        left=f"PROJECT ({GAP} | IS | COLON | DASH | FYE | OPEN | TOP){{0,9}}",
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
        check=checks.is_shared_direction,
        examples=(("6% reduction on last year and 7.3% on the baseline", "7.3%"),),
    ),
    Rule(
        "change_shared",
        "change",
        left="AND BY FILL*",
        check=checks.is_shared_direction,
        examples=(("up by 7 on last quarter and by 3 on last year", "3"),),
    ),
    Rule(
        "change_shared",
        "change",
        left="(AND | COMMA) FILL*",
        right="(WORD | FILL){0,3} COMPARE FILL* (BASE | PERIOD | TARGET)",
        check=checks.is_shared_direction,
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
        check=lambda spot: checks.is_none_among_changes(spot),
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
)
