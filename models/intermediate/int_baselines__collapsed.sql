-- One row for each baseline a report states for one series, unit, basis and period.
with figures as (

    select * from {{ ref('int_figures__conformed') }}

),

ratios as (

    select * from {{ ref('int_ratios__parted') }}

),

mentions as (

    select *
    from figures
    where
        role = 'baseline'
        and report_indicator_id is not null
        and value is not null
        and relation is distinct from 'percent_of'

),

ranked as (

    select
        mentions.*,
        ratios.numerator,
        ratios.denominator,
        ratios.numerator_figure_id,
        ratios.denominator_figure_id,
        first_value(mentions.figure_id) over mentions_of_one_value as first_figure_id,
        count(*) over mentions_of_one_value as mention_count,
        first_value(mentions.figure_id) over (
            partition by
                mentions.area_id,
                mentions.report_indicator_id,
                mentions.series_id,
                mentions.unit,
                mentions.basis,
                mentions.period_id,
                mentions.value
            order by
                case when ratios.figure_id is null then 2 else 1 end,
                mentions.reading_order
            rows between unbounded preceding and unbounded following
        ) as parts_figure_id
    from mentions
    left join ratios
        on mentions.figure_id = ratios.figure_id
    window mentions_of_one_value as (
        partition by
            mentions.area_id,
            mentions.report_indicator_id,
            mentions.series_id,
            mentions.unit,
            mentions.basis,
            mentions.period_id,
            mentions.value
        order by mentions.reading_order
        rows between unbounded preceding and unbounded following
    )

)

select
    ranked.figure_id,
    ranked.report_id,
    ranked.report_indicator_id,
    ranked.row_report_indicator_id,
    ranked.indicator_id,
    ranked.area_id,
    ranked.period_id,
    ranked.series_id,
    ranked.line_series_id,
    ranked.unit,
    ranked.basis,
    ranked.period_start,
    ranked.period_end,
    ranked.value,
    ranked.printed_decimals,
    parts.numerator,
    parts.denominator,
    parts.numerator_figure_id,
    parts.denominator_figure_id,
    ranked.mention_count,
    ranked.source_line,
    ranked.source_cell,
    ranked.certainty,
    ranked.note,
    ranked.reading_order
from ranked
left join ratios as parts
    on ranked.parts_figure_id = parts.figure_id
where ranked.figure_id = ranked.first_figure_id
