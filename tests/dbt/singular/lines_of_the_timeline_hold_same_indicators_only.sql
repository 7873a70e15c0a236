-- A value is on an indicator's line only by an exact or close match of its row or its series:
-- broad, narrow and related matches are never joined.
with timeline as (

    select * from {{ ref('indicator_timeline') }}

),

matches as (

    select * from {{ ref('bridge_indicator_matches') }}
    where match_type in ('exact_match', 'close_match')

)

select
    timeline.timeline_id,
    timeline.report_indicator_id
from timeline
left join matches
    on
        timeline.report_indicator_id = matches.report_indicator_id
        and timeline.indicator_id = matches.indicator_id
where matches.match_id is null
