-- A printed total against the parts printed with it.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

)

select
    totals.figure_id as claim_figure_id,
    'component_sum' as family,
    'sum_of_parts' as reading,
    1 as reading_rank,
    false as is_unspoken,
    'parts' as base_key,
    parts.figure_id,
    'term' as part,
    1 as times,
    0 as claim_shift,
    1 as claim_times
from figures as totals
inner join figures as parts on totals.figure_id = parts.relates_to_figure_id
where parts.relation = 'part_of'
