-- One figure of last year's value that the report prints or implies, for one stretch of the year.
--
-- "55 last year" prints it; "866, an increase of 67 on the same period last year" implies 799. A
-- first quarter is a year to date of one quarter.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

printed as (

    select
        priors.figure_id as prior_key,
        valued.row_id,
        valued.series_id,
        valued.first_year,
        valued.basis,
        valued.quarter_number,
        valued.reading_place,
        priors.figure_id,
        1 as times
    from figures as priors
    inner join figures as valued
        on priors.relates_to_figure_id = valued.figure_id
    where
        priors.relation = 'prior_of'
        and {{ is_with_last_year('priors.comparator') }}
        and priors.unit = 'count'
        and valued.unit = 'count'

),

differences as (

    select
        changes.claim_figure_id,
        changes.value_figure_id,
        valued.row_id,
        valued.series_id,
        valued.first_year,
        valued.basis,
        valued.quarter_number,
        valued.reading_place
    from changes
    inner join figures as valued
        on changes.value_figure_id = valued.figure_id
    left join printed
        on
            valued.row_id = printed.row_id
            and valued.series_id = printed.series_id
            and valued.first_year = printed.first_year
            and valued.basis = printed.basis
            and valued.quarter_number = printed.quarter_number
    where
        changes.unit = 'count'
        and valued.unit = 'count'
        and {{ is_with_last_year('changes.comparator') }}
        and printed.prior_key is null

),

implied as (

    select
        claim_figure_id as prior_key,
        row_id,
        series_id,
        first_year,
        basis,
        quarter_number,
        reading_place,
        value_figure_id as figure_id,
        1 as times
    from differences
    union all
    select
        claim_figure_id as prior_key,
        row_id,
        series_id,
        first_year,
        basis,
        quarter_number,
        reading_place,
        claim_figure_id as figure_id,
        -1 as times
    from differences

),

known as (

    select * from printed
    union all
    select * from implied

),

placed as (

    select
        *,
        basis = 'quarter' and quarter_number > 1 as is_quarter,
        quarter_number as place
    from known
    where basis in ('quarter', 'ytd', 'year')

),

-- One source a stretch: the first mention.
firsts as (

    select
        row_id,
        series_id,
        first_year,
        is_quarter,
        place,
        {{ first_of('prior_key', 'reading_place') }} as prior_key
    from placed
    group by row_id, series_id, first_year, is_quarter, place

)

select
    placed.prior_key,
    placed.row_id,
    placed.series_id,
    placed.first_year,
    placed.is_quarter,
    placed.place,
    placed.figure_id,
    placed.times
from placed
inner join firsts
    on
        placed.prior_key = firsts.prior_key
        and placed.is_quarter = firsts.is_quarter
        and placed.place = firsts.place
