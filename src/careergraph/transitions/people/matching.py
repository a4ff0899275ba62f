"""From a CV to nodes of the graph: by label, by alias, by rule, by similarity; what matches nothing is kept, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import LONGEST_NAME, texts_of
from careergraph.model.text import normal
from careergraph.rdf.kinds import NAMED_KINDS, POSITIONS
from careergraph.rdf.vocabulary import CG, ID, RDF
from careergraph.transitions.people.known_names import Hit, KnownNames, by_rule
from careergraph.transitions.people.person import NAMELESS, Match, Person, Unmatched, facts_in, level_of
from careergraph.transitions.people.phrases import is_denied, level_in, outside_brackets
from careergraph.transitions.people.resume import parts_read
from careergraph.transitions.people.years import Span, span, stated_years, years_of

#: How degrees are abbreviated and worded, without dots and in lower case; the first that fits counts.
_DEGREES = {
    r"(phd|ph d|dphil|doctorate|doctoral degree|doctor of (philosophy|science|engineering)|doctor$)": "phd",
    r"(mres|mphil|master'?s? of research|research master'?s?)": "research-masters",
    r"(master'?s?|m ?sc|ma|ms|meng|me|mtech|mba|mpa|mpp|mph|med|mfa|mca|mcom|msw|mmath|mphys|llm)": "masters-degree",
    r"(bachelor'?s?|b ?sc|ba|bs|beng|be|btech|bba|llb|bcom|bed|bca|bfa|bsn|barch|bdes|bpharm)": "bachelors-degree",
}
#: Ways in which a field is studied: *computational neuroscience* is neuroscience.
_WAYS = re.compile(
    r"^(?:computational|theoretical|experimental|applied|clinical|quantitative|comparative|general|modern) "
)
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
    reading = Reading(catalogue)
    reading.position(basics.get("label"), "basics.label")
    for section in ("work", "volunteer"):
        for where, entry in _entries(profile, section):
            lasted = span(entry.get("startDate"), entry.get("endDate"))
            reading.position(entry.get("position"), f"{where}.position", lasted)
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
    return Person(name or NAMELESS, reading.with_years(), tuple(reading.assets), (*reading.unmatched, *unread))


def _unknown_sections(profile: Mapping[str, Any]) -> list[str]:
    from careergraph.model.schemas import schema

    sections = schema("json-resume")["properties"]
    return [name for name in profile if name not in sections]


def _entries(profile: Mapping[str, Any], section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, entry in enumerate(profile.get(section, ())):
        yield f"{section}[{number}]", entry


class _Vocabularies:
    """The names that the sections of a CV are compared with."""

    def __init__(self, catalogue: Catalogue) -> None:
        nodes = {kind: catalogue.in_memory.get(kind, []) for kind in NAMED_KINDS}
        fields = [iri for iri in nodes["background"] if CG.FieldOfStudy in catalogue.values(iri, RDF.type)]
        studied = frozenset(fields)
        jobs = [iri for kind in POSITIONS for iri in nodes[kind] if iri not in studied]
        self.positions = KnownNames(catalogue, "position", jobs, POSITIONS)
        self.skills = KnownNames(catalogue, "skill", nodes["skill"], ("skill",))
        self.fields = KnownNames(catalogue, "field of study", fields)
        for iri in fields:
            for name in texts_of(catalogue, iri):
                self.fields.add(outside_brackets(normal(name)), iri, "rule")
        self.credentials = KnownNames(catalogue, "credential", nodes["credential"], ("credential",))
        self.all = KnownNames(catalogue, "node", [iri for found in nodes.values() for iri in found], NAMED_KINDS)


class Reading:
    """One pass over a CV: what is matched, and what is not."""

    def __init__(self, catalogue: Catalogue) -> None:
        names = catalogue.once(_Vocabularies)
        self.catalogue = catalogue
        self.position_names, self.skill_names, self.all_names = names.positions, names.skills, names.all
        self.field_names, self.credential_names = names.fields, names.credentials
        self.positions: list[Match] = []
        self.assets: list[Match] = []
        self.unmatched: list[Unmatched] = []
        self._spans: dict[str, list[Span]] = {}

    def position(self, text: str | None, where: str, lasted: Span | None = None) -> None:
        """Read a job title, and when somebody had it."""
        if text and text.strip():
            self.keep_positions(text, where, self.position_names.find_title(text), lasted)

    def with_years(self) -> tuple[Match, ...]:
        """The positions with the years in each, where jobs at the same time count once."""
        years = {iri: years_of(spans) for iri, spans in self._spans.items()}
        return tuple(match.with_years(years.get(match.ref.id)) for match in self.positions)

    def skill(self, text: str | None, where: str, level: str | None = None) -> None:
        """Read a phrase that names skills."""
        if text and text.strip():
            if is_denied(normal(text)) and not self.skill_names.exact(normal(text)):
                self.unmatched.append(Unmatched(text, where, "it says what is not held, or not yet"))
                return
            found = self.skill_names.find(text)
            self._keep(self.assets, text, where, found, self.skill_names, level or level_in(normal(text)))

    def keywords(self, entry: Mapping[str, Any], where: str, level: str | None = None) -> None:
        """Read the keywords of an entry."""
        for number, keyword in enumerate(entry.get("keywords", ())):
            self.skill(keyword, f"{where}.keywords[{number}]", level)

    def keep_positions(self, text: str, where: str, found: list[Hit], lasted: Span | None = None) -> None:
        """Keep what a job title was found to stand for, and when somebody had it."""
        known = len(self.positions)
        self._keep(self.positions, text, where, found, self.position_names)
        if lasted:
            for match in self.positions[known:]:
                self._spans.setdefault(match.ref.id, []).append(lasted)

    def keep_skills(self, text: str, where: str, found: list[Hit], level: str | None) -> None:
        """Keep what a phrase was found to stand for."""
        self._keep(self.assets, text, where, found, self.skill_names, level)

    def names_a_degree(self, text: str) -> bool:
        """Whether a text begins as a degree does."""
        return bool(self._degree(text))

    def publication(self, text: str | None, where: str) -> None:
        """Read the title of a publication."""
        if text and text.strip():
            why = 'one publication is no publication record; if there is one, add the skill "publications"'
            self.unmatched.append(Unmatched(text, where, why))

    def education(self, entry: Mapping[str, Any], where: str) -> None:
        """Read an entry on studies: the field and the degree."""
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
        said = {hit.iris for hit in fields}
        exact = self.credential_names.exact(normal(degree))
        found = [exact] if exact else self._degree(degree)
        named = [by_rule(hit) for hit in self._fields(_subject(degree)) if hit.iris not in said] if found else []
        found = self._specific(found, [*fields, *named]) or found
        self._keep(self.assets, degree, f"{where}.studyType", [*found, *named], self.credential_names)

    def _fields(self, text: str) -> list[Hit]:
        """The fields of study that a text names, as a whole or, failing that, between its joints."""
        return self.field_names.find(text) or self.field_names.find(_WAYS.sub("", normal(text)))

    def _degree(self, text: str) -> list[Hit]:
        iri = next((f"{ID}credential/{slug}" for slug in _degrees(text)), "")
        if iri in self.catalogue.statements:
            return [Hit((iri,), "rule", 1.0)]
        begun = self.credential_names.beginning(outside_brackets(normal(text)))
        return [begun] if begun else self.credential_names.find(text)

    def _specific(self, degrees: list[Hit], fields: list[Hit]) -> list[Hit]:
        """The degrees in these fields that have a node of their own, such as `PhD in computer science`."""
        labels = [self.catalogue.label(iri) for hit in degrees for iri in hit.iris]
        subjects = dict.fromkeys(outside_brackets(self.catalogue.label(iri)) for hit in fields for iri in hit.iris)
        names = [f"{label} in {subject}" for label in labels for subject in subjects]
        found = [self.credential_names.exact(normal(name)) for name in names]
        return list(dict.fromkeys(by_rule(hit) for hit in found if hit))

    def _keep(
        self,
        into: list[Match],
        text: str,
        where: str,
        found: list[Hit],
        names: KnownNames,
        level: str | None = None,
    ) -> None:
        clear = [hit for hit in found if len(hit.iris) == 1]
        for hit in clear:
            (iri,) = hit.iris
            ref, years = self.catalogue.ref(iri), stated_years(normal(text))
            depth = level_of(self.catalogue, iri, level, years)
            facts = facts_in(self.catalogue, iri, normal(text))
            into.append(Match(text, where, ref, hit.method, hit.score, depth, facts, years))
        if not clear:
            self.unmatched.append(Unmatched(text, where, self._why(text, found, names)))

    def _why(self, text: str, found: list[Hit], names: KnownNames) -> str:
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


def _degree_words(text: str) -> str:
    return outside_brackets(normal(text).replace(".", "").replace("’", "'"))


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
    rest = re.sub(r"^ of (arts?|sciences?|engineering|technology)\b", "", rest)
    return rest.rpartition(" in ")[2].strip(" ,:").removeprefix("degree").strip().removeprefix("of ")


def _under_way(entry: Mapping[str, Any]) -> bool:
    from datetime import date

    start, end = entry.get("startDate"), entry.get("endDate")
    return end > date.today().isoformat()[: len(end)] if end else bool(start)
