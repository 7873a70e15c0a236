-- Quarters that no report prints, worked out as the difference of two years to date that the same
-- report prints. Only additive counts that nothing disputes and whose reading is not ambiguous,
-- and only where the report gives one value for each of the two.
with mentions as (

    select * from {{ ref('int_observations__mentioned') }}

),

disputed as (

    select * from {{ ref('int_figures__disputed') }}

),

indicators as (

    select * from {{ ref('stg_reference__indicators') }}

),

cumulative as (

    select
        mentions.*,
        {{ financial_year_start('mentions.period_end') }} as first_year,
        {{ financial_quarter('mentions.period_end') }} as quarter
    from mentions
    inner join indicators
        on
            mentions.indicator_id = indicators.indicator_id
            and indicators.additivity = 'additive'
    left join disputed
        on mentions.figure_id = disputed.figure_id
    where
        mentions.unit = 'count'
        and mentions.certainty <> 'ambiguous'
        and disputed.figure_id is null
        and (
            mentions.basis in ('ytd', 'year')
            or (mentions.basis = 'quarter' and extract(month from mentions.period_start) = 4)
        )
        and mentions.period_start
        = {{ quarter_start(financial_year_start('mentions.period_end'), 1) }}
        and mentions.period_end
        = {{
            quarter_end(
                financial_year_start('mentions.period_end'),
                financial_quarter('mentions.period_end')
            )
        }}

),

one_value_each as (

    select
        report_id,
        report_indicator_id,
        indicator_id,
        area_id,
        series_id,
        line_series_id,
        first_year,
        quarter,
        min(value) as value,
        max(case when certainty = 'stated' then 1 else 0 end) as is_stated,
        min(reading_order) as reading_order
    from cumulative
    group by
        report_id,
        report_indicator_id,
        indicator_id,
        area_id,
        series_id,
        line_series_id,
        first_year,
        quarter
    having count(distinct value) = 1

),

differences as (

    select
        later.report_id,
        later.report_indicator_id,
        later.indicator_id,
        later.area_id,
        later.series_id,
        later.line_series_id,
        later.first_year,
        later.quarter,
        later.value - coalesce(earlier.value, 0) as value,
        least(later.is_stated, coalesce(earlier.is_stated, 1)) as is_stated,
        later.reading_order,
        earlier.reading_order as base_reading_order
    from one_value_each as later
    left join one_value_each as earlier
        on
            later.report_id = earlier.report_id
            and later.report_indicator_id = earlier.report_indicator_id
            and later.area_id = earlier.area_id
            and later.series_id = earlier.series_id
            and later.first_year = earlier.first_year
            and later.quarter = earlier.quarter + 1
    where
        later.quarter = 1
        or earlier.quarter is not null

)

select
    later_figures.figure_id,
    base_figures.figure_id as base_figure_id,
    differences.report_id,
    differences.report_indicator_id,
    differences.indicator_id,
    differences.area_id,
    {{
        period_id(
            quarter_start('differences.first_year', 'differences.quarter'),
            quarter_end('differences.first_year', 'differences.quarter')
        )
    }} as period_id,
    differences.series_id,
    differences.line_series_id,
    'count' as unit,
    'quarter' as basis,
    {{ quarter_start('differences.first_year', 'differences.quarter') }} as period_start,
    {{ quarter_end('differences.first_year', 'differences.quarter') }} as period_end,
    {{ as_measure('differences.value') }} as value,
    case when differences.is_stated = 1 then 'stated' else 'inferred' end as certainty,
    later_figures.source_line,
    later_figures.reading_order
from differences
inner join mentions as later_figures
    on
        differences.report_id = later_figures.report_id
        and differences.reading_order = later_figures.reading_order
left join mentions as base_figures
    on
        differences.report_id = base_figures.report_id
        and differences.base_reading_order = base_figures.reading_order
where differences.value >= 0
