with source as (

    select * from {{ ref('landed_segments') }}

)

select
    report_id,
    {{ to_integer('source_line') }} as source_line,
    {{ to_integer('char_start') }} as char_start,
    {{ to_integer('char_end') }} as char_end,
    cell_id,
    text
from source
