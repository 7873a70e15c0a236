with source as (

    select * from {{ ref('indicator_breaks') }}

)

select
    indicator_id,
    area_id,
    {{ to_date('break_on') }} as break_on,
    break_reason
from source
