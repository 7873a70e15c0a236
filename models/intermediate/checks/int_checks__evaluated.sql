-- One candidate reading of one claim, tested: at face value, within rounding, and as if cut.
{{ config(materialized="table") }}

with

inputs as (

    select * from {{ ref('int_checks__candidate_inputs') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

signed as (

    select
        inputs.*,
        figures.value * inputs.times as face,
        case when inputs.times < 0 then figures.x_high else figures.x_low end
        * inputs.times as low,
        case when inputs.times < 0 then figures.x_low else figures.x_high end
        * inputs.times as high,
        case when inputs.times < 0 then figures.x_high_open else figures.x_low_open end
            as is_low_open,
        case when inputs.times < 0 then figures.x_low_open else figures.x_high_open end
            as is_high_open
    from inputs
    inner join figures on inputs.figure_id = figures.figure_id

),

-- n: numerators, d: denominators, s: the terms of a sum.
summed as (

    select
        candidate_id,
        claim_figure_id,
        family,
        reading,
        reading_rank,
        is_unspoken,
        claim_shift,
        claim_times,
        bool_or(part = 'term') as is_sum,
        {% for prefix, part in [("n", "numerator"), ("d", "denominator"), ("s", "term")] %}
            {% for column, source in [("face", "face"), ("low", "low"), ("high", "high")] %}
                {{ exact_decimal("sum(" ~ source ~ ") filter (where part = '" ~ part ~ "')") }}
                    as {{ prefix }}_{{ column }},
            {% endfor %}
            coalesce(bool_or(is_low_open) filter (where part = '{{ part }}'), false)
                as {{ prefix }}_low_open,
            coalesce(bool_or(is_high_open) filter (where part = '{{ part }}'), false)
                as {{ prefix }}_high_open,
        {% endfor %}
        count(*) as input_count
    from signed
    group by
        candidate_id, claim_figure_id, family, reading, reading_rank, is_unspoken,
        claim_shift, claim_times

),

claimed as (

    select
        summed.*,
        claims.value,
        claims.unit,
        claims.is_exact,
        claims.decimals,
        -- A difference from part of a year is printed as a whole number, whatever it comes to.
        claims.x_low - {{ rounding_of_reading('claims.is_exact', 'summed.reading') }} as x_low,
        claims.x_high + {{ rounding_of_reading('claims.is_exact', 'summed.reading') }} as x_high,
        claims.x_low_open,
        claims.x_high_open,
        {{ truncated_columns("claims.value", "claims.decimals", "t") }}
    from summed
    inner join figures as claims on summed.claim_figure_id = claims.figure_id

),

-- c: the claim's interval, t: as if cut, f and g: the face values of numerator and denominator.
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
    from claimed

)

select
    candidate_id,
    claim_figure_id,
    family,
    reading,
    reading_rank,
    is_unspoken,
    is_sum,
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
    case
        when is_sum then {{ sum_meets("e", "c") }}
        else {{ quotient_meets("f", "g", "c") }}
    end as holds_at_face,
    case
        when is_sum then {{ sum_meets("s", "c") }}
        else {{ quotient_meets("n", "d", "c") }}
    end as holds_within_rounding,
    not is_exact and case
        when is_sum then {{ sum_meets("e", "u") }}
        else {{ quotient_meets("f", "g", "u") }}
    end as holds_if_cut
from intervals
