-- The rows of the reports, and beside them the series of a row that the crosswalk judges on its
-- own. Only exact and close matches give an indicator: broad, narrow and related are never joined.
with published_rows as (

    select * from {{ ref('int_rows__published') }}

),

judgements as (

    select * from {{ ref('int_crosswalk__loaded') }}

),

same_indicators as (

    select
        report_indicator_id,
        min(indicator_id) as indicator_id
    from judgements
    where is_same_indicator
    group by report_indicator_id

),

series_judged as (

    select distinct
        report_indicator_id,
        row_report_indicator_id,
        series_id
    from judgements
    where series_id is not null

),

combined as (

    select
        report_indicator_id,
        cast(null as varchar) as parent_report_indicator_id,
        report_indicator_id as row_report_indicator_id,
        cast(null as varchar) as series_id
    from published_rows

    union all

    select
        report_indicator_id,
        row_report_indicator_id as parent_report_indicator_id,
        row_report_indicator_id,
        series_id
    from series_judged

)

select
    combined.report_indicator_id,
    combined.parent_report_indicator_id,
    combined.row_report_indicator_id,
    published_rows.report_id,
    combined.series_id,
    same_indicators.indicator_id,
    published_rows.row_key,
    published_rows.row_number,
    published_rows.table_number,
    published_rows.section,
    published_rows.ref,
    published_rows.measure_published,
    published_rows.desired_direction,
    published_rows.owner_published,
    published_rows.owner_certainty,
    published_rows.marking_printed,
    published_rows.is_restricted,
    published_rows.first_line,
    published_rows.last_line
from combined
inner join published_rows
    on combined.row_report_indicator_id = published_rows.report_indicator_id
left join same_indicators
    on combined.report_indicator_id = same_indicators.report_indicator_id
