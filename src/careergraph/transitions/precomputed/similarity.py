"""Derived transitions that an import has stored: how likely experts are to call two occupations related.

    likeness.json       occupations, features with their coefficients, elements, and where the arrays are
    likeness.bin        the arrays that `TYPES` names, one after the other

The file is mapped into memory: opening it reads the header, and each answer a few bytes. Needs no numpy.
"""

# On the start path: nothing is imported here that is not loaded anyway.
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp

from careergraph.model.records import Record
from careergraph.transitions.precomputed.arrays import open_arrays, read_whole_array

FORMAT = 3
HEADER, ARRAYS = "likeness.json", "likeness.bin"
#: How many of the most likely destinations are stored for each origin.
MOST = 100
#: Values of features are stored as multiples of this.
GRAIN = 0.001
#: Array → the type of its items, as `array` and `memoryview.cast` name them.
TYPES = {
    "logits": "f",  # origins × destinations, all but what is missing
    "values": "h",  # features × origins × destinations
    "best": "I",  # origins × MOST (or all, if there are fewer)
    "asked_offsets": "I",
    "asked_elements": "I",
    "asked_importance": "f",
    "asked_depth": "f",
}


class Term(Record):
    """One term of a logit: `contribution` = `coefficient` × (`value` - what is usual)."""

    name: str
    value: float
    coefficient: float
    contribution: float


