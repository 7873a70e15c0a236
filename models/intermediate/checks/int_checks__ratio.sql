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
            else {{ hundreds_of_rate('claims.unit') }}
        end as times
    from figures as claims
    inner join figures as parts
        on claims.figure_id = parts.relates_to_figure_id
    where
        parts.relation in ('numerator_of', 'denominator_of')
        -- "Target 65%; 20 of 34": a target is no share of what was reached.
        and claims.role <> 'target'
        and (claims.unit = 'percent' or claims.unit in ({{ rate_units() }}))

),

parted as (

    select distinct relates_to_figure_id
    from figures
    where relation in ('numerator_of', 'denominator_of', 'percent_of')

),

shares as (

    select figures.*
    from figures
    left join parted
        on figures.figure_id = parted.relates_to_figure_id
    where
        (figures.unit = 'percent' or figures.unit in ({{ rate_units() }}))
        and figures.role in ('observation', 'comparative', 'baseline')
        and figures.relation is null
        and parted.relates_to_figure_id is null

),

-- Half of a rate is a count, whatever unit it was given beside the rate.
free_counts as (

    select * from figures
    where
        (unit = 'count' or (role = 'component' and unit in ({{ rate_units() }})))
        and relation is null
        and role in ('observation', 'component')

),

-- "31% (95/306)": a pair beside a percentage, in a cell with one such pair and one percentage.
pairs_beside as (

    select
        shares.figure_id as claim_figure_id,
        counts.figure_id,
        counts.value,
        counts.reading_place,
        count(*) over (partition by shares.figure_id) as count_count,
        count(*) over (partition by counts.figure_id) as share_count
    from shares
    inner join free_counts as counts
        on
            shares.cell_id = counts.cell_id
            and shares.statement = counts.statement
            and shares.period_end is not distinct from counts.period_end
    where
        counts.role = 'component'
        or {{ matches('shares.statement', words_of_share()) }}

),

-- "1,278 burglaries, with 99 at repeat locations. This is a repeat rate of 7.75%": the two counts
-- of the sentence before.
counts_before as (

    select
        shares.figure_id as claim_figure_id,
        counts.figure_id,
        counts.value,
        counts.reading_place,
        row_number() over (
            partition by shares.figure_id order by counts.reading_place desc
        ) as place_before,
        count(*) over (partition by shares.figure_id) as count_count,
        count(distinct counts.statement) over (partition by shares.figure_id)
            as statement_count
    from shares
    inner join free_counts as counts
        on
            shares.cell_id = counts.cell_id
            and shares.reading_place > counts.reading_place
            and shares.statement <> counts.statement
            and shares.period_end is not distinct from counts.period_end
    where {{ matches('shares.statement', words_of_result()) }}

),

-- A percentage and two labelled counts that make a ratio in another cell of the row.
known_labels as (

    select distinct
        numerators.row_id,
        ratios.series_id,
        numerators.series_id as numerator_series_id,
        denominators.series_id as denominator_series_id
    from figures as numerators
    inner join figures as denominators
        on numerators.relates_to_figure_id = denominators.relates_to_figure_id
    inner join figures as ratios
        on numerators.relates_to_figure_id = ratios.figure_id
    where
        numerators.relation = 'numerator_of'
        and denominators.relation = 'denominator_of'
        and numerators.series_id <> denominators.series_id

),

labelled_pairs as (

    select
        shares.figure_id as claim_figure_id,
        numerators.figure_id as numerator_figure_id,
        denominators.figure_id as denominator_figure_id
    from shares
    inner join known_labels
        on
            shares.row_id = known_labels.row_id
            and shares.series_id = known_labels.series_id
    inner join free_counts as numerators
        on
            shares.cell_id = numerators.cell_id
            and known_labels.numerator_series_id = numerators.series_id
    inner join free_counts as denominators
        on
            shares.cell_id = denominators.cell_id
            and known_labels.denominator_series_id = denominators.series_id

),

-- A cell of two counts and one percentage, in a row of which another such cell makes a ratio.
shapes as (

    select
        row_id,
        cell_id,
        sum(case when unit = 'count' then 1 else 0 end) as count_count,
        sum(case when unit = 'percent' then 1 else 0 end) as share_count,
        sum(case when relation = 'numerator_of' then 1 else 0 end) as numerator_count
    from figures
    where role in ('observation', 'component')
    group by row_id, cell_id
    having count(*) = 3

),

known_shapes as (

    select distinct row_id
    from shapes
    where count_count = 2 and share_count = 1 and numerator_count = 1

),

shaped_pairs as (

    select
        shares.figure_id as claim_figure_id,
        counts.figure_id,
        counts.value
    from shapes
    inner join known_shapes
        on shapes.row_id = known_shapes.row_id
    inner join shares on shapes.cell_id = shares.cell_id
    inner join free_counts as counts on shapes.cell_id = counts.cell_id
    where
        shapes.count_count = 2
        and shapes.share_count = 1
        and shapes.numerator_count = 0

),

-- Of two counts that no word tells apart the smaller is the part.
sized_pairs as (

    select
        claim_figure_id,
        {{ first_of('figure_id', 'value') }} as numerator_figure_id,
        {{ first_of('figure_id', '-value') }} as denominator_figure_id
    from (
        select
            claim_figure_id,
            figure_id,
            value
        from pairs_beside
        where count_count = 2 and share_count = 1
        union
        select
            claim_figure_id,
            figure_id,
            value
        from counts_before
        where count_count = 2 and statement_count = 1
        union
        select
            claim_figure_id,
            figure_id,
            value
        from shaped_pairs
    ) as pairs
    group by claim_figure_id
    having count(*) = 2 and min(value) < max(value)

),

unlinked_pairs as (

    select
        claim_figure_id,
        numerator_figure_id,
        denominator_figure_id,
        'labels' as base_key
    from labelled_pairs
    union
    select
        sized_pairs.claim_figure_id,
        sized_pairs.numerator_figure_id,
        sized_pairs.denominator_figure_id,
        'words' as base_key
    from sized_pairs
    left join labelled_pairs
        on sized_pairs.claim_figure_id = labelled_pairs.claim_figure_id
    where labelled_pairs.claim_figure_id is null

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
        unlinked_pairs.claim_figure_id,
        'as_printed' as reading,
        unlinked_pairs.base_key,
        unlinked_pairs.numerator_figure_id as figure_id,
        'numerator' as part,
        {{ hundreds_of_rate('claims.unit') }} as times
    from unlinked_pairs
    inner join figures as claims on unlinked_pairs.claim_figure_id = claims.figure_id
    union all
    select
        claim_figure_id,
        'as_printed' as reading,
        base_key,
        denominator_figure_id as figure_id,
        'denominator' as part,
        1 as times
    from unlinked_pairs
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
