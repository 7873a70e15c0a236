-- The one value that stands for an indicator row in a period: of the whole row before a part of it,
-- in the indicator's usual unit before another, then the first in reading order.
with observations as (

    select * from {{ ref('int_observations__collapsed') }}

),

indicators as (

    select * from {{ ref('stg_reference__indicators') }}

),

ranked as (

    select
        observations.*,
        row_number() over (
            partition by observations.report_indicator_id, observations.period_id
            order by
                case when observations.series_id = 'total' then 1 else 2 end,
                case when observations.unit = indicators.usual_unit then 1 else 2 end,
                observations.reading_order
        ) as preference,
        count(*) over (
            partition by observations.report_indicator_id, observations.period_id
        ) as value_count
    from observations
    left join indicators
        on observations.indicator_id = indicators.indicator_id
    where observations.role = 'observation'

)

select
    figure_id,
    report_id,
    report_indicator_id,
    row_report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    series_id,
    line_series_id,
    unit,
    basis,
    period_start,
    period_end,
    value,
    value_count,
    certainty
from ranked
where preference = 1
