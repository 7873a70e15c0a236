-- A label of time that cannot be: a year that is none, a window that does not cover its total, a
-- year to date that is lower than an earlier part of the same year.
with

all_figures as (

    select * from {{ ref('int_figures__conformed') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

-- "2015/15": two halves that are not one year and the next. "2015/12" may be a month.
year_labels as (

    select
        figure_id as claim_figure_id,
        printed,
        cast(left(printed, 4) as integer) as first_year,
        cast(right(printed, 2) as integer) as second_year
    from all_figures
    where
        role = 'context'
        and {{ captured('printed', '^((?:19|20)[0-9]{2}\\s*[/-]\\s*[0-9]{2})$') }} is not null

),

totals as (

    select * from figures
    where
        role = 'observation'
        and unit = 'count'
        and basis in ('quarter', 'ytd', 'year')
        and not is_one_of_several
        and not is_in_prose

),

first_quarters as (

    select
        row_id,
        series_id,
        first_year,
        {{ first_of('figure_id', 'reading_place') }} as figure_id,
        {{ first_of('value', 'reading_place') }} as value,
        {{ first_of('printed', 'reading_place') }} as printed
    from totals
    where quarters_covered = 1 and quarter_number = 1 and is_additive
    group by row_id, series_id, first_year

),

-- "(April to June) of 563" beside 260 for April to June: the window in the words and the number
-- that stands next to it.
windows as (

    select
        *,
        -- Patterns with a number in them are slow: only where there is a window at all.
        case
            when {{ names_a_window('statement') }}
                then {{ named_window('statement', 'printed', 'from') }}
        end as first_month,
        case
            when {{ names_a_window('statement') }}
                then {{ named_window('statement', 'printed', 'to') }}
        end as last_month
    from totals
    where
        basis <> 'year'
        and is_additive
        and source_cell in ('q2', 'q3', 'q4')

),

wrong_windows as (

    select
        windows.figure_id as claim_figure_id,
        first_quarters.figure_id as other_figure_id,
        'The words say ' || windows.first_month || ' to ' || windows.last_month || ' for '
        || windows.printed || ', but the report gives ' || first_quarters.printed
        || ' for those months; ' || windows.printed || ' is the total up to quarter '
        || right(windows.source_cell, 1) || '.' as explanation
    from windows
    inner join first_quarters
        on
            windows.row_id = first_quarters.row_id
            and windows.series_id = first_quarters.series_id
            and windows.first_year = first_quarters.first_year
    where
        {{ month_number('windows.first_month') }} = 4
        and {{ quarter_of_month(month_number('windows.last_month')) }} = 1
        and windows.value > first_quarters.value

),

-- A part of a year cannot be more than a later year to date that contains it, unless both are of
-- people on a caseload on a day, whatever the words say.
falls as (

    select
        earlier.figure_id as claim_figure_id,
        later.figure_id as other_figure_id,
        'The report gives '
        || {{ number_text('earlier.value', 'earlier.decimals') }}
        || case when earlier.basis = 'quarter' then ' for quarter ' else ' up to quarter ' end
        || cast(earlier.quarter_number as varchar) || ' and '
        || {{ number_text('later.value', 'later.decimals') }}
        || ' for the year up to quarter ' || cast(later.quarter_number as varchar)
        || ': a year to date cannot fall.' as explanation,
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
    where
        later.basis in ('ytd', 'year')
        and earlier.cell_id <> later.cell_id
        and later.certainty <> 'ambiguous'
        and earlier.source_cell <> later.source_cell
        and not {{ is_snapshot("later.statement") }}
        and not {{ is_snapshot("earlier.statement") }}

),

-- The whole cell of another quarter, pasted.
pasted as (

    select distinct falls.claim_figure_id
    from falls
    inner join figures as claims on falls.claim_figure_id = claims.figure_id
    inner join figures as others
        on
            claims.row_id = others.row_id
            and claims.series_id = others.series_id
            and claims.unit = others.unit
            and claims.value = others.value
            and claims.source_cell <> others.source_cell
    where others.role = 'observation'

)

select
    claim_figure_id,
    'period_label' as family,
    'inconsistent' as verdict,
    'as_printed' as reading,
    'definite' as check_certainty,
    'wrong_period_label' as likely_cause,
    printed || ' is no financial year: ' || cast(first_year as varchar) || ' would be followed by '
    || lpad(cast((first_year + 1) % 100 as varchar), 2, '0') || '.' as explanation,
    cast(null as varchar) as other_figure_id
from year_labels
where {{ is_no_financial_year('first_year', 'second_year') }}
union all
select
    claim_figure_id,
    'period_label' as family,
    'inconsistent' as verdict,
    'as_printed' as reading,
    'definite' as check_certainty,
    'wrong_period_label' as likely_cause,
    explanation,
    other_figure_id
from wrong_windows
union all
select
    falls.claim_figure_id,
    'period_label' as family,
    'inconsistent' as verdict,
    'as_printed' as reading,
    'probable' as check_certainty,
    case
        when pasted.claim_figure_id is not null then 'pasted_from_other_quarter'
        else 'wrong_period_label'
    end as likely_cause,
    falls.explanation,
    falls.other_figure_id
from falls
left join pasted on falls.claim_figure_id = pasted.claim_figure_id
where falls.place = 1
