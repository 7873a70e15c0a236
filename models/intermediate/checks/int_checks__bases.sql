-- One printed figure that a change may be measured against, and how far the words admit it.
--
-- Spoken bases are those the words name. The others are admitted only when the words name none;
-- they stay here because a part of a year cannot exceed a printed whole one.

with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}
    where value_figure_id is not null

),

comparatives as (

    select
        changes.claim_figure_id,
        bases.figure_id as base_figure_id,
        'comparative' as base_kind,
        changes.comparator = 'unknown'
        or coalesce(bases.comparator, 'unknown') in ('unknown', changes.comparator)
        or (
            {{ is_with_last_year('changes.comparator') }}
            and {{ is_with_last_year('bases.comparator') }}
        ) as is_spoken
    from changes
    inner join figures as bases
        on
            changes.value_figure_id = bases.relates_to_figure_id
            and changes.value_unit = bases.unit
    where bases.relation = 'prior_of'

),

baselines as (

    select
        changes.claim_figure_id,
        bases.figure_id as base_figure_id,
        'baseline' as base_kind,
        changes.comparator in ('baseline', 'multi_year_average')
        -- A second number whose meaning nobody says is tried, and proves nothing.
        and bases.certainty <> 'ambiguous' as is_spoken
    from changes
    inner join figures as bases
        on
            changes.row_id = bases.row_id
            and changes.value_unit = bases.unit
            and changes.series_id = bases.series_id
    where bases.role = 'baseline'

),

targets as (

    select
        changes.claim_figure_id,
        bases.figure_id as base_figure_id,
        'target' as base_kind,
        true as is_spoken
    from changes
    inner join figures as bases
        on
            changes.row_id = bases.row_id
            and changes.value_unit = bases.unit
            and changes.series_id = bases.series_id
    where bases.role = 'target' and changes.comparator = 'target'

),

-- The same quantity for the period the words compare with, in another cell or another report.
printed_elsewhere as (

    select
        changes.claim_figure_id,
        bases.figure_id as base_figure_id,
        'elsewhere' as base_kind,
        true as is_spoken
    from changes
    inner join figures as bases
        on
            changes.area_id = bases.area_id
            and changes.series_id = bases.series_id
            and changes.value_unit = bases.unit
            and (
                changes.row_id = bases.row_id
                or changes.indicator_id = bases.indicator_id
            )
            and changes.value_basis = bases.basis
    where
        bases.role in ('observation', 'comparative')
        and bases.figure_id <> changes.value_figure_id
        and bases.relates_to_figure_id is distinct from changes.value_figure_id
        and (
            (
                changes.comparator in (
                    'same_period_last_year', 'previous_year', 'previous_rolling_window'
                )
                and bases.period_end = {{ years_later('changes.value_period_end', -1) }}
            )
            or (
                changes.comparator = 'previous_quarter'
                and bases.period_end = {{ quarters_later('changes.value_period_end', -1) }}
            )
        )

),

-- A rolling year "on the last quarter" may have moved from the outturn of the year before.
last_outturn as (

    select
        changes.claim_figure_id,
        bases.figure_id as base_figure_id,
        'elsewhere' as base_kind,
        true as is_spoken
    from changes
    inner join figures as bases
        on
            changes.row_id = bases.row_id
            and changes.series_id = bases.series_id
            and changes.value_unit = bases.unit
    where
        changes.comparator = 'previous_quarter'
        and changes.value_basis in ('rolling_12m', 'point')
        and bases.basis = 'year'
        and bases.role = 'observation'
        and bases.period_end = {{ quarters_later('changes.value_period_end', -1) }}

),

-- A column of differences whose header says something else than it holds: any number of its row.
beside_a_difference as (

    select
        changes.claim_figure_id,
        bases.figure_id as base_figure_id,
        'beside' as base_kind,
        false as is_spoken
    from changes
    inner join figures as bases
        on
            changes.row_id = bases.row_id
            and changes.series_id = bases.series_id
            and changes.value_unit = bases.unit
    where
        changes.source_cell = 'variance'
        and bases.role in ('observation', 'comparative', 'baseline', 'target')
        and bases.figure_id <> changes.value_figure_id

),

candidates as (

    select * from comparatives
    union all
    select * from baselines
    union all
    select * from targets
    union all
    select * from printed_elsewhere
    union all
    select * from last_outturn
    union all
    select * from beside_a_difference

),

spoken as (

    select claim_figure_id
    from candidates
    where is_spoken
    group by claim_figure_id

)

select
    candidates.claim_figure_id,
    candidates.base_figure_id,
    candidates.base_kind,
    candidates.is_spoken,
    candidates.is_spoken
    or candidates.base_kind = 'beside'
    or (
        spoken.claim_figure_id is null
        and (
            changes.comparator = 'unknown'
            or changes.comparator in ('baseline', 'multi_year_average')
            -- "on the same period last year", where last year is the baseline's.
            or (
                {{ is_with_last_year('changes.comparator') }}
                and bases.basis = 'year'
                and bases.first_year = {{ financial_year_start('changes.value_period_end') }} - 1
            )
        )
    ) as is_admitted,
    candidates.base_kind <> 'beside'
    and not changes.is_value_unclear
    and not (changes.is_value_loose and bases.cell_id <> changes.cell_id)
    and (
        candidates.is_spoken
        or (
            bases.certainty <> 'ambiguous'
            and (changes.comparator = 'unknown' or changes.quarters_covered < 4)
        )
    ) as is_binding,
    bases.basis as base_basis
from candidates
inner join changes on candidates.claim_figure_id = changes.claim_figure_id
inner join figures as bases on candidates.base_figure_id = bases.figure_id
left join spoken on candidates.claim_figure_id = spoken.claim_figure_id
