"""O*NET's things as nodes: the source, occupations with their titles, activities, grades, zones, tools, elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from careergraph.importing.onet.files import (
    ATTRIBUTED,
    EDITORS_GRAPH,
    GRAPH,
    NOT_AVAILABLE,
    ONET,
    Files,
    make_element_iri,
    make_grade_iri,
    make_occupation_iri,
)
from careergraph.importing.onet.reference import Reference
from careergraph.importing.slugs import find_free_slug, label_triples, state_type, to_slug
from careergraph.importing.source import Advance, Node, Said
from careergraph.rdf.standards import DCTERMS, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE

#: Branch of the content model → the class of its elements. What stands above a branch is left out.
BRANCHES = {
    "1.B": CG.Topic,
    "1.C": CG.Topic,
    "2.A": CG.Skill,
    "2.B": CG.Skill,
    "2.C": CG.Knowledge,
    "2.D": CG.Topic,
    "3.A": CG.Topic,
    "4.A": CG.Activity,
}
#: Elements whose grades are credentials; those of others are terms of a list.
CREDENTIALS = "2.D.1"
#: Tier of related occupations → the editors' weight, on the scale of `scheme:ease`.
TIERS = {"Primary-Short": "0.8", "Primary-Long": "0.7", "Supplemental": "0.5"}

_EASES = f"{NAMESPACE.id}scheme/ease"
_ZONES = f"{ONET}scheme/job-zone"
_FILES_OF_TITLES = ("Alternate Titles", "Sample of Reported Titles")


class About(Protocol):
    """What a source says of itself."""

    title: str
    source: str
    licence: str
    attribution: str


def read_sources(files: Files, about: About) -> Iterator[Node]:
    """The release, and each of its files as a section of it."""
    said: list[Said] = label_triples(CG.Source, about.title)
    said += [
        (CG.standing, f"{NAMESPACE.id}standing/official", "iri"),
        (SCHEMA.url, about.source, "iri"),
        (DCTERMS.license, about.licence, "iri"),
        (DCTERMS.publisher, "U.S. Department of Labor, Employment and Training Administration", ""),
        (DCTERMS.description, about.attribution, "@en"),
    ]
    yield Node(files.source, GRAPH, said)
    for name, iri in files.sections.items():
        part = (SCHEMA.isPartOf, files.source, "iri")
        yield Node(iri, GRAPH, [state_type(CG.Section), part, (CG.section, name, "")])


def read_occupations(files: Files, reference: Reference, advance: Advance) -> Iterator[Node]:
    """The occupations, each followed by a claim for each of its titles that says which file has it."""
    titles = _titles(files, reference, advance)
    for code, (title, description) in reference.occupations.items():
        iri, own = make_occupation_iri(code), titles.get(code, {})
        said = label_triples(CG.Occupation, title)
        said += [(SKOS.notation, code, ""), (SKOS.definition, description, "@en"), files.derive("Occupation Data")]
        said += [(SKOS.altLabel, other, "@en") for other in own if other != title]
        yield Node(iri, GRAPH, said)
        yield from _namings(files, code, iri, own)


def _titles(files: Files, reference: Reference, advance: Advance) -> dict[str, dict[str, dict[str, str]]]:
    # Occupation → title → file → what the file calls such a title.
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, sort in zip(_FILES_OF_TITLES, ("alternate title", "reported title"), strict=True):
        table = files.tables[name]
        for line, (code, title, *short) in table.rows(advance):
            reference.check(table, line, "occupation", code, reference.occupations)
            own = found.setdefault(code, {})
            own.setdefault(title, {})[name] = sort
            for text in short:
                if text != NOT_AVAILABLE:
                    own.setdefault(text, {}).setdefault(name, "short title")
    return found


def _namings(files: Files, code: str, occupation: str, titles: dict[str, dict[str, str]]) -> Iterator[Node]:
    taken: dict[str, int] = {}
    for title, sorts in titles.items():
        said: list[Said] = [
            state_type(CG.Naming),
            (SCHEMA.about, occupation, "iri"),
            (SCHEMA.propertyID, " and ".join(dict.fromkeys(sorts.values())), ""),
            (SCHEMA.value, title, ""),
            *map(files.derive, sorts),
        ]
        yield Node(f"{ONET}title/{code}/{find_free_slug(title, taken)}", GRAPH, said)


def read_activities(files: Files, reference: Reference) -> Iterator[Node]:
    """The detailed work activities and the intermediate ones above them."""
    derived, above = files.derive("DWA Reference"), dict[str, tuple[str, str]]()
    for code, activity in reference.activities.items():
        broader = (SKOS.broader, f"{ONET}activity/{activity.intermediate}", "iri")
        yield Node(f"{ONET}activity/{code}", GRAPH, [*label_triples(CG.Activity, activity.title), broader, derived])
        above[activity.intermediate] = (activity.intermediate_title, activity.element)
    for code, (title, element) in above.items():
        reference.used.add(element)
        broader = (SKOS.broader, make_element_iri(element), "iri")
        yield Node(f"{ONET}activity/{code}", GRAPH, [*label_triples(CG.Activity, title), broader, derived])


def read_grades(files: Files, reference: Reference) -> Iterator[Node]:
    """The grades of education, experience and training, in their order, and the lists that they form."""
    name = "Education, Training, and Experience Categories"
    lists = dict.fromkeys(element for element, _ in reference.grades if element != CREDENTIALS)
    for element in lists:
        label = (SKOS.prefLabel, reference.elements[element].name, "@en")
        yield Node(_scheme(element), GRAPH, [(RDF.type, SKOS.ConceptScheme, "iri"), label, files.derive(name)])
    for (element, category), description in reference.grades.items():
        said = label_triples(CG.Credential if element == CREDENTIALS else CG.Term, description.partition(" - ")[0])
        if " - " in description:
            said.append((SKOS.definition, description, "@en"))
        if element != CREDENTIALS:
            said.append((SKOS.inScheme, _scheme(element), "iri"))
        said += [(SCHEMA.position, category, "integer"), files.derive(name)]
        yield Node(make_grade_iri(element, category), GRAPH, said)
        below = str(int(category) - 1)
        if element == CREDENTIALS and (element, below) in reference.grades:
            # That people with a grade have those below it is the editors' judgement, not O*NET's.
            yield Node(
                make_grade_iri(element, category),
                EDITORS_GRAPH,
                [(SKOS.broader, make_grade_iri(element, below), "iri")],
            )


def _scheme(element: str) -> str:
    return f"{ONET}scheme/{element}"


def read_zones(files: Files, reference: Reference) -> Iterator[Node]:
    """The job zones and the list that they form."""
    derived = files.derive("Job Zone Reference")
    label = (SKOS.prefLabel, "O*NET job zones", "@en")
    yield Node(_ZONES, GRAPH, [(RDF.type, SKOS.ConceptScheme, "iri"), label, derived])
    for code, (name, *notes) in reference.zones.items():
        said = [*label_triples(CG.Term, name), (SKOS.inScheme, _ZONES, "iri"), (SCHEMA.position, code, "integer")]
        said += [(SKOS.note, note, "@en") for note in notes if note != NOT_AVAILABLE]
        yield Node(f"{ONET}zone/{code}", GRAPH, [*said, derived])


def read_tiers(files: Files) -> Iterator[Node]:
    """The tiers of related occupations, where a release has such; their weights are the editors'."""
    for name, weight in TIERS.items() if "Related Occupations" in files.tables else ():
        said = [*label_triples(CG.Term, name), (SKOS.inScheme, _EASES, "iri"), files.derive("Related Occupations")]
        yield Node(make_tier_iri(name), GRAPH, said)
        yield Node(make_tier_iri(name), EDITORS_GRAPH, [(CG.weight, weight, "decimal"), ATTRIBUTED])


