"""The file of alignments: each record is stated, judged, named after what it aligns, and of what is there."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import is_in_vocabulary
from careergraph.catalogue.proxies import find_proxies
from careergraph.importing.onet.release import read
from careergraph.rdf.standards import OWL, PROV, RDF, RDFS, SCHEMA, SEMAPV, SKOS, SSSOM
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.locations import list_dataset_files, list_graph_files, list_ontology_files
from careergraph.store.statements import read_statements
from careergraph.validation.validate import validate
from shared_data import shared_file

GRAPH = Path(__file__).parents[3] / "graph"
FILE, PROXIES = GRAPH / "alignments.ttl", GRAPH / "proxies.ttl"
EDITORS = f"{ID}agent/editors"
ESCO = "http://data.europa.eu/esco/"
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, SCHEMA.sameAs)
#: What has to be aligned, or be on the list of what is not, with the reason.
ACCOUNTED_FOR = ("skill", "credential", "background", "role")


class Mapping(NamedTuple):
    subject: str
    predicate: str
    object: str


class Thing(NamedTuple):
    """A node of O*NET, as far as an alignment depends on it."""

    label: str
    type: str


def short(iri: str) -> str:
    return iri.removeprefix(ID).replace("/", ":", 1) if iri.startswith(ID) else iri


@pytest.fixture(scope="module")
def graph() -> Catalogue:
    return Catalogue.of_files(list_graph_files(str(GRAPH)))


@pytest.fixture(scope="module")
def file() -> Catalogue:
    """What graph/alignments.ttl and graph/proxies.ttl say, and nothing else."""
    return Catalogue(read_statements([str(FILE), str(PROXIES)]))


@pytest.fixture(scope="module")
def records(file: Catalogue) -> dict[str, Mapping]:
    """Record → what it says is aligned, and how."""
    ends = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    return {iri: Mapping(*(file.value(iri, end) or "" for end in ends)) for iri in file.by_kind["alignment"]}


@pytest.fixture(scope="module")
def stated(graph: Catalogue) -> list[Mapping]:
    """The plain statements, wherever they stand, but for words of the vocabulary and ESCO: see test_vocabulary."""
    return [
        Mapping(iri, match, other)
        for iri in graph.statements
        for match in MATCHES
        for other in graph.values(iri, match)
        if not (is_in_vocabulary(graph, iri) and other.startswith(ESCO)) or graph.kind(iri) == "background"
    ]


@pytest.fixture(scope="module")
def listed() -> dict[tuple[str, str], str]:
    """Source and thing without a counterpart in it → the reason."""
    with (GRAPH / "unaligned.csv").open(encoding="utf-8", newline="") as file:
        rows = [((row["source"], row["iri"]), row["reason"]) for row in csv.DictReader(file)]
    assert len(dict(rows)) == len(rows)
    assert {source for (source, _), _ in rows} == {"O*NET 29.3", "ESCO 1.1.1"}
    return dict(rows)


@pytest.fixture(scope="module")
def unaligned(listed: dict[tuple[str, str], str]) -> set[str]:
    """What has no counterpart in O*NET."""
    return {iri for source, iri in listed if source == "O*NET 29.3"}


@pytest.fixture(scope="module")
def to_onet(records: dict[str, Mapping]) -> dict[str, Mapping]:
    """The records that align with something of O*NET."""
    return {iri: mapping for iri, mapping in records.items() if mapping.object.startswith(f"{ID}onet/")}


@pytest.fixture(scope="module")
def to_esco(records: dict[str, Mapping]) -> dict[str, Mapping]:
    """The records that align with something of ESCO."""
    return {iri: mapping for iri, mapping in records.items() if mapping.object.startswith(ESCO)}


@pytest.fixture(scope="module")
def esco() -> dict[str, Thing]:
    """All skills and occupations of ESCO 1.1.1, as the official download has them."""
    types = {"knowledge": CG.Knowledge, "skill/competence": CG.Skill}
    jobs = esco_rows("occupations_en.csv")
    found = {row["conceptUri"]: Thing(row["preferredLabel"].strip(), CG.Occupation) for row in jobs}
    for row in esco_rows("skills_en.csv"):
        found[row["conceptUri"]] = Thing(row["preferredLabel"].strip(), types.get(row["skillType"], CG.Skill))
    return found


def esco_rows(name: str) -> list[dict[str, str]]:
    archive = shared_file("esco/ESCO dataset - v1.1.1 - classification - en - csv.zip")
    with ZipFile(archive) as download, download.open(name) as file:
        return list(csv.DictReader(TextIOWrapper(file, encoding="utf-8")))


@pytest.fixture(scope="module")
def onet(records: dict[str, Mapping]) -> dict[str, Thing]:
    """What O*NET 29.3 has of all that the graph is aligned with, as the importer reads it from the download."""
    wanted = {mapping.object for mapping in records.values()}
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for node in read(str(shared_file("onet/db_29_3_text.zip"))).nodes(lambda _: None):
        if node.subject in wanted:
            said[node.subject].update((predicate, value) for predicate, value, _ in node.said)
    return {iri: Thing(found[SKOS.prefLabel], found[RDF.type]) for iri, found in said.items()}


### The records


def test_the_file_conforms_to_the_shapes_beside_the_graph() -> None:
    around = [path for path in list_dataset_files() if not path.endswith(("alignments.ttl", "proxies.ttl"))]
    report = validate([FILE, PROXIES], context=around, ontology=list_ontology_files())
    assert report.findings == ()
    assert report.nodes > 100


def test_every_record_is_stated_plainly_and_every_plain_statement_has_one_record(
    records: dict[str, Mapping], stated: list[Mapping]
) -> None:
    assert len(records) > 80
    assert sorted(records.values()) == sorted(stated)


def test_two_things_are_related_in_one_way_only(records: dict[str, Mapping]) -> None:
    pairs = Counter((mapping.subject, mapping.object) for mapping in records.values())
    assert {pair for pair, times in pairs.items() if times > 1} == set()


def test_a_record_is_called_after_what_it_aligns(records: dict[str, Mapping]) -> None:
    for iri, mapping in records.items():
        subject = mapping.subject.removeprefix(ID).replace("/", "-")
        assert iri.removeprefix(f"{ID}alignment/").startswith(f"{subject}--"), iri


def test_every_record_is_the_editors_own_judgement_by_hand_with_a_reason(
    file: Catalogue, records: dict[str, Mapping]
) -> None:
    for iri in records:
        assert file.values(iri, RDF.type) == sorted((CG.Alignment, OWL.Axiom)), iri
        assert file.values(iri, SSSOM.mapping_justification) == [SEMAPV.ManualMappingCuration], iri
        for by in (PROV.wasAttributedTo, PROV.wasDerivedFrom):
            assert file.values(iri, by) == [EDITORS], iri
        assert len((file.value(iri, RDFS.comment) or "").split()) >= 3, iri


def test_nothing_is_aligned_that_is_more_likely_wrong_than_right(file: Catalogue, records: dict[str, Mapping]) -> None:
    confidences = {iri: file.number(iri, SSSOM.confidence) or 0 for iri in records}
    assert min(confidences.values()) >= 0.5
    assert max(confidences.values()) < 1


def test_what_is_the_same_is_the_same_as_one_thing_of_a_source_only(
    file: Catalogue, records: dict[str, Mapping]
) -> None:
    """And one thing of a source is the same as one curated thing only."""
    exact = {iri: mapping for iri, mapping in records.items() if mapping.predicate == SKOS.exactMatch}
    assert len(exact) > 15
    subjects = Counter((mapping.subject, file.value(iri, SSSOM.object_source)) for iri, mapping in exact.items())
    objects = Counter(mapping.object for mapping in exact.values())
    assert {*subjects.values(), *objects.values()} == {1}


def test_what_is_the_same_is_surer_than_what_is_not(file: Catalogue, records: dict[str, Mapping]) -> None:
    exact = [iri for iri, mapping in records.items() if mapping.predicate == SKOS.exactMatch]
    assert min(file.number(iri, SSSOM.confidence) or 0 for iri in exact) >= 0.85


### What is aligned, and what is not


def test_everything_curated_is_aligned_or_is_said_not_to_be_and_never_both(
    graph: Catalogue, to_onet: dict[str, Mapping], unaligned: set[str]
) -> None:
    # A role is not aligned by its proxies: they say what it comes near to, and not what it is.
    aligned = {
        mapping.subject
        for mapping in to_onet.values()
        if not is_in_vocabulary(graph, mapping.subject)
        and (mapping.predicate != SKOS.relatedMatch or graph.kind(mapping.subject) != "role")
    }
    accounted = {iri for kind in ACCOUNTED_FOR for iri in graph.by_kind[kind] if not is_in_vocabulary(graph, iri)}
    assert set(map(short, aligned & unaligned)) == set()
    assert set(map(short, accounted - aligned - unaligned)) == set()
    assert set(map(short, (aligned | unaligned) - accounted)) == set()


def test_every_curated_skill_is_aligned_with_esco_or_is_said_not_to_be_and_never_both(
    graph: Catalogue, to_esco: dict[str, Mapping], listed: dict[tuple[str, str], str]
) -> None:
    skills = {iri for iri in graph.by_kind["skill"] if not is_in_vocabulary(graph, iri)}
    aligned = {mapping.subject for mapping in to_esco.values()} & skills
    without = {iri for source, iri in listed if source == "ESCO 1.1.1"}
    assert set(map(short, aligned & without)) == set()
    assert set(map(short, skills - aligned - without)) == set()
    assert set(map(short, without - skills)) == set()


def test_every_curated_role_has_a_proxy_or_is_a_family_of_roles_that_have(graph: Catalogue) -> None:
    """Occupations stand in for it where it counts how alike two jobs are; a role takes those of what it specialises."""
    statements = dict(graph.statements)
    for record in graph.by_kind["alignment"]:
        statements.setdefault(graph.values(record, OWL.annotatedTarget)[0], {RDF.type: [CG.Occupation]})
    known = Catalogue(statements)
    assert [short(role) for role in graph.by_kind["role"] if not find_proxies(known, role)] == []
    assert all(0 < closeness <= 1 for role in graph.by_kind["role"] for closeness in find_proxies(known, role).values())


def test_what_is_not_aligned_has_a_reason(listed: dict[tuple[str, str], str]) -> None:
    assert [iri for (_, iri), reason in listed.items() if len(reason.split()) < 4 or reason != reason.strip()] == []


#: What the issue, or common sense, names: whoever changes one of these means to.
LANDMARKS = {
    ("skill:python", SKOS.exactMatch, "onet:technology/python"),
    ("skill:programming", SKOS.exactMatch, "onet:element/2.B.3.e"),
    ("skill:statistics", SKOS.broadMatch, "onet:element/2.C.4.a"),
    ("skill:communication", SKOS.narrowMatch, "onet:element/2.A.1.c"),
    ("credential:bachelors-degree", SKOS.exactMatch, "onet:category/2.D.1/6"),
    ("background:software-engineer", SKOS.exactMatch, "onet:occupation/15-1252.00"),
    ("credential:phd", SKOS.broadMatch, "onet:category/2.D.1/11"),  # most lawyers name it for their JD
    ("background:law", SKOS.relatedMatch, "onet:occupation/23-1011.00"),
    ("role:data-scientist", SKOS.exactMatch, "onet:occupation/15-2051.00"),
    ("role:ai-research-scientist", SKOS.broadMatch, "onet:occupation/15-1221.00"),
}


def test_what_everybody_would_look_for_is_there(records: dict[str, Mapping]) -> None:
    found = {(short(mapping.subject), mapping.predicate, short(mapping.object)) for mapping in records.values()}
    assert LANDMARKS - found == set()


### O*NET


def test_everything_aligned_with_is_in_onet(to_onet: dict[str, Mapping], onet: dict[str, Thing]) -> None:
    assert {mapping.object for mapping in to_onet.values()} - set(onet) == set()


def test_object_labels_are_onets_own(file: Catalogue, to_onet: dict[str, Mapping], onet: dict[str, Thing]) -> None:
    assert {iri: file.value(iri, SSSOM.object_label) for iri in to_onet} == {
        iri: onet[mapping.object].label for iri, mapping in to_onet.items()
    }


def test_the_source_and_its_version_are_the_release_that_was_looked_at(
    file: Catalogue, to_onet: dict[str, Mapping]
) -> None:
    release = read(str(shared_file("onet/db_29_3_text.zip"))).release
    for iri in to_onet:
        assert file.values(iri, SSSOM.object_source_version) == [release], iri
        assert file.values(iri, SSSOM.object_source) == [f"{ID}onet/source/{release}"], iri


#: Class of a curated thing → the classes of what it may be aligned with. A field of study is a body of knowledge, and
#: whoever practises it is in an occupation.
FITTING = {
    CG.Skill: {CG.Skill, CG.Knowledge, CG.Tool, CG.Activity},
    CG.Knowledge: {CG.Skill, CG.Knowledge, CG.Activity},
    CG.Tool: {CG.Tool},
    CG.Credential: {CG.Credential},
    CG.Profession: {CG.Occupation},
    CG.FieldOfStudy: {CG.Knowledge, CG.Occupation},
    CG.Role: {CG.Occupation},
}


def test_things_are_aligned_with_things_of_a_fitting_kind(
    graph: Catalogue, to_onet: dict[str, Mapping], onet: dict[str, Thing]
) -> None:
    for iri, mapping in to_onet.items():
        assert onet[mapping.object].type in FITTING[graph.values(mapping.subject, RDF.type)[0]], iri


def test_only_what_is_of_one_sort_is_the_same(
    graph: Catalogue, to_onet: dict[str, Mapping], onet: dict[str, Thing]
) -> None:
    """A skill is never the same as an activity or a class of programs, nor a field of study as an occupation."""
    same = {CG.Skill: CG.Skill, CG.Tool: CG.Tool, CG.Credential: CG.Credential, CG.Knowledge: CG.Knowledge}
    same |= {CG.Profession: CG.Occupation, CG.Role: CG.Occupation}
    for iri, mapping in to_onet.items():
        if mapping.predicate == SKOS.exactMatch:
            assert onet[mapping.object].type == same[graph.values(mapping.subject, RDF.type)[0]], iri


### ESCO


def test_everything_aligned_with_esco_is_there_under_that_name(
    file: Catalogue, to_esco: dict[str, Mapping], esco: dict[str, Thing]
) -> None:
    assert len(to_esco) > 80
    assert {iri: file.value(iri, SSSOM.object_label) for iri in to_esco} == {
        iri: esco[mapping.object].label for iri, mapping in to_esco.items()
    }
    for iri in to_esco:
        assert file.values(iri, SSSOM.object_source_version) == ["1.1.1"], iri
        assert file.values(iri, SSSOM.object_source) == [f"{ID}esco/source/1.1.1"], iri


#: ESCO calls most of what people know or can do knowledge, whatever we call it; it has no tools.
SORTS = {
    CG.Skill: {CG.Skill, CG.Knowledge},
    CG.Knowledge: {CG.Skill, CG.Knowledge},
    CG.Tool: {CG.Skill, CG.Knowledge},
    CG.FieldOfStudy: {CG.Knowledge},
    CG.Profession: {CG.Occupation},
    CG.Role: {CG.Occupation},
}


def test_things_are_aligned_with_things_of_esco_of_a_fitting_kind(
    graph: Catalogue, to_esco: dict[str, Mapping], esco: dict[str, Thing]
) -> None:
    for iri, mapping in to_esco.items():
        assert esco[mapping.object].type in SORTS[graph.values(mapping.subject, RDF.type)[0]], iri


def test_professions_and_roles_of_esco_are_where_everybody_would_look(to_esco: dict[str, Mapping]) -> None:
    same = {short(mapping.subject) for mapping in to_esco.values() if mapping.predicate == SKOS.exactMatch}
    assert {"background:software-engineer", "background:lawyer", "role:data-scientist", "skill:python"} < same


### Elsewhere on the web


def test_only_organisations_are_said_to_be_the_same_thing(graph: Catalogue, records: dict[str, Mapping]) -> None:
    """A concept that matches is still another concept; two records of one company are of one company."""
    kinds = {graph.kind(mapping.subject) for mapping in records.values() if mapping.predicate == SCHEMA.sameAs}
    assert kinds == {"organisation"}
    assert len([mapping for mapping in records.values() if mapping.predicate == SCHEMA.sameAs]) > 50


def test_the_address_of_an_organisation_is_what_a_page_gives_as_its_address(graph: Catalogue) -> None:
    addresses = {iri: graph.values(iri, SCHEMA.url) for iri in graph.by_kind["organisation"]}
    assert sum(map(bool, addresses.values())) >= 40
    for iri, found in addresses.items():
        claims = [one for one in graph.about(iri, "attribute") if graph.value(one, SCHEMA.propertyID) == "homepage"]
        said = {value for claim in claims for value in graph.values(claim, SCHEMA.value)}
        assert {*found} <= said, iri
        assert all(graph.evidence(claim) for claim in claims), iri


### What an alignment counts for
