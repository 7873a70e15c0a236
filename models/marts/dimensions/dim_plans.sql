with plans as (

    select * from {{ ref('stg_reference__plans') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

),

area_labels as (

    select * from {{ ref('int_areas__labelled') }}

),

unlisted as (

    select
        plan_id,
        min(plan) as plan_name,
        min(area_id) as area_id,
        min(first_year) as first_year,
        max(first_year) as last_year
    from reports
    where plan_id not in (select plan_id from plans)
    group by plan_id

),

listed as (

    select
        plans.plan_id,
        plans.plan_name,
        coalesce(area_labels.area_id, {{ slug('plans.area') }}) as area_id,
        plans.first_year,
        plans.last_year
    from plans
    left join area_labels
        on {{ label_key('plans.area') }} = area_labels.label

),

all_plans as (

    select
        *,
        true as is_listed
    from listed
    union all
    select
        *,
        false as is_listed
    from unlisted

)

select
    plan_id,
    area_id,
    plan_name,
    first_year,
    last_year,
    is_listed
from all_plans
