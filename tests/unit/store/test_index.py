"""The index on disk: what it tells is what the same statements tell in memory, alone and joined with others."""

from __future__ import annotations

import random
import sqlite3
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import VOCABULARY, find_node, list_nodes
from careergraph.catalogue.near_misses import find_near_misses
from careergraph.catalogue.text_search import find_matching, find_similar, search
from careergraph.model.errors import AmbiguousName, UnknownName, UnusableDataset
from careergraph.model.text import normalise, split_grams, split_words, to_singular
from careergraph.rdf.kinds import CLAIM_KINDS, NAMED_KINDS, NODE_KINDS
from careergraph.rdf.standards import PROV, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.checked_pages import PAGE, SUMS, write_sums
from careergraph.store.datasets import FORMAT
from careergraph.store.index import (
    INDEX,
    LAYOUT,
    Index,
    to_iri,
    to_key,
)
from careergraph.store.index_writer import IndexWriter
from careergraph.store.locations import list_dataset_files
from careergraph.store.memory_index import INVERSE, POINTERS
from careergraph.store.snapshots import open_live
from careergraph.store.statements import Statements, read_statements
from careergraph.store.union import Union
from turned_bits import turned

# How long one example takes says something about the machine and nothing about indexes: no deadlines.
untimed = settings(deadline=None)
KINDS = tuple(dict.fromkeys((*NODE_KINDS.values(), *CLAIM_KINDS.values(), "thing")))


@cache
def bundled() -> Statements:
    return read_statements(list_dataset_files())


def shelve(folder: Path, nodes: Iterable[tuple[str, Mapping[str, list[str]]]]) -> None:
    """Write an index in a folder."""
    with IndexWriter(str(folder / INDEX)) as writer:
        for iri, said in nodes:
            writer.add(iri, said)


def shelved(folder: Path, statements: Mapping[str, Mapping[str, list[str]]]) -> Index:
    """A shelf in a new folder."""
    folder.mkdir()
    shelve(folder, statements.items())
    return Index(str(folder))


