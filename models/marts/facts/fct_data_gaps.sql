with gaps as (

    select * from {{ ref('int_gaps__keyed') }}

)

select
    gap_id,
    report_id,
    report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    cell_id,
    basis,
    period_start,
    period_end,
    words,
    reason,
    obs_status,
    statement,
    certainty,
    rule,
    source_line,
    source_cell,
    char_start
from gaps
