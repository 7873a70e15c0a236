-- Every run of digits of every line that landed is in exactly one figure, restricted rows included:
-- no digit is left out, none is read twice, and no run is cut in two.
-- It hangs on a leaf, so that a failure stops publication and not the models that would show it.
-- depends_on: {{ ref('fct_figures') }}
with segments as (

    select * from {{ ref('stg_landed__segments') }}

),

figures as (

    select * from {{ ref('stg_landed__figures') }}

),

digits as (

    {{ digits_of('segments', ['report_id', 'source_line'], 'text', 'char_start') }}

),

read_as as (

    select
        digits.report_id,
        digits.source_line,
        digits.position,
        count(figures.figure_id) as figure_count,
        min(figures.figure_id) as figure_id
    from digits
    left join figures
        on
            digits.report_id = figures.report_id
            and digits.source_line = figures.source_line
            and digits.position >= figures.char_start
            and digits.position < figures.char_end
    group by digits.report_id, digits.source_line, digits.position

),

neighbours as (

    select
        read_as.*,
        lag(read_as.figure_id) over left_to_right as figure_before,
        lag(read_as.position) over left_to_right as position_before
    from read_as
    window left_to_right as (
        partition by read_as.report_id, read_as.source_line
        order by read_as.position
    )

)

select
    report_id,
    source_line,
    position,
    figure_count,
    figure_id,
    figure_before
from neighbours
where
    figure_count <> 1
    or (position = position_before + 1 and figure_id <> figure_before)
