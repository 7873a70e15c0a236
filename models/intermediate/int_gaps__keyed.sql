-- Statements that a figure is missing, with their keys and the SDMX status their reason has.
with gaps as (

    select * from {{ ref('stg_landed__gaps') }}

),

gap_reasons as (

    select * from {{ ref('stg_reference__gap_reasons') }}

),

report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

)

select
    gaps.gap_id,
    gaps.report_id,
    report_indicators.report_indicator_id,
    report_indicators.indicator_id,
    reports.area_id,
    {{ period_id('gaps.period_start', 'gaps.period_end') }} as period_id,
    gaps.cell_id,
    gaps.basis,
    gaps.period_start,
    gaps.period_end,
    gaps.reason,
    gap_reasons.obs_status,
    gaps.words,
    gaps.statement,
    gaps.certainty,
    gaps.rule,
    gaps.source_line,
    gaps.source_cell,
    gaps.char_start
from gaps
inner join report_indicators
    on gaps.report_indicator_id = report_indicators.report_indicator_id
inner join reports
    on gaps.report_id = reports.report_id
left join gap_reasons
    on gaps.reason = gap_reasons.reason
