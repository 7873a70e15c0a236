-- One figure of a sum that gives last year's value for the stretch a difference is about, out of
-- what the report prints or implies for other stretches of the same year.
--
-- Half a year and the third quarter make three quarters; three quarters less half a year is the
-- third quarter. The value that changed is a `term`, last year's figures are a `prior`.
with

priors as (

    select * from {{ ref('int_checks__priors') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}
    where
        unit = 'count'
        and value_unit = 'count'
        and {{ is_with_last_year('comparator') }}
        and value_basis in ('quarter', 'ytd', 'year')

),

quarters as (

    select
        row_id,
        series_id,
        first_year,
        quarter_number,
        {{ first_of('figure_id', 'reading_place') }} as figure_id
    from figures
    where role = 'observation' and unit = 'count' and basis = 'quarter'
    group by row_id, series_id, first_year, quarter_number

),

-- What the difference may be of: the value it names, or the year so far of which that value is the
-- last quarter.
meant as (

    select
        changes.claim_figure_id,
        changes.row_id,
        changes.series_id,
        valued.first_year,
        changes.value_basis = 'quarter' and valued.quarter_number > 1 as is_quarter,
        valued.quarter_number as place,
        'value' as meaning,
        changes.value_figure_id as figure_id
    from changes
    inner join figures as valued
        on changes.value_figure_id = valued.figure_id
    union all
    select
        changes.claim_figure_id,
        changes.row_id,
        changes.series_id,
        valued.first_year,
        false as is_quarter,
        valued.quarter_number as place,
        'year so far' as meaning,
        quarters.figure_id
    from changes
    inner join figures as valued
        on changes.value_figure_id = valued.figure_id
    inner join quarters
        on
            changes.row_id = quarters.row_id
            and changes.series_id = quarters.series_id
            and valued.first_year = quarters.first_year
            and valued.quarter_number >= quarters.quarter_number
    where changes.value_basis = 'quarter' and valued.quarter_number > 1

),

counted as (

    select
        *,
        count(*) over (partition by claim_figure_id, meaning) as figure_count
    from meant

),

whole as (

    select * from counted
    where meaning = 'value' or figure_count = place

),

stretches as (

    select distinct
        claim_figure_id,
        row_id,
        series_id,
        first_year,
        is_quarter,
        place,
        meaning
    from whole

),

-- The two other stretches that give the one wanted, and with which sign.
sought as (

    select
        *,
        'before and quarter' as way,
        false as is_other_quarter,
        place - 1 as other_place,
        1 as sign
    from stretches
    where not is_quarter and place > 1
    union all
    select
        *,
        'before and quarter' as way,
        true as is_other_quarter,
        place as other_place,
        1 as sign
    from stretches
    where not is_quarter and place > 1
    union all
    select
        *,
        'after less quarter' as way,
        false as is_other_quarter,
        place + 1 as other_place,
        1 as sign
    from stretches
    where not is_quarter
    union all
    select
        *,
        'after less quarter' as way,
        true as is_other_quarter,
        place + 1 as other_place,
        -1 as sign
    from stretches
    where not is_quarter
    union all
    select
        *,
        'with less before' as way,
        false as is_other_quarter,
        place as other_place,
        1 as sign
    from stretches
    where is_quarter
    union all
    select
        *,
        'with less before' as way,
        false as is_other_quarter,
        place - 1 as other_place,
        -1 as sign
    from stretches
    where is_quarter

),

found as (

    select
        sought.claim_figure_id,
        sought.meaning,
        sought.way,
        sought.sign * priors.times as times,
        priors.prior_key,
        priors.figure_id
    from sought
    inner join priors
        on
            sought.row_id = priors.row_id
            and sought.series_id = priors.series_id
            and sought.first_year = priors.first_year
            and sought.is_other_quarter = priors.is_quarter
            and sought.other_place = priors.place
    where priors.prior_key <> sought.claim_figure_id

),

ways as (

    select
        claim_figure_id,
        meaning,
        way
    from found
    group by claim_figure_id, meaning, way
    having count(distinct prior_key) = 2

)

select
    whole.claim_figure_id,
    whole.meaning,
    ways.way,
    'term' as part,
    whole.figure_id,
    1 as times
from whole
inner join ways
    on
        whole.claim_figure_id = ways.claim_figure_id
        and whole.meaning = ways.meaning
union all
select
    found.claim_figure_id,
    found.meaning,
    found.way,
    'prior' as part,
    found.figure_id,
    -found.times as times
from found
inner join ways
    on
        found.claim_figure_id = ways.claim_figure_id
        and found.meaning = ways.meaning
        and found.way = ways.way
