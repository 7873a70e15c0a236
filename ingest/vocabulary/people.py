"""Words that tell the name of a person from that of a street, a place or an organisation.

No list of people: given names come from a library (see :mod:`ingest.privacy`). To keep a place or
an organisation from being masked, add the word that gives it away to :data:`NOT_SURNAMES`.
"""

from __future__ import annotations

from typing import Final

from ingest.vocabulary import words

# Ranks and titles; the name after one is masked whether or not a list knows it.
TITLES: Final = words("""
PC PCSO PS SGT Sgt Sergeant DC DS DI DCI DSU Det Detective Insp Inspector Supt Superintendent
CSupt ACC DCC Constable Cllr Cllrs Councillor Alderman Mr Mrs Ms Miss Mx Dr Prof Professor Rev
Reverend Sir Dame Lady Lord Canon Father
""")

# What may stand before a title: "Acting Inspector", "T/Sgt".
BEFORE_TITLES: Final = words(
    "Detective Det Chief Ch Temporary Temp Acting Assistant Asst Deputy Cllr Rev Prof T A"
)

_STREETS: Final = """
street road lane avenue close court house park way drive crescent terrace place square gardens grove
walk row mews gate bridge wharf quay lodge farm cottage estate flats towers mill market parade
precinct arcade bank side rise view vale point corner corners roundabout bypass mall leisure manor
meadow meadows orchard plaza course reach locks summit crest springs ridge heights trail tunnel
crossroads roads forge common
"""
_PLACES: Final = """
ward wards town city county district borough village parish north south east central centre
center valley dales moors common island river beach station hospital infirmary hospice
school academy college university church cathedral prison airport stadium arena theatre library
museum hotel inn arms tavern club cafe castle tower cemetery docks port upon le on-tees superstore
"""
_ORGANISATIONS: Final = """
police council constabulary service services authority partnership partners team teams unit units
group groups board panel forum committee trust foundation charity association federation society
project programme programmes scheme initiative campaign operation network agency agencies office
department directorate division branch brigade fire rescue ambulance nhs health care housing homes
probation crc company ltd limited plc llp inc llc solutions consortium alliance commission
commissioner
institute bureau ministry government parliament inquiry review act bill award awards fund
appeal week month year strategy plan policy protocol pathway toolkit code hub zone watch
collective enterprise enterprises consultancy consulting associates bros sons
"""
_ROLES: Final = """
manager officer officers head lead leads director coordinator co-ordinator analyst assistant
administrator adviser advisor executive chief deputy senior principal superintendent inspector
sergeant constable commander commissioner chair chairman chairperson secretary supervisor worker
warden warden's specialist consultant commissioner's nurse doctor judge magistrate magistrates staff
champion representative rep clerk
"""
_SUBJECTS: Final = """
community communities safety safer stronger crime crimes disorder violence violent robbery burglary
theft vehicle drug drugs alcohol substance misuse treatment domestic abuse hate youth people
adult adults child children offending offenders offender reoffending restorative justice victim
victims witness support prevention reduction resilience neighbourhood neighbourhoods protection
environment environmental public private social economic licensing trading standards enforcement
intelligence performance data information research quality business corporate strategic integrated
local national regional joint multi early help intervention anti-social antisocial behaviour asb
data report reports reporting update updates figures figure quarter target targets baseline total
average number rate percentage increase decrease reduction result results status action actions
ongoing completed awaiting pending available unavailable provided the and for with from has have is
was will to of in at on by as not no new all this that these those there due also see per only
recorded incidents incident offences offence cases case referrals referral clients client sessions
january february march april may june july august september october november december monday
tuesday wednesday thursday friday saturday sunday english british scottish welsh irish
"""
# A capitalised word of these after a given name makes it no person. Street words that are surnames
# as often (Green, Hill, Wood, Hall) are left out: a name that gets out is worse than a hill masked.
NOT_SURNAMES: Final = frozenset(
    f"{_STREETS} {_PLACES} {_ORGANISATIONS} {_ROLES} {_SUBJECTS}".split()
)
# In an owner's cell a piece with one of these is an organisation or a role.
NOT_PEOPLE: Final = NOT_SURNAMES | frozenset(
    words("""
young valley tees hill green wood west day law vacant various all other
""")
)
# Of those, words that begin the next sentence as often as they make a thing of the name before.
SENTENCE_WORDS: Final = frozenset(
    words("""
the and for with from has have is was will to of in at on by as not no new all this that these those
there due also see per only update updates data awaiting
""")
)
# Words that the list of given names holds and that stand before capitals for other reasons.
NOT_GIVEN: Final = frozenset(
    words("""
the to in on and or an at by of for so no non not nil anti ave buse carry cleveland dip mar min
qu yo march justice spring autumn ab ad agate age ago ai am annot are be beat beer bell best bet
bin boy brain brand can cat chip constant core deep del desire diet do done door dot ear easter
else en end era even fa fair fan fee file fine five flip floor free from full general german go
good gun had hang hard harm has hat haven he her here high him his hoc how if is it job joke
just kick less lean left let like line link list live loan loc local long lot love low made main
man many marks mate may meta mine more most my near new next night nine now odd off oh ok old
one open our out over own pace part past pen pie pin pip plus post pre price prune put rain ran
red rest run rush safe save see set she short side sign silver single six skip some son soon
storm sub such sun sup tab take tale tell ten than that then they thin this three tie ties tilde
till time tin toe tone top tree trees two uk un unity up us use van vibe vice vital was we well
were will- wing with won work yes yet you your total said held both each every any all other
police public prevent
""")
)
# A word of these before a given name makes it a place or an operation.
NAMED_THINGS: Final = frozenset(
    words("""
operation op project hmp hmyoi st saint saints royal prince princess king queen lake mount port
fort loch river the upper lower great little old new north south east west
""")
)

