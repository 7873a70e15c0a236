-- A baseline for one year against the value of that year printed, or implied, elsewhere, and
-- against the same baseline printed in another place.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

all_baselines as (

    select
        *,
        coalesce(indicator_id, row_id) as thing_id,
        report_id || lpad(cast(reading_place as varchar), 19, '0') as place,
        -- "315 (247)" in two cells: the first is the first, the second the second.
        row_number() over (
            partition by cell_id, series_id, unit, period_end order by reading_place
        ) as place_in_cell,
        count(*) over (partition by cell_id, series_id, unit, period_end) as count_in_cell
    from figures
    where role = 'baseline' and basis = 'year' and period_end is not null

),

baselines as (

    select * from all_baselines
    where certainty <> 'ambiguous' and not is_one_of_several

),

firsts as (

    select
        area_id,
        thing_id,
        series_id,
        unit,
        period_end,
        place_in_cell,
        count_in_cell,
        {{ first_of('figure_id', 'place') }} as figure_id,
        {{ first_of('cell_id', 'place') }} as cell_id
    from all_baselines
    group by
        area_id, thing_id, series_id, unit, period_end, place_in_cell, count_in_cell

),

-- The same baseline, first printed elsewhere.
repeated as (

    select
        ours.figure_id as claim_figure_id,
        firsts.figure_id
    from all_baselines as ours
    inner join firsts
        on
            ours.area_id = firsts.area_id
            and ours.thing_id = firsts.thing_id
            and ours.series_id = firsts.series_id
            and ours.unit = firsts.unit
            and ours.period_end = firsts.period_end
            and ours.place_in_cell = firsts.place_in_cell
            and ours.count_in_cell = firsts.count_in_cell
    where ours.cell_id <> firsts.cell_id

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
    where
        outturns.role in ('observation', 'comparative')
        and outturns.certainty <> 'ambiguous'
        and not outturns.is_one_of_several

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
        claim_figure_id,
        'as_printed' as reading,
        1 as reading_rank,
        figure_id as base_key,
        figure_id,
        1 as times
    from repeated
    union all
    select
        claim_figure_id,
        'as_printed' as reading,
        1 as reading_rank,
        base_key,
        figure_id,
        1 as times
    from outturns
    union all
    select
        claim_figure_id,
        'implied_prior' as reading,
        2 as reading_rank,
        difference_figure_id as base_key,
        value_figure_id as figure_id,
        1 as times
    from implied
    union all
    select
        claim_figure_id,
        'implied_prior' as reading,
        2 as reading_rank,
        difference_figure_id as base_key,
        difference_figure_id as figure_id,
        -1 as times
    from implied

)

select
    claim_figure_id,
    'baseline_mismatch' as family,
    reading,
    reading_rank,
    false as is_unspoken,
    true as is_binding,
    base_key,
    figure_id,
    'term' as part,
    times,
    0 as claim_shift,
    1 as claim_times
from inputs
