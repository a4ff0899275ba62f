"""What data sets there are, and what each of them is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from careergraph.model.errors import OutdatedDataset, UnknownDataset, UnreadableFile, UnusableDataset
from careergraph.model.records import Record
from careergraph.rdf.standards import SKOS
from careergraph.store.datasets import (
    Manifest,
    dataset_folder,
    find_snapshot,
    is_imported,
    list_imported,
    read_manifest,
)
from careergraph.store.locations import BUNDLED, find_data_folder, hash_bundled, list_dataset_files, name_graph
from careergraph.version import __version__

if TYPE_CHECKING:
    from careergraph.model.values import Count, Kind, NonEmpty, Schema


class DatasetSummary(Record):
    """A data set, bundled or imported."""

    name: NonEmpty
    """What --dataset takes."""
    title: NonEmpty
    """What the source calls itself."""
    release: NonEmpty
    """What the source calls this state of its data."""
    source: Annotated[str, Schema(format="iri")] | None
    """Where the source is published; null if that is not stated, and for the bundled data set."""
    licence: Annotated[str, Schema(format="iri")] | None
    """The address of the licence; null if there is none."""
    attribution: str
    """The attribution that has to accompany the data."""
    languages: tuple[Annotated[str, Schema(pattern="^[a-z]{2,3}$")], ...]
    """The languages of its labels, as ISO 639 codes; English first."""
    imported: Annotated[str, Schema(format="date-time")] | None
    """When it was imported, in UTC; null for the bundled data set."""
    current: bool
    """Whether the bundled data is still the same as at the import; if not, it should be imported again."""
    graphs: tuple[Annotated[str, Schema(format="iri")], ...]
    """The IRIs of its named graphs."""
    statements: Count
    """How many distinct triples it has."""
    nodes: dict[Kind, Annotated[int, Schema(minimum=1)]]
    """How many nodes it has of each kind; kinds without nodes are left out."""
    files: dict[str, Count]
    """The source's files, with the rows of data in each; empty for the bundled data set."""
    size: Count
    """Bytes on disk."""
    path: NonEmpty
    """The folder."""


class DatasetSummaries(Record):
    """The data set that was imported."""

    datasets: Annotated[tuple[DatasetSummary, ...], Schema(minItems=1, maxItems=1)]
    """The one data set."""


class UnusableSummary(Record):
    """An imported data set that is damaged, or that another version of careergraph made."""

    name: NonEmpty
    """What --dataset takes."""
    path: NonEmpty
    """The folder."""
    reason: NonEmpty
    """What is wrong, and what to do about it."""


class Inventory(Record):
    """The data sets that exist, or the one asked for."""

    datasets: tuple[DatasetSummary, ...]
    """The bundled one first, then the imported ones by name."""
    unusable: tuple[UnusableSummary, ...]
    """Imported ones that cannot be opened, by name."""


def list_datasets() -> Inventory:
    """The bundled data set and those in the user's data folder, by name.

    A damaged or outdated one does not hide the others.

    >>> list_datasets().datasets[0].name
    'bundled'
    """
    found, unusable = [describe_bundled()], []
    for name in list_imported():
        folder = dataset_folder(name)
        try:
            found.append(summarise(folder))
        except (OutdatedDataset, UnreadableFile, UnusableDataset) as error:
            unusable.append(UnusableSummary(name, folder, str(error)))
    return Inventory(tuple(found), tuple(unusable))


def describe_dataset(name: str) -> DatasetSummary:
    """The data set of a name, or in a folder.

    Raises:
        UnknownDataset: there is none.
    """
    return describe_bundled() if name == BUNDLED else summarise(find_folder(name))


def find_folder(name: str) -> str:
    """The folder of the imported data set of a name; a folder may also be named itself.

    Raises:
        UnknownDataset: there is none.
    """
    if name in list_imported():
        return dataset_folder(name)
    if is_imported(name):
        return name
    raise UnknownDataset(name, names=(BUNDLED, *list_imported()))


def summarise(folder: str) -> DatasetSummary:
    """The imported data set in a folder."""
    said: Manifest = read_manifest(folder)
    return DatasetSummary(
        name=said.name,
        title=said.title,
        release=said.release,
        source=said.source,
        licence=said.licence,
        attribution=said.attribution,
        languages=_languages(find_snapshot(folder)),
        imported=said.imported,
        current=said.bundled == hash_bundled(),
        graphs=said.graphs,
        statements=said.statements,
        nodes=said.nodes,
        files=said.files,
        size=_size(path for path in Path(find_snapshot(folder)).rglob("*") if path.is_file()),
        path=os.path.abspath(folder),
    )


def describe_bundled() -> DatasetSummary:
    """The data set that comes with the package."""
    from careergraph.catalogue.catalogue import Catalogue
    from careergraph.store.sources import parse

    catalogue, files = Catalogue.load(BUNDLED), list_dataset_files(BUNDLED)
    counts = {kind: len(nodes) for kind, nodes in sorted(catalogue.by_kind.items()) if nodes}
    return DatasetSummary(
        name=BUNDLED,
        title="careergraph",
        release=__version__,
        source=None,
        licence="https://creativecommons.org/licenses/by/4.0/",
        attribution="careergraph, CC BY 4.0. Each claim names the source that it is taken from.",
        languages=("en",),
        imported=None,
        current=True,
        graphs=tuple(sorted({name_graph(path) for path in files})),
        statements=len({quad.triple for path in files for quad in parse(path)}),
        nodes=counts,
        files={},
        size=_size(map(Path, files)),
        path=os.path.abspath(find_data_folder("graph")),
    )


def _languages(folder: str) -> tuple[str, ...]:
    from careergraph.store.index import Index
    from careergraph.store.statements import untag

    filed = (untag(predicate) for predicate in Index(folder).predicates())
    found = {language for predicate, language in filed if predicate == SKOS.prefLabel}
    return tuple(language or "en" for language in sorted(found))


def _size(files: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in files)
