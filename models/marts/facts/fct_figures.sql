with figures as (

    select * from {{ ref('int_figures__conformed') }}

)

select
    figure_id,
    report_id,
    report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    series_id,
    cell_id,
    relates_to_figure_id,
    ref,
    source_line,
    source_locator,
    source_cell,
    char_start,
    char_end,
    cell_char_start,
    printed,
    printed_decimals,
    statement,
    role,
    series,
    unit,
    basis,
    period_start,
    period_end,
    value,
    comparator,
    relation,
    direction_word,
    operator,
    certainty,
    note,
    rule
from figures
