-- One claim and family with its verdict: arithmetic, signs, labels of time and statuses together.

with

figures as (

    select * from {{ ref('int_figures__conformed') }}

),

arithmetic as (

    select * from {{ ref('int_checks__explained') }}

),

populations as (

    select * from {{ ref('int_checks__implied_population') }}

),

signs as (

    select * from {{ ref('int_checks__sign') }}

),

labels as (

    select * from {{ ref('int_checks__period_label') }}

),

statuses as (

    select * from {{ ref('int_checks__status_contradiction') }}

),

-- A label of time may be wrong in more ways than one: one finding each claim, the proved one first.
first_labels as (

    select
        *,
        row_number() over (
            partition by claim_figure_id order by check_certainty, explanation
        ) as place
    from labels

),

gathered as (

    select
        claim_figure_id,
        family,
        candidate_id,
        verdict,
        reading,
        implied_base,
        implied_from_figure_id,
        expected_low,
        expected_high,
        likely_cause,
        check_certainty,
        turns_direction,
        cast(null as varchar) as other_figure_id,
        explanation
    from arithmetic
    union all by name
    select
        claim_figure_id,
        family,
        verdict,
        reading,
        expected_low,
        expected_high,
        likely_cause,
        check_certainty,
        false as turns_direction,
        explanation
    from populations
    union all by name
    select
        claim_figure_id,
        family,
        verdict,
        reading,
        likely_cause,
        check_certainty,
        false as turns_direction,
        other_figure_id,
        explanation
    from signs
    union all by name
    select
        claim_figure_id,
        family,
        verdict,
        reading,
        likely_cause,
        check_certainty,
        false as turns_direction,
        other_figure_id,
        explanation
    from first_labels
    where place = 1
    union all by name
    select
        claim_figure_id,
        family,
        verdict,
        reading,
        likely_cause,
        'probable' as check_certainty,
        verdict = 'inconsistent' as turns_direction,
        explanation
    from statuses

),

report_indicators as (

    select * from {{ ref('int_report_indicators__combined') }}

),

-- What a value has to reach: the targets of its row, and the baseline that it is to leave behind.
thresholds as (

    select
        figures.row_report_indicator_id,
        figures.series_id,
        case
            when figures.unit = 'average' and figures.basis = 'multi_year_average'
                then 'count'
            else figures.unit
        end as unit,
        figures.period_start,
        figures.period_end,
        figures.value,
        case
            when figures.role = 'target' then figures.operator
            when report_indicators.desired_direction = 'decrease' then '<='
            when report_indicators.desired_direction = 'increase' then '>='
        end as operator
    from figures
    inner join report_indicators
        on figures.row_report_indicator_id = report_indicators.report_indicator_id
    where
        figures.value is not null
        and (
            figures.role = 'target'
            or (figures.role = 'baseline' and figures.certainty <> 'ambiguous')
        )

),

-- A value that meets a target as printed and misses it when put right, or the other way round. A
-- change asked for is set against changes on the baseline, a level against levels of like periods.
turned as (

    select distinct
        gathered.claim_figure_id,
        gathered.family
    from gathered
    inner join figures on gathered.claim_figure_id = figures.figure_id
    inner join thresholds
        on
            figures.row_report_indicator_id = thresholds.row_report_indicator_id
            and figures.series_id = thresholds.series_id
            and figures.unit = thresholds.unit
    where
        gathered.verdict = 'inconsistent'
        and thresholds.operator in ('<=', '>=')
        and case
            when figures.unit = 'percent_change'
                then
                    figures.role in ('change', 'projection')
                    and figures.comparator in ('baseline', 'multi_year_average')
            else
                figures.role in ('observation', 'projection')
                and {{ is_comparable(
                    'figures.unit', 'figures.period_start', 'figures.period_end',
                    'thresholds.period_start', 'thresholds.period_end',
                ) }}
        end
        and (
            (figures.value <= thresholds.value and gathered.expected_low > thresholds.value)
            or (figures.value >= thresholds.value and gathered.expected_high < thresholds.value)
        )

)

select
    gathered.claim_figure_id || '|' || gathered.family as check_id,
    gathered.claim_figure_id,
    gathered.family,
    gathered.candidate_id,
    gathered.verdict,
    gathered.reading,
    gathered.implied_base,
    gathered.implied_from_figure_id,
    gathered.expected_low,
    gathered.expected_high,
    gathered.likely_cause,
    gathered.check_certainty,
    coalesce(gathered.turns_direction, false) or turned.claim_figure_id is not null
        as flips_decision,
    gathered.other_figure_id,
    gathered.explanation,
    figures.report_id,
    figures.cell_id,
    figures.reading_order
from gathered
inner join figures on gathered.claim_figure_id = figures.figure_id
left join turned
    on
        gathered.claim_figure_id = turned.claim_figure_id
        and gathered.family = turned.family
