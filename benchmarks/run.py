"""Run the benchmarks one after the other, and make the page of their results.

    python benchmarks/run.py [--onet PATH] [--esco PATH ...] [--crosswalk FILE] [--moves FILE]
                             [--quick] [--only NAME ...]
    python benchmarks/run.py --page                   # only make the page anew from the results that are kept

`--onet` is O*NET's official text download, a zip or a folder, `--esco` ESCO's downloads, in English first,
`--crosswalk` the workbook of pairs of the two, and `--moves` a table of moves that people made, as `mobility.py` has
it; without them, what needs them is left as it was. Each run has its own process, and a time after
which it is ended; the results of its last run are kept in `results/`, beside the page `RESULTS.md`. A run that fails is
told on the page. `--quick` takes fewer rounds and smaller data, to see whether all is in order. Everything temporary is
in one folder, which is removed at the end, however that comes.

Exit code 0 if all ran, 1 if one failed; a goal that is missed is no failure, and stands on the page.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from jsonschema import Draft202012Validator, ValidationError

from benchmarks.onet import find_imported
from benchmarks.page import PAGE, write
from benchmarks.runs import (
    DATASET,
    DOWNLOAD,
    ESCO,
    HERE,
    JOINED,
    MOVES,
    NEEDED,
    RESULTS,
    RUNS,
    SCHEMA,
    TRUTH,
    Run,
    find_runs,
)

RELATED = "Related Occupations.txt"


class RunError(Exception):
    """A run gave no results; the text says why."""


class Downloads(NamedTuple):
    """What others have published: O*NET's download, ESCO's, the crosswalk, and a file of moves; empty if not given."""

    onet: str = ""
    moves: str = ""
    esco: tuple[str, ...] = ()
    crosswalk: str = ""

    def missing(self, run: Run) -> list[str]:
        """The options that a run needs and that were not given."""
        given = dict(zip(NEEDED, (self.onet, self.moves, self.esco, self.crosswalk), strict=True))
        return [option for option in run.needs() if not given[option]]


class Material:
    """What runs are given: downloads, and what is made of them when it is first asked for.

    Args:
        downloads: what others have published.
        folder: a temporary one.
    """

    def __init__(self, downloads: Downloads, folder: str) -> None:
        self.downloads, self._folder = downloads, folder

    @cached_property
    def dataset(self) -> str:
        """A data set imported from the download."""
        try:
            return find_imported(self.downloads.onet, self._folder)
        except subprocess.CalledProcessError as error:
            raise RunError(f"O*NET could not be imported (exit code {error.returncode}).") from error

    @cached_property
    def joined(self) -> str:
        """A data folder in which O*NET, ESCO and the crosswalk between them are imported."""
        folder, given = f"{self._folder}/joined", self.downloads
        sources = {"onet": (given.onet,), "esco": given.esco, "crosswalk": (given.crosswalk,)}
        for source, paths in sources.items():
            command = [sys.executable, "-m", "careergraph", "import", source, *paths]
            ended = subprocess.run(command, env=os.environ | {"CAREERGRAPH_DATA": folder}, stdout=subprocess.DEVNULL)
            if ended.returncode:
                raise RunError(f"{source} could not be imported (exit code {ended.returncode}).")
        return folder

    @cached_property
    def truth(self) -> str:
        """The download's file of related occupations."""
        folder = Path(self.downloads.onet)
        if folder.is_dir():
            return str(folder / RELATED)
        with zipfile.ZipFile(folder) as archive:
            member = next(name for name in archive.namelist() if name.endswith(RELATED))
            made = Path(self._folder) / RELATED
            made.write_bytes(archive.read(member))
        return str(made)

    def filled(self, argument: str) -> tuple[str, ...]:
        """What an argument of a run stands for."""
        made: Mapping[str, Callable[[], tuple[str, ...]]] = {
            DOWNLOAD: lambda: (self.downloads.onet,),
            DATASET: lambda: (self.dataset,),
            TRUTH: lambda: (self.truth,),
            MOVES: lambda: (self.downloads.moves,),
            ESCO: lambda: self.downloads.esco,
            JOINED: lambda: (self.joined,),
        }
        return made[argument]() if argument in made else (argument,)


