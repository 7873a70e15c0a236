with

reports as (

    select * from {{ ref('dim_reports') }}

),

checks as (

    select * from {{ ref('int_checks__reviewed') }}

),

counted as (

    select
        report_id,
        family,
        {{ claim_counts() }}
    from checks
    group by report_id, family

)

select
    counted.report_id || '|' || counted.family as report_family_id,
    counted.report_id,
    reports.area_id,
    counted.family,
    {{ claim_columns('counted') }}
from counted
inner join reports on counted.report_id = reports.report_id
