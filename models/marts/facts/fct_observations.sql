with observations as (

    select * from {{ ref('int_observations__collapsed') }}

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
    role,
    unit,
    basis,
    comparator,
    period_start,
    period_end,
    value,
    numerator,
    denominator,
    is_additive,
    obs_status,
    certainty,
    note,
    source_line,
    source_cell,
    {{ as_count('mention_count') }} as mention_count
from observations
