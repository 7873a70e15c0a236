with source as (

    select * from {{ ref('series_labels') }}

)

select
    label,
    series_id
from source
