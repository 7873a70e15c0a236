with reports as (

    select * from {{ ref('int_reports__keyed') }}

),

published_rows as (

    select * from {{ ref('int_rows__published') }}

),

cells as (

    select * from {{ ref('int_cells__published') }}

),

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

-- Counts are of what is published, so that they tell nothing of what is left out.
row_counts as (

    select
        report_id,
        count(*) as row_count
    from published_rows
    group by report_id

),

cell_counts as (

    select
        report_id,
        count(*) as cell_count
    from cells
    group by report_id

),

figure_counts as (

    select
        report_id,
        count(*) as figure_count
    from figures
    group by report_id

)

select
    reports.report_id,
    reports.area_id,
    reports.plan_id,
    {{
        period_id(quarter_start('reports.first_year', 1), 'reports.as_at_date')
    }} as period_id,
    reports.area,
    reports.partnership,
    reports.publisher,
    reports.plan,
    reports.title,
    reports.financial_year,
    reports.financial_year_end,
    reports.as_at_quarter,
    reports.as_at_date,
    reports.source_url,
    reports.published_on,
    reports.licence,
    reports.data_as_at,
    reports.file,
    reports.sha256,
    reports.format,
    reports.layout,
    reports.line_count,
    reports.table_count,
    {{ as_count('coalesce(row_counts.row_count, 0)') }} as row_count,
    {{ as_count('coalesce(cell_counts.cell_count, 0)') }} as cell_count,
    {{ as_count('coalesce(figure_counts.figure_count, 0)') }} as figure_count
from reports
left join row_counts
    on reports.report_id = row_counts.report_id
left join cell_counts
    on reports.report_id = cell_counts.report_id
left join figure_counts
    on reports.report_id = figure_counts.report_id
