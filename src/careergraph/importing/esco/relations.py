"""ESCO's relations: which skills are essential or optional for an occupation, and for each other; what is broader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from careergraph.importing.csv_tables import CsvTable
from careergraph.importing.esco.concepts import check_iri
from careergraph.importing.esco.files import EDITORS_GRAPH, ESCO, GRAPH, MODEL, OWN, Files
from careergraph.importing.slugs import label_triples, state_type
from careergraph.importing.source import Advance, Node, Said
from careergraph.rdf.standards import PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE

#: Relation → the editors' weight, on the scale of `scheme:strength`; the property between skills; what is said.
RELATIONS = {
    "essential": ("1.0", f"{MODEL}relatedEssentialSkill", "ESCO lists it as essential."),
    "optional": ("0.3", f"{MODEL}relatedOptionalSkill", "ESCO lists it as optional."),
}
_STRENGTHS = f"{NAMESPACE.id}scheme/strength"


def read_strengths(files: Files) -> Iterator[Node]:
    """Essential and optional, as strengths; their weights are the editors'."""
    for name, (weight, _, _) in RELATIONS.items():
        for item in files.of("occupationSkillRelations"):
            said = [*label_triples(CG.Term, name), (SKOS.inScheme, _STRENGTHS, "iri"), files.derive(item.table)]
            yield Node(_strength(name), GRAPH, said)
            judged: Said = (PROV.wasAttributedTo, f"{NAMESPACE.id}agent/editors", "iri")
            yield Node(_strength(name), EDITORS_GRAPH, [(CG.weight, weight, "decimal"), judged])


def _strength(name: str) -> str:
    return f"{OWN}relation/{name}"


def read_requirements(
    files: Files, occupations: Container[str], skills: Container[str], left_out: Counter[str], advance: Advance
) -> Iterator[Node]:
    """That an occupation takes a skill, as essential or as optional.

    Args:
        files: the files of the release.
        occupations: the occupations that it has.
        skills: the skills that it has.
        left_out: counts the relations of each occupation that has relations and nothing else, as one of 1.1.1 does.
        advance: called with the number of rows read.

    Raises:
        UnusableSource: a relation is none of these, or is there twice, or is of a skill that the release does not have.
    """
    for item in files.of("occupationSkillRelations"):
        table, derived = item.table, files.derive(item.table)
        seen: set[tuple[str, str]] = set()
        for line, (occupation, relation, skill) in table.rows(advance):
            _check(table, line, "skill", skill, skills)
            _check_relation(table, line, relation)
            if occupation not in occupations:
                left_out[check_iri(table, line, occupation)] += 1
                continue
            if (occupation, skill) in seen:
                raise table.fault(line, f"{occupation} and {skill} are there a second time")
            seen.add((occupation, skill))
            yield Node(_requirement(occupation, skill), GRAPH, [*_to_statements(occupation, skill, relation), derived])


def _requirement(occupation: str, skill: str) -> str:
    return f"{OWN}requirement/{occupation.rpartition('/')[2]}/{skill.removeprefix(ESCO).removeprefix('skill/')}"


def _to_statements(occupation: str, skill: str, relation: str) -> list[Said]:
    return [
        state_type(CG.Requirement),
        (SCHEMA.about, occupation, "iri"),
        (CG.anyOf, skill, "iri"),
        (CG.strength, _strength(relation), "iri"),
        (SCHEMA.text, RELATIONS[relation][2], "@en"),
    ]


def read_related(files: Files, skills: Container[str], advance: Advance) -> dict[str, list[tuple[str, str]]]:
    """Skill → the skills that it goes with, each with the property that says how.

    Raises:
        UnusableSource: a relation is none of ESCO's, or is of a skill that the release does not have.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for item in files.of("skillSkillRelations"):
        for line, (skill, relation, other) in item.table.rows(advance):
            for end in (skill, other):
                _check(item.table, line, "skill", end, skills)
            _check_relation(item.table, line, relation)
            found.setdefault(skill, []).append((RELATIONS[relation][1], other))
    return found


def read_broader(files: Files, kind: str, advance: Advance) -> dict[str, list[str]]:
    """Concept → what is directly above it.

    Raises:
        UnusableSource: a concept has no IRI of ESCO's.
    """
    found: dict[str, list[str]] = {}
    for item in files.of(kind):
        for line, (below, above) in item.table.rows(advance):
            found.setdefault(check_iri(item.table, line, below), []).append(check_iri(item.table, line, above))
    return found


def _check(table: CsvTable, line: int, what: str, iri: str, known: Container[str]) -> None:
    if iri not in known:
        raise table.fault(line, f"there is no {what} {iri!r} in this release")


def _check_relation(table: CsvTable, line: int, relation: str) -> None:
    if relation not in RELATIONS:
        raise table.fault(line, f"the relation {relation!r} is neither {' nor '.join(RELATIONS)}")
