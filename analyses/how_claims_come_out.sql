-- How many claims of each kind hold, in every report? What adds up comes first.
select
    reports.area,
    reports.financial_year,
    checks.family,
    sum(case when checks.verdict in ('exact', 'within_rounding', 'truncated') then 1 else 0 end)
        as add_up,
    sum(case when checks.verdict in ('consistent_if', 'needs_unprinted_base') then 1 else 0 end)
        as add_up_with_a_condition,
    sum(case when checks.verdict = 'untestable' then 1 else 0 end) as cannot_be_checked,
    sum(case when checks.verdict = 'inconsistent' then 1 else 0 end)
        as do_not_add_up_as_printed
from {{ ref('fct_consistency_checks') }} as checks
inner join {{ ref('dim_reports') }} as reports
    on checks.report_id = reports.report_id
group by reports.area, reports.financial_year, checks.family
order by reports.area, reports.financial_year, checks.family
