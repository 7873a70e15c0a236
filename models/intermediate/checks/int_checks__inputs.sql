-- One figure used by one check, with its part in the sum. The claim itself is a part.

with

verdicts as (

    select * from {{ ref('int_checks__verdicts') }}

),

candidate_inputs as (

    select * from {{ ref('int_checks__candidate_inputs') }}

),

populations as (

    select * from {{ ref('int_checks__implied_population') }}

),

parts as (

    select
        check_id,
        claim_figure_id as figure_id,
        'claim' as part,
        1 as times
    from verdicts
    union all
    select
        verdicts.check_id,
        candidate_inputs.figure_id,
        case
            when candidate_inputs.part not in ('term', 'prior') then candidate_inputs.part
            when candidate_inputs.times < 0 then 'subtrahend'
            else 'addend'
        end as part,
        candidate_inputs.times
    from verdicts
    inner join candidate_inputs on verdicts.candidate_id = candidate_inputs.candidate_id
    where verdicts.verdict not in ('needs_unprinted_base', 'untestable')
    union all
    select
        check_id,
        implied_from_figure_id as figure_id,
        'numerator' as part,
        1 as times
    from verdicts
    where verdict = 'needs_unprinted_base' and implied_from_figure_id is not null
    union all
    select
        check_id,
        other_figure_id as figure_id,
        'compared' as part,
        1 as times
    from verdicts
    where other_figure_id is not null
    union all
    select
        verdicts.check_id,
        populations.count_figure_id as figure_id,
        'numerator' as part,
        1 as times
    from verdicts
    inner join populations
        on verdicts.claim_figure_id = populations.claim_figure_id
    where verdicts.reading = 'implied_population'
    union all
    select
        verdicts.check_id,
        populations.other_rate_figure_id as figure_id,
        'compared' as part,
        1 as times
    from verdicts
    inner join populations
        on verdicts.claim_figure_id = populations.claim_figure_id
    where verdicts.reading = 'implied_population'
    union all
    select
        verdicts.check_id,
        populations.other_count_figure_id as figure_id,
        'compared' as part,
        1 as times
    from verdicts
    inner join populations
        on verdicts.claim_figure_id = populations.claim_figure_id
    where verdicts.reading = 'implied_population'

)

select
    check_id,
    figure_id,
    part,
    times
from parts
