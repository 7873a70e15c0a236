{# What the models of the audit share beside the interval engine. #}

{#
    The whole part of a quotient of two positive numbers, as a place to begin a search: it goes
    through a double and may be off by one, so nothing may be decided by it. Null for one that is
    too large to be checked.
#}
{% macro whole_quotient(dividend, divisor) -%}
    {%- set quotient -%}
        cast({{ dividend }} as double) / nullif(cast({{ divisor }} as double), 0)
    {%- endset -%}
    case
        when abs({{ quotient }}) < {{ largest_checked() }}
            then cast(floor({{ quotient }}) as bigint)
    end
{%- endmacro %}


{# The reading that a base printed in the reports stands for. #}
{% macro reading_of_base(base_kind, comparator) -%}
    case
        when {{ base_kind }} = 'baseline' then 'whole_baseline'
        when {{ base_kind }} = 'target' then 'target'
        when
            {{ comparator }} in (
                'same_period_last_year', 'previous_quarter', 'previous_year',
                'previous_rolling_window'
            )
            then {{ comparator }}
        else 'as_printed'
    end
{%- endmacro %}


{# A number as people write it: thousands with commas, the decimals it is printed with. #}
{% macro number_text(value, decimals) -%}
    case {{ decimals }}
        when 0
            then format('{:,.0f}', cast(round(cast({{ value }} as decimal(38, 5)), 0) as double))
        when 1 then format('{:,.1f}', cast({{ value }} as double))
        when 2 then format('{:,.2f}', cast({{ value }} as double))
        when 3 then format('{:,.3f}', cast({{ value }} as double))
        else format('{:,.4f}', cast({{ value }} as double))
    end
{%- endmacro %}


{# A number as people write it, with no more decimals than it has, and at most so many. #}
{% macro plain_number(value, most_decimals=2) -%}
    {%- if most_decimals == 0 -%}
        format('{:,.0f}', cast(round({{ value }}) as double) + 0)
    {%- else -%}
        regexp_replace(
            format('{:,.{{ most_decimals }}f}', cast({{ value }} as double)), '[.]?0+$', ''
        )
    {%- endif -%}
{%- endmacro %}


{# The value of a column in the first row of a group, in the order given. #}
{% macro first_of(column, order_by) -%}
    arg_min({{ column }}, {{ order_by }})
{%- endmacro %}


{# Whether something is true of any row of a group; false for none. #}
{% macro is_any(condition) -%}
    coalesce(bool_or({{ condition }}), false)
{%- endmacro %}


{#
    Where a figure stands in its report, as one number that sorts as people read: the line, then the
    place in it, for lines of up to ten million characters.
#}
{% macro reading_place(relation) -%}
    (cast({{ relation }}.source_line as bigint) * 10000000 + {{ relation }}.char_start)
{%- endmacro %}


{# The reading place, but for prose after everything that has a column of its own. #}
{% macro columns_before_prose(prefix="") -%}
    case when {{ prefix }}is_in_prose then 1000000000000000000 else 0 end
    + {{ prefix }}reading_place
{%- endmacro %}


{# Whether a comparison is with the same stretch of an earlier year, however the words put it. #}
{% macro is_with_last_year(comparator) -%}
    coalesce(
        {{ comparator }} in (
            'same_period_last_year', 'previous_year', 'previous_rolling_window'
        ),
        false
    )
{%- endmacro %}


{# Whether a number is given as a near one only: "around 500", "just over 20%". #}
{% macro is_approximate(statement, printed) -%}
    (
        {%- for words in [
            "approximately", "approx", "approx.", "around", "about", "circa", "c.", "nearly",
            "almost", "roughly", "over", "more than", "at least", "up to", "under", "less than",
            "in excess of", "fewer than",
        ] %}
        strpos(' ' || lower({{ statement }}), ' {{ words }} ' || {{ printed }}) > 0
        {{ "or" if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{#
    Whether words count people, who may come back in a later quarter: their quarters need not sum
    to the year. Asked only where no curated indicator says so.
#}
{% macro counts_people(words) -%}
    coalesce(
        {{ matches(
            words,
            '\\b(individual|people|person|client|victim|offender|caller|perpetrator|nominal'
            ~ '|user|wom[ae]n|m[ae]n|female|male|famil(y|ie)|household|child(ren)?|resident'
            ~ '|couple|participant|caseload|in treatment|location|address(e)?|premise)s?\\b',
        ) }},
        false
    )
{%- endmacro %}


{# The digits of a text, without leading zeros. #}
{% macro digits_text(expression) -%}
    ltrim(regexp_replace({{ expression }}, '[^0-9]', '', 'g'), '0')
{%- endmacro %}


{# How many places differ in two texts of one length; null when the lengths differ or are 0. #}
{% macro places_apart(left, right) -%}
    case
        when {{ left }} <> '' and length({{ left }}) = length({{ right }})
            then hamming({{ left }}, {{ right }})
    end
{%- endmacro %}


{# Whether two texts of digits differ in exactly one place. #}
{% macro is_one_digit_off(left, right) -%}
    coalesce(length({{ left }}) > 1 and {{ places_apart(left, right) }} = 1, false)
{%- endmacro %}


{# Whether two texts of digits are the same but for two neighbours that changed places. #}
{% macro is_transposed(left, right) -%}
    coalesce(
        {{ places_apart(left, right) }} = 2
        and damerau_levenshtein({{ left }}, {{ right }}) = 1,
        false
    )
{%- endmacro %}


{# The four interval columns of one exact number. #}
{% macro as_point(expression, prefix) -%}
    {{ expression }} as {{ prefix }}_low,
    {{ expression }} as {{ prefix }}_high,
    false as {{ prefix }}_low_open,
    false as {{ prefix }}_high_open
{%- endmacro %}


{#
    A bound for display, rounded outward (`floor` or `ceil`) to the four decimals of a measure; null
    where it is too large for one.
#}
{% macro outward(expression, direction) -%}
    try_cast({{ direction }}(round({{ expression }} * 10000, 4)) / 10000 as decimal(18, 4))
{%- endmacro %}


{#
    Half a unit for an exact count that is set by a percentage, or that a reading draws from part of
    a year; else nothing.
#}
{% macro rounding_of_reading(is_exact, reading, is_product) -%}
    case
        when
            {{ is_exact }}
            and ({{ is_product }} or {{ reading }} in ('annualised', 'pro_rata_baseline'))
            then {{ exact_decimal("0.5") }}
        else {{ exact_decimal("0") }}
    end
{%- endmacro %}


{#
    What a candidate reading gives for the claim, as a double for display and for finding the
    nearest: from the `n`, `d`, `s` and `p` columns of `int_checks__evaluated` with the suffix
    `rising` where the result rises with them and `falling` where it falls.
#}
{% macro expected_value(rising, falling) -%}
    case
        when is_sum
            then cast(s_{{ rising }} as double) / claim_times
        when is_product
            then
                cast(d_{{ rising }} as double) * cast(100 + p_{{ rising }} as double) / 100
        when d_{{ falling }} > 0
            then
                100 * cast(n_{{ rising }} as double) / cast(d_{{ falling }} as double)
                - claim_shift
    end
{%- endmacro %}


{# Whether a printed number ends in a decimal zero and would hold without it: 63.27 as "63.30". #}
{% macro is_padded(printed, expected, value, decimals) -%}
    coalesce(
        {{ matches(printed, '[.][0-9]*0%?$') }}
        and abs({{ expected }} - cast({{ value }} as double))
        <= 10 * cast({{ half_unit(decimals) }} as double),
        false
    )
{%- endmacro %}


{# A verdict as people read it. #}
{% macro verdict_label(verdict) -%}
    case {{ verdict }}
        when 'exact' then 'Adds up'
        when 'within_rounding' then 'Adds up within rounding'
        when 'truncated' then 'Rounded down'
        when 'consistent_if' then 'Adds up only if…'
        when 'needs_unprinted_base' then 'Base not printed'
        when 'inconsistent' then 'Does not add up as printed'
        when 'untestable' then 'Cannot be checked'
    end
{%- endmacro %}


{#
    The counts of a scorecard, over rows with `verdict`, `check_certainty`, `is_known`,
    `flips_decision`, `root_check_id` and `check_id`.
#}
{% macro claim_counts() -%}
    {{ as_count("count(*)") }} as claim_count,
    {{ as_count("count(*) filter (where verdict <> 'untestable')") }} as testable_count,
    {{ as_count("count(*) filter (where verdict not in ('untestable', 'inconsistent'))") }}
        as adds_up_count,
    {{ as_count("count(*) filter (where verdict = 'inconsistent')") }} as contradiction_count,
    {{ as_count(
        "count(*) filter (where verdict = 'inconsistent' and check_certainty = 'definite')"
    ) }} as definite_contradiction_count,
    {{ as_count(
        "count(*) filter (where verdict = 'inconsistent' and root_check_id = check_id)"
    ) }} as finding_count,
    {{ as_count("count(*) filter (where verdict = 'inconsistent' and flips_decision)") }}
        as flipped_decision_count,
    {{ as_count("count(*) filter (where verdict = 'inconsistent' and not is_known)") }}
        as unreviewed_count
{%- endmacro %}


{# The columns of a scorecard from the relation that counted them; shares are per cent. #}
{% macro claim_columns(relation) -%}
    {%- for column in [
        "claim_count", "testable_count", "adds_up_count", "contradiction_count",
        "definite_contradiction_count", "finding_count", "flipped_decision_count",
        "unreviewed_count",
    ] -%}
        coalesce({{ relation }}.{{ column }}, 0) as {{ column }},
    {% endfor -%}
    {{ share(relation ~ ".testable_count", relation ~ ".claim_count") }} as testable_percent,
    {{ share(relation ~ ".adds_up_count", relation ~ ".testable_count") }} as adds_up_percent
{%- endmacro %}


{# A share in per cent, for display; null where there is nothing to share. #}
{% macro share(part, whole) -%}
    {{ as_measure("100 * cast(" ~ part ~ " as double) / nullif(" ~ whole ~ ", 0)") }}
{%- endmacro %}


{# The units of rates, each with what it is per: the one list of them. #}
{% macro rates() -%}
    {{ return({"rate_per_1000": 1000, "rate_per_10000": 10000, "rate_per_100000": 100000}) }}
{%- endmacro %}


{# The units of rates, for `in (...)`. #}
{% macro rate_units() -%}
    '{{ rates().keys() | join("', '") }}'
{%- endmacro %}


{# What a rate is per: 1000 for `rate_per_1000`; null for what is no rate. #}
{% macro per_of_rate(unit) -%}
    case {{ unit }}
        {%- for code, per in rates().items() %}
            when '{{ code }}' then {{ per }}
        {%- endfor %}
    end
{%- endmacro %}


{#
    How many hundreds a rate is per, and 1 for a percentage: quotients are tested as percentages, so
    a numerator counts so many times.
#}
{% macro hundreds_of_rate(unit) -%}
    case {{ unit }}
        {%- for code, per in rates().items() %}
            when '{{ code }}' then {{ per // 100 }}
        {%- endfor %}
        else 1
    end
{%- endmacro %}


{#
    Whether a difference and a percentage printed of one value agree: the value over the value less
    the difference, as a percentage, is 100 and the percentage. The arguments name relations with
    the interval columns of `int_checks__figures`.
#}
{% macro is_percentage_borne_out(valued, difference, percentage) -%}
    (
        100 * {{ valued }}.x_low
        <= (100 + {{ percentage }}.x_high) * ({{ valued }}.x_high - {{ difference }}.x_low)
        and 100 * {{ valued }}.x_high
        >= (100 + {{ percentage }}.x_low) * ({{ valued }}.x_low - {{ difference }}.x_high)
    )
{%- endmacro %}


{#
    A pattern for the words that say which way a number went against another, `up` or `down`:
    "increase on", "has decreased slightly to", "higher than".
#}
{% macro words_of_comparison(direction) -%}
    {%- if direction == "up" -%}
        \b(increase[ds]?|rise|risen|rose|higher|more|up|growth|grown)( \w+){0,3} (on|from|against|than|compared|to)\b
    {%- else -%}
        \b(decrease[ds]?|decreasing|reduced|reduction|fall|fallen|fell|lower|fewer|less|down|drop|dropped)( \w+){0,3} (on|from|against|than|compared|to)\b
    {%- endif -%}
{%- endmacro %}


{#
    The month that a window in a statement begins (`from`) or ends with (`to`), where the window
    stands next to a number: "(April to June) of 563", "563 (April to June)". Null without one.
#}
{% macro named_window(statement, printed, end) -%}
    {%- set month = words_of_month() -%}
    {%- set first = "(" ~ month ~ ")" if end == "from" else month -%}
    {%- set last = "(" ~ month ~ ")" if end == "to" else month -%}
    {%- set window = first ~ " ?(?:to|-|–) ?" ~ last -%}
    coalesce(
        nullif(
            regexp_extract(
                {{ statement }}, '(?i)\b{{ window }}\)?[^0-9]{0,20}' || {{ printed }} || '\b', 1
            ),
            ''
        ),
        nullif(
            regexp_extract(
                {{ statement }}, '(?i)\b' || {{ printed }} || '[^0-9]{0,20}\({{ window }}\)', 1
            ),
            ''
        )
    )
{%- endmacro %}


{# The digits of a text and its decimal point: what `to_decimal` can read. #}
{% macro digits_and_point(expression) -%}
    regexp_replace({{ expression }}, '[^0-9.]', '', 'g')
{%- endmacro %}


{# A pattern for the words by which a percentage is a share of the numbers beside it. #}
{% macro words_of_share() -%}
    \b(of (these|those|them|whom|which)|out of)\b
{%- endmacro %}


{# A pattern for the words by which a sentence gives the share of the numbers before it. #}
{% macro words_of_result() -%}
    \bth(is|at|ese|ose) (is|gives?|equates? to|represents?|makes?|means?) (an? )?(\w+ ){0,4}(rate|percentage|proportion|share)\b
{%- endmacro %}


{# Whether words say that a number is of people on a day, not over a time. #}
{% macro is_snapshot(statement) -%}
    {{ matches(statement, '\\b(in treatment|caseload|currently|on the books|open cases)\\b') }}
{%- endmacro %}


{# A pattern for the words that list the parts of a number, all of them. #}
{% macro words_of_breakdown() -%}
    \b(broken down|breakdown|made up of|consist(s|ed|ing)? of|compris(es|ed|ing)|split|as follows)\b
{%- endmacro %}


{# A pattern for the words that call a number the total of those beside it. #}
{% macro words_of_total() -%}
    \b(total(s|ling|led)?|overall|altogether|combined|in all)\b
{%- endmacro %}


{# A pattern for the words that ask for a change every year. #}
{% macro words_of_every_year() -%}
    \b(year[ -]on[ -]year|year[ -]by[ -]year|(each|every|per) (year|annum)|annually)\b
{%- endmacro %}


{# A pattern for the words that ask for a level to be kept. #}
{% macro words_of_maintaining() -%}
    \b(maintain(s|ed|ing)?|sustain(s|ed|ing)?|keep|hold|no (increase|decrease|change))\b
{%- endmacro %}


{#
    Whether words say that the level to be kept is the one that the report prints ("maintain the
    2010/11 level"), and not one better than that.
#}
{% macro keeps_the_same_level(words) -%}
    (
        {{ matches(
            words,
            '\\b(maintain(s|ed|ing)?|sustain(s|ed|ing)?|keep|hold|no change)( \\w+){0,6}'
            ~ ' (baseline|(current|present|existing|same|last year|previous year|20[0-9]{2}([/-][0-9]{2,4})?)'
            ~ '([^ \\w]?s)? (level|levels|outturn|performance|position|rate|figure))\\b'
        ) }}
        and not {{ matches(
            words, '\\b(above|below|better|exceed|under|over|at least|no more|no less|reduc|increas)'
        ) }}
    )
{%- endmacro %}


{# Whether something is true of all rows of a window. #}
{% macro is_all(condition, over) -%}
    bool_and({{ condition }}) over ({{ over }})
{%- endmacro %}


{#
    The `least` and the `most` that so many quarters may be of their year, in per cent, for a base
    that is printed nowhere to be believed.
#}
{% macro likely_share(quarters, end) -%}
    {%- set shares = {"least": [20, 44, 68], "most": [30, 56, 82]} -%}
    case {{ quarters }}
        when 1 then {{ shares[end][0] }}
        when 2 then {{ shares[end][1] }}
        when 3 then {{ shares[end][2] }}
    end
{%- endmacro %}


{#
    The same for a base that is last year's, where only the whole of that year is printed. Nobody
    says which months were slow, so anything is believed that leaves every quarter of the year, of
    those counted and of those to come, a tenth of it: for so many quarters at least 10% each, and
    at most what is left when each of the others has 10%, which is 100 - 10 * (4 - quarters).
#}
{% macro possible_share(quarters, end) -%}
    {%- if end == "least" -%}
        10 * {{ quarters }}
    {%- else -%}
        100 - 10 * (4 - {{ quarters }})
    {%- endif -%}
{%- endmacro %}


{# Whether a cell holds remarks, in which a number may be of anything. #}
{% macro is_prose(source_cell) -%}
    coalesce({{ matches(source_cell, '^(comments|notes|other:.*)$') }}, false)
{%- endmacro %}


{#
    Whether two numbers are near enough for one to be a slip of the other: one digit off, two digits
    swapped, or within a twentieth.
#}
{% macro is_a_slip_apart(left, right, decimals) -%}
    {%- set ours = digits_text(number_text("abs(" ~ left ~ ")", decimals)) -%}
    {%- set theirs = digits_text(number_text("abs(" ~ right ~ ")", decimals)) -%}
    (
        20 * abs({{ left }} - {{ right }}) <= abs({{ right }})
        or {{ is_one_digit_off(ours, theirs) }}
        or {{ is_transposed(ours, theirs) }}
    )
{%- endmacro %}


{# Whether a statement names a window of two months: "April to June", "Apr-Sept". #}
{% macro names_a_window(statement) -%}
    {{ matches(statement, '\\b' ~ words_of_month() ~ ' ?(to|-|–) ?' ~ words_of_month()) }}
{%- endmacro %}
