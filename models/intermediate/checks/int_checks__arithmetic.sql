-- One claim and family with its verdict: the most charitable of its readings.
{{ config(materialized="table") }}

with

claims as (

    select * from {{ ref('int_checks__claims') }}

),

evaluated as (

    select * from {{ ref('int_checks__evaluated') }}

),

unprinted_bases as (

    select * from {{ ref('int_checks__unprinted_bases') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

graded as (

    select
        evaluated.*,
        -- How far the claim is off, for choosing the reading that comes nearest.
        abs(
            case
                when evaluated.is_sum then cast(s_face as double) / claim_times
                when d_face > 0
                    then 100 * cast(n_face as double) / cast(d_face as double) - claim_shift
            end
            - cast(figures.value as double)
        ) as distance,
        case
            when not is_unspoken and holds_at_face then 'exact'
            when not is_unspoken and holds_within_rounding then 'within_rounding'
            when not is_unspoken and holds_if_cut then 'truncated'
            when holds_within_rounding then 'consistent_if'
            when holds_if_cut then 'truncated'
            when holds_within_rounding is null then 'untestable'
            -- Quarters of what may not be summed (people who come twice) prove nothing.
            when family = 'ytd_sum' and not figures.is_additive then 'untestable'
            else 'inconsistent'
        end as verdict
    from evaluated
    inner join figures on evaluated.claim_figure_id = figures.figure_id

),

ranked as (

    select
        *,
        row_number() over (
            partition by claim_figure_id, family
            order by
                {{ vocabulary_rank('verdict', 'verdict') }},
                case when verdict = 'inconsistent' then distance end,
                is_unspoken,
                reading_rank,
                candidate_id
        ) as place
    from graded

)

select
    claims.claim_figure_id,
    claims.family,
    ranked.candidate_id,
    case
        when ranked.verdict in ('exact', 'within_rounding', 'truncated', 'consistent_if')
            then ranked.verdict
        when unprinted_bases.claim_figure_id is not null then 'needs_unprinted_base'
        else coalesce(ranked.verdict, 'untestable')
    end as verdict,
    ranked.reading,
    ranked.claim_shift,
    ranked.claim_times,
    ranked.is_sum,
    ranked.n_low,
    ranked.n_high,
    ranked.d_low,
    ranked.d_high,
    ranked.s_low,
    ranked.s_high,
    ranked.n_face,
    ranked.d_face,
    ranked.s_face,
    case
        when coalesce(ranked.verdict, 'inconsistent') in ('inconsistent', 'untestable')
            then unprinted_bases.implied_base
    end as implied_base,
    unprinted_bases.value_figure_id as implied_from_figure_id
from claims
left join ranked
    on
        claims.claim_figure_id = ranked.claim_figure_id
        and claims.family = ranked.family
        and ranked.place = 1
left join unprinted_bases
    on
        claims.claim_figure_id = unprinted_bases.claim_figure_id
        and claims.family in ('percent_change', 'difference')
