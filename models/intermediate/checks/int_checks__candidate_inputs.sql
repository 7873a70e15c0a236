-- One figure used by one candidate reading of one claim, all families of arithmetic together.

with

inputs as (

    {% for family in [
        "ratio", "percent_change", "difference", "ytd_sum", "component_sum", "target_formula",
        "projection", "baseline_mismatch", "restated",
    ] %}
    select * from {{ ref("int_checks__" ~ family) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    claim_figure_id || '|' || family || '|' || reading || '|' || base_key as candidate_id,
    claim_figure_id,
    family,
    base_key,
    reading,
    reading_rank,
    is_unspoken,
    is_binding,
    figure_id,
    part,
    times,
    claim_shift,
    claim_times
from inputs
