{#
    Every code that is not null is in its vocabulary (`macros/vocabulary.sql`).

    columns: for each column, the name of its vocabulary.
    Fails with the codes that no vocabulary knows.
#}
{% test expect_codes_from_vocabularies(model, columns) %}
    {% for column, name in columns.items() %}
        select
            '{{ column }}' as column_name,
            {{ column }} as code,
            count(*) as row_count
        from {{ model }}
        where {{ column }} not in ({{ vocabulary_list(name) }})
        group by {{ column }}
        {{ "union all" if not loop.last }}
    {% endfor %}
{% endtest %}