@pytest.fixture(scope="module")
def in_memory() -> Catalogue:
    return Catalogue(bundled())


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The whole bundled graph on a shelf."""
    return Catalogue({}, [shelved(tmp_path_factory.mktemp("disk") / "all", bundled())])


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A third of the bundled graph in memory and a third on each of two shelves; every tenth node is in two places."""
    folder = tmp_path_factory.mktemp("joined")
    parts: list[dict[str, dict[str, list[str]]]] = [{}, {}, {}]
    for number, (iri, said) in enumerate(bundled().items()):
        pairs = list(said.items())
        parts[number % 3][iri] = dict(pairs)
        if number % 10 == 0:
            parts[number % 3][iri] = dict(pairs[: len(pairs) // 2 + 1])
            parts[(number + 1) % 3][iri] = dict(pairs[len(pairs) // 2 :])
    memory, *others = ({iri: part[iri] for iri in sorted(part)} for part in parts)
    return Catalogue(memory, [shelved(folder / str(number), part) for number, part in enumerate(others)])


@pytest.fixture(params=["on_disk", "joined"])
def other(request: pytest.FixtureRequest) -> Catalogue:
    """A catalogue of the same statements that is not all in memory."""
    found: Catalogue = request.getfixturevalue(request.param)
    return found


### As in memory


def test_statements_are_the_same(in_memory: Catalogue, other: Catalogue) -> None:
    assert len(other.statements) == len(in_memory.statements)
    assert sorted(other.statements) == sorted(in_memory.statements)
    assert dict(other.statements.items()) == dict(in_memory.statements.items())
    assert sum(1 for _ in other.statements.values()) == len(in_memory.statements)
    for iri, said in in_memory.statements.items():
        assert iri in other.statements
        assert other.statements[iri] == other.statements.get(iri) == said


def test_what_is_not_there_is_not_there(other: Catalogue) -> None:
    assert "urn:nothing" not in other.statements
    assert other.statements.get("urn:nothing", "none") == "none"
    assert other.values("urn:nothing", SKOS.prefLabel) == ()
    assert other.pointing(SCHEMA.about, "urn:nothing") == []
    assert "nonsense" not in other.by_kind
    with pytest.raises(KeyError):
        other.statements["urn:nothing"]


def test_kinds_are_the_same(in_memory: Catalogue, other: Catalogue) -> None:
    assert set(other.by_kind) == set(in_memory.by_kind)
    for kind in KINDS:
        assert list(other.by_kind.get(kind, ())) == list(in_memory.by_kind.get(kind, ()))
        assert list(other.each(kind)) == list(in_memory.each(kind))


def test_pointers_are_the_same(in_memory: Catalogue, other: Catalogue) -> None:
    for predicate in POINTERS:
        for iri in in_memory.statements:
            assert other.pointing(predicate, iri) == in_memory.pointing(predicate, iri)
        for kind in in_memory.by_kind:
            assert other.having(predicate, kind) == in_memory.having(predicate, kind)


@pytest.mark.parametrize("kinds", [("requirement",), ("pay", "transition"), ("role",)])
def test_pointers_of_kinds_are_the_same(in_memory: Catalogue, other: Catalogue, kinds: tuple[str, ...]) -> None:
    found = {iri: in_memory.about(iri, *kinds) for iri in in_memory.by_kind["role"]}
    assert {iri: other.about(iri, *kinds) for iri in in_memory.by_kind["role"]} == found


def test_matches_are_the_same(in_memory: Catalogue, other: Catalogue) -> None:
    for iri in in_memory.statements:
        assert sorted(other.matches(iri)) == sorted(in_memory.matches(iri))


@pytest.mark.parametrize(
    "text", ["python", "ai", "machine learning", "(sociology", "c++", "e", "research sci", "rlhf", "rdfs", "pythons"]
)
def test_searches_find_the_same(in_memory: Catalogue, other: Catalogue, text: str) -> None:
    assert find_matching(other, text) == find_matching(in_memory, text)


@untimed
@given(st.text(string.ascii_lowercase + " -&+().", min_size=1, max_size=6).filter(lambda text: normalise(text) != ""))
def test_any_search_finds_the_same(in_memory: Catalogue, on_disk: Catalogue, joined: Catalogue, text: str) -> None:
    assert find_matching(on_disk, text) == find_matching(joined, text) == find_matching(in_memory, text)


def test_what_was_read_can_be_forgotten_and_is_read_again(joined: Catalogue) -> None:
    union = joined.statements
    assert isinstance(union, Union)
    iri = next(iri for iri in union.indexes[0] if iri not in union.memory)
    before = union[iri]
    assert union[iri] is before
    union.shrink()
    assert union[iri] == before
    assert union[iri] is not before


@pytest.mark.parametrize("text", ["pyt", "machine", "PY", "zzz"])
@pytest.mark.parametrize("kinds", [NAMED_KINDS, ("skill",), ("role", "background")])
def test_names_that_begin_so_are_found(
    in_memory: Catalogue, on_disk: Catalogue, text: str, kinds: tuple[str, ...]
) -> None:
    (index,) = on_disk.indexes
    found = {
        (name.node, name.text) for name in index.names_starting_with(normalise(text), kinds=kinds) if name.rank < 2
    }
    assert found == {
        (iri, name)
        for kind in kinds
        for iri in in_memory.by_kind.get(kind, ())
        for name in (in_memory.label(iri), *in_memory.values(iri, SKOS.altLabel))
        if normalise(name).startswith(normalise(text))
    }


@pytest.mark.parametrize("kind", ["role", "skill", "transitions"])
def test_lists_are_the_same(in_memory: Catalogue, other: Catalogue, kind: str) -> None:
    assert list_nodes(other, kind) == list_nodes(in_memory, kind)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("machne learning enginer", "Machine learning engineer"),
        ("AI ethicst", "AI ethicist"),
        ("alignment reseacher", "Alignment researcher"),
        ("pythn", "Python"),
    ],
)
def test_typing_errors_are_forgiven(in_memory: Catalogue, other: Catalogue, typed: str, meant: str) -> None:
    for catalogue in (in_memory, other):
        assert find_matching(catalogue, typed) == ()
        assert search(catalogue, typed)[0].label == find_similar(catalogue, typed)[0].label == meant
        assert meant in find_near_misses(catalogue, typed)


def test_what_looks_like_nothing_finds_nothing(in_memory: Catalogue, other: Catalogue) -> None:
    for catalogue in (in_memory, other):
        assert search(catalogue, "xyzzyqqwv") == find_near_misses(catalogue, "xyzzyqqwv") == ()


### Any statements

IRIS = st.sampled_from([f"{ID}role/a", f"{ID}role/b", f"{ID}onet/c", "urn:d", "https://w3id.org/careergraph/e", "z:f"])
PREDICATES = st.sampled_from([SKOS.prefLabel, SKOS.altLabel, SCHEMA.about, CG.origin, RDF.type, SCHEMA.text])
OBJECTS = IRIS | st.sampled_from([CG.Role, CG.Requirement, "urn:other", ""]) | st.text(st.characters(codec="utf-8"))
SAID = st.dictionaries(PREDICATES, st.lists(OBJECTS, min_size=1, max_size=3, unique=True).map(sorted), min_size=1)
GRAPHS = st.dictionaries(IRIS, SAID).map(lambda graph: {iri: graph[iri] for iri in sorted(graph)})


def union(*parts: Statements) -> Statements:
    """What `read_statements` makes of several files, but for the order of labels."""
    found: dict[str, dict[str, list[str]]] = {}
    for part in parts:
        for iri, said in part.items():
            for predicate, objects in said.items():
                found.setdefault(iri, {}).setdefault(predicate, []).extend(objects)
    return {iri: {p: sorted(set(objects)) for p, objects in found[iri].items()} for iri in sorted(found)}


def plain(statements: Iterable[tuple[str, Mapping[str, list[str]]]]) -> dict[str, dict[str, list[str]]]:
    return {iri: {predicate: sorted(objects) for predicate, objects in said.items()} for iri, said in statements}


@settings(deadline=None, max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(memory=GRAPHS, indexes=st.lists(GRAPHS, max_size=2))
def test_a_join_is_the_union(
    tmp_path_factory: pytest.TempPathFactory, memory: Statements, indexes: list[Statements]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    joined = Catalogue(memory, [shelved(folder / str(number), part) for number, part in enumerate(indexes)])
    expected = Catalogue(union(memory, *indexes))
    assert plain(joined.statements.items()) == plain(expected.statements.items())
    assert len(joined.statements) == len(expected.statements)
    assert sorted(joined.statements) == sorted(expected.statements)
    assert dict(joined.by_kind) == {kind: sorted(found) for kind, found in expected.by_kind.items()}
    for kind in expected.by_kind:
        assert plain(joined.each(kind)) == plain(expected.each(kind))
    for iri in (*expected.statements, "urn:other"):
        assert joined.kind(iri) == expected.kind(iri)
        for predicate in (SCHEMA.about, CG.origin):
            for kinds in ((), ("role",), ("requirement", "thing")):
                found = expected.pointing(predicate, iri, *kinds)
                assert joined.pointing(predicate, iri, *kinds) == sorted(found)


@given(st.sampled_from([ID, "https://w3id.org/careergraph/", "urn:"]), st.text(st.characters(codec="utf-8")))
def test_a_key_stands_for_its_iri(space: str, rest: str) -> None:
    assert to_iri(to_key(space + rest)) == space + rest


### Names on disk


def nodes(class_: str, *labels: str, **more: list[str]) -> dict[str, list[str]]:
    return {RDF.type: [class_], SKOS.prefLabel: list(labels), **{getattr(SKOS, name): v for name, v in more.items()}}


@pytest.fixture
def both(tmp_path: Path) -> Catalogue:
    """Some of what a source on disk calls in its own way, and what is curated."""
    there = {
        f"{ID}there/nurse": nodes(
            CG.Occupation, "Registered Nurses", altLabel=["Nurse", "RN"], notation=["29-1141.00"]
        ),
        f"{ID}there/lawyer": nodes(CG.Occupation, "Lawyers", altLabel=["Attorney", "Nurse"]),
        f"{ID}there/python": nodes(CG.Tool, "Python"),
        f"{ID}there/git": nodes(CG.Tool, "Git"),
        f"{ID}there/developer": nodes(CG.Occupation, "Software Developers"),
        f"{ID}there/steward": nodes(CG.Occupation, "Data Stewards"),
        f"{ID}there/stewards": nodes(CG.Occupation, "Data Steward"),
        f"{ID}there/actuary": nodes(CG.Occupation, "Actuaries"),
    }
    here = {
        f"{ID}skill/python": nodes(CG.Tool, "Python", exactMatch=[f"{ID}there/python"]),
        f"{ID}skill/git": nodes(CG.Tool, "Git", closeMatch=[f"{ID}there/git"]),
        f"{ID}role/counsel": nodes(CG.Role, "Counsel", altLabel=["Lawyer"]),
        f"{ID}background/developer": nodes(CG.Profession, "Software developer"),
        f"{ID}background/actuary": nodes(CG.Profession, "Actuary", inScheme=[VOCABULARY]),
    }
    return Catalogue(here, [shelved(tmp_path / "there", there)])


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        ("Registered Nurses", "there/nurse"),
        ("registered nurse", "there/nurse"),
        ("RN", "there/nurse"),
        ("29-1141.00", "there/nurse"),
        ("there/nurse", "there/nurse"),
        ("lawyers", "there/lawyer"),
        ("attorney", "there/lawyer"),
        ("lawyer", "role/counsel"),  # what is curated is meant first, were it by an alias
        ("software developer", "background/developer"),
        ("software developers", "background/developer"),  # or in the singular
        ("data stewards", "there/steward"),  # a label as it is wins over one in the singular
        ("data steward", "there/stewards"),
        ("actuary", "there/actuary"),  # a mere word for an occupation gives way to what a source speaks of
        ("python", "skill/python"),  # what a name stood for before a data set was joined
        ("git", "skill/git"),
    ],
)
def test_a_name_stands_for_the_best_of_what_it_may_mean(both: Catalogue, typed: str, node: str) -> None:
    assert find_node(both, typed) == ID + node


def test_a_name_of_several_nodes_on_disk_is_ambiguous(both: Catalogue) -> None:
    with pytest.raises(AmbiguousName) as raised:
        find_node(both, "nurse")
    assert raised.value.candidates == ("there/lawyer", "there/nurse")
    assert raised.value.names == ("Lawyers", "Registered Nurses")
    assert {find_node(both, name) for name in raised.value.names} == {f"{ID}there/lawyer", f"{ID}there/nurse"}


def test_a_near_miss_on_disk_is_suggested(both: Catalogue) -> None:
    with pytest.raises(UnknownName) as raised:
        find_node(both, "registred nurs", "occupation")
    assert raised.value.suggestions[0] == "Registered Nurses"
    assert find_near_misses(both, "registred nurs", "skill") == ()


def test_a_search_finds_by_alias_and_by_notation_and_shows_the_label(both: Catalogue) -> None:
    for text in ("RN", "29-1141", "29-1141.00"):
        assert [ref.label for ref in search(both, text)] == ["Registered Nurses"]


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("registered nurses", "registered nurse"),
        ("lawyers", "lawyer"),
        ("policies", "policy"),
        ("boxes coaches bosses", "box coach boss"),
        ("computer and information systems managers", "computer and information system manager"),
        ("firemen", "fireman"),
        ("analysis business census aws", "analysis business census aws"),
    ],
)
def test_english_plurals_become_singular(plural: str, one: str) -> None:
    assert to_singular(plural) == one
    assert to_singular(one) == to_singular(to_singular(one))


