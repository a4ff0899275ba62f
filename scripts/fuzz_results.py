"""Put queries made at random to the engine and to rdflib, on small graphs made at random, and compare the rows.

    python scripts/fuzz_results.py [--rounds 1000] [--seed 23]

Exit code 1 if the two disagree: the graph and the query are printed then. What SPARQL leaves open is not made: no
order, no sums of what are no numbers, no literals that an engine may write in another way. Two known differences are
passed over: rdflib gives no row in which nothing is bound, and for a path with alternatives the engine gives each pair
of ends once, where SPARQL 1.1 has it as often as there is a way.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable

import pyoxigraph
import rdflib

from careergraph.rdf.results import read_rows
from careergraph.sparql.evaluation import evaluate

NODES = [f"<urn:n{number}>" for number in range(5)]
PREDICATES = [f"<urn:p{number}>" for number in range(3)]
LITERALS = ["1", "2", "3", '"a"', '"b"', '"a"@en', '"b"@nl']
VARIABLES = ["?a", "?b", "?c", "?d"]
Row = tuple[str | None, ...]


def graph_text(chance: random.Random) -> str:
    """Up to twenty statements in N-Triples' order, as Turtle."""
    picked = (
        (chance.choice(NODES), chance.choice(PREDICATES), chance.choice(NODES + LITERALS))
        for _ in range(chance.randint(0, 20))
    )
    return "".join(f"{' '.join(triple)} .\n" for triple in picked)


def _triple(chance: random.Random) -> str:
    predicate = chance.choice([*PREDICATES, chance.choice(VARIABLES), "<urn:p0>/<urn:p1>", "^<urn:p2>"])
    subject = chance.choice([*VARIABLES, chance.choice(NODES)])
    return f"{subject} {predicate} {chance.choice([*VARIABLES, *VARIABLES, chance.choice(NODES + LITERALS)])} ."


def _condition(chance: random.Random) -> str:
    one, other = chance.sample(VARIABLES, 2)
    return chance.choice(
        [
            f"{one} = {other}",
            f"{one} != {chance.choice(NODES)}",
            f"BOUND({one})",
            f"!BOUND({one}) || isIRI({other})",
            f"isLiteral({one}) && STR({one}) < 'b'",
            f"LANG({one}) = 'en'",
            f"{one} IN ({', '.join(chance.sample(NODES, 2))})",
            f"EXISTS {{ {one} <urn:p0> {other} }}",
            f"NOT EXISTS {{ {one} <urn:p1> {other} }}",
        ]
    )


def _group(chance: random.Random, depth: int) -> str:
    pattern = " ".join(_triple(chance) for _ in range(chance.randint(1, 2)))
    if depth:
        inner = _group(chance, depth - 1)
        pattern += chance.choice(
            [
                "",
                f" OPTIONAL {{ {_triple(chance)} }}",
                f" {{ {inner} }} UNION {{ {_triple(chance)} }}",
                f" MINUS {{ {_triple(chance)} }}",
                f" FILTER({_condition(chance)})",
                f" VALUES {chance.choice(VARIABLES)} {{ {' '.join(chance.sample(NODES, 2))} }}",
            ]
        )
    return pattern


def query_text(chance: random.Random) -> str:
    """A SELECT or an ASK."""
    group = _group(chance, 2)
    one, other = chance.sample(VARIABLES, 2)
    return chance.choice(
        [
            f"SELECT ?a ?b ?c ?d {{ {group} }}",
            f"SELECT DISTINCT {one} {other} {{ {group} }}",
            f"SELECT {one} (COUNT({other}) AS ?n) {{ {group} }} GROUP BY {one}",
            f"SELECT (COUNT(DISTINCT {one}) AS ?n) {{ {group} }}",
            f"ASK {{ {group} }}",
        ]
    )


def by_engine(graph: str, query: str) -> Counter[Row]:
    """The rows as careergraph gives them, as often as it does."""
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.parse(graph.encode(), pyoxigraph.RdfFormat.TURTLE))
    found = read_rows(evaluate(store, query, "json"))
    return _count(row.values() for row in found)


def by_rdflib(graph: str, query: str) -> Counter[Row]:
    """The same by rdflib, whose engine is another one."""
    result = rdflib.Graph().parse(data=graph, format="turtle").query(query)
    if result.type == "ASK":
        return Counter([(str(bool(result.askAnswer)),)])
    return _count(row for row in result if not isinstance(row, bool))


def _count(found: Iterable[Iterable[object]]) -> Counter[Row]:
    texts = (tuple(None if value is None else str(value) for value in row) for row in found)
    return Counter(row for row in texts if any(value is not None for value in row))


def disagreement(chance: random.Random, ask: Callable[[str, str], Counter[Row]] = by_engine) -> tuple[str, str] | None:
    """A graph and a query of which the two give different rows; None if this one gives the same."""
    graph, query = graph_text(chance), query_text(chance)
    return None if ask(graph, query) == by_rdflib(graph, query) else (graph, query)


def main() -> int:
    """Ask, compare, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=23)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    found = [found for _ in range(options.rounds) if (found := disagreement(chance))]
    for graph, query in found[:5]:
        print(f"{graph}{query}\n  careergraph {by_engine(graph, query)}\n  rdflib {by_rdflib(graph, query)}\n")
    print(f"{options.rounds:,} queries, {len(found)} with different rows")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
