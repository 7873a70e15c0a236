-- A label of time that cannot be: a year that is none, a window that does not cover its total, a
-- year to date that is lower than an earlier part of the same year.
with

all_figures as (

    select * from {{ ref('int_figures__conformed') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

-- "2015/15": two halves that are not one year and the next.
impossible_years as (

    select
        figure_id as claim_figure_id,
        printed || ' is no financial year: the second half must be the year after the first.'
            as explanation
    from all_figures
    where
        role = 'context'
        and {{ captured('printed', '^(\\d{4}\\s*[/-]\\s*\\d{2})$') }} is not null
        and cast(right(printed, 2) as integer)
        not in (
            (cast(left(printed, 4) as integer) + 1) % 100,
            -- "2015/12" may be a month.
            case when cast(right(printed, 2) as integer) between 1 and 12
                then cast(right(printed, 2) as integer) else -1 end
        )

),

-- "(April to June)" beside a year to date of two quarters: the reader notes the window it overrode.
wrong_windows as (

    select
        figure_id as claim_figure_id,
        note as explanation
    from figures
    where basis = 'ytd' and note like 'The words give%'

),

totals as (

    select * from figures
    where
        role = 'observation'
        and unit = 'count'
        and basis in ('quarter', 'ytd', 'year')
        and is_additive

),

-- A part of a year cannot be more than a later year to date that contains it.
falls as (

    select
        earlier.figure_id as claim_figure_id,
        later.figure_id as other_figure_id,
        'The report gives ' || earlier.printed || ' up to quarter '
        || cast(earlier.quarter_number as varchar) || ' and ' || later.printed
        || ' for the year up to quarter ' || cast(later.quarter_number as varchar)
        || '; a year to date cannot fall.' as explanation,
        row_number() over (
            partition by earlier.figure_id order by later.quarter_number, later.figure_id
        ) as place
    from totals as earlier
    inner join totals as later
        on
            earlier.row_id = later.row_id
            and earlier.series_id = later.series_id
            and earlier.first_year = later.first_year
            and earlier.quarter_number < later.quarter_number
            and earlier.value > later.value
    where later.basis in ('ytd', 'year') and earlier.cell_id <> later.cell_id

),

found as (

    select claim_figure_id, cast(null as varchar) as other_figure_id, explanation
    from impossible_years
    union all
    select claim_figure_id, cast(null as varchar) as other_figure_id, explanation
    from wrong_windows
    union all
    select claim_figure_id, other_figure_id, explanation
    from falls
    where place = 1

)

select
    claim_figure_id,
    'period_label' as family,
    'inconsistent' as verdict,
    'as_printed' as reading,
    'wrong_period_label' as likely_cause,
    explanation,
    other_figure_id
from found
