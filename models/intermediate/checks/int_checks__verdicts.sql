-- One claim and family with its verdict: arithmetic, signs, labels of time and statuses together.
{{ config(materialized="table") }}

with

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

arithmetic as (

    select * from {{ ref('int_checks__explained') }}

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

-- A label of time may be wrong in more ways than one: one finding each claim.
first_labels as (

    select
        *,
        row_number() over (partition by claim_figure_id order by explanation) as place
    from labels

),

gathered as (

    select
        claim_figure_id, family, candidate_id, verdict, reading, implied_base,
        implied_from_figure_id, expected_low, expected_high, likely_cause, check_certainty,
        turns_direction, cast(null as varchar) as other_figure_id, explanation
    from arithmetic
    union all
    select
        claim_figure_id, family, null as candidate_id, verdict, reading, null as implied_base,
        null as implied_from_figure_id, null as expected_low, null as expected_high,
        likely_cause, 'definite' as check_certainty, false as turns_direction,
        null as other_figure_id, explanation
    from signs
    union all
    select
        claim_figure_id, family, null as candidate_id, verdict, reading, null as implied_base,
        null as implied_from_figure_id, null as expected_low, null as expected_high,
        likely_cause, 'definite' as check_certainty, false as turns_direction,
        other_figure_id, explanation
    from first_labels
    where place = 1
    union all
    select
        claim_figure_id, family, null as candidate_id, verdict, reading, null as implied_base,
        null as implied_from_figure_id, null as expected_low, null as expected_high,
        likely_cause, 'probable' as check_certainty, verdict = 'inconsistent' as turns_direction,
        null as other_figure_id, explanation
    from statuses

)

select
    gathered.claim_figure_id || '|' || gathered.family as check_id,
    gathered.*,
    figures.report_id,
    figures.cell_id,
    figures.reading_order
from gathered
inner join figures on gathered.claim_figure_id = figures.figure_id
