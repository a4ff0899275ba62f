"""Match the text of a CV, line by line: items of lists, job titles, degrees, and names in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.text import normalise
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.people.actions import TOLD, find_skill_in_action
from careergraph.transitions.people.cv.headings import find_part
from careergraph.transitions.people.cv.names import COLUMN_BREAK, find_name
from careergraph.transitions.people.dates import Dated, Span, find_span, is_to_come
from careergraph.transitions.people.denials import drop_wishes, is_denied, is_unfinished
from careergraph.transitions.people.name_index import Hit, mark_as_rule
from careergraph.transitions.people.person import NAMELESS, Match, Person
from careergraph.transitions.people.phrases import find_level_in
from careergraph.transitions.people.reading import Reading
from careergraph.transitions.people.vague_words import ORDINARY

_DATES = re.compile(
    r"[(\[]?\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? ?)?(?:\d{1,2}[/.])?(?:19|20)\d\d\b.*$",
    re.IGNORECASE,
)
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: A year that stands before all else, as where each line begins with its time.
_YEAR_FIRST = re.compile(r"^[(\[]?(?:\d{1,2}[/.])?(?:19|20)\d\d[)\]]?\s*[:|–—-]?\s+(?=\D)")
#: How long a job lasted, behind its dates: *(4 years 2 months)*.
_LASTED = re.compile(r"\(?\s*\d+ (?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois)\b.*$", re.IGNORECASE)
#: What stands before the present job where no heading does: *Currently: nurse*.
_NOW = re.compile(
    r"^(?:currently|at present|present(?:ly)?|now|today|current (?:role|job|position|title)|(?:job )?title|position|"
    r"profession|occupation|aktuell|derzeit|beruf|actuellement|poste actuel|actualmente|huidige functie)\s*[:–—-]\s*",
    re.IGNORECASE,
)
#: A line that begins so tells what was done, and is no title, unless that says what somebody is: *Registered nurse*.
_DID = re.compile(
    r"(?!(?:accredited|advanced|applied|armed|authori[sz]ed|certificated|certified|chartered|distributed|embedded|"
    r"enrolled|experienced|fixed|licen[cs]ed|mixed|qualified|registered|retired|seconded|skilled|speciali[sz]ed|unmanned)\s)"
    r"(?:\w+ed|led|wrote|built|ran|taught|won|gave|made|grew|cut|set|drove|oversaw|did|spoke|held)\s",
    re.IGNORECASE,
)
#: What a row of a list begins with: *Frameworks: PyTorch, JAX*.
_ROW = re.compile(r"^[^:,]{1,40}:\s*")
_HONOURS = re.compile(r"\(\s*hon(?:ou?r)?s\.?\s*\)", re.IGNORECASE)
#: Marks of Markdown that stand around words, and the number signs before a heading; C# keeps its own.
_MARKS = re.compile(r"\*\*|__|`|^\s*#{1,6}\s+|(?<=\])\([^()\s]*\)|(?<=\w)\*$")
_BULLET = re.compile(r"^\s*[-–—•*·▪●○◦‣>✓]+\s*")
_CLAUSES = re.compile(r"(?<=[\w)])[.;:!?]\s+|,\s+(?:but|although|though)\s+|\s+but\s+")
_WORD = re.compile(r"[\w.+#&/'’-]*[\w+#]")
_DEGREE = re.compile(
    r"(?<!bachelor)(?<!master)(?<!doctor)(?<!masters)(?<!associate)\s+(?:of|de|of the)\s+|"
    r"\s+(?:in|en|für)\s+|,\s+|\s[-–]\s|\(|:\s+",
    re.IGNORECASE,
)
#: What stands among the studies and is no degree.
_CERTIFICATE = re.compile(
    r"\b(?:certificat\w*|certified|nano-?degree|boot ?camp|zertifikat\w*|curso|cours|corso|cursus|course|kurs)\b",
    re.IGNORECASE,
)
#: What people put before a degree, whether they have got it or not: *started an MSc*, *part-time MBA*.
_BEFORE_DEGREE = re.compile(
    r"^(?!as? levels?\b)(?:(?:currently|now|recently|since|then|also|an?|the|my|for|of|in|on|towards?|to|"
    r"full[- ]time|part[- ]time|"
    r"evening|distance|started|began|begun|pursuing|studying|studied|reading|working|enrolled|registered|completing|"
    r"completed|finished|finishing|earned|obtained|awarded|gained|received|achieved|holds?|dropped out|left|abandoned|"
    r"unfinished|incomplete|discontinued|interrupted|one|two|three|four|five|\d|first|years?|semesters?|terms?)\s+)+",
    re.IGNORECASE,
)
#: A name has at most so many words, an item of a list at most so many characters, a line that is a job title as well.
_MOST_WORDS, _LONGEST_ITEM, _LONGEST_TITLE = 5, 80, 80
_SHORTEST_NAME = 2
#: So many lines away from a title, or from a degree, what is said belongs to it.
_NEAR = 2
#: What stands around the parts of a line, and between them.
_AROUND = " ,|-–—(•:\t"
_PARTS = re.compile(r"\s[-–—|•]\s|\s*\|\s*|,\s+|\t|:\s+")


def match_text(catalogue: Catalogue, pages: Sequence[str]) -> Person:
    r"""What a CV in plain text says, as nodes of the graph, each with its page and line.

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
    reader = _Lines(Reading(catalogue))
    for number, page in enumerate(pages, 1):
        for line in page.splitlines():
            reader.read(line, number)
    reader.end_studies()
    person = reader.reading.person(NAMELESS)
    assets = {match.ref.id: match for match in reversed(person.assets)}
    positions = {match.ref.id: match for match in reversed(person.positions)}
    unmatched = tuple(dict.fromkeys(person.unmatched))
    name = find_name(pages)
    called = name if name and not reader.reading.position_names.find_called(normalise(name)) else NAMELESS
    return Person(called, tuple(reversed(positions.values())), tuple(reversed(assets.values())), unmatched)


