-- Every mention of an observed or comparative value, with the first mention that stands for all
-- mentions of the same value. A share of something else ("62% of baseline") is no observation of
-- the indicator and is left out.
with figures as (

    select * from {{ ref('int_figures__conformed') }}

),

mentions as (

    select *
    from figures
    where
        role in ('observation', 'comparative')
        and report_indicator_id is not null
        and value is not null
        and relation is distinct from 'percent_of'
        and not (role = 'observation' and coalesce(comparator, '') = 'baseline')

)

select
    first_value(figure_id) over mentions_of_one_value as first_figure_id,
    figure_id,
    report_id,
    report_indicator_id,
    row_report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    series_id,
    line_series_id,
    role,
    unit,
    basis,
    period_start,
    period_end,
    value,
    printed_decimals,
    comparator,
    source_line,
    source_cell,
    statement,
    certainty,
    note,
    reading_order
from mentions
window mentions_of_one_value as (
    partition by area_id, report_indicator_id, series_id, unit, basis, period_id, value
    order by reading_order
    rows between unbounded preceding and unbounded following
)
