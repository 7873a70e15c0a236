-- Nothing of a row under a protective marking is in a mart: not the row, not a series of it, not a
-- cell, figure, status, outcome or gap, and not what its lines print.
with restricted_rows as (

    select * from {{ ref('stg_landed__rows') }}
    where not ({{ may_be_published('is_restricted') }})

),

restricted_cells as (

    select cells.*
    from {{ ref('stg_landed__cells') }} as cells
    inner join restricted_rows
        on cells.report_indicator_id = restricted_rows.report_indicator_id

),

restricted_figures as (

    select figures.*
    from {{ ref('stg_landed__figures') }} as figures
    inner join restricted_rows
        on figures.report_indicator_id = restricted_rows.report_indicator_id

),

published_rows as (

    {% for mart in [
        'bridge_report_indicators', 'bridge_indicator_matches', 'fct_cells', 'fct_figures',
        'fct_observations', 'fct_baselines', 'fct_targets', 'fct_target_outcomes', 'fct_statuses',
        'fct_data_gaps', 'indicator_timeline', 'indicator_performance',
    ] %}
    select
        '{{ mart }}' as mart,
        report_indicator_id
    from {{ ref(mart) }}
    where report_indicator_id is not null
    {{ "union" if not loop.last }}
    {% endfor %}

)

select
    published_rows.mart,
    published_rows.report_indicator_id as what
from published_rows
inner join restricted_rows
    on
        published_rows.report_indicator_id = restricted_rows.report_indicator_id
        or substr(
            published_rows.report_indicator_id,
            1,
            length(restricted_rows.report_indicator_id) + 1
        )
        = restricted_rows.report_indicator_id || '/'

union all

select
    'fct_cells' as mart,
    cells.cell_id as what
from {{ ref('fct_cells') }} as cells
inner join restricted_cells
    on cells.cell_id = restricted_cells.cell_id

union all

select
    'fct_figures' as mart,
    figures.figure_id as what
from {{ ref('fct_figures') }} as figures
inner join restricted_figures
    on figures.figure_id = restricted_figures.figure_id

union all

select
    'dim_reports' as mart,
    reports.report_id as what
from {{ ref('dim_reports') }} as reports
where
    reports.row_count <> (
        select count(*) from {{ ref('bridge_report_indicators') }} as report_indicators
        where
            report_indicators.report_id = reports.report_id
            and report_indicators.parent_report_indicator_id is null
    )
