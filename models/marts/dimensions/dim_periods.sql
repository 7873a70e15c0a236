with periods as (

    select * from {{ ref('int_periods__listed') }}

)

select
    period_id,
    period_start,
    period_end,
    {{ period_type('period_start', 'period_end') }} as period_type,
    {{ period_label('period_start', 'period_end', 'is_point_only') }} as period_label,
    {{ period_sort_key('period_start', 'period_end') }} as period_sort_key,
    coalesce(substr(cast(period_end as varchar), 1, 7) || ' ', '')
    || {{ period_label('period_start', 'period_end', 'is_point_only') }} as period_sort_label,
    {{ months_in('period_start', 'period_end') }} as months,
    {{ financial_year_label(financial_year_start('period_end')) }} as financial_year,
    {{ financial_year_start('period_end') }} + 1 as financial_year_end,
    case
        when period_end is not null then {{ financial_quarter('period_end') }}
    end as financial_quarter
from periods
