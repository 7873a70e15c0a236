with source as (

    select * from {{ ref('landed_gaps') }}

)

select
    gap_id,
    report_id,
    report_indicator_id,
    cell_id,
    {{ to_integer('source_line') }} as source_line,
    source_cell,
    {{ to_integer('char_start') }} as char_start,
    words,
    statement,
    reason,
    basis,
    {{ to_date('period_start') }} as period_start,
    {{ to_date('period_end') }} as period_end,
    certainty,
    rule
from source
