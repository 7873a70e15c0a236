-- The cells of the rows that may be published, with officers masked.
with cells as (

    select * from {{ ref('stg_landed__cells') }}

),

published_rows as (

    select * from {{ ref('int_rows__published') }}

)

select
    cells.cell_id,
    cells.report_id,
    cells.report_indicator_id,
    cells.source_cell,
    cells.header,
    cells.basis,
    cells.period_start,
    cells.period_end,
    cells.first_line,
    cells.last_line,
    cells.source_locator,
    cells.text_published as text
from cells
inner join published_rows
    on cells.report_indicator_id = published_rows.report_indicator_id
