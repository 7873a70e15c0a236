-- One figure the audit may look at: its meaning, its interval and where in its year it stands.
{{ config(materialized="table") }}

with

figures as (

    select * from {{ ref('int_figures__conformed') }}
    where role <> 'context' and value is not null

),

report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

indicators as (

    select * from {{ ref('stg_reference__indicators') }}

),

placed as (

    select
        figures.*,
        figures.row_report_indicator_id as row_id,
        report_indicators.desired_direction,
        coalesce(indicators.additivity, 'additive') = 'additive' as is_additive,
        {{ financial_year_start('figures.period_end') }} as first_year,
        {{ financial_quarter('figures.period_end') }} as quarter_number,
        coalesce(figures.printed_decimals, 0) as decimals,
        figures.unit = 'count'
        and figures.basis <> 'multi_year_average'
        and figures.role <> 'projection' as is_exact
    from figures
    left join report_indicators
        on figures.report_indicator_id = report_indicators.report_indicator_id
    left join indicators
        on figures.indicator_id = indicators.indicator_id

)

select
    figure_id,
    report_id,
    row_id,
    report_indicator_id,
    indicator_id,
    area_id,
    cell_id,
    is_additive,
    source_line,
    char_start,
    source_cell,
    printed,
    statement,
    role,
    series,
    series_id,
    unit,
    basis,
    period_start,
    period_end,
    first_year,
    quarter_number,
    case
        when basis = 'quarter' then 1
        when basis in ('ytd', 'year') then quarter_number
    end as quarters_covered,
    value,
    decimals,
    is_exact,
    comparator,
    certainty,
    note,
    desired_direction,
    relates_to_figure_id,
    relation,
    direction_word,
    {{ interval_columns('value', 'decimals', 'is_exact', 'x') }}
from placed
