"""Whatever bit of an imported data set turns, nobody gets another answer for it: the right one, or damage is told."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

import pytest

from careergraph import load
from careergraph.model.errors import OutdatedDataset, UnreadableFile, UnusableDataset
from careergraph.sparql.sandbox import Limits, Sandbox
from careergraph.store.checksums import CHECKSUMS, verify
from careergraph.store.datasets import read_manifest
from careergraph.store.sources import parse
from turned_bits import turned

OCCUPATION = "https://w3id.org/careergraph/id/onet/occupation/23-1011.00"
QUERIES = (
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    'SELECT ?s { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> "Lawyers"@en }',
    f"SELECT ?p ?o {{ <{OCCUPATION}> ?p ?o }} ORDER BY ?p ?o",
)


def tell(path: str) -> object:
    return read_manifest(path)


def names(path: str) -> object:
    graph = load(path)
    listed = [graph.list(kind) for kind in ("occupation", "skill", "task")]
    return [*listed, *map(graph.search, ("lawyers", "lawers", "a")), graph.stats()]


def statements(path: str) -> object:
    graph = load(path)
    return [graph.show(OCCUPATION), sorted(graph.catalogue.statements.items())]


def routes(path: str) -> object:
    graph = load("bundled", path)
    return [graph.routes("lawyers", "AI ethicist"), graph.reach("lawyers"), graph.gap("lawyers", "AI ethicist")]


def rows(path: str) -> object:
    with Sandbox([path], limits=Limits(memory=1 << 28, output=1 << 24, niceness=0)) as sandbox:
        return [sandbox.ask(query, "csv", seconds=60).content for query in QUERIES], sorted(map(str, parse(path)))


#: The part of a data set's folder that files are in, or the file itself → how many bits are turned there, and what is
#: asked after each.
PARTS: dict[str, tuple[int, Callable[[str], object]]] = {
    "CURRENT": (40, names),
    "dataset.json": (100, tell),
    "index.sqlite": (80, names),
    "index.sqlite.crc32": (20, statements),
    "network": (40, routes),
    "store": (20, rows),
}


def asked(question: Callable[[str], object], path: str) -> str | None:
    """What an answer looks like; None if damage is told."""
    try:
        return sha256(repr(question(path)).encode()).hexdigest()
    except (OutdatedDataset, UnreadableFile, UnusableDataset):
        return None


@pytest.fixture(scope="module")
def dataset(small_onet: Path, quick_disk: Path) -> Path:
    return Path(shutil.copytree(small_onet, quick_disk / "turned"))


@pytest.mark.parametrize("part", PARTS)
def test_of_300_bits_that_turn_in_all_files_none_changes_an_answer(part: str, dataset: Path) -> None:
    chance, (bits, question) = random.Random(23), PARTS[part]
    files = sorted(path for path in dataset.rglob("*") if path.is_file() and path.stat().st_size)
    there = [path for path in files if part in (path.name, path.parent.name)]
    right = asked(question, str(dataset))
    assert right
    for _ in range(bits):
        path = chance.choice(there)
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        with turned(path, place, bit):
            assert asked(question, str(dataset)) in (right, None), (path.name, place, bit)


def test_a_query_that_meets_damage_is_told_of_it_and_not_that_it_asks_too_much(dataset: Path) -> None:
    tables = [path for path in dataset.rglob("*.sst") if path.stat().st_size > 100_000]
    with ExitStack() as turning:
        for path in tables:
            turning.enter_context(turned(path, path.stat().st_size // 2))
        with pytest.raises(UnusableDataset, match=r"damaged.*; import it again"):
            rows(str(dataset))


def test_every_file_is_compared_by_verify(dataset: Path) -> None:
    files = [path for path in dataset.rglob("*") if path.is_file() and path.stat().st_size]
    for path in files:
        if path.name in (CHECKSUMS, "CURRENT", "LOG") and path.parent.name != "store":
            continue
        with turned(path, path.stat().st_size // 2):
            damaged = [found.file.rpartition("/")[2] for found in verify(str(dataset)).damage]
        assert damaged == ([] if path.name == "LOG" else [path.name])
