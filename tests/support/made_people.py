"""People made from a seed: positions, skills and credentials of the bundled graph, unevenly often, as in life."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import in_vocabulary


def made_people(number: int, seed: int = 1, *, to: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
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
    told = [i for i in catalogue.by_kind["background"] if not in_vocabulary(catalogue, i)]
    positions = [i.split("/id/")[1] for i in told]
    for row in range(number):
        yield {
            "id": f"p{row}",
            "position": positions[min(int(chance.expovariate(0.2)), len(positions) - 1)],
            "skills": chance.sample(ids["skill"], chance.choice((0, 0, 1, 2))),
            "credentials": chance.sample(ids["credential"], chance.choice((0, 0, 0, 1))),
            **({"to": chance.choice(to)} if to else {}),
        }
