-- Areas and plans are looked up by their words; one that no seed knows is known by its slug, so
-- that any set of reports builds.
with reports as (

    select * from {{ ref('stg_landed__reports') }}

),

area_labels as (

    select * from {{ ref('int_areas__labelled') }}

),

plans as (

    select * from {{ ref('stg_reference__plans') }}

),

areas_found as (

    select
        reports.report_id,
        coalesce(area_labels.area_id, {{ slug('reports.area') }}) as area_id
    from reports
    left join area_labels
        on {{ label_key('reports.area') }} = area_labels.label

),

plans_found as (

    select
        reports.report_id,
        min(plans.plan_id) as plan_id
    from reports
    inner join plans
        on
            {{ label_key('reports.plan') }} = {{ label_key('plans.plan') }}
            and {{ slug('reports.area') }} = {{ slug('plans.area') }}
    group by reports.report_id

),

years as (

    select
        report_id,
        {{ first_year_of('financial_year') }} as first_year
    from reports

)

select
    reports.report_id,
    areas_found.area_id,
    coalesce(plans_found.plan_id, {{ slug("reports.area || ' ' || reports.plan") }}) as plan_id,
    reports.area,
    reports.partnership,
    reports.publisher,
    reports.plan,
    reports.title,
    reports.financial_year,
    years.first_year,
    years.first_year + 1 as financial_year_end,
    reports.as_at_quarter,
    {{ quarter_end('years.first_year', 'reports.as_at_quarter') }} as as_at_date,
    reports.source_url,
    reports.published_on,
    reports.licence,
    reports.data_as_at,
    reports.file,
    reports.sha256,
    reports.format,
    reports.layout,
    reports.line_count,
    reports.table_count
from reports
inner join years
    on reports.report_id = years.report_id
inner join areas_found
    on reports.report_id = areas_found.report_id
left join plans_found
    on reports.report_id = plans_found.report_id
