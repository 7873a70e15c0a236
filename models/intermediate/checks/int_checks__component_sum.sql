-- A printed total against its parts: those that are linked to it, wherever they stand, or the
-- several series of one cell or one row beside a total of the same thing.
--
-- Parts may be more than their total only if they overlap. They may be less wherever words do not
-- list them all: "of which 12 ... and 30 ...". So each claim has two readings: all the parts, which
-- binds where the words list them, and parts among others, which binds where they exceed the total.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

said_parts as (

    select
        totals.figure_id as claim_figure_id,
        parts.figure_id,
        -- Rows and columns are tied only where most of them add up.
        totals.cell_id <> parts.cell_id
        or {{ matches('parts.statement', words_of_breakdown()) }}
        or {{ matches('totals.statement', words_of_breakdown()) }}
        or {{ matches('totals.statement', words_of_total()) }} as is_listed,
        count(*) over (partition by totals.figure_id) as part_count,
        'parts' as base_key
    from figures as totals
    inner join figures as parts on totals.figure_id = parts.relates_to_figure_id
    where
        parts.relation = 'part_of'
        and totals.unit = parts.unit
        -- "0.5% of the total" is no part by its number.
        and totals.role in ('observation', 'comparative', 'baseline', 'target', 'component')

),

-- The first mention of every series of a row, for one stretch of time.
series_of_rows as (

    select
        row_id,
        unit,
        basis,
        period_end,
        role,
        series,
        {{ first_of('figure_id', 'reading_place') }} as figure_id,
        {{ first_of('cell_id', 'reading_place') }} as cell_id
    from figures
    where
        series is not null
        and relation is null
        and not is_one_of_several
        and not is_in_prose
        and role in ('observation', 'baseline')
    group by row_id, unit, basis, period_end, role, series

),

-- "Police 120, Council 35; 155 in total", "100% broken down as follows: 73% excellent, ...". Words
-- that list the parts mean all of them; beside a mere total there may be others.
series_beside as (

    select
        totals.figure_id as claim_figure_id,
        parts.figure_id,
        {{ matches('parts.statement', words_of_breakdown()) }}
        or {{ matches('totals.statement', words_of_breakdown()) }} as is_listed,
        {{ matches('totals.statement', words_of_total()) }} as is_total,
        count(*) over (partition by totals.figure_id) as part_count,
        count(distinct parts.series) over (partition by totals.figure_id)
            as series_count,
        {{ is_all(
            "parts.reading_place > totals.reading_place",
            over="partition by totals.figure_id",
        ) }} as is_total_first
    from figures as totals
    inner join figures as parts
        on
            totals.cell_id = parts.cell_id
            and totals.unit = parts.unit
            and totals.basis = parts.basis
            and totals.period_end is not distinct from parts.period_end
            and totals.figure_id <> parts.figure_id
    where
        totals.series is null
        and parts.series is not null
        and totals.unit in ('count', 'percent')
        and totals.role in ('observation', 'baseline')
        and parts.role in ('observation', 'baseline', 'component')
        and parts.relation is null
        and not totals.is_one_of_several

),

-- The series of a row in cells of their own, beside a total in another.
series_of_row as (

    select
        totals.figure_id as claim_figure_id,
        parts.figure_id,
        count(*) over (partition by totals.figure_id) as part_count
    from figures as totals
    inner join series_of_rows as parts
        on
            totals.row_id = parts.row_id
            and totals.unit = parts.unit
            and totals.basis = parts.basis
            and totals.role = parts.role
            and totals.period_end = parts.period_end
            and totals.cell_id <> parts.cell_id
    where
        totals.series is null
        and totals.unit = 'count'
        and not totals.is_one_of_several
        and not totals.is_in_prose
        and {{ matches('totals.statement', words_of_total()) }}

),

parts_found as (

    select
        claim_figure_id,
        figure_id,
        part_count > 1
        and {{ is_all('is_listed', over="partition by claim_figure_id") }} as is_all_of_them,
        true as is_linked,
        base_key
    from said_parts
    union all
    select
        series_beside.claim_figure_id,
        series_beside.figure_id,
        series_beside.is_listed and series_beside.is_total_first as is_all_of_them,
        false as is_linked,
        'series' as base_key
    from series_beside
    left join said_parts
        on series_beside.claim_figure_id = said_parts.claim_figure_id
    where
        series_beside.part_count = series_beside.series_count
        and series_beside.part_count > 1
        and (series_beside.is_total or (series_beside.is_listed and series_beside.is_total_first))
        and said_parts.claim_figure_id is null
    union all
    select
        series_of_row.claim_figure_id,
        series_of_row.figure_id,
        false as is_all_of_them,
        false as is_linked,
        'series of the row' as base_key
    from series_of_row
    left join said_parts
        on series_of_row.claim_figure_id = said_parts.claim_figure_id
    left join series_beside
        on series_of_row.claim_figure_id = series_beside.claim_figure_id
    where
        series_of_row.part_count > 1
        and said_parts.claim_figure_id is null
        and series_beside.claim_figure_id is null

),

readings as (

    select distinct
        claim_figure_id,
        figure_id,
        base_key || ', all' as base_key,
        1 as reading_rank,
        not is_all_of_them and not is_linked as is_unspoken,
        is_all_of_them as is_binding
    from parts_found
    union all
    select distinct
        claim_figure_id,
        figure_id,
        base_key || ', among others' as base_key,
        2 as reading_rank,
        true as is_unspoken,
        true as is_binding
    from parts_found
    where not is_all_of_them

)

select
    claim_figure_id,
    'component_sum' as family,
    'sum_of_parts' as reading,
    reading_rank,
    is_unspoken,
    is_binding,
    base_key,
    figure_id,
    'term' as part,
    1 as times,
    0 as claim_shift,
    1 as claim_times
from readings
