-- Where a report shows a colour: which way did the figures go, and which way were they to go?
select
    reports.area,
    reports.financial_year,
    rows_of_reports.ref,
    rows_of_reports.measure,
    performance.status,
    performance.desired_direction,
    performance.direction_of_travel,
    performance.assessment,
    performance.assessed_against
from {{ ref('indicator_performance') }} as performance
inner join {{ ref('bridge_report_indicators') }} as rows_of_reports
    on performance.report_indicator_id = rows_of_reports.report_indicator_id
inner join {{ ref('dim_reports') }} as reports
    on performance.report_id = reports.report_id
where performance.status in ('green', 'amber', 'red')
order by reports.area, reports.financial_year, rows_of_reports.row_number
