-- Which claims, put right, would turn a result or a direction round? Read these first.
select
    reports.area,
    reports.financial_year,
    figures.ref,
    figures.source_line,
    figures.printed,
    checks.verdict_label,
    checks.explanation,
    checks.check_certainty,
    figures.statement
from {{ ref('fct_consistency_checks') }} as checks
inner join {{ ref('fct_figures') }} as figures
    on checks.figure_id = figures.figure_id
inner join {{ ref('dim_reports') }} as reports
    on checks.report_id = reports.report_id
where
    checks.verdict = 'inconsistent'
order by
    checks.flips_decision desc,
    reports.area,
    reports.financial_year,
    figures.source_line,
    figures.char_start
