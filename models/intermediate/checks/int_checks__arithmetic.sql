-- One claim and family with its verdict. A claim whose number cannot be read has none but this row.

with

claims as (

    select * from {{ ref('int_checks__claims') }}

),

graded as (

    select * from {{ ref('int_checks__graded') }}
    where slip = 0

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

-- "5.0%" and, in the next column, "7.2%" of the same number: where one is right, the other is of
-- something else, such as the whole force.
right_beside as (

    select distinct
        changes.value_figure_id,
        changes.unit,
        changes.comparator,
        changes.cell_id
    from graded
    inner join changes on graded.claim_figure_id = changes.claim_figure_id
    where graded.verdict in ('exact', 'within_rounding', 'truncated')

),

said_twice as (

    select distinct changes.claim_figure_id
    from changes
    inner join right_beside
        on
            changes.value_figure_id = right_beside.value_figure_id
            and changes.unit = right_beside.unit
            and changes.comparator = right_beside.comparator
            and changes.cell_id <> right_beside.cell_id
    where changes.source_cell = 'variance'

)

select
    claims.claim_figure_id,
    claims.family,
    graded.candidate_id,
    case
        when graded.verdict = 'inconsistent' and said_twice.claim_figure_id is not null
            then 'untestable'
        else coalesce(graded.verdict, 'untestable')
    end as verdict,
    said_twice.claim_figure_id is not null as is_said_twice,
    graded.reading,
    graded.base_key,
    graded.is_unspoken,
    graded.is_binding,
    graded.is_approximate,
    graded.claim_shift,
    graded.claim_times,
    graded.is_sum,
    graded.is_product,
    graded.n_low,
    graded.n_high,
    graded.d_low,
    graded.d_high,
    graded.s_low,
    graded.s_high,
    graded.n_face,
    graded.d_face,
    graded.s_face,
    graded.p_face,
    graded.expected,
    graded.expected_low,
    graded.expected_high,
    graded.implied_base,
    graded.implied_from_figure_id,
    graded.whole_of_implied_base
from claims
left join graded
    on
        claims.claim_figure_id = graded.claim_figure_id
        and claims.family = graded.family
left join said_twice on claims.claim_figure_id = said_twice.claim_figure_id
