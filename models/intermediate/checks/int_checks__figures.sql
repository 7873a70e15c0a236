-- One figure the audit may look at: its meaning, its interval and where in its year it stands.

with

figures as (

    select * from {{ ref('int_figures__conformed') }}
    where
        role <> 'context'
        and value is not null
        and abs(value) < {{ largest_checked() }}

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
        -- "40 calls, of which 12 at night": a part that has no label is not the whole. A row that
        -- is a part of another row is whole in itself.
        case
            when
                figures.relation = 'part_of'
                and figures.series_id = 'total'
                and figures.cell_id = wholes.cell_id
                then 'part'
            else figures.series_id
        end as series_meant,
        figures.row_report_indicator_id as row_id,
        report_indicators.desired_direction,
        report_indicators.measure_published as measure,
        -- Curated where the indicator is known, else by whether the words count people.
        case indicators.additivity
            when 'additive' then true
            when 'non_additive' then false
            else
                not {{ counts_people(
                    "coalesce(report_indicators.measure_published, '') || ' '"
                    ~ " || coalesce(figures.series, '') || ' ' || figures.statement"
                ) }}
        end as is_additive,
        {{ financial_year_start('figures.period_end') }} as first_year,
        {{ financial_quarter('figures.period_end') }} as quarter_number,
        coalesce(figures.printed_decimals, 0) as decimals,
        {{ is_approximate('figures.statement', 'figures.printed') }} as is_approximate,
        coalesce(
            (
                figures.unit = 'count'
                or (figures.role = 'component' and figures.unit in ({{ rate_units() }}))
            )
            and figures.basis <> 'multi_year_average'
            and figures.role <> 'projection'
            and coalesce(figures.printed_decimals, 0) = 0,
            false
        ) as is_exact
    from figures
    left join figures as wholes
        on figures.relates_to_figure_id = wholes.figure_id
    left join report_indicators
        on figures.report_indicator_id = report_indicators.report_indicator_id
    left join indicators
        on figures.indicator_id = indicators.indicator_id

),

-- Two different numbers for one thing in one cell: they are two things, and nobody says which.
several as (

    select
        cell_id,
        role,
        series_meant,
        unit,
        basis,
        period_start,
        period_end
    from placed
    where
        role in ('observation', 'comparative', 'baseline')
        and relation is null
        and certainty <> 'ambiguous'
    group by cell_id, role, series_meant, unit, basis, period_start, period_end
    having count(distinct value) > 1

)

select
    placed.figure_id,
    placed.report_id,
    placed.row_id,
    placed.report_indicator_id,
    placed.indicator_id,
    placed.area_id,
    placed.cell_id,
    placed.measure,
    placed.is_additive,
    placed.is_approximate,
    placed.source_line,
    placed.char_start,
    {{ reading_place('placed') }} as reading_place,
    placed.source_cell,
    placed.printed,
    placed.statement,
    placed.role,
    placed.series,
    placed.series_meant as series_id,
    -- An average of yearly counts is set against counts.
    case
        when placed.unit = 'average' and placed.basis = 'multi_year_average'
            then 'count'
        else placed.unit
    end as unit,
    placed.basis,
    placed.period_start,
    placed.period_end,
    placed.first_year,
    placed.quarter_number,
    case
        when placed.basis = 'quarter' then 1
        when placed.basis in ('ytd', 'year') then placed.quarter_number
    end as quarters_covered,
    -- As wide as the intervals: products of landed numbers do not fit into their own type.
    {{ exact_decimal('placed.value') }} as value,
    placed.decimals,
    placed.is_exact,
    several.cell_id is not null as is_one_of_several,
    {{ is_prose('placed.source_cell') }} as is_in_prose,
    placed.comparator,
    placed.certainty,
    placed.note,
    placed.desired_direction,
    placed.relates_to_figure_id,
    placed.relation,
    placed.direction_word,
    placed.operator,
    {{ interval_columns('placed.value', 'placed.decimals', 'placed.is_exact', 'x') }},
    {{ wide_columns('placed.value', 'placed.decimals', 'placed.is_exact', 'w') }}
from placed
left join several
    on
        placed.cell_id = several.cell_id
        and placed.role = several.role
        and placed.series_meant = several.series_meant
        and placed.unit = several.unit
        and placed.basis = several.basis
        and placed.period_start is not distinct from several.period_start
        and placed.period_end is not distinct from several.period_end
        and placed.relation is null
