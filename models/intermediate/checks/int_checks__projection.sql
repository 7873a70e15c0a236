-- A projected change at the year end: the year to date, drawn on in a straight line, against the
-- baseline. Judged on its arithmetic, not on how the year turned out.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

claims as (

    select * from figures
    where role = 'projection' and unit = 'percent_change'

),

counts as (

    select * from figures
    where role = 'observation' and unit = 'count'

),

-- The year so far: what the cell gives as the year to date, else its quarters together.
totals_so_far as (

    select
        claims.figure_id as claim_figure_id,
        counts.figure_id,
        counts.quarters_covered
    from claims
    inner join counts
        on
            claims.cell_id = counts.cell_id
            and claims.series_id = counts.series_id
            and claims.first_year = counts.first_year
    where
        counts.basis = 'ytd'
        or (counts.basis = 'quarter' and counts.quarter_number = 1)

),

cell_quarters as (

    select
        claims.figure_id as claim_figure_id,
        claims.row_id,
        claims.series_id,
        claims.first_year,
        max(counts.quarter_number) as quarters_covered
    from claims
    inner join counts
        on
            claims.cell_id = counts.cell_id
            and claims.series_id = counts.series_id
            and claims.first_year = counts.first_year
    where counts.basis = 'quarter'
    group by claims.figure_id, claims.row_id, claims.series_id, claims.first_year

),

quarters_so_far as (

    select
        cell_quarters.claim_figure_id,
        counts.figure_id,
        cell_quarters.quarters_covered,
        count(*) over (partition by cell_quarters.claim_figure_id) as quarters_printed
    from cell_quarters
    inner join counts
        on
            cell_quarters.row_id = counts.row_id
            and cell_quarters.series_id = counts.series_id
            and cell_quarters.first_year = counts.first_year
            and cell_quarters.quarters_covered >= counts.quarter_number
    left join totals_so_far
        on cell_quarters.claim_figure_id = totals_so_far.claim_figure_id
    where counts.basis = 'quarter' and totals_so_far.claim_figure_id is null

),

so_far as (

    select
        claim_figure_id,
        figure_id as so_far_key,
        figure_id,
        quarters_covered
    from totals_so_far
    union all
    select
        claim_figure_id,
        'quarters' as so_far_key,
        figure_id,
        quarters_covered
    from quarters_so_far
    where quarters_printed = quarters_covered

),

baselines as (

    select
        claims.figure_id as claim_figure_id,
        bases.figure_id as base_figure_id
    from claims
    inner join figures as bases
        on
            claims.row_id = bases.row_id
            and claims.series_id = bases.series_id
    where
        bases.unit = 'count'
        and bases.role = case claims.comparator when 'target' then 'target' else 'baseline' end

),

drawn_on as (

    select
        so_far.claim_figure_id,
        so_far.so_far_key || '/' || baselines.base_figure_id as base_key,
        so_far.figure_id,
        so_far.quarters_covered,
        baselines.base_figure_id
    from so_far
    inner join baselines on so_far.claim_figure_id = baselines.claim_figure_id

),

-- "Projection for the year is 144; a reduction of 77 (34.8%)": the level and the difference.
projected_levels as (

    select
        claims.figure_id as claim_figure_id,
        levels.figure_id as level_figure_id,
        differences.figure_id as difference_figure_id
    from claims
    inner join figures as differences
        on
            claims.cell_id = differences.cell_id
            and claims.series_id = differences.series_id
    inner join figures as levels on differences.relates_to_figure_id = levels.figure_id
    where
        differences.role = 'projection'
        and differences.unit = 'count'
        and differences.relation = 'change_of'
        and levels.role = 'projection'

),

inputs as (

    select
        claim_figure_id,
        'annualised' as reading,
        base_key,
        figure_id,
        'numerator' as part,
        4 as times
    from drawn_on
    union all
    select distinct
        claim_figure_id,
        'annualised' as reading,
        base_key,
        base_figure_id as figure_id,
        'denominator' as part,
        quarters_covered as times
    from drawn_on
    union all
    select
        claim_figure_id,
        'implied_prior' as reading,
        difference_figure_id as base_key,
        level_figure_id as figure_id,
        'numerator' as part,
        1 as times
    from projected_levels
    union all
    select
        claim_figure_id,
        'implied_prior' as reading,
        difference_figure_id as base_key,
        level_figure_id as figure_id,
        'denominator' as part,
        1 as times
    from projected_levels
    union all
    select
        claim_figure_id,
        'implied_prior' as reading,
        difference_figure_id as base_key,
        difference_figure_id as figure_id,
        'denominator' as part,
        -1 as times
    from projected_levels

)

select
    claim_figure_id,
    'projection' as family,
    reading,
    case reading when 'annualised' then 1 else 2 end as reading_rank,
    false as is_unspoken,
    true as is_binding,
    base_key,
    figure_id,
    part,
    times,
    100 as claim_shift,
    1 as claim_times
from inputs
