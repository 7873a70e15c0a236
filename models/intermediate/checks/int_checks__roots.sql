-- One contradiction and the first of those that share a slip with it: two that lean on the same
-- number of one cell, or one that leans on what the other says, are one finding.
with

verdicts as (

    select * from {{ ref('int_checks__verdicts') }}
    where verdict = 'inconsistent' and family <> 'status_contradiction'

),

inputs as (

    select * from {{ ref('int_checks__inputs') }}

),

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

-- A baseline is shared by all that is measured against it and is no sign of a common slip.
leaned_on as (

    select distinct
        verdicts.check_id,
        verdicts.claim_figure_id,
        verdicts.cell_id,
        inputs.figure_id,
        {{ vocabulary_rank('family', 'verdicts.family') }} as family_rank,
        case when verdicts.family in ('ytd_sum', 'component_sum') then 0 else 1 end
            as sum_first,
        verdicts.reading_order
    from verdicts
    inner join inputs on verdicts.check_id = inputs.check_id
    inner join figures on inputs.figure_id = figures.figure_id
    where
        figures.role not in ('baseline', 'target')
        or verdicts.claim_figure_id = inputs.figure_id

),

pairs as (

    select
        ours.check_id,
        theirs.check_id as root_check_id,
        row_number() over (
            partition by ours.check_id
            order by
                theirs.sum_first, theirs.reading_order, theirs.family_rank, theirs.check_id
        ) as place
    from leaned_on as ours
    inner join leaned_on as theirs
        on
            ours.figure_id = theirs.figure_id
            and (
                ours.cell_id = theirs.cell_id
                or ours.claim_figure_id = ours.figure_id
                or theirs.claim_figure_id = theirs.figure_id
            )

),

nearest as (

    select
        check_id,
        root_check_id
    from pairs
    where place = 1

)

-- The root of the root: a chain of slips is one finding.
select
    nearest.check_id,
    roots.root_check_id
from nearest
inner join nearest as roots
    on nearest.root_check_id = roots.check_id
