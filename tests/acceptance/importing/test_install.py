"""Imports that are killed, interrupted, out of room or beside others: a data set is whole at any moment."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.dataset import build
from careergraph.importing.dataset.lock import lock
from careergraph.model.errors import UnwritableFile
from careergraph.store.datasets import CURRENT, find_snapshot, is_imported, read_manifest
from light_import import LIGHT, LIGHTER
from onet_release import ONET, RELEASE, installed

TESTS = Path(__file__).parents[2] / "support"
#: An import in a process of its own, which does something at one moment of it.
DRIVER = """
import os, pathlib, resource, signal, sys
sys.dont_write_bytecode = True  # a limit on files would leave halves of them
sys.path.insert(0, {tests!r})
from careergraph.model.errors import CareergraphError
from careergraph.importing.dataset import build, install, lock
from light_import import lighten
from onet_release import RELEASE, open_source

lighten()

def strike():
    os.kill(os.getpid(), signal.{signal})

def before(module, name):
    function = getattr(module, name)
    def struck(*arguments, **named):
        strike()
        return function(*arguments, **named)
    setattr(module, name, struck)

def after(module, name):
    function = getattr(module, name)
    def struck(*arguments, **named):
        result = function(*arguments, **named)
        strike()
        return result
    setattr(module, name, struck)

def progress(stage, done, total):
    if stage == {stage!r}:
        strike()

{moment}
try:
    install.install(open_source("onet", str(RELEASE), "30.0"), {folder!r}, progress=progress)
except KeyboardInterrupt:
    sys.exit(130)
except CareergraphError as error:
    sys.exit(str(error))
"""
#: Moment → the stage of progress in which it is, what else leads to it, and the release that is there afterwards.
MOMENTS = {
    "lock taken": ("", "before(install, '_sweep')", "29.3"),
    "reading": ("Reading the source", "", "29.3"),
    "deriving": ("Deriving transitions", "", "29.3"),
    "storing": ("Storing", "", "29.3"),
    "written through": ("", "after(install, '_write_through')", "29.3"),
    "renamed": ("", "after(pathlib.Path, 'rename')", "29.3"),
    "about to be live": ("", "before(pathlib.Path, 'replace')", "29.3"),
    "live": ("", "after(pathlib.Path, 'replace')", "30.0"),
}


@pytest.fixture(scope="module", autouse=True)
def light() -> Iterator[None]:
    """What is derived and what is bundled does not matter here, and would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        for name, function in LIGHTER.items():
            patch.setattr(build, name, function)
        yield


@pytest.fixture
def tmp_path(quick_disk: Path) -> Path:
    """A folder of the test's own that waits for no disk."""
    return Path(tempfile.mkdtemp(dir=quick_disk))


@pytest.fixture(scope="module")
def first(light: None, quick_disk: Path) -> Path:
    """A data set of release 29.3."""
    return installed(quick_disk / "first" / "onet")


@pytest.fixture
def dataset(first: Path, tmp_path: Path) -> Path:
    """The same, of the test's own."""
    return Path(shutil.copytree(first, tmp_path / "onet"))


def struck(dataset: Path, moment: str, signal_: str) -> int:
    """Run an import that is struck at a moment; its exit code, negative for a signal."""
    stage, patch, _ = MOMENTS[moment]
    return driven(dataset, stage, patch, signal_).returncode


def driven(dataset: Path, stage: str, patch: str, signal_: str = "SIGKILL") -> subprocess.CompletedProcess[str]:
    """Run an import of release 30.0 in a process of its own."""
    code = DRIVER.format(tests=str(TESTS), signal=signal_, stage=stage, moment=patch, folder=str(dataset))
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)


