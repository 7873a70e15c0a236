with targets as (

    select * from {{ ref('int_targets__paired') }}

)

select
    figure_id,
    report_id,
    report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    series_id,
    change_figure_id,
    unit,
    basis,
    operator,
    period_start,
    period_end,
    value,
    change_percent,
    change_value,
    certainty,
    note,
    source_line,
    source_cell,
    {{ as_count('mention_count') }} as mention_count
from targets
