with source as (

    select * from {{ ref('series') }}

)

select
    series_id,
    series_name,
    area_id
from source
