with

inputs as (

    select * from {{ ref('int_checks__inputs') }}

),

figures as (

    select * from {{ ref('int_figures__conformed') }}

)

select
    inputs.check_id || '|' || inputs.part || '|' || inputs.figure_id as check_input_id,
    inputs.check_id,
    inputs.figure_id,
    figures.report_id,
    figures.report_indicator_id,
    figures.indicator_id,
    figures.area_id,
    figures.period_id,
    figures.period_start,
    figures.period_end,
    inputs.part,
    cast(inputs.times as integer) as times,
    figures.value
from inputs
inner join figures on inputs.figure_id = figures.figure_id
