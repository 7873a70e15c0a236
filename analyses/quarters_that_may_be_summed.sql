-- Which whole years can be put together from their four quarters, and what do they come to?
select
    timeline.area_name,
    timeline.indicator_name,
    timeline.series_name,
    periods.financial_year,
    sum(timeline.value) as sum_of_quarters,
    max(case when timeline.is_disputed then 1 else 0 end) = 1 as has_disputed_quarter
from {{ ref('indicator_timeline') }} as timeline
inner join {{ ref('dim_periods') }} as periods
    on timeline.period_id = periods.period_id
where timeline.is_additive
group by
    timeline.area_name,
    timeline.indicator_name,
    timeline.series_name,
    periods.financial_year
having count(*) = 4
order by timeline.area_name, timeline.indicator_name, timeline.series_name, periods.financial_year
