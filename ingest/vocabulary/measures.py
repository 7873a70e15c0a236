"""Words of measures: what they stand for, and which of them say nothing about what is measured.

Used to find the nearest known indicators for a row that nobody has mapped yet.
"""

from __future__ import annotations

from typing import Final

# What follows one of these words is where the measure starts from, not what it measures.
MEASURE_ENDS: Final[tuple[str, ...]] = ("baseline", "baselines")

# Short forms, and words for the same thing, that performance reports use without spelling them out.
SPELLED_OUT: Final[dict[str, str]] = {
    "asar": "alcohol specified activity requirement",
    "asb": "anti social behaviour",
    "atr": "alcohol treatment requirement",
    "bcs": "british crime survey",
    "da": "domestic abuse",
    "drr": "drug rehabilitation requirement",
    "dv": "domestic abuse",
    "gbh": "grievous bodily harm",
    "hcc": "high crime causers",
    "iom": "integrated offender management",
    "licenses": "licences",
    "maasbt": "anti social behaviour team",
    "msv": "most serious violence",
    "offence": "crime",
    "offences": "crime",
    "ppo": "prolific priority offenders",
    "rj": "restorative justice",
    "sec": "section",
    "specific": "specified",
    "svc": "serious violence",
    "total": "overall",
    "vap": "violence against the person",
    "violent": "violence",
    "vwi": "violence with injury",
    "vwoi": "violence without injury",
    "yot": "youth offending team",
}

# Words of direction, of counting and of grammar. "without" and "non" are not among them: they
# turn an indicator into another one.
_STOP_WORDS: Final = (
    "a about achieve activities again aim all among amongst amount an and any are as at be "
    "been between both by continue continued count decrease decreased decreasing different "
    "each ensure every fewer for from further give given gives had has have help higher how "
    "identified identify improve improved improving in increase increased increases "
    "increasing individual individuals into is it its less low lower maintain maintained "
    "maintaining make measure measured minimise monitor monitored monitoring month monthly "
    "months more much new no not number numbers of on or other out over own people per "
    "percent percentage person possible proportion provide quarter quarterly quarters raise "
    "reduce reduced reduces reducing reduction reductions report reported reporting same "
    "services share some such support target targets than that the their them there these "
    "they this those through to towards under up use used using via was we were what when "
    "where which who whose will with within year yearly years "
)
STOP_WORDS: Final[frozenset[str]] = frozenset(_STOP_WORDS.split())

# Endings that are cut before words are compared, longest first, and how much must be left.
ENDINGS: Final[tuple[str, ...]] = ("ings", "ing", "ies", "ers", "er", "es", "ed", "s", "y", "e")
SHORTEST_STEM: Final[int] = 4
