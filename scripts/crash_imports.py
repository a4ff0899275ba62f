"""Kill imports at random moments, let their writes fail one by one, and look at what is there afterwards.

    python scripts/crash_imports.py [--kills 50] [--faults 50] [--seed 23] [--light]

A data set is there; an import of another release of it is killed (SIGKILL), or a call to the system is made to fail by
`strace --inject`, each with EIO or ENOSPC: fsync, rename, write, openat, close and their like in turn. After each, the
data set has to be what was there or what was asked for, whole by its checksums; exit code 0 has to mean the new one;
and what is said has to be true. `strace` (Linux) is needed for faults; without it they are left out, and that is said.
Exit code 1 if anything else is found.
With --light the bundled data is not stored beside, which is most of an import's time and calls: all calls can be tried.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from careergraph.model.errors import CareergraphError
from careergraph.store.checksums import verify
from careergraph.store.datasets import read_manifest

CAREERGRAPH = str(Path(sys.executable).parent / "careergraph")
OLD, NEW = "2026-01-01", "2026-02-02"
#: Call → how it fails.
CALLS = {
    **dict.fromkeys(("fsync", "fdatasync", "ftruncate", "flock", "unlink", "rmdir", "close"), "EIO"),
    **dict.fromkeys(("rename", "mkdir", "pwrite64", "write", "openat"), "ENOSPC"),
}
#: The command line, for which there is no bundled data when something is imported.
LIGHT = "from careergraph.importing.dataset import build; build.dataset_files = lambda *_: (); " + (
    "from careergraph.cli import run; run()"
)
_STILL, _IN_PLACE = "what was there before is still there", "the new data is in place"


def write_sheets(folder: Path, release: str) -> Path:
    """Own data of a release, in sheets."""
    folder.mkdir(parents=True)
    head = "source,title,publisher,date,standing"
    (folder / "sources.csv").write_text(f"{head}\nh,Handbook,Alpha Ltd,{release},official\n", encoding="utf-8")
    (folder / "roles.csv").write_text(f"label\nClerk of {release}\n", encoding="utf-8")
    return folder


def state(dataset: Path) -> str:
    """The release that is there and whole, or what is wrong."""
    try:
        found = verify(str(dataset))
        return "damaged" if found.damage else read_manifest(str(dataset)).release
    except CareergraphError as error:
        return str(error)


def judge(dataset: Path, code: int, said: str) -> str | None:
    """What is wrong with what an import has left and said; None if nothing is."""
    found = state(dataset)
    if found not in (OLD, NEW):
        return f"exit code {code}, and there is: {found}"
    if "Traceback" in said:
        return f"a traceback: {said[-300:]}"
    if code == 0 and found != NEW:
        return "exit code 0, and the old data is there"
    if code > 0 and ((_STILL in said and found != OLD) or (_IN_PLACE in said and found != NEW)):
        return f"it says {said.strip()[-200:]!r}, and {found} is there"
    return None


class Trial:
    """A data set that is put back before each import.

    Args:
        folder: where to work; empty.
        light: whether to import without the bundled data beside.
    """

    def __init__(self, folder: Path, *, light: bool = False) -> None:
        self._command = (sys.executable, "-c", LIGHT) if light else (CAREERGRAPH,)
        self.sheets = write_sheets(folder / "new" / "own", NEW)
        self._kept, self.dataset = folder / "kept", folder / "own"
        old = write_sheets(folder / "old" / "own", OLD)
        subprocess.run(self._importing(old, self._kept), capture_output=True, check=True)

    def _importing(self, sheets: Path, dataset: Path) -> list[str]:
        return [*self._command, "import", "csv", str(sheets), "--replace", "-o", str(dataset)]

    def run(self, *before: str) -> subprocess.CompletedProcess[str]:
        """An import into the data set as it was at first.

        Args:
            before: what stands before the command.
        """
        command = [*before, *self._importing(self.sheets, self.afresh())]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def afresh(self) -> Path:
        """The data set as it was at first."""
        shutil.rmtree(self.dataset, ignore_errors=True)
        shutil.copytree(self._kept, self.dataset)
        return self.dataset

    def kill(self, seconds: float) -> str | None:
        """What is wrong after an import is killed so long after its start."""
        command = self._importing(self.sheets, self.afresh())
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with process:
            time.sleep(seconds)
            process.kill()
            _, said = process.communicate()
        return judge(self.dataset, process.returncode, said.decode())

    def fail(self, call: str, number: int) -> str | None:
        """What is wrong after the call of that number fails as such calls do."""
        finished = self.run(*tracing("/dev/null", call, "-e", f"inject={call}:error={CALLS[call]}:when={number}"))
        return judge(self.dataset, finished.returncode, finished.stderr)

    def count(self, call: str, log: Path) -> tuple[int, int]:
        """How often that thread of an import makes a call that makes it most often, as strace counts, and since when.

        Files are opened by the hundred before an import begins, by Python itself: the first is that of the data set.
        """
        self.run(*tracing(str(log), call))
        lines = [line for line in log.read_text(encoding="utf-8").splitlines() if f" {call}(" in line]
        thread = max(Counter(line.split()[0] for line in lines).items(), key=lambda item: item[1], default=("", 0))[0]
        own = [line for line in lines if line.split()[0] == thread]
        first = next((number for number, line in enumerate(own, 1) if str(self.dataset) in line), len(own))
        return len(own), first if call == "openat" else 1


def tracing(log: str, call: str, *more: str) -> tuple[str, ...]:
    """What stands before a command to have strace write a call of it to a log, and do more with it."""
    return ("strace", "-f", "--seccomp-bpf", "-qq", "-o", log, "-e", f"trace={call}", *more)


def main() -> int:
    """Kill, fail, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--faults", type=int, default=50, help="of each call, spread evenly and with the last one")
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--light", action="store_true")
    options = parser.parse_args()
    chance, wrong = random.Random(options.seed), []
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), light=options.light)
        began = time.perf_counter()
        trial.run()
        whole = time.perf_counter() - began
        if state(trial.dataset) != NEW:
            sys.exit(f"an import that nothing happens to leaves {state(trial.dataset)}")
        wrong += [trial.kill(chance.uniform(0, whole)) for _ in range(options.kills)]
        print(f"{options.kills} imports killed: {sum(map(bool, wrong))} wrong", flush=True)
        if options.faults and not shutil.which("strace"):
            print("There is no strace: no call was made to fail.")
        for call in CALLS if options.faults and shutil.which("strace") else ():
            calls, first = trial.count(call, Path(folder, "log"))
            step = max(1, (calls + 1 - first) // options.faults)
            numbers = list(range(calls, first - 1, -step))[: options.faults]
            found = [trial.fail(call, number) for number in numbers]
            found = [f"{call} {number}: {line}" if line else None for number, line in zip(numbers, found, strict=True)]
            print(f"{len(numbers)} of {calls} calls of {call} failed: {sum(map(bool, found))} wrong", flush=True)
            wrong += found
    for line in filter(None, wrong):
        print(line)
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main())
