with statuses as (

    select * from {{ ref('int_statuses__normalised') }}

)

select
    status_id,
    report_id,
    report_indicator_id,
    indicator_id,
    area_id,
    period_id,
    cell_id,
    basis,
    period_start,
    period_end,
    status_printed,
    status,
    direction_of_travel_printed,
    direction_of_travel,
    certainty,
    note,
    source_line,
    source_cell
from statuses
