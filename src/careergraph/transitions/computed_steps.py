"""What no source says, as statements: the best steps that are computed, and what is estimated that positions ask for.

It is what `careergraph.store.layers` has as the graph of what is derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from pyoxigraph import Literal, NamedNode, Triple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import is_in_vocabulary
from careergraph.model.records import Requirement
from careergraph.rdf.kinds import DESTINATIONS
from careergraph.rdf.standards import PROV, RDF, SCHEMA, SKOS, XSD
from careergraph.rdf.vocabulary import CG, ID
from careergraph.transitions.feasibility import is_skill
from careergraph.transitions.moves import Move, list_moves
from careergraph.transitions.precomputed.tables import find_similarity
from careergraph.transitions.requirements import find_requirements

#: How many steps that no source names there are from each position to roles, and to occupations.
BEST = 5
#: The activity that generated the steps.
COMPUTATION = f"{ID}computation/steps"
_SCHEME = f"{ID}scheme/parameter"


def find_computed_steps(catalogue: Catalogue, *, best: int = BEST) -> Iterator[Move]:
    """The steps that sources name, and of the others those that cost least; from each position in turn, the best first.

    From fields of study that are only in the vocabulary, the steps that sources name are all: people start from them
    but do not work in them.

    Args:
        catalogue: where the positions are.
        best: how many steps that no source names from a position to roles, and as many to occupations.

    Notes:
        Takes as long as `careergraph.transitions.moves.list_moves`.
    """
    for origin, moves in groupby(list_moves(catalogue, derived=True), key=attrgetter("origin")):
        field = is_in_vocabulary(catalogue, origin) and CG.FieldOfStudy in catalogue.values(origin, RDF.type)
        left = dict.fromkeys(DESTINATIONS, 0 if field else best)
        for move in sorted(moves, key=attrgetter("cost", "destination")):
            kind = catalogue.kind(move.destination)
            left[kind] -= not move.claims
            if move.claims or left[kind] >= 0:
                yield move


def describe_steps(catalogue: Catalogue, steps: Iterable[Move]) -> Iterator[Triple]:
    """Steps as statements, and what they were made with: the editors' parameters and their values at the time.

    A step rests on an estimate where what it leads to has no rating, or nobody says what skills it takes; what is
    estimated that such a position asks for stands beside it.
    """
    parameters = [iri for iri in catalogue.by_kind.get("term", ()) if _SCHEME in catalogue.values(iri, SKOS.inScheme)]
    values = "; ".join(f"{catalogue.label(iri)} {catalogue.value(iri, CG.weight)}" for iri in parameters)
    yield _triple(COMPUTATION, RDF.type, NamedNode(PROV.Activity))
    yield _triple(COMPUTATION, SCHEMA.text, Literal(f"Computed by careergraph with {values}.", language="en"))
    yield from (_triple(COMPUTATION, PROV.used, NamedNode(iri)) for iri in parameters)
    estimates = find_estimates(catalogue)
    on_estimates = find_unstated(estimates)
    for step in steps:
        yield from _describe(step, "estimated" if step.destination in on_estimates else "derived")
    for position, items in estimates.items():
        for item in items:
            yield from _describe_estimate(position, item)


def find_estimates(catalogue: Catalogue) -> dict[str, tuple[Requirement, ...]]:
    """Position → what is estimated that it asks for, of those that no source rates or says the skills of.

    >>> "https://w3id.org/careergraph/id/role/data-engineer" in find_estimates(Catalogue.load("bundled"))
    True
    """
    return {position: found for position in _find_unrated(catalogue) if (found := _estimates(catalogue, position))}


def find_unstated(estimates: Mapping[str, Iterable[Requirement]]) -> set[str]:
    """The positions of `find_estimates` that no source names a skill for: a step to one of them rests on estimates."""
    return {position for position, items in estimates.items() if any(map(is_skill, items))}


def _find_unrated(catalogue: Catalogue) -> Iterator[str]:
    """The curated roles, and the occupations that are compared and that no source rates."""
    similarity = find_similarity(catalogue)
    yield from sorted(catalogue.by_kind.get("role", ()))
    yield from sorted(similarity.unrated if similarity else ())


def _estimates(catalogue: Catalogue, position: str) -> tuple[Requirement, ...]:
    return tuple(item for item in find_requirements(catalogue, position) if item.estimated)


def _describe_estimate(position: str, item: Requirement) -> Iterator[Triple]:
    (asset,) = (ref.id for ref in item.any_of)
    node = f"{ID}estimated/{_name(position)}--{_name(asset)}"
    yield _triple(node, RDF.type, NamedNode(CG.EstimatedRequirement))
    yield _triple(node, CG.estimatedFor, NamedNode(position))
    yield _triple(node, CG.estimatedAsset, NamedNode(asset))
    yield _triple(node, CG.estimatedWeight, Literal(_decimal(item.importance), datatype=NamedNode(XSD.decimal)))
    yield _triple(node, PROV.wasGeneratedBy, NamedNode(COMPUTATION))


def _describe(step: Move, basis: str) -> Iterator[Triple]:
    node = f"{ID}computed/{_name(step.origin)}--{_name(step.destination)}"
    yield _triple(node, RDF.type, NamedNode(CG.ComputedStep))
    yield _triple(node, CG.stepFrom, NamedNode(step.origin))
    yield _triple(node, CG.stepTo, NamedNode(step.destination))
    yield _triple(node, CG.computedEase, Literal(_decimal(step.ease), datatype=NamedNode(XSD.decimal)))
    yield _triple(node, CG.computedBasis, Literal("asserted" if step.claims else basis))
    yield _triple(node, PROV.wasGeneratedBy, NamedNode(COMPUTATION))


def _decimal(figure: float) -> str:
    # Without an exponent, which xsd:decimal does not know, and never rounded to nothing.
    return format(Decimal(f"{figure:.4g}"), "f")


def _name(iri: str) -> str:
    return iri.removeprefix(ID).replace("/", "-")


def _triple(subject: str, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), value)