def main(arguments: list[str]) -> int:
    """Run what was asked for, write the page; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--onet", metavar="PATH", default="", help="O*NET's text download")
    parser.add_argument("--esco", metavar="PATH", nargs="+", default=[], help="ESCO's downloads, English first")
    parser.add_argument("--crosswalk", metavar="FILE", default="", help="the workbook of pairs of ESCO and O*NET")
    parser.add_argument("--moves", metavar="FILE", default="", help="a table of moves that people made")
    parser.add_argument("--quick", action="store_true", help="a smoke run")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help=", ".join(run.name for run in RUNS))
    parser.add_argument("--page", action="store_true", help="run nothing")
    options = parser.parse_args(arguments)
    for path in filter(None, (options.onet, *options.esco, options.crosswalk, options.moves)):
        if not Path(path).exists():
            parser.error(f"there is nothing at {path}")
    try:
        wanted = find_runs(options.only)
    except KeyError as error:
        parser.error(f"there is no benchmark {error}; there are {', '.join(run.name for run in RUNS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that it cleans up
    whole = (str(Path(path).resolve()) if path else "" for path in (options.onet, options.moves, options.crosswalk))
    onet, moves, crosswalk = whole
    downloads = Downloads(onet, moves, tuple(str(Path(path).resolve()) for path in options.esco), crosswalk)
    failed = [] if options.page else run_all(wanted, downloads, quick=options.quick)
    write()
    print(f"{PAGE.name} is written.", flush=True)
    return int(bool(failed))


def run_all(wanted: tuple[Run, ...], downloads: Downloads, *, quick: bool) -> list[Run]:
    """Run one after the other, keep the results, and return what failed."""
    failed, began = [], time.monotonic()
    with tempfile.TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        material = Material(downloads, folder)
        possible = [run for run in wanted if not downloads.missing(run)]
        _tell_what_is_left(wanted, downloads)
        _tell_duration(possible, quick=quick)
        for number, run in enumerate(possible, 1):
            print(f"[{number}/{len(possible)}] {run.name}: {run.command(quick=quick)}", flush=True)
            failed += [] if keep(run, material, folder, quick=quick) else [run]
    print(f"{len(possible) - len(failed)} of {len(possible)} ran, in {(time.monotonic() - began) / 60:.1f} minutes.")
    return failed


def _tell_what_is_left(wanted: Sequence[Run], downloads: Downloads) -> None:
    for run in wanted:
        if missing := downloads.missing(run):
            print(f"{run.name}: left as it was; it needs {' and '.join(missing)}")


def _tell_duration(runs: list[Run], *, quick: bool) -> None:
    last = [found["results"]["seconds"] for run in runs if (found := run.last()) and found["results"]]
    if last and not quick:
        others = f"; {len(runs) - len(last)} more were not measured" if len(last) < len(runs) else ""
        print(f"The last runs of {len(last)} of these took {sum(last) / 60:.0f} minutes in all{others}.", flush=True)


def keep(run: Run, material: Material, folder: str, *, quick: bool) -> bool:
    """Run one, keep what it found or why it did not, and tell whether it did."""
    failure, results, began = None, None, time.monotonic()
    try:
        results = ran(run, material, folder, quick=quick)
    except RunError as error:
        failure = str(error)
    found = {
        "run": run.name,
        "command": run.command(quick=quick),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "quick": quick,
        "failure": failure,
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    aside = run.path.with_suffix(".new")
    aside.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    aside.replace(run.path)
    print(f"    {_outcome(found)} ({time.monotonic() - began:.0f} s)", flush=True)
    return failure is None


def _outcome(found: Mapping[str, Any]) -> str:
    if found["failure"]:
        return f"FAILED: {found['failure']}"
    judged = [item["met"] for part in ("ratios", "measurements") for item in found["results"][part] if item["goal"]]
    return f"{sum(judged)} of {len(judged)} goals met" if judged else "measured; it has no goals"


def ran(run: Run, material: Material, folder: str, *, quick: bool) -> dict[str, Any]:
    """What a run prints, checked against the schema; what it says on the way is passed on.

    Raises:
        Failed: it gave no results in time, or none of the right shape.
    """
    script = HERE / f"{run.script}.py"
    if not script.exists():
        raise RunError(f"there is no {script.name}.")
    words = [filled for word in (run.quick if quick else run.arguments) for filled in material.filled(word)]
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as own:
        command = [sys.executable, str(script), *words, "--format", "json"]
        told = _output(command, _environment(own), run.minutes * 60, shown={own: "…", folder: "…"})
    try:
        found: dict[str, Any] = json.loads(told)
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        Draft202012Validator({"$ref": "#/$defs/report", "$defs": schema["$defs"]}).validate(found)
    except (ValueError, ValidationError) as error:
        raise RunError(f"what it printed is not as {SCHEMA.name} has it ({str(error).splitlines()[0]}).") from error
    shape = schema["$defs"]["report"]["properties"]
    return {name: value for name, value in found.items() if name in shape}


def _environment(folder: str) -> dict[str, str]:
    """The environment of a run: whatever it leaves behind is in its own folder, and nobody's data sets are asked."""
    return os.environ | {"TMPDIR": folder, "CAREERGRAPH_DATA": str(Path(folder) / "data"), "PYTHONUNBUFFERED": "1"}


def _output(command: list[str], environment: Mapping[str, str], seconds: float, shown: Mapping[str, str]) -> str:
    """Standard output of a process; standard error is passed on line by line. No process of its group outlives it."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as told,
        subprocess.Popen(
            command, stdout=told, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
        ) as process,
    ):
        late = threading.Event()
        timer = threading.Timer(seconds, _end, (process, late))
        timer.start()
        try:
            last = _pass_on(process, shown)
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # its number is not free for others yet
        finally:
            timer.cancel()
            _end(process)
            process.wait()
        told.seek(0)
        content = told.read()
    if late.is_set():
        raise RunError(f"it was ended after {seconds / 60:g} minutes.")
    if process.returncode not in (0, 1) or not content.strip():
        raise RunError(last or f"it ended with exit code {process.returncode} and said nothing.")
    return content


def _pass_on(process: subprocess.Popen[str], shown: Mapping[str, str]) -> str:
    """Pass on what a process says, and return its last line."""
    last = ""
    assert process.stderr
    for line in process.stderr:
        for path, name in shown.items():
            line = line.replace(path, name)
        print(f"    {line}", end="", flush=True)
        last = line.strip() or last
    return last


def _end(process: subprocess.Popen[str], late: threading.Event | None = None) -> None:
    """End a process and all that it started; there may be none left."""
    if late:
        late.set()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
