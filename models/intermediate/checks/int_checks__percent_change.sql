-- A printed percentage of change against every base the words admit.
with

changes as (

    select * from {{ ref('int_checks__changes') }}
    where unit in ('percent_change', 'percentage_points')

),

bases as (

    select * from {{ ref('int_checks__bases') }}
    where is_admitted

),

figures as (

    select * from {{ ref('int_checks__figures') }}

),

quarters as (

    select
        row_id,
        series_id,
        first_year,
        quarter_number,
        {{ first_of('figure_id', 'reading_place') }} as figure_id
    from figures
    where role = 'observation' and unit = 'count' and basis = 'quarter'
    group by row_id, series_id, first_year, quarter_number

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

whole_bases as (

    select
        claim_figure_id,
        {{ reading_of_base('base_kind', 'comparator') }} as reading,
        1 as reading_rank,
        not is_spoken as is_unspoken,
        is_binding,
        base_figure_id,
        value_figure_id,
        1 as value_times,
        1 as base_times
    from based
    where unit = 'percent_change'

),

-- Officers compare part of a year with the same part of a yearly baseline.
pro_rata_baselines as (

    select
        claim_figure_id,
        'pro_rata_baseline' as reading,
        2 as reading_rank,
        true as is_unspoken,
        is_binding,
        base_figure_id,
        value_figure_id,
        4 as value_times,
        quarters_covered as base_times
    from based
    where
        unit = 'percent_change'
        and base_kind in ('baseline', 'target')
        and base_basis in ('year', 'multi_year_average')
        and value_basis in ('quarter', 'ytd')
        and quarters_covered < 4
        and not {{ is_with_last_year('comparator') }}

),

-- "6% increase" from 50% to 56%: six points, whatever the word says.
points as (

    select
        claim_figure_id,
        'percentage_points' as reading,
        case unit when 'percentage_points' then 1 else 3 end as reading_rank,
        unit = 'percent_change' as is_unspoken,
        is_binding,
        base_figure_id,
        value_figure_id
    from based
    where (value_unit = 'percent' or value_unit in ({{ rate_units() }}))

),

-- The difference printed beside the percentage gives the base: value less difference.
implied_priors as (

    select
        changes.claim_figure_id,
        'implied_prior' as reading,
        4 as reading_rank,
        false as is_unspoken,
        not changes.is_value_unclear as is_binding,
        changes.value_figure_id,
        changes.difference_figure_id
    from changes
    left join bases on changes.claim_figure_id = bases.claim_figure_id
    where
        changes.unit = 'percent_change'
        and changes.value_figure_id is not null
        and changes.difference_figure_id is not null
        and (bases.claim_figure_id is null or not bases.is_spoken)

),

-- "370 in quarter 3, an increase of 209 on the same period last year (38.6%)" may speak of the year
-- so far, of which 370 is the last quarter.
years_so_far as (

    select
        changes.claim_figure_id,
        'sum_of_quarters' as reading,
        5 as reading_rank,
        true as is_unspoken,
        true as is_binding,
        changes.difference_figure_id,
        quarters.figure_id,
        valued.quarter_number,
        count(*) over (partition by changes.claim_figure_id) as figure_count
    from changes
    inner join figures as valued
        on changes.value_figure_id = valued.figure_id
    inner join quarters
        on
            valued.row_id = quarters.row_id
            and valued.series_id = quarters.series_id
            and valued.first_year = quarters.first_year
            and valued.quarter_number >= quarters.quarter_number
    where
        changes.unit = 'percent_change'
        and changes.difference_figure_id is not null
        and {{ is_with_last_year('changes.comparator') }}
        and valued.basis = 'quarter'
        and valued.quarter_number > 1
        and valued.unit = 'count'

),

quotients as (

    select * from whole_bases
    union all
    select * from pro_rata_baselines

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
        'numerator' as part,
        value_times as times,
        100 as claim_shift
    from quotients
    union all
    select
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        base_figure_id as base_key,
        base_figure_id as figure_id,
        'denominator' as part,
        base_times as times,
        100 as claim_shift
    from quotients
    union all
    select
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        base_figure_id as base_key,
        value_figure_id as figure_id,
        'term' as part,
        1 as times,
        0 as claim_shift
    from points
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
        -1 as times,
        0 as claim_shift
    from points
    union all
    select distinct
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        difference_figure_id as base_key,
        value_figure_id as figure_id,
        'numerator' as part,
        1 as times,
        100 as claim_shift
    from implied_priors
    union all
    select distinct
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        difference_figure_id as base_key,
        value_figure_id as figure_id,
        'denominator' as part,
        1 as times,
        100 as claim_shift
    from implied_priors
    union all
    select distinct
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        difference_figure_id as base_key,
        difference_figure_id as figure_id,
        'denominator' as part,
        -1 as times,
        100 as claim_shift
    from implied_priors
    union all
    select
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        difference_figure_id as base_key,
        figure_id,
        'numerator' as part,
        1 as times,
        100 as claim_shift
    from years_so_far
    where figure_count = quarter_number
    union all
    select
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        difference_figure_id as base_key,
        figure_id,
        'denominator' as part,
        1 as times,
        100 as claim_shift
    from years_so_far
    where figure_count = quarter_number
    union all
    select distinct
        claim_figure_id,
        reading,
        reading_rank,
        is_unspoken,
        is_binding,
        difference_figure_id as base_key,
        difference_figure_id as figure_id,
        'denominator' as part,
        -1 as times,
        100 as claim_shift
    from years_so_far
    where figure_count = quarter_number

)

select
    claim_figure_id,
    'percent_change' as family,
    reading,
    reading_rank,
    is_unspoken,
    is_binding,
    base_key,
    figure_id,
    part,
    times,
    claim_shift,
    1 as claim_times
from inputs
