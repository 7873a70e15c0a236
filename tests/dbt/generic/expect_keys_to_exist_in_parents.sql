{#
    Every key that is not null exists in its parent: one relationships test for all the keys of a
    table, in one query.

    keys: a list of {column, to, field}; `field` is the parent's key, needed only where it has another
        name than the column.
    Fails with the orphaned keys.
#}
{% test expect_keys_to_exist_in_parents(model, keys) %}
    {% for key in keys %}
        select
            '{{ key.column }}' as column_name,
            cast(child.{{ key.column }} as varchar) as orphan,
            count(*) as row_count
        from {{ model }} as child
        left join {{ key.to }} as parent
            on child.{{ key.column }} = parent.{{ key.field or key.column }}
        where
            child.{{ key.column }} is not null
            and parent.{{ key.field or key.column }} is null
        group by child.{{ key.column }}
        {{ "union all" if not loop.last }}
    {% endfor %}
{% endtest %}
