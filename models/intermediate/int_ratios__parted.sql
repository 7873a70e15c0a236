-- The printed parts of each percentage, rate or rank: the first numerator and the first
-- denominator that the report gives it, in reading order.
with figures as (

    select * from {{ ref('int_figures__conformed') }}

),

parts as (

    select
        relates_to_figure_id as figure_id,
        figure_id as part_figure_id,
        relation,
        value,
        row_number() over (
            partition by relates_to_figure_id, relation
            order by reading_order
        ) as mention
    from figures
    where
        relation in ('numerator_of', 'denominator_of')
        and relates_to_figure_id is not null
        and value is not null

)

select
    figure_id,
    max(case when relation = 'numerator_of' then value end) as numerator,
    max(case when relation = 'denominator_of' then value end) as denominator,
    max(case when relation = 'numerator_of' then part_figure_id end) as numerator_figure_id,
    max(case when relation = 'denominator_of' then part_figure_id end) as denominator_figure_id
from parts
where mention = 1
group by figure_id
