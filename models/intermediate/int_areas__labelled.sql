-- Every name an area is known by, one a row, as it is looked up. A name that two areas share
-- belongs to the first of them by id.
with areas as (

    select * from {{ ref('stg_reference__areas') }}
    where area_type not in ('ward', 'neighbourhood', 'street')

),

names as (

    select
        area_id,
        area_name as printed_name
    from areas

    union all

    {{ split_rows('areas', 'area_id', 'area_names_also', 'printed_name') }}

)

select
    {{ label_key('printed_name') }} as label,
    min(area_id) as area_id
from names
where {{ label_key('printed_name') }} is not null
group by {{ label_key('printed_name') }}
