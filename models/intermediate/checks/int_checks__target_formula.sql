-- A target level, against what it is set from: the last outturn or the baseline less (or more) the
-- percentage asked for, the target of the year before less the percentage asked for every year, or
-- the level that is to be maintained. The target printed is the claim.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

worded as (

    select
        *,
        coalesce(measure, '') || ' ' || coalesce(statement, '') as words
    from figures
    where role = 'target' and unit <> 'percent_change'

),

levels as (

    select
        *,
        {{ matches('words', words_of_every_year()) }} as is_of_every_year,
        {{ keeps_the_same_level('words') }} as is_same_level,
        {{ matches('words', '20[0-9]{2}/') }} as names_a_year,
        coalesce(desired_direction = 'maintain', false)
        or {{ matches('statement', words_of_maintaining()) }} as is_maintained
    from worded

),

-- "54.3 (-1.5%)": the percentage beside the level.
percentages_beside as (

    select
        levels.figure_id as claim_figure_id,
        percentages.figure_id as percentage_figure_id,
        true as is_beside
    from levels
    inner join figures as percentages
        on levels.figure_id = percentages.relates_to_figure_id
    where
        percentages.role = 'target'
        and percentages.unit = 'percent_change'
        and percentages.relation = 'change_of'

),

-- "Reduce burglary by 2% year on year": one percentage for the targets of all the years.
percentages_of_every_year as (

    select
        levels.figure_id as claim_figure_id,
        percentages.figure_id as percentage_figure_id,
        false as is_beside
    from levels
    inner join figures as percentages
        on levels.row_id = percentages.row_id
    left join percentages_beside
        on levels.figure_id = percentages_beside.claim_figure_id
    where
        percentages.role = 'target'
        and percentages.unit = 'percent_change'
        and percentages.relation is null
        and percentages.series_id in ('total', levels.series_id)
        and {{ matches('percentages.statement', words_of_every_year()) }}
        and levels.basis = 'year'
        and percentages_beside.claim_figure_id is null

),

percentages as (

    select * from percentages_beside
    union all
    select * from percentages_of_every_year

),

-- What a level may be set from, and how many years lie between.
bases as (

    select
        levels.figure_id as claim_figure_id,
        levels.is_of_every_year,
        levels.is_same_level,
        levels.is_maintained,
        bases.figure_id as base_figure_id,
        bases.value = levels.value as is_same_value,
        levels.names_a_year,
        coalesce(
            strpos(levels.words, cast(bases.first_year as varchar) || '/') > 0, false
        ) as is_of_a_year_named,
        bases.role,
        bases.role = 'observation'
        and bases.period_end = max(
            case when bases.role = 'observation' then bases.period_end end
        ) over (partition by levels.figure_id) as is_last_outturn,
        coalesce(
            {{ months_in('bases.period_end', 'levels.period_end') }} = 13, false
        ) as is_of_the_year_before,
        cast(
            ({{ months_in('bases.period_end', 'levels.period_end') }} - 1) / 12 as integer
        ) as years_between
    from levels
    inner join figures as bases
        on
            levels.row_id = bases.row_id
            and levels.series_id = bases.series_id
            and levels.unit = bases.unit
    where
        bases.basis in ('year', 'multi_year_average', 'point', 'rolling_12m')
        and (
            bases.role = 'baseline'
            or (
                bases.role in ('observation', 'target')
                and bases.basis in ('year', 'multi_year_average')
                and bases.period_end < levels.period_end
            )
        )
        and bases.certainty <> 'ambiguous'

),

set_by_percentages as (

    select
        bases.*,
        percentages.percentage_figure_id,
        percentages.is_beside
    from bases
    inner join percentages on bases.claim_figure_id = percentages.claim_figure_id

),

-- The last outturn before the target is what a percentage is of, unless the words name a baseline
-- or say that it is asked for every year; earlier outturns, and the target before, are readings
-- that the words do not spell out.
products as (

    select
        claim_figure_id,
        percentage_figure_id,
        base_figure_id,
        base_figure_id as base_key,
        1 as percentage_times,
        case
            when is_beside
                then
                    role = 'baseline'
                    or is_last_outturn
                    or (is_of_every_year and role = 'target' and is_of_the_year_before)
            else is_of_the_year_before
        end as is_expected
    from set_by_percentages
    where is_beside or is_of_the_year_before or role = 'baseline' or is_last_outturn
    union all
    -- Two per cent of the first year, every year.
    select
        claim_figure_id,
        percentage_figure_id,
        base_figure_id,
        base_figure_id || ', every year' as base_key,
        years_between as percentage_times,
        false as is_expected
    from set_by_percentages
    where
        not is_beside
        and years_between > 1
        and (role = 'baseline' or is_last_outturn)

),

-- "Maintain the level of last year". A level that is to be kept may also be one that nobody has
-- reached yet ("maintain at 90%"): it follows from the last one only where the words say so.
maintained as (

    select
        bases.claim_figure_id,
        bases.base_figure_id,
        case
            when bases.names_a_year then bases.is_of_a_year_named
            else bases.role = 'baseline' or bases.is_last_outturn
        end as is_expected
    from bases
    left join percentages on bases.claim_figure_id = percentages.claim_figure_id
    where
        bases.is_maintained
        and percentages.claim_figure_id is null
        and (bases.is_same_level or (bases.is_same_value and bases.role <> 'target'))

),

inputs as (

    select
        claim_figure_id,
        'as_printed' as reading,
        is_expected,
        is_expected as is_binding,
        base_key,
        base_figure_id as figure_id,
        'denominator' as part,
        1 as times,
        100 as claim_shift
    from products
    union all
    select
        claim_figure_id,
        'as_printed' as reading,
        is_expected,
        is_expected as is_binding,
        base_key,
        percentage_figure_id as figure_id,
        'percentage' as part,
        percentage_times as times,
        100 as claim_shift
    from products
    union all
    select
        claim_figure_id,
        'as_printed' as reading,
        is_expected,
        is_expected as is_binding,
        base_figure_id as base_key,
        base_figure_id as figure_id,
        'term' as part,
        1 as times,
        0 as claim_shift
    from maintained

)

select
    claim_figure_id,
    'target_formula' as family,
    reading,
    case when is_expected then 1 else 2 end as reading_rank,
    not is_expected as is_unspoken,
    is_binding,
    base_key,
    figure_id,
    part,
    times,
    claim_shift,
    1 as claim_times
from inputs
