with source as (

    select * from {{ ref('landed_match_proposals') }}

)

select
    report_indicator_id,
    {{ to_integer('rank') }} as rank,
    indicator_id,
    {{ to_decimal('score') }} as score
from source
