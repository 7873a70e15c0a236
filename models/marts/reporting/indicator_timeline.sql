with gathered as (

    select * from {{ ref('int_values__gathered') }}

),

reports as (

    select * from {{ ref('dim_reports') }}

),

report_indicators as (

    select * from {{ ref('bridge_report_indicators') }}

),

areas as (

    select * from {{ ref('dim_areas') }}

),

indicators as (

    select * from {{ ref('dim_indicators') }}

),

figures as (

    select * from {{ ref('fct_figures') }}

),

series as (

    select * from {{ ref('dim_series') }}

),

periods as (

    select * from {{ ref('dim_periods') }}

),

breaks as (

    select * from {{ ref('stg_reference__indicator_breaks') }}

),

-- The order that decides which value stands: what nothing disputes, then where it comes from, then
-- the latest report; within one report the plainest reading, then the first in reading order.
ranked as (

    select
        gathered.*,
        row_number() over (
            partition by
                gathered.area_id,
                gathered.indicator_id,
                gathered.series_id,
                gathered.unit,
                gathered.basis,
                gathered.period_id
            order by
                gathered.is_disputed,
                {{ vocabulary_rank('origin', 'gathered.origin') }},
                reports.financial_year_end desc,
                reports.as_at_quarter desc,
                gathered.report_id,
                {{ vocabulary_rank('certainty', 'gathered.certainty') }},
                gathered.reading_order
        ) as choice
    from gathered
    inner join reports
        on gathered.report_id = reports.report_id

),

best as (

    select * from ranked
    where choice = 1

),

-- What each report prints for the same key: one value a report, its best.
printed as (

    select
        area_id,
        indicator_id,
        series_id,
        unit,
        basis,
        period_id,
        report_id,
        value,
        row_number() over (
            partition by
                area_id, indicator_id, series_id, unit, basis, period_id, report_id
            order by choice
        ) as choice_in_report
    from ranked
    where origin in ('stated', 'baseline', 'comparative')

),

vintages as (

    select
        area_id,
        indicator_id,
        series_id,
        unit,
        basis,
        period_id,
        count(*) as vintages,
        count(distinct value) > 1 as is_revised
    from printed
    where choice_in_report = 1
    group by area_id, indicator_id, series_id, unit, basis, period_id

),

-- A report that prints several values for one key: a slip of its own, or parts that its words do
-- not tell apart.
spreads as (

    select
        area_id,
        indicator_id,
        series_id,
        unit,
        basis,
        period_id,
        report_id
    from printed
    group by area_id, indicator_id, series_id, unit, basis, period_id, report_id
    having count(distinct value) > 1

),

-- A break is shown once a line, on the first value whose period reaches the new series.
breaks_placed as (

    select
        best.area_id,
        best.indicator_id,
        best.series_id,
        best.unit,
        best.basis,
        best.period_id,
        breaks.break_reason,
        breaks.break_on,
        row_number() over (
            partition by
                best.area_id,
                best.indicator_id,
                best.series_id,
                best.unit,
                best.basis,
                breaks.break_on
            order by best.period_end, best.period_start
        ) as place
    from best
    inner join areas
        on best.area_id = areas.area_id
    inner join breaks
        on
            best.indicator_id = breaks.indicator_id
            and (
                breaks.area_id is null
                or breaks.area_id in (best.area_id, areas.parent_area_id)
            )
            and best.period_end >= breaks.break_on

),

breaks_joined as (

    select
        area_id,
        indicator_id,
        series_id,
        unit,
        basis,
        period_id,
        {{ joined('break_reason', 'break_on', ' ') }} as break_reason
    from breaks_placed
    where place = 1
    group by area_id, indicator_id, series_id, unit, basis, period_id

),

