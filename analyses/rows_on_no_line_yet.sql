-- Which rows of the reports has nobody judged yet, so that they are on no line over the plans?
select
    reports.area,
    reports.financial_year,
    rows_of_reports.ref,
    rows_of_reports.measure,
    count(matches.match_id) as judgements_as_something_like_it
from {{ ref('bridge_report_indicators') }} as rows_of_reports
inner join {{ ref('dim_reports') }} as reports
    on rows_of_reports.report_id = reports.report_id
left join {{ ref('bridge_indicator_matches') }} as matches
    on rows_of_reports.report_indicator_id = matches.report_indicator_id
where rows_of_reports.indicator_id is null
group by
    reports.area,
    reports.financial_year,
    rows_of_reports.row_number,
    rows_of_reports.ref,
    rows_of_reports.measure
order by reports.area, reports.financial_year, rows_of_reports.row_number
