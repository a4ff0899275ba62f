"""Of an endpoint that has all the bundled data, one question reads what it is about, in few requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph
import pytest

from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import AmbiguousName, EndpointFailed, UnknownName, UnusableDataset
from careergraph.rdf.vocabulary import ID
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store
from careergraph.store.remote import harvest
from careergraph.transitions.remote_parts import load_for
from command_line import careergraph
from faulty_endpoint import JSON, Meagre, serving
from faulty_endpoint import Endpoint as Server


@pytest.fixture(scope="module")
def everything() -> Catalogue:
    return Catalogue.load("bundled")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(Meagre(open_store(list_dataset_files()), most=100_000)) as running:
        yield running


PREFIXES = """
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <urn:x:> .
"""


def store_of(turtle: str) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(PREFIXES + turtle, format=pyoxigraph.RdfFormat.TURTLE)
    return store


#: Two roles and what one of them asks for: to be read in full takes hundreds of requests where there is more.
SMALL = """
<https://w3id.org/careergraph/id/role/engineer> a cg:Role ; skos:prefLabel "Machine learning engineer"@en .
<https://w3id.org/careergraph/id/role/ethicist> a cg:Role ; skos:prefLabel "AI ethicist"@en .
<https://w3id.org/careergraph/id/skill/python> a cg:Tool ; skos:prefLabel "Python"@en .
:asked a cg:Requirement ; schema:about <https://w3id.org/careergraph/id/role/engineer> ;
    cg:anyOf <https://w3id.org/careergraph/id/skill/python> ; schema:text "Engineers write it."@en ;
    prov:wasDerivedFrom :handbook .
:handbook a cg:Source ; skos:prefLabel "Handbook"@en .
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("small") / "small.ttl"
    path.write_text(PREFIXES + SMALL)
    return str(path)


def requests_for(server: Server, question: str, *texts: str) -> tuple[CareerGraph, int]:
    before = len(server.requests)
    graph = CareerGraph(load_for(question, texts, server.url))
    return graph, len(server.requests) - before


