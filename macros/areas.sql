{# The area that stands for the places a report compares its own area with. #}
{% macro peer_group_area_id(area_id) -%} {{ area_id }} || '_peer_group' {%- endmacro %}
