with source as (

    select * from {{ ref('indicators') }}

)

select
    indicator_id,
    indicator_name,
    theme,
    usual_unit,
    definition,
    additivity
from source
