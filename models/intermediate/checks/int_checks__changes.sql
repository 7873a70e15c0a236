-- One printed change with the value that changed and the other change printed beside it.
{{ config(materialized="table") }}

with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from figures where role = 'change'

),

observations as (

    select * from figures where role in ('observation', 'comparative')

),

-- A change that names no value speaks of the one value its cell gives for the same stretch of time.
neighbours as (

    select
        changes.figure_id,
        max(observations.figure_id) as value_figure_id
    from changes
    inner join observations
        on
            changes.cell_id = observations.cell_id
            and changes.series_id = observations.series_id
            and changes.basis = observations.basis
            and changes.period_end = observations.period_end
    where
        changes.relates_to_figure_id is null
        and observations.role = 'observation'
    group by changes.figure_id
    having count(*) = 1

),

valued as (

    select
        changes.*,
        coalesce(
            case when changes.relation = 'change_of' then changes.relates_to_figure_id end,
            neighbours.value_figure_id
        ) as value_figure_id
    from changes
    left join neighbours on changes.figure_id = neighbours.figure_id

),

-- "an increase of 102 (+2.9%)": the difference and the percentage of one change.
siblings as (

    select
        percentages.figure_id,
        min(differences.figure_id) as difference_figure_id
    from valued as percentages
    inner join valued as differences
        on
            percentages.cell_id = differences.cell_id
            and percentages.statement = differences.statement
            and percentages.series_id = differences.series_id
            and percentages.value_figure_id is not distinct from differences.value_figure_id
            and coalesce(percentages.comparator, 'unknown')
            = coalesce(differences.comparator, 'unknown')
    where
        percentages.unit = 'percent_change'
        and differences.unit not in ('percent_change', 'percentage_points')
    group by percentages.figure_id
    having count(*) = 1

)

select
    valued.figure_id as claim_figure_id,
    valued.report_id,
    valued.row_id,
    valued.cell_id,
    valued.statement,
    valued.series_id,
    valued.unit,
    coalesce(valued.comparator, 'unknown') as comparator,
    valued.value_figure_id,
    observations.unit as value_unit,
    observations.basis as value_basis,
    observations.period_start as value_period_start,
    observations.period_end as value_period_end,
    observations.indicator_id,
    observations.area_id,
    observations.quarters_covered,
    siblings.difference_figure_id
from valued
left join observations on valued.value_figure_id = observations.figure_id
left join siblings on valued.figure_id = siblings.figure_id
