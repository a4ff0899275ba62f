"""What surrounds the command line is broken: no home, no streams, a strange clock, a neighbour in the same folder.

Each ends well, or in one line and an exit code that is not 0; nothing is half written, nothing is written elsewhere.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from careergraph.importing.dataset.install import remove
from careergraph.importing.dataset.lock import LOCK
from careergraph.store.atomic_write import make_hidden_folder, write_folder, write_whole
from careergraph.store.datasets import CURRENT, find_snapshot
from careergraph.store.locations import HIDDEN, list_graph_files
from command_line import CAREERGRAPH
from onet_release import installed

SMALL = str(Path(__file__).parents[2] / "fixtures" / "server" / "small.ttl")


def ended(command: Sequence[str], where: Path, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """A process that has ended, in a folder; a variable that is None is not set."""
    settings = {name: value for name, value in {**os.environ, **environment}.items() if value is not None}
    return subprocess.run(
        command, cwd=where, env=settings, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def in_one_line(finished: subprocess.CompletedProcess[str]) -> str:
    assert finished.returncode == 2, finished
    (line,) = finished.stderr.splitlines()
    assert line.startswith("Error: ")
    return line


### Streams

#: How the standard streams are → what is asked, the exit code, and whether there is a result.
STREAMS = {
    "no input": ("<&-", ["show", "curator", "--dataset", SMALL], 0, True),
    "no input to read a query from": ("<&-", ["sparql", "-f", "-", "--dataset", SMALL], 2, False),
    "no input to answer with": ("<&-", ["datasets", "remove", "onet"], 2, False),
    "no messages": ("2>&-", ["show", "curator", "--dataset", SMALL], 0, True),
    "no messages while a worker answers": ("2>&-", ["sparql", "ASK {}", "--dataset", SMALL], 0, True),
    "no messages, and a wrong call": ("2>&-", ["fly"], 2, False),
    "no progress": ("2>&-", ["import", "onet", "missing"], 2, False),
    "a full disk for messages": ("2>/dev/full", ["fly"], 2, False),
    "a full disk for an error": ("2>/dev/full", ["show", "nobody", "--dataset", SMALL], 2, False),
    "no output": (">&-", ["show", "curator", "--dataset", SMALL], 2, False),
    "no output while a worker answers": (">&-", ["sparql", "ASK {}", "--dataset", SMALL], 2, False),
    "nothing at all": ("<&- >&- 2>&-", ["show", "curator", "--dataset", SMALL], 2, False),
    "nowhere": ("</dev/null >/dev/null 2>/dev/null", ["show", "curator", "--dataset", SMALL], 0, False),
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_that_is_closed_or_full_is_no_traceback_and_no_lie(name: str, tmp_path: Path) -> None:
    streams, arguments, code, has_result = STREAMS[name]
    finished = ended(["bash", "-c", f'"$@" {streams}', "bash", CAREERGRAPH, *arguments], tmp_path)
    assert (finished.returncode, bool(finished.stdout)) == (code, has_result), finished
    assert "Traceback" not in finished.stderr


def test_a_file_is_written_although_all_streams_are_closed(tmp_path: Path) -> None:
    arguments = [CAREERGRAPH, "export", "turtle", "-o", "all.ttl", "--dataset", SMALL]
    assert ended(["bash", "-c", '"$@" <&- >&- 2>&-', "bash", *arguments], tmp_path).returncode == 0
    plain = ended([CAREERGRAPH, "export", "turtle", "--dataset", SMALL], tmp_path)
    assert (tmp_path / "all.ttl").read_text(encoding="utf-8") == plain.stdout


@pytest.mark.parametrize("locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "C"}])
def test_a_locale_without_letters_is_no_obstacle(locale: dict[str, str], tmp_path: Path) -> None:
    finished = ended([CAREERGRAPH, "show", "AI ethicist"], tmp_path, PYTHONIOENCODING="ascii", **locale)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.isascii()


### Home


def somebody(*command: str) -> list[str]:
    """A command as a user who may write only where they are allowed to, and whom the system does not know by name."""
    stranger = ["unshare", "--user", "--map-user=12345", "--map-group=12345"]
    if shutil.which("unshare") is None or subprocess.run([*stranger, "true"], check=False).returncode:
        pytest.skip("this system lets nobody be somebody else")
    return [*stranger, *command]


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder that may be read but not written to."""
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


