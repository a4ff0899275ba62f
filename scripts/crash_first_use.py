"""Kill commands while they lay down what the bundled data is compiled to, let their writes fail, and ask once more.

    python scripts/crash_first_use.py [--kills 30] [--faults 30] [--bits 60] [--seed 23]

The first command of a checkout leaves statements and a store beside the package. A copy of the package is asked by a
process that is killed at a random moment (SIGKILL), or of whose calls to the system one fails (`strace --inject`; left
out without it), or after a bit has turned in what is there, or where nothing can be written. What is answered then has
to be what is answered without any of that, and so what is answered next. Exit code 1 if anything else is found.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from crash_imports import tracing

ROOT = Path(__file__).resolve().parents[1]
#: What is asked: of the statements, and of the store.
QUESTIONS = (
    ("show", "AI ethicist", "--dataset", "bundled"),
    ("sparql", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g", "--dataset", "bundled"),
)
CALLS = ("openat", "mkdir", "write", "pwrite64", "ftruncate", "rename")
_RUN = "from careergraph.cli import run; run()"


class FirstUse:
    """A copy of the package, and what was answered when nothing had happened to it.

    Args:
        folder: where to work; empty.
    """

    def __init__(self, folder: Path) -> None:
        for name in ("ontology", "graph"):
            shutil.copytree(ROOT / name, folder / name)
        ignore = shutil.ignore_patterns("bundled-*", ".careergraph-*")
        package = Path(shutil.copytree(ROOT / "src", folder / "src", ignore=ignore), "careergraph")
        self._environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "CAREERGRAPH_DATA": str(folder / "data")}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.made = package / "__pycache__"
        self.made.mkdir(exist_ok=True)
        self._right = [self.ask(question) for question in QUESTIONS]

    def ask(self, question: tuple[str, ...], *before: str) -> str:
        """What a question prints, in a process that may have something before its command."""
        command = [*before, *self._command(question)]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False).stdout

    def _command(self, question: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-P", "-c", _RUN, *question]

    def forget(self) -> None:
        """Remove all that the bundled data was compiled to."""
        for path in self.left():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def left(self) -> list[Path]:
        """What the bundled data was compiled to, and what is left of what should have been."""
        return [path for path in self.made.iterdir() if not path.name.endswith(".pyc")]

    def kill(self, seconds: float) -> str | None:
        """What is wrong after the first use is killed so long after its start."""
        self.forget()
        for question in QUESTIONS:
            nowhere = subprocess.DEVNULL
            command = self._command(question)
            with subprocess.Popen(command, env=self._environment, stdout=nowhere, stderr=nowhere) as process:
                time.sleep(seconds)
                process.kill()
        return self.judge("it was killed")

    def fail(self, call: str, number: int) -> str | None:
        """What is wrong during and after a first use of which the call of that number fails for want of space."""
        self.forget()
        before = tracing("/dev/null", call, "-e", f"inject={call}:error=ENOSPC:when={number}")
        told = self.ask(QUESTIONS[1], *before)
        wrong = told not in ("", self._right[1])  # or it could not start
        return f"{call} {number}: another answer" if wrong else self.judge(f"{call} {number} failed")

    def turn(self, chance: random.Random) -> str | None:
        """What is wrong after a bit has turned in one of the files that are there."""
        self.judge("")  # has all of it made
        files = [path for place in self.left() for path in sorted((place, *place.rglob("*"))) if path.is_file()]
        path = chance.choice([path for path in files if path.stat().st_size])
        content = bytearray(path.read_bytes())
        place = chance.randrange(len(content))
        content[place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        return self.judge(f"a bit of byte {place} of {path.relative_to(self.made)} has turned")

    def close(self) -> str | None:
        """What is wrong where nothing can be written: a file is in the place of the folder."""
        shutil.rmtree(self.made)
        self.made.touch()
        try:
            return self.judge("nothing can be written")
        finally:
            self.made.unlink()
            self.made.mkdir()

    def judge(self, what: str) -> str | None:
        """What is wrong with the answers now, and the second time; None if nothing is."""
        for answers in ([self.ask(question) for question in QUESTIONS] for _ in range(2)):
            if answers != self._right:
                return f"after {what}: another answer"
        return None


def _trials(trial: FirstUse, options: argparse.Namespace) -> Iterator[tuple[str, list[Callable[[], str | None]]]]:
    chance = random.Random(options.seed)
    yield "killed", [lambda: trial.kill(chance.uniform(0, 3)) for _ in range(options.kills)]
    for call in CALLS if shutil.which("strace") else ():
        numbers = [chance.randrange(1, 200) for _ in range(options.faults)]
        yield f"{call} fails", [lambda call=call, number=number: trial.fail(call, number) for number in numbers]  # type: ignore[misc]
    yield "bits turned", [lambda: trial.turn(chance) for _ in range(options.bits)]
    yield "nothing can be written", [trial.close]


def main() -> int:
    """Try all of it, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--faults", type=int, default=30, help="of each call")
    parser.add_argument("--bits", type=int, default=60)
    parser.add_argument("--seed", type=int, default=23)
    options = parser.parse_args()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, trials in _trials(FirstUse(Path(folder)), options):
            found = [trial() for trial in trials]
            print(f"{name}: {len(found)} times, {sum(map(bool, found))} wrong", flush=True)
            wrong += filter(None, found)
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
