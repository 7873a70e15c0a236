-- A printed difference against every base the words admit: value less base.
with

changes as (

    select * from {{ ref('int_checks__changes') }}
    where unit not in ('percent_change', 'percentage_points')

),

bases as (

    select * from {{ ref('int_checks__bases') }}
    where is_admitted

),

based as (

    select
        changes.*,
        bases.base_figure_id,
        bases.base_kind,
        bases.base_basis,
        bases.is_spoken,
        bases.is_binding
    from changes
    inner join bases on changes.claim_figure_id = bases.claim_figure_id

),

chained as (

    select * from {{ ref('int_checks__chained_priors') }}

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

-- A difference and the percentage beside it that agree with each other bear each other out.
borne_out as (

    select changes.claim_figure_id
    from changes
    inner join figures as claims
        on changes.claim_figure_id = claims.figure_id
    inner join figures as valued
        on changes.value_figure_id = valued.figure_id
    inner join figures as percentages
        on changes.percentage_figure_id = percentages.figure_id
    where
        valued.value > claims.value
        and {{ is_percentage_borne_out('valued', 'claims', 'percentages') }}

),

partial_years as (

    select * from based
    where
        base_kind in ('baseline', 'target')
        and base_basis in ('year', 'multi_year_average')
        and value_basis in ('quarter', 'ytd')
        and quarters_covered < 4
        and not {{ is_with_last_year('comparator') }}

),

sums as (

    select
        claim_figure_id,
        {{ reading_of_base('base_kind', 'comparator') }} as reading,
        1 as reading_rank,
        not is_spoken as is_unspoken,
        is_binding,
        base_figure_id,
        value_figure_id,
        1 as value_times,
        1 as base_times,
        1 as claim_times
    from based
    union all
    select
        claim_figure_id,
        'pro_rata_baseline' as reading,
        2 as reading_rank,
        true as is_unspoken,
        is_binding,
        base_figure_id,
        value_figure_id,
        4 as value_times,
        quarters_covered as base_times,
        4 as claim_times
    from partial_years
    union all
    -- "33 convictions = -113" on 245: four times 33 is 113 below.
    select
        claim_figure_id,
        'annualised' as reading,
        3 as reading_rank,
        true as is_unspoken,
        is_binding,
        base_figure_id,
        value_figure_id,
        4 as value_times,
        quarters_covered as base_times,
        quarters_covered as claim_times
    from partial_years

),

inputs as (

    select
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        base_figure_id as base_key,
        value_figure_id as figure_id,
        'term' as part,
        value_times as times,
        claim_times
    from sums
    union all
    select
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        base_figure_id as base_key,
        base_figure_id as figure_id,
        'term' as part,
        -base_times as times,
        claim_times
    from sums
    union all
    -- Last year's value follows from its other quarters.
    select
        chained.claim_figure_id,
        'implied_prior' as reading,
        case chained.meaning when 'value' then 4 else 5 end as reading_rank,
        chained.meaning <> 'value' as is_unspoken,
        borne_out.claim_figure_id is null as is_binding,
        chained.meaning || ', ' || chained.way as base_key,
        chained.figure_id,
        chained.part,
        chained.times,
        1 as claim_times
    from chained
    left join borne_out
        on chained.claim_figure_id = borne_out.claim_figure_id
    left join based
        on
            chained.claim_figure_id = based.claim_figure_id
            and based.is_spoken
    where based.claim_figure_id is null

)

select
    claim_figure_id,
    'difference' as family,
    reading,
    reading_rank,
    is_unspoken,
    is_binding,
    base_key,
    figure_id,
    part,
    times,
    0 as claim_shift,
    claim_times
from inputs
