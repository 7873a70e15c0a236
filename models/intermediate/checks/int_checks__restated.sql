-- A value for one period against the first mention of the same value, in this report or another.
--
-- Two quarter columns of one report are about two quarters: those are no mentions of one thing
-- unless the words of both name one window.
with

figures as (

    select
        *,
        coalesce(indicator_id, row_id) as thing_id,
        source_cell in ('q1', 'q2', 'q3', 'q4') as is_in_quarter_column,
        -- The first quarter is the year to date at its end.
        case when basis = 'ytd' and quarters_covered = 1 then 'quarter' else basis end
            as basis_meant,
        certainty = 'stated' and basis in ('rolling_12m', 'point', 'cohort')
            as is_dated_by_its_words
    from {{ ref('int_checks__figures') }}
    where
        role in ('observation', 'comparative')
        and period_end is not null
        and row_id is not null
        and certainty <> 'ambiguous'
        and not is_one_of_several
        and coalesce(comparator, '') <> 'peer_group'
        -- A share of the baseline is no observation of the thing itself.
        and coalesce(relation, '') <> 'percent_of'

),

mentions as (

    select
        *,
        row_number() over (
            partition by
                area_id, thing_id, series_id, unit, basis_meant, period_start, period_end
            order by report_id, is_in_prose, reading_place
        ) as place
    from figures

)

select
    later.figure_id as claim_figure_id,
    'restated' as family,
    'as_printed' as reading,
    1 as reading_rank,
    false as is_unspoken,
    true as is_binding,
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
        and later.thing_id = earlier.thing_id
        and later.series_id = earlier.series_id
        and later.unit = earlier.unit
        and later.basis_meant = earlier.basis_meant
        and later.period_start = earlier.period_start
        and later.period_end = earlier.period_end
where
    later.place > 1
    and earlier.place = 1
    -- The items of one list are not mentions of one thing.
    and later.cell_id <> earlier.cell_id
    and not (
        later.report_id = earlier.report_id
        and later.is_in_quarter_column
        and earlier.is_in_quarter_column
        and later.source_cell <> earlier.source_cell
        and not (later.is_dated_by_its_words and earlier.is_dated_by_its_words)
    )