def test_a_user_without_a_home_is_answered_and_cannot_import(tmp_path: Path) -> None:
    nowhere: dict[str, str | None] = dict.fromkeys(("HOME", "CAREERGRAPH_DATA", "XDG_DATA_HOME"))
    assert ended(somebody(CAREERGRAPH, "stats"), tmp_path, **nowhere).returncode == 0
    assert ended(somebody(CAREERGRAPH, "datasets"), tmp_path, **nowhere).returncode == 0
    source = str(Path(__file__).parents[2] / "fixtures" / "onet" / "db_29_3_text")
    line = in_one_line(ended(somebody(CAREERGRAPH, "import", "onet", source), tmp_path, **nowhere))
    assert "set HOME or CAREERGRAPH_DATA, or name a folder with -o" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked", [["export", "all"], ["export", "csv", "-o", "x"], ["export", "turtle", "-o", "x"]])
def test_a_home_that_is_closed_to_writing_is_told(asked: list[str], closed: Path) -> None:
    finished = ended(somebody(CAREERGRAPH, *asked, "--dataset", SMALL), closed, HOME=str(closed), CAREERGRAPH_DATA=None)
    assert "Permission denied" in in_one_line(finished)
    assert list(closed.iterdir()) == []


def test_a_folder_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "data" / "sub").mkdir(parents=True)
    for place in ("data", "data/sub"):
        shutil.copy(SMALL, tmp_path / place)
    (tmp_path / "data" / "sub").chmod(0)
    line = in_one_line(ended(somebody(CAREERGRAPH, "stats", "--dataset", "data"), tmp_path))
    (tmp_path / "data" / "sub").chmod(0o755)
    assert line == "Error: Cannot read data/sub: Permission denied."


### Clocks


@pytest.mark.parametrize("year", ["1970", "2100"])
def test_a_clock_that_is_wrong_stops_nothing(year: str, tmp_path: Path) -> None:
    libraries = [*Path("/usr/lib").glob("*/faketime/libfaketime.so.1")]
    if not libraries:
        pytest.skip("there is no libfaketime")
    clock = {"LD_PRELOAD": str(libraries[0]), "FAKETIME": f"@{year}-01-02 00:00:00", "TZ": "UTC"}
    source = str(Path(__file__).parents[2] / "fixtures" / "onet" / "db_29_3_text")
    for arguments in (["import", "onet", source, "-o", "onet"], ["datasets", "show", "onet"]):
        finished = ended([CAREERGRAPH, *arguments], tmp_path, **clock)
        assert finished.returncode == 0, finished
        assert year in finished.stdout
    for arguments in (["export", "all", "--dataset", SMALL], ["sparql", "ASK {}", "--dataset", "onet"]):
        assert ended([CAREERGRAPH, *arguments], tmp_path, **clock).returncode == 0
    assert ended([CAREERGRAPH, "export", "all", "--dataset", SMALL, "-o", "now"], tmp_path).returncode == 0
    for path in (tmp_path / "now").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "exports" / path.relative_to(tmp_path / "now")).read_bytes()


### Ended in the middle, and two at once


def test_an_export_that_is_interrupted_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    (tmp_path / "x").write_text("before")
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "x", b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_text() == "before"


@pytest.mark.parametrize("moment", [0.2, 0.6, 1.0, 1.4])
def test_an_export_that_is_killed_leaves_each_file_whole(moment: float, tmp_path: Path) -> None:
    whole = {"nodes.csv": b"before", "edges.csv": b"before"}
    write_folder(tmp_path / "out", whole)
    running = subprocess.Popen(
        [CAREERGRAPH, "export", "csv", "-o", str(tmp_path / "out"), "--dataset", SMALL], stderr=subprocess.DEVNULL
    )
    time.sleep(moment)
    running.send_signal(signal.SIGKILL)
    running.wait()
    finished = ended([CAREERGRAPH, "export", "csv", "-o", "new", "--dataset", SMALL], tmp_path)
    assert finished.returncode == 0
    for path in (tmp_path / "new").iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() in (b"before", path.read_bytes())


