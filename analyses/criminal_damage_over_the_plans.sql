-- How has criminal damage moved across three plans, year by year, and what may be quoted?
select
    area_name,
    period_label,
    value,
    origin,
    vintages,
    quote_status,
    caveat,
    citation
from {{ ref('indicator_timeline') }}
where
    indicator_id = 'criminal_damage_offences'
    and basis = 'year'
    and series_id = 'total'
order by area_name, period_sort_key