class Similarity:
    """How likely experts are to call one occupation related to another, for all ordered pairs.

    `unrated` are the occupations that no source rates: what they ask for is estimated from those most alike.

    Args:
        header: the contents of `likeness.json`.
        arrays: the arrays that `TYPES` names.

    Answers take constant time, or time linear in their result.
    """

    def __init__(self, header: Mapping[str, object], arrays: Mapping[str, Sequence[float]]) -> None:
        said: dict = dict(header)  # type: ignore[type-arg]
        self.occupations: tuple[str, ...] = tuple(said["occupations"])
        self.number = {node: number for number, node in enumerate(self.occupations)}
        self.unrated = frozenset(said["unrated"])
        self.elements: Sequence[str] = said["elements"]
        self._features: Sequence[Mapping[str, float]] = said["features"]
        self._names: Sequence[str] = [feature["name"] for feature in said["features"]]
        self._bias: float = said["bias"]
        self._missing: int = said["missing"]
        self._arrays = arrays
        self._asked: dict[str, dict[str, tuple[float, float]]] = {}

    @classmethod
    def open(cls, folder: str) -> Similarity | None:
        """The similarity that an import stored in a folder; None if there is none.

        Raises:
            UnusableDataset: it is of another version, or damaged.
        """
        found = open_arrays(folder, HEADER, ARRAYS, types=TYPES, format_=FORMAT)
        return found and cls(found.header, found.arrays)

    def probability(self, origin: str, destination: str, missing: float | None = None) -> float:
        """The probability that experts call a destination related to an origin, given what people lack.

        Args:
            origin: an occupation's IRI.
            destination: another's.
            missing: the share of the destination's profile that is missing; that of people in the origin by default.

        Raises:
            KeyError: one of the two is none of `occupations`.
        """
        return logistic(self.logit(origin, destination, missing))

    def logit(self, origin: str, destination: str, missing: float | None = None) -> float:
        """The logit of `probability`, which takes the same arguments.

        Raises:
            KeyError: one of the two is none of `occupations`.
        """
        number = self._number(origin, destination)
        if missing is None:
            missing = self._value(self._missing, number)
        return self._arrays["logits"][number] + self._features[self._missing]["coefficient"] * missing

    def static_logits(self) -> tuple[Sequence[float], float]:
        """All logits, origins × destinations, before what is missing counts, and what each missing share adds."""
        return read_whole_array(self._arrays["logits"]), self._features[self._missing]["coefficient"]

    def nearest(self, origin: str, n: int) -> list[str]:
        """The most likely destinations for people in an origin, most likely first: `best` without the probabilities.

        Raises:
            KeyError: the origin is none of `occupations`.
        """
        stored = min(MOST, len(self.occupations) - 1)
        start = self.number[origin] * stored
        if n > stored:
            return [other for other, _ in self.best(origin, n)]
        return [self.occupations[int(number)] for number in self._arrays["best"][start : start + n]]

    def best(self, origin: str, n: int) -> list[tuple[str, float]]:
        """The most likely destinations for people in an origin, with their probabilities, most likely first.

        Raises:
            KeyError: the origin is none of `occupations`.
        """
        if n <= min(MOST, len(self.occupations) - 1):
            return [(other, self.probability(origin, other)) for other in self.nearest(origin, n)]
        every = [(other, self.probability(origin, other)) for other in self.occupations if other != origin]
        return sorted(every, key=lambda item: (-item[1], item[0]))[:n]

    def terms(self, origin: str, destination: str, missing: float | None = None) -> tuple[Term, ...]:
        """What a logit is the sum of: the bias, and one term for each feature.

        The contribution of a feature is measured from its mean over all pairs that the model was fitted to.

        Raises:
            KeyError: one of the two is none of `occupations`.
        """
        number = self._number(origin, destination)
        found = [Term("bias", 1.0, self._bias, self._bias)]
        for place, feature in enumerate(self._features):
            given = missing if place == self._missing else None
            value = self._value(place, number) if given is None else given
            slope = feature["coefficient"]
            found.append(Term(self._names[place], value, slope, slope * (value - feature["mean"])))
        return tuple(found)

    def requirements(self, destination: str) -> Mapping[str, tuple[float, float]]:
        """The rated skills and knowledge of an occupation: element → importance and depth, between 0 and 1."""
        if destination not in self._asked:
            arrays, number = self._arrays, self.number[destination]
            start, end = (int(arrays["asked_offsets"][number + more]) for more in (0, 1))
            elements = (self.elements[int(place)] for place in arrays["asked_elements"][start:end])
            figures = zip(arrays["asked_importance"][start:end], arrays["asked_depth"][start:end], strict=True)
            self._asked[destination] = dict(zip(elements, figures, strict=True))
        return self._asked[destination]

    def missing_share(self, destination: str, held: Mapping[str, float]) -> float:
        """The share of an occupation's profile that is missing with some holdings: see `find_missing_share`."""
        return find_missing_share(self.requirements(destination), held)

    def explain(self, origin: str, destination: str, missing: float | None = None) -> str:
        """In words, what makes a transition likely and what speaks against it."""
        found = self.terms(origin, destination, missing)[1:]
        ranked = sorted(found, key=lambda term: (-abs(term.contribution), term.name))[:4]
        share = found[self._missing].value
        return f"{_tell(ranked)}; {share:.0%} of what is asked for is missing"

    def _number(self, origin: str, destination: str) -> int:
        return self.number[origin] * len(self.occupations) + self.number[destination]

    def _value(self, feature: int, number: int) -> float:
        return self._arrays["values"][feature * len(self.occupations) ** 2 + number] * GRAIN


def find_missing_share(asked: Mapping[str, tuple[float, float]], held: Mapping[str, float]) -> float:
    """The share of a profile that is missing: Σ importance × max(0, depth - held) / Σ importance × depth.

    Args:
        asked: element → importance and depth, between 0 and 1.
        held: element → how deep it is held; what is not in it is not held at all.

    Returns:
        Between 0 and 1; never more when more is held, and 0 for a profile that asks for nothing.

    >>> find_missing_share({"python": (1.0, 0.8), "law": (0.5, 0.4)}, {"python": 0.8})
    0.2
    """
    total = sum(importance * depth for importance, depth in asked.values())
    lacking = sum(
        importance * max(0.0, depth - held.get(element, 0.0)) for element, (importance, depth) in asked.items()
    )
    return lacking / total if total > 0 else 0.0


def logistic(logit: float) -> float:
    """The probability of a logit.

    >>> logistic(0.0), round(logistic(-2.0), 3)
    (0.5, 0.119)
    """
    return 1 / (1 + exp(-logit)) if logit >= 0 else exp(logit) / (1 + exp(logit))


def _tell(terms: Iterable[Term]) -> str:
    return ", ".join(f"{term.name} {term.contribution:+.1f}" for term in terms)
