"""Which routes plans are for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import ContradictoryConditions, NoRoute
from careergraph.transitions.origins import Origin
from careergraph.transitions.route_steps import Route, is_hopeless


def find_ways(
    catalogue: Catalogue,
    origin: Origin,
    role: str,
    via: Sequence[str] | None = (),
    k: int = 1,
    number: int | None = None,
) -> Sequence[Route | None]:
    """The routes to plan for; a single None, for going straight, if none leads to the role.

    A single one that nobody chose is the best, or going straight where that is a chain that nobody should set out on,
    and less likely.

    Args:
        catalogue: where to look.
        origin: who starts.
        role: the IRI of the role.
        via: the IRIs of roles to pass; None for going straight.
        k: how many of the best routes at most.
        number: the only one of them to plan for, counted from 1.

    Raises:
        NoRoute, ContradictoryConditions: no route passes the roles that are to be passed, or there are fewer routes.
    """
    from careergraph.transitions.routes import find_routes

    if via is None:
        return _take_way([None], number)
    try:
        found = find_routes(catalogue, origin, role, via=via, k=number or k, outlook=False).routes
    except (NoRoute, ContradictoryConditions):
        if via:
            raise
        return _take_way([None], number)
    if number is None and k == 1 and not via:
        return [_without_hopeless_chain(catalogue, origin, role, found[0])]
    return _take_way(found, number)


def _take_way(ways: Sequence[Route | None], number: int | None) -> Sequence[Route | None]:
    """The way of a number, counted from 1; all of them if none is given.

    Raises:
        ContradictoryConditions: there are fewer.
    """
    if number is None:
        return ways
    if len(ways) < number:
        raise ContradictoryConditions(f"There is no route {number}; how many routes there are: {len(ways)}.")
    return ways[number - 1 : number]


def _without_hopeless_chain(catalogue: Catalogue, origin: Origin, role: str, best: Route) -> Route:
    from careergraph.transitions.routes import find_routes

    if is_hopeless(best):
        with suppress(NoRoute):
            (direct,) = find_routes(catalogue, origin, role, max_steps=1, outlook=False).routes
            return max(direct, best, key=lambda route: route.feasibility)
    return best
