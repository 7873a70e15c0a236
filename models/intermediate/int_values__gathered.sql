-- Every value that could stand in the timeline, with where it comes from and whether anything
-- disputes it. Values of unmapped rows and of unknown periods cannot be placed on a line.
with observations as (

    select * from {{ ref('int_observations__collapsed') }}

),

mentions as (

    select * from {{ ref('int_observations__mentioned') }}

),

baselines as (

    select * from {{ ref('int_baselines__collapsed') }}

),

derived as (

    select * from {{ ref('int_values__derived_from_ytd') }}

),

implied as (

    select * from {{ ref('int_values__implied_by_change') }}

),

disputed as (

    select * from {{ ref('int_figures__disputed') }}

),

disputed_observations as (

    select distinct mentions.first_figure_id as figure_id
    from mentions
    inner join disputed
        on mentions.figure_id = disputed.figure_id

),

gathered as (

    select
        observations.figure_id,
        cast(null as varchar) as base_figure_id,
        case observations.role when 'observation' then 'stated' else 'comparative' end as origin,
        observations.report_id,
        observations.report_indicator_id,
        observations.indicator_id,
        observations.area_id,
        observations.period_id,
        observations.line_series_id as series_id,
        observations.unit,
        observations.basis,
        observations.period_start,
        observations.period_end,
        observations.value,
        observations.numerator,
        observations.denominator,
        observations.obs_status,
        observations.certainty,
        observations.note,
        disputed_observations.figure_id is not null as is_disputed,
        observations.source_line,
        observations.reading_order
    from observations
    left join disputed_observations
        on observations.figure_id = disputed_observations.figure_id

    union all

    select
        baselines.figure_id,
        cast(null as varchar) as base_figure_id,
        'baseline' as origin,
        baselines.report_id,
        baselines.report_indicator_id,
        baselines.indicator_id,
        baselines.area_id,
        baselines.period_id,
        baselines.line_series_id as series_id,
        baselines.unit,
        baselines.basis,
        baselines.period_start,
        baselines.period_end,
        baselines.value,
        baselines.numerator,
        baselines.denominator,
        'A' as obs_status,
        baselines.certainty,
        baselines.note,
        disputed.figure_id is not null as is_disputed,
        baselines.source_line,
        baselines.reading_order
    from baselines
    left join disputed
        on baselines.figure_id = disputed.figure_id

    union all

    select
        figure_id,
        base_figure_id,
        'derived_from_ytd' as origin,
        report_id,
        report_indicator_id,
        indicator_id,
        area_id,
        period_id,
        line_series_id as series_id,
        unit,
        basis,
        period_start,
        period_end,
        value,
        cast(null as decimal(18, 4)) as numerator,
        cast(null as decimal(18, 4)) as denominator,
        'A' as obs_status,
        certainty,
        cast(null as varchar) as note,
        false as is_disputed,
        source_line,
        reading_order
    from derived

    union all

    select
        figure_id,
        base_figure_id,
        'implied_by_change' as origin,
        report_id,
        report_indicator_id,
        indicator_id,
        area_id,
        period_id,
        line_series_id as series_id,
        unit,
        basis,
        period_start,
        period_end,
        value,
        cast(null as decimal(18, 4)) as numerator,
        cast(null as decimal(18, 4)) as denominator,
        'A' as obs_status,
        certainty,
        cast(null as varchar) as note,
        false as is_disputed,
        source_line,
        reading_order
    from implied

)

select
    figure_id,
    base_figure_id,
    origin,
    report_id,
    report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    series_id,
    unit,
    basis,
    period_start,
    period_end,
    value,
    numerator,
    denominator,
    obs_status,
    certainty,
    note,
    is_disputed,
    source_line,
    reading_order
from gathered
where
    indicator_id is not null
    and unit is not null
    and period_id <> 'unknown'
