-- `cell_char_start` finds the number in the published text of its cell, masks and all.
with figures as (

    select * from {{ ref('fct_figures') }}

),

cells as (

    select * from {{ ref('fct_cells') }}

)

select
    figures.figure_id,
    figures.printed,
    figures.cell_char_start,
    cells.text
from figures
inner join cells
    on figures.cell_id = cells.cell_id
where
    figures.printed
    is distinct from substr(cells.text, figures.cell_char_start + 1, length(figures.printed))
