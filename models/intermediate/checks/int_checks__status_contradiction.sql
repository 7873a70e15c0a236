-- A status or a stated outcome against the changes printed for the same row and period.
--
-- A colour is never recomputed, since tolerances are not printed: it is contradicted only by a
-- change that went the other way against the report's own baseline or target.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

statuses as (

    select * from {{ ref('int_statuses__normalised') }}

),

outcomes as (

    select * from {{ ref('int_outcomes__keyed') }}

),

changes as (

    select
        *,
        case
            when value = 0 then 0
            when desired_direction = 'decrease' and value < 0 then 1
            when desired_direction = 'increase' and value > 0 then 1
            when desired_direction in ('decrease', 'increase') then -1
        end as favour
    from figures
    where role = 'change' and comparator in ('baseline', 'target')

),

-- The last change the cell prints is the one its status is about: the year, not the quarter.
latest as (

    select
        *,
        row_number() over (
            partition by row_id, source_cell, comparator
            order by quarters_covered desc nulls last, source_line desc, char_start desc
        ) as place
    from changes
    where favour <> 0 and series_id = 'total'

),

judgements as (

    select
        report_indicator_id,
        period_end,
        source_line,
        case status when 'green' then 1 when 'red' then -1 end as favour,
        'the status "' || status_printed || '" (' || status || ')' as judgement,
        certainty
    from statuses
    where status in ('green', 'red')
    union all
    select
        report_indicator_id,
        period_end,
        source_line,
        case when outcome in ('achieved', 'on_track') then 1 else -1 end as favour,
        'the statement "' || words || '"' as judgement,
        certainty
    from outcomes

),

compared as (

    select
        latest.figure_id as claim_figure_id,
        latest.printed,
        latest.value,
        judgements.judgement,
        judgements.certainty,
        latest.favour = judgements.favour as agrees,
        -- A change that names no value may be of a part only: "except in one street (+6)".
        coalesce(latest.relation, '') <> 'change_of' as may_be_of_a_part,
        -- A target may be missed although the figure went the right way.
        latest.favour = 1 and judgements.favour = -1 as may_fall_short
    from latest
    inner join judgements
        on
            latest.row_id = judgements.report_indicator_id
            and latest.period_end = judgements.period_end
    where latest.place = 1

),

ranked as (

    select
        *,
        row_number() over (
            partition by claim_figure_id
            order by agrees, {{ vocabulary_rank('certainty', 'certainty') }}, judgement
        ) as place
    from compared

)

select
    claim_figure_id,
    'status_contradiction' as family,
    case
        when agrees then 'exact'
        when may_fall_short or may_be_of_a_part then 'untestable'
        else 'inconsistent'
    end as verdict,
    'as_printed' as reading,
    case
        when not agrees and not may_fall_short and not may_be_of_a_part then 'unknown'
    end as likely_cause,
    case when value < 0 then 'A fall of ' else 'A rise of ' end
    || ltrim(printed, '+-−– ')
    || case
        when agrees then ' agrees with '
        when may_fall_short then ' is the right way but may fall short: '
        when may_be_of_a_part then ' may be of a part only; the whole has '
        else ' is the wrong way for '
    end
    || judgement || '.' as explanation
from ranked
where place = 1
