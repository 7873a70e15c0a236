-- One claim and family of arithmetic with its chosen reading as a sum in words, up to what the sum
-- comes to: "From 24 to 22 is a fall of 8%".
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
        case
            when all_figures.value is null then all_figures.note
            when claims.value is null then 'It is larger than what is checked exactly.'
        end as note,
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
        terms.percentage_times,
        terms.base_word,
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
        case
            when value = 0 and is_change then 'no change (0' || unit_text || ')'
            when value = 0 and family = 'difference' then 'no change'
            else size_text || unit_text
        end as claim_text,
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
                then 'The same figure is ' || plus_text || unit_text || ' in ' || place_text
            when family = 'target_formula' and is_sum
                then 'The level to be kept is ' || plus_text || unit_text
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
                    {{ share_of_year('share_times') }} || ' the ' || base_word || '''s '
                    || minus_text || ' is '
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
                    || case when unit = 'percent' then '%' else '' end
                    || case when p_face < 0 then ' less ' else ' plus ' end
                    || case
                        when percentage_times > 1
                            then cast(percentage_times as varchar) || ' times '
                        else ''
                    end
                    || percentage_text || '% of it is ' || expected_size_text || unit_text
            when family = 'ratio' and unit in ({{ rate_units() }})
                then
                    numerator_text || ' among ' || denominator_text || ' is '
                    || expected_size_text || ' per ' || {{ plain_number(per_of_rate('unit'), 0) }}
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
                    {{ share_of_year('denominator_times') }} || ' the ' || base_word || '''s '
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

)

select
    claim_figure_id,
    family,
    candidate_id,
    verdict,
    reading,
    base_key,
    is_said_twice,
    is_approximate,
    is_sum,
    is_change,
    is_against_whole_year,
    is_padded,
    likely_cause,
    comparator,
    quarters_covered,
    value_figure_id,
    note,
    value,
    unit,
    n_face,
    d_face,
    s_face,
    expected,
    expected_low,
    expected_high,
    pace,
    denominator_times,
    input_count,
    implied_base,
    implied_from_figure_id,
    whole_of_implied_base,
    implied_value,
    implied_role,
    implied_value_text,
    minus_text,
    base_word,
    size_text,
    expected_size_text,
    claim_direction,
    claim_text,
    sum_sentence
from summed
