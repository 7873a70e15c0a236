-- What holds overlaps what was expected, what contradicts it does not: verdicts come from exact
-- cross-multiplication, the bounds shown from doubles rounded outward, and the two must agree.
with

checks as (

    select * from {{ ref('fct_consistency_checks') }}
    where
        expected_low is not null
        and stated_value is not null
        and family not in ('sign', 'period_label', 'status_contradiction')

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

stated as (

    select
        checks.*,
        case
            when checks.reading = 'implied_population' then 0
            when not figures.is_exact then {{ half_unit('figures.decimals') }}
            when
                checks.reading in ('annualised', 'pro_rata_baseline')
                or checks.family = 'target_formula'
                then 0.5
            else 0
        end as slack
    from checks
    inner join figures on checks.figure_id = figures.figure_id

)

select
    check_id,
    verdict,
    stated_value,
    expected_low,
    expected_high
from stated
where
    (
        verdict in ('exact', 'within_rounding')
        and (
            stated_value + slack < expected_low
            or stated_value - slack > expected_high
        )
    )
    or (
        verdict = 'inconsistent'
        and stated_value + slack > expected_low
        and stated_value - slack < expected_high
    )
    or expected_low > expected_high
