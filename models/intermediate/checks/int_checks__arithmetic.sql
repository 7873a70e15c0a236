-- One claim and family with its verdict. A claim whose number cannot be read has none but this row.
{{ config(materialized="table") }}

with

claims as (

    select * from {{ ref('int_checks__claims') }}

),

graded as (

    select * from {{ ref('int_checks__graded') }}
    where slip = 0

)

select
    claims.claim_figure_id,
    claims.family,
    graded.candidate_id,
    coalesce(graded.verdict, 'untestable') as verdict,
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
