-- For each claim that does not add up as printed: every figure that went into the check.
select
    claims.report_id,
    claims.source_line,
    claims.printed as claim,
    checks.family,
    inputs.part,
    used.printed as figure_used,
    used.value,
    used.source_line as line_of_figure_used,
    checks.explanation
from {{ ref('fct_consistency_checks') }} as checks
inner join {{ ref('fct_figures') }} as claims
    on checks.figure_id = claims.figure_id
inner join {{ ref('fct_consistency_check_inputs') }} as inputs
    on checks.check_id = inputs.check_id
inner join {{ ref('fct_figures') }} as used
    on inputs.figure_id = used.figure_id
where checks.verdict = 'inconsistent'
order by claims.report_id, claims.source_line, claims.char_start, checks.family, inputs.part
