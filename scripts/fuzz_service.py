"""Put queries to the engine that try to reach another server; each that does has to be one that is refused.

    python scripts/fuzz_service.py --queries 100000 --seed 1

Prints how many were made, how many the engine sent out, and each of those that is not refused; exit code 1 if any.
All traffic stays on this machine.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from service_queries import asking, is_refused, make_query


def main() -> int:
    """Make queries, and look where they go."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked_for = parser.parse_args()
    chance, sent, let_through = random.Random(asked_for.seed), 0, 0
    with asking() as asked:
        for _ in range(asked_for.queries):
            query = make_query(chance, asked.url)
            if asked.goes_out(query):
                sent += 1
                if not is_refused(query):
                    let_through += 1
                    print(repr(query))
    print(f"{asked_for.queries:,} queries, {sent:,} sent out by the engine, {let_through} of these not refused")
    return 1 if let_through else 0


if __name__ == "__main__":
    sys.exit(main())
