-- Where does a line break, and what changed?
select
    area_name,
    indicator_name,
    series_name,
    period_label,
    break_reason
from {{ ref('indicator_timeline') }}
where is_series_break
order by area_name, indicator_name, period_sort_key
