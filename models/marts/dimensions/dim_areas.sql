with areas as (

    select * from {{ ref('stg_reference__areas') }}

),

plans as (

    select * from {{ ref('dim_plans') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

),

series as (

    select * from {{ ref('int_series__labelled') }}

),

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

wards_not_listed as (

    select
        area_id,
        min(series_name) as area_name,
        'ward' as area_type,
        min(report_area_id) as parent_area_id,
        2 as preference
    from series
    where is_place
    group by area_id

),

boroughs_not_listed as (

    select
        area_id,
        min(area) as area_name,
        'borough' as area_type,
        cast(null as varchar) as parent_area_id,
        2 as preference
    from reports
    group by area_id

),

areas_of_plans as (

    select distinct
        area_id,
        area_id as area_name,
        'borough' as area_type,
        cast(null as varchar) as parent_area_id,
        3 as preference
    from plans

),

area_names as (

    select
        area_id,
        area_name,
        area_type,
        parent_area_id,
        1 as preference
    from areas
    union all
    select * from wards_not_listed
    union all
    select * from boroughs_not_listed
    union all
    select * from areas_of_plans

),

ranked as (

    select
        *,
        row_number() over (partition by area_id order by preference) as choice
    from area_names

),

known as (

    select * from ranked
    where choice = 1

),

-- The places that a report compares its own area with stand for an area too. It has no parent, so
-- that it is never summed into one.
peer_groups as (

    select
        known.area_id,
        {{ peer_group_area_id('known.area_id') }} as peer_group_area_id,
        'Places comparable with ' || known.area_name as area_name
    from known
    where {{ peer_group_area_id('known.area_id') }} in (select area_id from figures)

)

select
    area_id,
    parent_area_id,
    area_name,
    area_type
from known

union all

select
    peer_group_area_id as area_id,
    cast(null as varchar) as parent_area_id,
    area_name,
    'peer_group' as area_type
from peer_groups
