"""How much is lost by searching on static costs and putting the best candidates in order with what is carried along.

    python benchmarks/carry_over.py DATA [--pairs 40] [--max-steps 2] [--seed 1] [--format json]

DATA is the official O*NET text download (a zip or a folder), or a data set imported from it. For a random sample of
pairs, an occupation and a curated role or another occupation, the best route is worked out twice: by the search that
the library uses on a data set of this size, and by the exact one, which carries what is held along at every step it
looks at. Printed is how often both find the same feasibility, how much less feasible the faster one's route is, and
how long each takes; the former apart for roles and occupations, since most pairs of occupations drawn at random have
next to nothing to do with each other. Routes are kept short, since the exact search takes minutes beyond.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.onet import find_imported
from benchmarks.reporting import Report, add_format, reporting
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import NoRoute
from careergraph.transitions.precomputed.tables import find_similarity, set_similarity
from careergraph.transitions.routes import find_routes


def in_memory(catalogue: Catalogue) -> Catalogue:
    """The same data without its projection: routes through it are searched exactly."""
    exact = Catalogue(dict(catalogue.statements))
    set_similarity(exact, find_similarity(catalogue))
    return exact


def sample(catalogue: Catalogue, pairs: int, seed: int) -> list[tuple[str, str]]:
    """Pairs of an occupation and, in turn, a role that asks for something or another occupation."""
    drawn = random.Random(seed)
    occupations = sorted(similarity.occupations if (similarity := find_similarity(catalogue)) else ())
    roles = sorted(role for role in catalogue.by_kind["role"] if catalogue.about(role, "requirement"))
    origins = drawn.sample(occupations, pairs)
    return [(origin, drawn.choice(occupations if n % 2 else roles)) for n, origin in enumerate(origins)]


def best(catalogue: Catalogue, pair: tuple[str, str], max_steps: int) -> tuple[float, float]:
    """The feasibility of the best route, 0 if there is none, and how long it took to find."""
    start = time.perf_counter()
    try:
        found = find_routes(catalogue, *pair, max_steps=max_steps, derived=True).routes[0].feasibility
    except NoRoute:
        found = 0.0
    return found, time.perf_counter() - start


Found = list[tuple[float, float]]


def report_searches(fast: Found, slow: Found, to_role: Sequence[bool], max_steps: int, report: Report) -> None:
    """Print and report how the two searches compare."""
    name = f"routes of at most {max_steps} steps"
    kept = [mine / theirs if theirs else 1.0 for (mine, _), (theirs, _) in zip(fast, slow, strict=True)]
    print(f"{len(kept)} pairs, {name}")
    for among, wanted in (("to a role", True), ("to another occupation", False)):
        shares = [share for share, role in zip(kept, to_role, strict=True) if role is wanted]
        exact = [theirs for (theirs, _), role in zip(slow, to_role, strict=True) if role is wanted]
        if not shares:
            continue
        same = [share > 0.9995 for share in shares]
        print(f"{among}: {sum(same)} of {len(shares)} have the same feasibility; share of the exact one: ", end="")
        print(f"mean {mean(shares):.4f}, least {min(shares):.4f}; the exact one is {median(exact):.4f} in the middle")
        report.measured(f"{among}: share of pairs with the same feasibility", "careergraph", "", [mean(same)])
        report.measured(f"{among}: share of the exact feasibility, mean", "careergraph", "", shares, value=mean(shares))
        report.measured(f"{among}: feasibility", "exact search", "", exact)
    times = [theirs / mine for (_, mine), (_, theirs) in zip(fast, slow, strict=True)]
    print(f"the exact search takes {median(times):.0f} times as long (median)")
    report.notes.append(f"{len(kept)} pairs of a random sample.")
    for side, found in (("careergraph", fast), ("exact search", slow)):
        report.measured(name, side, "ms", [1000 * one for _, one in found])
    report.ratio(name, "exact search / careergraph", times)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--max-steps", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    add_format(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, reporting(options.format) as report:
        catalogue = Catalogue.load("bundled", find_imported(options.data, folder))
        exact = in_memory(catalogue)
        pairs = [p for p in sample(catalogue, options.pairs, options.seed) if p[0] != p[1]]
        fast = [best(catalogue, pair, options.max_steps) for pair in pairs]
        slow = [best(exact, pair, options.max_steps) for pair in pairs]
        to_role = [catalogue.kind(destination) == "role" for _, destination in pairs]
        report_searches(fast, slow, to_role, options.max_steps, report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
