"""Where data lives: the bundled ontology and graph, data sets named by path, and endpoints named by address."""

# Paths are plain strings here: importing pathlib would cost every start of the command line as much as pyoxigraph.
from __future__ import annotations

import os

from careergraph.errors import UnreadableFile, UnusableDataset

BUNDLED = "bundled"
GRAPH_SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".json", ".rdf", ".xml", ".owl")


def data_folder(name: str) -> str:
    """The folder `ontology` or `graph` that this installation carries.

    An installed wheel has both inside the package; a checkout has them at its top.

    >>> os.path.exists(os.path.join(data_folder("ontology"), "careergraph.ttl"))
    True
    """
    package = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(package, "data", name)
    return inside if os.path.isdir(inside) else os.path.join(package, os.pardir, os.pardir, name)


def ontology_files() -> tuple[str, ...]:
    """The Turtle files of the ontology and its shapes, in a fixed order."""
    return graph_files(data_folder("ontology"))


def is_endpoint(dataset: str) -> bool:
    """Whether a data set, or what `dataset_files` gives for one, is the address of a SPARQL endpoint.

    >>> is_endpoint("https://example.org/sparql"), is_endpoint("graph/article")
    (True, False)
    """
    return dataset[:8].lower().startswith(("http://", "https://"))


def dataset_files(dataset: str = BUNDLED) -> tuple[str, ...]:
    """The files of a data set, in a fixed order; an endpoint stands for itself.

    Args:
        dataset: `bundled`, or the path of one RDF file, or of a folder that is searched for RDF files, or the address
            of a SPARQL endpoint. `careergraph.loading.parse` reads an endpoint as it does a file.

    Raises:
        UnreadableFile: there is nothing at the path.
        UnusableDataset: the name is an address that cannot be asked, or the folder holds no RDF file.
    """
    if dataset == BUNDLED:
        return graph_files(data_folder("graph"))
    if is_endpoint(dataset):
        return (dataset,)
    if "://" in dataset:
        raise UnusableDataset(
            printed_name(dataset), "only http:// and https:// addresses of SPARQL endpoints can be asked"
        )
    if not dataset or "\0" in dataset or not os.path.exists(dataset):
        raise UnreadableFile(path=dataset, reason=f"no such file or folder (the built-in one is {BUNDLED!r})")
    files = graph_files(dataset) if os.path.isdir(dataset) else (dataset,)
    if not files:
        raise UnusableDataset(dataset, f"the folder holds no RDF file ({', '.join(GRAPH_SUFFIXES)})")
    return files


def graph_files(folder: str) -> tuple[str, ...]:
    """All RDF files in a folder and the folders below it, in a fixed order."""
    return tuple(
        sorted(
            os.path.join(place, name)
            for place, _, names in os.walk(folder)
            for name in names
            if name.endswith(GRAPH_SUFFIXES)
        )
    )


def graph_name(path: str) -> str:
    """The IRI of the named graph that a file's statements belong to: one for each folder of the curated graph.

    What an endpoint has in no named graph belongs to one that is called as its host.

    >>> graph_name("graph/editors/skills.ttl")
    'https://w3id.org/careergraph/graph/editors'
    """
    name = printed_name(path).split("/")[2] if is_endpoint(path) else os.path.dirname(os.path.abspath(path))
    return f"https://w3id.org/careergraph/graph/{_slug(os.path.basename(name))}"


def printed_name(path: str) -> str:
    """A path or an address as it may be printed: without a user name, a password, or a key.

    >>> printed_name("https://ann:secret@example.org/sparql"), printed_name("graph/article")
    ('https://example.org/sparql', 'graph/article')
    """
    if "://" not in path:
        return path
    from careergraph.addresses import shown

    return shown(path)


def _slug(name: str) -> str:
    return "".join(character if character.isalnum() or character in "-_." else "-" for character in name)
