-- One claim and family of arithmetic with its verdict in one plain sentence that holds the sum.
with

summed as (

    select * from {{ ref('int_checks__sums') }}

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
                then 'The number cannot be read.' || coalesce(' ' || note, '')
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
            when verdict = 'untestable' and family = 'ytd_sum' and candidate_id is not null
                then
                    sum_sentence || '; here it is ' || claim_text
                    || ', which may be of something else.'
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
            when verdict = 'untestable' and family = 'target_formula' and candidate_id is not null
                then
                    sum_sentence || '; the report says ' || claim_text
                    || ', which may be set from something else.'
            when verdict = 'untestable' and family = 'target_formula'
                then 'The report does not print both the target and what it is set from.'
            when verdict = 'untestable' and value_figure_id is null
                then 'The report does not print the number that changed.'
            when verdict = 'untestable' and candidate_id is not null
                then 'Nothing says which of the numbers printed this is compared with.'
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
                        || '% of the baseline''s '
                        || {{ plain_number('whole_of_implied_base', 2) }},
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
                            ', ' || {{ plain_number('needed_share', 0) }} || '% of the '
                            || base_word || '.'
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
                or base_key like '%, among others'
                or (family = 'target_formula' and is_sum)
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
