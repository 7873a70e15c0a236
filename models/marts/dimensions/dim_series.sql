with series as (

    select * from {{ ref('stg_reference__series') }}

),

labelled as (

    select * from {{ ref('int_series__labelled') }}

),

judged as (

    select * from {{ ref('int_crosswalk__loaded') }}

),

names as (

    select
        'total' as series_id,
        'Total' as series_name,
        1 as preference
    union all
    select
        series_id,
        series_name,
        2 as preference
    from series
    union all
    select
        series_id,
        series_name,
        3 as preference
    from labelled
    union all
    select
        series_id,
        series_id as series_name,
        4 as preference
    from judged
    where series_id is not null

),

ranked as (

    select
        series_id,
        series_name,
        preference,
        row_number() over (partition by series_id order by preference, series_name) as choice
    from names

),

wards as (

    select
        series_id,
        max(case when is_place then 1 else 0 end) = 1 as is_place
    from labelled
    group by series_id

)

select
    ranked.series_id,
    ranked.series_name,
    ranked.series_id = 'total' as is_total,
    coalesce(wards.is_place, false) as is_place
from ranked
left join wards
    on ranked.series_id = wards.series_id
where ranked.choice = 1
