-- One claim and family, and how many of its one-digit slips would be called wrong.
with

graded as (

    select * from {{ ref('int_checks__graded') }}
    where slip > 0

),

populations as (

    select * from {{ ref('int_checks__implied_population') }}

),

variants as (

    select * from {{ ref('int_checks__variants') }}
    where slip > 0

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

)

select
    claim_figure_id,
    family,
    {{ as_count('count(*)') }} as slip_count,
    {{ as_count('sum(case when is_caught then 1 else 0 end)') }} as caught_count
from judged
group by claim_figure_id, family
