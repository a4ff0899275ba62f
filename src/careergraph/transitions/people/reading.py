"""One pass over a CV: what its phrases mean, and what is not matched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import LONGEST_NAME, speaks_of_the_same
from careergraph.catalogue.near_misses import list_texts
from careergraph.model.text import normalise
from careergraph.rdf.kinds import NAMED_KINDS, POSITIONS
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import CG, ID
from careergraph.transitions.people.dates import Span
from careergraph.transitions.people.degrees import find_degrees, is_under_way
from careergraph.transitions.people.denials import drop_wishes, is_denied, is_unfinished
from careergraph.transitions.people.meanings import (
    choose_meaning,
    find_broader_skills,
    find_position_in_other_fields,
    find_profession_of_field,
)
from careergraph.transitions.people.name_index import Hit, NameIndex, mark_as_rule
from careergraph.transitions.people.person import (
    NAMELESS,
    UNDER_WAY,
    Match,
    Person,
    UnknownPhrase,
    find_level,
    list_facts,
    place_in_fields,
)
from careergraph.transitions.people.phrases import drop_brackets, find_level_in
from careergraph.transitions.people.studies import Studies
from careergraph.transitions.people.titles.families import find_family_position
from careergraph.transitions.people.titles.index import TitleIndex
from careergraph.transitions.people.titles.likely_positions import LEAST_LIKELY, find_sure_position, rank_positions
from careergraph.transitions.people.titles.table import find_in_table
from careergraph.transitions.people.titles.titles import (
    BUILDERS,
    find_built_with,
    find_subject_of_title,
    list_simplest_forms,
    list_title_forms,
    list_title_parts,
    with_commas,
)
from careergraph.transitions.people.years import count_years, find_years

#: Titles that no name is for have so many words at most.
_LONGEST_TITLE = 6
#: What is called so is of any level.
_A_DIPLOMA = re.compile(r"diploma\b")
#: What is no degree, and what it is in no field of study: whoever took it has learned that.
_A_COURSE = re.compile(
    r"(?:(?:online|professional|short|evening|training|vocational|intensive) )*(?:certificates?|certification|courses?|"
    r"boot ?camp|nanodegree|mooc|workshop|seminar|training)(?: (?:course|programme|program))?"
)
#: The degree whose subjects are no fields of study.
_SCHOOL = f"{ID}credential/high-school-diploma"


class _Vocabularies:
    """The names that the sections of a CV are compared with."""

    def __init__(self, catalogue: Catalogue) -> None:
        nodes = {kind: catalogue.in_memory.get(kind, []) for kind in NAMED_KINDS}
        fields = [iri for iri in nodes["background"] if CG.FieldOfStudy in catalogue.values(iri, RDF.type)]
        studied = frozenset(fields)
        jobs = [iri for kind in POSITIONS for iri in nodes[kind] if iri not in studied]
        self.positions = TitleIndex(catalogue, "position", jobs, POSITIONS)
        self.bundled_positions = self.positions.without_disk()
        self.skills = NameIndex(catalogue, "skill", nodes["skill"], ("skill",))
        self.fields = NameIndex(catalogue, "field of study", fields)
        for iri in fields:
            for name in list_texts(catalogue, iri):
                self.fields.add(drop_brackets(normalise(name)), iri, "rule")
        self.credentials = NameIndex(catalogue, "credential", nodes["credential"], ("credential",))
        self.courses = NameIndex(catalogue, "course", nodes["course"], ("course",))
        self.all = NameIndex(catalogue, "node", [iri for found in nodes.values() for iri in found], NAMED_KINDS)


class Reading:
    """One pass over a CV: what is matched, and what is not."""

    def __init__(self, catalogue: Catalogue) -> None:
        names = catalogue.once(_Vocabularies)
        self.catalogue = catalogue
        self.position_names, self.skill_names, self.all_names = names.positions, names.skills, names.all
        self._bundled_positions = names.bundled_positions
        self.field_names, self.credential_names, self.course_names = names.fields, names.credentials, names.courses
        self.studies = Studies(catalogue, names.fields, names.credentials)
        self.positions: list[Match] = []
        self.assets: list[Match] = []
        self.unmatched: list[UnknownPhrase] = []
        self._spans: dict[str, list[Span]] = {}
        self._ambiguous: list[tuple[str, str, Hit, str | None]] = []
        self._subjects: dict[str, set[str]] = {}

    def position(self, text: str | None, where: str, lasted: Span | None = None) -> None:
        """Read a job title, and when somebody had it."""
        if text and text.strip():
            has_been = drop_wishes(text).strip(" ,|/;•")
            if not has_been:
                self.unmatched.append(UnknownPhrase(text, where, "it says what somebody wants to be"))
                return
            found = self.find_positions(has_been)
            self.keep_positions(text, where, found, lasted)
            # A bundled position with just this name says the subject itself: *lecturer in philosophy*.
            if found and all(hit.method == "rule" or not self._is_bundled(hit) for hit in found):
                self._subject(text, where)

    def _is_bundled(self, hit: Hit) -> bool:
        return all(iri in self.catalogue.memory for iri in hit.iris)

    def _subject(self, title: str, where: str) -> None:
        """Read the field of study that a title at a university names."""
        subject = find_subject_of_title(normalise(title))
        fields = self.studies.fields(subject) if subject else []
        if fields:
            self._keep(self.assets, title, where, list(map(mark_as_rule, fields)), self.field_names)
            self._subjects[where] = {iri for hit in fields for iri in hit.iris}

    def find_positions(self, title: str) -> list[Hit]:
        """The positions that a job title means, by its name or by what somebody builds with.

        The name of something of another kind is not taken for a typing error: *Philosophy* is not *Philosoph*.
        """
        found = self._find_by_all_means(self.position_names, title)
        if not all(map(self._is_bundled, found)):
            alone = self._find_by_all_means(self._bundled_positions, title)
            found = alone if self._says_more(alone, found) else found
        if any(hit.method != "fuzzy" for hit in found):
            return found
        said = normalise(title)
        return [] if self.all_names.exact(said) and not self.position_names.exact(said) else found

    def _says_more(self, bundled: list[Hit], found: list[Hit]) -> bool:
        """Whether bundled positions are what is meant: several on disk have the title, or others than its words say."""
        ours = {iri for hit in bundled for iri in hit.iris}
        if not bundled or any(len(hit.iris) > 1 for hit in bundled):
            return False
        joined = [hit for hit in found if not self._is_bundled(hit)]
        sure = any(hit.method != "fuzzy" for hit in bundled)
        other = (hit for hit in joined if not speaks_of_the_same(self.catalogue, hit.iris[0], ours))
        return any(len(hit.iris) > 1 for hit in joined) or (sure and any(other))

    def _find_by_all_means(self, names: TitleIndex, title: str) -> list[Hit]:
        return (
            names.find_title(title)
            or self.find_by_tool(title)
            or self.find_by_family(title)
            or self.find_by_words(title)
        )

    def find_by_tool(self, title: str) -> list[Hit]:
        """The position of those who build with what a title names: an *Angular developer* is a software engineer."""
        for form in list_title_forms(normalise(title)):
            tool = find_built_with(form)
            hit = self.skill_names.exact(tool) or self.skill_names.exact_but_for_endings(tool) if tool else None
            if hit and (position := self._builder(hit.iris[0])):
                return [Hit((position,), "rule", 1.0)]
        return []

    def find_by_family(self, title: str) -> list[Hit]:
        """The position that a title stands for in a table of rare ones, or by what it ends with: *kiln operator*."""
        whole = [form for part in list_title_parts(normalise(with_commas(title))) for form in list_simplest_forms(part)]
        forms = [form for form in whole if len(form.split()) <= _LONGEST_TITLE]  # what is longer tells what was done
        found = (find(form) for find in (find_in_table, find_family_position) for form in forms)
        return next(([Hit((node,), "rule", 1.0)] for node in found if node and node in self.catalogue.statements), [])

    def find_by_words(self, title: str) -> list[Hit]:
        """The position in whose titles the words of a title stand, where they leave hardly a doubt."""
        forms = (
            form
            for part in list_title_parts(normalise(with_commas(title)))
            for form in reversed(list_simplest_forms(part))
        )
        found = next(filter(None, map(find_sure_position, forms)), None)
        known = found and found.iri in self.catalogue.statements
        return [Hit((found.iri,), "fuzzy", round(found.share, 4))] if found and known else []

    def guesses(self, title: str) -> tuple[str, ...]:
        """The labels of the positions that a title which is not understood may stand for, the likeliest first."""
        forms = list_simplest_forms(normalise(with_commas(title)))
        likely = rank_positions(forms[-1]) if forms else []
        worth = (each.iri for each in likely if each.share >= LEAST_LIKELY)
        return tuple(self.catalogue.label(iri) for iri in worth if iri in self.catalogue.statements)

    def _builder(self, skill: str) -> str | None:
        above = find_broader_skills(self.catalogue, skill)
        return next((f"{ID}{who}" for what, who in BUILDERS if f"{ID}skill/{what}" in above), None)

    def person(self, name: str, more: tuple[UnknownPhrase, ...] = ()) -> Person:
        """The person of the CV, once all of it is read: the rest of it decides what ambiguous words mean.

        Args:
            name: what the person is called.
            more: other phrases that match nothing.
        """
        for text, where, hit, level in self._ambiguous:
            skills = (match.ref.id for match in self.assets if match.ref.kind == "skill")
            meant = choose_meaning(self.catalogue, hit.iris, skills)
            found = [Hit((meant,), "rule", 1.0)] if meant else [hit]
            self._keep(self.assets, text, where, found, self.skill_names, level)
        positions = tuple(map(self._in_its_field, self.positions))
        years = {iri: count_years(spans) for iri, spans in self._spans.items()}
        dated = tuple(
            match.with_years(years.get(old.ref.id)) for match, old in zip(positions, self.positions, strict=True)
        )
        return Person(name, dated, tuple(self.assets), (*self.unmatched, *more))

    def _in_its_field(self, match: Match) -> Match:
        """A position in certain fields as one in any, where the title, or else the CV, names others."""
        said = {match.ref.id for match in self.assets if match.ref.kind == "background"}
        studied = self._subjects.get(match.where, said)
        names = self.field_names, self.position_names
        other = find_position_in_other_fields(
            self.catalogue, match.ref.id, studied, *names
        ) or find_profession_of_field(self.catalogue, match.ref.id, studied, self.position_names.find_called)
        return match.with_ref(self.catalogue.ref(other)) if other else match

    def read_typed(self, name: str) -> Person:
        """Whoever is called so: by a title with the field that it names, or by a degree in a field."""
        if self.names_a_degree(name):
            self.education({"studyType": name}, "name")
        if not any(match.ref.kind == "background" for match in self.assets):
            self.assets.clear()
            found = [hit for hit in self.find_positions(name) if hit.method != "fuzzy"]
            self.keep_positions(name, "name", found)
            if found:
                self._subject(name, "name")
        return place_in_fields(self.catalogue, self.person(NAMELESS))

    def skill(self, text: str | None, where: str, level: str | None = None) -> None:
        """Read a phrase that names skills."""
        if text and text.strip():
            if is_denied(normalise(text)) and not self.skill_names.exact(normalise(text)):
                self.unmatched.append(UnknownPhrase(text, where, "it says what is not held, or not yet"))
                return
            level = level or find_level_in(normalise(text))
            found = self.skill_names.find(text)
            if len(found) == 1 and len(found[0].iris) > 1:
                self._ambiguous.append((text, where, found[0], level))
            else:
                self._keep(self.assets, text, where, found, self.skill_names, level)

    def certificate(self, text: str | None, where: str) -> None:
        """Read what a certificate is of: a course, by its name, or else skills."""
        name = drop_brackets(normalise(text or ""))
        course = None if self.skill_names.exact(name) else self.course_names.exact(name)
        if text and course:
            self._keep(self.assets, text, where, [course], self.course_names)
        else:
            self.skill(text, where)

    def keywords(self, entry: Mapping[str, Any], where: str, level: str | None = None) -> None:
        """Read the keywords of an entry."""
        for number, keyword in enumerate(entry.get("keywords", ())):
            self.skill(keyword, f"{where}.keywords[{number}]", find_level_in(normalise(keyword or "")) or level)

    def keep_positions(self, text: str, where: str, found: list[Hit], lasted: Span | None = None) -> list[Match]:
        """Keep the positions that a job title means, and when somebody had them; return what was kept."""
        known = len(self.positions)
        self._keep(self.positions, text, where, found, self.position_names)
        kept = self.positions[known:]
        if lasted:
            self.keep_time(kept, lasted)
        return kept

    def keep_time(self, positions: list[Match], lasted: Span) -> None:
        """Keep when somebody was in some positions."""
        for match in positions:
            self._spans.setdefault(match.ref.id, []).append(lasted)

    def keep_skills(self, text: str, where: str, found: list[Hit], level: str | None) -> None:
        """Keep the nodes that a phrase means."""
        self._keep(self.assets, text, where, found, self.skill_names, level)

    def names_a_degree(self, text: str) -> bool:
        """Whether a text begins as a degree does."""
        return bool(self._degree(text))

    def publication(self, text: str | None, where: str) -> None:
        """Read the title of a publication."""
        if text and text.strip():
            why = 'one publication is not yet a publication record; if there is one, add the skill "publications"'
            self.unmatched.append(UnknownPhrase(text, where, why))

    def education(self, entry: Mapping[str, Any], where: str) -> None:
        """Read an entry on studies: the field and the degree."""
        area, degree = entry.get("area", ""), entry.get("studyType", "")
        if area.strip() and _A_COURSE.fullmatch(normalise(degree)):
            self.certificate(area, f"{where}.area")
            return
        fields = self.studies.find(area)
        said = {hit.iris for hit in fields}
        exact = self.credential_names.exact(normalise(degree)) if degree.strip() else None
        found = [exact] if exact else self._degree(degree) if degree.strip() else []
        if fields and any(hit.iris == (_SCHOOL,) for hit in found):
            self.unmatched.append(UnknownPhrase(area, f"{where}.area", "a subject at school is not a field of study"))
        elif area.strip() and not is_unfinished(normalise(degree)):
            self._keep(self.assets, area, f"{where}.area", fields, self.field_names)
        if not degree.strip():
            return
        if is_under_way(entry) or is_unfinished(normalise(degree)):
            self.unmatched.append(UnknownPhrase(degree, f"{where}.studyType", UNDER_WAY))
            return
        at_school = any(hit.iris == (_SCHOOL,) for hit in found)
        behind = self.studies.behind(degree) if found and not at_school else []
        named = [mark_as_rule(hit) for hit in behind if hit.iris not in said]
        if not (fields or named or at_school):
            named = self.studies.of_degree(degree)
        found = self._specific(found, [*fields, *named]) or found
        self._keep(self.assets, degree, f"{where}.studyType", [*found, *named], self.credential_names)

    def _degree(self, text: str) -> list[Hit]:
        iri = next((f"{ID}credential/{slug}" for slug in find_degrees(text)), "")
        if iri in self.catalogue.statements:
            return [Hit((iri,), "rule", 1.0)]
        if _A_DIPLOMA.match(normalise(text)):
            return []
        begun = self.credential_names.beginning(drop_brackets(normalise(text)))
        return [begun] if begun else self.credential_names.find(text)

    def _specific(self, degrees: list[Hit], fields: list[Hit]) -> list[Hit]:
        """The degrees in these fields that have a node of their own, such as `PhD in computer science`."""
        labels = [self.catalogue.label(iri) for hit in degrees for iri in hit.iris]
        subjects = dict.fromkeys(drop_brackets(self.catalogue.label(iri)) for hit in fields for iri in hit.iris)
        names = [f"{label} in {subject}" for label in labels for subject in subjects]
        found = [self.credential_names.exact(normalise(name)) for name in names]
        return list(dict.fromkeys(mark_as_rule(hit) for hit in found if hit))

    def _keep(
        self,
        into: list[Match],
        text: str,
        where: str,
        found: list[Hit],
        names: NameIndex,
        level: str | None = None,
    ) -> None:
        clear = [hit for hit in found if len(hit.iris) == 1]
        for hit in clear:
            (iri,) = hit.iris
            ref, years = self.catalogue.ref(iri), find_years(normalise(text))
            depth = find_level(self.catalogue, iri, level, years)
            facts = list_facts(self.catalogue, iri, normalise(text))
            into.append(Match(text, where, ref, hit.method, hit.score, depth, facts, years))
        if not clear:
            self.unmatched.append(UnknownPhrase(text, where, self._why(text, found, names)))

    def _why(self, text: str, found: list[Hit], names: NameIndex) -> str:
        if found:
            meant = sorted({self.catalogue.label(iri) for hit in found for iri in hit.iris})
            return f"it can mean {' or '.join(meant)}"
        if len(text) > LONGEST_NAME:
            return "it is too long to be a name"
        other = self.all_names.exact(normalise(text))
        if other:
            ref = self.catalogue.ref(other.iris[0])
            return f"it names the {ref.kind} {ref.label}, and a {names.what} is wanted here"
        likely = self.guesses(text) if names is self.position_names else ()
        return f"the graph has no {names.what} of this name" + (f"; it may be {' or '.join(likely)}" if likely else "")
