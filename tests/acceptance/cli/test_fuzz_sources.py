"""Downloads, data sets, RDF files, CVs and queries that are damaged at random: read, or refused by an error of ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careergraph.importing import open_source
from careergraph.model.errors import CareergraphError
from careergraph.model.escaping import has_controls
from careergraph.sparql.sandbox import Sandbox
from careergraph.store.datasets import CURRENT, MANIFEST, find_snapshot
from careergraph.store.rdf_files import find_rdf_format
from careergraph.store.statements import read_statements
from in_process import call
from onet_release import ignore_progress, zip_release

FIXTURES = Path(__file__).parents[2] / "fixtures"
SMALL = FIXTURES / "server" / "small.ttl"
#: The same examples on every run.
FUZZED = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

### Damage


@st.composite
def damages(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A few changes of bytes: turned, put in, taken out, repeated; or the end is missing."""
    changes = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["turn", "put", "take", "repeat", "cut"]),
                st.floats(0, 1, exclude_max=True),
                st.binary(min_size=1, max_size=6) | st.sampled_from([b'"', b"<", b"{", b"\0", b"\xff", b"\t", b"\r\n"]),
                st.integers(1, 40),
            ),
            min_size=1,
            max_size=4,
        )
    )

    def damaged(content: bytes) -> bytes:
        for kind, share, piece, length in changes:
            at = int(share * len(content))
            taken = content[at : at + length]
            put = {"turn": bytes(byte ^ 0xFF for byte in taken), "put": piece + taken, "take": b"", "repeat": taken * 3}
            content = content[:at] + (put[kind] + content[at + length :] if kind in put else b"")
        return content

    return damaged


### The O*NET download


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return zip_release(tmp_path_factory.mktemp("archive") / "db_29_3_text.zip").read_bytes()


def refusal(call: Callable[[], object]) -> str | None:
    """What an error of ours says, in its one line; None if the call went well. Any other exception comes through."""
    try:
        call()
    except CareergraphError as error:
        return str(error)
    return None


def imported_or_refused(path: Path) -> None:
    said = refusal(lambda: list(open_source("onet", str(path), "29.3").nodes(ignore_progress)))
    assert said is None or (said.startswith("Cannot import ") and not has_controls(said))


@FUZZED
@given(damage=damages())
def test_a_damaged_archive_is_imported_or_refused(
    damage: Callable[[bytes], bytes], archive: bytes, tmp_path: Path
) -> None:
    (tmp_path / "onet.zip").write_bytes(damage(archive))
    imported_or_refused(tmp_path / "onet.zip")


@FUZZED
@given(damage=damages(), share=st.floats(0, 1))
def test_a_damaged_directory_of_an_archive_is_imported_or_refused(
    damage: Callable[[bytes], bytes], share: float, archive: bytes, tmp_path: Path
) -> None:
    at = archive.index(b"PK\x01\x02")
    middle = at + int(share * (len(archive) - at))
    (tmp_path / "onet.zip").write_bytes(archive[:at] + damage(archive[at:middle]) + archive[middle:])
    imported_or_refused(tmp_path / "onet.zip")


@FUZZED
@given(data=st.data())
def test_rows_that_are_damaged_are_imported_or_refused_with_their_place(data: st.DataObject, tmp_path: Path) -> None:
    release = FIXTURES / "onet" / "db_29_3_tiny"
    copy = Path(shutil.copytree(release, tmp_path / "db_29_3_text", dirs_exist_ok=True))
    file = copy / data.draw(st.sampled_from(sorted(path.name for path in release.iterdir())))
    file.write_bytes(data.draw(damages())(file.read_bytes()))
    imported_or_refused(copy)


### Data sets on disk


def leaves(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from leaves(inner, (*place, key))


def exchanged(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    """A JSON document with another value at a place."""
    if not place:
        return value
    copy = document.copy()
    copy[place[0]] = exchanged(document[place[0]], place[1:], value)
    return copy


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 1.5, 10**400, "", "x", "\x1b[31m", "\ud800", [], {}, [[]], {"a": {}}, [None]]
)


def linked(dataset: Path, to: Path) -> Path:
    """A copy of a data set that shares its files: megabytes that most examples leave as they are."""
    return Path(shutil.copytree(dataset, to))


def replace(file: Path, content: bytes) -> None:
    """Put another file in the place of one that is shared."""
    file.unlink()
    file.write_bytes(content)


@FUZZED
@given(data=st.data())
def test_a_manifest_of_wrong_types_is_told(data: st.DataObject, small_onet: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "onet", ignore_errors=True)
    dataset = linked(small_onet, tmp_path / "onet")
    file = Path(find_snapshot(str(small_onet))) / MANIFEST
    said = json.loads(file.read_text(encoding="utf-8"))
    document = exchanged(said, data.draw(st.sampled_from(list(leaves(said)))), data.draw(ODD))
    replace(Path(find_snapshot(str(dataset))) / MANIFEST, json.dumps(document).encode())
    for arguments in (["datasets", "show", str(dataset)], ["datasets", "show", str(dataset), "--format", "json"]):
        assert call(*arguments).code in (0, 2)


