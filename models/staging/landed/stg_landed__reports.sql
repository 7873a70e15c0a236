with source as (

    select * from {{ ref('landed_reports') }}

)

select
    report_id,
    file,
    area,
    partnership,
    publisher,
    plan,
    financial_year,
    {{ to_integer('as_at_quarter') }} as as_at_quarter,
    title,
    source_url,
    published_on,
    licence,
    data_as_at,
    sha256,
    format,
    layout,
    {{ to_integer('line_count') }} as line_count,
    {{ to_integer('table_count') }} as table_count,
    {{ to_integer('row_count') }} as row_count,
    {{ to_integer('cell_count') }} as cell_count,
    {{ to_integer('figure_count') }} as figure_count,
    {{ to_integer('warning_count') }} as warning_count
from source
