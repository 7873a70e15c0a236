{#
    The closed vocabularies of the data contract, each in the order in which people meet it. Tests
    (`expect_codes_from_vocabularies`) and models take the codes from here and nowhere else.

    Returns the list of codes of one vocabulary; an unknown name is an error.
#}
{% macro vocabulary(name) %}
    {% set vocabularies = {
        "role": [
            "observation", "baseline", "target", "comparative", "change", "projection",
            "component", "context",
        ],
        "unit": [
            "count", "percent", "rate_per_1000", "rate_per_10000", "rate_per_100000", "rank",
            "average", "days", "hours", "minutes", "seconds", "score", "currency",
            "percent_change", "percentage_points",
        ],
        "basis": [
            "month", "quarter", "ytd", "year", "rolling_12m", "multi_year_average", "point",
            "cohort", "unknown",
        ],
        "comparator": [
            "baseline", "same_period_last_year", "previous_quarter", "previous_year",
            "previous_rolling_window", "target", "peer_group", "multi_year_average", "unknown",
        ],
        "certainty": ["stated", "inferred", "ambiguous"],
        "relation": [
            "change_of", "prior_of", "numerator_of", "denominator_of", "part_of", "percent_of",
        ],
        "operator": ["<=", ">=", "="],
        "status": ["green", "amber", "red", "no_data", "unclear"],
        "desired_direction": ["decrease", "increase", "maintain", "monitor"],
        "polarity": ["lower_is_better", "higher_is_better"],
        "obs_status": ["A", "B", "D", "F", "L", "M", "O", "P", "U"],
        "match_type": [
            "exact_match", "close_match", "broad_match", "narrow_match", "related_match",
        ],
        "gap_reason": [
            "not_yet_available", "awaited", "not_provided", "collection_disrupted",
            "no_longer_collected", "baseline_to_be_set", "method_to_be_agreed",
            "target_to_be_set", "survey_not_run", "on_hold", "not_applicable",
        ],
        "outcome": ["achieved", "not_achieved", "on_track", "off_track"],
        "additivity": ["additive", "non_additive"],
        "origin": [
            "stated", "baseline", "comparative", "derived_from_ytd", "implied_by_change",
        ],
        "quote_status": ["quotable", "with_caveat", "do_not_quote"],
        "direction_of_travel": ["up", "level", "down"],
        "assessment": ["favourable", "no_change", "adverse"],
        "period_type": [
            "month", "quarter", "year_to_date", "financial_year", "twelve_months", "several_years",
            "other", "unknown",
        ],
        "family": [
            "ratio", "percent_change", "difference", "ytd_sum", "component_sum", "sign",
            "target_formula", "projection", "baseline_mismatch", "restated", "period_label",
            "status_contradiction",
        ],
        "verdict": [
            "exact", "within_rounding", "truncated", "consistent_if", "needs_unprinted_base",
            "inconsistent", "untestable",
        ],
        "reading": [
            "as_printed", "whole_baseline", "pro_rata_baseline", "same_period_last_year",
            "previous_quarter", "previous_year", "previous_rolling_window", "target",
            "annualised", "percentage_points", "implied_prior", "sum_of_quarters",
            "sum_of_parts", "implied_population",
        ],
        "likely_cause": [
            "arithmetic", "wrong_base", "current_value_as_base", "annualised_against_not",
            "truncated", "sign_dropped", "sign_wrong", "digits_transposed", "digit_wrong",
            "pasted_from_other_quarter", "points_for_percent", "count_for_percent",
            "unprinted_base", "wrong_period_label", "revision", "transcription", "unknown",
        ],
        "check_certainty": ["definite", "probable"],
        "part": [
            "claim", "numerator", "denominator", "percentage", "addend", "subtrahend", "compared",
        ],
        "assessed_against": [
            "target", "baseline", "stated_change_from_baseline", "direction_of_travel",
        ],
    } %}
    {% if name not in vocabularies %}
        {% do exceptions.raise_compiler_error("there is no vocabulary named " ~ name) %}
    {% endif %}
    {{ return(vocabularies[name]) }}
{% endmacro %}


{# The codes of a vocabulary as a list of SQL texts, for `in (...)`. #}
{% macro vocabulary_list(name) -%}
    '{{ vocabulary(name) | join("', '") }}'
{%- endmacro %}


{# Where a code stands in its vocabulary, counted from 1; null for a code that is not in it. #}
{% macro vocabulary_rank(name, expression) -%}
    case {{ expression }}
        {%- for code in vocabulary(name) %}
            when '{{ code }}' then {{ loop.index }}
        {%- endfor %}
    end
{%- endmacro %}