def imported(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The finished process of one command."""
    return subprocess.run([*LIGHT, *arguments], capture_output=True, text=True, timeout=120, check=False)


def check(dataset: Path, release: str) -> None:
    """The data set is whole: its manifest, index and store are of this release."""
    assert read_manifest(str(dataset)).release == release
    catalogue = Catalogue.load(str(dataset))
    assert catalogue.label(f"{ONET}occupation/15-2051.00") == "Data Scientists"
    assert f"{ONET}source/{release}" in catalogue.statements
    store = pyoxigraph.Store.read_only(f"{find_snapshot(str(dataset))}/store")
    assert store.query(f"ASK {{ <{ONET}source/{release}> ?p ?o }}")


def check_nothing_is_left(dataset: Path) -> None:
    """There is the live snapshot and nothing else."""
    assert {path.name for path in dataset.iterdir()} == {CURRENT, "lock", "snapshots"}
    assert [str(path) for path in (dataset / "snapshots").iterdir()] == [find_snapshot(str(dataset))]


### Ended early


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_at_any_moment_leaves_a_whole_data_set_and_the_next_import_cleans_up(dataset: Path, moment: str) -> None:
    assert struck(dataset, moment, "SIGKILL") == -signal.SIGKILL
    check(dataset, MOMENTS[moment][2])
    installed(dataset, called="31.0")
    check(dataset, "31.0")
    check_nothing_is_left(dataset)


@pytest.mark.parametrize("moment", ["reading", "storing", "renamed"])
def test_ctrl_c_leaves_what_was_there_and_nothing_else(dataset: Path, moment: str) -> None:
    assert struck(dataset, moment, "SIGINT") == 130
    check(dataset, "29.3")
    check_nothing_is_left(dataset)


def test_a_kill_of_the_first_import_leaves_no_data_set(tmp_path: Path) -> None:
    folder = tmp_path / "onet"
    assert struck(folder, "storing", "SIGKILL") == -signal.SIGKILL
    assert not is_imported(str(folder))
    installed(folder)
    check(folder, "29.3")
    check_nothing_is_left(folder)


@pytest.mark.parametrize("kilobytes", [4, 60, 300])
def test_a_disk_that_takes_no_more_leaves_what_was_there(dataset: Path, kilobytes: int) -> None:
    # A limit on the size of a file stands in for a full disk: both end a write in the middle.
    limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1_000}, {kilobytes * 1_000}))"
    finished = driven(dataset, "", limit)
    assert finished.returncode == 1
    assert finished.stderr.startswith(f"Cannot write {dataset}: ")
    assert finished.stderr.endswith("; what was there before is still there.\n")
    check(dataset, "29.3")
    check_nothing_is_left(dataset)


@pytest.mark.parametrize("megabytes", [1, 3])
def test_a_full_disk_leaves_what_was_there(first: Path, tmp_path: Path, megabytes: int) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        dataset = Path(shutil.copytree(first, disk / "onet"))
        filler = shutil.disk_usage(disk).free - megabytes * 1_000_000
        (disk / "filler").write_bytes(bytes(max(filler, 0)))
        with pytest.raises(UnwritableFile, match=r"[Nn]o space left|full") as raised:
            installed(dataset, called="30.0")
        assert raised.value.path == str(dataset)
        check(dataset, "29.3")
        check_nothing_is_left(dataset)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory, where this user may mount one."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableFile, match="Not a directory"):
        installed(tmp_path / "file" / "onet")


### Replaced


def test_readers_go_on_while_imports_replace(dataset: Path) -> None:
    done, faults, read = threading.Event(), list[BaseException](), set[str]()

    def reader() -> None:
        try:
            while not done.is_set():
                catalogue = Catalogue.load(str(dataset))
                assert catalogue.label(f"{ONET}occupation/15-2051.00") == "Data Scientists"
                read.add(read_manifest(str(dataset)).release)
        except BaseException as error:
            faults.append(error)

    readers = [threading.Thread(target=reader, daemon=True)]
    for thread in readers:
        thread.start()
    try:
        for release in ("30.0", "30.1"):
            installed(dataset, called=release)
    finally:
        done.set()
        for thread in readers:
            thread.join()
    assert faults == []
    assert len(read) > 1


### One at a time


def test_a_second_import_says_who_holds_the_lock(dataset: Path) -> None:
    with lock(dataset):
        finished = imported("import", "onet", str(RELEASE), "--output", str(dataset))
    assert finished.returncode == 2
    assert f"is being changed by process {os.getpid()}, since 20" in finished.stderr
    assert "--wait" in finished.stderr
    check(dataset, "29.3")
    installed(dataset, called="30.0")
    check(dataset, "30.0")


def test_with_wait_it_waits(dataset: Path) -> None:
    command = [*LIGHT, "import", "onet", str(RELEASE), "--release", "30.0", "--output", str(dataset)]
    command += ["--wait", "--replace"]
    with lock(dataset):
        waiting = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=2)
        check(dataset, "29.3")
    assert waiting.wait(timeout=120) == 0
    check(dataset, "30.0")


def test_another_release_takes_the_place_of_one_only_where_that_is_asked_for(dataset: Path) -> None:
    command = ("import", "onet", str(RELEASE), "--release", "30.0", "--output", str(dataset))
    refused = imported(*command)
    assert refused.returncode == 2
    assert "release 29.3 is imported; --replace puts 30.0 in its place, --name keeps both" in refused.stderr
    check(dataset, "29.3")
    assert imported(*command, "--replace").returncode == 0
    check(dataset, "30.0")
    assert imported(*command).returncode == 0


def test_the_lock_of_a_process_that_was_killed_holds_nobody_up(dataset: Path) -> None:
    assert struck(dataset, "written through", "SIGKILL") == -signal.SIGKILL
    assert (dataset / "lock").read_text().startswith("process ")
    with lock(dataset):
        pass


def test_a_pipe_gets_plain_lines_and_a_terminal_a_bar(tmp_path: Path) -> None:
    finished = imported("import", "onet", str(RELEASE), "--output", str(tmp_path / "onet"), "--format", "json")
    assert finished.returncode == 0
    told = finished.stderr.splitlines()
    assert told[0] == "Reading the source ..."
    assert any("rows" in line and "a second" in line and "left" in line for line in told)
    assert "CC BY 4.0" in told[-1]
    assert "\x1b" not in finished.stderr
    seen = on_a_terminal(tmp_path, "import", "onet", str(RELEASE), "--output", str(tmp_path / "other"))
    assert "Reading the source" in seen
    assert "100%" in seen
    assert "rows a second" in seen
    assert "\x1b[" in seen


def on_a_terminal(folder: Path, *arguments: str) -> str:
    """What a command writes to standard error where that is a terminal."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with (folder / "out").open("wb") as out:
        running = subprocess.Popen([*LIGHT, *arguments], stdout=out, stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    assert running.wait(timeout=120) == 0
    return seen.decode()
