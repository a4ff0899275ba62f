"""The bundled data is compiled, and only what belongs to the files as they are is read."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from careergraph.model.text import normalise, to_singular
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store import compiled
from careergraph.store.compiled import NAME, CompiledStatements, compile_statements, hash_files, read_bundled
from careergraph.store.locations import list_dataset_files
from careergraph.store.memory_index import POINTERS, ComputedIndex, Statements
from turned_bits import turned

SAID: Statements = {"urn:a": {"urn:b": ["c"]}}
OLD: Statements = {"urn:old": {"urn:b": ["c"]}}
OF_OTHER_FILES = compile_statements(OLD, ("0" * 64, "other.ttl 1\n"))


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The wheel's place and the checkout's, both of them empty."""
    found = tmp_path / "data" / NAME, tmp_path / "__pycache__" / NAME
    monkeypatch.setattr(compiled, "list_compiled_places", lambda: tuple(map(str, found)))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return found


def read(parse: Callable[[], Statements]) -> Statements:
    return read_bundled(vars(compiled)["list_dataset_files"](), parse)


def must_not_parse() -> Statements:
    raise AssertionError


def test_it_is_made_on_first_use_and_read_from_then_on(places: tuple[Path, Path]) -> None:
    assert read(lambda: SAID) == SAID
    assert [path.name for path in places[1].parent.iterdir()] == [NAME]
    assert read(must_not_parse) == SAID


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("content", [OF_OTHER_FILES, b"", b"{", b"digest listing\n{", b"digest listing\n"])
def test_what_is_of_other_files_or_damaged_is_not_read(places: tuple[Path, Path], place: int, content: bytes) -> None:
    places[place].parent.mkdir()
    places[place].write_bytes(
        content.replace(b"digest listing", compile_statements(OLD, hash_files()).partition(b"\n")[0])
    )
    assert read(lambda: SAID) == SAID


def test_what_the_wheel_carries_is_read_without_writing(places: tuple[Path, Path]) -> None:
    places[0].parent.mkdir()
    places[0].write_bytes(compile_statements(SAID, hash_files()))
    assert read(must_not_parse) == SAID
    assert not places[1].exists()


