with source as (

    select * from {{ ref('landed_cells') }}

)

select
    cell_id,
    report_id,
    report_indicator_id,
    source_cell,
    header,
    basis,
    {{ to_date('period_start') }} as period_start,
    {{ to_date('period_end') }} as period_end,
    {{ to_integer('first_line') }} as first_line,
    {{ to_integer('last_line') }} as last_line,
    source_locator,
    text_published
from source
