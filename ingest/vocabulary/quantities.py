"""The words around numbers: units, directions, comparisons, times and roles, as data.

To teach the reader a word, add it to its line in :data:`WORDS`; to teach it a phrase of several
words, add the phrase to its line in :data:`PHRASES`. Everything is lower case. The names on the
left (``DOWN``, ``TARGET``...) are the names that the patterns of :mod:`ingest.figures.rules` and
:mod:`ingest.figures.times` are written in. docs/reading_figures.md explains how they fit together.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from ingest.vocabulary.numbers import MONTHS as MONTHS
from ingest.vocabulary.numbers import NUMBER_WORDS as NUMBER_WORDS
from ingest.vocabulary.numbers import ORDINALS as ORDINALS

# One letter for each class of token: a cell becomes a string of these letters, and every rule is
# a pattern over that string. The letters themselves mean nothing.
CODES: Final = MappingProxyType(
    {
        # numbers
        "NUM": "n",  # a plain number, in digits or as a word
        "PCT": "p",  # a percentage
        "YEAR": "y",  # "2012/13", "2012"
        "DATE": "d",  # "28/10/19"
        "QUARTER": "q",  # "Q1", "Q1/2019", "Quarter 2"
        "DAYYR": "e",  # the number beside a month's name: a day or a short year
        "CTX": "c",  # another number that measures nothing
        # direction
        "DOWN": "<",
        "UP": ">",
        "BETTER": "~",  # up or down, as the indicator's own direction has it
        "CHANGE": "v",
        "LESS": "L",
        "MORE": "G",
        # roles
        "COMPARE": "K",
        "TARGET": "T",
        "OUTCOME": "O",
        "BASE": "B",
        "PROJECT": "J",
        "AVERAGE": "A",
        "RANK": "R",
        "PEER": "E",
        "AIM": "I",
        "LIMIT": "m",
        "MISS": "?",
        "BEFORE": "!",
        # grammar
        "OF": "o",
        "OUTOF": "j",
        "BY": "b",
        "TO": "t",
        "FROM": "f",
        "IN": "i",
        "ON": "u",
        "FILL": "a",
        "IS": "=",
        "AND": "&",
        "TIMES": "x",
        "PER": "r",
        "THESE": "H",
        # time
        "MONTH": "M",
        "SAME": "S",
        "LAST": "l",
        "YEARW": "Y",
        "QUARTERW": "Q",
        "SPAN": "W",
        "DURATION": "U",
        "ROLL": "Z",
        "YTD": "X",
        "FYE": "F",
        "NEND": "N",
        "THIS": "h",
        "FIN": "$",
        "AGO": "g",
        "SURVEY": "s",
        "COHORT": "C",
        "SINCE": "1",
        "BETWEEN": "3",
        "RELATIVE": "2",
        "HALF": "4",
        "PERIOD": "P",  # a whole phrase about time, found by ingest.figures.times
        # definitions and labels
        "LABEL": "k",
        "TOP": "^",
        "TOLERANCE": "5",
        "SPEED": "6",
        "SAMPLE": "7",
        "NSIZE": "8",
        "ORMORE": "V",
        "AGED": "D",
        # punctuation
        "COLON": ":",
        "DASH": "-",
        "SLASH": "/",
        "OPEN": "(",
        "CLOSE": ")",
        "COMMA": ",",
        "SEMI": ";",
        "STOP": ".",
        "BULLET": "*",
        "PLUS": "+",
        "PERCENT": "%",
        "WORD": "w",
    }
)

# Names that stand for several classes in patterns.
GROUPS: Final = MappingProxyType(
    {
        "VALUE": ("NUM", "PCT"),
        "DIR": ("DOWN", "UP", "BETTER"),
        "ADJ": ("LESS", "MORE", "BETTER"),
        "SEP": ("COLON", "DASH", "IS"),
        "ON_": ("ON", "COMPARE", "FROM", "LESS", "MORE", "IN", "BY", "TO"),
        "NOUN": ("WORD", "LABEL", "COHORT", "SURVEY", "RANK", "DURATION", "SPAN", "AIM"),
        "THING": ("WORD", "LABEL", "COHORT", "SURVEY", "FILL", "DURATION", "SPAN", "THESE"),
        "GAP": (
            "WORD",
            "LABEL",
            "COHORT",
            "SURVEY",
            "FILL",
            "OF",
            "IN",
            "DURATION",
            "THESE",
            "SPAN",
            "TO",
            "BY",
            "AVERAGE",
            "THIS",
            "FIN",
            "AIM",
            "RANK",
        ),
    }
)

# "Will finish", "could reach": what has not happened yet.
_TO_COME: Final = tuple(
    f"{modal} {verb}"
    for modal in ("will", "would", "should", "could", "might", "may", "we'll", "expect to")
    for verb in (
        "be see end close finish reach total hit land exceed come fall rise drop give leave mean "
        "bring produce put take result".split()
    )
)

WORDS: Final = MappingProxyType(
    {
        "DOWN": (
            "reduction reductions reduce reduces reduced reducing decrease decreases "
            "decreased decreasing fall falls fell fallen falling drop drops dropped "
            "dropping decline declines declined declining down cut cuts dip dipped slip "
            "slipped saving shrank shortfall lowered halved dips dipping dwindled dwindling "
            "shrunk shrinking plummeted plunged tumbled slumped slump sank sunk contracted "
            "receded subsided eased easing lessened lessening lowering diminished waned "
            "slid sliding halving undershot undershoot undershooting trimmed contraction "
            "collapsed deficit shed underspend underspent"
        ),
        "UP": (
            "increase increases increased increasing rise rises rose risen rising up grew "
            "grown growth growing gain gained climb climbed jump jumped uplift exceeded "
            "exceeds exceed exceeding excess surplus doubled trebled upturn soared surged "
            "surge leapt leaped rocketed swelled ballooned escalated mounted expanded "
            "expansion upswing quadrupled tripled doubling climbing climbs jumping "
            "heightened boosted hike gains overshot overshoot overshooting overspend "
            "surpassed surpassing surpasses outperformed outperforming raised"
        ),
        "BETTER": (
            "improve improves improved improving improvement improvements better ahead worse "
            "worsened worsening deteriorated deterioration adverse favourable behind"
        ),
        "CHANGE": (
            "change changes changed difference diff variance variation var movement swing "
            "deviation shift gap"
        ),
        "LESS": (
            "less fewer lower below under beneath inside off short quicker faster sooner "
            "shorter smaller shy adrift"
        ),
        "MORE": (
            "more higher above over outside greater additional extra upwards slower "
            "longer larger beyond "
            "upward"
        ),
        "COMPARE": (
            "compared compare compares comparing comparison against versus vs v than "
            "cf relative whereas"
        ),
        "TARGET": (
            "threshold target targets stretch standard recommended goal goals budget "
            "budgeted profile milestone trajectory ceiling tgt targeted allowance "
            "aspiration aspirations ambition quota cap pledge recommend recommends "
            "recommending profiled allocation"
        ),
        "OUTCOME": ("met achieved reached not hit attained"),
        "BASE": "baseline baselines base baselined",
        "PROJECT": (
            "projected projection projections forecast forecasts forecasted predicted "
            "prediction predict predicts predicting forecasting projecting expected expects "
            "expect anticipate anticipated extrapolated envisaged foresee outlook "
            "scenario scenarios"
        ),
        "AVERAGE": "average averages averaging averaged mean avg ave av median pooled",
        "RANK": "ranked rank ranking ranks position posn pos placed place positioned quartile",
        "PEER": (
            "msg msgs mssf mssg msf peer peers national nationally england wales regional "
            "region regionally countywide eng nat natl benchmark benchmarks comparator "
            "comparators neighbours uk countrywide forcewide cipfa scotland "
            "britain ireland"
        ),
        "AIM": (
            "maintain achieve ensure keep aim deliver secure sustain minimum maximum max "
            "reach meet attain hold retain aims aiming aspire"
        ),
        "MISS": "missed miss misses",
        "BEFORE": ("was were been previously formerly had originally"),
        "OF": "of",
        "BY": "by",
        "TO": "to until till upto through",
        "FROM": "from",
        "BETWEEN": "between",
        "IN": "in during within for at across among amongst throughout with into",
        "ON": "on upon",
        "SINCE": "since",
        "FILL": (
            "a an the only just approximately approx around about some nearly almost "
            "further overall total totals totalling small slight slightly significant "
            "significantly our its their an' also circa ca roughly now currently actually "
            "which that this as it equates equating representing represents i.e ie i.e. e.g "
            "eg still then so gives giving achieving shows showing actual actuals figure "
            "figures least most even there set stated estimated est provisional prov act"
        ),
        "IS": (
            "is are be being equals stands stood remains remain remained became becomes "
            "totalled saw equalled stayed finished numbered numbering amounted"
        ),
        "AND": "and or plus nor respectively",
        "TIMES": "x",
        "PER": "per",
        "THESE": "these those them whom",
        "SAME": ("same corresponding equivalent comparative comparable like matching"),
        "HALF": "half",
        "LAST": ("last previous preceding past prev prior"),
        "YEARW": "year years yr yrs year's years' yearly annum annual annually",
        "QUARTERW": ("quarter quarters qtr qtrs qs quarter's quarterly qr q"),
        "SPAN": ("period periods time point month months mth mths mnth mnths week weeks wk wks m"),
        "DURATION": (
            "day days hour hours hr hrs minute minutes min mins second seconds secs night "
            "nights weekend weekends"
        ),
        "ROLL": "rolling",
        "YTD": "ytd fytd cytd cum cumulative cumulatively",
        "FYE": ("fye fy outturn out-turn outturns eoy year-end ye"),
        "NEND": "end ending ended ends",
        "THIS": "current latest",
        "FIN": "financial calendar performance reporting fiscal full whole municipal entire",
        "AGO": ("ago earlier before beforehand before's earlier's ago's"),
        "SURVEY": ("survey surveys census csew questionnaire panel tracker poll barometer"),
        "COHORT": "cohort cohorts cohort's",
        "RELATIVE": ("ly py sply pytd lytd pfytd lfytd pcytd qoq yoy pyqtr pq lq pyq lyq pfy lfy"),
        "LABEL": (
            "section sections sec s indicator indicators phase tier level priority "
            "objective table page appendix item action class category grade band step stage "
            "version ref reference chapter article part schedule no. no number kpi pi ni "
            "lpi bvpi lai bv li lp spi sec. code form wave note junction group outcome "
            "theme strand paragraph para annex question footnote line id key block unit op "
            "gold clause pg p issue vol option tranche ci pcso sgt recommendation "
            "agenda regulation module sector round beat groups beats zones tiers levels "
            "phases bands grades categories cad urn rev cat ext channel windows radio nhs "
            "pp job log"
        ),
        "TOLERANCE": "tolerance",
        "SPEED": "mph kph zone limit",
        "SAMPLE": (
            "respondents responses returns returned respondent replies interviews "
            "interviewees questionnaires surveyed"
        ),
        "NSIZE": "n",
        "TOP": "top bottom first worst highest busiest leading final",
        "AGED": "aged age ages",
        "LIMIT": "",
    }
)

# Phrases of several words become one token of the class on the left. "year to date" beats "year".
PHRASES: Final = MappingProxyType(
    {
        "YTD": (
            "year to date",
            "financial year to date",
            "year - to - date",
            "so far this year",
            "so far this financial year",
            "this year to date",
            "this year so far",
            "to date this year",
            "to date",
            "running total",
            "so far",
            "current ytd",
            "this ytd",
            "financial ytd",
            "since the start of the year",
            "since the start of the financial year",
            "since the beginning of the year",
            "since the beginning of the financial year",
            "cumulative total",
            "cumulative figure",
            "year to date total",
            "year to date figure",
            "in total this year",
            "total this year",
            "overall this year",
        ),
        "RELATIVE": (
            "previous ytd",
            "last ytd",
            "prior ytd",
            "prev ytd",
            "ytd last year",
            "year to date last year",
            "last year to date",
            "previous year to date",
            "ytd previous year",
            "last year's ytd",
            "same point last year",
            "year on year",
            "quarter on quarter",
            "qtr on qtr",
            "q on q",
            "yr on yr",
            "y on y",
            "on the year",
            "on the quarter",
            "ytd ly",
            "ytd py",
            "ly ytd",
            "py ytd",
            "prior year to date",
            "previous financial year to date",
            "last financial year to date",
            "last year's year to date",
            "next year",
            "next year's",
            "next financial year",
            "the coming year",
            "the coming financial year",
        ),
        "FYE": (
            "ended the year",
            "ended the year at",
            "finished the year",
            "finished the year at",
            "closed the year",
            "year closed on",
            "year closed at",
            "year ended on",
            "year ended at",
            "year finished on",
            "year's total",
            "final year figure",
            "final figure for the year",
            "final outturn",
            "total for the year",
            "year end",
            "yr end",
            "y / e",
            "yr - end",
            "end of year",
            "end of the year",
            "year - end",
            "end - year",
            "full year",
            "whole year",
            "full financial year",
            "financial year end",
            "out turn",
            "out - turn",
            "end of financial year",
            "end of the financial year",
            "for the year",
            "over the year",
            "during the year",
            "in year",
            "annual performance",
            "annual total",
            "year total",
            "yr total",
            "total year",
            "annual figure",
            "full year figure",
            "full yr",
            "full year total",
            "total for year",
            "year as a whole",
            "the year overall",
            "brings year to",
            "brings the year to",
            "takes the year to",
            "taking the year to",
            "bringing the year to",
            "brings the year's total to",
            "o / turn",
            "o / t",
            "out / turn",
            "year end figure",
            "final position",
        ),
        "COMPARE": (
            "compared to",
            "compared with",
            "compare to",
            "compare this to",
            "compares to",
            "compares with",
            "comparing to",
            "in comparison to",
            "in comparison with",
            "in relation to",
            "as against",
            "as opposed to",
            "relative to",
            "up against",
            "same as",
            "comparable to",
            "comparable with",
            "as in",
            "set against",
            "as many as the",
            "as much as the",
            "twice the",
            "double the",
            "treble the",
            "triple the",
            "half the",
            "twice as many as",
            "half as many as",
            "identical to",
            "on a par with",
            "on par with",
            "level with",
            "in line with",
            "similar to",
            "unchanged from",
            "unchanged on",
            "the same as",
            "no change from",
            "no change on",
        ),
        "PEER": (
            "most similar group",
            "most similar family",
            "most similar forces",
            "most similar",
            "similar group",
            "statistical neighbours",
            "stat neighbours",
            "statistical neighbour",
            "family group average",
            "nearest neighbours",
            "family group",
            "yot family",
            "family mean",
            "msg family",
            "top quartile",
            "bottom quartile",
            "comparator las",
            "comparator group",
            "comparator average",
            "force average",
            "force wide",
            "force - wide",
            "force area",
            "force figure",
            "force rate",
            "county average",
            "county figure",
            "family average",
            "peer group",
            "cps area",
            "england and wales",
            "england & wales",
            "force :",
            "force =",
            "force is",
            "force mean",
            "force total",
            "across the force",
            "force level",
            "group average",
            "group mean",
            "borough average",
            "district average",
            "city average",
            "area average",
            "partnership average",
            "comparator authorities",
            "comparator forces",
            "comparator boroughs",
            "similar authorities",
            "similar forces",
            "similar areas",
            "similar boroughs",
            "other authorities",
            "other boroughs",
            "other forces",
            "neighbouring authorities",
            "neighbouring boroughs",
            "nearest neighbour",
            "nearest neighbour group",
            "upper quartile",
            "lower quartile",
            "best quartile",
            "north east",
            "north west",
            "west midlands",
            "east midlands",
            "south east",
            "south west",
            "east of england",
            "yorkshire and the humber",
            "the region",
            "the country",
            "great britain",
            "london average",
            "outer london",
            "inner london",
            "csp family",
            "family :",
            "peers' average",
            "peer average",
            "force as a whole",
            "the force",
            "the wider force",
            "the constabulary",
            "county as a whole",
            "region as a whole",
            "northern ireland",
            "country as a whole",
            "iquanta average",
            "iquanta ave",
            "iquanta mean",
            "iquanta group",
        ),
        "OUTOF": ("out of", "of a possible", "of the total of"),
        "ORMORE": (
            "or more",
            "or fewer",
            "or less",
            "or above",
            "or over",
            "or under",
            "or below",
            "or older",
            "or younger",
            "and over",
            "and above",
            "and under",
            "plus years",
            "or greater",
            "or higher",
            "or better",
        ),
        "FILL": (
            "up to",
            "greater than",
            "no more than",
            "no fewer than",
            "no less than",
            "not more than",
            "in excess of",
            "at least",
            "at most",
            "in the region of",
            "a total of",
            "total of",
            "as many as",
            "just over",
            "just under",
            "well over",
            "at or below",
            "at or above",
            "such as",
            "made up of",
            "made up",
            "make up",
            "makes up",
            "making up",
            "take up of",
            "followed up",
            "follow up",
            "set up",
            "broken down",
            "came in",
            "signed up",
            "carried over",
            "take up",
            "taken up",
            "picked up",
            "as follows",
            "to be",
            "on or around",
            "in or around",
            "at or around",
            "as low as",
            "as high as",
            "as few as",
            "at just",
            "at present",
            "at the moment",
        ),
        "BASE": ("base line", "base - line", "base year", "baseline year", "starting point"),
        "PROJECT": (
            *_TO_COME,
            "on course for",
            "on course to",
            "on track for",
            "on track to finish",
            "heading for",
            "likely to be",
            "on target for",
            "straight line",
            "seasonally adjusted",
            "worst case",
            "best case",
            "estimated outturn",
            "estimate for the outturn",
            "estimate for the year",
            "estimate for year end",
            "year estimate",
            "year - end estimate",
            "year end estimate",
            "full year estimate",
            "estimated year end",
            "if this continues",
            "if the trend continues",
            "if trend continues",
            "year will finish",
            "year will end",
            "will end the year",
            "will finish the year",
            "expected to finish",
            "expected to end",
            "if this trend continues",
            "if the present trend continues",
            "if the current trend continues",
            "if current trends continue",
            "on current trends",
            "on current performance",
            "at this rate",
            "would finish on",
            "will finish on",
            "would finish at",
            "likely outturn",
            "on pace for",
            "on pace to",
            "run rate",
            "likely to",
            "set to finish",
            "set to end",
            "set to be",
            "set to reach",
            "set to exceed",
            "looks set to",
            "look set to",
            "looking like",
            "looks like",
            "tracking towards",
            "tracking at",
            "heading towards",
            "expected year end",
            "if this rate continues",
            "if the rate continues",
            "if current performance continues",
            "if performance continues",
            "if it continues",
            "if things continue",
            "on present trends",
            "on recent trends",
            "on current trajectory",
            "on the current trajectory",
            "on present performance",
            "on current form",
            "at the current rate",
            "at current rates",
            "at the present rate",
            "est for year end",
            "est year end",
            "est outturn",
            "estimate for year end",
            "estimated for year end",
            "estimate for the year",
            "estimated for the year",
            "estimate for",
            "est o / turn",
            "est o / t",
        ),
        "RANK": ("position in",),
        "AVERAGE": ("on average",),
        "CHANGE": ("% change", "direction of travel", "point difference"),
        "SAME": (
            "at this point in",
            "at this stage in",
            "at this time in",
            "same stage",
            "same date",
            "same time",
            "this time",
            "this point",
            "this stage",
        ),
        "SPAN": ("time period", "point in time", "point in", "comparison period"),
        "IN": ("as at", "as of", "so as", "in relation", "in terms of", "as a result of"),
        "AND": ("as well as", "equal to"),
        "WORD": (
            "due to",
            "zero tolerance",
            "target hardened",
            "target hardening",
            "targeted at",
            "according to",
            "in order to",
            "no change",
            "not for",
            "all over",
            "over night",
            "part of",
            "take place",
            "taken place",
            "in place",
            "take part",
            "under way",
            "over time",
            "under age",
            "no one",
            "one another",
            "one stop",
            "one off",
            "one - off",
            "one to one",
            "one - to - one",
            "one of the",
            "no longer",
            "set out",
            "time to",
            "end to end",
            "in charge",
            "a number of",
            "the number of",
            "number of",
            "numbers of",
            "aimed at",
            "aimed to",
            "two thirds",
            "one third",
            "one quarter",
            "one fifth",
            "two fifths",
            "three fifths",
            "four fifths",
            "one half",
            "took up",
            "took it up",
            "taken it up",
            "take it up",
            "step up",
            "stepped up",
            "start up",
            "turned up",
            "called up",
            "lined up",
            "locked up",
            "cleared up",
            "clear up",
            "cleaned up",
            "clean up",
            "ended up",
            "end up",
            "given up",
            "gave up",
            "give up",
            "brought up",
            "bring up",
            "come up",
            "came up",
            "backed up",
            "opened up",
            "looked up",
            "caught up",
            "signing up",
            "sign up",
            "catch up",
            "speed up",
            "sped up",
            "grown up",
            "growing up",
            "woke up",
            "broke up",
            "break up",
            "broken up",
            "wrapped up",
            "wrap up",
            "back up",
            "join up",
            "joined up",
            "topped up",
            "covered up",
            "cover up",
            "coming up",
            "setting up",
            "taking up",
            "turned down",
            "closed down",
            "shut down",
            "tracked down",
            "put down",
            "laid down",
            "handed down",
            "cracked down",
            "crack down",
            "taken down",
            "took down",
            "knocked down",
            "stood down",
            "winding down",
            "wound down",
            "cut off",
            "written off",
            "signed off",
            "called off",
            "dropped off",
            "dropped out",
            "cut out",
            "rolled out",
            "handed over",
            "taken over",
            "took over",
            "turned over",
            "left over",
            "pulled over",
            "moved over",
            "bail out",
            "set off",
            "put off",
            "laid off",
            "took off",
            "run off",
        ),
        "TARGET": (
            "planned level",
            "planned figure",
            "required level",
            "required standard",
            "national standard",
            "upper limit",
            "lower limit",
            "control limit",
            "desired level",
            "agreed level",
            "agreed limit",
            "against plan",
            "than planned",
        ),
        "LIMIT": (
            "should not exceed",
            "not to exceed",
            "must not exceed",
            "not exceeding",
            "should not be more than",
            "to stay below",
            "to stay under",
            "to remain below",
            "to remain under",
            "to keep below",
            "to keep under",
            "to get below",
            "to get under",
            "to get down to",
            "to bring down to",
            "must stay below",
            "must remain below",
            "must be below",
            "must be at least",
            "must be above",
            "should be at least",
            "no higher than",
            "no lower than",
            "we need",
            "need to reach",
            "asks for",
            "calls for",
            "commits us to",
            "commits to",
            "need to achieve",
            "needs to be",
            "need to be",
            "needs to reach",
            "not exceed",
            "to not exceed",
            "does not exceed",
        ),
        "HALF": (
            "half year total",
            "half - year total",
            "half year figure",
            "half - year figure",
            "half year position",
            "half - year position",
            "half yearly total",
            "mid year total",
            "mid - year total",
            "mid year position",
            "mid - year position",
        ),
    }
)


# Directions that also name something done to people: "accepted 44; declined 9".
DONE: Final = frozenset(("declined", "dropped", "cut", "slipped"))
# A value that replaced another of the same time.
REVISIONS: Final = frozenset("revised restated amended corrected updated previously".split())
# Measures of shares, where a bare number is a percentage.
SHARES: Final = (
    " within ",
    "satisf",
    "detection rate",
    "conviction rate",
    "completion rate",
    "outcome rate",
    "success rate",
    "availability",
    "confidence in",
)

# A word in "-ly" says how ("sharply", "marginally"), and may stand anywhere; these do not.
NO_ADVERBS: Final = frozenset(
    "family assembly supply reply daily weekly monthly hourly fortnightly early elderly italy "
    "apply comply rely multiply rally bully ally fly july".split()
)

# Months whose names are other words too: a month only with a capital letter.
DOUBTFUL_MONTHS: Final = frozenset(("may", "march", "mar"))

# "more than 50" hedges a number; "6 more than Q1" compares one.
HEDGES: Final = frozenset(("more than", "less than", "fewer than"))

# What multiplies the number it stands behind.
MAGNITUDES: Final = MappingProxyType(
    {"k": 1_000, "thousand": 1_000, "million": 1_000_000, "mn": 1_000_000, "billion": 10**9}
)
# "m" and "bn" multiply money only ("12m" is twelve months).
MONEY_MAGNITUDES: Final = MappingProxyType({"m": 1_000_000, "bn": 10**9})
CURRENCY_MARKS: Final = "\u00a3$\u20ac"

# Emergency and service telephone numbers, which count nothing beside these nouns.
TELEPHONE_NUMBERS: Final = frozenset(("999", "101", "111", "112"))
TELEPHONE_NOUNS: Final = frozenset(
    "call calls caller callers demand emergency service system number line contact contacts".split()
)

# Words of DIR that are bad news: with them the way of the change is against the wish.
WORSE: Final = frozenset(
    "worse worsened worsening deteriorated deterioration adverse behind missed".split()
)
# A measure with one of these wishes for more of it, where nothing else says so.
WISHED_FOR: Final = tuple(
    "detect satisf complet success engage confiden recover attend availab answer within complian "
    "uptake coverage resolv cleared positive outcome support access feel safe employment "
    "accommodation settled conviction rate fitted trained visits checks".split()
)
# A measure with one of these wishes for less of it, unless it has one of WISHED_FOR.
NOT_WISHED_FOR: Final = tuple(
    "burglar robber crime offence offend arson victim worr perceiv complain theft damage violen "
    "assault nuisance casualt killed fires anti-social asb".split()
)
# Directions that name a thing as well ("a 5% reduction"), and may follow their number.
DIRECTION_NOUNS: Final = frozenset(
    "reduction reductions decrease decreases fall falls drop drops decline declines dip cut "
    "cuts saving shortfall slip increase increases rise rises growth gain uplift climb jump "
    "excess surplus upturn improvement improvements deterioration better worse up down adverse "
    "ahead behind favourable reduced increased decreased lowered improved shrank fewer less".split()
)

# Those that name a change, and may stand before a colon and its size ("Reduction: 12").
DIRECTION_NAMES: Final = frozenset(
    "reduction reductions decrease decreases fall falls drop drops decline declines dip cut cuts "
    "saving shortfall increase increases rise rises growth gain uplift jump surplus upturn up down "
    "improvement improvements deterioration".split()
)

# A capital letter on one of these in the middle of a line starts a sentence whose stop was lost.
STARTERS: Final = frozenset(
    "this these there the in during it we no not also however therefore increase increases "
    "reduction reductions decrease decreases target projected projection current difference same "
    "year-end fye possible good performance baseline compared compare overall out-turn outturn "
    "forecast expected rolling same last previous numbers an a both all "
    "following although as when if with data new update changes unable please likely".split()
)

# Arrows say a direction too.
ARROWS_UP: Final = "\u2191\u25b2\u2b06\u2197\u21e7"
ARROWS_DOWN: Final = "\u2193\u25bc\u2b07\u2198\u21e9"

# Small words that a lost blank glues to a number: "of120 offences".
LOST_BLANKS: Final = frozenset("of in to by and from was were is are at the with vs than".split())

# Words whose full stop ends no sentence.
ABBREVIATIONS: Final = frozenset(
    "e.g i.e eg ie vs v no nos approx ave avg av st mr mrs ms dr etc dept cllr jan feb mar apr jun "
    "jul aug sep sept oct nov dec inc est fig ref sec incl excl max min temp qtr yr yrs prov "
    "est var cum prev prov hrs mins wk wks mth mths op par para pop".split()
)

# What may stand before "quarter" and say which.
QUARTER_ORDINALS: Final = MappingProxyType({**ORDINALS, "opening": 1, "final": 4, "closing": 4})
# "this month 9" counts, "month 9" names.
NOT_LABELS: Final = frozenset("the this last a per each every next previous same that".split())
# What a change on the quarter, and one on the year, is called.
ON_QUARTER: Final = frozenset(
    ("qoq", "quarter on quarter", "qtr on qtr", "q on q", "on the quarter")
)
ON_YEAR: Final = frozenset(("yoy", "year on year", "yr on yr", "y on y", "on the year"))
# "31 per month": an average.
EACH_TIME: Final = frozenset("day week month night hour weekend shift".split())
# Who is called under a number: "Contact 101".
CALLS: Final = frozenset("contact call calling dial ring phone telephone tel".split())

# Set expressions whose digits count nothing.
FIXED: Final = (
    "24/7", "24-7", "24x7", "4x4", "4 x 4", "5-a-side", "5 a side",
    "360-degree", "360 degree", "covid-19", "covid 19", "covid19", "h1n1", "1:1", "1-2-1", "1-to-1",
    "999/101", "iso 9001", "iso9001", "room 101",
)  # fmt: skip

# Nouns that only ever follow a count.
COUNTED: Final = frozenset(
    "incidents offences crimes calls cases referrals people reports visits fires arrests victims "
    "offenders burglaries thefts assaults convictions complaints properties vehicles homes".split()
)

# A peer's name where a value follows it, else a plain word: "force 83.8%".
PEERS_WITH_VALUE: Final = frozenset(
    "force county constabulary family region division scottish welsh english british "
    "northern".split()
)

# A target after a word that measures something against it: "96% of plan", "4% adverse to plan".
SET_AGAINST: Final = frozenset("plan contract allocation sla".split())

# What leads to an event that dates nothing: "following the June attacks".
AFTER_EVENTS: Final = frozenset("following after post despite".split())

# Ages that people are under or over.
AGES: Final = frozenset(
    "5 10 11 12 13 14 15 16 17 18 19 20 21 24 25 30 50 55 60 65 70 75 80".split()
)
# Labels that are numbered 1, 2, 3: "priority 58.2" is a value.
RANKED_LABELS: Final = frozenset(
    "priority grade level phase tier band category class step stage group beat zone".split()
)
# Labels that are also what has to be reached: "(KPI 90%)".
STANDARDS: Final = frozenset("kpi sla".split())
# Where among others a value stands: "force 64.2%, best 71.0%".
SPREAD: Final = frozenset("best worst highest lowest top bottom median mean average".split())

# What was to be done: "3 against 4 planned".
PLANNED: Final = frozenset("planned profiled targeted commissioned contracted scheduled".split())

# What a rank is the how-manieth of: "4th lowest in the family".
SUPERLATIVES: Final = frozenset(
    "lowest highest best worst safest largest smallest busiest fastest slowest".split()
)
# Forecasts of which several values follow.
SEVERAL_FORECASTS: Final = frozenset("scenarios projections forecasts estimates".split())
# Units that count, whole or not: "18.5 kg", "2.5 FTE".
COUNTING_UNITS: Final = frozenset(
    "kg kilos kilograms grams g tonnes litres fte wte ftes posts miles km metres "
    "hectares acres".split()
)

# Where things happen: "in three wards" counts nothing that is reported.
PLACES: Final = frozenset(
    "wards ward streets street areas neighbourhoods beats districts boroughs locations "
    "places parks "
    "estates villages towns".split()
)
# Words that make a target of the number after them.
TARGETED: Final = frozenset("profiled targeted budgeted recommended planned".split())

# Targets that are spread over the year.
PROFILED: Final = frozenset("profile profiled milestone trajectory phased cumulative".split())

# "Mean time to answer 2:48": an average and what takes the time.
AVERAGE_WORDS: Final = frozenset(WORDS["AVERAGE"].split())
TIMED: Final = frozenset("time times answer answered response wait waiting speed duration".split())

# Said of those of a number who ...: "46 premises visited, 6 failed (13%)".
SAID_OF_PARTS: Final = frozenset(
    "of these those whom which engaged completed failed passed sold refused accepted attended "
    "repeat repeats returned detected convicted successful positive reoffended re-offended".split()
)
# Words that speak of what the sentence before them reported.
ANAPHORS: Final = frozenset("this that these those they it both which whom".split())
# Differences between what is and what was asked for.
VARIANCES: Final = frozenset("variance var variation diff difference gap".split())
# Said of what there is while it is written.
NOW: Final = frozenset(("currently", "now", "presently", "at present", "at the moment"))
# A measure with one of these wishes for less of it, whatever else it has ("repeats supported").
UNWISHED: Final = (
    "repeat",
    "reoffend",
    "re-offend",
    "fear of",
    "worried",
    "unsafe",
    "abandon",
    "drop-out",
)
# Who may be under or over an age.
PEOPLE: Final = frozenset(
    "people persons person youths children adults victims offenders residents those "
    "anyone suspects "
    "drivers riders males females men women girls boys clients users drinkers".split()
)
# People who are asked.
ASKED: Final = frozenset("residents people adults households tenants pupils respondents".split())

# What there is at a moment, and not what happened over a stretch of time.
STOCKS: Final = frozenset(
    "caseload caseloads scheme open live outstanding waiting registered custody vacancies vacant "
    "headcount strength membership members employed backlog register books tenancies empty "
    "currently remand active stock licensed enrolled nominals matrix sleepers schemes "
    "volunteers caseload".split()
)

# What a measure tells to do so many times.
TASKS: Final = frozenset(
    "visit deliver complete carry provide train hold fit install recruit support engage attend "
    "inspect conduct undertake run identify refer issue secure achieve".split()
)

# A "position" among these is a rank.
PEER_STEMS: Final = ("ms", "group", "famil", "league", "nation", "peer")

# A column headed so, beside one of differences, has them in percent.
PERCENT_HEADERS: Final = frozenset(("%", "% +/-", "+/- %", "+/-%", "% diff", "% var", "%+/-"))

# Columns that say what a row is counted in.
UNIT_HEADERS: Final = frozenset(
    (
        "unit",
        "units",
        "unit of measure",
        "unit of measurement",
        "measured in",
        "format",
        "measured as",
    )
)

# What a unit is called when it follows its number, by the unit it gives.
POINT_WORDS: Final = frozenset("point points pt pts ppt ppts pp pps %pts".split())
DURATION_UNITS: Final = MappingProxyType(
    {
        "day": "days",
        "days": "days",
        "hour": "hours",
        "hours": "hours",
        "hr": "hours",
        "hrs": "hours",
        "minute": "minutes",
        "minutes": "minutes",
        "min": "minutes",
        "mins": "minutes",
        "second": "seconds",
        "seconds": "seconds",
        "sec": "seconds",
        "secs": "seconds",
        "s": "seconds",
    }
)
# Seconds after a number, sections before one.
SECONDS: Final = frozenset(("sec", "s"))
PERCENT_WORDS: Final = frozenset(("percent", "pct", "pc"))
