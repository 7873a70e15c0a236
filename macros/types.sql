{# Casts from the text of the seeds, named by what they give. Numbers are decimal(18,4) throughout:
   a bare `decimal` would be decimal(18,3), `/` gives a double and sum() of integers a hugeint. #}

{% macro to_integer(expression) -%} cast({{ expression }} as integer) {%- endmacro %}

{% macro to_date(expression) -%} cast({{ expression }} as date) {%- endmacro %}

{% macro to_boolean(expression) -%}
    coalesce(cast({{ expression }} as boolean), false)
{%- endmacro %}

{# Null when the text is no number or does not fit; the figure then says so in its note. #}
{% macro to_decimal(expression) -%} try_cast({{ expression }} as decimal(18, 4)) {%- endmacro %}

{# A result of arithmetic, brought back to the type every measure has. #}
{% macro as_measure(expression) -%} cast({{ expression }} as decimal(18, 4)) {%- endmacro %}

{# A count of rows as an integer: count() gives a bigint and sum() a hugeint. #}
{% macro as_count(expression) -%} cast({{ expression }} as integer) {%- endmacro %}
