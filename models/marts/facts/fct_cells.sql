with cells as (

    select * from {{ ref('int_cells__published') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

),

report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

)

select
    cells.cell_id,
    cells.report_id,
    cells.report_indicator_id,
    report_indicators.indicator_id,
    reports.area_id,
    {{ period_id('cells.period_start', 'cells.period_end') }} as period_id,
    cells.source_cell,
    cells.header,
    cells.basis,
    cells.period_start,
    cells.period_end,
    cells.first_line,
    cells.last_line,
    cells.source_locator,
    cells.text
from cells
inner join reports
    on cells.report_id = reports.report_id
inner join report_indicators
    on cells.report_indicator_id = report_indicators.report_indicator_id
