r"""Phrases that say a target is met or not, why a figure is missing, and what a symbol is.

To teach the reader a phrase, add one line to :data:`OUTCOMES` or :data:`GAPS`: its code, a word
that any text with it holds (``trigger``, lower case: the quick test), the pattern, and examples.
The examples are tests. Patterns are matched without regard to capitals and only as whole words.
The first pattern of the table that fits a stretch of text wins, so negations come first.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ingest.vocabulary import words


class Phrase(NamedTuple):
    """One way of saying something; ``whole`` means the cell must say nothing else."""

    code: str
    trigger: str
    pattern: str
    examples: tuple[str, ...]
    whole: bool = False


_TARGET: Final = r"(?:targets?|milestones?|goals?|objectives?)"
_BE: Final = r"(?:has|have|had|was|were|is|are|being|been|be)"
_MET: Final = r"(?:achieved|met|exceeded|surpassed|reached|hit|attained|fulfilled|delivered)"
_MEET: Final = (
    r"(?:achiev(?:e|ing)|meet(?:ing)?|reach(?:ing)?|hit(?:ting)?|exceed(?:ing)?|attain(?:ing)?|"
    r"deliver(?:ing)?)"
)
_SOON: Final = (
    r"(?:\s+(?:now|already|also|therefore|again|fully|comfortably|just|easily|currently|yet|been))*"
)

OUTCOMES: Final = (
    # not achieved, off track: before what they negate
    Phrase(
        "not_achieved",
        "not",
        rf"{_TARGET}(?:\s+(?:{_BE}|of\s+\S+|for\s+\S+))*\s+not{_SOON}\s+{_MET}",
        (
            "Target not achieved.",
            "which means that the target was not achieved in this financial year",
            "The target of 90% has not been met",
            "Targets were not met",
        ),
    ),
    Phrase(
        "not_achieved",
        "n't",
        rf"{_TARGET}\s+(?:was|has|is|were|have)n['\u2019]t{_SOON}\s+{_MET}",
        ("The target wasn't met",),
    ),
    Phrase(
        "not_achieved",
        "not",
        rf"(?:did|does|do|has|have)\s+not{_SOON}\s+(?:{_MEET}|{_MET})\s+(?:the|its|our|this|their|annual|\s)*{_TARGET}",
        ("We did not meet the target", "Performance has not met its target"),
    ),
    Phrase(
        "not_achieved",
        "missed",
        rf"(?:missed\s+(?:the|its|our|this|\s)*{_TARGET}|{_TARGET}\s+(?:{_BE}\s+)*(?:narrowly\s+|just\s+)?missed)",
        ("The target was narrowly missed.", "missed its target by 2%"),
    ),
    Phrase(
        "not_achieved",
        "fail",
        rf"fail(?:ed|ing|s)?\s+to\s+{_MEET}\s+(?:the|its|our|this|annual|\s)*{_TARGET}",
        ("failed to meet the target",),
    ),
    Phrase("not_achieved", "unmet", rf"{_TARGET}\s+(?:{_BE}\s+)*unmet", ("Target unmet",)),
    Phrase(
        "off_track",
        "likely",
        rf"(?:not\s+(?:\w+\s+)?likely|unlikely)\s+(?:to\s+{_MEET}|that\s+(?:the\s+|this\s+)?{_TARGET})"
        rf"(?:\s+(?:the|its|our|this|year|end|annual|{_TARGET}))*",
        (
            "Not likely to achieve target",
            "It is unlikely that the target will be met",
            "unlikely to meet the year end target",
        ),
    ),
    Phrase(
        "off_track",
        "likely",
        rf"{_TARGET}\s+(?:is|are|looks?)\s+(?:not\s+likely|unlikely)\s+to\s+be\s+{_MET}",
        ("The target is unlikely to be met",),
    ),
    Phrase(
        "off_track",
        "track",
        r"(?:not|no\s+longer|isn['\u2019]t|never)\s+(?:currently\s+|yet\s+)?on\s+track"
        rf"(?:\s+to\s+{_MEET}(?:\s+(?:the|its|our|{_TARGET}))*)?|off[\s-]track",
        ("We are not on track to meet the target", "Off track", "no longer on track"),
    ),
    Phrase(
        "off_track",
        "target",
        r"(?:not|no\s+longer)\s+(?:currently\s+|yet\s+)?on\s+target|off\s+target|behind\s+(?:the\s+)?target",
        ("not on target", "currently behind target", "Off target"),
    ),
    Phrase(
        "off_track",
        "risk",
        rf"at\s+risk\s+of\s+(?:not\s+{_MEET}|missing|failing)(?:\s+(?:to\s+{_MEET}|the|its|our|annual|{_TARGET}))*",
        ("at risk of not meeting the target", "at risk of missing its target"),
    ),
    Phrase(
        "off_track",
        "will not",
        rf"(?:{_TARGET}\s+will\s+not\s+be\s+{_MET}|will\s+not\s+{_MEET}\s+(?:the|its|our|this|annual|\s)*{_TARGET})",
        ("The target will not be met", "we will not achieve the annual target"),
    ),
    # achieved
    Phrase(
        "achieved",
        "target",
        rf"(?<!if\sthe\s)(?<!if\s){_TARGET}(?:\s+(?:of\s+\S+|for\s+\S+))*"
        rf"(?:\s+(?:has|have|had|was|were|is|are|been))*{_SOON}\s+{_MET}"
        r"(?!\s+(?:by\s+(?:the\s+)?end|if|in\s+future|next|in\s+\d))",
        (
            "Target Achieved!",
            "Therefore the target has been achieved!",
            "target has been achieved.",
            "The target of 5% has been met",
            "Target exceeded",
        ),
    ),
    Phrase(
        "achieved",
        "target",
        rf"(?<!be\s)(?:achieved|met|exceeded|surpassed|hit)\s+"
        rf"(?:(?:the|its|our|this|their|annual|year|end)\s+){{1,3}}{_TARGET}",
        ("has exceeded the target", "we met our target", "achieved the target"),
    ),
    # on track
    Phrase(
        "on_track",
        "track",
        rf"(?:remains?\s+|currently\s+|still\s+)?on\s+track(?:\s+to\s+(?:be\s+{_MET}|{_MEET})"
        rf"(?:\s+(?:the|its|our|this|year|end|annual|{_TARGET}))*)?",
        (
            "324 Section 27 Notices issued YTD, on track to achieve.",
            "so this indicator is currently on track to achieve target.",
            "We remain on track",
        ),
    ),
    Phrase(
        "on_track",
        "target",
        r"(?:currently\s+)?(?:ahead\s+of|on)\s+(?:the\s+|its\s+|our\s+)?target(?!\s+(?:to\s+be|of\s+reduc))"
        rf"(?:\s+to\s+{_MEET})?",
        ("this indicator is currently ahead of target", "The project is on target"),
    ),
    Phrase(
        "on_track",
        "target",
        rf"(?:likely|expected|predicted|projected|forecast|set)\s+to\s+{_MEET}\s+(?:the|its|our|this|year|end|annual|\s)*{_TARGET}",
        ("likely to achieve target", "expected to meet its target"),
    ),
    Phrase(
        "on_track",
        "target",
        rf"{_TARGET}\s+(?:is|are|looks?)\s+(?:likely|expected|predicted|set)\s+to\s+be\s+{_MET}",
        ("The target is likely to be met",),
    ),
)

_DATA: Final = (
    r"(?:data|figures?|information|updates?|results?|stat(?:istic)?s|numbers?|breakdown|report|reports|"
    r"date|return|performance|response|survey\s+results?|outturn)"
)
_QUARTERLY: Final = (
    r"(?:(?:q|qtr|quarter)\s*[1-4](?:\s*(?:and|&|-|/|to)\s*(?:(?:q|qtr|quarter)\s*)?[1-4])?\s+)?"
)
_NOW: Final = (
    r"(?:yet|currently|until|at\s+th(?:is|e)\s+(?:time|moment|present)|at\s+(?:the\s+)?time\s+of|"
    r"at\s+present|as\s+yet|to\s+date|so\s+far|still)"
)
_TO_BE: Final = r"(?:to\s+be|will\s+be|being|is|are|yet\s+to\s+be|being\s+|still\s+to\s+be)"
_SET: Final = (
    r"(?:collected|established|set|confirmed|determined|agreed|developed|gathered|calculated|taken|"
    r"defined|created|captured|identified|finalised|advised|announced)"
)

GAPS: Final = (
    # codes that fill a cell
    Phrase(
        "not_applicable",
        "n",
        r"n\s?[/.]\s?a\.?|not\s+applicable|na",
        ("n/a", "N/A", "Not applicable"),
        True,
    ),
    Phrase(
        "awaited",
        "await",
        r"awaited|awaiting(?:\s+(?:data|figures?|information|update|confirmation|results?))?\.?",
        ("Awaited", "Awaiting data"),
        True,
    ),
    Phrase("not_yet_available", "tb", r"tb[ac]\.?(?:\s+\w+)?", ("TBA", "tbc"), True),
    Phrase(
        "not_yet_available",
        "to be",
        r"to\s+be\s+(?:advised|announced|confirmed|updated)\.?",
        ("To be confirmed",),
        True,
    ),
    Phrase(
        "not_yet_available",
        "due",
        rf"(?:{_DATA}\s+)?(?:not\s+(?:yet\s+)?due|due\s+(?:in\s+)?(?:q[1-4]|quarter\s+[1-4]|next\s+quarter))\.?",
        ("Not yet due", "Due Q4"),
        True,
    ),
    Phrase("not_provided", "no ", rf"no\s+{_DATA}\.?", ("No data", "no update"), True),
    Phrase(
        "not_provided",
        "not ",
        r"not\s+(?:provided|supplied|received|reported|recorded)\.?",
        ("Not provided", "not received"),
        True,
    ),
    Phrase(
        "not_yet_available",
        "not ",
        r"not\s+(?:yet\s+)?(?:available|known|published)\.?",
        ("Not available", "not yet known"),
        True,
    ),
    # it cannot be said any more
    Phrase(
        "no_longer_collected",
        "no longer",
        r"(?:can|could|will|is|are|being)?\s*no\s+longer\s+(?:be\s+|being\s+)?"
        r"(?:monitored|collected|calculated|recorded|reported|measured|available|produced|published|"
        r"counted|captured|provided|collated|used|applicable|issued)",
        (
            "Target can no longer be monitored",
            "Most Serious Violent Crimes can no longer be calculated.",
            "This measure is no longer collected",
        ),
    ),
    Phrase(
        "no_longer_collected",
        "discontinu",
        r"(?:has|have|was|been|is|are)?\s*discontinued",
        ("The survey has been discontinued",),
    ),
    Phrase(
        "no_longer_collected",
        "ceased",
        r"(?:collection|recording|monitoring|reporting|survey)\s+(?:has\s+|was\s+)?ceased|ceased\s+to\s+(?:be\s+)?(?:collect|record|monitor|report)(?:ed)?",
        ("data collection ceased in June", "ceased to be recorded"),
    ),
    # baselines, methods, targets to come
    Phrase(
        "baseline_to_be_set",
        "baseline",
        rf"(?:(?:establish|set|creat|develop|gather|collect)\w*\s+(?:a|the)\s+baseline|baselines?\s*[:;-]?\s*(?:\w+\s+)?"
        rf"{_TO_BE}\s+{_SET}(?:\s+this\s+year)?|(?:is|as|was|being)\s+(?:the|a|our)\s+baseline\s+year|baselining)",
        (
            "No update due \u2013 baseline to be collected this year.",
            "Baseline: To be established with start of new contract provider",
            "Baseline: Cohort to be taken.",
            "This is the baseline year for this indicator",
        ),
    ),
    Phrase(
        "baseline_to_be_set", "baseline", r"(?:new\s+)?baseline\s+year", ("Baseline year",), True
    ),
    Phrase(
        "method_to_be_agreed",
        "to be",
        rf"(?:method(?:ology)?|definition|measure|indicator|process|approach)\s+(?:is\s+|are\s+|still\s+|yet\s+)*{_TO_BE}\s+{_SET}",
        ("Methodology to be agreed", "definition still to be confirmed"),
    ),
    Phrase(
        "target_to_be_set",
        "target",
        rf"targets?\s*[:-]?\s*(?:(?:is|are|still|yet)\s+)*(?:{_TO_BE}\s+{_SET}|tb[ac]|not\s+(?:yet\s+)?(?:set|agreed|been\s+set)|awaited|under\s+development)",
        ("Targets TBC from NTA", "target to be set", "Targets not yet agreed"),
    ),
    Phrase(
        "target_to_be_set",
        "no target",
        r"no\s+target\s+(?:has\s+been\s+|was\s+|is\s+)?(?:set|agreed)",
        ("No target set",),
    ),
    # surveys that were not run
    Phrase(
        "survey_not_run",
        "no ",
        r"no\s+(?:\w+\s+){0,2}(?:surveys?|consultations?|focus\s+groups?|polls?|questionnaires?)\s+"
        r"(?:\w+\s+){0,2}?(?:completed|carried\s+out|conducted|undertaken|run|held|took\s+place|taken\s+place|planned)",
        ("No perception survey completed this year to date", "No consultation carried out YTD."),
    ),
    Phrase(
        "survey_not_run",
        "survey",
        r"surveys?\s+(?:was|were|has|have|is|are)\s+not\s+(?:been\s+)?(?:completed|carried\s+out|conducted|undertaken|run|held)",
        ("The survey was not carried out this year",),
    ),
    Phrase(
        "on_hold",
        "hold",
        r"(?:is|are|was|been|currently|put|remains?)?\s*on\s+hold",
        ("Focus Groups are on hold whilst View Point Panel undergoes a restructure.",),
    ),
    Phrase(
        "on_hold",
        "suspend",
        r"(?:has|have|was|were|been|is|are)\s+(?:been\s+)?suspended",
        ("Reporting has been suspended",),
    ),
    Phrase(
        "on_hold",
        "paused",
        r"(?:has|have|was|were|been|is|are)\s+(?:been\s+)?paused",
        ("Data collection has been paused",),
    ),
    # something broke
    Phrase(
        "collection_disrupted",
        "due to",
        rf"(?:no\s+{_DATA}\s+(?:\w+\s+)?|{_DATA}\s+(?:is\s+|are\s+|was\s+|currently\s+)*(?:not\s+|un))"
        r"(?:available|provided|possible)?\s*(?:\w+\s+){0,6}?due\s+to\s+[^.]{3,80}",
        (
            "Data unavailable due to member of staff changing roles.",
            "No update available due to changes within team that provide this data.",
        ),
    ),
    Phrase(
        "collection_disrupted",
        "cannot",
        r"cannot\s+(?:currently\s+)?be\s+(?:reported|provided|produced|collected|calculated|extracted|measured|recorded)(?:\s+due\s+to\s+[^.]{3,80})?",
        ("Numbers engaging in treatment cannot be reported due to an error in the system",),
    ),
    Phrase(
        "collection_disrupted",
        "closure",
        r"closure\s+of\s+(?:the|this|our)\s+(?:\w+\s+)?(?:system|service|database|unit)",
        ("have resulted in closure of the system from December 2014",),
    ),
    Phrase(
        "collection_disrupted",
        "stopped",
        r"ha(?:s|ve)\s+stopped\s+the\s+\w+ing",
        ("has stopped the testing of those in treatment",),
    ),
    Phrase(
        "collection_disrupted",
        "received",
        rf"(?:forms?|{_DATA})\s+not\s+being\s+(?:received|completed|recorded)(?:\s+due\s+to\s+[^.)]{{3,80}})?",
        ("(Police forms not being received due to procedure changes)",),
    ),
    Phrase(
        "collection_disrupted",
        "problem",
        rf"(?:problems?|issues?|difficulties|errors?)\s+with\s+(?:the\s+)?(?:\w+\s+)?(?:{_DATA}|system|database|recording|it\s+system)",
        ("There are problems with the recording system",),
    ),
    # not yet
    Phrase(
        "not_yet_available",
        "availab",
        rf"(?:no\s+{_DATA}\s+(?:is\s+|are\s+)?(?:currently\s+)?(?:yet\s+)?available\s+{_NOW}|"
        rf"(?:{_DATA}\s+)?(?:(?:is|are|was|were)\s+)?(?:currently\s+)?not\s+(?:yet|currently|as\s+yet)\s+available|"
        rf"(?:{_DATA}\s+)?(?:(?:is|are|was|were)\s+)?(?:not\s+available|unavailable)\s+(?:\S+\s+){{0,3}}?{_NOW}|"
        rf"{_DATA}\s+continues?\s+to\s+be\s+unavailable)",
        (
            "Quarter 3 data not yet available",
            "No data available until 28/10/19",
            "Data unavailable at time of completing report.",
            "Update unavailable at this time",
            "Q2 data not available on ndtms.net until mid-Nov 2011.",
            "Q3 data is not currently available.",
            "Information not yet available from the hospital.",
            "Data continues to be unavailable.",
            "Q3 not yet available",
        ),
    ),
    Phrase(
        "not_yet_available",
        "not ",
        rf"(?:{_DATA}\s+)?(?:(?:is|are|has|have|was)\s+)?not\s+(?:yet\s+)?(?:been\s+)?(?:released|published|finalised|validated|received\s+yet|ready)",
        ("YOT data not released in line with requirements.", "Figures have not yet been published"),
    ),
    Phrase(
        "not_yet_available",
        "until",
        rf"(?:unable\s+to\s+(?:report|provide|update)[^.]{{0,80}}?|no\s+(?:\w+\s+){{0,2}}?(?:{_DATA})\s+(?:\w+\s+)?(?:provided|reported|published)\s+)until\s+[^.]{{3,60}}",
        (
            "Unable to report on Criminal Justice Clients until the quarterly data is published.",
            "No gender breakdown provided until the full quarterly update.",
        ),
    ),
    Phrase(
        "not_yet_available",
        "to be",
        rf"(?:to\s+be\s+updated\s+(?:at|in|by|when|next)|{_DATA}\s+to\s+be\s+(?:provided|given|updated|confirmed|supplied|published|reported|released)(?:\s+(?:at|when|by|in|next)\b)?)",
        (
            "To be updated at the meeting on 19/08/2014.",
            "Update to be provided at the next partnership meeting.",
            "Report to be updated when National Stats are made available",
        ),
    ),
    Phrase("not_yet_available", "due", rf"no\s+{_DATA}\s+due", ("No update due",)),
    Phrase(
        "awaited",
        "await",
        rf"(?:still\s+)?await(?:ing|s)\s+(?:\w+\s+){{0,2}}?(?:{_DATA}|confirmation|publication|validation|approval|release)|{_DATA}\s+(?:is\s+|are\s+|still\s+)*awaited",
        ("awaiting confirmation.", "Data is awaited", "awaiting publication of results"),
    ),
    Phrase("not_yet_available", "tbc", rf"{_DATA}\s+(?:is\s+|are\s+)?tb[ac]", ("Figures TBC",)),
    # not given, and no reason why
    Phrase(
        "not_provided",
        "no ",
        rf"no\s+(?:further\s+|new\s+|recent\s+)?{_DATA}\s+(?:(?:has|have|had|was|were|is|are)\s+)?(?:been\s+)?"
        r"(?:provided|available|received|supplied|submitted|given|reported|recorded|returned|from\s+(?:last|the|this))",
        (
            "No update provided",
            "No date provided",
            "No data provided",
            "No update available for this quarter and end of year.",
            "No further update available",
            "No update from last SSP",
        ),
    ),
    Phrase(
        "not_provided",
        "availab",
        rf"{_QUARTERLY}{_DATA}\s+(?:(?:is|are|was|were)\s+)?(?:not\s+available|unavailable)",
        ("Q3 data unavailable", "Data not available to effectively monitor this target."),
    ),
    Phrase(
        "not_provided",
        "not ",
        rf"{_DATA}\s+(?:(?:has|have|was|were|is|are)\s+)?not\s+(?:been\s+)?(?:provided|received|supplied|submitted|returned|reported)",
        ("Data was not provided", "Figures have not been received"),
    ),
    Phrase(
        "not_provided",
        "unable",
        r"unable\s+to\s+(?:report|provide|obtain|supply|collect)\b",
        ("Unable to provide this quarter",),
    ),
)
# What a short code means by the column it stands in.
GAP_BY_COLUMN: Final = {
    ("target", "not_yet_available"): "target_to_be_set",
    ("target", "awaited"): "target_to_be_set",
    ("baseline", "not_yet_available"): "baseline_to_be_set",
}

# Symbols and words of a status. What each means (green, amber...) is the reference seed
# status_symbols; here they are only told from prose and from numbers.
STATUS_SYMBOLS: Final = frozenset(
    "\u263a\u263b\u2639\U0001f600\U0001f603\U0001f604\U0001f642\U0001f60a\U0001f610\U0001f611"
    "\U0001f615\U0001f641\U0001f61f\u26aa\u26ab\u25cf\u25cb\u25c9\u2b24\U0001f534\U0001f7e0"
    "\U0001f7e1\U0001f7e2\U0001f535\U0001f7e5\U0001f7e7\U0001f7e8\U0001f7e9\u2705\u2714\u2713"
    "\u2716\u2717\u2718\u274c\u2605\u2606\u25a0\u25a1\u25c6\u26a0\u00a9\u2295\u2297\u2299\u00ae"
)
DASHES: Final = frozenset("-_\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022~=")
ARROWS: Final = frozenset(
    "\u2190\u2191\u2192\u2193\u2194\u2195\u2196\u2197\u2198\u2199\u21d0\u21d1\u21d2\u21d3\u21d4"
    "\u21e6\u21e7\u21e8\u21e9\u2b06\u2b07\u2b05\u27a1\u2b08\u2b09\u2b0a\u2b0b\u25b2\u25bc\u25ba\u25c4"
    "\u25b3\u25bd\u25b6\u25c0\u25b4\u25be\u2197\u279a\u2798\u27a2\u23f6\u23f7\U0001f53c\U0001f53d"
)
COLOUR_WORDS: Final = frozenset(
    words("""
green amber red yellow blue grey gray orange black white purple
""")
)
COLOUR_LETTERS: Final = frozenset(
    ("G", "A", "R", "Y", "B", "GR", "AM", "RD", "A/G", "R/A", "G/A", "A/R")
)
TREND_WORDS: Final = frozenset(
    words("""
improving improved improvement worsening worsened deteriorating deteriorated declining declined
decline stable static steady unchanged same level up down better worse increasing increased
decreasing decreased reducing reduced rising falling upward downward sideways constant
maintained
""")
)
# Reasons that a nearer one in the same words replaces: "No update due - baseline to be collected".
GENERAL_REASONS: Final = frozenset(("not_yet_available", "not_provided", "awaited"))
# What the text of a measure may say is missing; all else there is what the row asks for.
GAPS_OF_A_MEASURE: Final = frozenset(
    ("baseline_to_be_set", "target_to_be_set", "method_to_be_agreed", "no_longer_collected")
)