def test_nothing_is_written_where_python_writes_nothing(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert read(lambda: SAID) == SAID
    assert not places[1].exists()


def test_a_folder_that_cannot_be_made_is_no_fault(places: tuple[Path, Path]) -> None:
    places[1].parent.write_bytes(b"a file, and no folder")
    assert read(lambda: SAID) == SAID


def test_what_was_written_after_the_files_is_not_compared_with_what_they_say(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(lambda: SAID) == SAID
    monkeypatch.setattr(compiled, "hash_bundled", must_not_parse)
    assert read(must_not_parse) == SAID


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two files in the place of the bundled ones."""
    found = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    for path in found:
        path.write_text("<urn:a> <urn:b> <urn:c> .")
    paths = list(map(str, found))
    monkeypatch.setattr(compiled, "list_dataset_files", lambda: tuple(paths))
    monkeypatch.setattr(compiled, "find_data_folder", lambda name: str(tmp_path))
    monkeypatch.setattr(compiled, "hash_bundled", lambda: "".join(Path(p).read_text() for p in paths).encode().hex())
    return paths


def test_a_file_that_says_something_else_in_as_many_signs_is_noticed(
    places: tuple[Path, Path], files: list[str]
) -> None:
    assert read(lambda: OLD) == OLD
    said = Path(files[0]).stat()
    Path(files[0]).write_text("<urn:a> <urn:b> <urn:d> .")
    os.utime(files[0], ns=(said.st_atime_ns, said.st_mtime_ns))  # as an archive that keeps times leaves it
    assert read(lambda: SAID) == SAID


def test_a_file_that_was_touched_and_says_the_same_is_read_once_more(
    places: tuple[Path, Path], files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(lambda: SAID) == SAID
    Path(files[0]).touch()
    assert read(must_not_parse) == SAID
    monkeypatch.setattr(compiled, "hash_bundled", must_not_parse)
    assert read(must_not_parse) == SAID


def test_what_changes_while_it_is_read_is_not_kept(places: tuple[Path, Path], files: list[str]) -> None:
    def parse() -> Statements:
        Path(files[0]).write_text("<urn:a> <urn:b> <urn:d> .")
        return OLD

    assert read(parse) == OLD
    assert read(lambda: SAID) == SAID


def test_a_file_more_or_less_is_noticed(places: tuple[Path, Path], files: list[str]) -> None:
    assert read(lambda: OLD) == OLD
    files.pop()
    assert read(lambda: SAID) == SAID


def test_a_full_disk_leaves_nothing_behind(places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert read(lambda: SAID) == SAID
    assert list(places[1].parent.iterdir()) == []


NURSE, NURSING = "urn:role/nurse", "urn:skill/nursing"
LITTLE: Statements = {
    "urn:claim/1": {RDF.type: [CG.Requirement], CG.anyOf: [NURSING, "urn:elsewhere"]},
    NURSE: {RDF.type: [CG.Role], SKOS.prefLabel: ["Nurse", "Krankenpfleger"], SKOS.altLabel: ["Registered-Nurse (RN)"]},
    NURSING: {RDF.type: [CG.Skill], SKOS.prefLabel: ["nursing"], SKOS.definition: ["Care, all day\tand night."]},
    "urn:skill/rn": {RDF.type: [CG.Skill], SKOS.altLabel: ["registered nurse (rn)", "Nurs\u03b5"]},
}


@pytest.fixture
def little(places: tuple[Path, Path]) -> CompiledStatements:
    """Statements about a few nodes, compiled and read."""
    places[0].parent.mkdir()
    places[0].write_bytes(compile_statements(LITTLE, hash_files()))
    found = read(must_not_parse)
    assert isinstance(found, CompiledStatements)
    return found


def test_statements_are_those_that_were_compiled(little: CompiledStatements) -> None:
    assert dict(little.items()) == LITTLE
    assert list(little) == sorted(LITTLE)
    assert len(little) == len(LITTLE)
    assert little.get("urn:elsewhere") is None
    assert NURSE in little
    assert "urn:elsewhere" not in little
    with pytest.raises(KeyError):
        little["urn:elsewhere"]


def test_it_is_looked_up_as_what_is_worked_out(little: CompiledStatements) -> None:
    computed = ComputedIndex(LITTLE)
    assert little.kinds == computed.kinds == {"requirement": ["urn:claim/1"], "role": [NURSE], "skill": [*LITTLE][2:]}
    for fits in (bool, re.compile("nurs").search, re.compile("elsewhere").search):
        assert list(little.texts_where(fits)) == list(computed.texts_where(fits))
    assert [little.seek(iri) for iri in sorted(LITTLE)] == sorted(LITTLE)
    assert (little.seek(""), little.seek("~")) == (min(LITTLE), None)
    for predicate in POINTERS:
        for value in (*LITTLE, "urn:elsewhere", "urn:nowhere"):
            assert little.pointing(predicate, value) == computed.pointing(predicate, value)
        assert little.having(predicate) == computed.having(predicate)
    assert little.pointing(CG.anyOf, "urn:elsewhere") == ["urn:claim/1"]


@pytest.mark.parametrize("typed", ["nurse", "registered nurse (rn)", "nurs\u03b5", "nurs", "", "z", "nurse\ud800"])
def test_names_are_found_as_those_that_are_worked_out(little: CompiledStatements, typed: str) -> None:
    computed = ComputedIndex(LITTLE)
    assert little.by_name(normalise(typed)) == list(computed.by_name(normalise(typed)))
    assert sorted(little.by_beginning(typed)) == sorted(computed.by_beginning(typed))


@pytest.mark.parametrize("typed", ["nurse", "nurses", "nurs", "registered nurse (rn)", "", "z", "nurse\ud800"])
def test_plurals_are_found_as_those_that_are_worked_out(little: CompiledStatements, typed: str) -> None:
    computed, singular = ComputedIndex(LITTLE), to_singular(normalise(typed))
    assert sorted(little.in_the_singular(singular)) == sorted(computed.in_the_singular(singular))
    assert [*little.in_the_singular("nurse")] == [("role", NURSE)]


@pytest.mark.parametrize("kinds", [(), ("skill",), ("skill", "role")])
@pytest.mark.parametrize("typed", ["nusre", "nurse", "rn", "n", "gister", "", "z"])
def test_names_that_look_alike_are_those_that_are_worked_out(
    little: CompiledStatements, typed: str, kinds: tuple[str, ...]
) -> None:
    computed = ComputedIndex(LITTLE)
    for most in (1, 200):
        assert little.alike(typed, kinds, most) == computed.alike(typed, kinds, most)
    assert next(iter(little.alike("nursig", ("skill",)))) == ("nursing", NURSING)


def test_kinds_come_in_their_order_where_a_name_is_shared(little: CompiledStatements) -> None:
    assert little.by_name("registered nurse (rn)") == [("role", NURSE), ("skill", "urn:skill/rn")]


def test_equal_statements_are_compiled_to_the_same_bytes() -> None:
    def anew(text: str) -> str:
        return text.encode().decode()  # equal, and another object

    again = {
        anew(node): {anew(predicate): [anew(value) for value in values] for predicate, values in said.items()}
        for node, said in reversed([*LITTLE.items()])
    }
    assert compile_statements(again, hash_files()) == compile_statements(LITTLE, hash_files())


def test_what_was_cut_off_is_not_read(places: tuple[Path, Path]) -> None:
    places[0].parent.mkdir()
    places[0].write_bytes(compile_statements(LITTLE, hash_files())[:-1])
    assert read(lambda: SAID) == SAID


@pytest.mark.parametrize("tenth", range(1, 10))
def test_where_a_bit_has_turned_it_is_parsed_anew(places: tuple[Path, Path], tenth: int) -> None:
    read(lambda: LITTLE)
    parse = Mock(return_value=LITTLE)
    with turned(places[1], places[1].stat().st_size * tenth // 10):
        assert read(parse) == LITTLE
        parse.assert_called_once()
        assert read(must_not_parse) == LITTLE


def test_other_files_are_parsed(tmp_path: Path) -> None:
    assert read_bundled([str(tmp_path / "own.ttl")], lambda: SAID) is SAID
    assert read_bundled(list_dataset_files()[:1], lambda: SAID) is SAID
    assert read_bundled([], lambda: SAID) is SAID
