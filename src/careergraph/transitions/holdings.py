"""What people in a position hold, from claims, ratings and alignments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from careergraph.catalogue.alignments import add_broader, find_counterparts, find_positions, find_same_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import weigh_requirement
from careergraph.catalogue.proxies import find_proxies
from careergraph.catalogue.ratings import find_depths
from careergraph.model.records import Record, Ref, Requirement
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.coverage import Holdings as Holdings
from careergraph.transitions.coverage import share_met as share_met
from careergraph.transitions.precomputed.tables import find_costs, find_similarity
from careergraph.transitions.schooling import find_zone_degree

_PARAMETER = "https://w3id.org/careergraph/id/parameter/"
#: Whether employers ask for a technology → the editors' parameter for how well people who use it know it.
_TOOL_LEVELS = {False: f"{_PARAMETER}technology-level", True: f"{_PARAMETER}in-demand-technology-level"}
#: An occupation that represents a background at least so far takes the same schooling.
_AS_SCHOOLED = 0.7
_ACTIVITY_LEVEL = f"{_PARAMETER}activity-level"


class ClaimedHolding(Record):
    """An asset that a claim gives people in a position, and its level between 0 and 1.

    `counted` is what the claim names, if that is another asset that counts for this one by an alignment.
    """

    asset: str
    level: float
    claim: str
    counted: str | None


def find_holdings(catalogue: Catalogue, position: str) -> Holdings:
    """What people in a position hold, with what that implies and the position itself.

    It consists of what the editors judge them to hold, what a role asks of everybody in it, what sources rate and list
    for an occupation (or else for its counterparts in another classification), and what any of these counts for by
    alignment.

    Args:
        catalogue: where to look.
        position: the IRI of a role, a background or an occupation.
    """
    assets = dict.fromkeys((position, *find_same_positions(catalogue, position)), 1.0)
    for item in list_holdings(catalogue, position):
        assets[item.asset] = max(item.level, assets.get(item.asset, 0.0))
    more = (estimate_holdings, find_counterpart_holdings, find_nearby_holdings)
    for element, depth in (item for find in more for item in find(catalogue, position)):
        assets[element] = max(depth, assets.get(element, 0.0))
    return Holdings(add_broader(catalogue, assets), {})


def estimate_holdings(catalogue: Catalogue, position: str) -> Iterator[tuple[str, float]]:
    """What people in an occupation hold, estimated from what it is estimated to ask for: asset and level."""
    similarity = find_similarity(catalogue)
    for node in find_positions(catalogue, position):
        if similarity and node in similarity.unrated:
            yield from ((element, depth) for element, (_, depth) in similarity.requirements(node).items())
        degree = find_zone_degree(catalogue, node)
        if degree:
            yield degree, 1.0


def find_counterpart_holdings(catalogue: Catalogue, position: str) -> Iterator[tuple[str, float]]:
    """What people hold in all the nearest counterparts of an unrated occupation in another classification.

    Gives asset and level; nothing if no counterpart is rated.
    """
    nearest = find_nearest(catalogue, position)
    costs = find_costs(catalogue)  # which has stored what people hold, as far as any position asks for it
    laid_down = costs.number if costs else {}
    every = [(costs.holds(n) if costs and n in laid_down else find_holdings(catalogue, n)).assets for n in nearest]
    for asset in set.intersection(*map(set, every)) if every else ():
        if catalogue.kind(asset) not in POSITIONS:
            yield asset, min(assets[asset] for assets in every)


def find_nearest(catalogue: Catalogue, position: str) -> tuple[str, ...]:
    """The rated occupations of another classification that come nearest to an unrated one.

    Empty if the position is rated itself, or is not an occupation.
    """
    similarity = find_similarity(catalogue)
    known = similarity.number if similarity else {}
    if position in known or catalogue.kind(position) != "occupation":
        return ()
    found = {node: close for node, close in find_proxies(catalogue, position).items() if node in known}
    return tuple(node for node in found if found[node] == max(found.values()))


def find_nearby_holdings(catalogue: Catalogue, position: str) -> Iterator[tuple[str, float]]:
    """What people in a background hold according to the occupations nearest to it: asset and level.

    Nothing if a rated occupation is the same: what people in it hold already counts in full. Otherwise each level
    counts as far as the occupation represents the background. A degree is held or not: those of the occupations that
    come nearest are; but whoever has studied a field may have got any degree in it, or none.
    """
    studied = CG.FieldOfStudy in catalogue.values(position, RDF.type)
    places = find_positions(catalogue, position)
    if catalogue.kind(position) != "background" or any(catalogue.about(node, "rating") for node in places):
        return
    for occupation, closeness in find_proxies(catalogue, position).items():
        for item in list_holdings(catalogue, occupation):
            is_degree = catalogue.kind(item.asset) == "credential"
            schooled = closeness >= _AS_SCHOOLED and not studied
            level = float(schooled) if is_degree else item.level * closeness
            if level:
                yield item.asset, level


def list_holdings(catalogue: Catalogue, position: str) -> Iterator[ClaimedHolding]:
    """What people in a position hold by claims, one by one, and then what each of these counts for by alignment."""
    for node in find_positions(catalogue, position):
        for item in _list_holdings_of(catalogue, node):
            yield item
            # Somebody with a master's degree has a bachelor's degree, in the list of degrees of any source.
            graded = catalogue.kind(item.asset) == "credential"
            for asset in add_broader(catalogue, {item.asset: 1.0}) if graded else (item.asset,):
                for other, counts in find_counterparts(catalogue, asset).items():
                    yield ClaimedHolding(other, item.level * counts, item.claim, asset)
        for other, counts in find_counterparts(catalogue, node).items():
            if counts < 1:
                yield ClaimedHolding(other, counts, node, node)


def _list_holdings_of(catalogue: Catalogue, node: str) -> Iterator[ClaimedHolding]:
    for claim in catalogue.about(node, "holding"):
        level = catalogue.weight(catalogue.value(claim, CG.level))
        yield from (ClaimedHolding(asset, level, claim, None) for asset in catalogue.values(claim, CG.holds))
    yield from _requirements_for_all(catalogue, node)
    for claim, element, depth in find_depths(catalogue, catalogue.about(node, "rating")):
        yield ClaimedHolding(element, depth, claim, None)
    for claim in catalogue.about(node, "tool-use"):
        level = catalogue.weight(_TOOL_LEVELS[catalogue.value(claim, CG.inDemand) == "true"], 0.5)
        yield from (ClaimedHolding(tool, level, claim, None) for tool in catalogue.values(claim, CG.tool))
    for claim in catalogue.about(node, "task"):
        for activity in catalogue.values(claim, CG.activity):
            yield ClaimedHolding(activity, catalogue.weight(_ACTIVITY_LEVEL, 0.5), claim, None)


def _requirements_for_all(catalogue: Catalogue, role: str) -> Iterator[ClaimedHolding]:
    """What a role asks for is held by everybody in it; of alternatives, it is not known which."""
    for claim in catalogue.about(role, "requirement"):
        any_of = catalogue.values(claim, CG.anyOf)
        if len(any_of) == 1:
            importance, needed = weigh_requirement(catalogue, claim, graded=catalogue.kind(any_of[0]) == "skill")
            if importance > 0:
                yield ClaimedHolding(any_of[0], needed, claim, None)


def find_lessons(catalogue: Catalogue, requirements: Iterable[Requirement]) -> Holdings:
    """What somebody gains by meeting a role's requirements."""
    singles: dict[str, float] = {}
    groups: dict[frozenset[str], float] = {}
    for item in requirements:
        if len(item.any_of) == 1:
            singles[item.any_of[0].id] = max(item.needed, singles.get(item.any_of[0].id, 0.0))
        else:
            groups[frozenset(ref.id for ref in item.any_of)] = item.needed
    return Holdings(add_broader(catalogue, singles), groups)


def with_implied(catalogue: Catalogue, assets: Mapping[str, float]) -> dict[str, float]:
    """Assets together with what they count for by alignment, and with what all of that implies."""
    found = dict(assets)
    for asset, level in assets.items():
        for other, counts in find_counterparts(catalogue, asset).items():
            found[other] = max(level * counts, found.get(other, 0.0))
    return add_broader(catalogue, found)


def list_held_refs(requirement: Requirement, held: Holdings) -> tuple[Ref, ...]:
    """The alternatives of a requirement that are held; the whole group if it is not known which."""
    single = tuple(ref for ref in requirement.any_of if ref.id in held.assets)
    return single or requirement.any_of
