"""A source's catalogue without a data set on disk, for whoever needs it once."""

from __future__ import annotations

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing import open_source
from careergraph.store.datasets import is_imported


def catalogue_of(path: str, source: str = "onet") -> Catalogue:
    """What a source says, read into memory; or an imported data set, as it is on disk.

    Args:
        path: the source, as `careergraph import` takes it, or the folder of an imported data set.
        source: the name of its importer.

    Raises:
        UnusableSource: something in the source is not as it should be.
    """
    if is_imported(path):
        return Catalogue.load(path)
    found: dict[str, dict[str, dict[str, None]]] = {}
    for node in open_source(source, path).nodes(lambda _: None):
        about = found.setdefault(node.subject, {})
        for predicate, value, _ in node.said:
            about.setdefault(predicate, {})[value] = None
    return Catalogue({iri: {by: sorted(values) for by, values in found[iri].items()} for iri in sorted(found)})
