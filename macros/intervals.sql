{#
    The interval engine of the audit.

    A printed figure stands for every value that would be printed so: a count for itself, a rounded
    figure for the values that round to it. A claim holds when some values out of the intervals of
    its figures satisfy it. Nothing here divides and nothing is rounded again: quotients are tested
    by cross-multiplication on decimal(38,5).

    An interval is four columns that share a prefix: `<p>_low`, `<p>_high`, `<p>_low_open`,
    `<p>_high_open`. Only figures below `largest_checked()` are looked at, so that a product of two
    of them, each taken a few dozen times, stays within 38 digits.
#}

{% macro largest_checked() %}
    {#- A figure as large as this, or larger, is not checked: exact products would not fit. -#}
    1000000000000
{% endmacro %}

{% macro exact_decimal(expression) %}
    {#- The width every interval is computed in: five decimals hold half a unit of the fourth. -#}
    cast({{ expression }} as decimal(38, 5))
{% endmacro %}

{% macro half_unit(decimals) %}
    {#- Half a unit of the last printed place, for 0 to 4 printed decimals. -#}
    case {{ decimals }}
        when 0 then {{ exact_decimal("0.5") }}
        when 1 then {{ exact_decimal("0.05") }}
        when 2 then {{ exact_decimal("0.005") }}
        when 3 then {{ exact_decimal("0.0005") }}
        else {{ exact_decimal("0.00005") }}
    end
{% endmacro %}

{% macro is_last_digit_even(value, decimals) %}
    {#- Whether the last printed digit is even: only then does half-even rounding reach the far tie. -#}
    cast({{ exact_decimal("abs(" ~ value ~ ")") }} * case {{ decimals }}
        when 0 then 1 when 1 then 10 when 2 then 100 when 3 then 1000 else 10000
    end as bigint) % 2 = 0
{% endmacro %}

{% macro interval_columns(value, decimals, is_exact, prefix) %}
    {#-
        The four interval columns of a printed value.

        A rounded magnitude m with unit u stands for [m - u/2, m + u/2], where the near end always
        rounds to m under half-up and the far end only does under half-even when m's last digit is
        even. For a negative value near and far change sides. For zero both ends are near ties of
        half-even: closed.
    -#}
    {%- set v = exact_decimal(value) -%}
    case when {{ is_exact }} then {{ v }} else {{ v }} - {{ half_unit(decimals) }} end
        as {{ prefix }}_low,
    case when {{ is_exact }} then {{ v }} else {{ v }} + {{ half_unit(decimals) }} end
        as {{ prefix }}_high,
    not {{ is_exact }} and {{ value }} < 0 and not {{ is_last_digit_even(value, decimals) }}
        as {{ prefix }}_low_open,
    not {{ is_exact }} and {{ value }} > 0 and not {{ is_last_digit_even(value, decimals) }}
        as {{ prefix }}_high_open
{% endmacro %}

{% macro truncated_columns(value, decimals, prefix) %}
    {#-
        The four interval columns of a value that was cut, not rounded: [m, m + u) in magnitude;
        a printed zero may have been cut from either side.
    -#}
    {%- set v = exact_decimal(value) -%}
    case when {{ value }} <= 0 then {{ v }} - 2 * {{ half_unit(decimals) }} else {{ v }} end
        as {{ prefix }}_low,
    case when {{ value }} >= 0 then {{ v }} + 2 * {{ half_unit(decimals) }} else {{ v }} end
        as {{ prefix }}_high,
    {{ value }} <= 0 as {{ prefix }}_low_open,
    {{ value }} >= 0 as {{ prefix }}_high_open
{% endmacro %}

{% macro wide_columns(value, decimals, is_exact, prefix) %}
    {#-
        The four interval columns of a printed value of which nobody knows whether it was rounded or
        cut: [m - u/2, m + u) in magnitude. Its far end is never attained.
    -#}
    {%- set v = exact_decimal(value) -%}
    case
        when {{ is_exact }} then {{ v }}
        when {{ value }} > 0 then {{ v }} - {{ half_unit(decimals) }}
        else {{ v }} - 2 * {{ half_unit(decimals) }}
    end as {{ prefix }}_low,
    case
        when {{ is_exact }} then {{ v }}
        when {{ value }} < 0 then {{ v }} + {{ half_unit(decimals) }}
        else {{ v }} + 2 * {{ half_unit(decimals) }}
    end as {{ prefix }}_high,
    not {{ is_exact }} and {{ value }} <= 0 as {{ prefix }}_low_open,
    not {{ is_exact }} and {{ value }} >= 0 as {{ prefix }}_high_open
{% endmacro %}

{% macro is_at_most(left, right, is_strict) %}
    {#- `left <= right`, or `<` where an end that is not attained takes part. -#}
    case when {{ is_strict }} then {{ left }} < {{ right }} else {{ left }} <= {{ right }} end
{% endmacro %}

{% macro quotient_meets(n, d, c, n_times=1, d_times=1) %}
    {#-
        Whether 100 * n_times * n / (d_times * d) = c for some values of the intervals with the
        prefixes n, d and c. Null when d cannot be above zero or n can only be negative.

        The quotient rises with n and falls with d, so its largest value is n_high / d_low and its
        smallest n_low / d_high; each is attained only if both of its ends are.
    -#}
    case
        when {{ d }}_high <= 0 or {{ n }}_high < 0 then null
        else
            (
                case
                    when {{ d }}_low <= 0 then {{ n }}_high > 0 or {{ c }}_low <= 0
                    else {{ is_at_most(
                        c ~ "_low * " ~ d_times ~ " * " ~ d ~ "_low",
                        n ~ "_high * " ~ n_times ~ " * 100",
                        n ~ "_high_open or " ~ d ~ "_low_open or " ~ c ~ "_low_open",
                    ) }}
                end
            )
            and {{ is_at_most(
                "greatest(" ~ n ~ "_low, 0) * " ~ n_times ~ " * 100",
                c ~ "_high * " ~ d_times ~ " * " ~ d ~ "_high",
                n ~ "_low_open or " ~ d ~ "_high_open or " ~ c ~ "_high_open",
            ) }}
    end
{% endmacro %}

{% macro sum_meets(s, c) %}
    {#- Whether the intervals with the prefixes s (a sum of intervals) and c share a value. -#}
    (
        {{ is_at_most(s ~ "_low", c ~ "_high", s ~ "_low_open or " ~ c ~ "_high_open") }}
        and {{ is_at_most(c ~ "_low", s ~ "_high", c ~ "_low_open or " ~ s ~ "_high_open") }}
    )
{% endmacro %}
