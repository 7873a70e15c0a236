-- Each headline value beside what its own report gives to compare it with: the baseline, the target
-- of its financial year, the same period a year before, and the changes printed for it. A part of
-- a year's count is never set against a whole year: the seasons differ.
with headlines as (

    select * from {{ ref('int_performance__headlined') }}

),

mentions as (

    select * from {{ ref('int_observations__mentioned') }}

),

observations as (

    select * from {{ ref('int_observations__collapsed') }}

),

baselines as (

    select * from {{ ref('int_baselines__collapsed') }}

),

targets as (

    select * from {{ ref('int_targets__paired') }}

),

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

baselines_ranked as (

    select
        headlines.figure_id,
        baselines.figure_id as baseline_figure_id,
        baselines.value,
        {{
            is_comparable(
                'headlines.unit',
                'headlines.period_start',
                'headlines.period_end',
                'baselines.period_start',
                'baselines.period_end'
            )
        }} as is_comparable,
        row_number() over (
            partition by headlines.figure_id
            order by
                {{ vocabulary_rank('certainty', 'baselines.certainty') }},
                baselines.reading_order
        ) as preference
    from headlines
    inner join baselines
        on
            headlines.row_report_indicator_id = baselines.row_report_indicator_id
            and headlines.indicator_id is not distinct from baselines.indicator_id
            and headlines.area_id = baselines.area_id
            and headlines.line_series_id = baselines.line_series_id
            and {{ is_same_measure('headlines.unit', 'baselines.unit', 'baselines.basis') }}

),

targets_ranked as (

    select
        headlines.figure_id,
        targets.figure_id as target_figure_id,
        targets.value,
        targets.change_percent,
        targets.operator,
        {{
            is_comparable(
                'headlines.unit',
                'headlines.period_start',
                'headlines.period_end',
                'targets.period_start',
                'targets.period_end'
            )
        }} as is_comparable,
        row_number() over (
            partition by headlines.figure_id
            order by
                case when targets.value is null then 2 else 1 end,
                {{ vocabulary_rank('certainty', 'targets.certainty') }},
                targets.reading_order
        ) as preference
    from headlines
    inner join targets
        on
            headlines.row_report_indicator_id = targets.row_report_indicator_id
            and headlines.indicator_id is not distinct from targets.indicator_id
            and headlines.area_id = targets.area_id
            and headlines.line_series_id = targets.line_series_id
            and (
                {{ is_same_measure('headlines.unit', 'targets.unit', 'targets.basis') }}
                or targets.value is null
            )
            and (
                targets.period_end is null
                or {{ financial_year_start('headlines.period_end') }}
                = {{ financial_year_start('targets.period_end') }}
            )

),

priors_ranked as (

    select
        headlines.figure_id,
        observations.value,
        row_number() over (
            partition by headlines.figure_id
            order by observations.reading_order
        ) as preference
    from headlines
    inner join observations
        on
            headlines.row_report_indicator_id = observations.row_report_indicator_id
            and headlines.indicator_id is not distinct from observations.indicator_id
            and headlines.area_id = observations.area_id
            and headlines.line_series_id = observations.line_series_id
            and headlines.unit = observations.unit
            and headlines.basis = observations.basis
            and observations.period_start = {{ shift_months('headlines.period_start', '-12') }}
            and observations.period_end = {{ shift_months('headlines.period_end', '-12') }}

),

changes_ranked as (

    select
        headlines.figure_id,
        changes.value,
        changes.comparator = 'baseline' as is_from_baseline,
        row_number() over (
            partition by
                headlines.figure_id,
                changes.comparator = 'baseline',
                changes.unit = 'percent_change'
            order by changes.reading_order
        ) as preference,
        changes.unit = 'percent_change' as is_percent
    from headlines
    inner join mentions
        on headlines.figure_id = mentions.first_figure_id
    inner join figures as changes
        on
            mentions.figure_id = changes.relates_to_figure_id
            and changes.role = 'change'
            and changes.relation = 'change_of'
            and changes.certainty <> 'ambiguous'
            and changes.value is not null
            and changes.comparator in (
                'baseline',
                'same_period_last_year',
                'previous_year',
                'previous_rolling_window'
            )

),

changes as (

    select
        figure_id,
        max(case when is_from_baseline and is_percent then value end)
            as stated_change_from_baseline_percent,
        coalesce(
            max(case when is_from_baseline and not is_percent then value end),
            max(case when is_from_baseline and is_percent then value end)
        ) as change_from_baseline,
        coalesce(
            max(case when not is_from_baseline and not is_percent then value end),
            max(case when not is_from_baseline and is_percent then value end)
        ) as change_from_prior
    from changes_ranked
    where preference = 1
    group by figure_id

)

select
    headlines.figure_id,
    baselines_ranked.baseline_figure_id,
    targets_ranked.target_figure_id,
    baselines_ranked.value as baseline_value,
    targets_ranked.value as target_value,
    targets_ranked.change_percent as target_change_percent,
    targets_ranked.operator as target_operator,
    priors_ranked.value as prior_value,
    case
        when baselines_ranked.is_comparable
            then {{ as_measure('headlines.value - baselines_ranked.value') }}
    end as difference_from_baseline,
    case
        when targets_ranked.is_comparable
            then {{ as_measure('headlines.value - targets_ranked.value') }}
    end as difference_from_target,
    {{ as_measure('headlines.value - priors_ranked.value') }} as difference_from_prior,
    changes.stated_change_from_baseline_percent,
    changes.change_from_baseline,
    changes.change_from_prior
from headlines
left join baselines_ranked
    on
        headlines.figure_id = baselines_ranked.figure_id
        and baselines_ranked.preference = 1
left join targets_ranked
    on
        headlines.figure_id = targets_ranked.figure_id
        and targets_ranked.preference = 1
left join priors_ranked
    on
        headlines.figure_id = priors_ranked.figure_id
        and priors_ranked.preference = 1
left join changes
    on headlines.figure_id = changes.figure_id
