{{ config(severity="warn") }}

-- Rows that nobody has mapped yet. They load and are published, but stand on no line; `proposals`
-- names the indicators their words come nearest to.
select
    report_indicator_id,
    ref,
    measure,
    proposals
from {{ ref('int_rows__unmapped') }}