@given(st.text(string.ascii_lowercase + " (),+&", min_size=1))
def test_words_and_runs_of_signs_are_parts_of_the_text(text: str) -> None:
    folded = normalise(text)
    assert all(word in folded for word in split_words(folded))
    assert all(gram in f" {folded} " and len(gram) == 3 for gram in split_grams(folded))


### Files


def test_what_shelves_point_to_is_found_but_classes_and_sections_are_not(tmp_path: Path) -> None:
    said = {SCHEMA.about: ["urn:a", "no IRI: a text"], RDF.type: [CG.Claim], PROV.wasDerivedFrom: ["urn:section"]}
    index = shelved(tmp_path / "one", {"urn:claim": said})
    assert index.pointers("urn:a") == [(SCHEMA.about, "urn:claim")]
    assert index.pointers(CG.Claim) == index.pointers("urn:section") == []
    assert index.statements == 4


def change(folder: Path, statement: str) -> None:
    """Change an index as no bit that turns does: its pages are as their checksums say."""
    with sqlite3.connect(folder / INDEX) as database:
        assert database.execute(statement).rowcount > 0
    database.close()
    write_sums(str(folder / INDEX))


def test_an_exception_leaves_nothing_that_can_be_opened(tmp_path: Path) -> None:
    def nodes() -> Iterator[tuple[str, dict[str, list[str]]]]:
        yield "urn:a", {SKOS.prefLabel: ["A"]}
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shelve(tmp_path, nodes())
    with pytest.raises(UnusableDataset, match="import it again"):
        Index(str(tmp_path))


