-- The organisation behind each owner as published: the longest known label that stands, whole, in
-- its words (the label first in the alphabet where two are as long), else a slug of the words.
with published_rows as (

    select * from {{ ref('int_rows__published') }}

),

labels as (

    select * from {{ ref('stg_reference__organisation_labels') }}

),

organisations as (

    select * from {{ ref('stg_reference__organisations') }}

),

owners as (

    select distinct
        owner_published,
        {{ without_names('owner_published') }} as owner_words,
        {{ slug(without_names('owner_published')) }} as owner_slug
    from published_rows
    where {{ slug(without_names('owner_published')) }} is not null

),

label_slugs as (

    select
        organisation_id,
        {{ slug('label') }} as label_slug
    from labels
    where {{ slug('label') }} is not null

),

ranked as (

    select
        owners.owner_published,
        label_slugs.organisation_id,
        row_number() over (
            partition by owners.owner_published
            order by length(label_slugs.label_slug) desc, label_slugs.label_slug
        ) as preference
    from owners
    inner join label_slugs
        on {{ has_words('owners.owner_slug', 'label_slugs.label_slug') }}

)

select
    owners.owner_published,
    coalesce(ranked.organisation_id, owners.owner_slug) as organisation_id,
    coalesce(organisations.organisation_name, owners.owner_words) as organisation_name
from owners
left join ranked
    on
        owners.owner_published = ranked.owner_published
        and ranked.preference = 1
left join organisations
    on ranked.organisation_id = organisations.organisation_id
