"""What every code of the data contract is called on a page, and what it means.

Findings are worded as the officer who wrote the report would accept them: what a sum does, never
who erred. The order of each table is the order in which people meet its entries.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict as people read it.

    ``sign`` stands beside the label so that colour is never the only sign; ``kind`` groups
    verdicts by how they are shown: ``good``, ``care``, ``bad`` or ``none``.
    """

    label: str
    sign: str
    kind: str
    meaning: str


VERDICTS = {
    "exact": Verdict("Adds up", "✓", "good", "The sum gives what is printed, at face value."),
    "within_rounding": Verdict(
        "Adds up within rounding",
        "≈",
        "good",
        "Some values that round to the printed ones give what is printed.",
    ),
    "truncated": Verdict(
        "Rounded down",
        "↓",
        "good",
        "The sum gives what is printed if decimals were cut off and not rounded.",
    ),
    "consistent_if": Verdict(
        "Adds up only if…",
        "◐",
        "care",
        "The printed figures give it under a reading that the words do not spell out.",
    ),
    "needs_unprinted_base": Verdict(
        "Base not printed",
        "□",
        "care",
        "The sum needs a figure that the report does not print; a plausible one exists.",
    ),
    "inconsistent": Verdict(
        "Does not add up as printed",
        "≠",
        "bad",
        "No reading of the printed figures gives what is printed.",
    ),
    "untestable": Verdict(
        "Cannot be checked",
        "–",
        "none",
        "The figures that the sum needs are not printed, or cannot be told.",
    ),
}

# From the worst to the best: a figure that several checks are about is shown by its worst verdict.
WORST_FIRST = (
    "inconsistent",
    "needs_unprinted_base",
    "consistent_if",
    "truncated",
    "within_rounding",
    "exact",
    "untestable",
)

ROLES = {
    "observation": "A value for this area and period",
    "baseline": "A baseline",
    "target": "A target",
    "comparative": "A value printed to compare with",
    "change": "A change",
    "projection": "A projection",
    "component": "A part of a printed ratio",
    "context": "A number that measures nothing: a year, a date, a definition or a label",
}

BASES = {
    "year": "Whole financial years",
    "quarter": "Quarters",
    "month": "Months",
    "ytd": "Year to date",
    "rolling_12m": "Rolling twelve months",
    "multi_year_average": "Averages over several years",
    "point": "Surveys and other points in time",
    "cohort": "Cohorts",
    "unknown": "Period not stated",
}

BASES_OF_ONE = {
    "year": "a whole year",
    "quarter": "one quarter",
    "month": "one month",
    "ytd": "the year to date",
    "rolling_12m": "a rolling twelve months",
    "multi_year_average": "an average over several years",
    "point": "a point in time",
    "cohort": "a cohort",
    "unknown": "a period that is not stated",
}

UNITS = {
    "count": "count",
    "percent": "per cent",
    "rate_per_1000": "rate per 1,000",
    "rate_per_10000": "rate per 10,000",
    "rate_per_100000": "rate per 100,000",
    "rank": "rank",
    "average": "average",
    "days": "days",
    "hours": "hours",
    "minutes": "minutes",
    "seconds": "seconds",
    "score": "score",
    "currency": "pounds",
    "percent_change": "per cent change",
    "percentage_points": "percentage points",
}

COMPARATORS = {
    "baseline": "the baseline",
    "same_period_last_year": "the same period of the year before",
    "previous_quarter": "the quarter before",
    "previous_year": "the year before",
    "previous_rolling_window": "the twelve months before",
    "target": "the target",
    "peer_group": "comparable places",
    "multi_year_average": "an average over several years",
    "unknown": "something that the words do not name",
}

CERTAINTIES = {
    "stated": "the words say so",
    "inferred": "taken from the column, a neighbour cell or convention",
    "ambiguous": "two readings fit",
}

FAMILIES = {
    "ratio": "Percentages and rates against their parts",
    "percent_change": "Percentage changes",
    "difference": "Differences",
    "ytd_sum": "Years to date against their quarters",
    "component_sum": "Parts against their total",
    "sign": "Words against signs",
    "target_formula": "Targets against their baseline",
    "projection": "Projections",
    "baseline_mismatch": "A baseline against the value it stands for",
    "restated": "The same figure printed twice",
    "period_label": "Period labels",
    "status_contradiction": "A status against the numbers",
}

READINGS = {
    "as_printed": "as printed",
    "whole_baseline": "the whole baseline was meant",
    "pro_rata_baseline": "the baseline was taken pro rata for the quarters gone by",
    "same_period_last_year": "the same period of the year before was meant",
    "previous_quarter": "the quarter before was meant",
    "previous_year": "the year before was meant",
    "previous_rolling_window": "the twelve months before were meant",
    "target": "the target was meant",
    "annualised": "the value was scaled up to a whole year",
    "percentage_points": "percentage points were meant",
    "implied_prior": "an earlier value that is not printed was meant",
    "sum_of_quarters": "the quarters were summed",
    "sum_of_parts": "the parts were summed",
    "implied_population": "another population was meant",
}

CAUSES = {
    "arithmetic": "a slip in the sum",
    "wrong_base": "another base was used",
    "current_value_as_base": "this year's value was used as the base",
    "annualised_against_not": "a part of a year was set against a whole one",
    "truncated": "decimals were cut off",
    "sign_dropped": "a minus sign was lost",
    "sign_wrong": "the sign is the other way round",
    "digits_transposed": "two digits changed places",
    "digit_wrong": "one digit differs",
    "pasted_from_other_quarter": "the sentence of another quarter was carried over",
    "points_for_percent": "percentage points were called per cent",
    "count_for_percent": "a count was written as a percentage",
    "unprinted_base": "the base is not printed",
    "wrong_period_label": "the period is labelled otherwise",
    "revision": "a later revision",
    "transcription": "a slip in copying",
    "unknown": "not known",
}

