"""The curated graph keeps its own rules: who says what, which names are free, whose words stand there, how files look.

Shapes say what one node must look like (`careergraph validate`); what is here holds between nodes, folders and files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.text import normalise
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import DCTERMS, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, SSSOM
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.locations import list_dataset_files, list_graph_files
from careergraph.store.sources import parse
from careergraph.store.statements import read_statements
from shared_data import shared_file

CHECKOUT = Path(__file__).parents[3]
GRAPH = CHECKOUT / "graph"
ARTICLE = f"{ID}source/ai-careers-article"
EDITORS = f"{ID}agent/editors"
FOLDERS = ("article", "courses", "editors")
#: The folder that names things and claims nothing.
NAMES = "vocabulary"
TURTLE_FILES = sorted([*GRAPH.rglob("*.ttl"), *(CHECKOUT / "ontology").rglob("*.ttl")])


def slug(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


@pytest.fixture(scope="module")
def graph() -> Catalogue:
    return Catalogue.of_files(list_graph_files(str(GRAPH)))


@pytest.fixture(scope="module")
def claim_classes() -> frozenset[str]:
    """`cg:Claim` and all its subclasses, as the ontology has them."""
    ontology = read_statements([str(CHECKOUT / "ontology" / "careergraph.ttl")])
    found = [CG.Claim]
    for class_ in found:
        found.extend(iri for iri in ontology if class_ in ontology[iri].get(RDFS.subClassOf, []))
    return frozenset(found)


@pytest.fixture(scope="module")
def claims(claim_classes: frozenset[str]) -> dict[str, Catalogue]:
    """Folder → what it says about the claims that it makes itself."""
    found = {}
    for folder in FOLDERS:
        statements = read_statements(list_graph_files(str(GRAPH / folder)))
        own = {
            iri: by_predicate
            for iri, by_predicate in statements.items()
            if claim_classes.intersection(by_predicate.get(RDF.type, []))
        }
        assert own, folder
        found[folder] = Catalogue(own)
    return found


def named(graph: Catalogue) -> list[str]:
    """Every node that has a preferred label."""
    return [iri for iri, by_predicate in graph.statements.items() if SKOS.prefLabel in by_predicate]


def family(graph: Catalogue, iri: str) -> tuple[str, ...]:
    """A node's kind; for a term, with the list it belongs to."""
    kind = graph.kind(iri)
    return (kind, *graph.values(iri, SKOS.inScheme)) if kind == "term" else (kind,)


def positions(graph: Catalogue) -> list[str]:
    return [iri for kind in POSITIONS for iri in graph.by_kind.get(kind, ())]


### Who says what


def test_there_is_one_folder_for_each_body_of_sources() -> None:
    assert sorted(path.name for path in GRAPH.iterdir() if path.is_dir()) == sorted((*FOLDERS, NAMES))


def test_a_claim_is_made_in_one_folder_only(claims: dict[str, Catalogue]) -> None:
    made = [iri for folder in FOLDERS for iri in claims[folder].statements]
    assert [iri for iri in set(made) if made.count(iri) > 1] == []


def test_article_folder_reports_sections_of_the_article_and_nothing_else(
    graph: Catalogue, claims: dict[str, Catalogue]
) -> None:
    for claim in claims["article"].statements:
        sources = claims["article"].values(claim, PROV.wasDerivedFrom)
        assert sources, claim
        for source in sources:
            assert graph.kind(source) == "section", claim
            assert graph.value(source, SCHEMA.isPartOf) == ARTICLE, claim


def test_courses_folder_reports_pages_with_an_address(graph: Catalogue, claims: dict[str, Catalogue]) -> None:
    for claim in claims["courses"].statements:
        sources = claims["courses"].values(claim, PROV.wasDerivedFrom)
        assert sources, claim
        for source in sources:
            assert graph.kind(source) == "source", claim
            assert graph.value(source, SCHEMA.url), claim
            assert graph.value(source, CG.standing), claim


def test_editors_answer_for_everything_in_their_folder(claims: dict[str, Catalogue]) -> None:
    """Holdings, notes and summaries alike."""
    for claim in claims["editors"].statements:
        assert claims["editors"].values(claim, PROV.wasAttributedTo) == [EDITORS], claim


def test_holdings_and_notes_are_the_editors_alone(graph: Catalogue, claims: dict[str, Catalogue]) -> None:
    judgements = {"holding", "disagreement", "ambiguity", "correction", "omission"}
    for folder in ("article", "courses"):
        assert not {graph.kind(claim) for claim in claims[folder].statements} & judgements
    assert judgements <= {graph.kind(claim) for claim in claims["editors"].statements}


