"""The differences between two releases of a source: new, removed, renamed and changed occupations and skills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.dataset_summaries import find_folder
from careergraph.model.records import Record, Ref
from careergraph.rdf.standards import DCTERMS, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store.locations import BUNDLED

if TYPE_CHECKING:
    from careergraph.model.values import NonEmpty

#: The kinds of node that are compared.
KINDS = ("occupation", "skill")
#: The kinds of claim that say what an occupation asks for → what each is about, and which values can differ.
_TAKES: dict[str, tuple[str, tuple[str, ...]]] = {
    "rating": (CG.element, (CG.importance, CG.depth)),
    "requirement": (CG.anyOf, (CG.strength, CG.level)),
    "tool-use": (CG.tool, (CG.hot, CG.inDemand)),
}
#: The properties that align a node with nodes of other sources, with or without a record of the mapping.
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
#: What an occupation asks for: the thing → the figures or words that grade it.
_Taken = dict[str, tuple[str, ...]]


class Renaming(Record):
    """A node with a new name."""

    node: Ref
    """The node, by its label in the newer release."""
    before: NonEmpty
    """Its label in the older release."""


class Change(Record):
    """An occupation that asks for something else, or for more or less of it."""

    node: Ref
    """The occupation."""
    added: tuple[Ref, ...]
    """What it asks for only in the newer release, by label."""
    dropped: tuple[Ref, ...]
    """What it asked for only in the older release, by label."""
    regraded: tuple[Ref, ...]
    """What it asks for in both, but to another degree, by label."""


class BrokenAlignment(Record):
    """An alignment of the bundled graph with something that the newer release no longer has."""

    node: Ref
    """The node of the bundled graph."""
    gone: Ref
    """What it is aligned with, by its label in the older release."""
    replaced_by: Ref | None
    """What the newer release has instead, if it says so."""


class DatasetDiff(Record):
    """What has changed from an older release of a source to a newer one."""

    old: NonEmpty
    """The older data set, as it was named."""
    new: NonEmpty
    """The newer data set, as it was named."""
    added: tuple[Ref, ...]
    """The occupations and skills that only the newer one has, by kind and label."""
    gone: tuple[Ref, ...]
    """The occupations and skills that only the older one has, by kind and label."""
    renamed: tuple[Renaming, ...]
    """Those that both have, by different labels."""
    changed: tuple[Change, ...]
    """The occupations of both that ask for something else, or to another degree."""
    broken: tuple[BrokenAlignment, ...]
    """The alignments of the bundled graph whose other end the newer release no longer has, by node."""


def diff_datasets(old: str, new: str) -> DatasetDiff:
    """Compare two imported data sets, which should be releases of one source.

    Args:
        old: the name or the folder of the older one.
        new: the same of the newer one.

    Raises:
        UnknownDataset: there is no such data set.

    Takes time linear in the claims about occupations in both, and memory for those of one kind.
    """
    return diff_catalogues(*(Catalogue.load(find_folder(name)) for name in (old, new)), old=old, new=new)


def diff_catalogues(before: Catalogue, after: Catalogue, *, old: str, new: str) -> DatasetDiff:
    """Compare two releases of one source, each opened alone.

    Args:
        before: the older one.
        after: the newer one.
        old: a name for the older one.
        new: a name for the newer one.
    """
    known = {kind: (set(before.by_kind.get(kind, ())), set(after.by_kind.get(kind, ()))) for kind in KINDS}
    both = [iri for kind in KINDS for iri in sorted(set.intersection(*known[kind]))]
    gone = {iri for there, here in known.values() for iri in there - here}
    return DatasetDiff(
        old=old,
        new=new,
        added=_refs(after, (iri for there, here in known.values() for iri in here - there)),
        gone=_refs(before, gone),
        renamed=tuple(
            Renaming(after.ref(iri), before.label(iri)) for iri in both if before.label(iri) != after.label(iri)
        ),
        changed=tuple(_list_changes(before, after, set.intersection(*known["occupation"]))),
        broken=tuple(_list_broken_alignments(before, after, gone)),
    )


def _refs(catalogue: Catalogue, found: Iterable[str]) -> tuple[Ref, ...]:
    refs = map(catalogue.ref, found)
    return tuple(sorted(refs, key=lambda ref: (KINDS.index(ref.kind), ref.label, ref.id)))


def _list_changes(before: Catalogue, after: Catalogue, occupations: set[str]) -> Iterator[Change]:
    taken = [{kind: _requirements_by_occupation(catalogue, kind) for kind in _TAKES} for catalogue in (before, after)]
    for iri in sorted(occupations):
        there, here = ({k: v for kind in _TAKES for k, v in one[kind].get(iri, {}).items()} for one in taken)
        if there != here:
            yield Change(
                node=after.ref(iri),
                added=_by_label(after, here.keys() - there.keys()),
                dropped=_by_label(before, there.keys() - here.keys()),
                regraded=_by_label(after, (one for one in here.keys() & there.keys() if here[one] != there[one])),
            )


def _by_label(catalogue: Catalogue, found: Iterable[str]) -> tuple[Ref, ...]:
    return tuple(sorted(map(catalogue.ref, found), key=lambda ref: (ref.label, ref.id)))


def _requirements_by_occupation(catalogue: Catalogue, kind: str) -> Mapping[str, _Taken]:
    """Occupation → what it asks for by claims of a kind."""
    what, grades = _TAKES[kind]
    found: dict[str, _Taken] = {}
    for _, said in catalogue.each(kind):
        graded = tuple(" ".join(said.get(grade, ())) for grade in grades)
        for iri in said.get(SCHEMA.about, ()):
            found.setdefault(iri, {}).update(dict.fromkeys(said.get(what, ()), graded))
    return found


def _list_broken_alignments(before: Catalogue, after: Catalogue, gone: set[str]) -> Iterator[BrokenAlignment]:
    bundled = Catalogue.load(BUNDLED)
    for node, said in sorted(bundled.statements.items()):
        for target in sorted({target for match in _MATCHES for target in said.get(match, ()) if target in gone}):
            instead = after.value(target, DCTERMS.isReplacedBy)
            yield BrokenAlignment(bundled.ref(node), before.ref(target), after.ref(instead) if instead else None)
