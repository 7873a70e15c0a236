with judgements as (

    select * from {{ ref('int_crosswalk__loaded') }}

)

select
    report_indicator_id || '=' || indicator_id as match_id,
    report_indicator_id,
    report_id,
    indicator_id,
    series_id,
    match_type,
    reason,
    reviewed_on
from judgements
