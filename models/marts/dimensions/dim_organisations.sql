with organisations as (

    select * from {{ ref('stg_reference__organisations') }}

),

owners as (

    select * from {{ ref('int_owners__matched') }}

),

unlisted as (

    select
        organisation_id,
        min(organisation_name) as organisation_name
    from owners
    where organisation_id not in (select organisation_id from organisations)
    group by organisation_id

)

select
    organisation_id,
    organisation_name,
    organisation_type,
    true as is_listed
from organisations

union all

select
    organisation_id,
    organisation_name,
    cast(null as varchar) as organisation_type,
    false as is_listed
from unlisted