@settings(FUZZED, max_examples=40)
@given(damage=damages(), data=st.data())
def test_a_damaged_data_set_is_asked_or_refused(
    damage: Callable[[bytes], bytes], data: st.DataObject, small_onet: Path, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "onet", ignore_errors=True)
    dataset = linked(small_onet, tmp_path / "onet")
    files = sorted(path for path in dataset.rglob("*") if path.is_file() and "store" not in path.parts)
    file = data.draw(st.sampled_from([path for path in files if path.name not in ("lock", CURRENT)]))
    replace(file, damage(file.read_bytes()))
    for arguments in (
        ["show", "data scientists"],
        ["path", "data scientists", "technical writers"],
        ["search", "data"],
    ):
        assert call(*arguments, "--dataset", str(dataset)).code in (0, 1, 2)


### RDF files, CVs, queries

ASKED = ["stats"], ["show", "curator"], ["path", "painter", "curator"], ["export", "csv", "-o", "x"]


@pytest.mark.parametrize("suffix", [".ttl", ".jsonld", ".rdf"])
def test_a_damaged_rdf_file_is_read_or_refused(suffix: str, tmp_path: Path) -> None:
    triples = [quad.triple for quad in pyoxigraph.parse(SMALL.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)]
    whole = pyoxigraph.serialize(triples, format=find_rdf_format(f"a{suffix}"))
    assert whole is not None

    @FUZZED
    @given(damages())
    def holds(damage: Callable[[bytes], bytes]) -> None:
        path = tmp_path / f"a{suffix}"
        path.write_bytes(damage(whole))
        said = refusal(lambda: read_statements([str(path)]))
        assert said is None or (said.startswith("Cannot read ") and not has_controls(said))
        for arguments in ASKED if said is None else ():
            assert call(*arguments, "--dataset", str(path)).code in (0, 1, 2)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        holds()


@FUZZED
@given(data=st.data())
def test_a_cv_of_wrong_types_is_matched_or_refused_in_one_line(data: st.DataObject, tmp_path: Path) -> None:
    document = json.loads((FIXTURES / "people" / "engineer.json").read_text(encoding="utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        document = exchanged(document, data.draw(st.sampled_from(list(leaves(document)))), data.draw(ODD))
    (tmp_path / "cv.json").write_text(json.dumps(document), encoding="utf-8")
    finished = call("profile", str(tmp_path / "cv.json"), "--dataset", str(SMALL))
    assert finished.code == 0 or finished.err.count("\n") == 1


WORDS = st.sampled_from(
    [
        *[
            "SELECT",
            "ASK",
            "CONSTRUCT",
            "DESCRIBE",
            "WHERE",
            "FILTER",
            "OPTIONAL",
            "UNION",
            "MINUS",
            "GRAPH",
            "BIND",
            "AS",
            "COUNT(",
            "GROUP",
            "BY",
            "ORDER",
        ],
        *[
            "HAVING",
            "LIMIT",
            "OFFSET",
            "VALUES",
            "UNDEF",
            "SERVICE",
            "FROM",
            "NAMED",
            "PREFIX",
            "BASE",
            "LOAD",
            "INSERT",
            "DELETE",
            "EXISTS",
            "NOT",
            "IN",
            "a",
        ],
        *[
            "*",
            "?s",
            "?p",
            "?o",
            "?g",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            ".",
            ";",
            ",",
            ":",
            "||",
            "&&",
            "=",
            "!=",
            "<",
            ">",
            "+",
            "-",
            "/",
            "^",
            "!",
            "|",
            "?",
            "<<",
            ">>",
            "{|",
            "|}",
            "#",
            "_:b",
            "<urn:a>",
            "1",
            "1e999",
        ],
        *[
            "REGEX",
            "REPLACE",
            "STRDT",
            "IRI(",
            "CONCAT",
            "STRLEN",
            "NOW()",
            "RAND()",
            "UUID()",
            "skos:prefLabel",
            "@en",
            "^^xsd:integer",
        ],
        *('"x"', "'''x", '"(a+)+$"', "\\u0000", "\ud800", "\0", "\ufeff"),
    ]
)


def test_any_query_is_answered_or_refused_by_an_error_of_ours() -> None:
    texts = st.lists(WORDS, max_size=25).map(" ".join) | st.text(st.characters(codec=None), max_size=60)
    formats = st.sampled_from(["csv", "json", "xml", "turtle"])
    with Sandbox([str(SMALL)]) as sandbox:

        @settings(FUZZED, max_examples=300)
        @given(texts | texts.map(lambda text: f"SELECT * {{ ?s ?p ?o . {text} }}"), formats)
        def holds(text: str, format_: str) -> None:
            assert refusal(lambda: sandbox.ask(text, format_, seconds=10)) != ""

        holds()
        assert sandbox.ask("ASK {}", "csv", seconds=60).content == b"true"
