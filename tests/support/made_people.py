"""People made from a seed: positions, skills and credentials of the bundled graph, unevenly often, as in life."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import is_in_vocabulary


def make_people(number: int, seed: int = 1, *, to: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """So many rows with the columns of a batch.

    Args:
        number: how many.
        seed: equal seeds make equal people.
        to: roles, of which each row names one; none if there are none.
    """
    catalogue, chance = Catalogue.load("bundled"), random.Random(seed)
    ids = {
        kind: [i.split("/id/")[1] for i in catalogue.by_kind[kind]] for kind in ("background", "skill", "credential")
    }
    told = [i for i in catalogue.by_kind["background"] if not is_in_vocabulary(catalogue, i)]
    positions = [i.split("/id/")[1] for i in told]
    for row in range(number):
        yield {
            "id": f"p{row}",
            "position": positions[min(int(chance.expovariate(0.2)), len(positions) - 1)],
            "skills": chance.sample(ids["skill"], chance.choice((0, 0, 1, 2))),
            "credentials": chance.sample(ids["credential"], chance.choice((0, 0, 0, 1))),
            **({"to": chance.choice(to)} if to else {}),
        }


def write_people(path: Path, people: Sequence[object]) -> str:
    """Write a file of people, a line each; what is a text already is written as it is."""
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in people))
    return str(path)


def read_rows(folder: Path) -> list[dict[str, Any]]:
    """All rows of a folder of parts, in their order."""
    return [json.loads(line) for part in sorted(folder.iterdir()) for line in part.read_text().splitlines()]
