-- Only additive counts that nothing disputes are worked out from others; what is worked out stands
-- only where no report prints a value, and never below zero.
with timeline as (

    select * from {{ ref('indicator_timeline') }}

),

indicators as (

    select * from {{ ref('dim_indicators') }}

),

disputed as (

    select * from {{ ref('int_figures__disputed') }}

)

select timeline.timeline_id
from timeline
inner join indicators
    on timeline.indicator_id = indicators.indicator_id
where
    timeline.origin in ('derived_from_ytd', 'implied_by_change')
    and (
        timeline.unit <> 'count'
        or indicators.additivity <> 'additive'
        or timeline.value < 0
        or timeline.is_disputed
        or timeline.figure_id in (select figure_id from disputed)
        or timeline.base_figure_id in (select figure_id from disputed)
    )
