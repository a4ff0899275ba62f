"""From a CV to nodes of the graph: by label, by alias, by rule, by similarity; what matches nothing is kept, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import LONGEST_NAME
from careergraph.model.records import Record
from careergraph.model.text import normal
from careergraph.rdf.kinds import NAMED_KINDS, POSITIONS
from careergraph.rdf.vocabulary import CG, ID, RDF, SKOS
from careergraph.transitions.people.person import NAMELESS, Match, Person, Unmatched, level_of
from careergraph.transitions.people.resume import parts_read

#: Two names are taken for one if each word of the one is at least so like a word of the other (the Indel ratio of
#: rapidfuzz, 0 to 1). A plural or a slip in a long word passes; *project manager* for *product manager* does not.
LEAST_LIKENESS = 0.9
#: Names with fewer characters are never matched by similarity: *GIF* is not *git*, *R* is not *RL*.
SHORTEST_FUZZY = 4

#: Words before or after a job title that say how senior somebody is, not what they do.
_SENIORITY = frozenset(
    ("senior", "sr", "junior", "jr", "lead", "principal", "staff", "associate", "graduate", "mid", "entry", "level")
)
_GRADE = re.compile(r"[1-9]|i{1,3}|iv|v")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_VERSION = re.compile(r"(\s+v?\d+(\.(\d+|x))*\+?)+$")
_JOINTS = re.compile(r"\s*(?:,|/|&|\band\b)\s*")
#: How degrees are abbreviated and worded, without dots and in lower case; the first that fits counts.
_DEGREES = {
    r"(phd|ph d|dphil|doctorate|doctoral degree|doctor of (philosophy|science|engineering)|doctor$)": "phd",
    r"(mres|mphil|master'?s? of research|research master'?s?)": "research-masters",
    r"(master'?s?|m ?sc|ma|ms|meng|mtech|mba|mpa|mpp|llm)": "masters-degree",
    r"(bachelor'?s?|b ?sc|ba|bs|beng|btech|bba|llb)": "bachelors-degree",
}
_UNFINISHED = re.compile(r"\b(student|candidate|ongoing|in progress|expected|incomplete|unfinished|dropped out|abd)\b")


def match_profile(catalogue: Catalogue, profile: Mapping[str, Any]) -> Person:
    """What a CV says, as nodes of the graph; what cannot be matched is kept with the reason.

    A text is matched by label, then by alias, then by rule (without bracketed parts, seniority, version numbers;
    regardless of spaces and punctuation), then by similarity. Prose (summaries, highlights, names of classes), awards,
    interests and references are not read. A past position counts like a present one. A degree counts once it is
    finished: studies with a start and no end, or with an end to come, are taken to be under way.

    Args:
        catalogue: where to look.
        profile: as `read_profile` gives it.

    >>> found = match_profile(Catalogue.load(), {"skills": [{"name": "Pytorch", "level": "Advanced"}]})
    >>> [(match.ref.label, match.method, match.level) for match in found.assets]
    [('PyTorch', 'label', 0.75)]
    """
    unread = [Unmatched(name, "the document", "no section of that name is read") for name in _unknown_sections(profile)]
    profile = parts_read(profile)
    basics = profile.get("basics", {})
    reading = _Reading(catalogue)
    reading.position(basics.get("label"), "basics.label")
    for section in ("work", "volunteer"):
        for where, entry in _entries(profile, section):
            reading.position(entry.get("position"), f"{where}.position")
    for where, entry in _entries(profile, "education"):
        reading.education(entry, where)
    for where, entry in _entries(profile, "skills"):
        reading.skill(entry.get("name"), f"{where}.name", entry.get("level"))
        reading.keywords(entry, where, entry.get("level"))
    for where, entry in _entries(profile, "projects"):
        reading.keywords(entry, where)
    for where, entry in _entries(profile, "certificates"):
        reading.skill(entry.get("name"), f"{where}.name")
    for where, entry in _entries(profile, "languages"):
        reading.skill(entry.get("language"), f"{where}.language", entry.get("fluency"))
    for where, entry in _entries(profile, "publications"):
        reading.publication(entry.get("name"), f"{where}.name")
    name = " ".join(basics.get("name", "").split())
    return Person(name or NAMELESS, tuple(reading.positions), tuple(reading.assets), (*reading.unmatched, *unread))


def _unknown_sections(profile: Mapping[str, Any]) -> list[str]:
    from careergraph.model.schemas import schema

    sections = schema("json-resume")["properties"]
    return [name for name in profile if name not in sections]


def _entries(profile: Mapping[str, Any], section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, entry in enumerate(profile.get(section, ())):
        yield f"{section}[{number}]", entry


class _Reading:
    """One pass over a CV: what is matched, and what is not."""

    def __init__(self, catalogue: Catalogue) -> None:
        nodes = {kind: catalogue.by_kind.get(kind, []) for kind in NAMED_KINDS}
        fields = [iri for iri in nodes["background"] if CG.FieldOfStudy in catalogue.values(iri, RDF.type)]
        studied = frozenset(fields)
        jobs = [iri for kind in POSITIONS for iri in nodes[kind] if iri not in studied]
        self.catalogue = catalogue
        self.position_names = _Names(catalogue, "position", jobs)
        self.skill_names = _Names(catalogue, "skill", nodes["skill"])
        self.field_names = _Names(catalogue, "field of study", fields)
        self.credential_names = _Names(catalogue, "credential", nodes["credential"])
        self.all_names = _Names(catalogue, "node", [iri for found in nodes.values() for iri in found])
        self.positions: list[Match] = []
        self.assets: list[Match] = []
        self.unmatched: list[Unmatched] = []

    def position(self, text: str | None, where: str) -> None:
        if text and text.strip():
            found = self.position_names.find(text, _job(normal(text)))
            self._keep(self.positions, text, where, found, self.position_names)

    def skill(self, text: str | None, where: str, level: str | None = None) -> None:
        if text and text.strip():
            found = self.skill_names.find(text, _VERSION.sub("", _bare(normal(text))))
            self._keep(self.assets, text, where, found, self.skill_names, level)

    def keywords(self, entry: Mapping[str, Any], where: str, level: str | None = None) -> None:
        for number, keyword in enumerate(entry.get("keywords", ())):
            self.skill(keyword, f"{where}.keywords[{number}]", level)

    def publication(self, text: str | None, where: str) -> None:
        if text and text.strip():
            why = 'one publication is no publication record; if there is one, add the skill "publications"'
            self.unmatched.append(Unmatched(text, where, why))

    def education(self, entry: Mapping[str, Any], where: str) -> None:
        area, degree = entry.get("area", ""), entry.get("studyType", "")
        fields = self._fields(area)
        if area.strip():
            self._keep(self.assets, area, f"{where}.area", fields, self.field_names)
        if not degree.strip():
            return
        if _under_way(entry) or _UNFINISHED.search(normal(degree)):
            why = "the studies seem to be under way, so the degree is not held yet"
            self.unmatched.append(Unmatched(degree, f"{where}.studyType", why))
            return
        exact = self.credential_names.exact(normal(degree))
        found = [exact] if exact else self._degree(degree) or self.credential_names.find(degree)
        named = [_by_rule(hit) for hit in self._fields(_subject(degree))] if found else []
        found = self._specific(found, [*fields, *named]) or found
        self._keep(self.assets, degree, f"{where}.studyType", [*found, *named], self.credential_names)

    def _fields(self, text: str) -> list[_Hit]:
        """The fields of study that a text names, as a whole or, failing that, between its joints."""
        whole = self.field_names.find(text, _bare(normal(text)))
        if whole or len(text) > LONGEST_NAME:
            return whole
        return [_by_rule(hit) for part in _JOINTS.split(normal(text)) if (hit := self.field_names.exact(part))]

    def _degree(self, text: str) -> list[_Hit]:
        iri = next((f"{ID}credential/{slug}" for slug in _degrees(text)), "")
        return [_Hit((iri,), "rule", 1.0)] if iri in self.catalogue.statements else []

    def _specific(self, degrees: list[_Hit], fields: list[_Hit]) -> list[_Hit]:
        """The degrees in these fields that have a node of their own, such as `PhD in computer science`."""
        labels = [self.catalogue.label(iri) for hit in degrees for iri in hit.iris]
        subjects = dict.fromkeys(_bare(self.catalogue.label(iri)) for hit in fields for iri in hit.iris)
        names = [f"{label} in {subject}" for label in labels for subject in subjects]
        found = [self.credential_names.exact(normal(name)) for name in names]
        return [_by_rule(hit) for hit in found if hit]

    def _keep(
        self,
        into: list[Match],
        text: str,
        where: str,
        found: list[_Hit],
        names: _Names,
        level: str | None = None,
    ) -> None:
        clear = [hit for hit in found if len(hit.iris) == 1]
        for hit in clear:
            (iri,) = hit.iris
            ref, depth = self.catalogue.ref(iri), level_of(self.catalogue, iri, level)
            into.append(Match(text, where, ref, hit.method, hit.score, depth))
        if not clear:
            self.unmatched.append(Unmatched(text, where, self._why(text, found, names)))

    def _why(self, text: str, found: list[_Hit], names: _Names) -> str:
        if found:
            meant = sorted({self.catalogue.label(iri) for hit in found for iri in hit.iris})
            return f"it can mean {' or '.join(meant)}"
        if len(text) > LONGEST_NAME:
            return "it is too long to be a name"
        other = self.all_names.exact(normal(text))
        if other:
            ref = self.catalogue.ref(other.iris[0])
            return f"it names the {ref.kind} {ref.label}, and a {names.what} is wanted here"
        return f"no {names.what} in the graph is called so"


class _Hit(Record):
    """The nodes that a text stands for (more than one if it is ambiguous), and how they were found."""

    iris: tuple[str, ...]
    method: str
    score: float


def _by_rule(hit: _Hit) -> _Hit:
    return hit if hit.method == "fuzzy" else _Hit(hit.iris, "rule", 1.0)


class _Names:
    """The names of some nodes, indexed by how they are compared."""

    def __init__(self, catalogue: Catalogue, what: str, iris: Iterable[str]) -> None:
        self.what = what
        self._known: dict[str, dict[str, str]] = {}
        for iri in iris:
            for method, predicate in (("label", SKOS.prefLabel), ("alias", SKOS.altLabel)):
                for name in catalogue.values(iri, predicate):
                    self._add(normal(name), iri, method)
                    if what == "field of study":
                        self._add(_bare(normal(name)), iri, "rule")
        self._joined = {_join(name): name for name in reversed(self._known)}
        self._comparable = [name for name in self._known if len(name) >= SHORTEST_FUZZY]
        self._near: dict[str, list[_Hit]] = {}

    def _add(self, name: str, iri: str, method: str) -> None:
        self._known.setdefault(name, {}).setdefault(iri, method)

    def find(self, text: str, simpler: str = "") -> list[_Hit]:
        """What a text stands for, if anything: as it is, else in a simpler form, else what is very like that."""
        if not text.strip() or len(text) > LONGEST_NAME:
            return []
        wanted = normal(text)
        found = self.exact(wanted)
        if found:
            return [found]
        simpler = simpler or wanted
        found = self.exact(simpler) or self.exact(self._joined.get(_join(simpler), ""))
        return [_by_rule(found)] if found else self._like(simpler)

    def exact(self, name: str) -> _Hit | None:
        """The nodes with just this name; those whose label it is, if there are any."""
        methods = self._known.get(name)
        if not methods:
            return None
        method = next(method for method in ("label", "alias", "rule") if method in methods.values())
        return _Hit(tuple(iri for iri in methods if methods[iri] == method), method, 1.0)

    def _like(self, name: str) -> list[_Hit]:
        if len(name) < SHORTEST_FUZZY:
            return []
        if name not in self._near:
            self._near[name] = self._compared(name)
        return self._near[name]

    def _compared(self, name: str) -> list[_Hit]:
        from rapidfuzz import fuzz, process

        # Whoever is alike in every word is as alike as a whole, so this sieve keeps all that matter.
        close = process.extract(
            name, self._comparable, scorer=fuzz.token_sort_ratio, score_cutoff=100 * LEAST_LIKENESS, limit=None
        )
        scores = {known: _word_similarity(name, known) for known, _, _ in close}
        best = max(scores.values(), default=0.0)
        if best < LEAST_LIKENESS:
            return []
        iris = {iri for known, score in scores.items() if score == best for iri in self._known[known]}
        return [_Hit(tuple(sorted(iris)), "fuzzy", round(best, 4))]


def _word_similarity(one: str, other: str) -> float:
    """How like the least alike words of two names are, in alphabetical order; 0 if one has more words."""
    from rapidfuzz import fuzz

    words, others = sorted(one.split()), sorted(other.split())
    if len(words) != len(others):
        return 0.0
    return min(fuzz.ratio(word, match) for word, match in zip(words, others, strict=True)) / 100


def _join(name: str) -> str:
    # "Tensor Flow" is TensorFlow; "C", "C++" and "C#" are three things.
    letters = "".join(character for character in name if character.isalnum() or character in "+#")
    return letters if len(letters) >= SHORTEST_FUZZY else name


def _bare(name: str) -> str:
    """A name without its bracketed parts."""
    return " ".join(_BRACKETS.sub(" ", name[:LONGEST_NAME]).split())


def _job(title: str) -> str:
    """A normalised job title without bracketed parts, seniority and grades.

    >>> _job("sr. data scientist ii (nlp)")
    'data scientist'
    """
    words = [word.strip(".,") for word in _bare(title).split()]
    while words and (words[-1] in _SENIORITY or _GRADE.fullmatch(words[-1])):
        words.pop()
    while words and words[0] in _SENIORITY:
        words.pop(0)
    return " ".join(words)


def _degree_words(text: str) -> str:
    return _bare(normal(text).replace(".", "").replace("’", "'"))


def _degrees(text: str) -> Iterator[str]:
    words = _degree_words(text)
    return (slug for pattern, slug in _DEGREES.items() if re.match(rf"{pattern}(?!\w)", words))


def _subject(text: str) -> str:
    """What a degree is said to be in.

    >>> _subject("B.Sc. (Hons) Computer Science"), _subject("Master of Arts in Philosophy"), _subject("Ph.D.")
    ('computer science', 'philosophy', '')
    """
    words = _degree_words(text)
    degree = next((found for p in _DEGREES if (found := re.match(rf"{p}(?!\w)", words))), None)
    rest = words[degree.end() :] if degree else words
    return rest.rpartition(" in ")[2].strip(" ,:").removeprefix("degree").strip().removeprefix("of ")


def _under_way(entry: Mapping[str, Any]) -> bool:
    from datetime import date

    start, end = entry.get("startDate"), entry.get("endDate")
    return end > date.today().isoformat()[: len(end)] if end else bool(start)
