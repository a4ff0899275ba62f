"""Write how easy moves between the bundled positions are: `transitions/precomputed/bundled_similarity.json`.

    python scripts/make_similarity.py NAME

NAME is the data set that O*NET was imported as; `careergraph import onet` gives it. What is written holds for people
who hold what is usual in the position that they come from.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.proxies import find_proxies
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.network import Network
from careergraph.transitions.origins import make_origin
from careergraph.transitions.precomputed import bundled_similarity
from careergraph.transitions.precomputed.bundled_similarity import TABLE, Table
from careergraph.transitions.steps import StepWalk

FILE = Path(bundled_similarity.__file__).parent / TABLE
SOURCE = (
    "Computed with careergraph's model of how similar occupations are from the O*NET 29.3 Database by the U.S. "
    "Department of Labor, Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 license; "
    "the editors' alignments say which occupations stand for which position."
)
OCCUPATION = f"{ID}onet/occupation/"


def main(name: str) -> None:
    """Work out all pairs of positions and roles that occupations stand for, and write them."""
    catalogue = Catalogue.load("bundled", name)
    every = catalogue.by_kind["role"]
    is_family = Network(catalogue, make_origin(catalogue, every[0])).is_family
    roles = [role for role in every if find_proxies(catalogue, role) and not is_family(role)]
    table: Table = {"source": SOURCE, "occupations": {}, "moves": {}}
    for position in sorted((*every, *catalogue.by_kind["background"])):
        for role, found in moves(catalogue, position, roles):
            ends = [ref.id.removeprefix(OCCUPATION) for ref in (found.place, found.target)]
            table["occupations"] |= dict(zip(ends, (found.place.label, found.target.label), strict=True))
            row = (round(found.ease, 3), round(found.closeness, 2), ends[0], ends[1])
            table["moves"].setdefault(position.removeprefix(ID), {})[role.removeprefix(ID)] = row
    table["occupations"] = dict(sorted(table["occupations"].items()))
    FILE.write_text(as_text(table), encoding="utf-8")


def moves(catalogue: Catalogue, position: str, roles: list[str]) -> Iterator[tuple[str, bundled_similarity.Alike]]:
    """Role → how easy it is to get there from a position."""
    origin = make_origin(catalogue, position)
    walk = StepWalk(Network(catalogue, origin))
    for role in sorted(set(roles) - {position}):
        found = walk.alike(position, role, origin.held)
        if found is not None:
            yield role, found


def as_text(table: Table) -> str:
    """The table with a line for each position, which is small and still gives readable differences."""
    rows = ((json.dumps(key), json.dumps(value, separators=(",", ":"))) for key, value in table["moves"].items())
    source, names = (json.dumps(table[key], ensure_ascii=False) for key in ("source", "occupations"))
    moves = ",\n".join(f"  {key}: {value}" for key, value in rows)
    return f'{{"source": {source},\n"occupations": {names},\n"moves": {{\n{moves}\n}}}}\n'


if __name__ == "__main__":
    main(sys.argv[1])
