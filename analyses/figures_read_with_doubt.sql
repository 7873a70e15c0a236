-- Which numbers can be read in two ways? These are the ones to look at by eye.
select
    report_id,
    source_line,
    source_cell,
    printed,
    role,
    unit,
    basis,
    value,
    note,
    statement
from {{ ref('fct_figures') }}
where certainty = 'ambiguous'
order by report_id, source_line, char_start
