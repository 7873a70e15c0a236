-- Under which refs do the plans report the same thing, and what did they want it to do?
select
    indicators.indicator_name,
    reports.area,
    plans.plan_name,
    rows_of_reports.ref,
    rows_of_reports.desired_direction,
    matches.match_type,
    matches.reason
from {{ ref('bridge_indicator_matches') }} as matches
inner join {{ ref('bridge_report_indicators') }} as rows_of_reports
    on matches.report_indicator_id = rows_of_reports.report_indicator_id
inner join {{ ref('dim_indicators') }} as indicators
    on matches.indicator_id = indicators.indicator_id
inner join {{ ref('dim_reports') }} as reports
    on rows_of_reports.report_id = reports.report_id
inner join {{ ref('dim_plans') }} as plans
    on rows_of_reports.plan_id = plans.plan_id
where matches.match_type in ('exact_match', 'close_match')
order by indicators.indicator_name, reports.area, reports.financial_year, rows_of_reports.row_number
