-- A year to date, or a year, against the quarters printed in its row; likewise the numerators and
-- the denominators of a ratio that is given by quarter and for the year.
with

all_figures as (

    select * from {{ ref('int_checks__figures') }}

),

counts as (

    select * from all_figures
    where
        role in ('observation', 'component')
        and unit = 'count'
        and not is_one_of_several
        and basis in ('quarter', 'ytd', 'year')

),

-- A count stands for itself and, where it is half of a ratio, for that half: there it belongs to
-- the series of the ratio, whatever its own label.
figures as (

    select
        figure_id,
        row_id,
        series_id,
        'value' as part_of_ratio,
        first_year,
        basis,
        quarter_number,
        quarters_covered,
        {{ columns_before_prose() }} as place_read
    from counts
    where
        role = 'observation'
        or relation is null
        or (relation = 'part_of' and series_id <> 'part')
    union all
    select
        counts.figure_id,
        counts.row_id,
        ratios.series_id,
        counts.relation as part_of_ratio,
        counts.first_year,
        counts.basis,
        counts.quarter_number,
        counts.quarters_covered,
        {{ columns_before_prose('counts.') }} as place_read
    from counts
    inner join all_figures as ratios
        on counts.relates_to_figure_id = ratios.figure_id
    where counts.relation in ('numerator_of', 'denominator_of')

),

-- One value a quarter and one a year to date: the first mention.
firsts as (

    select
        row_id,
        series_id,
        part_of_ratio,
        first_year,
        basis = 'quarter' as is_quarter,
        case when basis = 'quarter' then quarter_number else quarters_covered end as place,
        {{ first_of('figure_id', 'place_read') }} as figure_id
    from figures
    group by
        row_id, series_id, part_of_ratio, first_year, is_quarter, place

),

claims as (

    select * from figures
    where basis in ('ytd', 'year') and quarters_covered > 1

),

quarters as (

    select
        claims.figure_id as claim_figure_id,
        claims.part_of_ratio,
        claims.quarters_covered,
        firsts.figure_id,
        firsts.place,
        count(*) over (partition by claims.figure_id, claims.part_of_ratio) as quarters_printed
    from claims
    inner join firsts
        on
            claims.row_id = firsts.row_id
            and claims.series_id = firsts.series_id
            and claims.part_of_ratio = firsts.part_of_ratio
            and claims.first_year = firsts.first_year
            and claims.quarters_covered >= firsts.place
    where firsts.is_quarter

),

last_totals as (

    select
        claims.figure_id as claim_figure_id,
        claims.part_of_ratio,
        firsts.figure_id
    from claims
    inner join firsts
        on
            claims.row_id = firsts.row_id
            and claims.series_id = firsts.series_id
            and claims.part_of_ratio = firsts.part_of_ratio
            and claims.first_year = firsts.first_year
            and claims.quarters_covered = firsts.place + 1
    where not firsts.is_quarter and firsts.place > 1

),

last_quarters as (

    select
        quarters.claim_figure_id,
        quarters.part_of_ratio,
        quarters.figure_id,
        last_totals.figure_id as total_figure_id
    from quarters
    inner join last_totals
        on
            quarters.claim_figure_id = last_totals.claim_figure_id
            and quarters.part_of_ratio = last_totals.part_of_ratio
    where quarters.place = quarters.quarters_covered

),

inputs as (

    select
        claim_figure_id,
        'quarters, ' || part_of_ratio as base_key,
        figure_id
    from quarters
    where quarters_printed = quarters_covered
    union all
    select
        claim_figure_id,
        total_figure_id || ', ' || part_of_ratio as base_key,
        figure_id
    from last_quarters
    union all
    select
        claim_figure_id,
        total_figure_id || ', ' || part_of_ratio as base_key,
        total_figure_id as figure_id
    from last_quarters

)

select
    claim_figure_id,
    'ytd_sum' as family,
    'sum_of_quarters' as reading,
    1 as reading_rank,
    false as is_unspoken,
    true as is_binding,
    base_key,
    figure_id,
    'term' as part,
    1 as times,
    0 as claim_shift,
    1 as claim_times
from inputs
