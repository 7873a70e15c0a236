{#
    Schemas are named plainly: a model configured for `marts` is built in `marts`, not in
    `main_marts`, whoever builds it.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
