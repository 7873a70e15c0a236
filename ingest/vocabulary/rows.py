"""Words that say what a row is: refs, directions, markings, openings of a measure."""

from __future__ import annotations

import re
from typing import Final

from ingest.vocabulary import words

# Protective markings. The second field says where one counts: "apart" needs capitals, set off from
# the text around them (RESTRICTED is also a word: "restricted access"), or a text that says nothing
# else; "any" needs neither; "strand" is also a strand of the counter-terrorism strategy and counts
# alone, in brackets, after a ref or before a descriptor. The third says whether it restricts a
# whole report when it stands in a title or a page heading: OFFICIAL alone is printed over papers
# that are published.
MARKINGS: Final = (
    ("OFFICIAL[ :/(\\-\u2010-\u2015]{1,3}SENSITIVE\\)?", "any", True),
    ("TOP SECRET", "apart", True),
    ("SECRET", "apart", True),
    ("RESTRICTED", "apart", True),
    ("CONFIDENTIAL", "apart", True),
    ("PROTECT", "strand", True),
    ("OFFICIAL", "apart", False),
    (
        "NOT FOR (?:PUBLICATION|PUBLIC RELEASE|ONWARD DISCLOSURE|CIRCULATION|DISCLOSURE)",
        "any",
        True,
    ),
    ("EXEMPT (?:FROM PUBLICATION|INFORMATION)", "any", True),
)

# What the Government's former marking scheme put after PROTECT ("PROTECT - COMMERCIAL").
MARKING_DESCRIPTORS: Final = tuple(
    "APPOINTMENTS COMMERCIAL CONTRACTS HONOURS INVESTIGATIONS MANAGEMENT MEDICAL PERSONAL POLICY "
    "POLITICAL PRIVATE REGULATORY STAFF VISITS".split()
)

# What any marking holds, in lower case: the quick test.
MARKING_WORDS: Final = (
    "restricted",
    "official",
    "confidential",
    "secret",
    "protect",
    "not for ",
    "exempt ",
)

# The first pattern that is found in a measure gives its direction. Each has its examples.
# "Maintain a reduction" is a reduction; "maintain a 90% level" is a level.
DIRECTIONS: Final = (
    (
        "decrease",
        r"maintain(?:ing)?\s+(?:a|the|our|year on year|low(?:er)?)?\s*(?:year on year\s+)?"
        r"(?:reductions?|decreases?|low(?:er)?\b)",
        ("Maintain a reduction in robbery", "Maintain the reduction in burglary"),
    ),
    (
        "increase",
        r"maintain(?:ing)?\s+(?:a|an|the|our|year on year)?\s*(?:increases?|improvements?|growth)",
        ("Maintain an increase in reporting", "Maintain the improvement in detections"),
    ),
    ("maintain", r"(?:maintain|sustain)\w*\b", ("Maintain a 90% level in client satisfaction",)),
    (
        "monitor",
        r"monitor(?:ing)?\b|measure(?:ment of)?\s+the\b|track(?:ing)?\s+the\b",
        ("Monitor repeat callers", "Monitoring the development of the strategy"),
    ),
    (
        "decrease",
        r"(?:reduc\w+|decreas\w+|fewer|lower\w*|less\b|minimi[sz]\w+|^cut\b|^cutting|^prevent(?:ing)?\b"
        r"|^drive down|^bring down|^halve)",
        ("Reduce criminal damage", "Fewer repeat burglaries", "Reduction in overall crime"),
    ),
    (
        "increase",
        r"(?:increas\w+|improv\w+|more\b|higher\b|rais(?:e|ing)\b|maximi[sz]\w+|grow(?:th)?\b|boost"
        r"|enhanc\w+|greater\b|expand\w*)",
        (
            "Increase the number of notices issued",
            "Improve detection rates",
            "To increase reporting",
        ),
    ),
)
# What a "Good is" column says.
POLARITIES: Final = (
    (
        "decrease",
        r"^(?:low|lower|less|fewer|down|smaller|small|decreas\w*|reduc\w*|minimi[sz]e|\u2193|\u25bc|-|l)$",
    ),
    (
        "increase",
        r"^(?:high|higher|more|up|bigger|big|greater|increas\w*|improv\w*|maximi[sz]e|\u2191|\u25b2|\+|h)$",
    ),
    (
        "maintain",
        r"^(?:maintain\w*|same|stable|level|static|goldilocks|plan(?:ned)? is best|\u2194|\u2192)$",
    ),
    ("monitor", r"^(?:monitor\w*|neutral|n/?a|neither|none|context(?:ual)?|information only)$"),
)

# A line without a ref whose measure begins so belongs to the row above: no sentence of its own.
CONTINUING: Final = (
    "baseline",
    "baselines",
    "target",
    "targets",
    "note",
    "notes",
    "nb",
    "n.b",
    "source",
    "data source",
    "definition",
    "aim for",
    "aim to",
    "includes",
    "including",
    "excluding",
    "i.e",
    "e.g",
    "where",
    "and",
    "or",
    "of",
    "in",
    "to",
    "for",
    "with",
    "by",
    "from",
    "on",
    "the",
    "at",
    "as",
    "than",
    "which",
    "who",
    "that",
)
# A cell that ends with one of these is not finished.
UNFINISHED: Final = frozenset(
    words("""
a an the of in to for from with by on at as and or but than that which who whose is are was were
be been has have had this these those not no number reduce increase maintain compared between
during within into per their our its any all each both due including means
""")
)

# Characters that OCR puts for digits.
OCR_DIGITS: Final = str.maketrans(
    {
        "l": "1",
        "I": "1",
        "i": "1",
        "|": "1",
        "!": "1",
        "T": "1",
        "\u0131": "1",
        "t": "1",
        "J": "1",
        "O": "0",
        "o": "0",
        "Q": "0",
        "D": "0",
        "S": "5",
        "s": "5",
        "B": "8",
        "Z": "2",
        "z": "2",
        "g": "9",
        "q": "9",
        "G": "6",
        "b": "6",
        "A": "4",
        "\u00a7": "5",
        "?": "7",
    }
)

REF: Final = re.compile(
    r"(?:(?:[A-Z][A-Za-z]{0,5}|[A-Z]{1,6}\d?)[\s./_-]{0,2}){0,3}\(?"
    r"(?:\d{1,4}(?:[./-]\d{1,3}){0,3}\s?[a-z]?(?:[ivx]{1,4}\b)?)\)?[.:]?"
    r"|[A-Z]{1,5}(?:[./-][A-Z0-9]{1,4}){1,3}"
    r"|\(?(?:[a-z]|[ivx]{1,4})\)|[A-Z]|[A-Z]{1,3}\d{1,3}[a-z]?"
)

# How a cell begins that holds no figure.
NO_FIGURES: Final = (
    "n/a",
    "na",
    "n.a",
    "nil",
    "none",
    "no ",
    "not ",
    "tbc",
    "tba",
    "tbd",
    "to be ",
    "awaiting",
    "awaited",
    "pending",
    "annual figure",
    "annual measure",
    "annual survey",
    "reported annually",
    "collected annually",
    "data not",
    "data un",
    "data await",
    "unavailable",
    "due ",
    "see ",
)
