with

reports as (

    select * from {{ ref('dim_reports') }}

),

figures as (

    select
        report_id,
        {{ as_count('count(*)') }} as figure_count
    from {{ ref('fct_figures') }}
    group by report_id

),

checks as (

    select * from {{ ref('int_checks__reviewed') }}

),

-- A claim by its worst verdict: what fails one family fails. What could be tested counts before
-- what could not.
ranked as (

    select
        *,
        row_number() over (
            partition by figure_id
            order by
                verdict = 'inconsistent' desc,
                verdict = 'untestable',
                {{ vocabulary_rank('verdict', 'verdict') }} desc,
                check_id
        ) as place
    from checks

),

claims as (

    select * from ranked
    where place = 1

),

counted as (

    select
        report_id,
        {{ claim_counts() }}
    from claims
    group by report_id

)

select
    reports.report_id,
    reports.area_id,
    coalesce(figures.figure_count, 0) as figure_count,
    {{ claim_columns('counted') }}
from reports
left join figures on reports.report_id = figures.report_id
left join counted on reports.report_id = counted.report_id
