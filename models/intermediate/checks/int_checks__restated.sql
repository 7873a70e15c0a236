-- A value for one period against an earlier mention of the same value, in this report or another.
with

figures as (

    select * from {{ ref('int_checks__figures') }}
    where
        role in ('observation', 'comparative')
        and period_end is not null
        and indicator_id is not null
        and coalesce(comparator, '') <> 'peer_group'
        -- A share of the baseline is no observation of the thing itself.
        and coalesce(relation, '') <> 'percent_of'

),

mentions as (

    select
        *,
        row_number() over (
            partition by area_id, indicator_id, series_id, unit, basis, period_start, period_end
            order by report_id, source_line, char_start
        ) as place
    from figures

)

select
    later.figure_id as claim_figure_id,
    'restated' as family,
    'as_printed' as reading,
    1 as reading_rank,
    false as is_unspoken,
    'first mention' as base_key,
    earlier.figure_id,
    'term' as part,
    1 as times,
    0 as claim_shift,
    1 as claim_times
from mentions as later
inner join mentions as earlier
    on
        later.area_id = earlier.area_id
        and later.indicator_id = earlier.indicator_id
        and later.series_id = earlier.series_id
        and later.unit = earlier.unit
        and later.basis = earlier.basis
        and later.period_start = earlier.period_start
        and later.period_end = earlier.period_end
where
    later.place > 1
    and earlier.place = 1
    -- The items of one list are not mentions of one thing.
    and later.cell_id <> earlier.cell_id
