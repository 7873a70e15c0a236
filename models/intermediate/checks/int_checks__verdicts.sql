-- One claim and family with its verdict: arithmetic, signs, labels of time and statuses together.
{{ config(materialized="table") }}

with

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

arithmetic as (

    select * from {{ ref('int_checks__explained') }}

),

populations as (

    select * from {{ ref('int_checks__implied_population') }}

),

signs as (

    select * from {{ ref('int_checks__sign') }}

),

labels as (

    select * from {{ ref('int_checks__period_label') }}

),

statuses as (

    select * from {{ ref('int_checks__status_contradiction') }}

),

-- A label of time may be wrong in more ways than one: one finding each claim, the proved one first.
first_labels as (

    select
        *,
        row_number() over (
            partition by claim_figure_id order by check_certainty, explanation
        ) as place
    from labels

),

gathered as (

    select
        claim_figure_id,
        family,
        candidate_id,
        verdict,
        reading,
        implied_base,
        implied_from_figure_id,
        expected_low,
        expected_high,
        likely_cause,
        check_certainty,
        turns_direction,
        cast(null as varchar) as other_figure_id,
        explanation
    from arithmetic
    union all
    select
        claim_figure_id,
        family,
        null as candidate_id,
        verdict,
        reading,
        null as implied_base,
        null as implied_from_figure_id,
        expected_low,
        expected_high,
        likely_cause,
        check_certainty,
        false as turns_direction,
        null as other_figure_id,
        explanation
    from populations
    union all
    select
        claim_figure_id,
        family,
        null as candidate_id,
        verdict,
        reading,
        null as implied_base,
        null as implied_from_figure_id,
        null as expected_low,
        null as expected_high,
        likely_cause,
        check_certainty,
        false as turns_direction,
        null as other_figure_id,
        explanation
    from signs
    union all
    select
        claim_figure_id,
        family,
        null as candidate_id,
        verdict,
        reading,
        null as implied_base,
        null as implied_from_figure_id,
        null as expected_low,
        null as expected_high,
        likely_cause,
        check_certainty,
        false as turns_direction,
        other_figure_id,
        explanation
    from first_labels
    where place = 1
    union all
    select
        claim_figure_id,
        family,
        null as candidate_id,
        verdict,
        reading,
        null as implied_base,
        null as implied_from_figure_id,
        null as expected_low,
        null as expected_high,
        likely_cause,
        'probable' as check_certainty,
        verdict = 'inconsistent' as turns_direction,
        null as other_figure_id,
        explanation
    from statuses

),

-- A level that meets its row's target as printed and misses it when put right, or the other way.
targets as (

    select
        row_report_indicator_id,
        series_id,
        unit,
        operator,
        value
    from figures
    where
        role = 'target'
        and operator in ('<=', '>=')
        and value is not null
        and unit <> 'percent_change'

),

turned as (

    select distinct
        gathered.claim_figure_id,
        gathered.family
    from gathered
    inner join figures on gathered.claim_figure_id = figures.figure_id
    inner join targets
        on
            figures.row_report_indicator_id = targets.row_report_indicator_id
            and figures.series_id = targets.series_id
            and figures.unit = targets.unit
    where
        gathered.verdict = 'inconsistent'
        and figures.role in ('observation', 'component')
        and (
            (
                figures.value <= targets.value
                and gathered.expected_low > targets.value
            )
            or (
                figures.value >= targets.value
                and gathered.expected_high < targets.value
            )
        )

)

select
    gathered.claim_figure_id || '|' || gathered.family as check_id,
    gathered.claim_figure_id,
    gathered.family,
    gathered.candidate_id,
    gathered.verdict,
    gathered.reading,
    gathered.implied_base,
    gathered.implied_from_figure_id,
    gathered.expected_low,
    gathered.expected_high,
    gathered.likely_cause,
    gathered.check_certainty,
    coalesce(gathered.turns_direction, false) or turned.claim_figure_id is not null
        as flips_decision,
    gathered.other_figure_id,
    gathered.explanation,
    figures.report_id,
    figures.cell_id,
    figures.reading_order
from gathered
inner join figures on gathered.claim_figure_id = figures.figure_id
left join turned
    on
        gathered.claim_figure_id = turned.claim_figure_id
        and gathered.family = turned.family
