"""Which technologies tell most about an occupation, where employers ask for many of them alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from math import log
from typing import TYPE_CHECKING

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import replace
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.precomputed.tables import find_similarity

if TYPE_CHECKING:
    from careergraph.catalogue.node_profiles import Profile

#: How many similar occupations are looked at. Ten are enough to tell what a trade uses, and are read at once.
_SIMILAR = 10


def rank_tools(catalogue: Catalogue, occupation: str, tools: Collection[str]) -> Mapping[str, float]:
    """How much each of some technologies tells about an occupation; the more, the higher.

    That is the share of the most similar occupations that use it, times the logarithm of how many times as common it is
    there as everywhere: what it adds to the mutual information between a technology and a trade (C. E. Shannon, *A
    mathematical theory of communication*, 1948). So neither what every office uses comes first, nor what a single
    occupation does. All are alike where no import has computed how similar occupations are.

    Args:
        catalogue: where to look.
        occupation: the occupation's IRI.
        tools: the IRIs of the technologies.

    >>> rank_tools(Catalogue.load(), "https://w3id.org/careergraph/id/role/data-scientist", ["urn:a"])
    {}
    """
    similarity = find_similarity(catalogue)
    if similarity is None or occupation not in similarity.number or len(tools) < 2:
        return {}
    similar = similarity.nearest(occupation, _SIMILAR)
    near = Counter(tool for other in similar for tool in _list_tools(catalogue, other))
    everywhere = {tool: len(catalogue.pointing(CG.tool, tool, "tool-use")) for tool in tools}
    size = len(similarity.occupations)
    return {tool: _inform(near[tool] / len(similar), everywhere[tool] / size) for tool in tools}


def put_telling_tools_first(catalogue: Catalogue, found: Profile) -> Profile:
    """The profile of an occupation with its technologies in order: those in demand, hot ones, each by `rank_tools`.

    Args:
        catalogue: where to look.
        found: the profile of a node; without technologies it is returned as it is.

    >>> from careergraph.catalogue.node_profiles import describe_node
    >>> graph = Catalogue.load()
    >>> found = describe_node(graph, "https://w3id.org/careergraph/id/role/data-scientist")
    >>> put_telling_tools_first(graph, found) is found
    True
    """
    used = {item.id: catalogue.value(item.id, CG.tool) or "" for item in found.attributes if item.kind == "tool-use"}
    if not used:
        return found
    told = rank_tools(catalogue, found.id, set(used.values()))
    others = [item for item in found.attributes if item.id not in used]
    tools = sorted(
        (item for item in found.attributes if item.id in used),
        key=lambda item: (-len((item.remark or "").split(",")), not item.remark, -told.get(used[item.id], 0.0)),
    )
    return replace(found, attributes=(*others, *tools))


def _inform(here: float, everywhere: float) -> float:
    return here * log(here / everywhere) if here and everywhere else 0.0


def _list_tools(catalogue: Catalogue, occupation: str) -> Iterator[str]:
    for claim in catalogue.about(occupation, "tool-use"):
        if catalogue.value(claim, CG.inDemand) == "true":
            yield from catalogue.values(claim, CG.tool)
