-- Which values do several reports give, and do they agree?
select
    area_name,
    indicator_name,
    series_name,
    period_label,
    basis,
    value,
    vintages,
    is_revised,
    citation
from {{ ref('indicator_timeline') }}
where vintages > 1
order by is_revised desc, area_name, indicator_name, period_sort_key