# Given names that are words, months or places as well: they need more than a capital after them.
PLACES_TOO: Final = frozenset(
    words("""
chester lincoln kent london paris milan derby devon chelsea preston clifton kingston norton
ripley warwick stafford burton carlisle durham york lancaster windsor
""")
)
WORDS_TOO: Final = PLACES_TOO | frozenset(
    words("""
ashley shirley beverley stanley bradley morley sydney israel
will mark may june april august grace hope faith rose amber art bill drew dean frank grant jack
max ray rich rob pat van victor royal prince queen king chance summer autumn so an do in don ken
sue bea ava douglas dale glen heath craig brook rock clay forest jade ruby pearl crystal joy
charity patience blessing precious justice mercy major sergeant guy gene dawn eve ivy holly
hazel iris lily daisy violet olive penny sandy rusty stormy melody harmony tuesday star angel
christian case page chase ace mission sky ford miles reed wade sage carol noel basil rocky mike
nick harry josh teddy jean jo si al ed le la de da el ho hung ban man me my no on one or she see
sun ten than them then to too true van was we win you he her his if is it ha han hi ko men mi un
up us un be by can come did for from get has had how
""")
)
# Street words that are surnames: a person only after a title, after the organisation in an owner's
# cell, or before what a person does.
SURNAMES_TOO: Final = frozenset(words("ward lane park street mill church castle house wells"))

# What follows a person in prose: "Peter Hargreave to provide ...".
AFTER_PERSON: Final = (
    r"(?:to|will|has|is|was|who|would|should|advised|reported|confirmed|agreed|provided|stated|said|"
    r"asked|attended|presented|gave|updated|noted|explained|leads|chairs|and|or|on|for|from|at|'s|"
    r"\u2019s)\b"
)
# What only a person, or a body, does: after a given name alone it tells a person.
ALONE_DOES: Final = (
    r"(?:to|will)\s+(?:provide|update|confirm|chase|report|advise|circulate|send|attend|present|follow|"
    r"contact|raise|speak|arrange|investigate|feed)"
)
# What only follows a person whose surname might be a street's or a ward's.
DOES: Final = (
    r"(?:to|will|has|would|should|advised|reported|confirmed|agreed|stated|said|asked|attended|"
    r"presented|explained|\()"
)
# What stands before a person in prose: "contact: P. Hargreave".
BEFORE_PERSON: Final = (
    "by",
    "from",
    "with",
    "contact",
    "via",
    "per",
    "lead",
    "leads",
    "officer",
    "owner",
    "manager",
    "analyst",
    "author",
    "coordinator",
    "cc",
    "action",
    "attn",
    "thanks to",
    "see",
    "ask",
    "chair",
)

# Mailboxes that are nobody's name: "enquiries@...".
MAILBOXES: Final = frozenset(
    words("""
info enquiries enquiry contact contactus admin office mail email post press media feedback help
helpdesk helpline hotline customer customers foi complaints noreply no reply general reception
safeguarding referrals asb csp pcc police council
""")
)
