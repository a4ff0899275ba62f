"""Match the text of a CV, line by line: what stands in a list, what names a job or a degree, what is said in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.text import normal
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.people.actions import skill_in_action
from careergraph.transitions.people.known_names import Hit, by_rule
from careergraph.transitions.people.matching import Reading
from careergraph.transitions.people.person import NAMELESS, Person
from careergraph.transitions.people.phrases import is_denied, level_in
from careergraph.transitions.people.telling_words import ORDINARY
from careergraph.transitions.people.years import Span, span

#: Heading, as a whole line or before a colon → the part of a CV that it opens.
_HEADINGS = {
    "skills": (
        r"(?:\w+ ){0,2}skills(?: (?:&|and) \w+)?|core competenc\w+|competenc\w+|technologies|tools|tech stack|"
        r"expertise|programming languages|software|tools and technologies|technical proficienc\w+|methods|"
        r"(?:\w+ )?kenntnisse|f[äa]higkeiten|comp[ée]tences|habilidades|competencias|competenze|vaardigheden"
    ),
    "languages": r"languages|language skills|sprachen|sprachkenntnisse|langues|idiomas|lingue|talen",
    "work": (
        r"(?:\w+ )?experience|work history|employment(?: history)?|career(?: history)?|"
        r"professional background|positions|berufserfahrung|beruflicher werdegang|exp[ée]riences? professionnelles?|"
        r"experiencia (?:laboral|profesional)|esperienza lavorativa|werkervaring"
    ),
    "education": (
        r"education(?: and training)?|academic background|qualifications|studies|degrees|ausbildung|studium|bildung|"
        r"formation|formaci[óo]n(?: acad[ée]mica)?|istruzione|opleidingen"
    ),
    "certificates": r"certificat\w+|courses|licen[cs]es(?: (?:&|and) certifications)?|training",
    "nothing": (
        r"(?:\w+ )?interests|hobbies(?: and interests)?|references|referees|contact|personal (?:details|information)"
    ),
    "prose": (
        r"(?:\w+ )?(?:summary|profile|statement|objective)|about(?: me)?|projects|publications|achievements|"
        r"volunteering"
    ),
}
_HEADING = [(part, re.compile(rf"(?:{words})\s*(?::|$)", re.IGNORECASE)) for part, words in _HEADINGS.items()]
_DATES = re.compile(
    r"[(\[]?\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? ?)?(?:\d{1,2}[/.])?(?:19|20)\d\d\b.*$",
    re.IGNORECASE,
)
_WHEN = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? )?(?:19|20)\d\d"
_SPAN = re.compile(
    rf"\b({_WHEN})\s*(?:[-–—]|to|until)\s*(?:({_WHEN})|(present|current|now|today|date|ongoing))", re.IGNORECASE
)
#: A line that begins so tells what was done, and is no title.
_DID = re.compile(
    r"(?:\w+ed|led|wrote|built|ran|taught|won|gave|made|grew|cut|set|drove|oversaw|did|spoke|held)\s", re.IGNORECASE
)
#: What a row of a list begins with: *Frameworks: PyTorch, JAX*.
_ROW = re.compile(r"^[^:,]{1,40}:\s*")
_HONOURS = re.compile(r"\(\s*hon(?:ou?r)?s\.?\s*\)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-–—•*·▪●○◦‣>✓]+\s*")
_CLAUSES = re.compile(r"(?<=[\w)])[.;:!?]\s+|,\s+(?:but|although|though)\s+|\s+but\s+")
_WORD = re.compile(r"[\w.+#&/'’-]*[\w+#]")
_DEGREE = re.compile(r"\s+(?:in|of)\s+|,\s+|\s[-–]\s|\(|:\s+")
#: A name has at most so many words, an item of a list at most so many characters, a line that is a job title as well.
_MOST_WORDS, _LONGEST_ITEM, _LONGEST_TITLE = 5, 80, 80
_SHORTEST_NAME = 2


def match_text(catalogue: Catalogue, pages: Sequence[str]) -> Person:
    r"""What a CV says that is mere text, as nodes of the graph, each with the page and the line that says so.

    Under a heading for skills each item of a list is matched as that of a JSON Resume is; under one for work each line
    that is a job title; under one for education degrees and their fields. Everywhere else names are looked for that
    cannot mean anything else: those of two words or more, and those of tools that are no ordinary words. What is
    denied, or stands under interests or references, is not read.

    Args:
        catalogue: where to look.
        pages: the text, page by page.

    >>> person = match_text(Catalogue.load(), ["Experience\n- Built RAG pipelines in Python, but no Docker"])
    >>> [match.ref.label for match in person.assets]
    ['Retrieval-augmented generation', 'Python']
    """
    reading, part = Reading(catalogue), "prose"
    for number, page in enumerate(pages, 1):
        for line in page.splitlines():
            opened, rest = _heading(line)
            if (opened, part) == ("languages", "skills") and rest:  # of programming: a row among the skills
                opened = None
            part = opened or part
            text = " ".join((rest if opened else _BULLET.sub("", line)).split())
            if text and part != "nothing":
                _READ[part](reading, text, f"page {number}: {text[:120]!r}")
    assets = {(match.ref.id): match for match in reversed(reading.assets)}
    positions = {(match.ref.id): match for match in reversed(reading.with_years())}
    unmatched = tuple(dict.fromkeys(reading.unmatched))
    return Person(NAMELESS, tuple(reversed(positions.values())), tuple(reversed(assets.values())), unmatched)


def _heading(line: str) -> tuple[str | None, str]:
    text = line.strip().strip("#*_=—-: ") if ":" not in line else line.strip(" #*_")
    for part, words in _HEADING:
        if found := words.match(text):
            return part, text[found.end() :].strip()
    return None, ""


def _read_items(reading: Reading, text: str, where: str) -> None:
    for item in _outside_brackets(_ROW.sub("", text)):
        if len(item) <= _LONGEST_ITEM and len(item.split()) <= _MOST_WORDS + 3:
            reading.skill(item, where)
        else:
            _read_prose(reading, item, where)


def _outside_brackets(text: str) -> Iterator[str]:
    """The items of a list; what stands in brackets stays with what stands before."""
    depth, start = 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth <= 0 and sign in ",;|•·●▪\t":
            yield text[start:place].strip(" .")
            start = place + 1
    yield text[start:].strip(" .")


def _read_language(reading: Reading, text: str, where: str) -> None:
    for item in _outside_brackets(_ROW.sub("", text)):
        reading.skill(item, where)


def _read_work(reading: Reading, text: str, where: str) -> None:
    title = _DATES.sub("", text).strip(" ,|-–—(")
    if title and len(title) <= _LONGEST_TITLE and title[0].isupper() and not (text.endswith(".") or _DID.match(title)):
        found = [hit for hit in reading.position_names.find_title(title) if hit.method != "fuzzy"]
        if found:
            reading.keep_positions(title, where, found, _span_in(text))
            return
    _read_prose(reading, text, where)


def _span_in(text: str) -> Span | None:
    """The time that a line tells, such as *Mar 2014 - present*."""
    found = _SPAN.search(text)
    return span(found[1], None if found[3] else found[2]) if found else None


def _read_education(reading: Reading, text: str, where: str) -> None:
    bare = _HONOURS.sub("", _DATES.sub("", text)).strip(" ,|-–—(")
    unfinished = is_denied(normal(text)) or re.search(r"expected|ongoing|in progress|present|candidate", normal(text))
    degree, *fields = _DEGREE.split(bare) if bare else [""]
    if degree and reading.names_a_degree(degree):
        area = next((field for field in fields if reading.field_names.find(field)), "")
        reading.education({"studyType": f"{degree} (unfinished)" if unfinished else degree, "area": area}, where)


def _read_prose(reading: Reading, text: str, where: str) -> None:
    for clause in _CLAUSES.split(text):
        if clause and not is_denied(normal(clause)):
            done = skill_in_action(normal(clause))
            if done and (found := reading.skill_names.exact(done)):
                reading.keep_skills(clause, where, [by_rule(found)], None)
            for phrase, hit in _names_in(reading, clause):
                reading.keep_skills(phrase, where, [hit], level_in(normal(phrase)))


def _names_in(reading: Reading, clause: str) -> Iterator[tuple[str, Hit]]:
    """The names in a clause that cannot mean anything else, the longest first where they overlap."""
    spans = list(_WORD.finditer(clause))
    start = 0
    while start < len(spans):
        for count in range(min(_MOST_WORDS, len(spans) - start), 0, -1):
            phrase = clause[spans[start].start() : spans[start + count - 1].end()]
            hit = reading.skill_names.exact(normal(phrase)) or reading.skill_names.exact_but_for_endings(normal(phrase))
            if hit and _is_clear(reading.catalogue, hit, phrase, shouted=clause.isupper()):
                yield phrase, hit
                start += count
                break
        else:
            start += 1


def _is_clear(catalogue: Catalogue, hit: Hit, phrase: str, *, shouted: bool) -> bool:
    """Whether a name in the middle of prose can mean nothing else than the thing of that name."""
    if len(hit.iris) != 1 or len(phrase) < _SHORTEST_NAME:
        return False
    if any(sign in " -" for sign in phrase) or (phrase.isupper() and not shouted):
        return True
    if normal(phrase) in ORDINARY:
        return False
    if any(sign.isupper() for sign in phrase[1:]) and not shouted:  # LoRA, GitHub
        return True
    is_tool = catalogue.class_of(hit.iris[0]) == CG.Tool
    return is_tool and (phrase[0].isupper() or phrase == catalogue.label(hit.iris[0]))


_READ = {
    "skills": _read_items,
    "certificates": _read_items,
    "languages": _read_language,
    "work": _read_work,
    "education": _read_education,
    "prose": _read_prose,
}
