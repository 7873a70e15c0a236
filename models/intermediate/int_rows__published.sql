-- The one gate for what may be published: every mart's row, cell and figure comes through here.
with rows_landed as (

    select * from {{ ref('stg_landed__rows') }}

)

select
    report_indicator_id,
    report_id,
    row_key,
    row_number,
    table_number,
    section,
    ref,
    measure_published,
    desired_direction,
    owner_published,
    owner_certainty,
    marking_printed,
    is_restricted,
    first_line,
    last_line
from rows_landed
where {{ may_be_published('is_restricted') }}
