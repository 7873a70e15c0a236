with

verdicts as (

    select * from {{ ref('int_checks__verdicts') }}

),

roots as (

    select * from {{ ref('int_checks__roots') }}

),

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

power as (

    select * from {{ ref('int_checks__power') }}

),

ledger as (

    select * from {{ ref('stg_reference__known_discrepancies') }}

)

select
    verdicts.check_id,
    coalesce(roots.root_check_id, verdicts.check_id) as root_check_id,
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
    ledger.report_id is not null as is_known,
    figures.value as stated_value,
    verdicts.expected_low,
    verdicts.expected_high,
    {{ as_measure('verdicts.implied_base') }} as implied_base,
    coalesce({{ share('power.caught_count', 'power.slip_count') }}, 0) as power
from verdicts
inner join figures
    on verdicts.claim_figure_id = figures.figure_id
left join roots
    on verdicts.check_id = roots.check_id
left join power
    on
        verdicts.claim_figure_id = power.claim_figure_id
        and verdicts.family = power.family
left join ledger
    on
        figures.report_id = ledger.report_id
        and figures.source_line = ledger.source_line
        and figures.char_start = ledger.char_start
        and figures.printed = ledger.printed
        and verdicts.family = ledger.family