described as (

    select
        best.*,
        areas.area_name,
        indicators.indicator_name,
        indicators.additivity,
        series.series_name,
        periods.period_label,
        periods.period_sort_key,
        coalesce(vintages.vintages, 0) as vintages,
        coalesce(vintages.is_revised, false) as is_revised,
        spreads.report_id is not null as has_other_values,
        breaks_joined.break_reason,
        reports.partnership,
        reports.title,
        reports.publisher,
        report_indicators.ref,
        figures.source_locator
    from best
    inner join areas
        on best.area_id = areas.area_id
    inner join indicators
        on best.indicator_id = indicators.indicator_id
    inner join series
        on best.series_id = series.series_id
    inner join periods
        on best.period_id = periods.period_id
    inner join reports
        on best.report_id = reports.report_id
    inner join report_indicators
        on best.report_indicator_id = report_indicators.report_indicator_id
    inner join figures
        on best.figure_id = figures.figure_id
    left join vintages
        on
            best.area_id = vintages.area_id
            and best.indicator_id = vintages.indicator_id
            and best.series_id = vintages.series_id
            and best.unit = vintages.unit
            and best.basis = vintages.basis
            and best.period_id = vintages.period_id
    left join spreads
        on
            best.area_id = spreads.area_id
            and best.indicator_id = spreads.indicator_id
            and best.series_id = spreads.series_id
            and best.unit = spreads.unit
            and best.basis = spreads.basis
            and best.period_id = spreads.period_id
            and best.report_id = spreads.report_id
    left join breaks_joined
        on
            best.area_id = breaks_joined.area_id
            and best.indicator_id = breaks_joined.indicator_id
            and best.series_id = breaks_joined.series_id
            and best.unit = breaks_joined.unit
            and best.basis = breaks_joined.basis
            and best.period_id = breaks_joined.period_id

),

cautioned as (

    select
        described.*,
        nullif(
            concat_ws(
                ' ',
                case
                    when is_disputed
                        then 'The report contradicts itself about this value.'
                end,
                case origin
                    when 'baseline'
                        then 'Printed as the baseline of a later plan or year.'
                    when 'comparative'
                        then 'Printed only to be compared with, not as this period''s own report.'
                    when 'derived_from_ytd'
                        then 'Not printed: worked out from the year to date.'
                    when 'implied_by_change'
                        then 'Not printed: worked out from a printed difference.'
                end,
                case
                    when is_revised
                        then 'Reports print different values for this period.'
                end,
                case
                    when has_other_values
                        then 'The same report prints other values for it too.'
                end,
                case
                    when obs_status = 'P'
                        then 'The report calls it provisional.'
                end,
                case certainty
                    when 'inferred'
                        then 'Its period or meaning is inferred, not stated beside it.'
                    when 'ambiguous'
                        then 'Its words can be read in two ways.'
                end,
                case
                    when break_reason is not null
                        then 'Not comparable with earlier values. ' || break_reason
                end
            ),
            ''
        ) as caveat
    from described

)

select
    {{ timeline_id() }} as timeline_id,
    area_id,
    indicator_id,
    series_id,
    period_id,
    report_id,
    report_indicator_id,
    figure_id,
    base_figure_id,
    area_name,
    indicator_name,
    series_name,
    period_label,
    period_sort_key,
    unit,
    basis,
    period_start,
    period_end,
    value,
    numerator,
    denominator,
    origin,
    unit = 'count' and basis = 'quarter' and additivity = 'additive' as is_additive,
    obs_status,
    certainty,
    {{ as_count('vintages') }} as vintages,
    is_revised,
    is_disputed,
    break_reason is not null as is_series_break,
    break_reason,
    case
        when is_disputed then 'do_not_quote'
        when caveat is not null then 'with_caveat'
        else 'quotable'
    end as quote_status,
    caveat,
    note,
    source_line,
    partnership
    || ', '
    || title
    || ' ('
    || publisher
    || ')'
    || coalesce(', row ' || ref, '')
    || ', '
    || coalesce(source_locator, 'line ' || cast(source_line as varchar))
    || '.' as citation
from cautioned
