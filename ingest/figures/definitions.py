"""Rules for numbers that measure nothing: labels, limits, ages, dates, lengths of time."""

from __future__ import annotations

from typing import Final

from ingest.figures import checks
from ingest.figures.rule import MEASURE, Rule
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES

DEFINITIONS: Final = (
    Rule(
        "telephone_number",
        "context",
        check=checks.is_telephone,
        needs="t",
        examples=(("91.3% of 999 calls answered", "999"),),
    ),
    Rule(
        "telephone_number",
        "context",
        left="CTX",
        only="count",
        check=lambda spot: checks.continues_telephone(spot),
        examples=(("Crimestoppers on 0800 555 111", "111"),),
    ),
    Rule("footnote", "context", check=checks.is_footnote, needs="[", examples=(("113 [2]", "2"),)),
    Rule(
        "clock_time",
        "context",
        right="WORD",
        only="count",
        check=checks.is_clock,
        examples=(("212 crimes between 9pm and 5am", "9"),),
    ),
    Rule(
        "clock_time",
        "context",
        right="(DASH | TO | AND) NUM WORD",
        only="count",
        check=lambda spot: bool(checks.HALF_DAYS & set(spot.words_after(3)[2:])),
        examples=(("18 offences at 2-4pm", "2"),),
    ),
    Rule(
        "clock_time",
        "context",
        only="count",
        check=lambda spot: checks.is_dotted_time(spot),
        examples=(("18 offences between 22.00 and 06.30hrs", "22.00"),),
    ),
    Rule(
        "clock_time",
        "context",
        left="CTX (DASH | TO | AND)",
        needs="h",
        only="count",
        check=lambda spot: checks.follows_time(spot),
        examples=(("18 offences 0900-1700", "1700"),),
    ),
    Rule(
        "label_number",
        "context",
        left="CTX OPEN",
        right="CLOSE",
        only="count",
        check=lambda spot: checks.is_subsection(spot),
        examples=(("12 notices under section 17(1)", "1"),),
    ),
    Rule(
        "label_number",
        "context",
        left="CTX",
        only="count",
        check=lambda spot: checks.POSTCODE.match(spot.items.text, spot.number.end) is not None,
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
        check=lambda spot: checks.ADDRESS.match(spot.items.text, spot.number.end) is not None,
        examples=(("9 offences at 14 Acacia Avenue", "14"),),
    ),
    Rule(
        "day_and_month",
        "context",
        left="(WORD | LABEL | FILL | NEND)",
        right="SLASH NUM",
        only="count",
        check=lambda spot: any(word in checks.WEEK_OF for word in spot.words_before(1)),
        examples=(("7 offences, w/c 12/5", "12"),),
    ),
    Rule(
        "day_and_month",
        "context",
        left="CTX SLASH",
        only="count",
        check=lambda spot: checks.follows(spot, "day_and_month"),
        examples=(("7 offences, w/c 12/5", "5"),),
    ),
    Rule(
        "age",
        "context",
        needs="S",
        only="count",
        check=lambda spot: checks.is_decade(spot),
        examples=(("9 victims in their 40s", "40"),),
    ),
    Rule(
        "clock_time",
        "context",
        check=checks.is_hours,
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
    Rule("tolerance", "context", check=checks.is_tolerance, needs="\u00b1"),
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
        check=checks.is_list_number,
        needs=".",
        examples=(("1. Noise - 201 2. Litter - 54", "2"),),
    ),
    Rule("reference_number", "context", kinds=MEASURE, check=checks.is_lone_reference, examples=()),
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
            checks.is_listed_label(spot)
            and not (spot.number.decimals and spot.words_before(1)[0] in words.RANKED_LABELS)
        ),
        examples=(("120 section 27 notices issued", "27"), ("Indicator 2.15 is new", "2.15")),
    ),
    Rule(
        "label_number",
        "context",
        left="LABEL CTX DASH",
        only="count",
        check=lambda spot: checks.touches_dash(spot),
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
            (spot.cell.kind != "target" or spot.previous is not None)
            and not checks.is_aimed_at(spot)
        ),
        examples=(("369 repeat callers (3 or more calls)", "3"),),
    ),
    Rule(
        "or_more",
        "context",
        check=checks.is_followed_by_plus,
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
        check=checks.is_person_age,
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
        check=lambda spot: bool(checks.OF_AGES & set(spot.words_after(4)[2:])),
        examples=(("1.2 per 1,000 of the 10-17 population", "10"),),
    ),
    Rule(
        "age",
        "context",
        left="CTX (DASH | TO)",
        right="WORD",
        only="count",
        check=lambda spot: bool(checks.OF_AGES & set(spot.words_after(1))),
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
            and checks.PLURAL_QUARTERS.search(
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
        check=lambda spot: not checks.is_mean_speed(spot),
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
            and not checks.TARGETS & set(spot.words_before(5))
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
        check=checks.is_age_limit,
        examples=(("70% were alone and 33% were under 25, mostly men", "25"),),
    ),
    Rule(
        "age",
        "context",
        left="(BEFORE | IS | AGED | PCT) (LESS | MORE)",
        only="count",
        check=lambda spot: not spot.right and checks.is_age_limit(spot),
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
        check=checks.is_plural_label,
        needs="'",
        only="count",
        examples=(("Section 35 and 27's are gone", "27"),),
    ),
    Rule(
        "age",
        "context",
        left="(WORD | THESE | SAMPLE) (LESS | MORE)",
        only="count",
        check=lambda spot: spot.words_before(2)[0] in words.PEOPLE and checks.is_age_limit(spot),
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
            checks.follows(spot, "age") and checks.touches_dash(spot) and not spot.number.decimals
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
        check=lambda spot: checks.is_under_age(spot),
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
            and not checks.is_total_of_year(spot)
            and not spot.is_in_minutes()
            and not words.POINT_WORDS & set(spot.words_after(1))
            and not (spot.number.decimals and spot.words_after(1) == ["year"])
            and not checks.counts_males(spot)
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
            and (not checks.TARGET_NEXT.match(spot.right) or checks.limits_share(spot))
            and not (spot.number.decimals and not spot.cell.has_percent)
            and not checks.is_time_taken(spot)
            and not checks.TARGET_BESIDE.match(spot.right)
        ),
        examples=(("92% answered within 10 seconds", "10"), ("seen in 2 working days: 91%", "2")),
    ),
    Rule(
        "time_limit",
        "context",
        right="DASH DURATION",
        only="count",
        check=lambda spot: checks.is_attribute(spot),
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
        check=checks.is_score,
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
