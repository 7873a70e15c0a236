-- One claim and family, and how many of its one-digit slips would be called wrong.
--
-- The sign beside a word, and a colour, stay what they are whatever digit goes wrong: those checks
-- have no row here, and no power.
with

graded as (

    select * from {{ ref('int_checks__graded') }}
    where slip > 0

),

populations as (

    select * from {{ ref('int_checks__implied_population') }}

),

signs as (

    select * from {{ ref('int_checks__sign') }}
    where other_figure_id is not null

),

labels as (

    select * from {{ ref('int_checks__period_label') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

all_figures as (

    select * from {{ ref('int_figures__conformed') }}

),

variants as (

    select * from {{ ref('int_checks__variants') }}
    where slip > 0

),

places as (

    {{ numbers(1, 16) }}

),

digits as (

    {{ numbers(0, 9) }}

),

-- "2014/15" with each of its digits wrong.
years as (

    select
        labels.claim_figure_id,
        left(all_figures.printed, places.number - 1)
        || cast(digits.number as varchar)
        || substr(all_figures.printed, places.number + 1) as printed
    from labels
    inner join all_figures on labels.claim_figure_id = all_figures.figure_id
    inner join places on length(all_figures.printed) >= places.number
    inner join digits
        on substr(all_figures.printed, places.number, 1) <> cast(digits.number as varchar)
    where
        labels.other_figure_id is null
        and substr(all_figures.printed, places.number, 1) between '0' and '9'
        and {{ var('power', true) }}

),

judged as (

    select
        claim_figure_id,
        family,
        verdict = 'inconsistent' as is_caught
    from graded
    union all
    select
        populations.claim_figure_id,
        populations.family,
        variants.value not between populations.expected_low and populations.expected_high
            as is_caught
    from populations
    inner join variants on populations.claim_figure_id = variants.claim_figure_id
    union all
    select
        signs.claim_figure_id,
        signs.family,
        case when signs.says_up then variants.value <= others.value
            else variants.value >= others.value
        end as is_caught
    from signs
    inner join variants on signs.claim_figure_id = variants.claim_figure_id
    inner join figures as others on signs.other_figure_id = others.figure_id
    union all
    -- A part of a year that is more than a later total; a total that is more than its part.
    select
        labels.claim_figure_id,
        labels.family,
        variants.value > others.value as is_caught
    from labels
    inner join variants on labels.claim_figure_id = variants.claim_figure_id
    inner join figures as others on labels.other_figure_id = others.figure_id
    union all
    select
        claim_figure_id,
        'period_label' as family,
        {{ is_no_financial_year(
            "cast(left(printed, 4) as integer)", "cast(right(printed, 2) as integer)"
        ) }} as is_caught
    from years

)

select
    claim_figure_id,
    family,
    {{ as_count('count(*)') }} as slip_count,
    {{ as_count('sum(case when is_caught then 1 else 0 end)') }} as caught_count
from judged
group by claim_figure_id, family
