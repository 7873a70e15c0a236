-- One chosen reading of a claim with its inputs as people write a sum.
with

checks as (

    select * from {{ ref('int_checks__arithmetic') }}

),

inputs as (

    select * from {{ ref('int_checks__candidate_inputs') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

used as (

    select
        inputs.candidate_id,
        inputs.part,
        inputs.times,
        figures.value,
        figures.unit,
        figures.role,
        figures.reading_place,
        figures.report_id,
        figures.source_line,
        {{ number_text('figures.value', 'figures.decimals') }} as number_text,
        {{ number_text('abs(figures.value)', 'figures.decimals') }} as size_text
    from inputs
    inner join checks on inputs.candidate_id = checks.candidate_id
    inner join figures on inputs.figure_id = figures.figure_id

)

select
    candidate_id,
    max(case when part = 'numerator' then unit end) as value_unit,
    max(abs(times)) as most_times,
    count(*) as input_count,
    {{ joined("case when part = 'numerator' then number_text end", 'reading_place', ' + ') }}
        as numerator_text,
    {{ joined(
        "case when part = 'denominator' and times > 0 then number_text end",
        'reading_place',
        ' + ',
    ) }} as denominator_text,
    {{ joined(
        "case when part = 'term' and times > 0 then number_text end", 'reading_place', ' + '
    ) }} as plus_text,
    {{ joined(
        "case when part = 'term' and times < 0 then number_text end", 'reading_place', ' + '
    ) }} as minus_text,
    -- Last year's value, as a sum: its figures stand in the claim's sum with their signs turned,
    -- and a fall that is taken away is added.
    {{ joined(
        "case when part = 'prior' and times * value < 0 then size_text end",
        'reading_place',
        ' + ',
    ) }} as prior_plus_text,
    {{ joined(
        "case when part = 'prior' and times * value > 0 then size_text end",
        'reading_place',
        ' - ',
    ) }} as prior_minus_text,
    -sum(case when part = 'prior' then times * value end) as prior_value,
    sum(case when part = 'term' and times > 0 then times * value end) as value_meant,
    max(case when part = 'denominator' and times > 0 then times end) as denominator_times,
    max(case when part = 'term' and times < 0 then -times end) as share_times,
    max(case when part = 'denominator' and times < 0 then value end) as difference_value,
    max(case when part = 'denominator' and times < 0 then size_text end)
        as difference_text,
    max(case when part = 'percentage' then size_text end) as percentage_text,
    -- What a share of a year is a share of.
    case
        when {{ is_any("role = 'target' and (part = 'denominator' or times < 0)") }} then 'target'
        else 'baseline'
    end as base_word,
    max(case when part = 'percentage' then times end) as percentage_times,
    {{ is_any("part = 'denominator' and times < 0") }} as is_implied,
    -- Where the one number stands that a claim of sameness is compared with.
    min('line ' || cast(source_line as varchar) || ' of ' || report_id)
        as place_text
from used
group by candidate_id