def make_tier_iri(name: str) -> str:
    """The IRI of a tier of related occupations."""
    return f"{ONET}tier/{to_slug(name)}"


def read_tools(files: Files, reference: Reference) -> Iterator[Node]:
    """The tools in the technology skills, and the commodities that they belong to."""
    commodities, named = set[str](), "UNSPSC Reference" if "UNSPSC Reference" in files.tables else "Technology Skills"
    for name, (iri, codes) in reference.tools.items():
        commodities |= codes
        broader = [(SKOS.broader, f"{ONET}commodity/{code}", "iri") for code in sorted(codes)]
        yield Node(iri, GRAPH, [*label_triples(CG.Tool, name), *broader, files.derive("Technology Skills")])
    for code in sorted(commodities):
        said = [*label_triples(CG.Skill, reference.commodities[code]), (SKOS.notation, code, "")]
        yield Node(f"{ONET}commodity/{code}", GRAPH, [*said, files.derive(named)])


def read_elements(files: Files, reference: Reference) -> Iterator[Node]:
    """The elements of the content model that claims are about, and those above them in their branch."""
    wanted = {above for code in reference.used for above in _lineage(code)}
    for code, (name, description) in reference.elements.items():
        if code not in wanted:
            continue
        said = label_triples(find_branch_class(code), name)
        if description not in (name, NOT_AVAILABLE):
            said.append((SKOS.definition, description, "@en"))
        parent = code.rpartition(".")[0]
        if parent in wanted:
            said.append((SKOS.broader, make_element_iri(parent), "iri"))
        yield Node(make_element_iri(code), GRAPH, [*said, files.derive("Content Model Reference")])


def find_branch_class(code: str) -> str:
    """The class of an element, by its branch; a topic where the branch is none of those known."""
    return BRANCHES.get(".".join(code.split(".")[:2]), CG.Topic)


def _lineage(code: str) -> Iterator[str]:
    parts = code.split(".")
    return (".".join(parts[:length]) for length in range(min(2, len(parts)), len(parts) + 1))
