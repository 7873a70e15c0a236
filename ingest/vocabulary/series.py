"""Words that end, or never begin, the label of a series."""

from __future__ import annotations

from typing import Final

# A label never holds these: what stands before the last of them belongs to another clause.
BREAKS: Final = frozenset(
    """
    a against an also and are as average avg awaited baseline been below between but by change
    changes came compare compared comparing comparison cumulative date decrease decreased
    decreases down due during end equates equivalent fell figure figures financial further
    gives had has have however increase increased increases is it last lower latest less making
    mean month months more nb only or out outturn over overall per period previous projected
    projection quarter quarterly rate reduced reduction reductions reported revised rise risen
    rolling rose same slowed so target than that the there these third this those to total
    totalling totals until up variance versus vs was we were when where which while whilst who
    whose year year-end yearly years saw them met obtained i current actual each full more
    fewer not better worse alone nd rd th st pp ppt ppts pts points percent h1 h2 rag eng
    england national nationally msg mssf msf iquanta posn rank ranked currently because tracker
    all stretch minimum maximum ceiling profile budget expects forecast estimated unchanged
    same similar
    """.split()
)
# Words of time and size that stand where a label might.
NO_LABELS: Final = frozenset(
    """
    bn cytd days fy prev prev. qtr fye fytd hours hrs k ly lytd m million mins minutes pfytd py
    pytd seconds secs thousand times v ytd
    """.split()
)
# A label may hold these, but neither begin nor end with them.
JOINTS: Final = frozenset("at for from in into of on & with through under x × no number".split())
# A label that begins with these is a heading all the same: "Number of referrals - 13".
HEADINGS: Final = frozenset(("no", "number", "under"))
# What is done with a thing is not what is counted: "1,612 reported".
VERBS: Final = frozenset(
    """
    achieved arrested attended committed completed conducted dealt delivered detected engaged
    given held identified issued made occurred progressed provided received recorded referred
    resulted seen sent showed shows stated submitted taken tested took undertaken assisted
    seized surrendered stopped signed accommodated handed found opened closed waited agreeing
    pending saved reviewed run returned trained helped stolen recovered reoffended committing
    extricating rated attempted cancelled served imposed secured led
    """.split()
)

# How things stand with what is counted.
STATES: Final = frozenset("left ongoing complete spent withdrawn insecure open live new".split())
# Whom most measures are about.
PEOPLE: Final = frozenset(
    """
    people person client victim offender individual resident young youth adult child user case
    household member respondent yp
    """.split()
)
# Of what most measures are made, whatever they call it: these alone name no series.
GENERAL: Final = frozenset("incident offence crime case call report number record".split())
