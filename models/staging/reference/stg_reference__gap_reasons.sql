with source as (

    select * from {{ ref('gap_reasons') }}

)

select
    reason,
    obs_status,
    description
from source
