with source as (

    select * from {{ ref('plans') }}

)

select
    plan_id,
    plan_name,
    area,
    plan,
    {{ to_integer('first_year') }} as first_year,
    {{ to_integer('last_year') }} as last_year
from source
