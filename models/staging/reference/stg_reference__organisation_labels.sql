with source as (

    select * from {{ ref('organisation_labels') }}

)

select
    label,
    organisation_id
from source
