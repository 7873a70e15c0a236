with

verdicts as (

    select * from {{ ref('int_checks__verdicts') }}

),

reviewed as (

    select * from {{ ref('int_checks__reviewed') }}

),

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

power as (

    select * from {{ ref('int_checks__power') }}

)

select
    verdicts.check_id,
    reviewed.root_check_id,
    verdicts.claim_figure_id as figure_id,
    figures.report_id,
    figures.report_indicator_id,
    figures.indicator_id,
    figures.area_id,
    figures.period_id,
    figures.source_line,
    figures.source_cell,
    figures.period_start,
    figures.period_end,
    verdicts.family,
    verdicts.verdict,
    {{ verdict_label('verdicts.verdict') }} as verdict_label,
    verdicts.reading,
    verdicts.check_certainty,
    verdicts.likely_cause,
    verdicts.explanation,
    verdicts.flips_decision,
    reviewed.is_known,
    figures.value as stated_value,
    verdicts.expected_low,
    verdicts.expected_high,
    {{ as_measure('verdicts.implied_base') }} as implied_base,
    coalesce({{ share('power.caught_count', 'power.slip_count') }}, 0) as power
from verdicts
inner join figures
    on verdicts.claim_figure_id = figures.figure_id
inner join reviewed
    on verdicts.check_id = reviewed.check_id
left join power
    on
        verdicts.claim_figure_id = power.claim_figure_id
        and verdicts.family = power.family
