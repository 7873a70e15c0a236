with source as (

    select * from {{ ref('status_symbols') }}

)

select
    status_printed,
    status,
    certainty,
    note
from source
