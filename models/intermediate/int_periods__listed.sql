-- Every period that a published fact is about, and besides all quarters, years to date and whole
-- years of the reports' own financial years. The same dates are one period, whatever the basis.
with figures as (

    select * from {{ ref('int_figures__conformed') }}

),

cells as (

    select * from {{ ref('int_cells__published') }}

),

statuses as (

    select * from {{ ref('int_statuses__normalised') }}

),

outcomes as (

    select * from {{ ref('int_outcomes__keyed') }}

),

gaps as (

    select * from {{ ref('int_gaps__keyed') }}

),

implied as (

    select * from {{ ref('int_values__implied_by_change') }}

),

derived as (

    select * from {{ ref('int_values__derived_from_ytd') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

),

quarters as (

    {{ numbers(1, 4) }}

),

used as (

    select
        period_start,
        period_end,
        basis
    from figures
    union all
    select
        period_start,
        period_end,
        basis
    from cells
    union all
    select
        period_start,
        period_end,
        basis
    from statuses
    union all
    select
        period_start,
        period_end,
        basis
    from outcomes
    union all
    select
        period_start,
        period_end,
        basis
    from gaps
    union all
    select
        period_start,
        period_end,
        basis
    from implied
    union all
    select
        period_start,
        period_end,
        basis
    from derived
    union all
    select
        {{ quarter_start('reports.first_year', 'quarters.number') }} as period_start,
        {{ quarter_end('reports.first_year', 'quarters.number') }} as period_end,
        'quarter' as basis
    from reports
    cross join quarters
    union all
    select
        {{ quarter_start('reports.first_year', 1) }} as period_start,
        {{ quarter_end('reports.first_year', 'quarters.number') }} as period_end,
        case when quarters.number = 4 then 'year' else 'ytd' end as basis
    from reports
    cross join quarters

),

distinct_periods as (

    select
        period_start,
        period_end,
        min(case when basis = 'point' then 1 else 0 end) = 1 as is_point_only
    from used
    where
        period_start is not null
        and period_end is not null
    group by period_start, period_end

)

select
    {{ period_id('period_start', 'period_end') }} as period_id,
    period_start,
    period_end,
    is_point_only
from distinct_periods

union all

select
    'unknown' as period_id,
    cast(null as date) as period_start,
    cast(null as date) as period_end,
    false as is_point_only
