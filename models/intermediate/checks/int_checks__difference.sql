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
        bases.is_spoken
    from changes
    inner join bases on changes.claim_figure_id = bases.claim_figure_id

),

partial_years as (

    select * from based
    where
        base_kind in ('baseline', 'target')
        and base_basis in ('year', 'multi_year_average')
        and value_basis in ('quarter', 'ytd')
        and quarters_covered < 4

),

sums as (

    select
        claim_figure_id,
        {{ reading_of_base('base_kind', 'comparator') }} as reading,
        1 as reading_rank,
        not is_spoken as is_unspoken,
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
        base_figure_id,
        value_figure_id,
        4 as value_times,
        quarters_covered as base_times,
        quarters_covered as claim_times
    from partial_years

)

select
    claim_figure_id,
    'difference' as family,
    reading,
    reading_rank,
    is_unspoken,
    base_figure_id as base_key,
    value_figure_id as figure_id,
    'term' as part,
    value_times as times,
    0 as claim_shift,
    claim_times
from sums
union all
select
    claim_figure_id,
    'difference' as family,
    reading,
    reading_rank,
    is_unspoken,
    base_figure_id as base_key,
    base_figure_id as figure_id,
    'term' as part,
    -base_times as times,
    0 as claim_shift,
    claim_times
from sums
