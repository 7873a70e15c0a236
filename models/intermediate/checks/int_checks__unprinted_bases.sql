-- One whole number that is printed nowhere and would make a claimed change true.
--
-- Any whole number will do where the words compare with something that no report prints. Where a
-- whole year is printed and the claim is about part of one, the number must be a plausible share of
-- it: officers compare with the same months of the baseline year, and crime has seasons. A
-- difference printed beside a percentage settles the number.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

variants as (

    select * from {{ ref('int_checks__variants') }}

),

bases as (

    select * from {{ ref('int_checks__bases') }}

),

printed_bases as (

    select
        bases.claim_figure_id,
        {{ is_any("bases.is_admitted and bases.is_binding and bases.base_kind = 'baseline'") }}
            as is_baseline,
        {{ is_any("bases.is_spoken and bases.base_kind <> 'baseline'") }} as is_other
    from bases
    group by bases.claim_figure_id

),

-- Several where the cell does not say which is which.
yearly_bases as (

    select distinct
        bases.claim_figure_id,
        figures.value as base_value
    from bases
    inner join figures on bases.base_figure_id = figures.figure_id
    where
        bases.base_kind = 'baseline'
        and bases.is_admitted
        and bases.is_binding
        and bases.base_basis in ('year', 'multi_year_average')

),

-- What the claim is about: the value, the difference beside a percentage, the percentage beside a
-- difference.
claims as (

    select
        changes.claim_figure_id,
        claims.slip,
        changes.quarters_covered,
        changes.comparator,
        claims.unit as claim_unit,
        claims.value as claim_value,
        valued.figure_id as value_figure_id,
        valued.value,
        case when claims.unit = 'count' then claims.value else differences.value end
            as difference,
        case when claims.unit = 'count' then percentages.value else claims.value end
            as percentage,
        {% for column in ["low", "high", "low_open", "high_open"] %}
        case
            when claims.unit = 'count' then percentages.x_{{ column }}
            else claims.x_{{ column }}
        end as p_{{ column }},
        case when claims.unit <> 'count' then claims.t_{{ column }} end as t_{{ column }},
        {% endfor %}
        case when claims.unit = 'count' then null else differences.figure_id end
            as difference_figure_id,
        coalesce(printed_bases.is_baseline, false) as has_baseline,
        coalesce(printed_bases.is_other, false) as has_other_base,
        yearly_bases.base_value
    from changes
    inner join variants as claims
        on changes.claim_figure_id = claims.claim_figure_id
    left join figures as valued
        on changes.value_figure_id = valued.figure_id
    left join figures as differences
        on changes.difference_figure_id = differences.figure_id
    left join figures as percentages
        on changes.percentage_figure_id = percentages.figure_id
    left join printed_bases
        on changes.claim_figure_id = printed_bases.claim_figure_id
    left join yearly_bases
        on changes.claim_figure_id = yearly_bases.claim_figure_id
    where
        claims.unit in ('count', 'percent_change')
        and coalesce(valued.unit, 'count') = 'count'

),

-- Against a baseline the same months of its year; against last year anything that leaves something
-- for the other quarters.
shares as (

    select
        *,
        case
            when {{ is_with_last_year('comparator') }}
                then {{ possible_share('quarters_covered', 'least') }}
            else {{ likely_share('quarters_covered', 'least') }}
        end as least_share,
        case
            when {{ is_with_last_year('comparator') }}
                then {{ possible_share('quarters_covered', 'most') }}
            else {{ likely_share('quarters_covered', 'most') }}
        end as most_share
    from claims
    where
        not has_other_base
        and (not has_baseline or (base_value is not null and quarters_covered < 4))

),

-- Whole numbers worth trying. They are only a search: what holds is decided exactly, below.
tried as (

    select
        *,
        {{ whole_quotient('100 * value', '100 + claim_value') }} as implied_base
    from shares
    where claim_unit = 'percent_change' and value is not null and difference is null
    union all
    select
        *,
        {{ whole_quotient('100 * value', '100 + claim_value') }} + 1 as implied_base
    from shares
    where claim_unit = 'percent_change' and value is not null and difference is null
    union all
    select
        *,
        {{ whole_quotient('least_share * base_value', '100') }} + 1 as implied_base
    from shares
    where
        claim_unit = 'percent_change' and value is not null and difference is null
        and has_baseline
    union all
    select
        *,
        {{ whole_quotient('most_share * base_value', '100') }} as implied_base
    from shares
    where
        claim_unit = 'percent_change' and value is not null and difference is null
        and has_baseline
    union all
    select
        *,
        cast(value - difference as bigint) as implied_base
    from shares
    where value is not null and difference is not null
    union all
    -- "26.8% (11 crimes) above": the two together.
    select
        *,
        {{ whole_quotient('100 * abs(difference)', 'abs(percentage)') }} as implied_base
    from shares
    where value is null and difference is not null and percentage is not null
    union all
    select
        *,
        {{ whole_quotient('100 * abs(difference)', 'abs(percentage)') }} + 1 as implied_base
    from shares
    where value is null and difference is not null and percentage is not null

),

-- n over d is what the percentage says: the value (or the difference) over the base.
intervals as (

    select
        *,
        {{ interval_columns('coalesce(value, abs(difference))', '0', 'true', 'n') }},
        {{ interval_columns('implied_base', '0', 'true', 'd') }},
        case
            when value is not null then 100 + p_low
            when percentage < 0 then -p_high
            else p_low
        end as c_low,
        case
            when value is not null then 100 + p_high
            when percentage < 0 then -p_low
            else p_high
        end as c_high,
        case when value is null and percentage < 0 then p_high_open else p_low_open end
            as c_low_open,
        case when value is null and percentage < 0 then p_low_open else p_high_open end
            as c_high_open,
        -- The percentage as if cut.
        100 + t_low as u_low,
        100 + t_high as u_high,
        t_low_open as u_low_open,
        t_high_open as u_high_open
    from tried
    where implied_base > 0

),

plausible as (

    select
        claim_figure_id,
        slip,
        coalesce(value_figure_id, difference_figure_id) as value_figure_id,
        implied_base,
        base_value,
        abs(
            case
                when claim_unit = 'percent_change' and value is not null
                    then 100 * value - implied_base * (100 + claim_value)
                else 0
            end
        ) as distance
    from intervals
    where
        -- A difference stands by itself where there is a value to take it from.
        (
            (claim_unit = 'count' and value is not null)
            or (percentage is not null and {{ quotient_meets('n', 'd', 'c') }})
            or (
                claim_unit = 'percent_change'
                and value is not null
                and {{ quotient_meets('n', 'd', 'u') }}
            )
        )
        and case
            when has_baseline
                then
                    100 * implied_base >= least_share * base_value
                    and 100 * implied_base <= most_share * base_value
            else true
        end

),

ranked as (

    select
        *,
        row_number() over (
            partition by claim_figure_id, slip order by distance, implied_base, base_value
        ) as place
    from plausible

)

select
    claim_figure_id,
    slip,
    value_figure_id,
    implied_base,
    base_value
from ranked
where place = 1
