with source as (

    select * from {{ ref('landed_rows') }}

)

select
    report_indicator_id,
    report_id,
    row_key,
    {{ to_integer('row_number') }} as row_number,
    {{ to_integer('table_number') }} as table_number,
    section,
    ref,
    measure_published,
    desired_direction,
    owner_published,
    owner_certainty,
    marking_printed,
    {{ to_boolean('is_restricted') }} as is_restricted,
    {{ to_integer('first_line') }} as first_line,
    {{ to_integer('last_line') }} as last_line
from source
