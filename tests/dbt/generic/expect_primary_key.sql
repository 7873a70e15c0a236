{#
    Every row has the key, and no two rows share it. `grain` names the columns that say what a row
    is, where the key is made up: no two rows may share those either (nulls count as one value).

    columns: the columns of the primary key.
    grain: the columns of the natural key, if it is another.
    Fails with the keys that are null or doubled.
#}
{% test expect_primary_key(model, columns, grain=none) %}
    select
        'key' as what,
        concat_ws('|', {{ columns | join(", ") }}) as key,
        count(*) as row_count
    from {{ model }}
    group by {{ columns | join(", ") }}
    having
        count(*) > 1
        or {% for column in columns -%}
            {{ column }} is null{{ " or " if not loop.last }}
        {%- endfor %}
    {% if grain %}
        union all
        select
            'grain' as what,
            concat_ws('|', {{ grain | join(", ") }}) as key,
            count(*) as row_count
        from {{ model }}
        group by {{ grain | join(", ") }}
        having count(*) > 1
    {% endif %}
{% endtest %}
