-- One row for each target of one series and period: the level asked for, and beside it the change
-- asked for where the report prints both ("54.3 per 1,000 (-1.5%)"). A change that stands alone is
-- a target too.
with figures as (

    select * from {{ ref('int_figures__conformed') }}

),

report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

targets as (

    select
        figures.*,
        figures.unit = 'percent_change'
        or coalesce(figures.relation, '') = 'change_of' as is_change,
        coalesce(
            figures.operator,
            case report_indicators.desired_direction
                when 'decrease' then '<='
                when 'increase' then '>='
                when 'maintain' then '>='
            end
        ) as target_operator
    from figures
    inner join report_indicators
        on figures.report_indicator_id = report_indicators.report_indicator_id
    where
        figures.role = 'target'
        and figures.value is not null

),

mentions as (

    select
        targets.*,
        first_value(figure_id) over mentions_of_one_value as first_figure_id,
        count(*) over mentions_of_one_value as mention_count
    from targets
    window mentions_of_one_value as (
        partition by
            is_change, area_id, report_indicator_id, series_id, unit, basis, period_id, value
        order by reading_order
        rows between unbounded preceding and unbounded following
    )

),

levels as (

    select * from mentions
    where not is_change

),

changes_of_levels as (

    select
        levels.first_figure_id,
        changes.figure_id,
        changes.first_figure_id as first_change_figure_id,
        changes.unit,
        changes.value,
        changes.reading_order,
        row_number() over (
            partition by levels.first_figure_id, changes.unit = 'percent_change'
            order by changes.reading_order
        ) as mention
    from levels
    inner join mentions as changes
        on
            levels.figure_id = changes.relates_to_figure_id
            and changes.is_change

),

changes_beside_levels as (

    select
        first_figure_id,
        max(case when unit = 'percent_change' then value end) as change_percent,
        max(case when unit <> 'percent_change' then value end) as change_value,
        {{ first_of('figure_id', 'reading_order') }} as change_figure_id
    from changes_of_levels
    where mention = 1
    group by first_figure_id

),

changes_alone as (

    select *
    from mentions
    where
        is_change
        and figure_id = first_figure_id
        and first_figure_id not in (select first_change_figure_id from changes_of_levels)

)

select
    levels.figure_id,
    levels.report_id,
    levels.report_indicator_id,
    levels.row_report_indicator_id,
    levels.indicator_id,
    levels.area_id,
    levels.period_id,
    levels.series_id,
    levels.line_series_id,
    changes_beside_levels.change_figure_id,
    levels.unit,
    levels.basis,
    levels.period_start,
    levels.period_end,
    levels.value,
    levels.printed_decimals,
    levels.target_operator as operator,
    changes_beside_levels.change_percent,
    changes_beside_levels.change_value,
    levels.mention_count,
    levels.source_line,
    levels.source_cell,
    levels.certainty,
    levels.note,
    levels.reading_order
from levels
left join changes_beside_levels
    on levels.figure_id = changes_beside_levels.first_figure_id
where levels.figure_id = levels.first_figure_id

union all

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
    figure_id as change_figure_id,
    unit,
    basis,
    period_start,
    period_end,
    cast(null as decimal(18, 4)) as value,
    printed_decimals,
    target_operator as operator,
    case when unit = 'percent_change' then value end as change_percent,
    case when unit <> 'percent_change' then value end as change_value,
    mention_count,
    source_line,
    source_cell,
    certainty,
    note,
    reading_order
from changes_alone
