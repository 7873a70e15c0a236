-- What each printed series label of each report stands for: the seed's series, else a slug of the
-- label. A ward is an area of its own within the report's area; a ward that no seed knows there
-- ("Littleover ward") becomes one.
with figures as (

    select * from {{ ref('stg_landed__figures') }}

),

published_rows as (

    select * from {{ ref('int_rows__published') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

),

series_labels as (

    select * from {{ ref('stg_reference__series_labels') }}

),

series as (

    select * from {{ ref('stg_reference__series') }}

),

areas as (

    select * from {{ ref('stg_reference__areas') }}

),

labels_printed as (

    select distinct
        figures.report_id,
        figures.series,
        {{ label_key('figures.series') }} as label
    from figures
    inner join published_rows
        on figures.report_indicator_id = published_rows.report_indicator_id
    where
        figures.role <> 'context'
        and {{ slug('figures.series') }} is not null

),

-- A figure may carry the series' id where the reader knew it by that.
labels_known as (

    select
        {{ label_key('label') }} as label,
        min(series_id) as series_id
    from series_labels
    group by {{ label_key('label') }}

),

named as (

    select
        labels_printed.report_id,
        labels_printed.series,
        labels_printed.label,
        reports.area_id as report_area_id,
        coalesce(labels_known.series_id, {{ slug('labels_printed.label') }}) as series_id
    from labels_printed
    inner join reports
        on labels_printed.report_id = reports.report_id
    left join labels_known
        on labels_printed.label = labels_known.label

),

placed as (

    select
        named.report_id,
        named.series,
        named.label,
        named.report_area_id,
        named.series_id,
        series.series_name,
        areas.area_id as known_area_id,
        coalesce(areas.area_id is not null or named.label like '% ward', false) as is_place
    from named
    left join series
        on named.series_id = series.series_id
    left join areas
        on
            series.area_id = areas.area_id
            and named.report_area_id = areas.parent_area_id

)

select
    report_id,
    series,
    label,
    series_id,
    coalesce(series_name, upper(substr(label, 1, 1)) || substr(label, 2)) as series_name,
    report_area_id,
    is_place,
    case
        when not is_place then report_area_id
        else coalesce(known_area_id, report_area_id || '_' || series_id)
    end as area_id
from placed
