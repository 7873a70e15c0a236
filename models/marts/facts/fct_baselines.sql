with baselines as (

    select * from {{ ref('int_baselines__collapsed') }}

)

select
    figure_id,
    report_id,
    report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    series_id,
    numerator_figure_id,
    denominator_figure_id,
    unit,
    basis,
    period_start,
    period_end,
    value,
    numerator,
    denominator,
    certainty,
    note,
    source_line,
    source_cell,
    {{ as_count('mention_count') }} as mention_count
from baselines
