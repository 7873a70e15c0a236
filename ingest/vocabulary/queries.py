"""How a contradiction is put to the author of a draft: as a question, what holds first."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

# By the family of the check: what to ask.
QUESTIONS: Final = MappingProxyType(
    {
        "ratio": "Should the percentage, or one of the two numbers behind it, be different?",
        "percent_change": "Was it compared with a different number from the one printed?",
        "difference": "Should one of these numbers be different?",
        "ytd_sum": "Has a quarter been revised since, or should the total be different?",
        "component_sum": "Is a part missing, or should the total be different?",
        "sign": "Is it a rise or a fall?",
        "target_formula": "Was the target set from a different baseline?",
        "projection": "What is the projection compared with?",
        "baseline_mismatch": "Which baseline is meant?",
        "restated": "Has the number been revised since it was first printed?",
        "period_label": "Which months are meant?",
        "status_contradiction": "Is the target met, or should the change be different?",
    }
)
# What Excel shows where a formula has no value.
SHEET_ERRORS: Final = re.compile(
    r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|GETTING_DATA)|#{4,}"
)

USUAL_QUESTION: Final = "Is this as you meant it?"

# By the likely cause: what may have happened, said without blame.
HINTS: Final = MappingProxyType(
    {
        "wrong_base": "It would be right against another number that is printed.",
        "current_value_as_base": "It would be right as a share of the new number, not of the old.",
        "annualised_against_not": "It looks as if part of a year was set against a whole year.",
        "sign_dropped": "Perhaps a minus sign was lost.",
        "sign_wrong": "The size is right; the direction is not.",
        "digits_transposed": "Two digits may have changed places.",
        "digit_wrong": "One digit may be mistyped.",
        "pasted_from_other_quarter": "The same number stands in another quarter.",
        "points_for_percent": "It would be right in percentage points.",
        "count_for_percent": "It would be right as a number, without the per cent sign.",
        "wrong_period_label": "The months named may not be the months meant.",
        "revision": "An earlier quarter may have been revised.",
        "transcription": "It is off by the last digit only.",
    }
)