def test_a_node_is_added_once(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        shelve(tmp_path, [("urn:a", {SKOS.prefLabel: ["A"]}), ("urn:a", {SKOS.prefLabel: ["B"]})])


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4096)])
def test_a_damaged_index_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / INDEX).write_bytes(content)
    with pytest.raises(UnusableDataset, match="import it again"):
        Index(str(tmp_path))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("UPDATE node SET body = CAST(x'7bff7d' AS TEXT)", "decode"),
        ("UPDATE node SET body = '{'", "Expecting"),
        ("""UPDATE node SET body = '{"999": []}'""", "999"),
        ("UPDATE node SET body = '[]'", "no attribute"),
        ("UPDATE thing SET kind = 'nothing'", "unknown kind 'nothing'"),
    ],
)
def test_damage_within_an_index_is_told_by_what_meets_it(tmp_path: Path, damage: str, reason: str) -> None:
    shelved(tmp_path / "old", {"urn:a": {RDF.type: [CG.Skill], SKOS.prefLabel: ["A"]}})
    change(tmp_path / "old", damage)
    index = Index(str(tmp_path / "old"))
    with pytest.raises(UnusableDataset, match=f"its index is damaged .*{reason}.*; import it again"):
        _ = index.names_equal_to("a"), index.get("urn:a")
    if damage.startswith("UPDATE node"):
        with pytest.raises(UnusableDataset, match=reason):
            list(index.items())


