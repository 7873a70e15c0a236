-- Earlier values that no report prints but that a printed difference implies: 536 offences, five
-- fewer than in the same quarter of the year before, were 541 then. Only additive counts that
-- nothing disputes and whose reading is not ambiguous. A percentage implies no exact value.
with figures as (

    select * from {{ ref('int_figures__conformed') }}

),

mentions as (

    select * from {{ ref('int_observations__mentioned') }}

),

disputed as (

    select * from {{ ref('int_figures__disputed') }}

),

indicators as (

    select * from {{ ref('stg_reference__indicators') }}

),

changes as (

    select
        figures.figure_id,
        figures.relates_to_figure_id,
        figures.value,
        figures.certainty,
        case
            when
                figures.comparator in (
                    'same_period_last_year', 'previous_year', 'previous_rolling_window'
                )
                then -12
            when figures.comparator = 'previous_quarter' then -3
        end as months_to_prior
    from figures
    left join disputed
        on figures.figure_id = disputed.figure_id
    where
        figures.role = 'change'
        and figures.unit = 'count'
        and figures.relation = 'change_of'
        and figures.value is not null
        and figures.certainty <> 'ambiguous'
        and disputed.figure_id is null

),

priors as (

    select
        mentions.figure_id,
        changes.figure_id as base_figure_id,
        mentions.report_id,
        mentions.report_indicator_id,
        mentions.indicator_id,
        mentions.area_id,
        mentions.series_id,
        mentions.line_series_id,
        mentions.unit,
        mentions.basis,
        {{ shift_months('mentions.period_start', 'changes.months_to_prior') }} as period_start,
        {{ shift_months('mentions.period_end', 'changes.months_to_prior') }} as period_end,
        mentions.value - changes.value as value,
        case
            when mentions.certainty = 'stated' and changes.certainty = 'stated' then 'stated'
            else 'inferred'
        end as certainty,
        mentions.source_line,
        mentions.reading_order
    from changes
    inner join mentions
        on changes.relates_to_figure_id = mentions.figure_id
    inner join indicators
        on
            mentions.indicator_id = indicators.indicator_id
            and indicators.additivity = 'additive'
    left join disputed
        on mentions.figure_id = disputed.figure_id
    where
        mentions.role = 'observation'
        and mentions.unit = 'count'
        and mentions.period_start is not null
        and mentions.certainty <> 'ambiguous'
        and changes.months_to_prior is not null
        and (changes.months_to_prior = -12 or mentions.basis = 'quarter')
        and disputed.figure_id is null

)

select
    figure_id,
    base_figure_id,
    report_id,
    report_indicator_id,
    indicator_id,
    area_id,
    {{ period_id('period_start', 'period_end') }} as period_id,
    series_id,
    line_series_id,
    unit,
    basis,
    period_start,
    period_end,
    {{ as_measure('value') }} as value,
    certainty,
    source_line,
    reading_order
from priors
where value >= 0
