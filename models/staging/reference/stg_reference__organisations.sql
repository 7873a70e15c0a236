with source as (

    select * from {{ ref('organisations') }}

)

select
    organisation_id,
    organisation_name,
    organisation_type
from source
