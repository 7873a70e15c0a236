-- One claim and family, as printed or with a digit wrong, with its verdict: the most charitable of
-- its readings.

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

variants as (

    select * from {{ ref('int_checks__variants') }}

),

graded as (

    select
        evaluated.*,
        -- How far the claim is off, for choosing the reading that comes nearest.
        abs(evaluated.expected - cast(variants.value as double)) as distance,
        case
            when not is_unspoken and holds_at_face then 'exact'
            when not is_unspoken and holds_within_rounding then 'within_rounding'
            when not is_unspoken and holds_if_cut then 'truncated'
            when holds_within_rounding then 'consistent_if'
            when holds_if_cut then 'truncated'
            when holds_within_rounding is null then 'untestable'
            -- What is said to be near enough cannot be proved wrong.
            when evaluated.is_approximate then 'untestable'
            when not is_binding then 'untestable'
            -- Two numbers far apart, one of them in prose perhaps, may be of two things.
            when
                (
                    family = 'restated'
                    or (family = 'ytd_sum' and variants.is_in_prose)
                )
                and not {{ is_a_slip_apart(
                    'variants.value', 'evaluated.expected', 'variants.decimals'
                ) }}
                then 'untestable'
            -- People who come twice count once in the year, which is then less than its quarters.
            when
                family in ('ytd_sum', 'component_sum')
                and not variants.is_additive
                and s_face > variants.value
                then 'untestable'
            -- The parts printed may not be all.
            when
                family = 'component_sum'
                and evaluated.is_unspoken
                and s_face < variants.value
                then 'untestable'
            else 'inconsistent'
        end as verdict
    from evaluated
    inner join variants
        on
            evaluated.claim_figure_id = variants.claim_figure_id
            and evaluated.slip = variants.slip

),

ranked as (

    select
        *,
        row_number() over (
            partition by claim_figure_id, family, slip
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
    variants.slip,
    ranked.candidate_id,
    case
        when ranked.verdict in ('exact', 'within_rounding', 'truncated', 'consistent_if')
            then ranked.verdict
        -- Last year's other quarters give the base, and it is another one.
        when ranked.reading = 'implied_prior' and ranked.verdict = 'inconsistent'
            then 'inconsistent'
        when unprinted_bases.claim_figure_id is not null then 'needs_unprinted_base'
        else coalesce(ranked.verdict, 'untestable')
    end as verdict,
    ranked.reading,
    ranked.base_key,
    ranked.is_unspoken,
    ranked.is_binding,
    ranked.is_approximate,
    ranked.claim_shift,
    ranked.claim_times,
    ranked.is_sum,
    ranked.is_product,
    ranked.n_low,
    ranked.n_high,
    ranked.d_low,
    ranked.d_high,
    ranked.s_low,
    ranked.s_high,
    ranked.n_face,
    ranked.d_face,
    ranked.s_face,
    ranked.p_face,
    ranked.expected,
    ranked.expected_low,
    ranked.expected_high,
    case
        when
            coalesce(ranked.verdict, 'untestable') in ('inconsistent', 'untestable')
            and not (
                coalesce(ranked.reading, '') = 'implied_prior'
                and ranked.verdict = 'inconsistent'
            )
            then unprinted_bases.implied_base
    end as implied_base,
    unprinted_bases.value_figure_id as implied_from_figure_id,
    unprinted_bases.base_value as whole_of_implied_base
from claims
inner join variants on claims.claim_figure_id = variants.claim_figure_id
left join ranked
    on
        claims.claim_figure_id = ranked.claim_figure_id
        and variants.slip = ranked.slip
        and claims.family = ranked.family
        and ranked.place = 1
left join unprinted_bases
    on
        claims.claim_figure_id = unprinted_bases.claim_figure_id
        and variants.slip = unprinted_bases.slip
        and claims.family in ('percent_change', 'difference')