def test_no_source_is_credited_with_the_editors_judgement(claims: dict[str, Catalogue]) -> None:
    """Of what sources say, the editors answer only for figures they worked out, whose notes say how."""
    attributed, derived = set(), set()
    for folder in ("article", "courses"):
        for claim in claims[folder].statements:
            if EDITORS in claims[folder].values(claim, PROV.wasAttributedTo):
                attributed.add((folder, claim))
            if any(re.search(r"(^|; )derived\b", note) for note in claims[folder].values(claim, SKOS.note)):
                derived.add((folder, claim))
    assert attributed == derived
    assert {folder for folder, _ in derived} == {"courses"}


def test_what_is_said_by_name_is_said_by_a_person(graph: Catalogue, claims: dict[str, Catalogue]) -> None:
    """In the article's folder, a claim may be attributed to somebody the article quotes."""
    speakers = {
        speaker
        for claim in claims["article"].statements
        for speaker in claims["article"].values(claim, PROV.wasAttributedTo)
    }
    assert {graph.kind(speaker) for speaker in speakers} == {"person"}


### Nodes


def test_every_node_can_be_cited() -> None:
    """No blank nodes anywhere."""
    for path in list_graph_files(str(GRAPH)):
        for quad in parse(path):
            assert isinstance(quad.subject, pyoxigraph.NamedNode), path
            assert not isinstance(quad.object, pyoxigraph.BlankNode), path


#: What points out of the graph, to what an import may add.
OUTWARD = (
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
    OWL.annotatedTarget,
    SSSOM.object_source,
)


def test_every_node_pointed_to_is_described(graph: Catalogue) -> None:
    """Save what other sources have that the graph is aligned with: the tests of alignments look there."""
    dangling = {
        (str(quad.subject), quad.object.value)
        for path in list_graph_files(str(GRAPH))
        for quad in parse(path)
        if isinstance(quad.object, pyoxigraph.NamedNode)
        and quad.object.value.startswith(ID)
        and quad.predicate.value not in OUTWARD
        and not graph.values(quad.object.value, RDF.type)
    }
    assert dangling == set()


def test_every_node_of_the_project_has_one_kind(graph: Catalogue) -> None:
    """SSSOM has its records be axioms as well; everything else is what it is and nothing more."""
    for iri in graph.statements:
        if iri.startswith(ID):
            also = [OWL.Axiom] if graph.kind(iri) == "alignment" else []
            assert len(set(graph.values(iri, RDF.type)).difference(also)) == 1, iri


def test_no_two_nodes_of_a_kind_share_a_preferred_label(graph: Catalogue) -> None:
    bearers: dict[tuple[object, str], list[str]] = defaultdict(list)
    for iri in named(graph):
        bearers[family(graph, iri), graph.label(iri).casefold()].append(iri)
    assert [nodes for nodes in bearers.values() if len(nodes) > 1] == []


def test_names_of_positions_are_unambiguous(graph: Catalogue) -> None:
    """Whoever types a preferred label or an alias means one role or one background."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for iri in positions(graph):
        for name in (*graph.values(iri, SKOS.prefLabel), *graph.values(iri, SKOS.altLabel)):
            bearers[normalise(name)].add(iri)
    assert bearers
    assert {name: nodes for name, nodes in bearers.items() if len(nodes) > 1} == {}


def test_no_alias_repeats_the_preferred_label(graph: Catalogue) -> None:
    for iri in named(graph):
        names = [*graph.values(iri, SKOS.prefLabel), *graph.values(iri, SKOS.altLabel)]
        assert len(set(map(str.casefold, names))) == len(names), iri


def test_nothing_is_broader_than_itself(graph: Catalogue) -> None:
    for iri in graph.statements:
        for broader in graph.values(iri, SKOS.broader):
            assert iri not in graph.lineage(broader), iri


def test_what_is_broader_is_of_the_same_kind(graph: Catalogue) -> None:
    pairs = [(iri, broader) for iri in graph.statements for broader in graph.values(iri, SKOS.broader)]
    assert len(pairs) > 50
    for iri, broader in pairs:
        assert family(graph, iri) == family(graph, broader), (iri, broader)


### What the editors judge


def test_every_profession_holds_something(graph: Catalogue) -> None:
    """A newcomer may come from anywhere, so nothing is taken for granted; nor need it be of a kind of newcomer."""
    newcomer = f"{ID}background/newcomer"
    professions = [iri for iri in graph.by_kind["background"] if graph.values(iri, RDF.type) == [CG.Profession]]
    assert newcomer in professions
    for iri in professions:
        if newcomer not in graph.lineage(iri):
            holdings = [holding for node in graph.lineage(iri) for holding in graph.about(node, "holding")]
            assert any(graph.values(holding, CG.holds) for holding in holdings), iri


def test_nothing_is_taken_for_granted_of_a_newcomer(graph: Catalogue) -> None:
    assert graph.about(f"{ID}background/newcomer", "holding") == []


def test_weights_are_shares(graph: Catalogue) -> None:
    weights = {iri: graph.values(iri, CG.weight) for iri in graph.statements if graph.values(iri, CG.weight)}
    assert weights
    for iri, values in weights.items():
        assert len(values) == 1, iri
        assert 0 <= Decimal(values[0]) <= 1, iri


def test_levels_deepen_from_basic_to_deep(graph: Catalogue) -> None:
    ladder = [graph.weight(f"{ID}level/{name}", -1) for name in ("basic", "working", "strong", "deep")]
    assert ladder == sorted(set(ladder))
    assert ladder[0] > 0
    assert ladder[-1] == 1


@pytest.mark.parametrize(
    ("predicate", "kind"),
    [(CG.level, ""), (CG.ease, "transition"), (CG.strength, "requirement")],
    ids=["levels", "eases", "strengths of requirements"],
)
def test_grades_that_a_feasibility_rests_on_have_a_weight(graph: Catalogue, predicate: str, kind: str) -> None:
    used = {
        grade
        for iri in graph.statements
        for grade in graph.values(iri, predicate)
        if not kind or graph.kind(iri) == kind
    }
    assert used
    assert [grade for grade in used if graph.value(grade, CG.weight) is None] == []


### Our own words

LONGEST_LOAN = 7


def words(text: str) -> list[str]:
    """
    >>> words("It's the well-known “AI PM”")
    ["it's", 'the', 'well', 'known', 'ai', 'pm']
    """
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.replace("’", "'").casefold())


def passages(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of words that is longer than what may be shared with the article by chance."""
    found = words(text)
    for start in range(len(found) - LONGEST_LOAN):
        yield tuple(found[start : start + LONGEST_LOAN + 1])


