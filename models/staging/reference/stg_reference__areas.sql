with source as (

    select * from {{ ref('areas') }}

)

select
    area_id,
    area_name,
    area_type,
    parent_area_id,
    area_names_also
from source
