{# Where an arrow points: `up`, `level` or `down`; null for what is no arrow. #}
{% macro direction_of_travel(printed) -%}
    case
        when {{ matches(printed, '[↑↗⬆⇧⇗▲△🡅🡑]|^(up|rising|increasing)$') }} then 'up'
        when {{ matches(printed, '[↓↘⬇⇩⇘▼▽🡇🡓]|^(down|falling|decreasing)$') }} then 'down'
        when {{ matches(printed, '[→⇨➔➡↔⇔]|^(level|same|no change|static|stable)$') }} then 'level'
    end
{%- endmacro %}


{# `up`, `level` or `down`, from a difference. #}
{% macro direction_of(difference) -%}
    case sign({{ difference }}) when 1 then 'up' when 0 then 'level' when -1 then 'down' end
{%- endmacro %}


{#
    Whether high is good, for one row of one plan. To maintain a level means not to fall below it,
    unless the row's own target is a ceiling. What is only monitored has no polarity.
#}
{% macro polarity_of(desired_direction, operator) -%}
    case {{ desired_direction }}
        when 'decrease' then 'lower_is_better'
        when 'increase' then 'higher_is_better'
        when 'maintain'
            then case when {{ operator }} = '<=' then 'lower_is_better' else 'higher_is_better' end
    end
{%- endmacro %}


{# `favourable`, `no_change` or `adverse`: a direction, judged by a polarity; null without one. #}
{% macro assessment_of(direction, polarity) -%}
    case
        when {{ polarity }} is null then null
        when {{ direction }} = 'level' then 'no_change'
        when
            ({{ direction }} = 'up' and {{ polarity }} = 'higher_is_better')
            or ({{ direction }} = 'down' and {{ polarity }} = 'lower_is_better')
            then 'favourable'
        when {{ direction }} in ('up', 'down') then 'adverse'
    end
{%- endmacro %}


{#
    Whether a value may be set against a baseline or a target as it stands. A count may only where
    both are of twelve months (or an average of years); a percentage, a rate or an average always.
#}
{% macro is_comparable(unit, period_start, period_end, other_start, other_end) -%}
    coalesce(
        {{ unit }} <> 'count'
        or (
            {{ months_in(period_start, period_end) }} = 12
            and {{ months_in(other_start, other_end) }} % 12 = 0
        ),
        false
    )
{%- endmacro %}


{# Whether a target is met as far as the value goes: `favourable` or `adverse`. #}
{% macro target_assessment(difference, operator) -%}
    case
        when {{ difference }} is null or {{ operator }} is null then null
        when {{ operator }} = '<=' and {{ difference }} <= 0 then 'favourable'
        when {{ operator }} = '>=' and {{ difference }} >= 0 then 'favourable'
        when {{ operator }} = '=' and {{ difference }} = 0 then 'favourable'
        else 'adverse'
    end
{%- endmacro %}


{#
    Whether a value and what it is set against are in the same unit. An average of yearly counts
    ("3 year average 2,318 crimes") is set against counts.
#}
{% macro is_same_measure(unit, other_unit, other_basis) -%}
    (
        {{ unit }} = {{ other_unit }}
        or (
            {{ unit }} = 'count'
            and {{ other_unit }} = 'average'
            and {{ other_basis }} = 'multi_year_average'
        )
    )
{%- endmacro %}
