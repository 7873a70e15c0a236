-- One claim and family of arithmetic with its verdict in one plain sentence that holds the sum.
{{ config(materialized="table") }}

with

checks as (

    select * from {{ ref('int_checks__arithmetic') }}

),

evaluated as (

    select * from {{ ref('int_checks__evaluated') }}

),

terms as (

    select * from {{ ref('int_checks__terms') }}

),

causes as (

    select * from {{ ref('int_checks__causes') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

all_figures as (

    select * from {{ ref('int_figures__conformed') }}

),

-- What part of a year comes to at the same pace, where the claim sets it against a whole one.
paces as (

    select
        claim_figure_id,
        family,
        max(expected) as expected
    from evaluated
    where reading = 'pro_rata_baseline' and slip = 0
    group by claim_figure_id, family

),

faced as (

    select
        checks.*,
        claims.value,
        claims.unit,
        claims.role,
        coalesce(claims.decimals, 0) as decimals,
        all_figures.note,
        changes.comparator,
        changes.quarters_covered,
        changes.value_figure_id,
        terms.input_count,
        terms.value_unit,
        terms.numerator_text,
        terms.denominator_text,
        terms.plus_text,
        terms.minus_text,
        terms.prior_plus_text,
        terms.prior_minus_text,
        terms.prior_value,
        terms.value_meant,
        terms.denominator_times,
        terms.share_times,
        terms.difference_value,
        terms.difference_text,
        terms.percentage_text,
        terms.is_implied,
        terms.place_text,
        causes.likely_cause,
        coalesce(causes.is_padded, false) as is_padded,
        implied.value as implied_value,
        implied.role as implied_role,
        {{ number_text('implied.value', 'implied.decimals') }} as implied_value_text,
        case
            when claims.unit in ('percent', 'percent_change') then '%'
            when claims.unit = 'percentage_points' then ' points'
            else ''
        end as unit_text,
        {{ number_text('abs(claims.value)', 'claims.decimals') }} as size_text,
        checks.claim_shift = 100 and not checks.is_product as is_change,
        -- Part of a year is set against a whole one, and at the same pace goes the other way.
        coalesce(
            checks.reading = 'whole_baseline'
            and checks.verdict not in ('inconsistent', 'untestable')
            and changes.quarters_covered < 4
            and paces.expected * cast(claims.value as double) < 0,
            false
        ) as is_against_whole_year,
        paces.expected as pace
    from checks
    inner join all_figures
        on checks.claim_figure_id = all_figures.figure_id
    left join figures as claims
        on checks.claim_figure_id = claims.figure_id
    left join changes
        on checks.claim_figure_id = changes.claim_figure_id
    left join terms
        on checks.candidate_id = terms.candidate_id
    left join causes
        on
            checks.claim_figure_id = causes.claim_figure_id
            and checks.family = causes.family
    left join paces
        on
            checks.claim_figure_id = paces.claim_figure_id
            and checks.family = paces.family
    left join figures as implied
        on checks.implied_from_figure_id = implied.figure_id

),

-- Numbers as text: what is expected with as many decimals as it takes to differ from the claim.
numbered as (

    select
        *,
        size_text || unit_text as claim_text,
        case
            when verdict = 'truncated'
                then {{ number_text('abs(expected)', 'decimals + 1') }}
            when {{ number_text('abs(expected)', 'decimals') }} <> size_text
                then {{ number_text('abs(expected)', 'decimals') }}
            when verdict in ('exact', 'consistent_if')
                then size_text
            when {{ number_text('abs(expected)', 'decimals + 1') }} <> size_text
                then {{ number_text('abs(expected)', 'decimals + 1') }}
            else {{ number_text('abs(expected)', 'decimals + 2') }}
        end as expected_size_text,
        case
            when not is_change then ''
            when expected < 0 then 'a fall of '
            when expected > 0 then 'a rise of '
            else ''
        end as expected_direction,
        case
            when not is_change then ''
            when value < 0 then 'a fall of '
            when value > 0 then 'a rise of '
            else ''
        end as claim_direction,
        {{ plain_number('d_face / 4', 2) }} as share_text,
        {{ plain_number('abs(s_face) / 4', 2) }} as quarter_sum_text,
        {{ plain_number('n_face', 2) }} as numerator_sum_text,
        {{ plain_number('d_face', 2) }} as denominator_sum_text,
        {{ plain_number('n_face / denominator_times', 1) }} as year_text,
        {{ plain_number('abs(s_face)', 4) }} as sum_text,
        {{ plain_number('abs(prior_value)', 2) }} as prior_text,
        {{ plain_number('value_meant', 2) }} as value_meant_text
    from faced

),

-- The sum, up to what it comes to.
summed as (

    select
        *,
        expected_direction || expected_size_text || unit_text as expected_text,
        case
            when family in ('restated', 'baseline_mismatch') and input_count = 1
                then 'The same figure is ' || plus_text || ' in ' || place_text
            when is_sum and prior_value is not null
                then
                    'Last year''s value follows from the rest of that year: '
                    || prior_plus_text || coalesce(' - ' || prior_minus_text, '')
                    || ' = ' || prior_text || '; '
                    || case
                        when plus_text like '% + %'
                            then plus_text || ' = ' || value_meant_text || '; '
                        else ''
                    end
                    || case
                        when s_face < 0 then prior_text || ' - ' || value_meant_text
                        else value_meant_text || ' - ' || prior_text
                    end
                    || ' = ' || sum_text
            when is_sum and reading = 'annualised'
                then
                    plus_text || ' in ' || {{ part_of_year('claim_times') }} || ' would be '
                    || {{ plain_number('4 * value_of_sum / claim_times', 1) }}
                    || ' in a year; '
                    || case
                        when s_face < 0
                            then
                                minus_text || ' - '
                                || {{ plain_number('4 * value_of_sum / claim_times', 1) }}
                        else
                            {{ plain_number('4 * value_of_sum / claim_times', 1) }}
                            || ' - ' || minus_text
                    end
                    || ' = ' || {{ plain_number('abs(expected)', 1) }}
            when is_sum and reading = 'pro_rata_baseline'
                then
                    {{ share_of_year('share_times') }} || ' the year''s ' || minus_text || ' is '
                    || {{ plain_number('share_times * base_of_sum / 4', 2) }} || '; '
                    || case
                        when s_face < 0
                            then
                                {{ plain_number('share_times * base_of_sum / 4', 2) }}
                                || ' - ' || plus_text
                        else
                            plus_text || ' - '
                            || {{ plain_number('share_times * base_of_sum / 4', 2) }}
                    end
                    || ' = ' || quarter_sum_text
            when is_sum and minus_text is null
                then plus_text || ' = ' || sum_text
            when is_sum and s_face < 0
                then minus_text || ' - ' || plus_text || ' = ' || sum_text
            when is_sum
                then plus_text || ' - ' || minus_text || ' = ' || sum_text
            when is_product
                then
                    denominator_text
                    || case when p_face < 0 then ' less ' else ' plus ' end
                    || percentage_text || '% is ' || expected_size_text || unit_text
            when family = 'ratio' and unit like 'rate_per_%'
                then
                    numerator_text || ' among ' || denominator_text || ' is '
                    || expected_size_text || ' per ' || {{ thousands_of_rate('unit') }}
            when family = 'ratio'
                then
                    numerator_text || ' of '
                    || case when reading = 'whole_baseline' then 'the baseline''s ' else '' end
                    || denominator_text || ' is ' || expected_size_text || '%'
            when is_implied
                then
                    case
                        when numerator_text like '% + %'
                            then numerator_text || ' = ' || numerator_sum_text || '; '
                        else ''
                    end
                    || numerator_sum_text
                    || case
                        when difference_value < 0 then ' plus the fall of '
                        else ' less the rise of '
                    end
                    || difference_text || ' is ' || denominator_sum_text || '; from '
                    || denominator_sum_text || ' to ' || numerator_sum_text || ' is '
                    || expected_direction || expected_size_text || '%'
            when reading = 'pro_rata_baseline'
                then
                    {{ share_of_year('denominator_times') }} || ' the year''s '
                    || denominator_text || ' is ' || share_text || '; from ' || share_text
                    || ' to ' || numerator_text || ' is '
                    || expected_direction || expected_size_text || '%'
            when reading = 'annualised'
                then
                    numerator_text || ' in ' || {{ part_of_year('denominator_times') }}
                    || case
                        when denominator_times < 4 then ' would be ' || year_text || ' in a year'
                        else ''
                    end
                    || '; from ' || denominator_text || ' to ' || year_text || ' is '
                    || expected_direction || expected_size_text || '%'
            else
                'From ' || denominator_text || ' to ' || numerator_text || ' is '
                || expected_direction || expected_size_text || '%'
        end as sum_sentence
    from (
        select
            *,
            case
                when reading in ('annualised', 'pro_rata_baseline') and is_sum
                    then value_meant / 4
            end as value_of_sum,
            case
                when reading in ('annualised', 'pro_rata_baseline') and is_sum
                    then (value_meant - s_face) / share_times
            end as base_of_sum
        from numbered
    ) as numbered_again

),

needed as (

    select
        *,
        100 * n_face / 4 / nullif(100 + value, 0) as needed_base,
        100 * (100 * n_face / 4 / nullif(100 + value, 0))
        / (d_face / denominator_times) as needed_share
    from summed

),

worded as (

    select
        *,
        case
            when value is null
                then coalesce('The number cannot be read. ' || note, 'The number cannot be read.')
            when verdict = 'untestable' and is_approximate
                then 'The report gives these numbers as near ones only.'
            when verdict = 'untestable' and is_said_twice
                then
                    'Another change of the same number is right beside it; this one may be of '
                    || 'something else.'
            when verdict = 'untestable' and family = 'restated'
                then
                    sum_sentence || '; here it is ' || claim_text
                    || ', which may be of something else.'
            when verdict = 'untestable' and family = 'ytd_sum' and s_face > value
                then
                    sum_sentence || '; the report says ' || claim_text
                    || ', and who comes in two quarters may count once in the year.'
            when verdict = 'untestable' and family = 'ytd_sum'
                then 'Not every quarter of this total is printed.'
            when verdict = 'untestable' and family = 'component_sum'
                then
                    sum_sentence || '; the report says ' || claim_text
                    || ', and the parts printed may not be all or may overlap.'
            when verdict = 'untestable' and d_face = 0
                then 'Nothing can be a percentage of zero.'
            when verdict = 'untestable' and family = 'ratio'
                then 'Only one part of this share is printed.'
            when verdict = 'untestable' and family = 'projection'
                then 'The report does not print the numbers that this projection follows from.'
            when verdict = 'untestable' and family = 'target_formula'
                then 'The report does not print both the target and what it is set from.'
            when verdict = 'untestable' and value_figure_id is null
                then 'The report does not print the number that changed.'
            when verdict = 'untestable'
                then 'The report does not print the number that this is compared with.'
            when verdict = 'needs_unprinted_base' and implied_role = 'change'
                then
                    {{ plain_number('abs(implied_value)', 2) }} || ' is ' || claim_text || ' of '
                    || {{ plain_number('implied_base', 0) }}
                    || ', which the reports do not print.'
            when verdict = 'needs_unprinted_base' and implied_value is null
                then
                    'A difference of '
                    || claim_text
                    || ' and the percentage beside it give a base of '
                    || {{ plain_number('implied_base', 0) }}
                    || ', which the reports do not print.'
            when verdict = 'needs_unprinted_base'
                then
                    implied_value_text
                    || case
                        when unit = 'percent_change' and value < 0
                            then ' is a fall of ' || claim_text || ' from '
                        when unit = 'percent_change' and value > 0
                            then ' is a rise of ' || claim_text || ' from '
                        when value < 0 then ' plus the fall of ' || claim_text || ' is '
                        when value > 0 then ' less the rise of ' || claim_text || ' is '
                        else ', unchanged, was also '
                    end
                    || {{ plain_number('implied_base', 0) }}
                    || ', which the reports do not print'
                    || coalesce(
                        case when not {{ is_with_last_year('comparator') }} then ': ' end
                        || {{ plain_number('100 * implied_base / whole_of_implied_base', 0) }}
                        || '% of the year''s ' || {{ plain_number('whole_of_implied_base', 2) }},
                        ''
                    )
                    || '.'
            when verdict in ('exact', 'consistent_if')
                and reading = 'percentage_points'
                and unit <> 'percentage_points'
                then
                    sum_sentence
                    || ' percentage points, as the report says, though it writes per cent.'
            when verdict = 'exact'
                and family in ('restated', 'baseline_mismatch')
                and input_count = 1
                then sum_sentence || ' too.'
            when
                verdict in ('exact', 'consistent_if')
                and (is_sum or expected_size_text = size_text)
                and (not is_sum or abs(expected) = abs(cast(value as double)))
                then sum_sentence || ', as the report says.'
            when verdict = 'truncated'
                then sum_sentence || '; the report cuts it to ' || claim_text || '.'
            when verdict in ('exact', 'within_rounding', 'consistent_if')
                then
                    sum_sentence || '; the report says ' || claim_direction || claim_text
                    || ', the same within rounding.'
            when family in ('restated', 'baseline_mismatch') and input_count = 1
                then sum_sentence || '; here it is ' || claim_text || '.'
            when family = 'baseline_mismatch'
                then
                    sum_sentence || ' for the year that the baseline names; the baseline is '
                    || claim_text || '.'
            when is_padded
                then
                    sum_sentence || '; the report says ' || claim_text
                    || ', which holds to one decimal fewer.'
            when is_sum and minus_text is not null and expected * cast(value as double) < 0
                then
                    sum_sentence
                    || case when expected < 0 then ', a fall' else ', a rise' end
                    || '; the report says '
                    || case when value < 0 then 'a fall of ' else 'a rise of ' end
                    || claim_text || '.'
            when
                reading = 'pro_rata_baseline'
                and not is_sum
                and 100 + value > 0
                then
                    sum_sentence || '; the report says ' || claim_direction || claim_text
                    || ', which needs a base of '
                    || case
                        when needed_base >= 100 then {{ plain_number('needed_base', 0) }}
                        else {{ plain_number('needed_base', 1) }}
                    end
                    || case
                        when
                            needed_share between {{ likely_share('quarters_covered', 'least') }}
                            and {{ likely_share('quarters_covered', 'most') }}
                            then ', and no whole number comes near enough.'
                        else
                            ', ' || {{ plain_number('needed_share', 0) }} || '% of that year.'
                    end
            else
                sum_sentence || '; the report says ' || claim_direction || claim_text || '.'
        end
        || case
            when is_against_whole_year
                then
                    ' But this sets ' || {{ part_of_year('quarters_covered') }}
                    || ' against a whole year: at the same pace the year would end '
                    || {{ plain_number('abs(pace)', 0) }}
                    || case when unit = 'percent_change' then '%' else '' end
                    || case when pace < 0 then ' below' else ' above' end
                    || ' the baseline.'
            else ''
        end as explanation
    from needed

)

select
    claim_figure_id,
    family,
    candidate_id,
    verdict,
    case
        when
            verdict = 'needs_unprinted_base'
            and whole_of_implied_base is not null
            and not {{ is_with_last_year('comparator') }}
            then 'pro_rata_baseline'
        when
            verdict = 'needs_unprinted_base'
            then {{ reading_of_base("'unprinted'", 'comparator') }}
        when verdict <> 'untestable' then reading
    end as reading,
    implied_base,
    implied_from_figure_id,
    case
        when verdict not in ('untestable', 'needs_unprinted_base')
            then {{ outward('expected_low', 'floor') }}
    end as expected_low,
    case
        when verdict not in ('untestable', 'needs_unprinted_base')
            then {{ outward('expected_high', 'ceil') }}
    end as expected_high,
    case
        when verdict = 'inconsistent' then likely_cause
        when is_against_whole_year then 'annualised_against_not'
        when verdict = 'truncated' then 'truncated'
        when verdict = 'consistent_if' and reading = 'percentage_points' then 'points_for_percent'
        when verdict = 'needs_unprinted_base' then 'unprinted_base'
    end as likely_cause,
    case
        when is_against_whole_year then 'probable'
        when
            verdict = 'inconsistent'
            and (
                likely_cause in ('revision', 'unknown')
                or is_padded
                or family in ('restated', 'baseline_mismatch')
                -- No link says that these are its parts, only the words around them.
                or base_key in ('words', 'labels')
                or reading in (
                    'annualised', 'implied_prior', 'pro_rata_baseline', 'sum_of_quarters'
                ) and family <> 'ytd_sum'
                or (reading = 'whole_baseline' and quarters_covered < 4)
            )
            then 'probable'
        else 'definite'
    end as check_certainty,
    is_against_whole_year
    or (
        verdict = 'inconsistent'
        and reading <> 'pro_rata_baseline'
        and is_change
        and expected * cast(value as double) < 0
    )
    or (
        verdict = 'inconsistent'
        and family = 'difference'
        and reading <> 'pro_rata_baseline'
        and expected * cast(value as double) < 0
    ) as turns_direction,
    expected,
    explanation
from worded
