"""What the model is fitted to: which occupations a source relates to each other, and pairs with their features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.features import Singles
from careergraph.importing.derive.similarity.model import Model, fit
from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.rdf.vocabulary import CG

Truths = NDArray[np.bool_]
Numbers = NDArray[np.int64]
#: A tier that weighs at least so much counts as closely related.
CLOSE = 0.6


@dataclass(frozen=True)
class Truth:
    """Which occupations experts call related: `close` of the closer tiers, `every` of all; origins × destinations.

    `unknown` counts the pairs left out because one of the two is not among the occupations.
    """

    close: Truths
    every: Truths
    unknown: int

    @property
    def origins(self) -> Numbers:
        """The numbers of the origins that something is known of."""
        return np.flatnonzero(self.every.any(axis=1))

    def without(self, origins: Numbers) -> Truth:
        """The same, as if nothing were known of some occupations, neither as origins nor as destinations."""
        kept = np.ones(len(self.every), dtype=bool)
        kept[origins] = False
        both = kept[:, None] & kept[None, :]
        return Truth(self.close & both, self.every & both, self.unknown)


def asserted(catalogue: Catalogue, occupations: Sequence[str]) -> Truth:
    """What the transitions of a catalogue say that sources assert between occupations."""
    weights: dict[str, float] = {}
    return truth_of(occupations, _transitions(catalogue, weights))


def _transitions(catalogue: Catalogue, weights: dict[str, float]) -> Iterator[tuple[str, str, bool]]:
    for _, said in catalogue.each("transition"):
        ease = next(iter(said.get(CG.ease, ())), None)
        if ease is not None and ease not in weights:
            weights[ease] = catalogue.weight(ease, 0.0)
        for origin in said.get(CG.origin, ()):
            for destination in said.get(CG.destination, ()):
                yield origin, destination, ease is not None and weights[ease] >= CLOSE


def truth_of(names: Sequence[str], pairs: Iterable[tuple[str, str, bool]]) -> Truth:
    """What pairs say that are given by name: origin, destination, whether closely related.

    Args:
        names: the names of all occupations; it is their order that counts.
        pairs: those that experts call related.
    """
    number = {name: place for place, name in enumerate(names)}
    close, every = np.zeros((2, len(names), len(names)), dtype=bool)
    unknown = 0
    for origin, destination, is_close in pairs:
        if origin in number and destination in number:
            every[number[origin], number[destination]] = True
            close[number[origin], number[destination]] |= is_close
        else:
            unknown += 1
    return Truth(close, every, unknown)


def trained(
    names: Sequence[str], values: Mapping[str, Singles], truth: Truth, held_out: Numbers, fitted: Mapping[str, Any]
) -> Model:
    """The model fitted to what is known of all origins but some; no pair with one of those has a part in it.

    A pair counts as related if it is of the closer tiers.
    """
    known = truth.without(held_out)
    kept = np.ones(known.every.shape, dtype=bool)
    kept[:, held_out] = False
    np.fill_diagonal(kept, False)
    kept = kept[known.origins]
    examples = np.stack([values[name][known.origins][kept] for name in names], axis=-1)
    return fit(names, examples, known.close[known.origins][kept], fitted)


def folds(origins: Numbers, count: int = 5) -> list[Numbers]:
    """The origins shared out at random into so many folds; always in the same way."""
    shuffled = np.random.default_rng(0).permutation(origins)
    return [np.sort(shuffled[start::count]) for start in range(count)]


def held_out(
    names: Sequence[str], values: Mapping[str, Singles], truth: Truth, parts: Sequence[Numbers]
) -> tuple[Numbers, Floats]:
    """The logits of origins by a model that has seen nothing of them: for each part one fitted to all others.

    Returns:
        The origins of all parts, sorted, and their logits: origins × destinations.
    """
    found: dict[int, Floats] = {}
    for part in parts:
        model = trained(names, values, truth, part, {})
        logits = model.logits({name: values[name][part] for name in names})
        found.update(zip(part.tolist(), logits, strict=True))
    origins = np.array(sorted(found), dtype=np.int64)
    return origins, np.stack([found[origin] for origin in origins.tolist()])
