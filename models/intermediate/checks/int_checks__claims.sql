-- One claim and family: everything the reports say that follows from something else.

with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

-- A claim whose number cannot be read is a claim nevertheless.
readable_or_not as (

    select * from {{ ref('int_figures__conformed') }}
    where role <> 'context'

),

tested as (

    select distinct
        claim_figure_id,
        family
    from {{ ref('int_checks__candidate_inputs') }}

),

-- "2% year on year" is no claim where the targets set by it are printed: those are.
percentages_used as (

    select distinct figure_id
    from {{ ref('int_checks__candidate_inputs') }}
    where part = 'percentage'

),

said as (

    select
        figures.figure_id as claim_figure_id,
        case
            when figures.role = 'projection' then 'projection'
            when figures.role = 'target' then 'target_formula'
            when figures.unit in ('percent_change', 'percentage_points')
                then 'percent_change'
            else 'difference'
        end as family
    from readable_or_not as figures
    left join readable_or_not as targets
        on figures.relates_to_figure_id = targets.figure_id
    left join percentages_used
        on figures.figure_id = percentages_used.figure_id
    where
        figures.role in ('change', 'projection')
        -- A percentage beside a target level is no claim: the level is.
        or (
            figures.role = 'target'
            and figures.unit = 'percent_change'
            and coalesce(targets.role, '') <> 'target'
            and percentages_used.figure_id is null
        )

),

halves_of_ratios as (

    select
        ratios.figure_id as claim_figure_id,
        'ratio' as family
    from figures as parts
    inner join figures as ratios on parts.relates_to_figure_id = ratios.figure_id
    where
        parts.relation in ('numerator_of', 'denominator_of')
        and ratios.unit <> 'rank'
        and ratios.role <> 'target'
    union
    select
        figure_id as claim_figure_id,
        'ratio' as family
    from figures
    where relation = 'percent_of'

),

-- A year to date beside which at least one quarter of its own is printed.
partial_sums as (

    select distinct
        totals.figure_id as claim_figure_id,
        'ytd_sum' as family
    from figures as totals
    inner join figures as quarters
        on
            totals.row_id = quarters.row_id
            and totals.series_id = quarters.series_id
            and totals.first_year = quarters.first_year
            and totals.cell_id = quarters.cell_id
    where
        totals.role = 'observation'
        and quarters.role = 'observation'
        and totals.unit = 'count'
        and quarters.unit = 'count'
        and totals.basis in ('ytd', 'year')
        and quarters.basis = 'quarter'
        and totals.quarters_covered > 1

),

gathered as (

    select
        claim_figure_id,
        family
    from tested
    union
    select
        claim_figure_id,
        family
    from said
    union
    select
        claim_figure_id,
        family
    from halves_of_ratios
    union
    select
        claim_figure_id,
        family
    from partial_sums

)

select
    claim_figure_id,
    family
from gathered
