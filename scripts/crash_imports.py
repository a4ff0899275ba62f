"""Kill imports at random moments, let their writes fail one by one, and look at what is there afterwards.

    python scripts/crash_imports.py [--kills 50] [--faults 50] [--seed 23]

A data set is there; an import of another release of it is killed (SIGKILL), or a call to the system is made to fail by
`strace --inject`: fsync, fdatasync, rename and write in turn. After each, the data set has to be what was there or what
was asked for, whole by its checksums; exit code 0 has to mean the new one; and what is said has to be true. `strace`
(Linux) is needed for faults; without it they are left out, and that is said. Exit code 1 if anything else is found.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from careergraph.model.errors import CareergraphError
from careergraph.store.checksums import verify
from careergraph.store.datasets import manifest

CAREERGRAPH = str(Path(sys.executable).parent / "careergraph")
OLD, NEW = "2026-01-01", "2026-02-02"
CALLS = ("fsync", "fdatasync", "rename", "pwrite64")
_STILL, _IN_PLACE = "what was there before is still there", "the new data is in place"


def written(folder: Path, release: str) -> Path:
    """Own data of a release, in sheets."""
    folder.mkdir(parents=True)
    head = "source,title,publisher,date,standing"
    (folder / "sources.csv").write_text(f"{head}\nh,Handbook,Alpha Ltd,{release},official\n", encoding="utf-8")
    (folder / "roles.csv").write_text(f"label\nClerk of {release}\n", encoding="utf-8")
    return folder


def importing(sheets: Path, dataset: Path, *before: str) -> list[str]:
    """The command that imports sheets into a data set's folder."""
    return [*before, CAREERGRAPH, "import", "csv", str(sheets), "-o", str(dataset)]


def state(dataset: Path) -> str:
    """The release that is there and whole, or what is wrong."""
    try:
        found = verify(str(dataset))
        return "damaged" if found.damage else manifest(str(dataset)).release
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
    """A data set that is put back before each import."""

    def __init__(self, folder: Path) -> None:
        self.sheets, self._kept, self.dataset = written(folder / "new" / "own", NEW), folder / "kept", folder / "own"
        old = written(folder / "old" / "own", OLD)
        subprocess.run(importing(old, self._kept), capture_output=True, check=True)

    def afresh(self) -> Path:
        """The data set as it was at first."""
        shutil.rmtree(self.dataset, ignore_errors=True)
        shutil.copytree(self._kept, self.dataset)
        return self.dataset

    def kill(self, seconds: float) -> str | None:
        """What is wrong after an import is killed so long after its start."""
        process = subprocess.Popen(
            importing(self.sheets, self.afresh()), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        with process:
            time.sleep(seconds)
            process.kill()
            _, said = process.communicate()
        return judge(self.dataset, process.returncode, said.decode())

    def fail(self, call: str, number: int) -> str | None:
        """What is wrong after the call of that number fails with EIO."""
        fault = f"inject={call}:error=EIO:when={number}"
        tracing = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", fault)
        finished = subprocess.run(importing(self.sheets, self.afresh(), *tracing), capture_output=True, check=False)
        return judge(self.dataset, finished.returncode, finished.stderr.decode())

    def count(self, call: str, log: Path) -> int:
        """How many times an import makes a call."""
        tracing = ("strace", "-f", "-qq", "-o", str(log), "-e", f"trace={call}")
        subprocess.run(importing(self.sheets, self.afresh(), *tracing), capture_output=True, check=True)
        return sum("resumed" not in line for line in log.read_text(encoding="utf-8").splitlines())


def main() -> int:
    """Kill, fail, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--faults", type=int, default=50, help="of each call, spread evenly and with the last one")
    parser.add_argument("--seed", type=int, default=23)
    options = parser.parse_args()
    chance, wrong = random.Random(options.seed), []
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        began = time.perf_counter()
        subprocess.run(importing(trial.sheets, trial.afresh()), capture_output=True, check=True)
        whole = time.perf_counter() - began
        wrong += [trial.kill(chance.uniform(0, whole)) for _ in range(options.kills)]
        print(f"{options.kills} imports killed: {sum(map(bool, wrong))} wrong", flush=True)
        if options.faults and not shutil.which("strace"):
            print("There is no strace: no call was made to fail.")
        for call in CALLS if options.faults and shutil.which("strace") else ():
            calls = trial.count(call, Path(folder, "log"))
            step = max(1, calls // options.faults)
            numbers = [calls - step * place for place in range(min(options.faults, calls))]
            found = [trial.fail(call, number) for number in numbers]
            print(f"{len(numbers)} of {calls} calls of {call} failed: {sum(map(bool, found))} wrong", flush=True)
            wrong += found
    for line in filter(None, wrong):
        print(line)
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main())
