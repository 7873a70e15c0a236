"""Which columns of the marts hold codes, and what each code means, for descriptions of the data.

The codes themselves are those of ``macros/vocabulary.sql``, which the models are tested with; their
words are those of the site. Tests hold the two together, and each coded column to its vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline import words
from pipeline.export import Column, Table

VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "role": words.ROLES,
    "unit": words.UNITS,
    "basis": words.BASES,
    "comparator": words.COMPARATORS,
    "certainty": words.CERTAINTIES,
    "relation": words.RELATIONS,
    "operator": words.OPERATORS,
    "status": {code: label for code, (label, _) in words.STATUSES.items()},
    "desired_direction": words.DIRECTIONS,
    "polarity": words.POLARITIES,
    "obs_status": words.OBS_STATUSES,
    "match_type": {code: f"{label}: {text}" for code, (label, text) in words.MATCHES.items()},
    "gap_reason": words.GAPS,
    "outcome": words.OUTCOMES,
    "additivity": words.ADDITIVITIES,
    "origin": words.ORIGINS,
    "quote_status": words.QUOTING,
    "direction_of_travel": {code: label for code, (label, _) in words.TRAVEL.items()},
    "assessment": words.ASSESSMENTS,
    "assessed_against": words.ASSESSED_AGAINST,
    "period_type": words.PERIOD_TYPES,
    "family": words.FAMILIES,
    "verdict": {code: f"{item.label}: {item.meaning}" for code, item in words.VERDICTS.items()},
    "reading": words.READINGS,
    "likely_cause": words.CAUSES,
    "check_certainty": words.CHECK_CERTAINTIES,
    "part": words.PARTS,
}
# Columns that are not called what their vocabulary is.
NAMED_OTHERWISE = {
    ("fct_data_gaps", "reason"): "gap_reason",
    ("dim_indicators", "usual_unit"): "unit",
    ("indicator_performance", "target_operator"): "operator",
    ("bridge_report_indicators", "owner_certainty"): "certainty",
}


def codes_of(table: str, column: str) -> Mapping[str, str]:
    """Give the codes of a column with what they mean, in their usual order; none if it has none."""
    return VOCABULARIES.get(NAMED_OTHERWISE.get((table, column), column), {})


def unit_of(table: Table, column: Column) -> str | None:
    """Say in what a measure is given; None for what is no measure (keys, lines, years)."""
    if column.name.endswith("_percent") or column.name == "power":
        return "per cent"
    if column.name in ("numerator", "denominator", "vintages") or column.name.endswith("_count"):
        return "count"
    if column.name == "months":
        return "months"
    if not column.type.startswith("DECIMAL"):
        return None
    if any(other.name == "unit" for other in table.columns):
        return "what the column unit says"
    return "what the column unit of fct_figures says for its figure_id"
