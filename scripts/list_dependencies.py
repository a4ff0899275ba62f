"""List every package that careergraph comes with, extras included: name, version, licence, and day of installing.

    python scripts/list_dependencies.py            # those of this environment
    python scripts/list_dependencies.py --check    # exit 1 if one is not what pyproject.toml allows, or unlicensed

Nothing is asked on the network, and no package says when it was released: a release is at least as old as the day on
which it was installed, and that is all that is known of its age here.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import cast

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
#: Extras that nobody needs but who works on careergraph.
FOR_DEVELOPERS = frozenset({"docs", "test"})


def requirements() -> Iterator[Requirement]:
    """What pyproject.toml asks for, extras included, without what only tests and documents need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    yield from map(Requirement, project["dependencies"])
    for extra in optional.keys() - FOR_DEVELOPERS:
        yield from (found for found in map(Requirement, optional[extra]) if found.name != "careergraph")


def dependencies() -> dict[str, Distribution]:
    """Name of each package that is installed for careergraph → what it says of itself."""
    found: dict[str, Distribution] = {}
    waiting = list(requirements())
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        waiting += map(Requirement, found[name].requires or ())
    return dict(sorted(found.items()))


def licence_of(package: Distribution) -> str:
    """The licence of a package, from whichever field says it; empty if none does."""
    said = cast(Message, package.metadata)
    named = [line for line in package.files or () if re.match(r"(LICEN[CS]E|COPYING)", line.name)]
    classified = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License")]
    written = (said.get("License") or "").strip().partition("\n")[0]
    return said.get("License-Expression") or written[:60] or ", ".join(classified) or "see its file" * bool(named)


def installed_on(package: Distribution) -> str:
    """The day on which a package was installed here, as ISO 8601; empty where no file tells."""
    files = (package.locate_file(line) for line in package.files or () if line.name == "METADATA")
    return next((str(date.fromtimestamp(Path(str(file)).stat().st_mtime)) for file in files), "")


def faults(found: dict[str, Distribution]) -> Iterator[str]:
    """What is wrong with packages: no licence, or a version that pyproject.toml does not allow."""
    yield from (f"{name} states no licence" for name, package in found.items() if not licence_of(package))
    for wanted in requirements():
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if name in found and found[name].version not in wanted.specifier:
            yield f"{name} {found[name].version} is not {wanted.specifier}"


def main() -> int:
    """Print a line for each package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    found = dependencies()
    for name, package in found.items():
        print(f"{name:<24} {package.version:<16} {installed_on(package):<10}  {licence_of(package) or 'unknown'}")
    wrong = list(faults(found)) if check else []
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
