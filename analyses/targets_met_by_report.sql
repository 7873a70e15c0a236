-- How many rows of each report say that their target was met, and how many that it was not?
select
    reports.area,
    reports.financial_year,
    reports.as_at_quarter,
    outcomes.outcome,
    count(*) as statements,
    count(distinct outcomes.report_indicator_id) as rows_of_report
from {{ ref('fct_target_outcomes') }} as outcomes
inner join {{ ref('dim_reports') }} as reports
    on outcomes.report_id = reports.report_id
group by reports.area, reports.financial_year, reports.as_at_quarter, outcomes.outcome
order by reports.area, reports.financial_year, reports.as_at_quarter, outcomes.outcome