def test_wording_is_our_own(graph: Catalogue) -> None:
    """Facts of the article may be used, its sentences may not; titles of the works it lists stand as they are."""
    article = shared_file("article/ai-careers-article.txt").read_text(encoding="utf-8")
    titles = {
        passage
        for iri in graph.by_kind["source"]
        for title in graph.values(iri, DCTERMS.title)
        for passage in passages(title)
    }
    borrowed = set(passages(article)) - titles
    assert len(borrowed) > 1000
    found = [
        (iri, " ".join(passage))
        for iri in graph.statements
        for predicate in (SCHEMA.text, SKOS.definition, SKOS.note, DCTERMS.description, RDFS.comment)
        for text in graph.values(iri, predicate)
        for passage in passages(text)
        if passage in borrowed
    ]
    assert found == []


### Files

turtle_files = pytest.mark.parametrize("path", TURTLE_FILES, ids=slug)


def prefixes(text: str) -> list[str]:
    return re.findall(r"^@prefix ([\w-]*): <[^>]*> \.$", text, flags=re.MULTILINE)


def used_prefixes(text: str) -> set[str]:
    """The prefixes of all short names, wherever they do not stand in a string, an IRI or a comment.

    >>> sorted(used_prefixes('a:b c:d "e:f" ; # g:h\\n <i:j> "2024"^^xsd:gYear .'))
    ['a', 'c', 'xsd']
    """
    declared = r"^@prefix.*$"
    opaque = r'\"\"\"(?:[^\\]|\\.)*?\"\"\"|"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|#[^\n]*'
    bare = re.sub(f"{declared}|{opaque}", " ", text, flags=re.MULTILINE)
    return set(re.findall(r"(?<![\w:.-])([A-Za-z][\w-]*):", bare))


def test_there_are_files() -> None:
    assert len(TURTLE_FILES) > 20


@turtle_files
def test_file_parses(path: Path) -> None:
    assert sum(1 for _ in parse(str(path))) > 0


@turtle_files
def test_file_is_clean_text(path: Path) -> None:
    """No tabs, no white space at the end of a line, one line end at the end of the file."""
    text = path.read_bytes().decode("utf-8")
    assert "\t" not in text
    assert "\r" not in text
    assert [number for number, line in enumerate(text.split("\n"), 1) if line != line.rstrip()] == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@turtle_files
def test_file_declares_its_prefixes_in_order_and_only_those_it_uses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    declared = prefixes(text)
    assert text.count("@prefix") == len(declared)
    assert declared == sorted(set(declared))
    assert set(declared) == used_prefixes(text)


def test_a_prefix_means_the_same_in_every_file() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for path in TURTLE_FILES:
        for prefix, namespace in re.findall(r"^@prefix ([\w-]*): <([^>]*)>", path.read_text("utf-8"), re.MULTILINE):
            meanings[prefix].add(namespace)
    assert {prefix: found for prefix, found in meanings.items() if len(found) > 1} == {}


def test_no_name_of_a_node_is_shown_and_hidden_at_once() -> None:
    """SKOS holds label, alias and hidden label apart (S13); a name that is both would be shown by chance."""
    named: dict[tuple[str, str], set[str]] = {}
    for path in list_dataset_files():
        for said in pyoxigraph.parse(path=path):
            if said.predicate.value in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
                named.setdefault((str(said.subject), str(said.object)), set()).add(said.predicate.value)
    assert [name for name, by in named.items() if len(by) > 1] == []
