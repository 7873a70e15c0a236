with source as (

    select * from {{ ref('landed_figures') }}

)

select
    figure_id,
    report_id,
    report_indicator_id,
    cell_id,
    ref,
    {{ to_integer('source_line') }} as source_line,
    source_cell,
    {{ to_integer('char_start') }} as char_start,
    {{ to_integer('char_end') }} as char_end,
    {{ to_integer('cell_char_start') }} as cell_char_start,
    printed,
    {{ to_integer('printed_decimals') }} as printed_decimals,
    statement,
    role,
    series,
    unit,
    basis,
    {{ to_date('period_start') }} as period_start,
    {{ to_date('period_end') }} as period_end,
    {{ to_decimal('value') }} as value,
    value as value_landed,
    comparator,
    certainty,
    note,
    rule,
    relates_to_figure_id,
    relation,
    direction_word,
    operator
from source
