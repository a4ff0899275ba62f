"""What people did, by the verb and what it was done to: *laid bricks* is bricklaying, *laid cables* is not.

Everything here takes texts in the normal form of `careergraph.model.text.normalise`, and knows no graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

#: Verbs, with irregular forms behind a stroke → to what it was done (a pattern) → one of the names of the skill.
_ACTIVITIES = (
    # people and customers
    ("manage run maintain update grow handle build", r"social media(?: (?:accounts?|channels?|pages?|presence|"
     r"profiles?))?",
     "social media management"),
    ("manage maintain build develop", r"(?:vendor|supplier)s?(?: relation(?:s|ships?))?", "supplier management"),
    ("manage handle maintain look_after/looked_after/looking_after", r"(?:client|customer|key) (?:accounts?|portfolio)|"
     r"portfolio of (?:\S+ )*(?:clients?|customers?|accounts?)", "account management"),
    ("greet welcome receive", r"guests?|customers?|clients?", "customer service"),
    ("greet welcome receive", r"visitors?|patients?|callers?", "reception"),
    ("resolve handle defuse mediate settle", r"conflicts?|disputes?", "conflict resolution"),
    ("supervise manage oversee/oversaw/overseeing", r"(?:building|construction|work) sites?|"
     r"subcontractors?", "site supervision"),
    ("supervise advise", r"(?:\S+ )?(?:theses|thesis|dissertations?|master'?s students?|phd students?)",
     "supervising students"),
    ("interview", r".*\bfor (?:\S+ )?(?:papers?|newspapers?|magazines?|radio|tv|articles?|podcasts?)", "journalism"),
    ("interview", r"(?:patients?|users?|participants?|respondents?|stakeholders?)", "qualitative interviews"),
    ("responsible_for hold/held/holding control", r"(?:annual |departmental |project )?budgets?", "budget management"),
    ("own manage responsible_for", r"p&l|p & l|profit and loss", "budget management"),
    ("sell/sold/selling", r"insurance(?: policies| products)?", "insurance"),
    ("sell/sold/selling", r"phones?|accessories|products?|cars?|clothes|clothing|shoes|furniture|services?|software|"
     r"subscriptions?|tickets?|houses?|goods|equipment|contracts?|memberships?|advertising", "selling"),
    # software, data, IT
    ("test check", r"(?:mobile |web |new )?(?:software|apps?|applications?|websites?|features?|releases?)",
     "software testing"),
    ("fix resolve find/found/finding", r"(?:software |production )?bugs?", "debugging"),
    ("troubleshoot/troubleshot/troubleshooting diagnose resolve fix", r"network(?:ing|s)?(?: (?:issues?|problems?|"
     r"faults?))?", "computer networking"),
    ("troubleshoot/troubleshot/troubleshooting diagnose resolve fix close", r"(?:it|technical|hardware|software|"
     r"computer|desktop|user|support) (?:issues?|problems?|tickets?|faults?|queries)", "it support"),
    ("install set_up/setting_up", r"(?:software|operating systems?|computers?|pcs|laptops?|printers?|workstations?)",
     "it support"),
    ("repair fix", r"(?:computers?|laptops?|pcs|phones?|smartphones?|mobile phones?)", "computer repair"),
    ("improve optimise optimize tune", r"(?:quer(?:y|ies)|database|sql)(?: performance)?", "query optimisation"),
    ("design model", r"(?:database|data|relational)? ?(?:schemas?|data models?|databases?)", "database design"),
    ("write/wrote/written/writing author", r"(?:technical |user |product )?(?:documentation|manuals?|user guides?|"
     r"docs)", "technical documentation"),
    ("develop build/built/building create", r"(?:mobile|ios|android|iphone) (?:apps?|applications?)",
     "mobile app development"),
    ("develop build/built/building create code design", r"(?:company |responsive )?(?:websites?|web pages?|web sites?)",
     "web development"),
    ("clean prepare", r"(?:\S+ )?data ?sets?|(?:messy|raw|survey|sales|customer|research) data|data", "data cleaning"),
    ("monitor track", r"(?:kpis?|performance indicators|metrics)", "kpi reporting"),
    # business, offices, money
    ("schedule arrange book coordinate", r"(?:meetings?|appointments?|calendars?|diaries|interviews?)",
     "diary management"),
    ("arrange book coordinate organise organize", r"(?:business )?(?:travel|flights?|hotels?|accommodation)",
     "travel arrangements"),
    ("schedule prepare plan make/made/making", r"(?:staff |shift )?(?:rotas?|rosters?|shifts?)", "rota planning"),
    ("organise organize maintain keep/kept/keeping update file archive", r"(?:\S+ )?(?:files|records|filing|"
     r"paperwork|documents?)",
     "filing"),
    ("coordinate arrange track", r"(?:shipments?|deliver(?:y|ies)|freight|transport|shipping)", "logistics"),
    ("audit", r"(?:accounts?|financial statements?|books|ledgers?|controls?)", "auditing"),
    ("reconcile", r"(?:bank |supplier |customer )?(?:accounts?|statements?|ledgers?|invoices?)", "bookkeeping"),
    ("prepare issue raise send/sent/sending process match chase pay/paid/paying", r"(?:\S+ )?invoices?", "invoicing"),
    ("process issue", r"(?:customer )?(?:refunds?|returns?|card payments?)", "cash handling"),
    ("count handle bank", r"(?:cash|money|tills?|takings)", "cash handling"),
    ("analyse analyze study", r"(?:customer|consumer|user) (?:behaviou?r|insights?)|markets?|competitors?|"
     r"market trends?",
     "market research"),
    ("analyse analyze", r"(?:financial|company) (?:statements?|results?|performance|reports?)|budgets?",
     "financial analysis"),
    ("analyse analyze assess identify", r"(?:\S+ )?risks?", "risk analysis"),
    ("raise", r"(?:money|funds?|(?:£|\$|€)\S+|donations?|sponsorship|capital)", "fundraising"),
    ("source secure obtain win/won/winning attract raise", r"(?:\S+ )?(?:funding|funds|donations?|sponsors?|"
     r"sponsorships?)",
     "fundraising"),
    ("advise brief", r"(?:government|ministers?|policy ?makers?|politicians?|mps)", "policy advice"),
    ("prepare draft review", r"(?:\S+ )?(?:contracts?|agreements?|ndas?)", "contract drafting"),
    # text, pictures, sound
    ("edit", r"(?:articles?|manuscripts?|texts?|copy|books?|papers?|newsletters?|chapters?)", "editing"),
    ("edit cut/cutting", r"(?:\S+ )?(?:videos?|films?|footage|reels?)", "video editing"),
    ("edit retouch", r"(?:photos?|photographs?|images?|pictures?)", "photo editing"),
    ("write/wrote/written/writing", r"(?:\S+ )?(?:articles?|blogs?|blog posts?|stories|web content|web copy|features?)",
     "content writing"),
    ("publish", r"(?:\S+ ){0,3}(?:papers?|research)|(?:\S+ )*articles? in (?:\S+ )*journals?", "publishing papers"),
    ("design create", r"(?:\S+ )?(?:logos?|brochures?|posters?|flyers?|leaflets?|banners?|infographics?)",
     "graphic design"),
    ("take/took/taking shoot/shot/shooting", r"(?:\S+ )?(?:photos?|photographs?|portraits?|weddings?)", "photography"),
    # health and care
    ("look_after/looked_after/looking_after care_for/cared_for/caring_for mind babysit/babysat/babysitting",
     r"(?:\S+ )?(?:children|kids|toddlers|babies|infants)", "childcare"),
    ("look_after/looked_after/looking_after care_for/cared_for/caring_for support assist",
     r"(?:the )?(?:elderly|older people|older adults|seniors|elderly (?:people|residents|patients|clients))",
     "elderly care"),
    ("look_after/looked_after/looking_after care_for/cared_for/caring_for", r"(?:\S+ )?patients?", "patient care"),
    ("look_after/looked_after/looking_after care_for/cared_for/caring_for feed/fed/feeding groom",
     r"(?:\S+ )?(?:animals|"
     r"pets|dogs|cats|horses|livestock|cattle|sheep)", "animal care"),
    ("look_after/looked_after/looking_after care_for/cared_for/caring_for support assist",
     r"(?:\S+ ){0,3}(?:disabilit(?:y|"
     r"ies)|disabled (?:people|adults|children)|special needs)", "disability support"),
    ("assist help support", r"(?:\S+ ){0,4}with (?:daily living|personal care|washing|bathing|dressing|eating|feeding|"
     r"toileting|personal hygiene)\b", "personal care"),
    ("administer give/gave/giving", r"(?:\S+ )?(?:vaccines?|vaccinations?|injections?|immuni[sz]ations?)",
     "giving injections"),
    ("administer dispense give/gave/giving", r"(?:\S+ )?(?:medications?|medicines?|meds|"
     r"drugs)", "medication administration"),
    ("take/took/taking draw/drew/drawing collect", r"blood(?: samples?)?", "phlebotomy"),
    ("take/took/taking check monitor record measure", r"(?:vital signs|blood pressure|observations)",
     "taking vital signs"),
    ("perform run/ran/running conduct carry_out/carried_out/carrying_out analyse analyze", r"(?:\S+ )?(?:blood|lab|"
     r"laboratory|urine|tissue) (?:tests?|samples?|analys[ei]s)|assays?", "laboratory work"),
    ("conduct perform run/ran/running carry_out/carried_out/carrying_out", r"(?:scientific |laboratory |lab )?"
     r"experiments?", "scientific research"),
    ("assist", r"surgeons?|(?:\S+ )?surger(?:y|ies)|(?:\S+ )?operations", "theatre nursing"),
    # kitchens, hotels, shops
    ("prep/prepped/prepping chop/chopped/chopping peel", r"(?:\S+ )?(?:vegetables?|veg|ingredients|food|salads?|"
     r"fruit|meat|fish)", "food preparation"),
    ("cook prepare", r"(?:\S+ )?(?:meals?|dishes|food|breakfasts?|lunch(?:es)?|dinners?)", "cooking"),
    ("serve pour mix", r"(?:\S+ )?(?:drinks|beverages|cocktails|beers?|wines?)(?! and food)", "bartending"),
    ("serve wait_on/waited_on/waiting_on", r"(?:food|meals?|tables?|guests?|diners?)", "waiting tables"),
    ("stack fill stock restock replenish", r"(?:\S+ )?(?:shelves|shelf)", "shelf stacking"),
    ("count check", r"(?:\S+ )?(?:stock|inventory)", "stocktaking"),
    ("in_charge_of manage control order", r"(?:\S+ )?(?:stock|inventory)", "stock control"),
    ("clean", r"(?:\S+ )?(?:offices?|rooms?|toilets?|houses?|kitchens?|floors?|buildings?|bathrooms?|premises|"
     r"schools?)",
     "cleaning"),
    # trades and land
    ("operate drive/drove/driven/driving", r"(?:\S+ )?(?:forklifts?|fork ?lift trucks?|reach trucks?)",
     "forklift operation"),
    ("operate drive/drove/driven/driving", r"(?:\S+ )?(?:excavators?|diggers?|cranes?|bulldozers?|dumpers?|tractors?|"
     r"combine harvesters?)", "heavy machinery"),
    ("operate program set_up/setting_up", r"(?:cnc (?:machines?|mills?|lathes?)|lathes?|milling machines?)",
     "cnc machining"),
    ("drive/drove/driven/driving", r"(?:\S+ )?(?:lorr(?:y|ies)|trucks?|hgvs?|coach(?:es)?|bus(?:es)?|tankers?)",
     "lorry driving"),
    ("drive/drove/driven/driving", r"(?:\S+ )?(?:vans?|cars?|taxis?|minibus(?:es)?)", "driving"),
    ("pack pick sort load unload palletise palletize label", r"(?:\S+ )?(?:orders?|parcels?|boxes|goods|packages|"
     r"trucks?|"
     r"lorr(?:y|ies)|vans?|containers?|pallets?|products?|trailers?)", "warehouse work"),
    ("paint decorate wallpaper", r"(?:\S+ )?(?:walls?|houses?|rooms?|ceilings?|interiors?|exteriors?|facades?|fences?)",
     "painting and decorating"),
    ("lay/laid/laying", r"(?:bricks?|blocks?|paving|slabs|concrete|foundations?|tiles)", "building work"),
    ("lay/laid/laying", r"(?:electrical |power )?cables?", "cable laying"),
    ("lay/laid/laying install fit/fitted/fitting repair replace", r"(?:\S+ )?(?:pipes?|boilers?|radiators?|taps?|"
     r"bathrooms?|toilets?|sinks?|showers?|drains?)", "plumbing"),
    ("lay/laid/laying fit/fitted/fitting", r"(?:\S+ )?(?:floors?|flooring|carpets?|laminate)", "floor laying"),
    ("build/built/building renovate refurbish", r"(?:\S+ )?(?:houses?|homes?|walls?|extensions?|buildings?|sheds?)",
     "building work"),
    ("build/built/building make/made/making assemble restore fit/fitted/fitting install", r"(?:\S+ )?(?:furniture|"
     r"cabinets?|kitchens?|wardrobes?)",
     "furniture making"),
    ("install fit/fitted/fitting wire rewire repair replace test", r"(?:electrical (?:systems?|installations?|"
     r"equipment|circuits?)|wiring|sockets?|"
     r"lights?|lighting|fuse ?boards?|consumer units?)", "electrical installation"),
    ("weld", r"\S+", "welding"),
    ("repair service fix maintain inspect", r"(?:\S+ )?(?:cars?|vehicles?|engines?|motorcycles?|motorbikes?|vans?|"
     r"trucks?|"
     r"bikes?|bicycles?|brakes?)", "vehicle repair"),
    ("repair service fix maintain", r"(?:\S+ )?(?:machines?|machinery|equipment|appliances?|pumps?|conveyors?)",
     "maintenance and repair"),
    ("sew/sewed/sewn/sewing alter mend hem", r"(?:\S+ )?(?:clothes|clothing|garments?|dresses|curtains?)", "sewing"),
    ("grow/grew/grown/growing plant harvest pick", r"(?:\S+ )?(?:vegetables?|crops?|fruits?|grapes?|apples?|"
     r"strawberries|wheat|potatoes)", "farm work"),
    ("milk", r"(?:\S+ )?(?:cows?|goats?|sheep)", "farm work"),
    ("maintain tend mow weed landscape", r"(?:\S+ )?(?:gardens?|lawns?|grounds|flower beds?|parks?)", "gardening"),
    ("patrol/patrolled/patrolling guard", r"\S+", "patrolling"),
    ("check search", r"(?:\S+ )?(?:ids?|identification|bags|visitors|vehicles)", "door supervision"),
    ("investigate", r"(?:\S+ )?(?:crimes?|offences?|burglar(?:y|ies)|murders?|suspects?)", "criminal investigation"),
    # teaching
    ("deliver teach/taught/teaching plan/planned/planning give/gave/giving", r"(?:\S+ )?(?:lessons?|classes|lectures?|"
     r"tutorials?|seminars?)", "teaching"),
    ("develop create prepare design", r"(?:\S+ )?training (?:materials?|programmes?|programs?|courses?|modules?)",
     "employee training"),
    ("plan prepare design", r"(?:\S+ )?(?:curricul(?:a|um)|syllab(?:us|i))", "curriculum development"),
    ("mark grade", r"(?:\S+ )?(?:exams?|essays?|homework|assignments?|papers|tests?)", "assessment of learners"),
)  # fmt: skip
#: Words before the verb that say nothing of what was done.
_BEFORE = re.compile(
    r"(?:(?:i|we|also|then|successfully|effectively|regularly|personally|independently|jointly|actively|safely|daily|"
    r"was|am|been|helped|helping|help|to|and|assisted in|assisting in|involved in|experience in|experience of|"
    r"experienced in|skilled in) )+"
)
_TWO_VERBS = re.compile(r"(\w+(?:ed|ing)) (?:and|&) (\w+(?:ed|ing)) (.+)")
_FEW = r"(?:(?!with |using |in )[\w'’&-]+ ){0,3}?"


def find_activity(phrase: str) -> str | None:
    """A name of the skill that it takes to do what a phrase tells.

    Args:
        phrase: what somebody did, the verb first.

    >>> find_activity("laid bricks"), find_activity("laid electrical cables"), find_activity("laid plans")
    ('building work', 'cable laying', None)
    >>> find_activity("planning and delivering lessons"), find_activity("drafting ndas")
    ('teaching', 'contract drafting')
    >>> find_activity("i drove heavy goods lorries"), find_activity("looking after small children")
    ('lorry driving', 'childcare')
    """
    told = _BEFORE.sub("", phrase, count=1) if _BEFORE.match(phrase) else phrase
    if two := _TWO_VERBS.match(told):
        one, other, rest = two.groups()
        return find_activity(f"{other} {rest}") or find_activity(f"{one} {rest}")
    words = told.split()
    for count in (3, 2, 1):
        verb, rest = " ".join(words[:count]), " ".join(words[count:])
        for objects, skill in _by_verb().get(verb, ()) if rest else ():
            if re.match(rf"{_FEW}(?:{objects})(?!\w)", rest):
                return skill
    return None


def list_skills() -> Iterator[str]:
    """The names of all skills that activities stand for."""
    return (skill for _, _, skill in _ACTIVITIES)


@cache
def _by_verb() -> dict[str, list[tuple[str, str]]]:
    """Form of a verb → what it is done to, and the skill."""
    known: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for verbs, objects, skill in _ACTIVITIES:
        for verb in verbs.split():
            for form in _list_forms(verb):
                known[form.replace("_", " ")].append((objects, skill))
    return known


def _list_forms(verb: str) -> Iterator[str]:
    """The forms of a verb: those named behind strokes, or those of a regular one."""
    if "/" in verb or "_" in verb:
        yield from verb.split("/")
        return
    stem = verb.removesuffix("e")
    soft = stem.removesuffix("y") + "i" if stem.endswith("y") and stem[-2] not in "aeo" else stem
    yield from (verb, f"{verb}s", f"{soft}ed", f"{soft}es", f"{stem}ing")
