-- One claim that does not add up, and the usual slips that would explain it.
--
-- The larger a value, the more whole numbers lie within the rounding of a percentage of it: a base
-- found by search says something only where fewer than so many in a hundred would fit by chance.
{%- set fits_by_chance = 10 %}
with

checks as (

    select * from {{ ref('int_checks__arithmetic') }}
    where verdict = 'inconsistent'

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

terms as (

    select * from {{ ref('int_checks__terms') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

-- The same statement stands in the cell of another quarter.
pasted as (

    select distinct checks.claim_figure_id
    from checks
    inner join figures as claims on checks.claim_figure_id = claims.figure_id
    inner join figures as others
        on
            claims.row_id = others.row_id
            and claims.source_cell <> others.source_cell
            and claims.role = others.role
            and claims.unit = others.unit
            and claims.value = others.value
            and claims.series_id = others.series_id
    where
        claims.value <> 0
        and claims.source_cell in ('q1', 'q2', 'q3', 'q4')
        and others.source_cell in ('q1', 'q2', 'q3', 'q4')

),

-- Another number of the same row fits as the base.
other_bases as (

    select distinct checks.claim_figure_id
    from checks
    inner join figures as claims on checks.claim_figure_id = claims.figure_id
    inner join figures as valued on claims.relates_to_figure_id = valued.figure_id
    inner join figures as bases
        on
            claims.row_id = bases.row_id
            and valued.unit = bases.unit
            and valued.series_id = bases.series_id
            and valued.figure_id <> bases.figure_id
    where
        checks.family = 'percent_change'
        and bases.value > 0
        and 100 * (valued.value - bases.value)
        >= (claims.value - {{ half_unit('claims.decimals') }}) * bases.value
        and 100 * (valued.value - bases.value)
        <= (claims.value + {{ half_unit('claims.decimals') }}) * bases.value

),

faced as (

    select
        checks.*,
        claims.value,
        claims.unit,
        claims.decimals,
        claims.printed,
        claims.x_low,
        claims.x_high,
        claims.x_low_open,
        claims.x_high_open,
        terms.value_unit,
        terms.most_times,
        {{ exact_decimal('changed.value') }} as changed_value
    from checks
    inner join figures as claims on checks.claim_figure_id = claims.figure_id
    left join terms on checks.candidate_id = terms.candidate_id
    left join changes on checks.claim_figure_id = changes.claim_figure_id
    left join figures as changed on changes.value_figure_id = changed.figure_id

),

-- b: the base, v: the value, r: the claim with its sign turned, o: the value before it is drawn on
-- to a year; e, g, i and j: whole numbers that would be the base had the change been divided by
-- the value.
intervals as (

    select
        *,
        {{ as_point('n_face', 'v') }},
        {{ as_point('d_face', 'b') }},
        claim_shift - x_high as r_low,
        claim_shift - x_low as r_high,
        x_high_open as r_low_open,
        x_low_open as r_high_open,
        claim_shift + x_low as c_low,
        claim_shift + x_high as c_high,
        x_low_open as c_low_open,
        x_high_open as c_high_open,
        {{ digits_text('printed') }} as claim_digits,
        {{ digits_text(number_text('cast(abs(expected) as decimal(18, 4))', 'decimals')) }}
            as expected_digits,
        {{ whole_quotient('n_face * (100 - value)', '100') }} as base_of_value,
        {{ as_point('changed_value', 'o') }},
        {{ whole_quotient('changed_value * (100 - value)', '100') }} as base_of_changed
    from faced

),

found as (

    select
        *,
        {{ as_point('base_of_value', 'e') }},
        {{ as_point('base_of_value + 1', 'g') }},
        {{ is_padded('printed', 'expected', 'value', 'decimals') }} as is_padded,
        {{ as_point('base_of_changed', 'i') }},
        {{ as_point('base_of_changed + 1', 'j') }},
        n_face * (x_high - x_low) < {{ fits_by_chance }} as is_telling,
        changed_value * (x_high - x_low) < {{ fits_by_chance }} as is_changed_telling,
        not is_sum and not is_product and claim_shift = 100 as is_quotient_change
    from intervals

)

select
    found.claim_figure_id,
    found.family,
    found.expected,
    case
        when
            found.is_quotient_change
            and found.value <> 0
            and {{ quotient_meets('found.v', 'found.b', 'found.r') }}
            then 'sign_wrong'
        when found.is_sum and found.value <> 0 and found.expected = -found.value
            then 'sign_wrong'
        when pasted.claim_figure_id is not null and found.is_quotient_change
            then 'pasted_from_other_quarter'
        when
            found.is_quotient_change
            and found.value_unit = 'count'
            and found.most_times = 1
            and abs(found.value) = abs(found.n_face - found.d_face)
            then 'count_for_percent'
        when
            found.is_quotient_change
            and found.value <> 0
            and (
                {{ quotient_meets('found.b', 'found.v', 'found.r') }}
                or (
                    found.is_telling
                    and (
                        {{ quotient_meets('found.e', 'found.v', 'found.r') }}
                        or {{ quotient_meets('found.g', 'found.v', 'found.r') }}
                    )
                )
                or (
                    found.is_changed_telling
                    and (
                        {{ quotient_meets('found.i', 'found.o', 'found.r') }}
                        or {{ quotient_meets('found.j', 'found.o', 'found.r') }}
                    )
                )
            )
            then 'current_value_as_base'
        when
            found.is_quotient_change
            and {{ quotient_meets('found.v', 'found.b', 'found.c', 4, 1) }}
            then 'annualised_against_not'
        when found.is_padded
            then 'transcription'
        when {{ is_transposed('found.claim_digits', 'found.expected_digits') }}
            then 'digits_transposed'
        when
            found.family = 'restated'
            and length(found.claim_digits) > 2
            and {{ is_one_digit_off('found.claim_digits', 'found.expected_digits') }}
            then 'transcription'
        when found.family in ('baseline_mismatch', 'restated')
            then 'revision'
        when found.family = 'difference' and found.reading = 'implied_prior'
            then 'unknown'
        when
            found.family = 'ytd_sum'
            and 100 * abs(found.s_face - found.value) <= found.s_face
            then 'revision'
        when {{ is_one_digit_off('found.claim_digits', 'found.expected_digits') }}
            then 'digit_wrong'
        when other_bases.claim_figure_id is not null
            then 'wrong_base'
        when
            found.family in (
                'ratio', 'ytd_sum', 'component_sum', 'difference', 'target_formula'
            )
            then 'arithmetic'
        -- Both numbers are printed and the words say that these are meant.
        when
            found.reading in (
                'same_period_last_year', 'previous_quarter', 'previous_year',
                'previous_rolling_window', 'target'
            )
            then 'arithmetic'
        else 'unknown'
    end as likely_cause,
    found.is_padded
from found
left join pasted on found.claim_figure_id = pasted.claim_figure_id
left join other_bases on found.claim_figure_id = other_bases.claim_figure_id
