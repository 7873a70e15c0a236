-- One whole number that is printed nowhere and would make a claimed change true.
--
-- Any whole number will do where the words compare with something that no report prints. Where a
-- yearly baseline is printed and the claim is about part of a year, the number must be a plausible
-- share of it: officers compare with the same months of the baseline year, and crime has seasons.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

printed_bases as (

    select
        bases.claim_figure_id,
        bool_or(bases.is_spoken and bases.base_kind = 'baseline') as is_baseline,
        bool_or(bases.is_spoken and bases.base_kind <> 'baseline') as is_other,
        max(
            case
                when
                    bases.base_kind = 'baseline'
                    and bases.base_basis in ('year', 'multi_year_average')
                    then figures.value
            end
        ) as base_value
    from {{ ref('int_checks__bases') }} as bases
    inner join figures on bases.base_figure_id = figures.figure_id
    group by bases.claim_figure_id

),

-- What the claim is a share of: the value and 100 + the percentage, or the difference alone.
claims as (

    select
        changes.claim_figure_id,
        changes.quarters_covered,
        claims.unit as claim_unit,
        claims.value as claim_value,
        coalesce(valued.figure_id, differences.figure_id) as value_figure_id,
        coalesce(valued.value, abs(differences.value)) as value,
        case when valued.figure_id is null then 0 else 100 end as claim_shift,
        valued.figure_id is null as is_difference_alone,
        coalesce(printed_bases.is_baseline, false) as has_baseline,
        -- A difference printed beside the percentage gives its base away.
        coalesce(printed_bases.is_other, false)
        or (valued.figure_id is not null and differences.figure_id is not null)
            as has_other_base,
        printed_bases.base_value
    from changes
    inner join figures as claims
        on changes.claim_figure_id = claims.figure_id
    left join figures as valued
        on changes.value_figure_id = valued.figure_id
    left join figures as differences
        on changes.difference_figure_id = differences.figure_id
    left join printed_bases
        on changes.claim_figure_id = printed_bases.claim_figure_id
    where coalesce(valued.unit, differences.unit) = 'count'

),

shares as (

    select
        *,
        case quarters_covered when 1 then 20 when 2 then 44 when 3 then 68 end as least_share,
        case quarters_covered when 1 then 30 when 2 then 56 when 3 then 82 end as most_share
    from claims
    where
        not has_other_base
        and (not has_baseline or (base_value is not null and quarters_covered < 4))

),

-- Whole numbers worth trying. They are only a search: what holds is decided exactly, below.
tried as (

    select *, {{ whole_quotient('100 * value', 'claim_shift + claim_value') }} as implied_base
    from shares
    where claim_unit = 'percent_change' and not is_difference_alone
    union all
    select *, {{ whole_quotient('100 * value', 'claim_shift + claim_value') }} + 1 as implied_base
    from shares
    where claim_unit = 'percent_change' and not is_difference_alone
    union all
    select *, {{ whole_quotient('100 * value', 'abs(claim_value)') }} as implied_base
    from shares
    where claim_unit = 'percent_change' and is_difference_alone
    union all
    select *, {{ whole_quotient('100 * value', 'abs(claim_value)') }} + 1 as implied_base
    from shares
    where claim_unit = 'percent_change' and is_difference_alone
    union all
    select *, {{ whole_quotient('least_share * base_value', '100') }} + 1 as implied_base
    from shares
    where claim_unit = 'percent_change' and has_baseline and not is_difference_alone
    union all
    select *, {{ whole_quotient('most_share * base_value', '100') }} as implied_base
    from shares
    where claim_unit = 'percent_change' and has_baseline and not is_difference_alone
    union all
    select *, cast(value - claim_value as bigint) as implied_base
    from shares
    where claim_unit = 'count' and not is_difference_alone

),

intervals as (

    select
        tried.*,
        {{ interval_columns('tried.value', '0', 'true', 'n') }},
        {{ interval_columns('tried.implied_base', '0', 'true', 'd') }},
        tried.claim_shift + case
            when tried.is_difference_alone and claims.value < 0 then -claims.x_high
            else claims.x_low
        end as c_low,
        tried.claim_shift + case
            when tried.is_difference_alone and claims.value < 0 then -claims.x_low
            else claims.x_high
        end as c_high,
        case
            when tried.is_difference_alone and claims.value < 0 then claims.x_high_open
            else claims.x_low_open
        end as c_low_open,
        case
            when tried.is_difference_alone and claims.value < 0 then claims.x_low_open
            else claims.x_high_open
        end as c_high_open
    from tried
    inner join figures as claims
        on tried.claim_figure_id = claims.figure_id
    where tried.implied_base > 0

),

plausible as (

    select
        claim_figure_id,
        value_figure_id,
        implied_base,
        abs(100 * value - implied_base * (claim_shift + claim_value)) as distance
    from intervals
    where
        (claim_unit = 'count' or {{ quotient_meets('n', 'd', 'c') }})
        and case
            when has_baseline
                then
                    100 * implied_base >= least_share * base_value
                    and 100 * implied_base <= most_share * base_value
            -- Part of any year is no more than a whole one.
            when quarters_covered < 4 then implied_base <= coalesce(base_value, implied_base)
            else true
        end

),

ranked as (

    select
        *,
        row_number() over (
            partition by claim_figure_id order by distance, implied_base
        ) as place
    from plausible

)

select
    claim_figure_id,
    value_figure_id,
    implied_base
from ranked
where place = 1
