-- A target set by a percentage, against the last outturn or the baseline less (or more) that
-- percentage: the target printed is the claim.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

claims as (

    select
        targets.figure_id as claim_figure_id,
        targets.row_id,
        targets.series_id,
        targets.unit,
        targets.period_end,
        percentages.figure_id as percentage_figure_id
    from figures as percentages
    inner join figures as targets
        on percentages.relates_to_figure_id = targets.figure_id
    where
        percentages.role = 'target'
        and percentages.unit = 'percent_change'
        and percentages.relation = 'change_of'
        and targets.role = 'target'

),

-- The last outturn before the target is what a percentage is of, unless the words name a baseline;
-- earlier outturns and the target before are readings that the words do not spell out.
bases as (

    select
        claims.claim_figure_id,
        claims.percentage_figure_id,
        bases.figure_id as base_figure_id,
        bases.role = 'baseline'
        or (
            bases.role = 'observation'
            and bases.period_end = max(
                case when bases.role = 'observation' then bases.period_end end
            ) over (partition by claims.claim_figure_id)
        ) as is_expected
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

inputs as (

    select
        claim_figure_id,
        is_expected,
        base_figure_id,
        base_figure_id as figure_id,
        'denominator' as part
    from bases
    union all
    select
        claim_figure_id,
        is_expected,
        base_figure_id,
        percentage_figure_id as figure_id,
        'percentage' as part
    from bases

)

select
    claim_figure_id,
    'target_formula' as family,
    'as_printed' as reading,
    case when is_expected then 1 else 2 end as reading_rank,
    not is_expected as is_unspoken,
    is_expected as is_binding,
    base_figure_id as base_key,
    figure_id,
    part,
    1 as times,
    100 as claim_shift,
    1 as claim_times
from inputs
