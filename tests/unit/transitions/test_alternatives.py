"""Which of many routes are told: alternatives differ in kind, and are ones that somebody would take."""

from __future__ import annotations

from careergraph.transitions.alternatives import LONGEST_ALTERNATIVE, choose_among

SHORT, LONG = ("a", "z"), ("a", *"bcdef", "z")


def told(attempts: dict[tuple[str, ...], float], easiest: tuple[str, ...], k: int) -> list[tuple[str, ...]]:
    """The routes told, of some with their attempts, of which one is the easiest and all are alike otherwise."""

    def cost(nodes: tuple[str, ...], by: str) -> float:
        return float(nodes != easiest) if by == "feasibility" else attempts[nodes]

    return [nodes for nodes, _ in choose_among(attempts, cost, "attempts", k)]


def test_nobody_is_sent_through_more_stops_because_that_is_easier_in_the_end() -> None:
    assert len(LONG) - 1 > LONGEST_ALTERNATIVE
    between = ("a", "b", "z")
    assert told({SHORT: 10.0, between: 25.0, LONG: 31.0}, LONG, 2) == [SHORT, between]


def test_a_route_that_takes_many_times_the_attempts_is_no_alternative() -> None:
    assert told({SHORT: 5.0, ("a", "b", "z"): 16.0}, SHORT, 3) == [SHORT]
    assert told({SHORT: 5.0, ("a", "b", "z"): 14.0}, SHORT, 3) == [SHORT, ("a", "b", "z")]


def test_whatever_is_best_by_another_measure_is_told_however_many_attempts_it_takes() -> None:
    assert told({("a", "b", "z"): 5.0, SHORT: 50.0}, SHORT, 2) == [("a", "b", "z"), SHORT]
