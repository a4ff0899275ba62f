"""The table of step costs of a large network: each step between positions with its cost, as an import computed it.

With thousands of positions, working out what each step costs to whom is too slow while somebody waits. So an import
does it once, for people who hold what is usual in the position they come from, and lays the result down as flat arrays
(`importing.derive.step_costs` writes them). The file is mapped into memory: opening it reads a few kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careergraph.model.records import Ref, Requirement
from careergraph.transitions.holdings import Holdings
from careergraph.transitions.precomputed.arrays import open_arrays

FORMAT = 2
HEADER, ARRAYS = "steps.json", "steps.bin"
#: Array → the type of its items, as `array` and `memoryview.cast` name them.
TYPES = {
    "step_offsets": "I",
    "step_heads": "I",
    "step_feasibility": "f",
    "step_effort": "f",
    "step_derived": "B",
    "least": "f",
    "held_offsets": "I",
    "held_assets": "I",
    "held_levels": "f",
    "asked_offsets": "I",
    "asked_assets": "I",
    "asked_skill": "B",
    "asked_importance": "f",
    "asked_needed": "f",
}


class StepCosts:
    """Steps between positions, what people in each hold, and what each occupation asks for.

    Args:
        nodes: the positions' IRIs; positions are numbered in this order.
        assets: the IRIs of what is held and asked for, numbered likewise.
        arrays: the arrays that `TYPES` names; those of `n` positions have `n + 1` offsets.

    Look-ups take time linear in what they give.
    """

    def __init__(self, nodes: Sequence[str], assets: Sequence[str], arrays: dict[str, Sequence[float]]) -> None:
        self.nodes, self.assets, self._arrays = tuple(nodes), tuple(assets), arrays
        self.number = {node: number for number, node in enumerate(self.nodes)}

    @classmethod
    def open(cls, folder: str) -> StepCosts | None:
        """The table of step costs that an import laid down in a folder; None if there is none.

        Raises:
            UnusableDataset: it is of another version, or damaged.
        """
        found = open_arrays(folder, HEADER, ARRAYS, types=TYPES, format_=FORMAT)
        return found and cls(found.header["nodes"], found.header["assets"], found.arrays)

    def array(self, name: str) -> Sequence[float]:
        """One of the arrays that `TYPES` names."""
        return self._arrays[name]

    def leaving(self, number: int) -> Iterator[tuple[int, float, float, bool]]:
        """The steps that lead from a position: destination, feasibility, effort, whether no source names it."""
        arrays, places = self._arrays, self._range("step_offsets", number)
        heads, values, efforts = arrays["step_heads"], arrays["step_feasibility"], arrays["step_effort"]
        computed = arrays["step_derived"]
        return ((int(heads[place]), values[place], efforts[place], bool(computed[place])) for place in places)

    def least_to(self, number: int) -> Sequence[float]:
        """For every position the least −ln of the feasibility of any route from there to one position."""
        size = len(self.nodes)
        return self._arrays["least"][number * size : (number + 1) * size]

    def edges(self, *, derived: bool) -> Iterator[tuple[str, str, float, float]]:
        """All steps: origin, destination, feasibility, effort; with those that no source names, or without."""
        for number, node in enumerate(self.nodes):
            for head, value, learn, computed in self.leaving(number):
                if derived or not computed:
                    yield node, self.nodes[head], value, learn

    def holds(self, node: str) -> Holdings:
        """What people in a position hold, as far as any position asks for it."""
        levels, assets = self._arrays["held_levels"], self._arrays["held_assets"]
        places = self._range("held_offsets", self.number[node])
        return Holdings({self.assets[int(assets[place])]: levels[place] for place in places}, {})

    def asked(self, node: str) -> tuple[Requirement, ...]:
        """What an occupation asks for; without the words and the evidence of the claims."""
        arrays, found = self._arrays, []
        for place in self._range("asked_offsets", self.number[node]):
            asset = self.assets[int(arrays["asked_assets"][place])]
            kind = "skill" if arrays["asked_skill"][place] else "credential"
            found.append(
                bare(Ref(asset, kind, asset), arrays["asked_importance"][place], arrays["asked_needed"][place])
            )
        return tuple(found)

    def _range(self, offsets: str, number: int) -> range:
        return range(int(self._arrays[offsets][number]), int(self._arrays[offsets][number + 1]))


def bare(asset: Ref, importance: float, needed: float) -> Requirement:
    """A requirement of which only the weight counts: nobody is going to read it."""
    return Requirement((asset,), "", None, None, asset, importance, needed, (), ())
