-- Every figure that may be published, with its keys. A figure outside all rows (a title's year)
-- has no indicator row; one in a row belongs to its series' row where the crosswalk judges that
-- series on its own. `line_series_id` is the series as a line over several reports knows it: a
-- series that is an indicator of its own, or a place, is the `total` of that indicator or place.
with figures as (

    select * from {{ ref('stg_landed__figures') }}

),

published_rows as (

    select * from {{ ref('int_rows__published') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

),

series as (

    select * from {{ ref('int_series__labelled') }}

),

report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

cells as (

    select * from {{ ref('stg_landed__cells') }}

),

published_figures as (

    select figures.*
    from figures
    left join published_rows
        on figures.report_indicator_id = published_rows.report_indicator_id
    where
        figures.report_indicator_id is null
        or published_rows.report_indicator_id is not null

),

conformed as (

    select
        published_figures.*,
        reports.area_id as report_area_id,
        case
            when published_figures.role = 'context' then cast(null as varchar)
            else coalesce(series.series_id, 'total')
        end as series_id,
        case
            when
                published_figures.role = 'comparative'
                and published_figures.comparator = 'peer_group'
                then {{ peer_group_area_id('reports.area_id') }}
            else coalesce(series.area_id, reports.area_id)
        end as area_id,
        coalesce(series.is_place, false) as is_place
    from published_figures
    inner join reports
        on published_figures.report_id = reports.report_id
    left join series
        on
            published_figures.report_id = series.report_id
            and published_figures.series = series.series
            and published_figures.role <> 'context'

)

select
    conformed.figure_id,
    conformed.report_id,
    coalesce(series_rows.report_indicator_id, own_rows.report_indicator_id)
        as report_indicator_id,
    own_rows.report_indicator_id as row_report_indicator_id,
    case
        when series_rows.report_indicator_id is not null then series_rows.indicator_id
        else own_rows.indicator_id
    end as indicator_id,
    conformed.area_id,
    {{ period_id('conformed.period_start', 'conformed.period_end') }} as period_id,
    conformed.series_id,
    case
        when conformed.role = 'context' then cast(null as varchar)
        when series_rows.indicator_id is not null or conformed.is_place then 'total'
        else conformed.series_id
    end as line_series_id,
    case
        when own_rows.report_indicator_id is not null then conformed.cell_id
    end as cell_id,
    conformed.relates_to_figure_id,
    conformed.relation,
    conformed.ref,
    conformed.source_line,
    cells.source_locator,
    conformed.source_cell,
    conformed.char_start,
    conformed.char_end,
    conformed.cell_char_start,
    conformed.printed,
    conformed.printed_decimals,
    conformed.statement,
    conformed.role,
    conformed.series,
    conformed.unit,
    conformed.basis,
    conformed.period_start,
    conformed.period_end,
    conformed.value,
    conformed.comparator,
    conformed.direction_word,
    conformed.operator,
    conformed.certainty,
    case
        when conformed.value is null and conformed.value_landed is not null
            then
                coalesce(conformed.note || ' ', '')
                || 'The number printed, '
                || conformed.value_landed
                || ', does not fit decimal(18,4).'
        else conformed.note
    end as note,
    conformed.rule,
    row_number() over (
        partition by conformed.report_id
        order by conformed.source_line, conformed.char_start
    ) as reading_order
from conformed
left join report_indicators as own_rows
    on conformed.report_indicator_id = own_rows.report_indicator_id
left join report_indicators as series_rows
    on
        conformed.report_indicator_id = series_rows.parent_report_indicator_id
        and conformed.series_id = series_rows.series_id
left join cells
    on conformed.cell_id = cells.cell_id
