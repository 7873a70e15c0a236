-- Statements that a target is met or not, with their keys.
with outcomes as (

    select * from {{ ref('stg_landed__outcomes') }}

),

report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

)

select
    outcomes.outcome_id,
    outcomes.report_id,
    report_indicators.report_indicator_id,
    report_indicators.indicator_id,
    reports.area_id,
    {{ period_id('outcomes.period_start', 'outcomes.period_end') }} as period_id,
    outcomes.cell_id,
    outcomes.basis,
    outcomes.period_start,
    outcomes.period_end,
    outcomes.outcome,
    outcomes.words,
    outcomes.statement,
    outcomes.certainty,
    outcomes.rule,
    outcomes.source_line,
    outcomes.source_cell,
    outcomes.char_start
from outcomes
inner join report_indicators
    on outcomes.report_indicator_id = report_indicators.report_indicator_id
inner join reports
    on outcomes.report_id = reports.report_id