NAMES = [
    "machine learning engineer",
    "Machine-Learning  Engineers",
    "AI ethicist",
    "software engineer",
    "philosopher",
    "Python",
    "PyTorch",
    "PhD",
    "role/ai-product-manager",
    "skill:rlhf",
    f"{ID}background/consultant",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_node_is_shown_as_by_all_there_is_in_ten_requests(server: Server, everything: Catalogue, name: str) -> None:
    graph, requests = requests_for(server, "show", name)
    assert graph.show(name) == CareerGraph(everything).show(name)
    assert requests <= 10
    assert len(graph.catalogue.statements) < len(everything.statements) / 2


@pytest.mark.parametrize("kind", ["role", "background", "skill", "credential", "course", "organisation", "source"])
def test_nodes_of_each_kind_are_shown_as_by_all_there_is(server: Server, everything: Catalogue, kind: str) -> None:
    for iri in everything.by_kind[kind][:: max(1, len(everything.by_kind[kind]) // 4)]:
        graph, requests = requests_for(server, "show", iri)
        assert graph.show(iri) == CareerGraph(everything).show(iri)
        assert requests <= 10


@pytest.mark.parametrize("text", ["machine learning", "python", "ethic", "nurse pract", "c++"])
def test_a_search_is_one_request(server: Server, everything: Catalogue, text: str) -> None:
    graph, requests = requests_for(server, "search", text)
    assert requests == 1
    assert graph.search(text) == CareerGraph(everything).search(text)


@pytest.mark.parametrize(
    ("origin", "role"),
    [
        ("software engineer", "machine learning engineer"),
        ("philosopher", "AI ethicist"),
        ("consultant", "AI product manager"),
        ("data scientist", "AI research scientist"),
        ("role/machine-learning-engineer", "AI ethicist"),
    ],
)
def test_a_gap_takes_few_requests(server: Server, everything: Catalogue, origin: str, role: str) -> None:
    graph, requests = requests_for(server, "gap", origin, role)
    assert graph.gap(origin, role) == CareerGraph(everything).gap(origin, role)
    assert requests <= 12


@pytest.mark.parametrize(
    ("origin", "role"),
    [("software engineer", "machine learning engineer"), ("philosopher", "AI ethicist"), ("sociologist", "AI auditor")],
)
def test_a_route_takes_some_dozen_requests(server: Server, everything: Catalogue, origin: str, role: str) -> None:
    role = role if role != "AI auditor" else everything.by_kind["role"][-1]
    graph, requests = requests_for(server, "path", origin, role)
    for k, steps in ((1, 1), (3, 3)):
        found = graph.routes(origin, role, k=k, max_steps=steps)
        assert found == CareerGraph(everything).routes(origin, role, k=k, max_steps=steps)
    assert requests <= 30
    assert len(graph.catalogue.statements) < len(everything.statements) / 2


def test_a_store_that_leads_on_from_occupations_is_read_in_full() -> None:
    ends = ":a a cg:Role ; skos:prefLabel 'Pilot'@en . :b a cg:Role ; skos:prefLabel 'Captain'@en ."
    work = ":o a cg:Occupation ; skos:prefLabel 'Flight work'@en . :p a cg:Occupation ; skos:prefLabel 'Crew work'@en ."
    moves = "".join(
        f":{one}{other} a cg:Transition ; cg:origin :{one} ; cg:destination :{other} ; "
        "cg:ease <https://w3id.org/careergraph/id/ease/accessible> ; schema:text 'It is.'@en . "
        for one, other in ("ao", "op", "pb")
    )
    store = store_of(ends + work + moves)
    with serving(Meagre(store, most=100)) as server:
        graph, _ = requests_for(server, "path", "pilot", "captain")
    assert {f"urn:x:{name}" for name in "abop"} <= set(graph.catalogue.statements)


#: A role with an occupation that represents it, which a source rates, and hundreds of others with longer names.
ALIGNED = """
:r a cg:Role ; skos:prefLabel "Ship pilot"@en .
:asked a cg:Requirement ; schema:about :r ; cg:anyOf :s ; schema:text "Pilots see."@en .
:s a cg:Skill ; skos:prefLabel "Sight"@en .
:b a cg:Background ; skos:prefLabel "Sailor"@en .
:o a cg:Occupation ; skos:prefLabel "Pilots"@en .
:near a cg:Alignment ; owl:annotatedSource :r ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget :o .
:rated a cg:Rating ; schema:about :o ; cg:element :s ; prov:wasDerivedFrom :handbook .
:handbook a cg:Source ; skos:prefLabel "Handbook"@en .
""" + "".join(f':o{n} a cg:Occupation ; skos:prefLabel "Pilot boats\' mates of the {n}th rank"@en .' for n in range(99))


@pytest.fixture(scope="module")
def aligned() -> Iterator[Server]:
    with serving(
        Meagre(store_of(f"@prefix owl: <http://www.w3.org/2002/07/owl#> .{ALIGNED}"), most=100_000)
    ) as running:
        yield running


@pytest.mark.parametrize("name", ["pilots", "pilot", "ship pilot"])
def test_an_occupation_is_shown_with_what_it_represents_in_ten_requests(aligned: Server, name: str) -> None:
    graph, requests = requests_for(aligned, "show", name)
    assert requests <= 10
    assert "urn:x:o1" not in graph.catalogue.statements  # longer names are not looked at
    found = graph.show(name)
    assert found == CareerGraph(Catalogue.load(aligned.url)).show(name)
    assert len(found.alignments) == 1


def test_where_an_occupation_represents_a_role_a_route_takes_all_there_is(aligned: Server) -> None:
    graph, _ = requests_for(aligned, "path", "sailor", "ship pilot")
    assert "urn:x:rated" in graph.catalogue.statements


#: An occupation represents a group of people: what it takes counts for them, by an alignment of skills as well, and as
#: far as the editors say. Ninety others are rated alike.
REPRESENTED = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://w3id.org/careergraph/id/parameter/close-match> a cg:Term ; cg:weight 0.3 ; skos:prefLabel "Nearly"@en ;
    skos:inScheme <https://w3id.org/careergraph/id/scheme/parameter> .
:b a cg:Background ; skos:prefLabel "Sailor"@en .
:r a cg:Role ; skos:prefLabel "Ship pilot"@en .
:track a cg:Role ; skos:prefLabel "Harbour pilot"@en ; skos:broader :r .
:asked a cg:Requirement ; schema:about :track ; cg:anyOf :sight ; schema:text "Pilots see."@en .
:asked2 a cg:Requirement ; schema:about :track ; cg:anyOf :ropes ; schema:text "Pilots tie."@en .
:sight a cg:Skill ; skos:prefLabel "Sight"@en ; skos:exactMatch :seeing .
:seeing a cg:Skill ; skos:prefLabel "Seeing"@en .
:ropes a cg:Skill ; skos:prefLabel "Ropes"@en .
:course a cg:Course ; skos:prefLabel "Knots at sea"@en .
:taught a cg:Teaching ; schema:about :course ; cg:teaches :ropes ; prov:wasDerivedFrom :handbook .
:near a cg:Alignment ; owl:annotatedSource :b ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget :o .
:handbook a cg:Source ; skos:prefLabel "Handbook"@en .
:o a cg:Occupation ; skos:prefLabel "Seafarers"@en .
:rated a cg:Rating ; schema:about :o ; cg:element :seeing ; cg:importance 0.8 ; cg:depth 0.9 ;
    prov:wasDerivedFrom :handbook .
""" + "".join(
    f':o{n} a cg:Occupation ; skos:prefLabel "Trade {n}"@en .'
    f":rated{n} a cg:Rating ; schema:about :o{n} ; cg:element :seeing ; cg:importance 0.8 ; cg:depth 0.9 ."
    for n in range(90)
)


@pytest.mark.parametrize(
    ("origin", "role", "met"),
    [("sailor", "ship pilot", [0.0, 0.54]), ("seafarers", "harbour pilot", [0.0]), ("sailor", "trade 7", [0.3])],
)
def test_a_gap_takes_what_represents_its_ends_and_no_more(origin: str, role: str, met: list[float]) -> None:
    with serving(Meagre(store_of(REPRESENTED), most=100_000)) as server:
        graph, requests = requests_for(server, "gap", origin, role)
        found = graph.gap(origin, role)
        assert found == CareerGraph(Catalogue.load(server.url)).gap(origin, role)
    assert sorted(item.met for item in found.missing) == met
    assert {f"urn:x:rated{n}" for n in range(90)} & set(graph.catalogue.statements) <= {"urn:x:rated7"}
    assert requests <= 40


def test_a_name_that_is_unknown_to_a_store_too_large_to_be_read_is_told(
    small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "MOST_STATEMENTS", 10)
    with serving(Meagre(open_store([small]), most=100)) as server:
        with pytest.raises(UnknownName, match="is called 'lamplighter'"):
            load_for("show", ["lamplighter"], server.url)
        with pytest.raises(UnusableDataset, match="10 are the most"):
            load_for("stats", [], server.url)


def test_a_name_is_found_without_reading_all_nodes(server: Server) -> None:
    """Oxigraph takes a second for this among 2,000,000 statements, and twenty for a union that is joined later."""
    _, requests = requests_for(server, "show", "PhD")
    (named,) = server.requests[-requests].form["query"]
    assert re.search(r"\?s \?p \?o \} UNION \{ VALUES \?s \{ [^}]+ \} \?s \?p \?o \} \}", named)


def test_a_role_that_asks_for_nothing_is_compared_by_its_tracks(server: Server, everything: Catalogue) -> None:
    whole = CareerGraph(everything)
    roles = [iri for iri in everything.by_kind["role"] if whole.gap("software engineer", iri).tracks]
    assert roles
    graph, requests = requests_for(server, "gap", "software engineer", roles[0])
    assert graph.gap("software engineer", roles[0]) == whole.gap("software engineer", roles[0])
    assert requests > 12


def test_typing_errors_take_all_there_is(small: str) -> None:
    everything = CareerGraph(Catalogue.load(small))
    with serving(Meagre(open_store([small]), most=100)) as server:
        graph, requests = requests_for(server, "search", "machne lerning enginer")
        assert requests > requests_for(server, "search", "machine learning engineer")[1] == 1
        assert graph.search("machne lerning enginer") == everything.search("machne lerning enginer")
        with pytest.raises(UnknownName, match="Did you mean"):
            requests_for(server, "show", "AI ethicst")[0].show("AI ethicst")


def test_an_endpoint_that_gives_less_than_it_counts_is_read_in_full(small: str) -> None:
    with serving(Meagre(open_store([small]), most=6)) as server:
        graph, requests = requests_for(server, "show", "machine learning engineer")
    assert requests > 10
    everything = CareerGraph(Catalogue.load(small))
    assert graph.show("machine learning engineer") == everything.show("machine learning engineer")


def test_blank_nodes_take_all_there_is() -> None:
    store = store_of(
        ':role a cg:Role ; skos:prefLabel "Role"@en . :skill a cg:Skill ; skos:prefLabel "Skill"@en .'
        "[] a cg:Requirement ; schema:about :role ; cg:anyOf :skill ."
    )
    with serving(Meagre(store, most=100)) as server:
        graph, _ = requests_for(server, "show", "role")
        assert [ref.label for item in graph.show("role").requirements for ref in item.any_of] == ["Skill"]


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("n s p o", ""),
        ("x", ""),
        ("n blank s p o", '{"n": {"type": "literal", "value": "many"}}'),
        ("s p o n", '{"s": {"type": "literal", "value": "a"}}'),
        ("n", '{"n": {"type": "literal", "value": "7"}}'),
    ],
)
@pytest.mark.parametrize("question", ["show", "stats"])
def test_rows_that_were_not_asked_for_are_told_in_one_line(columns: str, row: str, question: str) -> None:
    heads = ", ".join(f'"{name}"' for name in columns.split())
    content = f'{{"head": {{"vars": [{heads}]}}, "results": {{"bindings": [{row}]}}}}'.encode()
    told = pytest.raises(
        (EndpointFailed, UnusableDataset), match=r"has not the rows|has no node of a class|it answers with"
    )
    with serving(lambda handler, asked: handler.reply(200, JSON, content)) as server, told:
        load_for(question, ["nurse"], server.url)


def test_an_ambiguous_name_is_told_with_what_it_may_mean() -> None:
    store = store_of(':a a cg:Role ; skos:prefLabel "Pilot"@en . :b a cg:Role ; skos:prefLabel "Pilot"@en .')
    with serving(Meagre(store, most=100)) as server, pytest.raises(AmbiguousName):
        load_for("show", ["pilot"], server.url)


def test_several_data_sets_are_taken_as_before(small: str, everything: Catalogue) -> None:
    with serving(Meagre(open_store([small]), most=100)) as server:
        joined = load_for("show", ["AI ethicist"], server.url, "bundled")
    assert len(joined.statements) == len(everything.statements.keys() | Catalogue.load(small).statements.keys())


def test_the_command_line_asks_so(server: Server) -> None:
    before = len(server.requests)
    asked = careergraph("show", "AI ethicist", "--dataset", server.url)
    assert asked.stdout == careergraph("show", "AI ethicist", "--dataset", "bundled").stdout
    assert len(server.requests) - before <= 10
    names = ("software engineer", "AI ethicist")
    compared = careergraph("gap", *names, "--dataset", server.url)
    assert compared.stdout == careergraph("gap", *names, "--dataset", "bundled").stdout
    assert len(server.requests) - before <= 22
    before = len(server.requests)
    found = careergraph("path", *names, "--dataset", server.url)
    assert found.stdout == careergraph("path", *names, "--dataset", "bundled").stdout
    assert len(server.requests) - before <= 30
