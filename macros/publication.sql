{#
    Whether a row may be published: rows under a protective marking may not, unless the build is
    asked for them with --vars 'include_restricted: true'.
#}
{% macro may_be_published(is_restricted) -%}
    {%- if var("include_restricted", false) -%} true {%- else -%} not {{ is_restricted }} {%- endif -%}
{%- endmacro %}
