with report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

),

owners as (

    select * from {{ ref('int_owners__matched') }}

),

targets as (

    select * from {{ ref('int_targets__paired') }}

),

operators as (

    select
        row_report_indicator_id,
        min(operator) as operator
    from targets
    group by row_report_indicator_id
    having count(distinct operator) = 1

)

select
    report_indicators.report_indicator_id,
    report_indicators.parent_report_indicator_id,
    report_indicators.report_id,
    reports.area_id,
    reports.plan_id,
    report_indicators.indicator_id,
    report_indicators.series_id,
    owners.organisation_id,
    report_indicators.row_key,
    report_indicators.row_number,
    report_indicators.table_number,
    report_indicators.section,
    report_indicators.ref,
    report_indicators.measure_published as measure,
    report_indicators.desired_direction,
    {{
        polarity_of('report_indicators.desired_direction', 'operators.operator')
    }} as polarity,
    case
        when owners.organisation_id is not null then report_indicators.owner_certainty
    end as owner_certainty,
    report_indicators.marking_printed,
    report_indicators.is_restricted,
    report_indicators.first_line,
    report_indicators.last_line
from report_indicators
inner join reports
    on report_indicators.report_id = reports.report_id
left join owners
    on report_indicators.owner_published = owners.owner_published
left join operators
    on report_indicators.row_report_indicator_id = operators.row_report_indicator_id
