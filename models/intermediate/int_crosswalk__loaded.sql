-- The judgements about rows that are loaded and may be published; the crosswalk may know more.
with judgements as (

    select * from {{ ref('stg_reference__crosswalk') }}

),

published_rows as (

    select * from {{ ref('int_rows__published') }}

)

select
    published_rows.report_indicator_id as row_report_indicator_id,
    case
        when judgements.series_id is null then published_rows.report_indicator_id
        else published_rows.report_indicator_id || '/' || judgements.series_id
    end as report_indicator_id,
    published_rows.report_id,
    judgements.series_id,
    judgements.indicator_id,
    judgements.match_type,
    judgements.match_type in ('exact_match', 'close_match') as is_same_indicator,
    judgements.reason,
    judgements.reviewed_on
from judgements
inner join published_rows
    on
        judgements.report_id = published_rows.report_id
        and judgements.row_key = published_rows.row_key
