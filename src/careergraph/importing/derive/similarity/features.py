"""The features of every ordered pair of occupations: how alike two are in one respect, and how far apart.

Most are made from a similarity. What counts then is the destination's rank by that similarity among all destinations of
the origin: `-ln(place + 3)`, so that the first few ranks differ much and the last few hundred hardly at all. Ranks make
features comparable whose values are not, and differ by direction: a nurse may be the most similar to a midwife, while
many are more similar to a nurse than a midwife is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import eq, mul

import numpy as np
from numpy.typing import NDArray

from careergraph.importing.derive.similarity.coordinates import Coordinates, OccupationProfiles
from careergraph.importing.derive.similarity.pairwise import (
    ALL,
    Block,
    compute_cosines,
    compute_nearness,
    compute_z_scores,
    rank_places,
)
from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.importing.derive.similarity.text_vectors import find_weights

Singles = NDArray[np.float32]
#: The name of the feature that depends on what is held.
MISSING = "missing share"
#: This many grades of preparation are far apart.
FAR = 2


@dataclass(frozen=True)
class Feature:
    """A feature: its name, a description, and its function of a block: origins × destinations."""

    name: str
    meaning: str
    compute: Callable[[Block], Floats]


def _everything(block: Block) -> Floats:
    return block.places(block.cosines(block.located.everything))


def _titles(block: Block) -> Floats:
    return block.places(block.cosines(block.located.titles))


def _in_context(block: Block) -> Floats:
    return block.places(block.cosines(block.located.in_context))


def _title_letters(block: Block) -> Floats:
    return block.places(block.by_terms(block.located.title_letters))


def _descriptions(block: Block) -> Floats:
    return block.places(block.cosines(block.located.descriptions))


def _task_letters(block: Block) -> Floats:
    return block.places(block.by_terms(block.located.task_letters))


def _tasks(block: Block) -> Floats:
    there, back = block.coverage
    return block.places(there + back)


def _coverage(block: Block) -> Floats:
    return block.coverage[0]


def _knowledge(block: Block) -> Floats:
    return block.places(block.cosines(block.located.knowledge))


def _interests(block: Block) -> Floats:
    return block.places(compute_nearness(block.located.interests, block.origins))


def _gap(block: Block) -> Floats:
    return np.asarray(np.abs(block.climb))


def _far(block: Block) -> Floats:
    return np.asarray(np.abs(block.climb) >= FAR, dtype=np.float64)


def _missing(block: Block) -> Floats:
    return block.missing


def _of_profiles(compute: Callable[[OccupationProfiles], Floats]) -> Callable[[Block], Floats]:
    """A feature that needs more of the profiles than the model does, and is computed for all origins at once."""

    def of_block(block: Block) -> Floats:
        if not isinstance(block.located, OccupationProfiles):
            raise TypeError(block.located)
        return compute(block.located)[block.origins]

    return of_block


def _skills(compared: OccupationProfiles) -> Floats:
    return rank_places(compute_cosines(compute_z_scores(compared.importance("skills"))))


def _levels(compared: OccupationProfiles) -> Floats:
    return rank_places(compute_nearness(compute_z_scores(compared.asked_depth)))


def _activities(compared: OccupationProfiles) -> Floats:
    return rank_places(Block(compared).by_terms(find_weights(compared.profiles.activities)))


def _tools(compared: OccupationProfiles) -> Floats:
    return rank_places(Block(compared).by_terms(find_weights(compared.profiles.tools)))


def _climb(block: Block) -> Floats:
    return np.maximum(block.climb, 0.0)


def _codes(compared: OccupationProfiles) -> Floats:
    codes = compared.profiles.codes
    return np.array([[sum(accumulate(map(eq, one, other), mul)) for other in codes] for one in codes], dtype=float)


#: All features of the model, in the order in which they are stored and shown.
FEATURES = (
    Feature("everything", "place by all words, in the space of their main directions", _everything),
    Feature("titles", "place by titles, as sums of the vectors of their words", _titles),
    Feature("titles in context", "place by titles, by the company that their words keep", _in_context),
    Feature("title letters", "place by titles, as runs of letters", _title_letters),
    Feature("descriptions", "place by descriptions, as sums of the vectors of their words", _descriptions),
    Feature("task letters", "place by tasks, as runs of letters", _task_letters),
    Feature("tasks", "place by how well the tasks of each cover those of the other", _tasks),
    Feature("tasks covered", "how well the origin's tasks cover the destination's, from -1 to 1", _coverage),
    Feature("knowledge", "place by which knowledge stands out", _knowledge),
    Feature("interests", "place by interests", _interests),
    Feature("preparation gap", "grades of preparation between the two", _gap),
    Feature("preparation far", "1 if two or more grades of preparation lie between the two", _far),
    Feature(MISSING, "share of the destination's skills and knowledge that the origin's people lack", _missing),
)
#: Features that were tried and add nothing to those, or are not available everywhere;
#: `benchmarks/related_occupations.py --ablation` prints what each would add.
LEFT_OUT = (
    Feature("skills", "place by which skills matter more than usual", _of_profiles(_skills)),
    Feature("levels", "place by how deep all skills and knowledge go", _of_profiles(_levels)),
    Feature("activities", "place by work activities", _of_profiles(_activities)),
    Feature("tools", "place by technologies", _of_profiles(_tools)),
    Feature("preparation up", "grades of preparation to climb", _climb),
    Feature(
        "codes", "how many characters the codes of the two in a classification have in common", _of_profiles(_codes)
    ),
)


def list_values(
    located: Coordinates | OccupationProfiles, features: Sequence[Feature] = FEATURES, origins: slice = ALL
) -> dict[str, Singles]:
    """The values of features for pairs of some origins and all destinations: name → origins × destinations.

    Args:
        located: the occupations.
        features: which features; all of the model by default.
        origins: which occupations are origins; all by default.
    """
    block = Block(located, origins)
    return {feature.name: feature.compute(block).astype(np.float32) for feature in features}
