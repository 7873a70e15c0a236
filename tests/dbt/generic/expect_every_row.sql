{#
    A condition holds for every row; where it is null it does not hold.

    condition: SQL over the columns of the table.
    Fails with the rows for which it does not hold.
#}
{% test expect_every_row(model, condition) %}
    select *
    from {{ model }}
    where not coalesce({{ condition }}, false)
{% endtest %}
