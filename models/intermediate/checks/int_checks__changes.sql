-- One printed change with the value that changed and the other change printed beside it.

with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from figures
    where
        role = 'change'
        -- A projected difference, for the percentage beside it.
        or (role = 'projection' and relation = 'change_of' and unit = 'count')

),

observations as (

    select * from figures
    where role in ('observation', 'comparative', 'projection')

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

-- "an increase of 102 (+2.9%)": the difference and the percentage of one change, nearest to each
-- other of those that speak of one value.
pairs as (

    select
        percentages.figure_id as percentage_figure_id,
        differences.figure_id as difference_figure_id,
        row_number() over (
            partition by percentages.figure_id
            order by abs(percentages.reading_place - differences.reading_place)
        ) as place,
        row_number() over (
            partition by differences.figure_id
            order by abs(percentages.reading_place - differences.reading_place)
        ) as place_of_difference,
        coalesce(percentages.comparator, 'unknown') = 'unknown'
        or coalesce(differences.comparator, 'unknown') = 'unknown'
        or percentages.comparator = differences.comparator as is_one_comparison
    from valued as percentages
    inner join valued as differences
        on
            percentages.cell_id = differences.cell_id
            and percentages.statement = differences.statement
            and percentages.series_id = differences.series_id
            and percentages.value_figure_id is not distinct from differences.value_figure_id
    where
        percentages.unit = 'percent_change'
        and differences.unit not in ('percent_change', 'percentage_points')

),

siblings as (

    select
        percentage_figure_id,
        difference_figure_id
    from pairs
    where place = 1 and place_of_difference = 1 and is_one_comparison

),

-- The numbers that the columns of a row give.
anchors as (

    select distinct
        row_id,
        unit,
        value
    from figures
    where not is_in_prose

)

select
    valued.figure_id as claim_figure_id,
    valued.report_id,
    valued.row_id,
    valued.cell_id,
    valued.statement,
    valued.source_cell,
    valued.series_id,
    valued.unit,
    coalesce(nullif(valued.comparator, 'unknown'), others.comparator, 'unknown') as comparator,
    valued.value_figure_id,
    observations.unit as value_unit,
    -- A number in prose that no column gives may be of something else.
    coalesce(observations.is_in_prose, false) and anchors.row_id is null
        as is_value_loose,
    coalesce(observations.is_one_of_several, false)
    and observations.cell_id <> valued.cell_id as is_value_unclear,
    observations.basis as value_basis,
    observations.period_start as value_period_start,
    observations.period_end as value_period_end,
    observations.indicator_id,
    observations.area_id,
    observations.quarters_covered,
    differences_beside.difference_figure_id,
    percentages_beside.percentage_figure_id
from valued
left join observations on valued.value_figure_id = observations.figure_id
left join anchors
    on
        observations.row_id = anchors.row_id
        and observations.unit = anchors.unit
        and observations.value = anchors.value
left join siblings as differences_beside
    on valued.figure_id = differences_beside.percentage_figure_id
left join siblings as percentages_beside
    on valued.figure_id = percentages_beside.difference_figure_id
left join valued as others
    on
        coalesce(
            differences_beside.difference_figure_id,
            percentages_beside.percentage_figure_id
        ) = others.figure_id
where valued.role = 'change'