#: What stands at the end of each page.
_FOOTER = re.compile(
    r"(?:.{0,40}[ ,|–-])?(?:page|seite|página|pagina|sida|side|strona) \d+"
    r"(?: ?(?:of|von|de|sur|di|van|av|af|z|/) ?\d+)?|"
    r"\d{1,2} (?:of|von|de|sur|di|van) \d{1,2}",
    re.IGNORECASE,
)


class _Lines:
    """The lines of a CV one after the other: to which part each belongs, and what the lines beside it say of it."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.part = reading, "prose"
        self._undated: list[Match] = []
        self._waiting: Span | None = None
        self._since_title = self._since_date = 0
        self._studies: _Studies | None = None
        self._goes_on = self._beside = False

    def read(self, line: str, page: int) -> None:
        """Read a line by the part that it is in, or open the next part."""
        line = _MARKS.sub("", line)
        opened, rest = ("prose", "") if line == COLUMN_BREAK else find_part(line)
        if (opened, self.part) == ("languages", "skills") and rest:  # of programming: a row among the skills
            opened = None
        if opened:
            self.end_studies()
            self.part, self._undated, self._waiting = opened, [], None
            self._goes_on = self._beside = False
        text = " ".join((rest if opened else _BULLET.sub("", line)).split())
        if text and self.part != "nothing" and not _FOOTER.fullmatch(text):
            where = f"page {page}: {text[:120]!r}"
            if self.part in ("work", "prose") and self._tells_of_studies(text):
                self._read_education(text, where)
                self.end_studies()
            elif self.part == "work":
                self._read_work(text, where, listed=_BULLET.match(line) is not None)
            elif self.part == "education":
                self._read_education(text, where)
            elif self.part == "prose" and (rest := self._find_entry(text)):
                self._read_work(rest, where, listed=False)
            else:
                _READ[self.part](self.reading, text, where)

    def _read_work(self, text: str, where: str, *, listed: bool) -> None:
        """Read a job title with its time, or a time that belongs to the title one or two lines before or behind.

        What is listed without a time is what was done, unless it is just a title; and so is what follows a title with
        its time on the same line, unless it begins with a title.
        """
        dated = find_span(text)
        lasted = dated.span if dated else None
        self._since_title, self._since_date = self._since_title + 1, self._since_date + 1
        bare = _without_dates(text, dated)
        title, found = _find_title(self.reading, bare, text)
        if (
            not dated
            and (listed or self._beside)
            and not self._is_just_a_title(title if listed else bare, listed=listed)
        ):
            found = []
        if found:
            self._beside = dated is not None
            if lasted is None and self._since_date <= _NEAR:
                lasted, self._waiting = self._waiting, None
            kept = self.reading.keep_positions(title, where, found, lasted)
            self._undated, self._since_title = ([] if lasted else kept), 0
            return
        if lasted and self._undated and self._since_title <= _NEAR:
            self.reading.keep_time(self._undated, lasted)
            self._undated = []
        elif lasted:
            self._waiting, self._since_date = lasted, 0
        _read_prose(self.reading, text, where)

    def _tells_of_studies(self, text: str) -> bool:
        """Whether a line has a degree and its time where no heading has announced any."""
        dated = find_span(text)
        degree = _DEGREE.split(_without_dates(text, dated))[0] if dated or _A_YEAR.search(text) else ""
        return bool(degree) and "student" not in normalise(degree) and self.reading.names_a_degree(degree)

    def _find_entry(self, text: str) -> str:
        """The title and the time in a line that tells of a job where no heading has announced any; else nothing."""
        dated, now = find_span(text), _NOW.match(text)
        bare = text[now.end() :] if now else text
        if not (dated or now):
            return ""
        return bare if _find_title(self.reading, _without_dates(bare, dated), bare)[1] else ""

    def _is_just_a_title(self, title: str, *, listed: bool) -> bool:
        begins = title if listed else _PARTS.split(title)[0]
        called = self.reading.position_names.find_called
        return bool(called(normalise(title)) or called(normalise(begins)))

    def _read_education(self, text: str, where: str) -> None:
        """Read a degree, or what a line beside one says of it; of a time before the degree, whether it goes on."""
        dated = find_span(text)
        bare = _without_dates(_HONOURS.sub("", text), dated)
        unfinished = is_unfinished(normalise(text)) or bool(dated and not dated.over) or is_to_come(text)
        degree, *rest = _DEGREE.split(_BEFORE_DEGREE.sub("", bare)) if bare else [""]
        if degree and self.reading.names_a_degree(degree):
            self.end_studies()
            area = next((field for field in rest if self.reading.field_names.find(field)), "")
            area = area or next((field for field in rest[:1] if self.reading.studies.find(field)), "")
            goes_on = self._goes_on and not dated
            told = dated is not None or _A_YEAR.search(text) is not None
            self._studies = _Studies(degree, area, unfinished or goes_on, where, dated=told)
            self._goes_on = False
        elif bare and _CERTIFICATE.search(bare):
            self.reading.skill(_PARTS.split(bare)[0], where)
        elif (row := _ROW.match(text)) and is_denied(normalise(row.group())):
            self.end_studies()  # *Not yet: machine learning* says nothing of the studies above
        elif self._studies and self._studies.lines < _NEAR and not (dated and self._studies.dated):
            fields = filter(self.reading.field_names.find_one, map(normalise, (degree, *rest)))
            self._studies = self._studies.with_line(next(fields, ""), unfinished, dated=dated is not None)
        elif dated:
            self._goes_on = unfinished

    def end_studies(self) -> None:
        """Read the studies in the last lines, with all that they said."""
        if self._studies:
            degree, area, unfinished, where = self._studies[:4]
            said = f"{degree} (unfinished)" if unfinished else degree
            self.reading.education({"studyType": said, "area": area}, where)
        self._studies = None


class _Studies(NamedTuple):
    """A degree and its field, whether it is said not to be finished, and how many lines say more of it."""

    degree: str
    area: str
    unfinished: bool
    where: str
    lines: int = 0
    dated: bool = False

    def with_line(self, area: str, unfinished: bool, *, dated: bool) -> _Studies:
        """The same studies with what one more line says."""
        said, open_ = self.area or area, self.unfinished or unfinished
        return self._replace(area=said, unfinished=open_, lines=self.lines + 1, dated=self.dated or dated)


def _without_dates(text: str, dated: Dated | None) -> str:
    """A line without the time that it tells: what stands before it, or else behind it."""
    before = _DATES.sub("", text[: dated.start] if dated else _YEAR_FIRST.sub("", text)).strip(_AROUND)
    behind = _LASTED.sub("", text[dated.end :]).strip(_AROUND + ")]") if dated else ""
    return before or behind


def _find_title(reading: Reading, title: str, text: str) -> tuple[str, list[Hit]]:
    """The positions that a line names, as a whole or in the part behind the employer, and the words that do."""
    parts = [part.strip() for part in _PARTS.split(title)]
    told = _DID.match(title) and not reading.position_names.find_called(normalise(parts[0]))
    if not title or len(title) > _LONGEST_TITLE or text.endswith(".") or told:
        return title, []
    if title[:2].casefold() != title[:2] and (found := _sure(reading.find_positions(title))):
        return title, found
    called = ((part, hit) for part in parts[1:] if (hit := reading.position_names.find_called(normalise(part))))
    return next(((part, [hit]) for part, hit in called), (title, []))


def _sure(found: list[Hit]) -> list[Hit]:
    return [hit for hit in found if hit.method != "fuzzy"]


def _read_items(reading: Reading, text: str, where: str) -> None:
    row = _ROW.match(text)
    denied = row.group() if row and is_denied(normalise(row.group())) else ""
    for item in _outside_brackets(_ROW.sub("", text)):
        if len(item) <= _LONGEST_ITEM and len(item.split()) <= _MOST_WORDS + 3:
            reading.skill(denied + item, where)
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
    tongue, colon, level = text.partition(":")
    if colon and reading.skill_names.exact(normalise(tongue)) and not reading.skill_names.find(level):
        text = f"{tongue} ({level.strip()})"  # *Deutsch: Muttersprache*
    for item in _outside_brackets(_ROW.sub("", text)):
        reading.skill(item, where)


def _read_prose(reading: Reading, text: str, where: str) -> None:
    for clause in _CLAUSES.split(drop_wishes(text)):
        if clause and not is_denied(normalise(clause)):
            done = find_skill_in_action(normalise(clause))
            if done and (found := reading.skill_names.exact(done)):
                reading.keep_skills(clause, where, [mark_as_rule(found)], None)
            for phrase, hit in _names_in(reading, clause):
                reading.keep_skills(phrase, where, [hit], find_level_in(normalise(phrase)))


def _names_in(reading: Reading, clause: str) -> Iterator[tuple[str, Hit]]:
    """The names in a clause that cannot mean anything else, the longest first where they overlap."""
    spans = list(_WORD.finditer(clause))
    start = 0
    while start < len(spans):
        for count in range(min(_MOST_WORDS, len(spans) - start), 0, -1):
            phrase = clause[spans[start].start() : spans[start + count - 1].end()]
            hit = reading.skill_names.exact(normalise(phrase)) or reading.skill_names.exact_but_for_endings(
                normalise(phrase)
            )
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
    if normalise(phrase) in ORDINARY:
        return False
    if normalise(phrase) in TOLD:
        return True
    if any(sign.isupper() for sign in phrase[1:]) and not shouted:  # LoRA, GitHub
        return True
    is_tool = catalogue.class_of(hit.iris[0]) == CG.Tool
    return is_tool and (phrase[0].isupper() or phrase == catalogue.label(hit.iris[0]))


_READ = {
    "skills": _read_items,
    "certificates": _read_items,
    "languages": _read_language,
    "prose": _read_prose,
}
