with outcomes as (

    select * from {{ ref('int_outcomes__keyed') }}

)

select
    outcome_id,
    report_id,
    report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    cell_id,
    basis,
    period_start,
    period_end,
    outcome,
    words,
    statement,
    certainty,
    rule,
    source_line,
    source_cell,
    char_start
from outcomes
