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

from careergraph.importing.derive.similarity.pairwise import (
    ASKED,
    OccupationProfiles,
    by_terms,
    correlations,
    cosines,
    nearness,
    places,
    z_scores,
)
from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.importing.derive.similarity.text_vectors import bags, letters

Singles = NDArray[np.float32]
#: The name of the feature that depends on what is held.
MISSING = "missing share"
#: This many grades of preparation are far apart.
FAR = 2


@dataclass(frozen=True)
class Feature:
    """A feature: its name, a description, and its function of profiles: origins × destinations."""

    name: str
    meaning: str
    compute: Callable[[OccupationProfiles], Floats]


def _everything(compared: OccupationProfiles) -> Floats:
    return places(compared.everything)


def _titles(compared: OccupationProfiles) -> Floats:
    return places(cosines(compared.place(compared.profiles.titles)))


def _in_context(compared: OccupationProfiles) -> Floats:
    return places(cosines(compared.in_context))


def _title_letters(compared: OccupationProfiles) -> Floats:
    return places(by_terms(bags(compared.profiles.titles, letters)))


def _descriptions(compared: OccupationProfiles) -> Floats:
    return places(cosines(compared.place(compared.profiles.descriptions)))


def _task_letters(compared: OccupationProfiles) -> Floats:
    return places(by_terms(bags(compared.profiles.tasks, letters)))


def _tasks(compared: OccupationProfiles) -> Floats:
    return places(compared.coverage + compared.coverage.T)


def _coverage(compared: OccupationProfiles) -> Floats:
    return compared.coverage


def _knowledge(compared: OccupationProfiles) -> Floats:
    return places(correlations(compared.importance("knowledge")))


def _interests(compared: OccupationProfiles) -> Floats:
    return places(nearness(compared.importance("interests")))


def _gap(compared: OccupationProfiles) -> Floats:
    return np.asarray(np.abs(compared.climb))


def _far(compared: OccupationProfiles) -> Floats:
    return np.asarray(np.abs(compared.climb) >= FAR, dtype=np.float64)


def _missing(compared: OccupationProfiles) -> Floats:
    return compared.missing


def _skills(compared: OccupationProfiles) -> Floats:
    return places(cosines(z_scores(compared.importance("skills"))))


def _levels(compared: OccupationProfiles) -> Floats:
    return places(nearness(z_scores(compared.depth(*ASKED))))


def _activities(compared: OccupationProfiles) -> Floats:
    return places(by_terms(compared.profiles.activities))


def _tools(compared: OccupationProfiles) -> Floats:
    return places(by_terms(compared.profiles.tools))


def _climb(compared: OccupationProfiles) -> Floats:
    return np.maximum(compared.climb, 0.0)


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
    Feature("skills", "place by which skills matter more than usual", _skills),
    Feature("levels", "place by how deep all skills and knowledge go", _levels),
    Feature("activities", "place by work activities", _activities),
    Feature("tools", "place by technologies", _tools),
    Feature("preparation up", "grades of preparation to climb", _climb),
    Feature("codes", "how many characters the codes of the two in a classification have in common", _codes),
)


def values_of(compared: OccupationProfiles, features: Sequence[Feature] = FEATURES) -> dict[str, Singles]:
    """The values of features for all ordered pairs: name → origins × destinations."""
    return {feature.name: feature.compute(compared).astype(np.float32) for feature in features}