def test_what_an_export_has_not_finished_is_no_data(tmp_path: Path) -> None:
    (tmp_path / f"{HIDDEN}x" / "whole").mkdir(parents=True)
    (tmp_path / f"{HIDDEN}x" / "whole" / "half.ttl").write_text("<urn:")
    shutil.copy(SMALL, tmp_path)
    assert list_graph_files(str(tmp_path)) == (str(tmp_path / "small.ttl"),)


def test_two_exports_may_fill_a_new_folder_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a": b"a" * 1_000, "b/c": b"c" * 1_000}
    exists, both = Path.exists, threading.Barrier(2)

    def looked(path: Path) -> bool:
        found = exists(path)
        if path == tmp_path / "new" and threading.current_thread() is not threading.main_thread():
            both.wait(timeout=20)  # neither goes on before both have seen that there is nothing
        return found

    monkeypatch.setattr(Path, "exists", looked)
    faults: list[BaseException] = []

    def write() -> None:
        try:
            write_folder(tmp_path / "new", files)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    monkeypatch.undo()
    assert faults == []
    assert {str(path.relative_to(tmp_path / "new")) for path in (tmp_path / "new").rglob("*") if path.is_file()} == {
        *files
    }


def test_an_import_that_begins_while_a_data_set_is_removed_is_not_removed_with_it(
    small_onet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = Path(shutil.copytree(small_onet, tmp_path / "onet"))
    unlink = Path.unlink

    def watched(path: Path, missing_ok: bool = False) -> None:
        unlink(path, missing_ok=missing_ok)
        if path.name == LOCK:
            (dataset / ".making-another").mkdir()

    monkeypatch.setattr(Path, "unlink", watched)
    remove(str(dataset))
    assert [path.name for path in dataset.iterdir()] == [".making-another"]


@pytest.mark.parametrize("layout", ["v0-20200101T000000", "v99-20990101T000000"])
def test_a_data_set_of_another_version_older_or_newer_can_be_made_anew(layout: str, tmp_path: Path) -> None:
    dataset = installed(tmp_path / "data" / "datasets" / "onet")
    Path(find_snapshot(str(dataset))).rename(dataset / "snapshots" / layout)
    (dataset / CURRENT).write_text(f"{layout}\n")
    finished = ended([CAREERGRAPH, "stats"], tmp_path, CAREERGRAPH_DATA=str(tmp_path / "data"))
    assert "made by another version; import it again: careergraph import SOURCE PATH" in in_one_line(finished)
    installed(dataset)
    assert Path(find_snapshot(str(dataset))).is_dir()


### Left over


def killed(moment: float, *arguments: str, where: Path, **environment: str) -> None:
    """End a command in the middle, or let it come to its end if it does so sooner."""
    running = subprocess.Popen(
        [CAREERGRAPH, *arguments],
        cwd=where,
        env={**os.environ, **environment},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        running.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


@pytest.mark.parametrize("moment", [0.5, 1.0, 2.0, 3.0])
def test_after_an_export_of_all_that_is_killed_the_next_one_is_whole_and_alone(moment: float, tmp_path: Path) -> None:
    killed(moment, "export", "all", "--dataset", SMALL, where=tmp_path)
    early = {path.relative_to(tmp_path): path.read_bytes() for path in (tmp_path / "exports").rglob("*.*")}
    finished = ended([CAREERGRAPH, "export", "all", "--dataset", SMALL], tmp_path)
    assert finished.returncode == 0, finished
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]
    assert not [*tmp_path.rglob(f"{HIDDEN}*")]
    assert all((tmp_path / name).read_bytes() == content for name, content in early.items())


#: What is killed while it writes: nothing but the first half is there.
WRITING = """
import os
import signal
import sys
from pathlib import Path
from careergraph.store.atomic_write import write_folder, write_whole

def half(path, content):
    with path.open("wb") as stream:
        stream.write(content[: len(content) // 2])
    os.kill(os.getpid(), signal.SIGKILL)

Path.write_bytes = half
where = Path(sys.argv[1])
write_folder(where, {"a": b"after"}) if sys.argv[2] == "folder" else write_whole(where, b"after")
"""


@pytest.mark.parametrize("kind", ["a new folder", "a folder", "a file"])
def test_half_a_file_stays_aside_and_goes_with_the_next_export(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "x"
    if kind == "a folder":
        write_folder(target, {"a": b"before"})
    elif kind == "a file":
        write_whole(target, b"before")
    ended([sys.executable, "-c", WRITING, str(target), kind.rpartition(" ")[2]], tmp_path)
    (left,) = tmp_path.rglob(f"{HIDDEN}*")
    assert {path.read_bytes() for path in left.rglob("*") if path.is_file()} == {b"af"}
    assert {path.read_bytes() for path in (target, target / "a") if path.is_file()} <= {b"before"}
    if kind == "a file":
        write_whole(target, b"after")
    else:
        write_folder(target, {"a": b"after"})
    assert not left.exists()


def test_what_another_process_writes_and_what_is_not_ours_is_not_swept(tmp_path: Path) -> None:
    foreign = tmp_path / f"{HIDDEN}12345678"
    foreign.mkdir()
    (foreign / "notes").write_text("mine")
    with make_hidden_folder(tmp_path) as made:
        made.write_bytes(b"half")
        assert ended([CAREERGRAPH, "export", "csv", "-o", "x", "--dataset", SMALL], tmp_path).returncode == 0
        assert made.read_bytes() == b"half"
    assert sorted(path.name for path in tmp_path.iterdir()) == [foreign.name, "x"]
    assert (foreign / "notes").read_text() == "mine"


#: Is killed after some files of the snapshot are gone.
REMOVING = """
import os, signal, sys
from careergraph.importing.dataset.install import remove

unlink, left = os.unlink, int(sys.argv[2])

def some(path, **options):
    global left
    if "dir_fd" in options:
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
    unlink(path, **options)

os.unlink = some
remove(sys.argv[1])
"""


@pytest.mark.parametrize("after", ["import", "remove"])
@pytest.mark.parametrize("files", [0, 1, 3])
def test_what_a_removal_leaves_that_is_killed_goes_with_the_next_import_or_removal(
    files: int, after: str, small_onet: Path, tmp_path: Path
) -> None:
    data = {"CAREERGRAPH_DATA": str(tmp_path / "data")}
    dataset = Path(shutil.copytree(small_onet, tmp_path / "data" / "datasets" / "onet"))
    ended([sys.executable, "-c", REMOVING, str(dataset), str(files)], tmp_path)
    assert not (dataset / CURRENT).exists()
    (left,) = (dataset / "snapshots").iterdir()
    assert "onet" not in ended([CAREERGRAPH, "datasets"], tmp_path, **data).stdout
    if after == "import":
        source = str(Path(__file__).parents[2] / "fixtures" / "onet" / "db_29_3_text")
        assert ended([CAREERGRAPH, "import", "onet", source], tmp_path, **data).returncode == 0
        assert Path(find_snapshot(str(dataset))).is_dir()
        assert not left.exists()
    else:
        assert ended([CAREERGRAPH, "datasets", "remove", "onet", "--yes"], tmp_path, **data).returncode == 0
        assert not dataset.exists()


def test_a_folder_that_only_looks_like_what_is_left_of_a_data_set_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "mine" / "snapshots" / "holiday").mkdir(parents=True)
    (tmp_path / "mine" / "lock").touch()
    line = in_one_line(ended([CAREERGRAPH, "datasets", "remove", "mine", "--yes"], tmp_path))
    assert "mine" in line
    assert (tmp_path / "mine" / "snapshots" / "holiday").is_dir()


### A full disk


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own that has little room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("asked", [["all"], ["all", "-o", "."], ["html", "-o", "exports/graph.html"]])
def test_a_disk_that_is_full_is_told_and_what_was_there_is_still_there(asked: list[str], full: Path) -> None:
    write_folder(full / "exports", {"graph.html": b"before"})
    line = in_one_line(ended([CAREERGRAPH, "export", *asked, "--dataset", SMALL], full))
    assert "Cannot write " in line
    assert "No space left on device" in line
    assert [str(path.relative_to(full)) for path in full.rglob("*")] == ["exports", "exports/graph.html"]
    assert (full / "exports" / "graph.html").read_bytes() == b"before"
