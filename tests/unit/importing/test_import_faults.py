"""What is wrong with a download is said with its file and line, and nothing of it is stored."""

from __future__ import annotations

import os
import re
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from careergraph import importing
from careergraph.importing import IMPORTERS, archives, open_source
from careergraph.importing.onet.files import COLUMNS, OPTIONAL
from careergraph.model.errors import UnusableDataset, UnusableSource
from careergraph.store.datasets import CURRENT, FORMAT, MANIFEST, seal
from careergraph.store.locations import list_files
from command_line import careergraph, complaint
from onet_release import RELEASE, alter, ignore_progress, nodes, zip_release


def _copy(folder: Path) -> Path:
    return Path(shutil.copytree(RELEASE, folder / RELEASE.name))


Change = Callable[[bytes], bytes]


def line(number: int, change: Change) -> Change:
    """Change one line, counted from 1."""

    def changed(content: bytes) -> bytes:
        lines = content.split(b"\r\n")
        lines[number - 1] = change(lines[number - 1])
        return b"\r\n".join(lines)

    return changed


def field(number: int, place: int, value: bytes) -> Change:
    """Put another value into one field of a line, both counted from 1."""

    def changed(row: bytes) -> bytes:
        fields = row.split(b"\t")
        fields[place - 1] = value
        return b"\t".join(fields)

    return line(number, changed)


def twice(number: int) -> Change:
    """Repeat a line at the end of the file."""
    return lambda content: content + content.split(b"\r\n")[number - 1] + b"\r\n"


