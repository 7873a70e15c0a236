-- What a figure prints is exactly what stands between its offsets in the source line.
-- It hangs on a leaf, so that a failure stops publication and not the models that would show it.
-- depends_on: {{ ref('fct_figures') }}
with segments as (

    select * from {{ ref('stg_landed__segments') }}

),

figures as (

    select * from {{ ref('stg_landed__figures') }}

)

select
    figures.figure_id,
    figures.printed,
    figures.char_start,
    figures.char_end,
    segments.text
from figures
left join segments
    on
        figures.report_id = segments.report_id
        and figures.source_line = segments.source_line
        and figures.char_start >= segments.char_start
        and figures.char_end <= segments.char_end
where
    figures.printed is distinct from substr(
        segments.text,
        figures.char_start - segments.char_start + 1,
        figures.char_end - figures.char_start
    )
