with report_indicators as (

    select * from {{ ref('bridge_report_indicators') }}

),

headlines as (

    select * from {{ ref('int_performance__headlined') }}

),

compared as (

    select * from {{ ref('int_performance__compared') }}

),

statuses as (

    select * from {{ ref('int_statuses__normalised') }}

),

outcomes as (

    select * from {{ ref('int_outcomes__keyed') }}

),

gaps as (

    select * from {{ ref('int_gaps__keyed') }}

),

-- What is said of a row for a date, where its words name no longer or shorter period: one status,
-- one arrow, one outcome and one reason for a missing figure each.
said as (

    select
        report_indicator_id,
        period_start,
        period_end,
        period_id,
        'status' as kind,
        status as said,
        status_id as said_id
    from statuses
    where status is not null

    union all

    select
        report_indicator_id,
        period_start,
        period_end,
        period_id,
        'direction' as kind,
        direction_of_travel as said,
        status_id as said_id
    from statuses
    where direction_of_travel is not null

    union all

    select
        report_indicator_id,
        period_start,
        period_end,
        period_id,
        'outcome' as kind,
        outcome as said,
        outcome_id as said_id
    from outcomes

    union all

    select
        report_indicator_id,
        period_start,
        period_end,
        period_id,
        'gap' as kind,
        reason as said,
        gap_id as said_id
    from gaps

),

periods_with_values as (

    select
        report_indicator_id,
        period_id,
        period_start,
        period_end
    from headlines

),

-- A row and a date of which something is said but no value given: the shortest period named.
periods_without_values as (

    select
        said.report_indicator_id,
        said.period_id,
        said.period_start,
        said.period_end,
        row_number() over (
            partition by said.report_indicator_id, said.period_end
            order by said.period_start desc, said.period_id
        ) as preference
    from said
    left join periods_with_values
        on
            said.report_indicator_id = periods_with_values.report_indicator_id
            and said.period_end is not distinct from periods_with_values.period_end
    where periods_with_values.report_indicator_id is null

),

row_periods as (

    select
        report_indicator_id,
        period_id,
        period_start,
        period_end
    from periods_with_values

    union all

    select
        report_indicator_id,
        period_id,
        period_start,
        period_end
    from periods_without_values
    where preference = 1

),

said_of_periods as (

    select
        row_periods.report_indicator_id,
        row_periods.period_id,
        said.kind,
        said.said,
        row_number() over (
            partition by row_periods.report_indicator_id, row_periods.period_id, said.kind
            order by
                case when row_periods.period_id = said.period_id then 1 else 2 end,
                said.said_id
        ) as preference
    from row_periods
    inner join said
        on
            row_periods.report_indicator_id = said.report_indicator_id
            and row_periods.period_end is not distinct from said.period_end

),

said_beside as (

    select
        report_indicator_id,
        period_id,
        max(case when kind = 'status' then said end) as status,
        max(case when kind = 'direction' then said end) as direction_printed,
        max(case when kind = 'outcome' then said end) as outcome,
        max(case when kind = 'gap' then said end) as gap_reason
    from said_of_periods
    where preference = 1
    group by report_indicator_id, period_id

),

together as (

    select
        row_periods.report_indicator_id,
        row_periods.period_id,
        row_periods.period_start,
        row_periods.period_end,
        report_indicators.report_id,
        report_indicators.indicator_id,
        coalesce(headlines.area_id, report_indicators.area_id) as area_id,
        coalesce(headlines.series_id, report_indicators.series_id, 'total') as series_id,
        headlines.figure_id,
        compared.baseline_figure_id,
        compared.target_figure_id,
        headlines.unit,
        headlines.basis,
        report_indicators.desired_direction,
        report_indicators.polarity,
        headlines.value,
        coalesce(headlines.value_count, 0) as value_count,
        compared.baseline_value,
        compared.target_value,
        compared.target_change_percent,
        compared.target_operator,
        compared.prior_value,
        compared.difference_from_baseline,
        compared.difference_from_target,
        compared.difference_from_prior,
        compared.stated_change_from_baseline_percent,
        coalesce(
            {{ direction_of('compared.difference_from_prior') }},
            {{ direction_of('compared.change_from_prior') }},
            said_beside.direction_printed
        ) as direction_of_travel,
        {{ direction_of('compared.difference_from_baseline') }} as direction_from_baseline,
        {{ direction_of('compared.change_from_baseline') }} as direction_stated_from_baseline,
        {{
            target_assessment('compared.difference_from_target', 'compared.target_operator')
        }} as target_assessment,
        said_beside.status,
        said_beside.outcome,
        said_beside.gap_reason,
        headlines.certainty
    from row_periods
    inner join report_indicators
        on row_periods.report_indicator_id = report_indicators.report_indicator_id
    left join headlines
        on
            row_periods.report_indicator_id = headlines.report_indicator_id
            and row_periods.period_id = headlines.period_id
    left join compared
        on headlines.figure_id = compared.figure_id
    left join said_beside
        on
            row_periods.report_indicator_id = said_beside.report_indicator_id
            and row_periods.period_id = said_beside.period_id

),

assessed as (

    select
        together.*,
        {{
            assessment_of('together.direction_from_baseline', 'together.polarity')
        }} as baseline_assessment,
        {{
            assessment_of('together.direction_stated_from_baseline', 'together.polarity')
        }} as stated_baseline_assessment,
        {{ assessment_of('together.direction_of_travel', 'together.polarity') }}
            as travel_assessment
    from together

)

select
    report_indicator_id || '|' || period_id as performance_id,
    report_indicator_id,
    report_id,
    indicator_id,
    area_id,
    period_id,
    series_id,
    figure_id,
    baseline_figure_id,
    target_figure_id,
    unit,
    basis,
    period_start,
    period_end,
    desired_direction,
    polarity,
    value,
    {{ as_count('value_count') }} as value_count,
    baseline_value,
    difference_from_baseline,
    stated_change_from_baseline_percent,
    target_value,
    target_change_percent,
    target_operator,
    difference_from_target,
    prior_value,
    difference_from_prior,
    direction_of_travel,
    status,
    outcome,
    gap_reason,
    coalesce(
        case when polarity is not null then target_assessment end,
        baseline_assessment,
        stated_baseline_assessment,
        travel_assessment
    ) as assessment,
    case
        when polarity is null then null
        when target_assessment is not null then 'target'
        when baseline_assessment is not null then 'baseline'
        when stated_baseline_assessment is not null then 'stated_change_from_baseline'
        when travel_assessment is not null then 'direction_of_travel'
    end as assessed_against,
    certainty
from assessed
