-- One claim as it is printed, and as it would be printed with one digit wrong: what would become of
-- each says how much of a slip a check can see.

with

claims as (

    select claim_figure_id
    from {{ ref('int_checks__claims') }}
    union
    select claim_figure_id
    from {{ ref('int_checks__implied_population') }}
    union
    select claim_figure_id
    from {{ ref('int_checks__sign') }}
    union
    select claim_figure_id
    from {{ ref('int_checks__period_label') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

claimed as (

    select
        figures.*,
        -- A number in words has the digits of its value.
        case
            when {{ matches('figures.printed', '[0-9]') }} then figures.printed
            else {{ number_text('abs(figures.value)', '0') }}
        end as digits
    from claims
    inner join figures on claims.claim_figure_id = figures.figure_id

),

places as (

    {{ numbers(1, 16) }}

),

digits as (

    {{ numbers(0, 9) }}

),

misprinted as (

    select
        claimed.figure_id,
        10 * places.number + digits.number as slip,
        {{ to_decimal(
            digits_and_point(
                "substr(claimed.digits, 1, places.number - 1) || cast(digits.number as varchar)"
                ~ " || substr(claimed.digits, places.number + 1)"
            )
        ) }} as size
    from claimed
    inner join places on length(claimed.digits) >= places.number
    inner join digits
        on substr(claimed.digits, places.number, 1) <> cast(digits.number as varchar)
    where
        substr(claimed.digits, places.number, 1) between '0' and '9'
        and {{ var('power', true) }}

),

variants as (

    select
        figure_id as claim_figure_id,
        0 as slip,
        value
    from claimed
    union all
    select
        misprinted.figure_id as claim_figure_id,
        misprinted.slip,
        case when claimed.value < 0 then -misprinted.size else misprinted.size end as value
    from misprinted
    inner join claimed on misprinted.figure_id = claimed.figure_id
    where misprinted.size is not null

)

select
    variants.claim_figure_id,
    variants.slip,
    variants.value,
    claimed.decimals,
    claimed.unit,
    claimed.is_exact,
    claimed.is_approximate,
    claimed.is_additive,
    claimed.is_in_prose,
    {{ interval_columns('variants.value', 'claimed.decimals', 'claimed.is_exact', 'x') }},
    {{ truncated_columns('variants.value', 'claimed.decimals', 't') }}
from variants
inner join claimed on variants.claim_figure_id = claimed.figure_id
