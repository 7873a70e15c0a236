{#
    Seeds are text: every column is varchar and is cast in staging, where it can be seen. dbt would
    infer types from what the file happens to hold ("2012-13" a text, "1" a number, "1.3~2" a text
    again). The dialect is stated rather than sniffed, and an empty field is null. The table is made
    anew each time, so a seed with a new column needs no --full-refresh.
#}
{% materialization seed, adapter="duckdb" %}
    {%- set target_relation = this.incorporate(type="table") -%}
    {%- set path = adapter.get_seed_file_path(model) | replace("'", "''") -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement("main") -%}
        create or replace table {{ target_relation }} as
        select *
        from read_csv(
            '{{ path }}',
            all_varchar = true,
            header = true,
            skip = 0,
            delim = ',',
            quote = '"',
            escape = '"',
            nullstr = '',
            new_line = '\n'
        )
    {%- endcall %}

    {# dbt asks for the rows as it would have read them, only to show them with --show. #}
    {% do store_result("agate_table", response="OK", agate_table=load_result("main").table) %}

    {% do persist_docs(target_relation, model) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}
