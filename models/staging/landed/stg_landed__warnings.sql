with source as (

    select * from {{ ref('landed_warnings') }}

)

select
    warning_id,
    report_id,
    {{ to_integer('source_line') }} as source_line,
    code,
    message
from source
