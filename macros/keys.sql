{# The key of a timeline value: what it is about, from the widest to the narrowest. #}
{% macro timeline_id() -%}
    area_id
    || '|'
    || indicator_id
    || '|'
    || series_id
    || '|'
    || unit
    || '|'
    || basis
    || '|'
    || period_id
{%- endmacro %}
