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
        figures.source_line * 100000 + figures.char_start as reading_order,
        {{ number_text('figures.value', 'figures.decimals') }} as number_text
    from inputs
    inner join checks on inputs.candidate_id = checks.candidate_id
    inner join figures on inputs.figure_id = figures.figure_id

)

select
    candidate_id,
    max(case when part = 'numerator' then unit end) as value_unit,
    max(abs(times)) as most_times,
    count(*) as input_count,
    {{ joined("case when part = 'numerator' then number_text end", 'reading_order', ' + ') }}
        as numerator_text,
    {{ joined(
        "case when part = 'denominator' and times > 0 then number_text end",
        'reading_order',
        ' + ',
    ) }} as denominator_text,
    {{ joined(
        "case when part = 'term' and times > 0 then number_text end", 'reading_order', ' + '
    ) }} as plus_text,
    {{ joined(
        "case when part = 'term' and times < 0 then number_text end", 'reading_order', ' + '
    ) }} as minus_text,
    max(case when part = 'denominator' and times > 0 then times end) as denominator_times,
    max(case when part = 'term' and times < 0 then -times end) as share_times,
    bool_or(part = 'denominator' and times < 0) as is_implied
from used
group by candidate_id
