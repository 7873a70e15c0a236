-- A year to date, or a year, against the quarters printed in its row; likewise the numerators and
-- the denominators of a ratio that is given by quarter and for the year.
with

figures as (

    select
        *,
        coalesce(
            case when relation in ('numerator_of', 'denominator_of') then relation end,
            'value'
        ) as part_of_ratio
    from {{ ref('int_checks__figures') }}
    where
        role in ('observation', 'component')
        and unit = 'count'
        and basis in ('quarter', 'ytd', 'year')

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
        arg_min(figure_id, source_line * 100000 + char_start) as figure_id
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
        claims.quarters_covered,
        firsts.figure_id,
        firsts.place,
        count(*) over (partition by claims.figure_id) as quarters_printed
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
        quarters.figure_id,
        last_totals.figure_id as total_figure_id
    from quarters
    inner join last_totals
        on quarters.claim_figure_id = last_totals.claim_figure_id
    where quarters.place = quarters.quarters_covered

),

inputs as (

    select
        claim_figure_id,
        'quarters' as base_key,
        figure_id
    from quarters
    where quarters_printed = quarters_covered
    union all
    select
        claim_figure_id,
        total_figure_id as base_key,
        figure_id
    from last_quarters
    union all
    select
        claim_figure_id,
        total_figure_id as base_key,
        total_figure_id as figure_id
    from last_quarters

)

select
    claim_figure_id,
    'ytd_sum' as family,
    'sum_of_quarters' as reading,
    1 as reading_rank,
    false as is_unspoken,
    base_key,
    figure_id,
    'term' as part,
    1 as times,
    0 as claim_shift,
    1 as claim_times
from inputs
