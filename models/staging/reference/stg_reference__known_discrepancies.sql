with source as (

    select * from {{ ref('known_discrepancies') }}

)

select
    report_id,
    {{ to_integer('source_line') }} as source_line,
    {{ to_integer('char_start') }} as char_start,
    printed,
    family,
    reason,
    {{ to_date('reviewed_on') }} as reviewed_on,
    reviewed_against,
    publisher_response
from source