@pytest.mark.parametrize(
    ("damage", "reason", "meets"),
    [
        ("UPDATE word SET things = x'01'", "bytes", lambda index: index.with_words(["a"])),
        ("UPDATE gram SET names = x'01'", "bytes", lambda index: index.alike(split_grams("apples"))),
        ("DELETE FROM name", "a name is missing", lambda index: index.alike(split_grams("apples"))),
        ("UPDATE points SET predicate = 99", "99", lambda index: index.pointers("urn:b")),
        ("DELETE FROM fact WHERE name = 'statements'", "how many statements", len),
    ],
    ids=["word", "gram", "name", "pointer", "count"],
)
def test_what_does_not_fit_together_in_an_index_is_told(
    tmp_path: Path, damage: str, reason: str, meets: Callable[[Index], object]
) -> None:
    shelved(tmp_path / "old", {"urn:a": {RDF.type: [CG.Skill], SKOS.prefLabel: ["Apples"], SKOS.broader: ["urn:b"]}})
    change(tmp_path / "old", damage)
    with pytest.raises(UnusableDataset, match=f"its index is damaged .*{reason}"):
        meets(Index(str(tmp_path / "old")))


def answers(index: Index) -> dict[str, Callable[[], object]]:
    """What an index says to one question of each kind."""
    return {
        "items": lambda: list(index.items()),
        "get": lambda: [index.get(f"urn:{number}") for number in range(0, 300, 7)],
        "kinds": lambda: [index.of_kind(kind) for kind in KINDS],
        "tally": lambda: (index.tally, index.statements, index.predicates()),
        "pointing": lambda: index.pointing(SKOS.broader, "urn:1"),
        "pointers": lambda: index.pointers("urn:2"),
        "under": lambda: (index.under("urn:1", 50), index.seek("urn:2")),
        "equal": lambda: index.names_equal_to("apple 17"),
        "singular": lambda: index.names_in_the_singular("apple 17"),
        "start": lambda: index.names_starting_with("apple 1"),
        "words": lambda: index.with_words(["app", "1"]),
        "alike": lambda: index.alike(split_grams("aple 17")),
    }


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of several pages a table."""
    said = {
        f"urn:{number}": {
            RDF.type: [CG.Skill],
            SKOS.prefLabel: [f"Apples {number}"],
            SKOS.broader: [f"urn:{number // 100}"],
            SKOS.definition: ["What it is. " * 20],
        }
        for number in range(300)
    }
    folder = tmp_path_factory.mktemp("many") / "index"
    shelved(folder, said)
    return folder


def test_no_bit_that_turns_in_an_index_changes_an_answer(many: Path) -> None:
    right = {question: ask() for question, ask in answers(Index(str(many))).items()}
    chance, told = random.Random(23), 0
    for _ in range(300):
        path = many / chance.choice((INDEX, INDEX, INDEX, INDEX + SUMS))
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        with turned(path, place, bit):
            found = dict(asked(many))
            assert {question: right[question] for question in found} == found, (path, place, bit)
            told += len(right) - len(found)
    assert told > 300


def test_what_is_counted_in_the_first_page_is_not_read(many: Path) -> None:
    right = dict(asked(many))
    for place in (*range(24, 28), *range(92, 100)):
        with turned(many / INDEX, place, place % 8):
            assert dict(asked(many)) == right


def asked(folder: Path) -> Iterator[tuple[str, object]]:
    """Question → answer, of those that are answered and not told to meet damage."""
    with suppress(UnusableDataset):
        for question, ask in answers(Index(str(folder))).items():
            with suppress(UnusableDataset):
                yield question, ask()


def test_a_question_reads_no_page_that_it_does_not_need(many: Path) -> None:
    with sqlite3.connect(many / INDEX) as database:
        (root,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'gram'").fetchone()
    database.close()
    with turned(many / INDEX, (root - 1) * PAGE + 5):
        index = Index(str(many))
        assert index.get("urn:1")
        with pytest.raises(UnusableDataset, match=f"page {root - 1} has changed"):
            index.alike(split_grams("apples"))


def test_an_index_without_its_checksums_or_of_another_length_is_told(tmp_path: Path) -> None:
    shelved(tmp_path / "old", {"urn:a": {SKOS.prefLabel: ["A"]}})
    index, sums = tmp_path / "old" / INDEX, tmp_path / "old" / (INDEX + SUMS)
    content, kept = index.read_bytes(), sums.read_bytes()
    for cut in (content[:-PAGE], content + bytes(PAGE)):
        index.write_bytes(cut)
        with pytest.raises(UnusableDataset, match="its length has changed"):
            Index(str(tmp_path / "old"))
    index.write_bytes(content)
    sums.unlink()
    with pytest.raises(FileNotFoundError):
        Index(str(tmp_path / "old"))
    sums.write_bytes(kept)
    assert Index(str(tmp_path / "old")).get("urn:a")


def test_an_index_of_before_there_were_checksums_of_pages_is_read(tmp_path: Path) -> None:
    shelved(tmp_path / "old", {"urn:a": {SKOS.prefLabel: ["A"]}})
    change(tmp_path / "old", "UPDATE fact SET value = 1 WHERE name = 'layout'")
    change(tmp_path / "old", "UPDATE node SET body = body || '#01234567'")
    (tmp_path / "old" / (INDEX + SUMS)).unlink()
    assert Index(str(tmp_path / "old")).get("urn:a") == {SKOS.prefLabel: ["A"]}


@pytest.mark.parametrize("layout", [0, LAYOUT + 1])
def test_an_index_of_another_version_is_told(tmp_path: Path, layout: int) -> None:
    shelved(tmp_path / "old", {})
    change(tmp_path / "old", f"UPDATE fact SET value = {layout} WHERE name = 'layout'")
    with pytest.raises(UnusableDataset, match="made by another version"):
        Index(str(tmp_path / "old"))


def test_several_threads_ask_at_once(many: Path) -> None:
    index = Index(str(many))
    right = [list(index.items()), index.alike(split_grams("aple 17"))]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [list(index.items()), index.alike(split_grams("aple 17"))], range(20)))
    assert found == [right] * 20


def test_a_folder_may_have_any_name_and_be_deleted_once_it_is_open(tmp_path: Path) -> None:
    index = shelved(tmp_path / "50% of what?#1 é", {"urn:a": {SKOS.prefLabel: ["A"]}})
    (tmp_path / "50% of what?#1 é" / INDEX).unlink()
    assert index.get("urn:a") == {SKOS.prefLabel: ["A"]}


def test_a_snapshot_that_is_replaced_while_it_is_opened_is_opened_again(tmp_path: Path) -> None:
    current = tmp_path / "CURRENT"
    current.write_text(f"v{FORMAT}-old\n")

    def opened(folder: str) -> str:
        if folder.endswith("old"):
            current.write_text(f"v{FORMAT}-new\n")
            raise FileNotFoundError(folder)
        return folder

    assert open_live(str(tmp_path), opened) == str(tmp_path / "snapshots" / f"v{FORMAT}-new")


def test_a_snapshot_that_stays_and_cannot_be_opened_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text(f"v{FORMAT}-old\n")
    with pytest.raises(UnusableDataset, match="a part of it cannot be opened"):
        open_live(str(tmp_path), Index)


def test_mappings_have_an_inverse_each() -> None:
    assert {INVERSE[INVERSE[mapping]] for mapping in INVERSE} == set(INVERSE)
