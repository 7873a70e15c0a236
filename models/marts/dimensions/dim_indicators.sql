with indicators as (

    select * from {{ ref('stg_reference__indicators') }}

),

judgements as (

    select * from {{ ref('int_crosswalk__loaded') }}

),

crosswalk as (

    select * from {{ ref('stg_reference__crosswalk') }}

),

rows_landed as (

    select * from {{ ref('stg_landed__rows') }}

),

-- An indicator that is only known from rows that may not be published is not published either.
withheld as (

    select crosswalk.indicator_id
    from crosswalk
    inner join rows_landed
        on
            crosswalk.report_id = rows_landed.report_id
            and crosswalk.row_key = rows_landed.row_key
    where crosswalk.indicator_id not in (select indicator_id from judgements)

)

select
    indicator_id,
    indicator_name,
    theme,
    usual_unit,
    definition,
    additivity
from indicators
where indicator_id not in (select indicator_id from withheld)
