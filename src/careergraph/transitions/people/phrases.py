"""How people word what they can do: each wording is simplified step by step until a name of the graph is left.

Everything here takes and gives texts in the normal form of `careergraph.model.text.normalise`, and knows no graph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from careergraph.model.text import to_singular

#: Ending of British English → ending of American English. Two names are compared so; the result need not be a word.
_SPELLINGS = (
    (re.compile(r"isation(s?)\b"), r"ization\1"),
    (re.compile(r"(?<=[a-z]{3})is(e[ds]?|er|ing)\b"), r"iz\1"),
    (re.compile(r"ys(e[ds]?|er|ing)\b"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{2})our\b"), "or"),
    (re.compile(r"(?<=[a-z]{2})our(?=al|it|ing)"), "or"),
    (re.compile(r"ll(ing|ed|er)\b"), r"l\1"),
    (re.compile(r"\bprogramme\b"), "program"),
    (re.compile(r"centre\b"), "center"),
    (re.compile(r"(defen|licen|offen)ce\b"), r"\1se"),
    (re.compile(r"\bjudgement\b"), "judgment"),
    (re.compile(r"\bgrey\b"), "gray"),
    (re.compile(r"\bpreventative\b"), "preventive"),
    (re.compile(r"(?<=[a-z])ae(?=[a-z]{2})"), "e"),
)
#: Names that mean something else, or nothing, in the singular.
_NO_SINGULAR = frozenset(
    (
        *("teams", "windows", "canvas", "slides", "reels", "rails", "struts", "mews", "oops", "pets", "pals", "lets"),
        *("fins", "fries", "pools", "securities", "shares", "commodities", "settlements", "legacies", "minutes"),
        *("wills", "customs", "goods", "arts", "mechanics", "switches", "drums", "personas", "rams", "patients"),
    )
)
#: Words that say how well or how long somebody can do something, or merely that they can.
_DEGREES = (
    "very|highly|strong|excellent|good|great|solid|basic|advanced|intermediate|expert|proficient|professional|hands on|"
    "practical|proven|deep|extensive|some|in depth|fluent|native|fundamental|general|sound|thorough|experienced|"
    "skilled|competent|familiar|exceptional|outstanding|demonstrated|comprehensive|knowledgeable|conversational|"
    "bilingual|elementary|limited|full|beginner|working|confident|modern|applied|introductory|daily|regular|"
    "(?:(?:flie(?:ß|ss)end|verhandlungssicher|(?:sehr )?gut|grundlegend|fundiert|fortgeschritten|solid|umfassend|"
    "vertieft|ausgezeichnet|sicher)(?:e[mnrs]?)?)|ottim[aeo]|buon[aeo]?|discret[ao]|boas?|bom|"
    "excelentes?|buen[ao]s?|courant|couramment|"
    "bonnes?|notions|bilingue|avancée?|débutant|goede|uitstekende?|ruime|fluido|fluida|avanzad[oa]|básic[oa]|intermedi[oa]|nativ[oa]|vloeiend|goed|redelijk|matig|"
    r"nivel (?:alto|medio|bajo|básico|avanzado|intermedio)|niveau (?:moyen|avancé|courant)"
)
_JUST_A_LEVEL = re.compile(rf"(?:{_DEGREES})(?: (?:level|speaker|proficiency|user|knowledge))?")
_HOLDING = (
    "experience|knowledge|understanding|command|use|usage|proficiency|expertise|skills?|familiarity|background|"
    "competence|fluency|ability|training|grasp|exposure|work|courses?|curso|cours|corso|kurs|certificate|certification|specialisation|"
    "kenntnisse|grundkenntnisse|erfahrung|umgang|maîtrise|connaissances?|expérience|conocimientos?|experiencia|conoscenz[ae]|kennis|capacità|competenz[ae]|esperienza|beheersing|ervaring|capacidad(?:es)?|habilidades?|dominio|manejo|capacités?|aptitudes?"
)
#: Verbs before what somebody made or ran, which say nothing of what it takes.
_MAKING = (
    "built|buil(?:d|ding)|develop(?:ed|ing)?|design(?:ed|ing)|creat(?:ed|e|ing)|implement(?:ed|ing)?|wrote|writing|"
    "deploy(?:ed|ing)?|maintain(?:ed|ing)?|deliver(?:ed|ing)?|set(?:ting)? up|automat(?:ed|ing)|migrat(?:ed|ing)|"
    "optimi[sz](?:ed|ing)|architect(?:ed|ing)|engineered|produc(?:ed|ing)|prepar(?:ed|ing)|conduct(?:ed|ing)?|"
    "perform(?:ed|ing)?|carr(?:ied|ying) out|administer(?:ed|ing)?|configur(?:ed|ing)|introduc(?:ed|ing)|"
    "integrat(?:ed|ing)|ran|running|operat(?:ed|ing)|fine tuned|trained|working with|dealing with|caring for|"
    "looking after|support(?:ed|ing)|provid(?:ed|ing)|process(?:ed|ing)|handl(?:ed|ing)|organi[sz](?:ed|ing)|"
    "coordinat(?:ed|ing)|exceed(?:ed|ing)|manag(?:ed|ing)|improv(?:ed|ing)|us(?:ed|ing)|assisted with"
)
_LEADS = (
    re.compile(r"\d+\+? ?(?:to \d+ )?(?:years?|yrs?|months?)(?: of| in| with)? "),
    re.compile(rf"(?:{_DEGREES})(?: and (?:{_DEGREES}))?,? "),
    re.compile(rf"(?:{_HOLDING}) (?:in|with|of|using|on|at|as|working with|for|mit|de|en|von|con|di|van) "),
    re.compile(rf"(?:{_HOLDING}|notions|bases|niveau) (?:d['’]|de |en )"),
    re.compile(r"(?:grund|sprach|basis)?(?:kenntnisse|kennis)(?: in| van)? "),
    re.compile(r"(?:daily|weekly|monthly|quarterly|annual|yearly|regular|various|multiple|several|complex|large|new) "),
    re.compile(r"(?:in|with|of|using|on|at|to|for|the|a|an|my|our) "),
    re.compile(r"(?:an? )?(?:bits?|little)(?: of)? "),
    re.compile(r"[abc][12]\+? "),
    re.compile(
        r"(?:mother tongue|native language|native speaker|first language|muttersprachen?|langue maternelle|moedertaal|"
        r"lengua materna|lengua nativa|madrelingua)(?: of| est l['’]| is)?[: ] ?"
    ),
    re.compile(
        r"(?:i )?(?:am |was |have |had )?(?:able to|used|worked (?:with|on|in)|know|knows|work with|using|"
        r"did|do|doing|taking|took|responsible for|involved in|in charge of|specialis(?:ed|ing) in|versed in|"
        r"trained in|certified in|self taught) "
    ),
    re.compile(rf"(?:{_MAKING})(?: (?:and|&) (?:{_MAKING}))? "),
    re.compile(r"(?:introduction to|intro to|foundations of|fundamentals of|principles of|basics of|theory of) "),
)
_TRAILS = (
    re.compile(
        r" (?:skills?|skill set|experience|knowledge|programming|language|software|development|frameworks?|"
        r"librar(?:y|ies)|tools?|platforms?|basics|fundamentals|expertise|proficiency|principles|concepts|techniques|"
        r"methods|methodolog(?:y|ies)|abilit(?:y|ies)|suite|applications?|certified|certification|users?|scripting|"
        r"technolog(?:y|ies)|coding|programs?|packages?|models?|systems?|practices?|process(?:es)?|developer|course|"
        r"practitioner|foundation(?: level| certificate)?|(?:green|black|yellow|white) belt|professional|associate|"
        r"pipelines?|framework|mapping|databases?|stack|ecosystem|environments?|workflows?|scripts?|solutions?|"
        r"clusters?|features?|projects?|infrastructure|(?<!system )administration|configuration|deployments?|"
        r"automation|integrations?|prototyping|presentations?|web|reports?|design|protocols?|procedures?|paperwork|"
        r"duties|tasks|checks|certificates?|licen[cs]es?|qualified|awareness|equipment|routines?|modules?|boards?|flows?|setup|activities|analysis|inspections?|scans?|operators?)$"
    ),
    re.compile(r"(?:[ -]|(?<=[a-zäöüß]{4}))(?:grund)?kenntnisse$"),
    re.compile(r" \d+ (?:wpm|words per minute)$"),
    re.compile(r",? (?:lu|parlé|écrit)e?(?:(?:, | et |/| )(?:lu|parlé|écrit)e?)+$|,? in wort und schrift$"),
    re.compile(r",? (?:spoken|written|read)(?:(?:, | and |/)(?:spoken|written|read))+$"),
    re.compile(rf",? (?:{_DEGREES})(?: (?:level|speaker|proficiency|user|knowledge))?$"),
    re.compile(
        r",? (?:mother tongue|native speaker|native language|native tongue|muttersprache|muttersprachler(?:in)?|"
        r"langue maternelle|moedertaal|lengua materna|madrelingua|speaker|[abc][12]\+?|"
        r"(?:nivel|niveau|livello|nível|poziom|nivå) [abc][12]\+?|level (?:[abc][12]|"
        r"i{1,3}|[1-3])|"
        r"working proficiency|level|user|redelijk|matig|(?:nivel )?(?:alto|medio|bajo))$"
    ),
    re.compile(r"(?: v(?:ersion)? ?)?(?: \d+(?:\.(?:\d+|x))*\+?)+(?: (?:lts|beta))?$"),
    re.compile(r"(?:(?<=[a-z]{3})|(?<=\+\+)|(?<=[a-z]#))\d+(?:\.\d+)*$"),
    re.compile(r"[. ]js$"),
    re.compile(r" (?:etc|and more|and others|and so on|and similar)\.?$"),
)
#: Who does something → what is done: a *financial analyst* among the skills knows financial analysis.
_TRADES = (
    ("analyst", "analysis"), ("developer", "development"), ("administrator", "administration"), ("tester", "testing"),
    ("designer", "design"), ("operator", "operation"), ("trainer", "training"), ("writer", "writing"),
    ("editor", "editing"), ("programmer", "programming"), ("recruiter", "recruitment"), ("auditor", "auditing"),
    ("accountant", "accounting"), ("welder", "welding"), ("photographer", "photography"), ("planner", "planning"),
    ("translator", "translation"), ("researcher", "research"), ("modeller", "modelling"), ("modeler", "modeling"),
)  # fmt: skip
_VENDORS = re.compile(
    r"(?:microsoft|ms|google|apache|amazon|aws|adobe|ibm|oracle|sap|atlassian|hashicorp|autodesk|nvidia|meta|"
    r"openai|apple|"
    r"azure|gcp|jetbrains|esri|mathworks|the) (?!(?:and|or|und|et|y|with|for|in|on|&) )"
)
_WORKER = re.compile(r"(?<=guard)$|(?<!e)er$")
#: What is no worker, though its name ends like one.
_THINGS = frozenset(
    (
        "printer",
        "speaker",
        "computer",
        "server",
        "router",
        "container",
        "compiler",
        "docker",
        "folder",
        "scanner",
        "boiler",
        "blender",
    )
)
#: Of one letter alone, only these words tell that a language is meant.
_SHORT = re.compile(r"[cr] (?:programming|language|coding|scripting|developer|development|programming language)$")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_EXAMPLES = re.compile(r"^(?:e\.?g\.?|i\.?e\.?|such as|including|incl\.?|like|mainly|especially|mostly|esp\.?)[,: ]+")
_JOINTS = re.compile(
    r"\s*(?:[,;|•·]|(?<!\w)/|/(?!\w)|(?<=\w)/(?=\w)|(?<=\s)&|(?<=\w\w)&(?=\w\w)|(?<=\s)\+(?= )|(?<=\w\w)\+(?=\w\w)|"
    r"\b(?:and|or|as well as|plus|und|et|y)\b)\s*"
)
_COMMAS = re.compile(r"\s*[,;|•·]\s*")
_CONNECTIONS = re.compile(
    r"\s+(?:for|using|with|in|via|through|by means of|on top of|based on|such as|including|like|on|into|across|to|"
    r"from|by|w)\s+"
)
_MEANS = re.compile(r"\b(?:with|using|via|through)\b")
_COLON = re.compile(r"^[^:]{1,60}:\s+")
_STOPWORDS = frozenset(["of", "the", "a", "an", "and", "in", "for", "with", "to", "on", "at", "by"])
_ENDINGS = re.compile(r"(?:ations?|itions?|ments?|ings?|ions?|(?<!e)ers?|ors?|ed|es|e|s|y|is|ics|ical)$")
_EDGES = " .,;:!?\"'“”‘’*-–—_"
#: How a level is worded → the word that `careergraph.transitions.people.person.find_level` knows.
_LEVELS = (
    (
        re.compile(
            r"\b(?:expert|native|mother tongue|muttersprache|langue maternelle|c2|"
            r"mastery?|deep|thorough|bilingual|bilingue|lengua materna|madrelingua|moedertaal|nativ[oa])\b"
        ),
        "expert",
    ),
    (
        re.compile(
            r"\b(?:advanced|strong|excellent|proficient|fluent|c1|extensive|solid|professional|flie(?:ß|ss)end|"
            r"verhandlungssicher|"
            r"sehr gute?|fortgeschritten|courant|couramment|avancée?|avanzad[oa]|fluido|vloeiend)\b"
        ),
        "advanced",
    ),
    (
        re.compile(
            r"\b(?:basic|beginner|elementary|a1|a2|some|a bit|a little|bits of|introductory|limited|"
            r"familiar(?:ity)?|grundkenntnisse|notions|débutant|básic[oa]|nociones|scolaire)\b"
        ),
        "beginner",
    ),
)


def fold(name: str) -> str:
    """A name for loose comparison: `fold_plurals` of it, without accents, which many leave out.

    >>> fold("data visualisations"), fold(".net"), fold("c++"), fold("électricien"), fold("windows")
    ('data visualization', 'net', 'c++', 'electricien', 'windows')
    """
    if name in _NO_SINGULAR:
        return name
    folded = fold_plurals(name)
    if folded.isascii():
        return folded
    return "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))


def fold_plurals(name: str) -> str:
    """A name in the singular, in American spelling, without punctuation at the edges of words.

    >>> fold_plurals("labelling of programmes,"), fold_plurals("électriciens"), fold_plurals("health & safety")
    ('labeling of program', 'électricien', 'health and safety')
    """
    return " ".join(filter(None, map(_fold_word, name.replace("’", "'").split())))


# Names have many words in common, and a name is compared with tens of thousands of others.
@lru_cache(maxsize=1 << 15)
def _fold_word(word: str) -> str:
    if word == "&":
        return "and"
    folded = to_singular(word.strip(_EDGES))
    for british, american in _SPELLINGS:
        folded = british.sub(american, folded)
    return folded


def join(name: str) -> str:
    """A name without spaces and punctuation, if enough is left: *Tensor Flow* is TensorFlow; C, C++ and C# differ.

    >>> join("tensor flow"), join("c++")
    ('tensorflow', 'c++')
    """
    letters = "".join(sign for sign in name if sign.isalnum() or sign in "+#")
    return letters if len(letters) >= _LONG_ENOUGH else name


_LONG_ENOUGH = 4
#: A word for a worker has so many letters: *cooker* is none.
_LONGER = 6


def make_bag(name: str) -> str:
    """The words of a name in alphabetical order, without those that mean nothing by themselves.

    >>> make_bag("design of experiments")
    'design experiment'
    """
    return " ".join(sorted(word for word in fold(name).split() if word not in _STOPWORDS))


def find_stems(name: str) -> str:
    """The stems of a name's words in alphabetical order, if there are two or more: as it may be worded by verbs.

    >>> find_stems("managing projects") == find_stems("project management"), find_stems("marketing")
    (True, '')
    """
    words = [word for word in fold(name).split() if word not in _STOPWORDS]
    return " ".join(sorted(map(_stem, words))) if len(words) > 1 else ""


def _stem(word: str) -> str:
    for _ in range(2):
        shorter = _ENDINGS.sub("", word)
        if len(shorter) < _LONG_ENOUGH:
            break
        word = shorter
    return word


def list_simpler_forms(phrase: str) -> Iterator[str]:
    """A phrase, and what is left of it when words around the name are taken off one by one.

    >>> list(list_simpler_forms("strong python 3 skills"))
    ['strong python 3 skills', 'python 3 skills', 'strong python 3', 'python 3', 'strong python', 'python']
    """
    seen = {""}
    queue = [phrase.strip(_EDGES)]
    for form in queue:
        if form in seen:
            continue
        seen.add(form)
        yield form
        queue.extend(_shorten(form))


def _shorten(form: str) -> Iterator[str]:
    for lead in _LEADS:
        if found := lead.match(form):
            yield form[found.end() :].strip(_EDGES)
    for trail in _TRAILS:
        if (found := trail.search(form)) and (len(form[: found.start()]) > 1 or _SHORT.match(form)):
            yield form[: found.start()].strip(_EDGES)
    if found := _VENDORS.match(form):
        yield form[found.end() :]
    yield from (form.removesuffix(who) + what for who, what in _TRADES if form.endswith(f" {who}"))
    if len(form) >= _LONGER and form.isalpha() and form not in _THINGS and (worker := _WORKER.search(form)):
        yield form[: worker.start()] + "ing"  # a *welder* knows welding, a *lifeguard* lifeguarding


def drop_brackets(phrase: str) -> str:
    """A phrase without its bracketed parts.

    >>> drop_brackets("bi tools (tableau, looker)")
    'bi tools'
    """
    return " ".join(_BRACKETS.sub(" ", phrase).split())


def list_brackets(phrase: str, parted: Callable[[str], list[str]] | None = None) -> list[str]:
    """What stands in brackets in a phrase, part by part.

    Args:
        phrase: in normal form.
        parted: how an enumeration is parted, if not at all its joints.

    >>> list_brackets("bi tools (e.g. tableau, looker)")
    ['tableau', 'looker']
    """
    inside = (_EXAMPLES.sub("", "".join(groups)) for groups in _BRACKETS.findall(phrase))
    return [part for text in inside for part in (parted or split)(text) if not _JUST_A_LEVEL.fullmatch(part)]


def split(phrase: str) -> list[str]:
    """The parts of an enumeration: what follows a colon, between commas, slashes and the like.

    >>> split("languages: python, sql and r/stata")
    ['python', 'sql', 'r', 'stata']
    """
    return [part for part in _JOINTS.split(_COLON.sub("", phrase)) if part.strip(_EDGES)]


def split_at_commas(phrase: str) -> list[str]:
    """The parts of an enumeration, where parts of parts are not yet told from names: of *health and safety, first aid*.

    >>> split_at_commas("skills: health and safety, ci/cd")
    ['health and safety', 'ci/cd']
    """
    return [part for part in _COMMAS.split(_COLON.sub("", phrase)) if part.strip(_EDGES)]


def complete(parts: list[str]) -> list[str]:
    """The parts of an enumeration, each with the last word of the last: what is left out before it is said once.

    >>> complete(["supervised", "unsupervised learning"])
    ['supervised learning', 'unsupervised learning']
    """
    last = parts[-1].split()[-1:]
    return [*(" ".join([part, *last]) for part in parts[:-1]), parts[-1]]


def split_at_links(phrase: str) -> list[str]:
    """The parts of a phrase that says what is done, and with what.

    >>> split_at_links("data analysis using python")
    ['data analysis', 'python']
    """
    return _CONNECTIONS.split(phrase)


def has_means(phrase: str) -> bool:
    """Whether a phrase says with what something is done: two things are named then, in whatever order.

    >>> has_means("nlp with spacy"), has_means("design of experiments")
    (True, False)
    """
    return _MEANS.search(phrase) is not None


def find_level_in(phrase: str) -> str | None:
    """The level in a phrase, in the words that JSON Resume suggests.

    >>> find_level_in("fluent spanish"), find_level_in("spanish")
    ('advanced', None)
    """
    return next((level for pattern, level in _LEVELS if pattern.search(phrase)), None)
