with source as (

    select * from {{ ref('landed_statuses') }}

)

select
    status_id,
    report_id,
    report_indicator_id,
    cell_id,
    {{ to_integer('source_line') }} as source_line,
    source_cell,
    basis,
    {{ to_date('period_start') }} as period_start,
    {{ to_date('period_end') }} as period_end,
    status_printed,
    direction_of_travel_printed
from source
