-- One candidate reading of one claim, as printed or with a digit wrong, tested: at face value,
-- within rounding, and as if cut.

with

inputs as (

    select * from {{ ref('int_checks__candidate_inputs') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

variants as (

    select * from {{ ref('int_checks__variants') }}

),

signed as (

    select
        inputs.*,
        figures.is_approximate,
        figures.value * inputs.times as face,
    {% for prefix, source in [("", "x"), ("wide_", "w")] %}
    case
        when inputs.times < 0 then figures.{{ source }}_high
        else figures.{{ source }}_low
    end * inputs.times as {{ prefix }}low,
    case
        when inputs.times < 0 then figures.{{ source }}_low
        else figures.{{ source }}_high
    end * inputs.times as {{ prefix }}high,
    case
        when inputs.times < 0 then figures.{{ source }}_high_open
        else figures.{{ source }}_low_open
    end as is_{{ prefix }}low_open,
    case
        when inputs.times < 0 then figures.{{ source }}_low_open
        else figures.{{ source }}_high_open
    end as is_{{ prefix }}high_open{{ "," if not loop.last }}
    {% endfor %}
    from inputs
    inner join figures on inputs.figure_id = figures.figure_id

),

-- n: numerators, d: denominators, s: the terms of a sum, p: the percentage of a target.
summed as (

    select
        candidate_id,
        claim_figure_id,
        family,
        base_key,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        claim_shift,
        claim_times,
        {{ is_any("part in ('term', 'prior')") }} as is_sum,
        {{ is_any("part = 'percentage'") }} as is_product,
        {{ is_any('is_approximate') }} as has_approximate_input,
        {% for prefix, parts in [
            ("n", "'numerator'"), ("d", "'denominator'"), ("s", "'term', 'prior'"),
            ("p", "'percentage'"),
        ] %}
        {% for column in ["face", "low", "high", "wide_low", "wide_high"] %}
        {{ exact_decimal("sum(case when part in (" ~ parts ~ ") then " ~ column ~ " end)") }}
            as {{ prefix }}_{{ column }},
        {% endfor %}
        {% for column in ["low_open", "high_open", "wide_low_open", "wide_high_open"] %}
        {{ is_any("part in (" ~ parts ~ ") and is_" ~ column) }}
            as {{ prefix }}_{{ column }},
        {% endfor %}
        {% endfor %}
        count(*) as input_count
    from signed
    group by
        candidate_id,
        claim_figure_id,
        family,
        base_key,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        claim_shift, claim_times

),

claimed as (

    select
        summed.*,
        claims.slip,
        claims.value,
        claims.unit,
        claims.is_exact,
        claims.decimals,
        claims.is_approximate or summed.has_approximate_input as is_approximate,
        -- A difference from part of a year, or a target set by a percentage, is printed as a whole
        -- number, whatever it comes to.
        claims.x_low
        - {{ rounding_of_reading('claims.is_exact', 'summed.reading', 'summed.is_product') }}
            as x_low,
        claims.x_high
        + {{ rounding_of_reading('claims.is_exact', 'summed.reading', 'summed.is_product') }}
            as x_high,
        claims.x_low_open,
        claims.x_high_open,
        claims.t_low,
        claims.t_high,
        claims.t_low_open,
        claims.t_high_open
    from summed
    inner join variants as claims on summed.claim_figure_id = claims.claim_figure_id

),

-- c: the claim's interval, u: as if cut, f, g, e and q: the face values of numerator, denominator,
-- sum and 100 with a target's percentage, r: that with its interval.
intervals as (

    select
        *,
        claim_shift + claim_times * x_low as c_low,
        claim_shift + claim_times * x_high as c_high,
        x_low_open as c_low_open,
        x_high_open as c_high_open,
        claim_shift + claim_times * t_low as u_low,
        claim_shift + claim_times * t_high as u_high,
        t_low_open as u_low_open,
        t_high_open as u_high_open,
        {% for prefix, source in [("f", "n"), ("g", "d"), ("e", "s")] %}
        {{ source }}_face as {{ prefix }}_low,
        {{ source }}_face as {{ prefix }}_high,
        false as {{ prefix }}_low_open,
        false as {{ prefix }}_high_open,
        {% endfor %}
        {{ as_point('100 + p_face', 'q') }},
        100 + p_low as r_low,
        100 + p_high as r_high,
        p_low_open as r_low_open,
        p_high_open as r_high_open
    from claimed

)

select
    candidate_id,
    slip,
    claim_figure_id,
    family,
    base_key,
    reading,
    reading_rank,
    is_unspoken,
    is_binding,
    is_approximate,
    is_sum,
    is_product,
    claim_shift,
    claim_times,
    n_face,
    d_face,
    s_face,
    n_low,
    n_high,
    d_low,
    d_high,
    s_low,
    s_high,
    p_face,
    {{ expected_value('face', 'face') }} as expected,
    {{ expected_value('low', 'high') }} as expected_low,
    {{ expected_value('high', 'low') }} as expected_high,
    case
        when is_sum then {{ sum_meets("e", "c") }}
        when is_product then {{ quotient_meets("x", "g", "q") }}
        else {{ quotient_meets("f", "g", "c") }}
    end as holds_at_face,
    case
        when is_sum then {{ sum_meets("s", "c") }}
        when is_product then {{ quotient_meets("x", "d", "r") }}
        else {{ quotient_meets("n", "d", "c") }}
    end as holds_within_rounding,
    (is_product or not is_exact) and case
        when is_sum then {{ sum_meets("s_wide", "u") }}
        when is_product then {{ quotient_meets("t", "d_wide", "r") }}
        else {{ quotient_meets("n_wide", "d_wide", "u") }}
    end as holds_if_cut
from intervals
