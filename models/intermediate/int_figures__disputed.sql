-- The figures that a check found not to add up. A wrong sign, a wrong window in the words or a
-- colour that disagrees says nothing against the number itself.
with verdicts as (

    select * from {{ ref('int_checks__verdicts') }}

)

select distinct claim_figure_id as figure_id
from verdicts
where
    verdict = 'inconsistent'
    and family not in ('sign', 'status_contradiction')
    and not (family = 'period_label' and check_certainty = 'definite')
