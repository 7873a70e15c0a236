-- A percentage or rate against the parts printed with it; a share of the baseline.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

printed_parts as (

    select
        claims.figure_id as claim_figure_id,
        'as_printed' as reading,
        'parts' as base_key,
        parts.figure_id,
        case parts.relation
            when 'numerator_of' then 'numerator' else 'denominator'
        end as part,
        case
            when parts.relation = 'denominator_of' then 1
            when claims.unit = 'rate_per_1000' then 10
            when claims.unit = 'rate_per_10000' then 100
            else 1
        end as times
    from figures as claims
    inner join figures as parts
        on claims.figure_id = parts.relates_to_figure_id
    where
        parts.relation in ('numerator_of', 'denominator_of')
        and claims.unit in ('percent', 'rate_per_1000', 'rate_per_10000')

),

shares_of_baseline as (

    select
        claims.figure_id as claim_figure_id,
        wholes.figure_id as value_figure_id,
        baselines.figure_id as baseline_figure_id
    from figures as claims
    inner join figures as wholes
        on claims.relates_to_figure_id = wholes.figure_id
    inner join figures as baselines
        on
            claims.row_id = baselines.row_id
            and wholes.series_id = baselines.series_id
            and wholes.unit = baselines.unit
    where claims.relation = 'percent_of' and baselines.role = 'baseline'

),

inputs as (

    select * from printed_parts
    union all
    select
        claim_figure_id,
        'whole_baseline' as reading,
        baseline_figure_id as base_key,
        value_figure_id as figure_id,
        'numerator' as part,
        1 as times
    from shares_of_baseline
    union all
    select
        claim_figure_id,
        'whole_baseline' as reading,
        baseline_figure_id as base_key,
        baseline_figure_id as figure_id,
        'denominator' as part,
        1 as times
    from shares_of_baseline

)

select
    claim_figure_id,
    'ratio' as family,
    reading,
    1 as reading_rank,
    false as is_unspoken,
    true as is_binding,
    base_key,
    figure_id,
    part,
    times,
    0 as claim_shift,
    1 as claim_times
from inputs
