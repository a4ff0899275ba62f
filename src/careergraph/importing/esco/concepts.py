"""ESCO's concepts as nodes: occupations and their ISCO-08 groups, skills and their groups, with labels by language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from careergraph.importing.csv_tables import CsvTable
from careergraph.importing.esco.files import COLLECTIONS, ESCO, GRAPH, LABELLED, MODEL, OWN, Files, SourceTable
from careergraph.importing.slugs import state_type
from careergraph.importing.source import Advance, Node, Said
from careergraph.rdf.standards import DCTERMS, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE

_SCHEMES = f"{ESCO}concept-scheme/"
#: Type of a skill → its class.
_TYPES = {"knowledge": CG.Knowledge, "skill/competence": CG.Skill, "": CG.Skill}
_REUSE_LEVELS = ("transversal", "cross-sector", "sector-specific", "occupation-specific", "")
_COLLECTIONS = {f"{name}Collection": f"{OWN}collection/{name}" for name in COLLECTIONS}
#: The columns that say what a concept is: the first of them that is filled is the definition, others are notes.
_TOLD = ("description", "definition", "scopeNote")


class Concept(NamedTuple):
    """A concept in the files of all languages: labels and texts, and further cells of the first file that has it."""

    said: list[Said]
    cells: Mapping[str, str]
    table: CsvTable
    line: int


class About(Protocol):
    """What a source says of itself."""

    title: str
    source: str
    licence: str
    attribution: str


def read_concepts(files: Files, kind: str, advance: Advance) -> dict[str, Concept]:
    """The concepts of a kind, with their labels in all languages.

    A concept that only a further language has is left out: it is of another release.

    Raises:
        UnusableSource: a concept has no IRI of ESCO's, or no label, or two.
    """
    columns, found = (*LABELLED[kind].columns, *LABELLED[kind].optional), dict[str, Concept]()
    for number, (_, language, table) in enumerate(files.of(kind)):
        seen: dict[str, str] = {}
        for line, row in table.rows(advance):
            cells = dict(zip(columns, row, strict=True))
            iri, label = check_iri(table, line, cells["conceptUri"]), cells["preferredLabel"]
            if seen.get(iri, label) != label:
                raise table.fault(line, f"{iri} is called {label!r} here, and {seen[iri]!r} above")
            if iri in seen:  # the same once more, for each of several codes of other classifications
                continue
            seen[iri] = label
            if number == 0:
                found[iri] = Concept([], cells, table, line)
            if iri in found:
                found[iri].said.extend(_texts(table, line, cells, language))
                found[iri].said.append(files.derive(table))
    return found


def check_iri(table: CsvTable, line: int, iri: str) -> str:
    """An IRI of ESCO's, as it stands in a cell.

    Raises:
        UnusableSource: it is none.
    """
    rest = iri.removeprefix(ESCO)
    if rest == iri or not rest or not rest.replace("/", "").replace("-", "").replace(".", "").isalnum():
        raise table.fault(line, f"{iri!r} is not an address of a concept of ESCO")
    return iri


def _texts(table: CsvTable, line: int, cells: Mapping[str, str], language: str) -> Iterator[Said]:
    label, tag = _one_line(cells["preferredLabel"]), f"@{language}"
    if not label:
        raise table.fault(line, f"{cells['conceptUri']} has no preferred label")
    yield SKOS.prefLabel, label, tag
    others = dict.fromkeys(map(_one_line, _split(cells["altLabels"])))
    yield from ((SKOS.altLabel, text, tag) for text in others if text and text != label)
    hidden = dict.fromkeys(map(_one_line, _split(cells["hiddenLabels"])))
    yield from ((SKOS.hiddenLabel, text, tag) for text in hidden if text and text != label and text not in others)
    told = list(filter(None, dict.fromkeys(_one_line(cells[column]) for column in _TOLD)))
    yield from ((SKOS.scopeNote if number else SKOS.definition, text, tag) for number, text in enumerate(told))


def _split(cell: str) -> list[str]:
    return cell.split("\n") if "\n" in cell else cell.split(" | ")


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


### As nodes


def read_sources(files: Files, about: About) -> Iterator[Node]:
    """The release, and each of its files as a section of it."""
    yield Node(
        files.source,
        GRAPH,
        [
            state_type(CG.Source),
            (SKOS.prefLabel, about.title, "@en"),
            (CG.standing, f"{NAMESPACE.id}standing/official", "iri"),
            (SCHEMA.url, about.source, "iri"),
            (DCTERMS.license, about.licence, "iri"),
            (DCTERMS.publisher, "European Commission", ""),
            (DCTERMS.description, about.attribution, "@en"),
        ],
    )
    for name, iri in files.sections.items():
        part = (SCHEMA.isPartOf, files.source, "iri")
        yield Node(iri, GRAPH, [state_type(CG.Section), part, (CG.section, name, "")])


def read_occupations(
    found: Mapping[str, Concept], above: Mapping[str, list[str]], groups: Iterable[str]
) -> Iterator[Node]:
    """The occupations, each with its code, its ISCO-08 group and the broader ones.

    Raises:
        UnusableSource: one has no code.
    """
    known = set(groups)
    for iri, concept in found.items():
        code, group = concept.cells["code"], f"{ESCO}isco/C{concept.cells['iscoGroup']}"
        if not (code or concept.cells["iscoGroup"]):
            raise concept.table.fault(concept.line, f"{iri} has neither a code nor an ISCO-08 group")
        said = [state_type(CG.Occupation), (SKOS.notation, code or concept.cells["iscoGroup"], ""), *concept.said]
        said += [(SKOS.broader, other, "iri") for other in above.get(iri, ()) if other in found]
        said += [(SCHEMA.occupationalCategory, group, "iri")] if group in known else []
        yield Node(iri, GRAPH, said)


def read_isco_groups(found: Mapping[str, Concept], above: Mapping[str, list[str]]) -> Iterator[Node]:
    """The groups of ISCO-08, with their codes and the broader ones."""
    for iri, concept in found.items():
        said = [state_type(CG.Topic), (SKOS.notation, concept.cells["code"], ""), *concept.said]
        yield Node(iri, GRAPH, said + [(SKOS.broader, other, "iri") for other in above.get(iri, ()) if other in found])


class SkillRelations(NamedTuple):
    """Relations of skills: what is above each, the collections that each is in, and its related skills by relation."""

    above: Mapping[str, list[str]]
    collections: Mapping[str, list[str]]
    related: Mapping[str, list[tuple[str, str]]]


def read_skills(found: Mapping[str, Concept], relations: SkillRelations) -> Iterator[Node]:
    """Skills and knowledge with their groups: what each is part of, how far it can be used again, what it goes with.

    Raises:
        UnusableSource: a skill is of a type or a reuse level that ESCO does not have.
    """
    for iri, concept in found.items():
        level, class_ = concept.cells.get("reuseLevel", ""), _class_of(concept)
        if level not in _REUSE_LEVELS:
            raise concept.table.fault(concept.line, f"there is no reuse level {level!r}")
        said = [state_type(class_), *concept.said]
        said += [(MODEL + "skillReuseLevel", f"{ESCO}skill-reuse-level/{level}", "iri")] if level else []
        said += [(SKOS.notation, concept.cells["code"], "")] if concept.cells.get("code") else []
        said += [(SKOS.broader, other, "iri") for other in relations.above.get(iri, ()) if other in found]
        said += [(SKOS.inScheme, collection, "iri") for collection in relations.collections.get(iri, ())]
        said += [(relation, other, "iri") for relation, other in relations.related.get(iri, ())]
        yield Node(iri, GRAPH, said)


def _class_of(concept: Concept) -> str:
    if "skillType" not in concept.cells:  # a group: of fields of education, or of skills
        return CG.Knowledge if "/isced-f/" in concept.cells["conceptUri"] else CG.Skill
    kind = concept.cells["skillType"]
    if kind not in _TYPES:
        raise concept.table.fault(concept.line, f"there is no type of skill {kind!r}")
    return _TYPES[kind]


def read_collections(files: Files) -> dict[str, list[str]]:
    """Concept → the collections that it is in: transversal, digital, green, language."""
    found: dict[str, list[str]] = {}
    for kind, iri in _COLLECTIONS.items():
        members = {row[0] for item in files.of(kind)[:1] for _, row in item.table.rows()}
        for member in members:
            found.setdefault(member, []).append(iri)
    return found


def read_skill_collections(files: Files) -> Iterator[Node]:
    """The collections, as concept schemes."""
    for kind, iri in _COLLECTIONS.items():
        for item in files.of(kind)[:1]:
            words = kind.removesuffix("SkillsCollection")
            label: Said = (SKOS.prefLabel, f"ESCO: {words} skills", "@en")
            yield Node(iri, GRAPH, [(RDF.type, SKOS.ConceptScheme, "iri"), label, files.derive(item.table)])


def find_tables(found: Iterable[SourceTable]) -> dict[str, int]:
    """File → its rows of data."""
    return {item.table.name: len(item.table) for item in found}