CHECK_CERTAINTIES = {
    "definite": "Definite: arithmetic alone shows it",
    "probable": "Probable: it rests on what the words most likely mean",
}

STATUSES = {
    "green": ("Green", "●"),
    "amber": ("Amber", "◆"),
    "red": ("Red", "▲"),
    "no_data": ("No data", "–"),
    "unclear": ("Cannot be told", "?"),
}

TRAVEL = {"up": ("Up", "↑"), "level": ("Level", "→"), "down": ("Down", "↓")}

OUTCOMES = {
    "achieved": "Target achieved",
    "not_achieved": "Target not achieved",
    "on_track": "On track",
    "off_track": "Off track",
}

GAPS = {
    "not_yet_available": "Not yet available",
    "awaited": "Awaited from somebody",
    "not_provided": "No update provided",
    "collection_disrupted": "Collection disrupted",
    "no_longer_collected": "No longer collected",
    "baseline_to_be_set": "Baseline still to be set",
    "method_to_be_agreed": "Method still to be agreed",
    "target_to_be_set": "Target still to be set",
    "survey_not_run": "Survey not carried out",
    "on_hold": "On hold",
    "not_applicable": "Not applicable",
}

DIRECTIONS = {
    "decrease": "to go down",
    "increase": "to go up",
    "maintain": "to stay level",
    "monitor": "to be watched",
}

OPERATORS = {"<=": "at most", ">=": "at least", "=": "exactly"}

MATCHES = {
    "exact_match": ("Same", "The same thing, counted in the same way."),
    "close_match": ("Similar", "Close enough for one line, with a reservation."),
    "broad_match": ("Not comparable", "Part of something wider."),
    "narrow_match": ("Not comparable", "Wider than what it is set beside."),
    "related_match": ("Not comparable", "Related, but another thing is counted."),
}

ORIGINS = {
    "stated": "Printed",
    "baseline": "Printed as a baseline",
    "comparative": "Printed to compare with",
    "derived_from_ytd": "Worked out from the year to date",
    "implied_by_change": "Worked out from a printed difference",
}

QUOTING = {
    "quotable": "Can be quoted",
    "with_caveat": "Quote with its caveat",
    "do_not_quote": "Do not quote",
}

THEMES = {"anti_social_behaviour": "Anti-social behaviour"}  # the others read as their codes

POLARITIES = {"lower_is_better": "Lower is better", "higher_is_better": "Higher is better"}

ASSESSMENTS = {"favourable": "Favourable", "no_change": "No change", "adverse": "Adverse"}

ASSESSED_AGAINST = {
    "target": "the target",
    "baseline": "the baseline",
    "stated_change_from_baseline": "the change on the baseline that the report states",
    "direction_of_travel": "the direction of travel",
}

ADDITIVITIES = {
    "additive": "Quarters may be added up",
    "non_additive": "Values must not be added up",
}

PERIOD_TYPES = {
    "month": "Month",
    "quarter": "Quarter",
    "year_to_date": "Year to date",
    "financial_year": "Financial year",
    "twelve_months": "Twelve months that are no financial year",
    "several_years": "Several years",
    "other": "Another stretch of time",
    "unknown": "Not known",
}

OBS_STATUSES = {  # SDMX CL_OBS_STATUS
    "A": "Normal value",
    "B": "Break in the series",
    "D": "Definition differs",
    "F": "Forecast",
    "L": "Exists, but not collected or not yet available",
    "M": "Cannot exist",
    "O": "Missing",
    "P": "Provisional",
    "U": "Low reliability",
}

PARTS = {
    "claim": "The number that is checked",
    "numerator": "Above the line of a ratio",
    "denominator": "Below the line of a ratio; the base of a change",
    "percentage": "A percentage that is applied",
    "addend": "Added",
    "subtrahend": "Taken away",
    "compared": "Compared with the claim",
}

RELATIONS = {
    "change_of": "the value that changed",
    "prior_of": "the value it is compared with",
    "numerator_of": "the ratio it is a part of",
    "denominator_of": "the ratio it is the whole of",
    "part_of": "the total it is a part of",
    "percent_of": "the value it is a share of",
}


def said(code: str | None) -> str:
    """Word a code that no table here lists: a new report may bring new ones."""
    return (code or "").replace("_", " ")


def theme(code: str | None) -> str:
    """Name a theme of indicators."""
    return THEMES.get(code or "", said(code).capitalize()) or "No theme"


def cell_title(source_cell: str) -> str:
    """Name a column of a report's tables from the contract's code of it."""
    fixed = {
        "ref": "Ref",
        "measure": "Measure",
        "q1": "Quarter 1",
        "q2": "Quarter 2",
        "q3": "Quarter 3",
        "q4": "Quarter 4",
        "year_total": "Year total",
        "status": "Status",
        "trend": "Trend",
        "comments": "Comments",
        "owner": "Owner",
        "baseline": "Baseline",
        "comparator": "Comparison",
        "variance": "Variance",
        "section": "Section",
        "header": "Header",
        "title": "Title",
        "notes": "Notes",
    }
    if source_cell in fixed:
        return fixed[source_cell]
    kind, _, detail = source_cell.partition(":")
    return {"history": detail, "target": f"Target {detail}"}.get(kind, detail or said(kind))
