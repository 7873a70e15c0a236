{#
    Of the rows that meet a condition, no two share the columns (nulls count as one value).

    columns: the columns.
    condition: SQL over the columns of the table.
    Fails with what is shared, and how often.
#}
{% test expect_at_most_one_row(model, columns, condition="true") %}
    select
        {{ columns | join(", ") }},
        count(*) as row_count
    from {{ model }}
    where {{ condition }}
    group by {{ columns | join(", ") }}
    having count(*) > 1
{% endtest %}
