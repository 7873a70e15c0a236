-- A change, a projection or half of a printed ratio whose claim no check says anything about.
with

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

checks as (

    select * from {{ ref('fct_consistency_checks') }}

),

claims as (

    select figure_id from figures
    where role in ('change', 'projection') or relation = 'percent_of'
    union
    select ratios.figure_id
    from figures
    inner join figures as ratios
        on figures.relates_to_figure_id = ratios.figure_id
    where
        figures.relation in ('numerator_of', 'denominator_of')
        and figures.role <> 'context'
        -- A rank and the size of its field follow from nothing.
        and ratios.unit <> 'rank'
        and ratios.role <> 'target'

)

select claims.figure_id
from claims
left join checks on claims.figure_id = checks.figure_id
where checks.verdict is null
