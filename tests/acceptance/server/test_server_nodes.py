"""Each node at an address of its own: as a page, and as RDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.edges import find_links as all_links
from careergraph.rdf.vocabulary import ID
from careergraph.server.pages.nodes import Nodes
from careergraph.server.urls import to_address, to_web_address
from careergraph.store.locations import list_dataset_files, list_ontology_files
from html_reading import having, one, words
from served import Served, served
from server_pages import FIXTURES, ML_ENGINEER, got, heading, links, page, section

CURATOR = "https://example.org/curator"
RDF_FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}


@pytest.fixture
def server(endpoint: Served) -> Served:
    return endpoint


@pytest.fixture(scope="module")
def small() -> Iterator[Served]:
    with served("--dataset", str(FIXTURES / "server" / "small.ttl")) as running:
        yield running


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


### The page of a node


def test_a_role_shows_alternatives_as_one_group_with_strength_and_source(server: Served) -> None:
    asks = section(page(server, ML_ENGINEER), "Asks for")
    groups = [[text for text, _ in links(group)] for group in having(asks, "any-of")]
    assert ["PyTorch", "TensorFlow"] in groups
    assert ["AWS", "Azure", "GCP"] in groups
    (item,) = (item for item in asks.iter("li") if "TensorFlow" in words(item))
    assert words(one(item, "grading")) == "required"
    assert "Role 1 / Required background" in words(one(item, "cited"))


def test_pay_tells_region_segment_year_and_that_sources_disagree(server: Served) -> None:
    pays = section(page(server, ML_ENGINEER), "Pays")
    (line,) = (item for item in having(pays, "pay-words") if "180,000" in words(item))
    for part in ("USD", "US", "Big Tech", "2024", "total compensation", "sources disagree", "Role 1 / Salary"):
        assert part in words(line)


def test_a_role_shows_ways_here_and_from_here_with_conditions_and_steps(server: Served) -> None:
    root = page(server, ML_ENGINEER)
    here = words(section(root, "Ways here"))
    assert "Software engineer (background) → Machine learning engineer (role) most direct" in here
    assert "Needed before:" in here
    assert "Build two or three portfolio projects" in here
    assert "AI product manager" in words(section(root, "Ways from here"))


def test_disagreements_come_first_among_the_remarks(server: Served) -> None:
    remarks = having(section(page(server, ML_ENGINEER), "Sources disagree, or need care"), "disputed")
    assert words(remarks[0]).startswith("Disagreement (matters much): Pay of ML engineers in US Big Tech")


def test_every_source_is_listed_with_links_to_its_sections(server: Served) -> None:
    sources = section(page(server, ML_ENGINEER), "Sources")
    assert ("Role 1 / Salary", "/id/source/ai-careers-article/role-1-salary") in list(links(sources))


def test_a_course_shows_what_it_teaches_who_provides_it_and_facts_with_their_pages(server: Served) -> None:
    root = page(server, "id/course/mats")
    together = words(section(root, "Connections"))
    assert "teaches" in together
    assert "provides" in together
    assert "hours per week" in words(section(root, "Facts from pages"))


def test_a_skill_shows_who_asks_for_it_and_who_teaches_it(server: Served) -> None:
    root = page(server, "id/skill/pytorch")
    assert "Machine learning engineer" in words(section(root, "Asked for by"))
    assert "ARENA" in words(section(root, "Taught by, as the editors read course pages"))


def test_a_claim_is_called_what_it_says_and_shows_all_its_statements(server: Served, catalogue: Catalogue) -> None:
    iri = f"{ID}claim/metr-ai-safety-focused-lab"
    root = page(server, to_address(iri))
    assert heading(root) == catalogue.value(iri, "https://schema.org/text")
    (table,) = (t for t in having(root, "statements") if "subject" in words(t.find("caption")))  # type: ignore[arg-type]
    assert {words(head) for head in table.iter("th") if head.get("scope") == "row"} >= {
        "rdf:type",
        "schema:about",
        "prov:wasDerivedFrom",
    }
    assert ("METR", "/id/organisation/metr") in list(links(table))


def test_a_node_tells_what_points_to_it(server: Served) -> None:
    tables = having(page(server, "id/source/ai-careers-article/role-1-salary"), "statements")
    assert "prov:wasDerivedFrom" in words(tables[-1])
    assert any(href.startswith("/id/pay/") for _, href in links(tables[-1]))


def test_every_iri_of_the_data_has_its_page_at_its_own_path(catalogue: Catalogue) -> None:
    for iri in catalogue.statements:
        assert to_address(iri) == f"/id/{iri.removeprefix(ID)}"


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/a?b=c&d#e",
        "urn:x:y%20z",
        f"{ID}role/../../etc",
        f"{ID}role/%2e%2e/x",
        f"{ID}role/ü",
        f"{ID}role/a?b#c",
        f"{ID}role//x/",
    ],
)
def test_an_odd_iri_keeps_to_itself_on_its_way_through_an_address(iri: str) -> None:
    place = urlsplit(to_address(iri))
    assert (place.path, dict(parse_qsl(place.query))) == ("/node", {"iri": iri})


@given(st.text().map(lambda text: f"{ID}{text}") | st.text())
def test_every_text_has_an_address_that_leads_back_to_it(text: str) -> None:
    place = urlsplit(to_address(text))
    assert not re.search(r"[\x00-\x20<>\"]", to_address(text))
    if place.path == "/node":
        assert dict(parse_qsl(place.query, keep_blank_values=True)) == {"iri": text}
    elif place.path == "/ontology":
        assert f"https://w3id.org/careergraph/ontology#{place.fragment}".rstrip("#") == text
    else:
        assert f"https://w3id.org/careergraph{urljoin(to_address(text), '')}" == text


@given(
    st.text(alphabet=st.characters(max_codepoint=0x2FF))
    | st.from_regex(r"(?i)\s?(https?|javascript|data):.*", fullmatch=True)
)
def test_a_text_of_the_data_is_a_link_only_if_it_leads_into_the_web(text: str) -> None:
    found = to_web_address(text)
    assert found is None or re.fullmatch(r"(?i)https?://[!-;=?-~]+", found)
    assert found is None or text.lower().startswith("http")


def test_near_misses_are_offered_where_there_is_no_node(server: Served) -> None:
    root = page(server, "id/role/machine-learning-enginer", 404)
    assert ("Machine learning engineer (role)", f"/{ML_ENGINEER}") in list(links(root))
    assert ("PyTorch (skill)", "/id/skill/pytorch") in list(links(page(server, "id/role/pytorch", 404)))


def test_a_fault_of_the_data_is_told_on_a_page_or_in_plain_text_and_is_nobody_elses(tmp_path: Path) -> None:
    data = (FIXTURES / "server" / "small.ttl").read_text(encoding="utf-8")
    file = tmp_path / "faulty.ttl"
    file.write_text(data.replace("cg:weight 1.0", 'cg:weight "much"'), encoding="utf-8")
    with served("--dataset", str(file)) as faulty:
        (told,) = having(page(faulty, to_address(CURATOR), 500), "problem")
        assert "cg:weight" in words(told) or "ontology#weight" in words(told)
        assert "not a number" in words(told)
        plain = got(faulty, to_address(CURATOR), Accept="*/*")
        assert (plain.status_code, plain.headers["content-type"]) == (500, "text/plain; charset=utf-8")
        another = page(faulty, to_address("https://example.org/book"))
        assert heading(another) == "The book"
        assert not having(another, "problem")
        code, said = faulty.ended()
    assert code == 0
    assert re.fullmatch(r"(?:GET /node: \S+ontology#weight of \S+ is 'much', not a number; [^\n]+\n?)+", said)


### The same as RDF


def read(response: httpx.Response) -> rdflib.Graph:
    media = response.headers["content-type"].partition(";")[0]
    return rdflib.Graph().parse(data=response.text, format=RDF_FORMS[media])


@pytest.mark.parametrize("media", RDF_FORMS)
def test_a_node_is_told_with_its_claims_sources_and_names_in_every_form(small: Served, media: str) -> None:
    response = got(small, to_address(CURATOR), Accept=media)
    assert response.headers["content-type"].partition(";")[0] == media
    assert isomorphic(read(response), rdflib.Graph().parse(FIXTURES / "server" / "curator.ttl"))


def test_every_statement_about_a_node_of_the_curated_graph_is_in_its_rdf(server: Served) -> None:
    whole = pyoxigraph.Store()
    for file in list_dataset_files():
        whole.extend(pyoxigraph.Quad(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(path=file))
    for slug in ("role/ai-ethicist", "skill/pytorch", "course/mats", "pay/ai-safety-researcher-ai-safety-focused-lab"):
        node = pyoxigraph.NamedNode(ID + slug)
        response = got(server, f"id/{slug}", Accept="application/n-triples")
        told = {
            (q.subject, q.predicate, q.object)
            for q in pyoxigraph.parse(response.content, pyoxigraph.RdfFormat.N_TRIPLES)
        }
        said = {(q.subject, q.predicate, q.object) for q in whole.quads_for_pattern(node, None, None)}
        everything = {(q.subject, q.predicate, q.object) for q in whole}
        assert said
        assert said <= told <= everything


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.5", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("text/turtle;q=0.5, text/html;q=0.4", "text/turtle; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("place", [ML_ENGINEER, "ontology"])
def test_a_client_gets_the_form_that_it_likes_best(server: Served, place: str, accept: str, media: str) -> None:
    response = got(server, place, Accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (200, media)
    assert response.headers["vary"] == "Accept, Accept-Encoding"  # what is long is compressed
    assert f'</{place}?format=turtle>; rel="alternate"; type="text/turtle"' in response.headers["link"]


@pytest.mark.parametrize("place", [ML_ENGINEER, "ontology", "ontology/shapes"])
def test_what_nobody_can_give_is_refused(server: Served, place: str) -> None:
    assert got(server, place, Accept="image/png").status_code == 406
    assert got(server, f"{place}?format=gif").status_code == 400


def test_what_is_not_there_is_not_there_in_any_form(server: Served) -> None:
    for place in ("id/role/painter", "node?iri=urn:x", "node"):
        response = got(server, place, Accept="text/turtle")
        assert (response.status_code, response.headers["content-type"]) == (404, "text/plain; charset=utf-8")


@pytest.mark.parametrize("format_", ["turtle", "json-ld", "nt", "rdf-xml"])
def test_each_form_has_an_address_that_pages_link_to(server: Served, format_: str) -> None:
    place = f"/{ML_ENGINEER}?format={format_}"
    assert place in [href for _, href in links(page(server, ML_ENGINEER))]
    assert len(read(got(server, place))) > 100


def test_the_vocabulary_has_every_term_and_its_rdf_is_that_of_its_files(server: Served, catalogue: Catalogue) -> None:
    expected = rdflib.Graph()
    for file in list_ontology_files():
        if Path(file).stem != "shapes":
            expected.parse(file)
    assert isomorphic(read(got(server, "ontology?format=turtle")), expected)
    cg = "https://w3id.org/careergraph/ontology#"
    terms = {str(s).removeprefix(cg) for s in expected.subjects() if str(s).startswith(cg)}
    anchors = {element.get("id") for element in page(server, "ontology").iter("details")}
    assert terms <= anchors


@pytest.mark.parametrize("part", ["shapes", "alignments"])
def test_a_part_of_the_vocabulary_is_its_file(server: Served, part: str) -> None:
    (file,) = (file for file in list_ontology_files() if Path(file).stem == part)
    assert isomorphic(read(got(server, f"ontology/{part}?format=nt")), rdflib.Graph().parse(file))


def test_a_part_of_the_vocabulary_that_there_is_not_is_not_found(server: Served) -> None:
    assert "Not here" in heading(page(server, "ontology/dance", 404))


def test_the_edges_of_a_node_are_those_of_all_edges_that_touch_it() -> None:
    found = Nodes(Catalogue.load("bundled"))
    all_edges = list(all_links(found.catalogue))
    for iri in found.catalogue.statements:
        assert found.edges(iri) == [edge for edge in all_edges if iri in (edge.source, edge.target)]
