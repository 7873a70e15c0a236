-- An entry of the ledger for a report that is loaded, and no contradiction where it says one is.
with

ledger as (

    select * from {{ ref('stg_reference__known_discrepancies') }}

),

reports as (

    select * from {{ ref('dim_reports') }}

),

figures as (

    select * from {{ ref('fct_figures') }}

),

contradictions as (

    select
        figures.report_id,
        figures.source_line,
        figures.char_start,
        figures.printed,
        checks.family
    from {{ ref('fct_consistency_checks') }} as checks
    inner join figures on checks.figure_id = figures.figure_id
    where checks.verdict = 'inconsistent'

)

select
    ledger.report_id,
    ledger.source_line,
    ledger.printed,
    ledger.family
from ledger
inner join reports on ledger.report_id = reports.report_id
left join contradictions
    on
        ledger.report_id = contradictions.report_id
        and ledger.source_line = contradictions.source_line
        and ledger.char_start = contradictions.char_start
        and ledger.printed = contradictions.printed
        and ledger.family = contradictions.family
where contradictions.report_id is null
