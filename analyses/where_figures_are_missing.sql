-- Where is there no figure, and why? Which owners could give one?
select
    reasons.reason,
    organisations.organisation_name,
    count(*) as times,
    count(distinct reasons.report_indicator_id) as rows_of_reports,
    min(reasons.words) as example
from {{ ref('fct_data_gaps') }} as reasons
inner join {{ ref('bridge_report_indicators') }} as rows_of_reports
    on reasons.report_indicator_id = rows_of_reports.report_indicator_id
left join {{ ref('dim_organisations') }} as organisations
    on rows_of_reports.organisation_id = organisations.organisation_id
group by reasons.reason, organisations.organisation_name
order by times desc, reasons.reason, organisations.organisation_name
