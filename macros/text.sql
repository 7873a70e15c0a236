{#
    The id that words make: lower case, accents dropped, everything else than a letter or a digit
    turned into one "_". "Stockton-on-Tees" becomes stockton_on_tees; null and "" become null.
#}
{% macro slug(expression) -%}
    nullif(
        trim(regexp_replace(lower(strip_accents({{ expression }})), '[^a-z0-9]+', '_', 'g'), '_'), ''
    )
{%- endmacro %}


{# A label as it is looked up: lower case, single blanks, none at either end. #}
{% macro label_key(expression) -%}
    nullif(trim(regexp_replace(lower({{ expression }}), '\s+', ' ', 'g')), '')
{%- endmacro %}


{#
    An owner without the people in it: the masks go, and with them the separators and empty
    brackets that they leave. "Police - [name withheld] / [name withheld] (for Stockton)" becomes
    "Police (for Stockton)".
#}
{% macro without_names(expression) -%}
    nullif(
        trim(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        {{ expression }},
                        '\s*([-–—/,&]|\band\b|\bor\b)?\s*\[name withheld\]', ' ', 'g'
                    ),
                    '\(\s*\)', ' ', 'g'
                ),
                '\s+', ' ', 'g'
            ),
            ' -–—/,&'
        ),
        ''
    )
{%- endmacro %}


{# Whether the words of one slug stand, whole and together, in another. #}
{% macro has_words(slug_expression, words_expression) -%}
    strpos('_' || {{ slug_expression }} || '_', '_' || {{ words_expression }} || '_') > 0
{%- endmacro %}


{# The part of a text that a regular expression captures first, or null. #}
{% macro captured(expression, pattern) -%}
    nullif(regexp_extract({{ expression }}, '{{ pattern }}', 1), '')
{%- endmacro %}


{# Whether a regular expression is found in a text, whatever the case of its letters. #}
{% macro matches(expression, pattern) -%}
    regexp_matches({{ expression }}, '{{ pattern }}', 'i')
{%- endmacro %}


{# The texts of a group in one, in the order given, joined by a separator; nulls are left out. #}
{% macro joined(expression, order_by, separator="; ") -%}
    string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}


{#
    One row for every digit of a text: the relation's `key` columns and `position`, counted in code
    points from `start_column`. Digits are 0 to 9.
#}
{% macro digits_of(relation, key, text_column, start_column) -%}
    select
        {{ key | join(", ") }},
        {{ start_column }} + place - 1 as position
    from {{ relation }}, unnest(range(1, length({{ text_column }}) + 1)) as places (place)
    where substr({{ text_column }}, place, 1) between '0' and '9'
{%- endmacro %}


{#
    One row for every part of a text that lists several with ";" between them: the key and the
    part, trimmed, under the name `part_column`.
#}
{% macro split_rows(relation, key_column, text_column, part_column) -%}
    select
        {{ key_column }},
        trim(part) as {{ part_column }}
    from {{ relation }}, unnest(string_split({{ text_column }}, ';')) as parts (part)
{%- endmacro %}


{# Whether a sentence, or the note on its figure, says that the number is not final. #}
{% macro says_provisional(statement, note) -%}
    coalesce(
        regexp_matches(
            coalesce({{ statement }}, '') || ' ' || coalesce({{ note }}, ''),
            '\b(provisional|unvalidated|not yet validated|subject to (change|validation|revision))\b',
            'i'
        ),
        false
    )
{%- endmacro %}
