{#
    None of the columns is ever null.

    columns: the columns.
    Fails with the columns that are, and how often.
#}
{% test expect_no_nulls(model, columns) %}
    {% for column in columns %}
        select
            '{{ column }}' as column_name,
            count(*) as row_count
        from {{ model }}
        where {{ column }} is null
        having count(*) > 0
        {{ "union all" if not loop.last }}
    {% endfor %}
{% endtest %}
