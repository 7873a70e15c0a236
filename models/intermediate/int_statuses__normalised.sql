-- Printed statuses as codes, by the symbol seed; a symbol it does not know is `unclear`.
with statuses as (

    select * from {{ ref('stg_landed__statuses') }}

),

symbols as (

    select * from {{ ref('stg_reference__status_symbols') }}

),

report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

reports as (

    select * from {{ ref('int_reports__keyed') }}

),

-- Symbols that differ in blanks or capitals only are one: the surest entry of it, whole.
symbols_ranked as (

    select
        {{ label_key('status_printed') }} as status_key,
        status,
        certainty,
        note,
        row_number() over (
            partition by {{ label_key('status_printed') }}
            order by {{ vocabulary_rank('certainty', 'certainty') }}, status_printed
        ) as place
    from symbols

),

symbols_keyed as (

    select * from symbols_ranked
    where place = 1

)

select
    statuses.status_id,
    statuses.report_id,
    report_indicators.report_indicator_id,
    report_indicators.indicator_id,
    reports.area_id,
    {{ period_id('statuses.period_start', 'statuses.period_end') }} as period_id,
    statuses.cell_id,
    statuses.basis,
    statuses.period_start,
    statuses.period_end,
    statuses.status_printed,
    case
        when statuses.status_printed is not null then coalesce(symbols_keyed.status, 'unclear')
    end as status,
    case
        when statuses.status_printed is null then 'stated'
        else coalesce(symbols_keyed.certainty, 'ambiguous')
    end as certainty,
    case
        when statuses.status_printed is null then cast(null as varchar)
        when symbols_keyed.status_key is null then 'No status symbol like this is known.'
        else symbols_keyed.note
    end as note,
    statuses.direction_of_travel_printed,
    {{ direction_of_travel('statuses.direction_of_travel_printed') }} as direction_of_travel,
    statuses.source_line,
    statuses.source_cell
from statuses
inner join report_indicators
    on statuses.report_indicator_id = report_indicators.report_indicator_id
inner join reports
    on statuses.report_id = reports.report_id
left join symbols_keyed
    on {{ label_key('statuses.status_printed') }} = symbols_keyed.status_key
