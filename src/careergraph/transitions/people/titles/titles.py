"""Job titles as people write them: occupation, seniority and form of employment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careergraph.transitions.people import phrases
from careergraph.transitions.people.vague_words import SAY_LITTLE

#: What says how senior somebody is, how they are employed or for whom a vacancy is: never what they do.
_ASIDE = re.compile(
    r"\b(?:senior|snr|sr|junior|jnr|jr|lead|principal|staff|associate|graduate|mid(?:[ -]?level)?|entry[ -]level|"
    r"level|head|chief|deputy|trainee|apprentice|intern|internship|working student|werkstudent|"
    r"freelance|freelancer|self[ -]employed|independent|contract|contractor|part[ -]time|full[ -]time|interim|"
    r"temporary|permanent|remote|hybrid|onsite|on[ -]site|volunteer|former|formerly|ex|acting|"
    r"leitende[rn]?|stellvertretende[rn]?|praktikant(?:in)?|praktikum|auszubildende[rn]?|azubi|freiberufliche[rn]?|"
    r"stagiaire|alternant|adjointe?|indépendante?|freie[rn]?|becari[oa]|stagiair|tirocinante|student trainee|"
    r"experienced|professional|certified|chartered|qualified|registered|licensed|retired|newly|locum|bank|agency|"
    r"prn|per diem|ftc|fixed[ -]term|maternity cover|urgent openings?|urgent(?:ly)?|hiring(?: for)?|wanted|required|"
    r"needed|vacancy|immediate joiner|zzp'?er|confirmée?|débutante?|grade|band)\b|"
    r"\bassistant (?=(?:\w+ )?(?:manager|director|head|consultant)\b)"
)
#: Letters after a name or a title, for degrees and memberships: they say what somebody has passed, not what they do.
_LETTERS = re.compile(
    r"(?:[\s,]+(?:mrics|frics|assoc rics|acca|fcca|aca|fca|ca|cpa|cfa|cima|acma|cgma|cia|cisa|cissp|ccna|ccnp|"
    r"pmp|prince2|"
    r"itil|csm|phd|ph\.d\.?|mba|emba|m\.?d\.?|mbbs|mbchb|frcs|mrcp|mrcgp|dds|dvm|pharmd|rn|bsn|msn|aprn|llb|llm|"
    r"jd|j\.d\.?|"
    r"esq|ceng|ieng|eur ing|p\.?eng|p\.?e|eit|riba|arb|aia|leed ap|m?cipd|shrm cp|lcsw|lpc|m\.?sc|b\.?sc|"
    r"m\.?tech|b\.?tech|qts|"
    r"pgce|b\.?ed|dipl\.? ing|dr|hons))+\.?$"
)
#: A dash that parts what somebody is from where or on what; that of *full-stack* has no space beside it.
_DASH = re.compile(r"\s+[-–—]+\s*|(?<=\w{3})[-–—]+\s+")
#: Besides what it says by itself, a rank in some countries: *executive, credit operations* is not one of a board.
_A_RANK = "executive"
#: Who helps somebody learns or shares their trade.
_HELPER = re.compile(r"['’]s (?:mate|apprentice|helper|labourer|laborer|assistant)$")
#: Titles with what they are in after a comma, a dash or in brackets: *engineer (civil)*, *manager, operations*.
_OF_WHAT = re.compile(r"^(.*?)(?:\s*,\s*|\s+[-–—:|]\s+|\s*\()([^,()]+?)\)?$")
_GENDERS = re.compile(
    r"[(\[]?\b(?:(?:[mwfdx]|div|male|female|all genders?|any gender)(?:\s?[/|*,]\s?(?:[mwfdx]|div))+|all genders?)"
    r"\b[)\]]?"
)
_GRADE = re.compile(r"(?:\s+(?:[1-9]|i{1,3}|iv|v))+$")
#: What follows is where, for whom or on what somebody works.
_PLACE = re.compile(r"\s*(?:\s[-–—]\s|\s@\s?|\||,|;|:|•|\b(?:at|to|bei|chez|for|in|with|of the|within)\b).*$")
_SLASH = re.compile(r"\s*(?:/|\s&\s|\band\b|\bcum\b|(?<![+])\+(?![+]))\s*")
#: Words for one trade: who is called the one may be called the other.
_SAME = (("developer", "engineer"), ("programmer", "developer"), ("coder", "developer"), ("engineer", "developer"))
_OTHER_WORDS = (
    ("advisor", "adviser"), ("teaching", "teacher"), ("lecturer in", "lecturer"), ("rep", "representative"),
    ("sw", "software"), ("s/w", "software"), ("mgr", "manager"), ("eng", "engineer"), ("dev", "developer"),
    ("swe", "software engineer"), ("prof", "professor"), ("asst", "assistant"), ("admin", "administrator"),
    ("tech", "technician"), ("techs", "technician"), ("supv", "supervisor"), ("coord", "coordinator"),
)  # fmt: skip
#: The trade → who practises it: *working student software development* is a developer.
_TRADES = (
    ("development", "developer"), ("engineering", "engineer"), ("management", "manager"), ("analysis", "analyst"),
    ("analytics", "analyst"), ("design", "designer"), ("research", "researcher"), ("science", "scientist"),
    ("administration", "administrator"), ("consulting", "consultant"), ("accounting", "accountant"),
)  # fmt: skip
#: Words for a trade in German, French, Spanish, Italian and Dutch → the English one.
_ABROAD = {
    word: english
    for english, words in {
        "developer": "entwickler développeur développeuse développeur(se) desarrollador desarrolladora sviluppatore "
        "sviluppatrice ontwikkelaar développeur/euse",
        "programmer": "programmierer programmeur programmeuse programador programadora programmatore",
        "engineer": "ingenieur ingénieur ingénieure ingeniero ingeniera ingegnere",
        "consultant": "berater consultante consultor consultora consulente adviseur",
        "manager": "leiter leitung gestionnaire gerente responsabile",
        "analyst": "analyste analista analytiker",
        "designer": "diseñador diseñadora gestalter",
        "teacher": "lehrer professeur professeure enseignant enseignante profesor profesora insegnante "
        "leraar lehrkraft",
        "administrator": "administrateur administratrice administrador administradora amministratore beheerder",
        "architect": "architekt architecte arquitecto arquitecta architetto",
        "technician": "techniker technicien technicienne técnico técnica tecnico",
        "assistant": "assistent assistente asistente",
        "scientist": "wissenschaftler scientifique científico científica scienziato",
        "researcher": "forscher chercheur chercheuse investigador investigadora ricercatore ricercatrice onderzoeker",
        "tester": "testeur testeuse",
    }.items()
    for word in words.split()
}
#: What is said of a trade in these languages → in English.
_FIELDS_ABROAD = {
    "logiciel": "software", "logiciels": "software", "données": "data", "datos": "data", "dati": "data",
    "daten": "data", "informatique": "software", "informático": "software", "informática": "software",
    "informatico": "software", "mathematik": "mathematics", "mathématiques": "mathematics",
    "matemáticas": "mathematics", "matematica": "mathematics", "mécanique": "mechanical", "mecánico": "mechanical",
    "meccanico": "mechanical", "électrique": "electrical", "eléctrico": "electrical", "civil": "civil",
    "industrial": "industrial", "industriel": "industrial", "commercial": "sales", "projekt": "project",
    "projet": "project", "proyecto": "project", "proyectos": "project", "physik": "physics", "physique": "physics",
}  # fmt: skip
_LINKING = frozenset(("de", "des", "du", "en", "in", "für", "la", "le", "di", "del", "della", "und", "y", "e", "et"))
#: How German words for who does something end for a woman, or for anybody: *Entwickler:in* is an Entwickler.
_FEMININE = re.compile(
    r"(?<=[a-zäöüß]{3})(?:[*:/_·]-?in(?:nen)?|\((?:in|e|a|r)\)|[·.-]e\b|/-?(?:frau|in|e|a))(?!\w)|"
    r"(?<=[a-zäöüß]{3}e[ur])in\b"
)
#: Who leads something is its manager.
_LEADER = re.compile(
    r"^(?:global |group |regional |deputy )?(?:head|director|s?vp|vice president|chief|manager|lead) (?:of |for )?(.+)$"
)
#: Who does research or studies, and in what.
_AT_A_UNIVERSITY = re.compile(
    r"\b(?:(?:professor|lecturer|reader|researcher|scientist|fellow|post ?doc\w*|doktorand(?:in)?|doctorante?|scholar|"
    r"research (?:associate|assistant|officer|intern)|(?:ph ?d|doctoral|master'?s?|graduate|msc|bsc) "
    r"(?:student|candidate|researcher))\b)(?: (?:in|of|für|en|on)|,| [-–:]|:| \() ([^,(|)]+)"
)
_STUDENT_OF = re.compile(
    r"^(?:(?:recent|(?:final|first|second|third)[ -]year|ph ?d|doctoral|master'?s?|graduate|msc|bsc) )*(.+?) "
    r"(?:(?:ph ?d|doctoral|master'?s?|graduate|msc|bsc) )*"
    r"(?:student|undergraduate|graduate|postgraduate|major|candidate)$"
)
_GRADUATE_IN = re.compile(r"^(?:recent )?(?:graduate|undergraduate|student|studying|degree) (?:in|of) (.+)$")
_OF_A_SUBJECT = re.compile(r"^(.*\b(?:professor|lecturer|reader|student|scholar)) (?:of|für|de|en) ")
#: Who builds, runs or knows something.
_BUILDER = re.compile(
    r"^(.+) (?:developer|programmer|engineer|coder|architect|administrator|specialist|expert|consultant)$"
)
_OPERATIONS = ("container-orchestration", "infrastructure-as-code", "ci-cd", "cloud-platforms")
_SOFTWARE = (
    "programming", "software-engineering", "front-end-development", "back-end-development",
    "mobile-development", "content-management-systems", "database-work",
)  # fmt: skip
#: What somebody builds with, or what is above it (a slug) → what they are; the first that fits counts.
BUILDERS = (
    ("llm-application-development", "role/machine-learning-engineer"),
    ("machine-learning", "role/machine-learning-engineer"),
    ("bi-tools", "background/bi-developer"),
    ("data-engineering", "role/data-engineer"),
    ("big-data", "role/data-engineer"),
    ("etl", "role/data-engineer"),
    ("data-warehousing", "role/data-engineer"),
    ("cybersecurity", "background/security-analyst"),
    ("operating-systems", "background/system-administrator"),
    ("virtualisation", "background/system-administrator"),
    *((what, "background/devops-engineer") for what in _OPERATIONS),
    *((what, "background/software-engineer") for what in _SOFTWARE),
)
#: Words for whoever works in a field → the one by which the field's people go here.
_IN_A_FIELD = re.compile(
    r"^(.+) (?:consultant|specialist|expert|officer|executive|coordinator|professional|strategist|advis[eo]r|agent|"
    r"administrator|modeller|assistant|technician)$"
)
_MIDDLING = (3, 4)
_FEW_WORDS = 3
_TRADE_ENDINGS = ("er", "or", "ist", "ian", "ant", "ent", "ing", "ment", "ship", "man", "ess", "tion", "ty")
_SO_CALLED = ("specialist", "worker", "representative", "analyst", "engineer", "manager")


def list_title_forms(title: str) -> Iterator[str]:
    """A job title in normal form, and the simpler ones that are left of it, the fullest first.

    >>> list(list_title_forms("sr. data scientist ii (nlp)"))[-1]
    'data scientist'
    """
    whole = _FEMININE.sub("", _GENDERS.sub(" ", title))
    seen: dict[str, None] = {}
    forms = (title, whole, *_find_speciality(whole), phrases.drop_brackets(whole))
    for cut in (*forms, *(_PLACE.sub("", form) for form in forms)):
        for short in (cut, strip_title(cut)):
            for said in (short, *_reword(short), *_translate(short), *_find_lead(cut)):
                seen.setdefault(said.strip(" .,-–/"), None)
    if len(seen) > 1 and title != _A_RANK:
        seen.pop(_A_RANK, None)
    seen.pop("", None)
    yield from seen


def list_simplest_forms(title: str) -> tuple[str, ...]:
    """A title in normal form as a whole, without what is beside the occupation, and without where somebody works.

    >>> list_simplest_forms("senior unity developer (m/f/d) at a studio")[-1]
    'unity developer'
    """
    said = _FEMININE.sub("", _GENDERS.sub(" ", title))
    whole = phrases.drop_brackets(said)
    cut = _PLACE.sub("", whole)
    forms = (title, *_find_speciality(said), whole, strip_title(whole), cut, strip_title(cut))
    return tuple(dict.fromkeys(form.strip(" .,-–/") for form in forms))


def _find_speciality(title: str) -> Iterator[str]:
    """A title of few words with what stands after it in front: *engineer (civil)* is a civil engineer."""
    yield from (
        said for said in (_HELPER.sub("", title), _LETTERS.sub("", title), _GRADE.sub("", title)) if said != title
    )
    found = _OF_WHAT.match(title.strip())
    if found and len(found[2].split()) <= _FEW_WORDS and found[1].rpartition(" ")[2] in SAY_LITTLE:
        yield f"{found[2].strip()} {strip_title(found[1]) or found[1]}"
        yield f"{found[2].strip()} {found[1]}"


def _find_lead(title: str) -> Iterator[str]:
    """Whoever leads something, by another word: *head of marketing* is a marketing manager."""
    if found := _LEADER.match(title):
        yield f"head of {found[1]}"
        yield from (f"{found[1]} {called}" for called in ("manager", "representative", "specialist"))


def strip_title(title: str) -> str:
    """A title without what says how senior somebody is.

    >>> strip_title("sr. data scientist ii")
    'data scientist'
    """
    return " ".join(_GRADE.sub("", _ASIDE.sub(" ", f" {title} ".replace(". ", " ")).rstrip()).split()).strip(" .,-–/")


def set_aside(title: str) -> tuple[str, ...]:
    """What a title says besides the occupation: seniority, grade, form of employment.

    >>> set_aside("senior data scientist ii, freelance")
    ('senior', 'freelance', 'ii')
    """
    grade = _GRADE.search(phrases.drop_brackets(_PLACE.sub("", title)))
    return (*dict.fromkeys(_ASIDE.findall(title)), *(grade.group().split() if grade else ()))


def list_title_parts(title: str) -> list[str]:
    """The titles that one line joins: *CEO / founder* is two.

    >>> list_title_parts("ceo / founder")
    ['ceo', 'founder']
    """
    return [part for part in _SLASH.split(phrases.drop_brackets(_GENDERS.sub(" ", title))) if part]


def cut_at_dash(title: str) -> str:
    """What stands before a dash between spaces, which says for whom or on what somebody works.

    >>> cut_at_dash("Backend engineer - Payments"), cut_at_dash("Full-stack developer")
    ('Backend engineer', 'Full-stack developer')
    """
    return _DASH.split(title.strip())[0]


def find_end_behind_dash(title: str) -> str:
    """What stands behind the last such dash, where a vacancy names the employer first; nothing if there is none.

    >>> find_end_behind_dash("Amazon DSP - Delivery driver"), find_end_behind_dash("Full-stack developer")
    ('Delivery driver', '')
    """
    return "".join(_DASH.split(title.strip())[1:][-1:])


def find_subject_of_title(title: str) -> str:
    """The field that a researcher's, teacher's or student's title at a university names; nothing for other titles.

    >>> find_subject_of_title("assistant professor of economics")
    'economics'
    >>> find_subject_of_title("postdoc, astrophysics (max planck)")
    'astrophysics'
    >>> find_subject_of_title("second-year law student"), find_subject_of_title("graduate in physics")
    ('law', 'physics')
    >>> find_subject_of_title("head of marketing")
    ''
    """
    found = _AT_A_UNIVERSITY.search(title) or _STUDENT_OF.match(title) or _GRADUATE_IN.match(title)
    return found[1].strip() if found else ""


def with_commas(title: str) -> str:
    """A title with commas for the dashes that part it, since the normal form of a name has no dashes.

    >>> with_commas("Assistant Manager - Operations"), with_commas("Full-stack developer")
    ('Assistant Manager, Operations', 'Full-stack developer')
    """
    return _DASH.sub(", ", title.strip())


def find_built_with(title: str) -> str | None:
    """What a title in its simplest form says that somebody builds with, if it is a builder's.

    >>> find_built_with("angular developer"), find_built_with("nurse")
    ('angular', None)
    """
    found = _BUILDER.match(title)
    return found[1] if found else None


def drop_middle(title: str) -> str:
    """A title of three words or four without those in the middle, which say where or on what somebody works.

    >>> drop_middle("production line worker"), drop_middle("data analyst")
    ('production worker', '')
    """
    words = title.split()
    return f"{words[0]} {words[-1]}" if len(words) in _MIDDLING else ""


def names_a_trade(word: str) -> bool:
    """Whether a word of a title may say what somebody is: *advisor* in *student advisor*.

    >>> names_a_trade("advisor"), names_a_trade("mathematik")
    (True, False)
    """
    return word in SAY_LITTLE or word.endswith(_TRADE_ENDINGS)


def find_colleagues(title: str) -> list[str]:
    """What others in the same field are called, for a title that tells the field and nothing else.

    >>> find_colleagues("pr consultant")[:2], find_colleagues("nurse")
    (['pr specialist', 'pr worker'], [])
    """
    found = _IN_A_FIELD.match(title)
    return [f"{found[1]} {called}" for called in _SO_CALLED] if found else []


def _translate(title: str) -> Iterator[str]:
    """A title in English that is given in another language word by word, the trade at either end."""
    said = [word for word in title.split() if word not in _LINKING]
    if any(word in _ABROAD for word in said):
        trades = [_ABROAD[word] for word in said if word in _ABROAD]
        fields = [_FIELDS_ABROAD.get(word, word) for word in said if word not in _ABROAD]
        yield " ".join([*fields, *trades])
        yield " ".join([*reversed(fields), *trades])


def _reword(title: str) -> Iterator[str]:
    for one, other in (*_OTHER_WORDS, *(_SAME if " " in title else ())):
        if one in title:
            reworded = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", other, title)
            if reworded != title:
                yield reworded
    if found := _OF_A_SUBJECT.match(title):
        yield found[1]
    if title.startswith(("assistant to", "pa to", "ea to")):
        yield "executive assistant"
    for trade, person in _TRADES:
        if title.endswith(f" {trade}"):
            yield title.removesuffix(trade) + person
