-- A target and the percentage printed beside it, against the last outturn or the baseline.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

claims as (

    select
        percentages.figure_id as claim_figure_id,
        percentages.row_id,
        targets.figure_id as target_figure_id,
        targets.series_id,
        targets.unit,
        targets.period_end
    from figures as percentages
    inner join figures as targets
        on percentages.relates_to_figure_id = targets.figure_id
    where
        percentages.role = 'target'
        and percentages.unit = 'percent_change'
        and percentages.relation = 'change_of'

),

outturns as (

    select
        claims.claim_figure_id,
        claims.target_figure_id,
        bases.figure_id as base_figure_id,
        bases.role = 'baseline'
        or bases.period_end = max(
            case when bases.role = 'observation' then bases.period_end end
        ) over (partition by claims.claim_figure_id) as is_expected
    from claims
    inner join figures as bases
        on
            claims.row_id = bases.row_id
            and claims.series_id = bases.series_id
            and claims.unit = bases.unit
    where
        bases.basis in ('year', 'multi_year_average')
        and (
            bases.role = 'baseline'
            or (
                bases.role in ('observation', 'target')
                and bases.period_end < claims.period_end
            )
        )

),

candidates as (

    select
        claim_figure_id,
        'as_printed' as reading,
        case when is_expected then 1 else 2 end as reading_rank,
        not is_expected as is_unspoken,
        base_figure_id,
        target_figure_id
    from outturns

)

select
    claim_figure_id,
    'target_formula' as family,
    reading,
    reading_rank,
    is_unspoken,
    base_figure_id as base_key,
    target_figure_id as figure_id,
    'numerator' as part,
    1 as times,
    100 as claim_shift,
    1 as claim_times
from candidates
union all
select
    claim_figure_id,
    'target_formula' as family,
    reading,
    reading_rank,
    is_unspoken,
    base_figure_id as base_key,
    base_figure_id as figure_id,
    'denominator' as part,
    1 as times,
    100 as claim_shift,
    1 as claim_times
from candidates
