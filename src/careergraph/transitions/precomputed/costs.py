"""The table of step costs of a large network: each step between positions with its cost, as an import computed it.

With thousands of positions, computing what each step costs to whom is too slow while somebody waits. So an import does
it once, for people who hold what is usual in the position they come from, and stores the result as flat arrays
(`importing.derive.step_costs` writes them). The file is mapped into memory: opening it reads a few kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from careergraph.model.records import Ref, Requirement
from careergraph.transitions.coverage import Holdings
from careergraph.transitions.criteria import LONGEST_ROUTE
from careergraph.transitions.durations import NOTHING_KNOWN, Preparation, Span
from careergraph.transitions.precomputed.arrays import open_arrays, read_whole_array

FORMAT = 3
HEADER, ARRAYS = "steps.json", "steps.bin"
#: Array → the type of its items, as `array` and `memoryview.cast` name them.
TYPES = {
    "step_offsets": "I",
    "step_heads": "I",
    "step_ease": "f",
    "step_effort": "f",
    "step_surcharge": "f",
    "step_months": "f",
    "step_derived": "B",
    "step_last": "B",
    "within": "f",
    "passes": "I",
    "nearest": "I",
    "zones": "B",
    "spans": "f",
    "licences": "I",
    "held_offsets": "I",
    "held_assets": "I",
    "held_levels": "f",
    "asked_offsets": "I",
    "asked_assets": "I",
    "asked_skill": "B",
    "asked_importance": "f",
    "asked_needed": "f",
}
#: Why a step may only be a route's last: it leads two grades of preparation down, or to a position that is no stop.
#: Bits.
DOWN, NO_STOP = 1, 2
#: For each position: the low and the high end and the share of the experience, then of the training, that it takes.
SPANS = 6
#: The value in `nearest` for a position that no occupation represents, and in `spans` for what is unknown.
NOBODY, UNSAID = 2**32 - 1, -1.0


class ProjectedStep(NamedTuple):
    """A stored step: its destination, by number, and its figures for most people.

    `ease`, `effort`, `surcharge` and `months` are those of `transitions.measures`; `computed` says that no source names
    the step, `last` whether and why it may only be a route's last (`DOWN`, `NO_STOP`).
    """

    head: int
    ease: float
    effort: float
    surcharge: float
    months: float
    computed: bool
    last: int


class StepCosts:
    """Steps between positions, what people in each hold, and what each occupation asks for.

    Args:
        nodes: the positions' IRIs; positions are numbered in this order.
        assets: the IRIs of what is held and asked for, numbered likewise.
        arrays: the arrays that `TYPES` names; those of `n` positions have `n + 1` offsets.

    Look-ups take time linear in their result.
    """

    def __init__(
        self,
        nodes: Sequence[str],
        assets: Sequence[str],
        arrays: dict[str, Sequence[float]],
        licences: Sequence[str] = (),
    ) -> None:
        self.nodes, self.assets, self._arrays = tuple(nodes), tuple(assets), arrays
        self.licences = tuple(licences)
        self.asset_numbers = {asset: number for number, asset in enumerate(self.assets)}
        self.number = {node: number for number, node in enumerate(self.nodes)}

    @classmethod
    def open(cls, folder: str) -> StepCosts | None:
        """The table of step costs that an import stored in a folder; None if there is none.

        Raises:
            UnusableDataset: it is of another version, or damaged.
        """
        found = open_arrays(folder, HEADER, ARRAYS, types=TYPES, format_=FORMAT)
        return found and cls(found.header["nodes"], found.header["assets"], found.arrays, found.header["licences"])

    def array(self, name: str) -> Sequence[float]:
        """One of the arrays that `TYPES` names."""
        return read_whole_array(self._arrays[name])

    def leaving(self, number: int) -> Iterator[ProjectedStep]:
        """The steps that lead from a position."""
        arrays, places = self._arrays, self._range("step_offsets", number)
        columns = [arrays[f"step_{name}"][places.start : places.stop] for name in _STEP]
        return map(ProjectedStep, *columns)

    def within(self, number: int, max_steps: int) -> list[Sequence[float]]:
        """For 0, 1, ... `max_steps` steps and every position, the least attempts of such a route to one position.

        A lower bound of the real ones. `max_steps` is at most `LONGEST_ROUTE`.
        """
        size = len(self.nodes)
        start = number * LONGEST_ROUTE * size
        rows = [self._arrays["within"][start + n * size : start + (n + 1) * size] for n in range(max_steps)]
        here = [inf] * size
        here[number] = 0.0
        return [here, *rows]

    def preparation(self, node: str) -> Preparation:
        """What preparation a position takes; if it is no occupation, that of its nearest proxy."""
        number = self.number[node]
        nearest = int(self._arrays["nearest"][number])
        if nearest == NOBODY:
            return NOTHING_KNOWN
        found = self._arrays["spans"][nearest * SPANS : (nearest + 1) * SPANS]
        spans = [None if low == UNSAID else Span(low, high, share) for low, high, share in (found[:3], found[3:])]
        licence = int(self._arrays["licences"][nearest])
        return Preparation(
            stated_for=self.nodes[nearest],
            zone=int(self._arrays["zones"][nearest]) or None,
            experience=spans[0],
            training=spans[1],
            licence=self.licences[licence - 1] if licence else None,
        )

    def zone(self, number: int) -> int | None:
        """The grade of preparation that a position takes, by its number."""
        return int(self._arrays["zones"][number]) or None

    @property
    def pairs(self) -> int:
        """The number of pairs of positions that count for `careergraph.transitions.outlook.find_bridges`."""
        return int(self._arrays["passes"][len(self.nodes)])

    def edges(self, *, derived: bool) -> Iterator[tuple[str, ProjectedStep]]:
        """All steps, each with where it starts, in the order of the positions.

        Args:
            derived: whether to include the steps that no source names.
        """
        for number, node in enumerate(self.nodes):
            for step in self.leaving(number):
                if derived or not step.computed:
                    yield node, step

    def holds(self, node: str) -> Holdings:
        """What people in a position hold, as far as any position asks for it."""
        places = self._range("held_offsets", self.number[node])
        assets, levels = (self._arrays[f"held_{name}"][places.start : places.stop] for name in ("assets", "levels"))
        return Holdings({self.assets[int(asset)]: level for asset, level in zip(assets, levels, strict=True)}, {})

    def requirements(self, node: str) -> tuple[Requirement, ...]:
        """What an occupation asks for; without the words and the evidence of the claims."""
        arrays, found = self._arrays, []
        for place in self._range("asked_offsets", self.number[node]):
            asset = self.assets[int(arrays["asked_assets"][place])]
            kind = "skill" if arrays["asked_skill"][place] else "credential"
            found.append(
                strip_words(
                    Ref(asset, kind, asset, None), arrays["asked_importance"][place], arrays["asked_needed"][place]
                )
            )
        return tuple(found)

    def _range(self, offsets: str, number: int) -> range:
        return range(int(self._arrays[offsets][number]), int(self._arrays[offsets][number + 1]))


_STEP = ("heads", "ease", "effort", "surcharge", "months", "derived", "last")


def strip_words(asset: Ref, importance: float, needed: float) -> Requirement:
    """A requirement for computing only: it has its weight, but no words or evidence."""
    return Requirement((asset,), "", None, None, asset, importance, needed, (), (), False)
