-- A baseline for one year against the value of that year printed, or implied, elsewhere.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

baselines as (

    select * from figures
    where role = 'baseline' and basis = 'year' and period_end is not null

),

outturns as (

    select
        baselines.figure_id as claim_figure_id,
        outturns.figure_id as base_key,
        outturns.figure_id
    from baselines
    inner join figures as outturns
        on
            baselines.area_id = outturns.area_id
            and baselines.series_id = outturns.series_id
            and baselines.unit = outturns.unit
            and baselines.basis = outturns.basis
            and baselines.period_end = outturns.period_end
            and (
                baselines.row_id = outturns.row_id
                or baselines.indicator_id = outturns.indicator_id
            )
    where outturns.role in ('observation', 'comparative')

),

-- "1,146; an increase of 124 on last year" says that last year was 1,022.
implied as (

    select
        baselines.figure_id as claim_figure_id,
        changes.claim_figure_id as difference_figure_id,
        changes.value_figure_id
    from baselines
    inner join changes
        on
            baselines.area_id = changes.area_id
            and baselines.series_id = changes.series_id
            and baselines.unit = changes.unit
            and baselines.unit = changes.value_unit
            and (
                baselines.row_id = changes.row_id
                or baselines.indicator_id = changes.indicator_id
            )
    where
        changes.value_basis = 'year'
        and changes.comparator in ('previous_year', 'same_period_last_year')
        and baselines.period_end = {{ years_later('changes.value_period_end', -1) }}

),

inputs as (

    select
        claim_figure_id, 'as_printed' as reading, 1 as reading_rank,
        base_key, figure_id, 1 as times
    from outturns
    union all
    select
        claim_figure_id, 'implied_prior' as reading, 2 as reading_rank,
        difference_figure_id as base_key, value_figure_id as figure_id, 1 as times
    from implied
    union all
    select
        claim_figure_id, 'implied_prior' as reading, 2 as reading_rank,
        difference_figure_id as base_key, difference_figure_id as figure_id, -1 as times
    from implied

)

select
    claim_figure_id,
    'baseline_mismatch' as family,
    reading,
    reading_rank,
    false as is_unspoken,
    base_key,
    figure_id,
    'term' as part,
    times,
    0 as claim_shift,
    1 as claim_times
from inputs
