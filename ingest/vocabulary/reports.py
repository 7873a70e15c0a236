"""Words that say what a report is: whose, of what plan, of which year and quarter."""

from __future__ import annotations

from typing import Final

# Who publishes: {} stands for the place's name. The first that fits gives the publisher.
COUNCILS: Final = (
    "{} Metropolitan Borough Council",
    "{} Borough Council",
    "{} City Council",
    "{} District Council",
    "{} County Council",
    "{} County Borough Council",
    "{} Council",
    "London Borough of {}",
    "Royal Borough of {}",
    "City of {}",
    "Borough of {}",
)
PARTNERSHIPS: Final = (
    "Safer {} Partnership",
    "Safer {} Community Safety Partnership",
    "{} Community Safety Partnership",
    "{} Crime and Disorder Reduction Partnership",
    "{} CSP",
    "{} CDRP",
    "Safer {}",
)
# What a partnership and a publisher are called when the report does not say.
USUAL_PARTNERSHIP: Final = "{} Community Safety Partnership"
USUAL_PUBLISHER: Final = "{} Council"
USUAL_PLAN: Final = "Community Safety Plan"

# Small words inside a place's name ("Stockton-on-Tees", "Kingston upon Thames").
PLACE_LINKS: Final = ("upon", "on", "and", "under", "by", "the", "of", "in", "le", "with", "&")
# Words that stand before "Council", "Partnership" or "Police" and are no place.
NO_PLACES: Final = frozenset(
    (
        "the", "a", "an", "our", "this", "that", "local", "community", "borough", "city",
        "county", "district", "metropolitan", "unitary", "parish", "town", "new", "british",
        "national", "safer", "stronger", "joint", "safety", "crime", "partnership", "council",
        "police", "fire", "youth", "public", "neighbourhood", "communities", "from", "to",
        "and", "of", "for", "by", "with", "between", "report", "plan", "strategy",
        "performance", "executive", "responsible", "authority", "authorities", "strategic",
        "roads", "streets", "homes", "schools", "families", "people", "children", "places",
        "neighbourhoods", "together",
    )
)  # fmt: skip

# What a plan is called; a range of years may follow or come before.
PLANS: Final = (
    "community safety plan",
    "community safety strategy",
    "community safety partnership plan",
    "community safety partnership strategy",
    "crime and disorder reduction strategy",
    "crime and disorder strategy",
    "crime, disorder and drugs strategy",
    "partnership plan",
    "partnership strategy",
    "safer communities plan",
    "safer communities strategy",
    "police and crime plan",
    "indicator summary",
)

# Words of a title that say the whole year is told.
YEAR_END: Final = ("end of year", "year end", "year-end", "annual report", "outturn", "out-turn")
# Words before a year that make it another year than the report's.
OTHER_YEAR: Final = (
    "baseline",
    "last year",
    "previous year",
    "prior year",
    "target for",
    "compared",
    "comparison",
    "average",
    "survey",
    "since",
    "from",
    "than",
    "against",
    "on",
    "vs",
)
# What a cell says when its quarter has not come yet.
NOT_YET: Final = frozenset(
    ("n/a", "na", "tbc", "tba", "awaited", "not yet due", "not due", "not yet available", "pending",
     "to follow", "due", "not available", "no data", "none", "nil return", "x")
)  # fmt: skip

# Of these, words that may stand inside a place's name.
MAY_BE_INSIDE: Final = frozenset(("and", "of", "by", "with", "the"))

# Parts of file names that are no place.
FILE_WORDS: Final = frozenset(
    (
        "performance", "report", "reports", "reporting", "monitoring", "update", "quarter",
        "quarterly", "qtr", "year", "end", "annual", "final", "draft", "version", "copy",
        "board", "paper", "appendix", "annex", "item", "agenda", "dashboard", "summary",
        "overview", "community", "safety", "partnership", "csp", "cdrp", "plan", "strategy",
        "targets", "indicators", "indicator", "scorecard", "council", "borough", "city",
        "district", "county", "the", "of", "and", "for", "to", "a", "safer", "data", "public",
        "pack", "committee", "scrutiny", "cabinet", "executive", "january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
        "nov", "dec", "txt", "doc",
    )
)  # fmt: skip
