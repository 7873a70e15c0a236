-- Rows that the crosswalk says nothing about yet, with the indicators their words come nearest to.
with report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

judgements as (

    select * from {{ ref('int_crosswalk__loaded') }}

),

proposals as (

    select * from {{ ref('stg_landed__match_proposals') }}

),

nearest as (

    select
        report_indicator_id,
        {{
            joined(
                "indicator_id || ' (' || cast(round(score, 0) as integer) || ')'", 'rank', ', '
            )
        }} as proposals
    from proposals
    group by report_indicator_id

)

select
    report_indicators.report_indicator_id,
    report_indicators.report_id,
    report_indicators.ref,
    report_indicators.measure_published as measure,
    nearest.proposals
from report_indicators
left join nearest
    on report_indicators.report_indicator_id = nearest.report_indicator_id
where
    report_indicators.parent_report_indicator_id is null
    and report_indicators.report_indicator_id not in (
        select row_report_indicator_id from judgements
    )
