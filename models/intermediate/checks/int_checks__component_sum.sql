-- A printed total against the parts printed with it: those that the words call its parts, or the
-- several series of one cell beside a total of the same thing.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

said_parts as (

    select
        totals.figure_id as claim_figure_id,
        parts.figure_id,
        false as is_unspoken,
        'parts' as base_key
    from figures as totals
    inner join figures as parts on totals.figure_id = parts.relates_to_figure_id
    where parts.relation = 'part_of'

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

parts_found as (

    select
        claim_figure_id,
        figure_id,
        is_unspoken,
        base_key
    from said_parts
    union all
    select
        series_beside.claim_figure_id,
        series_beside.figure_id,
        not(series_beside.is_listed and series_beside.is_total_first) as is_unspoken,
        'series' as base_key
    from series_beside
    left join said_parts
        on series_beside.claim_figure_id = said_parts.claim_figure_id
    where
        series_beside.part_count = series_beside.series_count
        and series_beside.part_count > 1
        and (series_beside.is_total or (series_beside.is_listed and series_beside.is_total_first))
        and said_parts.claim_figure_id is null

)

select
    claim_figure_id,
    'component_sum' as family,
    'sum_of_parts' as reading,
    1 as reading_rank,
    is_unspoken,
    true as is_binding,
    base_key,
    figure_id,
    'term' as part,
    1 as times,
    0 as claim_shift,
    1 as claim_times
from parts_found