#: What is wrong → file, how it comes about, the line (None: of no line), and what the error says.
FAULTS: dict[str, tuple[str, Change, int | None, str]] = {
    "column missing": (
        "Skills",
        line(1, lambda row: row.replace(b"Data Value", b"Value")),
        1,
        "no column 'Data Value'",
    ),
    "column twice": ("Skills", line(1, lambda row: row.replace(b"Standard Error", b"Date")), 1, "or there are two"),
    "empty file": ("Skills", lambda _: b"", 1, "the file is empty"),
    "latin-1": (
        "Alternate Titles",
        line(3, lambda row: row.replace(b"\t", b"\t\xe9", 1)),
        3,
        "not in UTF-8: byte 0xe9",
    ),
    "control character": ("Task Statements", field(4, 3, b"Turn \xe2\x80\xae round"), 4, "control character U+202E"),
    "null byte": ("Task Statements", field(4, 3, b"Turn \x00 round"), 4, "control character U+0000"),
    "row too short": ("Knowledge", line(5, lambda row: row.rpartition(b"\t")[0]), 5, "has 12 fields where 13 belong"),
    "row too long": ("Knowledge", line(6, lambda row: row + b"\tmore"), 6, "has 14 fields where 13 belong"),
    "empty line": ("Knowledge", line(6, lambda _: b""), 6, "has 1 fields where 13 belong"),
    "file cut off": ("Technology Skills", lambda content: content[:-20], 91, "fields where 6 belong"),
    "above its scale": (
        "Skills",
        field(2, 5, b"5.01"),
        2,
        "the value 5.01 is out of the scale IM, which goes from 1 to 5",
    ),
    "below its scale": ("Skills", field(3, 5, b"-0.1"), 3, "out of the scale LV"),
    "not finite": ("Skills", field(3, 5, b"NaN"), 3, "the value 'NaN' is not a number"),
    "no number": ("Interests", field(2, 5, b"four"), 2, "the value 'four' is not a number"),
    "share above 100": ("Education, Training, and Experience", field(2, 6, b"100.5"), 2, "out of the scale RL"),
    "occupation unknown": ("Skills", field(2, 1, b"99-9999.00"), 2, "no occupation '99-9999.00' in the reference"),
    "element unknown": ("Skills", field(2, 2, b"2.Z"), 2, "no element '2.Z'"),
    "scale unknown": ("Skills", field(2, 4, b"ZZ"), 2, "no scale 'ZZ'"),
    "scale upside down": ("Scales Reference", field(2, 3, b"9"), 2, "a scale cannot go from '9' to '5'"),
    "title of nobody": ("Alternate Titles", field(2, 1, b"99-9999.00"), 2, "no occupation"),
    "reported title of nobody": ("Sample of Reported Titles", field(2, 1, b"99-9999.00"), 2, "no occupation"),
    "commodity unknown": ("Technology Skills", field(2, 3, b"1"), 2, "no commodity '1'"),
    "activity unknown": ("Tasks to DWAs", field(2, 3, b"4.A"), 2, "no activity '4.A'"),
    "task unknown": ("Tasks to DWAs", field(2, 2, b"1"), 2, "no task '1'"),
    "task of another": ("Tasks to DWAs", field(2, 1, b"29-1141.00"), 2, "of '29-1141.00'"),
    "task no number": ("Task Statements", field(2, 2, b"first"), 2, "'first' is not a number of a task"),
    "task twice": ("Task Statements", twice(2), 52, "there a second time"),
    "zone unknown": ("Job Zones", field(2, 2, b"9"), 2, "no job zone '9'"),
    "zone twice": ("Job Zones", twice(2), 12, "there a second time"),
    "category unknown": ("Education, Training, and Experience", field(2, 5, b"13"), 2, "no category '13'"),
    "related to nobody": ("Related Occupations", field(2, 2, b"99-9999.00"), 2, "no occupation"),
    "related to itself": ("Related Occupations", field(2, 2, b"11-3021.00"), 2, "are one"),
    "tier unknown": ("Related Occupations", field(2, 3, b"Tertiary"), 2, "no tier 'Tertiary'"),
    "place no number": ("Related Occupations", field(2, 4, b"first"), 2, "the index is not a number"),
    "rating twice": ("Skills", twice(2), 194, "a second time on the scale IM"),
    "mark unknown": ("Skills", field(3, 10, b"maybe"), 3, "the mark 'maybe' is none of"),
    "flag unknown": ("Technology Skills", field(2, 5, b"1"), 2, "the mark '1' is none of"),
    "date": ("Knowledge", field(2, 12, b"13/2023"), 2, "the date '13/2023' is not of the form"),
    "occupation twice": ("Occupation Data", twice(2), 12, "there a second time"),
    "code with a slash": ("Occupation Data", field(2, 1, b"../../x"), 2, "is not a code"),
    "code that ends an IRI": ("Content Model Reference", field(2, 1, b"1> ."), 2, "is not a code"),
    "nameless": ("Occupation Data", field(2, 2, b"n/a"), 2, "has no name"),
    "name empty": ("Occupation Data", field(2, 2, b" "), 2, "has no name"),
    "activity twice": ("DWA Reference", twice(2), 59, "there a second time"),
    "no rows": ("Skills", lambda content: content.partition(b"\n")[0] + b"\n", 1, "there are no rows"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_and_line(fault: str, tmp_path: Path) -> None:
    name, change, number, said = FAULTS[fault]
    with pytest.raises(UnusableSource) as raised:
        list(nodes(alter(tmp_path, name, change)))
    assert raised.value.path == f"{RELEASE.name}/{name}.txt"
    assert raised.value.line == number
    assert said in raised.value.reason
    assert str(raised.value).endswith("Nothing was stored.")


@pytest.mark.parametrize("name", [name for name in COLUMNS if name not in OPTIONAL])
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    (copy / f"{name}.txt").unlink()
    with pytest.raises(UnusableSource, match=re.escape(f"has no file called '{name}.txt'")):
        open_source("onet", str(copy))


def test_what_not_every_release_has_may_be_missing(tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    for name in OPTIONAL:
        (copy / f"{name}.txt").unlink()
    fewer, all_ = list(nodes(copy)), list(nodes())
    assert 0 < len(fewer) < len(all_)


def test_columns_may_stand_in_another_order_and_there_may_be_more(tmp_path: Path) -> None:
    def turned(content: bytes) -> bytes:
        return b"\r\n".join(b"\t".join([b"?", *row.split(b"\t")[::-1]]) for row in content.split(b"\r\n") if row)

    assert list(nodes(alter(tmp_path, "Skills", turned))) == list(nodes())


def test_lines_may_end_as_on_unix_and_a_byte_order_mark_may_stand_first(tmp_path: Path) -> None:
    copy = alter(tmp_path, "Skills", lambda content: b"\xef\xbb\xbf" + content.replace(b"\r\n", b"\n"))
    assert list(nodes(copy)) == list(nodes())


def test_the_release_has_to_be_known(tmp_path: Path) -> None:
    unnamed = _copy(tmp_path).rename(tmp_path / "download")
    with pytest.raises(UnusableSource, match="name it, as in --release"):
        open_source("onet", str(unnamed))
    assert open_source("onet", str(unnamed), "30.1").release == "30.1"
    assert open_source("onet", str(zip_release(tmp_path / "x.zip"))).release == "29.3"


@pytest.mark.parametrize("release", ["", "29.3 x", "29.3> .", "..", "../..", "a/b", ".3", "x" * 65])
def test_what_cannot_be_a_part_of_an_iri_is_no_release(release: str) -> None:
    with pytest.raises(UnusableSource, match="names no release"):
        open_source("onet", str(RELEASE), release)


def test_the_command_line_says_so_in_one_line_and_stores_nothing(tmp_path: Path) -> None:
    copy = alter(tmp_path, "Skills", field(2, 5, b"9"))
    finished = careergraph("import", "onet", str(copy), "--output", str(tmp_path / "out"))
    assert finished.returncode == 2
    last = finished.stderr.strip().splitlines()[-1]
    assert last.startswith("Error: Cannot import db_29_3_text/Skills.txt:2: the value 9 is out of the scale IM")
    assert "Traceback" not in finished.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_source_is_answered_with_those_known() -> None:
    assert ", ".join(f"'{name}'" for name in IMPORTERS) in complaint(careergraph("import", "esko", "x"), 2)


### Archives and folders that are made to do harm


def refused(path: Path) -> str:
    with pytest.raises(UnusableSource) as raised:
        list(open_source("onet", str(path)).nodes(ignore_progress))
    return str(raised.value)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "a/../../evil.txt",
        "/etc/evil.txt",
        "..\\evil.txt",
        "C:\\evil.txt",
        "\\\\host\\evil.txt",
        "c:evil.txt",
    ],
)
def test_a_member_whose_path_leaves_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip")
    with zipfile.ZipFile(path, "a") as archive:
        member = zipfile.ZipInfo("x")
        member.filename = name
        archive.writestr(member, b"")
    assert "its path leaves the folder" in refused(path)
    assert not (tmp_path / "evil.txt").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_a_member_that_is_no_file_is_refused(kind: int, tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip")
    with zipfile.ZipFile(path, "a") as archive:
        member = zipfile.ZipInfo("db_29_3_text/Notes.txt")
        member.external_attr = (kind | 0o644) << 16
        archive.writestr(member, "/etc/passwd")
    assert "it is a link or a device" in refused(path)


def test_a_member_that_grows_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip", {"db_29_3_text/Bomb.txt": b"0" * 20_000_000})
    assert "as zip bombs do" in refused(path)


def test_a_member_that_is_too_large_is_refused_by_what_it_says_of_itself(tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip")
    _overstate(path, 3_000_000_000)
    assert "bytes" in refused(path)


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_BYTES_IN_ALL"])
def test_too_much_in_all_is_refused(limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip")
    monkeypatch.setattr(archives, limit, 10)
    assert "more than 10 " in refused(path)


def test_a_file_of_a_folder_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    assert "it is larger than 100 bytes" in refused(RELEASE)


def test_a_member_that_understates_its_size_is_refused(tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip")
    _overstate(path, 10)
    assert "Cannot import" in refused(path)


def _overstate(path: Path, size: int) -> None:
    # Write another size into the central directory, for the first member.
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 24 : place + 28] = size.to_bytes(4, "little")
    path.write_bytes(content)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "it is encrypted" in refused(path)


def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("db_29_3_text/Skills.txt", "")
    assert "in the archive twice" in refused(path)


def test_a_file_in_two_folders_is_refused(tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip", {"other/Skills.txt": b""})
    assert "it has 2 files called 'Skills.txt'" in refused(path)


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    path = zip_release(tmp_path / "db_29_3_text.zip")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert "neither a folder nor a whole zip archive" in refused(path)
    middle = content.index(b"Skills.txt") + 2_000
    path.write_bytes(content[:middle] + bytes(200) + content[middle + 200 :])
    assert "Cannot import db_29_3_text/" in refused(path)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "db_29_3_text.zip").write_text("not a zip")
    assert "neither a folder nor a whole zip archive" in refused(tmp_path / "db_29_3_text.zip")
    assert "there is no such file or folder" in refused(tmp_path / "missing.zip")
    assert "neither a folder nor a whole zip archive" in refused(Path("null\0byte"))


def test_a_folder_of_something_else_is_told_by_the_file_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "occupations_en.csv").write_text("conceptUri,preferredLabel")
    assert "it has no file called 'Occupation Data.txt'; releases up to 30.2" in refused(tmp_path)


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    secret = (copy / "Skills.txt").rename(tmp_path / "elsewhere.txt")
    (copy / "Skills.txt").symlink_to(secret)
    assert "it is a link that leaves the folder" in refused(copy)
    (copy / "Skills.txt").unlink()
    secret.rename(copy / "Other.txt")
    (copy / "Skills.txt").symlink_to("Other.txt")
    assert list(nodes(copy))


def test_a_pipe_in_a_folder_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    (copy / "Skills.txt").unlink()
    os.mkfifo(copy / "Skills.txt")
    assert "not a regular file" in refused(copy)


def test_a_folder_around_the_release_will_do(tmp_path: Path) -> None:
    _copy(tmp_path)
    assert list(nodes(tmp_path)) == list(nodes())


def test_a_folder_with_something_else_in_it_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    finished = careergraph("import", "onet", str(RELEASE), "--output", str(tmp_path))
    assert finished.returncode == 2
    assert "something else in it" in finished.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_with_the_archive_in_it_is_told_of_that(tmp_path: Path) -> None:
    zip_release(tmp_path / "db_29_3_text.zip")
    with pytest.raises(
        UnusableSource, match=r"no file called 'Occupation Data.txt'.*; import 'db_29_3_text.zip' in it"
    ):
        open_source("onet", str(tmp_path))


### Names


def _imported(folder: Path, **said: object) -> None:
    """An imported data set of which there is a manifest alone."""
    about = {"title": "Handbook", "release": "1", "source": None, "licence": None, "attribution": "", "imported": ""}
    counts = {"careergraph": "", "bundled": "", "format": FORMAT, "statements": 0, "nodes": {}, "files": {}}
    name = str(said["name"])
    graphs = [f"https://w3id.org/careergraph/graph/{name}/h"]
    (folder / "snapshots" / f"v{FORMAT}-1").mkdir(parents=True)
    (folder / CURRENT).write_text(f"v{FORMAT}-1\n", encoding="utf-8")
    manifest = seal({**about, **counts, "graphs": graphs, **said})
    (folder / "snapshots" / f"v{FORMAT}-1" / MANIFEST).write_text(manifest, encoding="utf-8")


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        ({"title": "Handbook", "origin": "elsewhere"}, True),
        ({"title": "Another handbook"}, True),
        ({"title": "Another handbook", "origin": "here"}, False),
        ({"title": "Handbook"}, False),
    ],
    ids=["another folder", "another title, by an older version", "the same folder", "an older version"],
)
@pytest.mark.parametrize("named", [True, False], ids=["named by the user", "named after its folder"])
def test_a_folder_of_the_same_name_elsewhere_replaces_nothing(
    there: dict[str, str], taken: bool, named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = str(tmp_path / "council"), str(tmp_path / "data" / "council")
    _imported(Path(folder), name="council", **there)
    monkeypatch.setattr(importing, "hash_origin", lambda _: "here")
    opened = SimpleNamespace(name="council", title="Handbook", files={"roles.csv": 1})
    if taken:
        with pytest.raises(UnusableDataset, match="choose another --name, or put this one in its place with --replace"):
            importing.check_not_anothers("csv", opened, path, folder, named=named)
    else:
        importing.check_not_anothers("csv", opened, path, folder, named=named)


def test_tables_of_the_same_year_do_not_replace_each_other(tmp_path: Path) -> None:
    folder = str(tmp_path / "data" / "oews")
    _imported(Path(folder), name="oews", files={"oews_2025_national.csv": 800})
    states = SimpleNamespace(name="oews", title="Estimates", files={"oews_2025_states.csv": 40_000})
    with pytest.raises(UnusableDataset, match="taken by 'Handbook'"):
        importing.check_not_anothers("oews", states, "oews_2025_states.csv", folder)
    again = SimpleNamespace(name="oews", files={"oews_2025_national.csv": 801})
    importing.check_not_anothers("oews", again, "x", folder)


def test_two_data_sets_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    for place, origin in (("a", "1"), ("b", "2"), ("copy", "1")):
        _imported(tmp_path / place / "council", name="council", origin=origin)
    first, second, copy = (str(tmp_path / place / "council") for place in ("a", "b", "copy"))
    assert list_files([first, copy]) == (first, copy)
    with pytest.raises(UnusableDataset, match="are both called 'council', and so are their things; import one"):
        list_files([first, second])
