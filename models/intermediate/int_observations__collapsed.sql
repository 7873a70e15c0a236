-- One row for each value that a report gives for one area, indicator row, series, unit, basis and
-- period, however often it says so. It is an observation when any mention is one.
with mentions as (

    select * from {{ ref('int_observations__mentioned') }}

),

ratios as (

    select * from {{ ref('int_ratios__parted') }}

),

indicators as (

    select * from {{ ref('stg_reference__indicators') }}

),

ranked as (

    select
        mentions.*,
        ratios.numerator,
        ratios.denominator,
        ratios.numerator_figure_id,
        ratios.denominator_figure_id,
        row_number() over (
            partition by mentions.first_figure_id
            order by
                case when ratios.figure_id is null then 2 else 1 end,
                mentions.reading_order
        ) as with_parts_first,
        count(*) over (partition by mentions.first_figure_id) as mention_count,
        max(case when mentions.role = 'observation' then 1 else 0 end)
            over (partition by mentions.first_figure_id) as is_observation,
        max(
            case
                when {{ says_provisional('mentions.statement', 'mentions.note') }} then 1 else 0
            end
        )
            over (partition by mentions.first_figure_id) as is_provisional
    from mentions
    left join ratios
        on mentions.figure_id = ratios.figure_id

),

parts as (

    select * from ranked
    where with_parts_first = 1

),

first_mentions as (

    select * from ranked
    where figure_id = first_figure_id

)

select
    first_mentions.figure_id,
    first_mentions.report_id,
    first_mentions.report_indicator_id,
    first_mentions.row_report_indicator_id,
    first_mentions.indicator_id,
    first_mentions.area_id,
    first_mentions.period_id,
    first_mentions.series_id,
    first_mentions.line_series_id,
    case when first_mentions.is_observation = 1 then 'observation' else 'comparative' end as role,
    first_mentions.unit,
    first_mentions.basis,
    first_mentions.period_start,
    first_mentions.period_end,
    first_mentions.value,
    first_mentions.printed_decimals,
    parts.numerator,
    parts.denominator,
    parts.numerator_figure_id,
    parts.denominator_figure_id,
    case when first_mentions.is_observation = 0 then first_mentions.comparator end as comparator,
    case when first_mentions.is_provisional = 1 then 'P' else 'A' end as obs_status,
    coalesce(
        first_mentions.unit = 'count'
        and first_mentions.basis = 'quarter'
        and indicators.additivity = 'additive',
        false
    ) as is_additive,
    first_mentions.mention_count,
    first_mentions.source_line,
    first_mentions.source_cell,
    first_mentions.certainty,
    first_mentions.note,
    first_mentions.reading_order
from first_mentions
inner join parts
    on first_mentions.first_figure_id = parts.first_figure_id
left join indicators
    on first_mentions.indicator_id = indicators.indicator_id
