-- One claim and family of arithmetic with its verdict in one plain sentence that holds the sum.
with

checks as (

    select * from {{ ref('int_checks__arithmetic') }}

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

faced as (

    select
        checks.*,
        claims.report_id,
        claims.value,
        claims.unit,
        claims.decimals,
        claims.role,
        claims.source_line,
        claims.char_start,
        changes.comparator,
        terms.numerator_text,
        terms.denominator_text,
        terms.plus_text,
        terms.minus_text,
        terms.denominator_times,
        terms.share_times,
        terms.is_implied,
        causes.likely_cause,
        causes.is_padded,
        {{ number_text('abs(claims.value)', 'claims.decimals') }}
        || case
            when claims.unit in ('percent', 'percent_change') then '%' else ''
        end as claim_text,
        {{ number_text('implied.value', 'implied.decimals') }} as implied_value_text,
        case
            when checks.is_sum
                then cast(checks.s_face as double) / checks.claim_times
            when checks.d_face > 0
                then
                    100 * cast(checks.n_face as double) / cast(checks.d_face as double)
                    - checks.claim_shift
        end as expected,
        case
            when checks.is_sum
                then cast(checks.s_low as double) / checks.claim_times
            when checks.d_high > 0
                then
                    100 * cast(checks.n_low as double) / cast(checks.d_high as double)
                    - checks.claim_shift
        end as expected_low,
        case
            when checks.is_sum
                then cast(checks.s_high as double) / checks.claim_times
            when checks.d_low > 0
                then
                    100 * cast(checks.n_high as double) / cast(checks.d_low as double)
                    - checks.claim_shift
        end as expected_high
    from checks
    inner join figures as claims
        on checks.claim_figure_id = claims.figure_id
    left join changes
        on checks.claim_figure_id = changes.claim_figure_id
    left join terms
        on checks.candidate_id = terms.candidate_id
    left join causes
        on
            checks.claim_figure_id = causes.claim_figure_id
            and checks.family = causes.family
    left join figures as implied
        on checks.implied_from_figure_id = implied.figure_id

),

-- The sum as a person writes it, one place more exact than the claim.
summed as (

    select
        *,
        {{ number_text('cast(abs(expected) as decimal(38, 5))', 'decimals + 1') }}
        as expected_text,
        case
            when expected < 0 and claim_shift = 100 then 'a fall of '
            when expected > 0 and claim_shift = 100 then 'a rise of '
            else ''
        end as expected_direction,
        case
            when value < 0 and claim_shift = 100 then 'a fall of '
            when value > 0 and claim_shift = 100 then 'a rise of '
            else ''
        end as claim_direction,
        case
            when is_sum and minus_text is null
                then plus_text || ' = ' || {{ number_text('cast(s_face as decimal(38, 5))', 'decimals') }}
            when is_sum and claim_times = 1 and s_face < 0
                then
                    minus_text || ' - ' || plus_text || ' = '
                    || {{ number_text('cast(-s_face as decimal(38, 5))', 'decimals') }}
            when is_sum and claim_times = 1
                then
                    plus_text || ' - ' || minus_text || ' = '
                    || {{ number_text('cast(s_face as decimal(38, 5))', 'decimals') }}
            when is_sum and reading = 'annualised'
                then
                    plus_text || ' in ' || {{ part_of_year('claim_times') }}
                    || ' would come to ' || {{ number_text('abs(cast(expected as decimal(38, 5)))', '0') }}
                    || case when expected < 0 then ' below ' else ' above ' end
                    || minus_text || ' a year'
            when is_sum
                then
                    plus_text || ' is ' || {{ number_text('abs(cast(expected as decimal(38, 5)))', '1') }}
                    || case when expected < 0 then ' below ' else ' above ' end
                    || {{ part_of_year('share_times') }} || ' of ' || minus_text
        end as sum_text
    from faced

),

worded as (

    select
        *,
        case
            when verdict = 'untestable' and comparator is not null and numerator_text is null
                then 'The report does not print the numbers that this change follows from.'
            when verdict = 'untestable' and family = 'ytd_sum'
                then 'Not every quarter of this total is printed.'
            when verdict = 'untestable'
                then 'The numbers that this follows from are not printed, or are zero.'
            when verdict = 'needs_unprinted_base' and unit = 'percent_change'
                then
                    coalesce(implied_value_text, 'The number printed') || ' would be '
                    || case when value < 0 then 'a fall of ' else 'a rise of ' end
                    || claim_text || ' on ' || format('{:,}', implied_base)
                    || ', a base that the reports do not print.'
            when verdict = 'needs_unprinted_base'
                then
                    'A difference of ' || claim_text || ' from '
                    || coalesce(implied_value_text, 'the number printed') || ' says that the base was '
                    || format('{:,}', implied_base) || ', which the reports do not print.'
            when is_sum and verdict in ('exact', 'within_rounding')
                then sum_text || ', as the report says'
                    || case verdict when 'exact' then '.' else ', within rounding.' end
            when is_sum and verdict = 'consistent_if' and reading = 'percentage_points'
                then sum_text || ': right in percentage points, not per cent.'
            when is_sum and verdict = 'consistent_if'
                then sum_text || ', which is what the report says when read so.'
            when is_sum
                then sum_text || '; the report says ' || claim_text || '.'
            when family = 'ratio'
                then
                    numerator_text || ' of ' || denominator_text || ' is ' || expected_text
                    || '%; the report says ' || claim_text
                    || case verdict
                        when 'exact' then ', the same when rounded.'
                        when 'within_rounding' then ', the same within rounding.'
                        when 'truncated' then ', cut rather than rounded.'
                        else '.'
                    end
            else
                case
                    when is_implied
                        then 'The difference printed puts the base at '
                            || format('{:,}', cast(round(d_face) as bigint)) || '; '
                    else ''
                end
                || case
                    when is_implied then ''
                    when reading in ('pro_rata_baseline', 'annualised')
                        then
                            numerator_text || ' in ' || {{ part_of_year('denominator_times') }}
                            || ', against ' || denominator_text || ' a year, is '
                    else 'From ' || denominator_text || ' to ' || numerator_text || ' is '
                end
                || case when is_implied then numerator_text || ' is ' else '' end
                || expected_direction || expected_text || '%; the report says '
                || claim_direction || claim_text
                || case verdict
                    when 'exact' then ', the same when rounded.'
                    when 'within_rounding' then ', the same within rounding.'
                    when 'truncated' then ', cut rather than rounded.'
                    when 'consistent_if'
                        then ', which holds as ' || replace(reading, '_', ' ') || '.'
                    else '.'
                end
        end as explanation
    from summed

)

select
    claim_figure_id,
    family,
    candidate_id,
    verdict,
    case
        when verdict = 'needs_unprinted_base' and comparator = 'baseline' then 'pro_rata_baseline'
        when verdict = 'needs_unprinted_base' then {{ reading_of_base("'unprinted'", 'comparator') }}
        when verdict <> 'untestable' then reading
    end as reading,
    implied_base,
    implied_from_figure_id,
    case when verdict <> 'untestable' then {{ outward('expected_low', 'floor') }} end as expected_low,
    case when verdict <> 'untestable' then {{ outward('expected_high', 'ceil') }} end as expected_high,
    case
        when verdict = 'inconsistent' then likely_cause
        when verdict = 'truncated' then 'truncated'
        when verdict = 'consistent_if' and reading = 'percentage_points' then 'points_for_percent'
        when verdict = 'needs_unprinted_base' then 'unprinted_base'
    end as likely_cause,
    case
        when
            verdict = 'inconsistent'
            and (
                likely_cause in ('revision', 'unknown')
                or is_padded
                or reading = 'annualised'
            )
            then 'probable'
        else 'definite'
    end as check_certainty,
    verdict = 'inconsistent'
    and reading <> 'pro_rata_baseline'
    and claim_shift = 100
    and expected * cast(value as double) < 0 as turns_direction,
    expected,
    explanation
from worded
