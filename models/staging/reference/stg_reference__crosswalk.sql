with source as (

    select * from {{ ref('crosswalk') }}

)

select
    report_id,
    row_key,
    series_id,
    indicator_id,
    match_type,
    reason,
    {{ to_date('reviewed_on') }} as reviewed_on
from source
