{# What the models of the audit share beside the interval engine. #}

{#
    The whole part of a quotient of two positive numbers, as a place to begin a search: it goes
    through a double and may be off by one, so nothing may be decided by it.
#}
{% macro whole_quotient(dividend, divisor) -%}
    cast(floor(cast({{ dividend }} as double) / nullif(cast({{ divisor }} as double), 0)) as bigint)
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


{# A day so many whole years later (negative: earlier). #}
{% macro years_later(day, years) -%}
    {{ shift_months(day, 12 * years) }}
{%- endmacro %}


{# A day so many whole quarters later (negative: earlier). #}
{% macro quarters_later(day, quarters) -%}
    {{ shift_months(day, 3 * quarters) }}
{%- endmacro %}


{# A number as people write it: thousands with commas, the decimals it is printed with. #}
{% macro number_text(value, decimals) -%}
    case {{ decimals }}
        when 0 then format('{:,}', cast(round({{ value }}, 0) as bigint))
        when 1 then format('{:,.1f}', cast({{ value }} as double))
        when 2 then format('{:,.2f}', cast({{ value }} as double))
        when 3 then format('{:,.3f}', cast({{ value }} as double))
        else format('{:,.4f}', cast({{ value }} as double))
    end
{%- endmacro %}


{# The digits of a text, without leading zeros. #}
{% macro digits_text(expression) -%}
    ltrim(regexp_replace({{ expression }}, '[^0-9]', '', 'g'), '0')
{%- endmacro %}


{# How many places differ in two texts of one length; null when the lengths differ. #}
{% macro places_apart(left, right) -%}
    case when length({{ left }}) = length({{ right }}) then hamming({{ left }}, {{ right }}) end
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


{# A bound for display, rounded outward (`floor` or `ceil`) to the four decimals of a measure. #}
{% macro outward(expression, direction) -%}
    cast({{ direction }}(round({{ expression }} * 10000, 4)) / 10000 as decimal(18, 4))
{%- endmacro %}


{# Half a unit for an exact count that a reading draws from part of a year, else nothing. #}
{% macro rounding_of_reading(is_exact, reading) -%}
    case
        when {{ is_exact }} and {{ reading }} in ('annualised', 'pro_rata_baseline')
            then {{ exact_decimal("0.5") }}
        else {{ exact_decimal("0") }}
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


{# How much of a year so many quarters are. #}
{% macro part_of_year(quarters) -%}
    case {{ quarters }}
        when 1 then 'a quarter'
        when 2 then 'half a year'
        when 3 then 'three quarters'
        else 'a year'
    end
{%- endmacro %}
