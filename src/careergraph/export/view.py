"""The graph for people to look at: named things as nodes, and claims that connect them as edges.

Claims are nodes of their own in the data, which is right for citing them and wrong for looking at them. A view turns
each claim that connects two named things into an edge that keeps its sources. Pictures and property graphs are made
from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import name_level, read_pay_line, read_requirement
from careergraph.catalogue.edges import Link, find_basis, find_links
from careergraph.catalogue.names import is_in_vocabulary
from careergraph.model.errors import ContradictoryConditions, UnknownKind, UnknownName
from careergraph.model.records import Evidence, Record
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.rdf.standards import SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.feasibility import round_figure
from careergraph.transitions.moves import Moves


class ViewNode(Record):
    """A named thing. `type` is its finer class, such as `Tool` for a skill; `definition` may be empty."""

    id: str
    kind: str
    type: str
    label: str
    aliases: tuple[str, ...]
    definition: str
    url: str | None


class ViewEdge(Record):
    """What one claim, or one plain statement, says between two nodes.

    `id` is the edge's alone, `predicate` the property that joins the two in the data, `claim` the claim's IRI, if the
    edge stands for one. Alternatives of one any-of group are edges that share a `group`. A step or a condition of a
    transition is an edge from the destination, and `transition` says which transition it belongs to.

    `basis` is `asserted` if a source says so, `judged` if only the editors do, `stated` if the data names nobody.
    `weight` is between 0 and 1: the feasibility of a step from the origin of a transition to its destination, the
    importance of a requirement, the level of what is held; `None` for other edges. `disputed` is whether sources
    disagree.
    """

    id: str
    source: str
    target: str
    kind: str
    label: str
    predicate: str
    claim: str | None
    group: str | None
    transition: str | None
    basis: str
    weight: float | None
    ease: str | None
    strength: str | None
    level: str | None
    text: str
    disputed: bool
    evidence: tuple[Evidence, ...]


class LeftOut(Record):
    """What a selection leaves out: how many nodes, how many edges, and the nodes by kind."""

    nodes: int
    edges: int
    kinds: dict[str, int]


class View(Record):
    """Nodes by kind and label, edges by kind and claim; `focus` is the IRI that a selection is made around."""

    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    focus: str | None
    left_out: LeftOut


def view(
    catalogue: Catalogue,
    *,
    focus: str | None = None,
    depth: int | None = None,
    kinds: Iterable[str] | None = None,
    max_nodes: int | None = None,
    words: bool = True,
) -> View:
    """The graph, or a selection of it.

    Args:
        catalogue: where to look.
        focus: the IRI of a node to stay near; it is in the view whatever its kind.
        depth: how many edges away from the focus a node may be, whichever way the edges point; 1 if not given.
        kinds: the kinds of node to keep, of `careergraph.catalogue.names.NAMED_KINDS`; all if not given.
        max_nodes: how many nodes there may be at most: those nearest the focus, then those with most edges.
        words: whether to have skills, backgrounds and credentials of the vocabulary that no claim names. They are for
            people to write, and too many for a picture; without them, they are not counted as left out either.

    Returns:
        The nodes, all edges between them, and how much is left out. Linear in the number of statements and edges but
        for sorting; feasibilities are computed only for the transitions that are in it.

    Raises:
        ContradictoryConditions: a depth is given without a focus, or a number is out of range.
        UnknownKind: a kind is none of those named.
        UnknownName: the focus is no named node.

    >>> catalogue = Catalogue.load()
    >>> found = view(catalogue, focus="https://w3id.org/careergraph/id/skill/docker", kinds=["skill"])
    >>> found.nodes[0].label, found.left_out.nodes > 300
    ('Containerisation', True)
    """
    wanted = _choose_kinds(focus, depth, kinds, max_nodes)
    every = tuple(find_links(catalogue))
    unnamed = frozenset[str]() if words else _find_unnamed(catalogue, every) - {focus}
    every = tuple(link for link in every if not {link.source, link.target} & unnamed)
    named = {iri: kind for kind in NAMED_KINDS for iri in catalogue.by_kind.get(kind, ()) if iri not in unnamed}
    if focus is not None and focus not in named:
        raise UnknownName(focus, kinds=(), suggestions=())
    allowed = {iri for iri, kind in named.items() if kind in wanted or iri == focus}
    inside = [link for link in every if link.source in allowed and link.target in allowed]
    distances = dict.fromkeys(allowed, 0) if focus is None else _near(inside, focus, 1 if depth is None else depth)
    chosen = _first(distances, inside, max_nodes)
    kept = [link for link in inside if link.source in chosen and link.target in chosen]
    absent = Counter(kind for iri, kind in named.items() if iri not in chosen)
    return View(
        nodes=tuple(sorted((_node(catalogue, iri) for iri in chosen), key=_by_kind)),
        edges=_edges(catalogue, kept),
        focus=focus,
        left_out=LeftOut(absent.total(), len(every) - len(kept), dict(absent)),
    )


def _find_unnamed(catalogue: Catalogue, every: Iterable[Link]) -> frozenset[str]:
    """Entries of the vocabulary that no claim names."""
    told = {iri for link in every if link.claim is not None for iri in (link.source, link.target)}
    said = {broader for iri in told for broader in catalogue.lineage(iri)}
    named = (iri for kind in ("skill", "background", "credential") for iri in catalogue.in_memory.get(kind, ()))
    return frozenset(iri for iri in named if is_in_vocabulary(catalogue, iri)) - said


def _choose_kinds(
    focus: str | None, depth: int | None, kinds: Iterable[str] | None, max_nodes: int | None
) -> frozenset[str]:
    if depth is not None and focus is None:
        raise ContradictoryConditions("A depth counts from a focus; name one with --focus.")
    if depth is not None and depth < 0:
        raise ContradictoryConditions(f"A depth of {depth} is out of range; 0 is the focus alone.")
    if max_nodes is not None and max_nodes < 1:
        raise ContradictoryConditions(f"At most {max_nodes} nodes leave nothing to show; allow 1 or more.")
    wanted = NAMED_KINDS if kinds is None else tuple(kinds)
    for kind in wanted:
        if kind not in NAMED_KINDS:
            raise UnknownKind(kind, kinds=NAMED_KINDS)
    return frozenset(wanted)


def _near(inside: Sequence[Link], focus: str, depth: int) -> dict[str, int]:
    """Node → how many edges it is away from the focus, up to a depth."""
    neighbours: dict[str, list[str]] = {}
    for link in inside:
        neighbours.setdefault(link.source, []).append(link.target)
        neighbours.setdefault(link.target, []).append(link.source)
    distances, queue = {focus: 0}, [focus]
    for iri in queue:
        if distances[iri] < depth:
            new = [other for other in dict.fromkeys(neighbours.get(iri, ())) if other not in distances]
            distances.update(dict.fromkeys(new, distances[iri] + 1))
            queue.extend(new)
    return distances


def _first(distances: Mapping[str, int], inside: Sequence[Link], max_nodes: int | None) -> frozenset[str]:
    degrees = Counter(iri for link in inside for iri in (link.source, link.target))
    ranked = sorted(distances, key=lambda iri: (distances[iri], -degrees[iri], iri))
    return frozenset(ranked[:max_nodes])


def _node(catalogue: Catalogue, iri: str) -> ViewNode:
    claims = catalogue.about(iri, "definition")
    said = catalogue.definitions(iri) or [text for claim in claims for text in catalogue.values(claim, SCHEMA.text)]
    return ViewNode(
        id=iri,
        kind=catalogue.kind(iri),
        type=(catalogue.class_of(iri) or "").rpartition("#")[2],
        label=catalogue.label(iri),
        aliases=tuple(catalogue.texts(iri, SKOS.altLabel)),
        definition=said[0] if said else "",
        url=catalogue.value(iri, SCHEMA.url),
    )


def _by_kind(node: ViewNode) -> tuple[int, str, str]:
    return NAMED_KINDS.index(node.kind), node.label.casefold(), node.id


def _edges(catalogue: Catalogue, kept: Iterable[Link]) -> tuple[ViewEdge, ...]:
    weights = _Weights(catalogue)
    return tuple(
        _from_statements(link)
        if link.claim is None
        else _from_claims(catalogue, link, link.claim, weights.of(link, link.claim))
        for link in kept
    )


def _from_statements(link: Link) -> ViewEdge:
    return ViewEdge(
        id=link.id,
        source=link.source,
        target=link.target,
        kind=link.kind,
        label=link.label,
        predicate=link.predicate,
        claim=None,
        group=None,
        transition=None,
        basis="stated",
        weight=None,
        ease=None,
        strength=None,
        level=None,
        text="",
        disputed=False,
        evidence=(),
    )


def _from_claims(catalogue: Catalogue, link: Link, claim: str, weight: float | None) -> ViewEdge:
    evidence = catalogue.evidence(claim)
    return ViewEdge(
        id=link.id,
        source=link.source,
        target=link.target,
        kind=link.kind,
        label=link.label,
        predicate=link.predicate,
        claim=claim,
        group=claim if len(catalogue.values(claim, CG.anyOf)) > 1 else None,
        transition=catalogue.value(claim, CG.transition),
        basis=find_basis(evidence),
        weight=weight,
        ease=_term(catalogue, claim, CG.ease),
        strength=_term(catalogue, claim, CG.strength) or _share(catalogue, claim, CG.importance, "importance"),
        level=name_level(catalogue, claim) or _share(catalogue, claim, CG.depth, "depth"),
        text=_figures(catalogue, link, claim) or _words(catalogue, claim),
        disputed=any(note.kind == "disagreement" for note in catalogue.notes(claim)),
        evidence=evidence,
    )


def _words(catalogue: Catalogue, claim: str) -> str:
    return catalogue.value(claim, SCHEMA.text) or catalogue.value(claim, SCHEMA.value) or ""


def _figures(catalogue: Catalogue, link: Link, claim: str) -> str:
    """The figures of a pay line in words, as far as it has any."""
    if link.kind != "pays":
        return ""
    line = read_pay_line(catalogue, claim, link.target)
    figures = " to ".join(f"{figure:,}" for figure in (line.low, line.high) if figure is not None)
    more = " or more" if line.open_ended and figures else ""
    return ", ".join(filter(None, (" ".join(filter(None, (line.currency, figures + more))), line.region)))


def _term(catalogue: Catalogue, claim: str, predicate: str) -> str | None:
    # Of several levels or strengths for one thing, the greatest counts, as in a feasibility.
    terms = sorted(catalogue.values(claim, predicate), key=lambda term: (-catalogue.weight(term), term))
    return catalogue.label(terms[0]) if terms else None


def _share(catalogue: Catalogue, claim: str, predicate: str, name: str) -> str | None:
    share = catalogue.number(claim, predicate)
    return None if share is None else f"{name} {share:.0%}"


class _Weights:
    """The weights of edges. What is the same for all edges of a position is looked up once."""

    def __init__(self, catalogue: Catalogue) -> None:
        moves = Moves(catalogue)
        self.catalogue = catalogue
        self.eases = cache(lambda position: {move.destination: move.ease for move in moves.leaving(position)})

    def of(self, link: Link, claim: str) -> float | None:
        if link.kind == "transition":
            # Claims about one step are weighed together, as in a route; none leads to where one is already.
            ease = self.eases(link.source).get(link.target)
            return None if ease is None else round_figure(ease)
        if link.kind == "rates":
            return self.catalogue.number(claim, CG.importance)
        if link.kind in ("requires", "waives"):
            return round_figure(read_requirement(self.catalogue, claim, link.source).importance)
        return self.catalogue.weight(self.catalogue.value(claim, CG.level)) if link.kind == "holds" else None
