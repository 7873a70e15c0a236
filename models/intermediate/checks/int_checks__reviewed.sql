-- One check with the finding it belongs to and whether the ledger holds it. The scorecards count
-- these, so that nothing stands on the table whose tests may fail over a publisher's contradiction.
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

ledger as (

    select * from {{ ref('stg_reference__known_discrepancies') }}

)

select
    verdicts.check_id,
    coalesce(roots.root_check_id, verdicts.check_id) as root_check_id,
    verdicts.claim_figure_id as figure_id,
    figures.report_id,
    verdicts.family,
    verdicts.verdict,
    verdicts.check_certainty,
    verdicts.flips_decision,
    ledger.report_id is not null as is_known
from verdicts
inner join figures
    on verdicts.claim_figure_id = figures.figure_id
left join roots
    on verdicts.check_id = roots.check_id
left join ledger
    on
        figures.report_id = ledger.report_id
        and figures.source_line = ledger.source_line
        and figures.char_start = ledger.char_start
        and figures.printed = ledger.printed
        and verdicts.family = ledger.family
