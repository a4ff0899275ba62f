"""Where data lives: the bundled ontology and graph, data sets named by path, and endpoints named by address."""

# Paths are plain strings here: importing pathlib would cost every start of the command line as much as pyoxigraph.
from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import NoReturn

from careergraph.model.errors import UnreadableFile, UnusableDataset
from careergraph.model.escaping import to_safe_line
from careergraph.store.datasets import Manifest, dataset_folder, is_imported, list_imported, read_manifest

BUNDLED = "bundled"
#: How the names of hidden folders begin, in which files are written until they are whole.
HIDDEN = ".careergraph-"
_SUFFIXES = (".ttl", ".turtle", ".n3", ".nt", ".nq", ".trig", ".jsonld", ".json", ".rdf", ".xml", ".owl")
#: The endings of RDF files, plain and packed.
GRAPH_SUFFIXES = (*_SUFFIXES, *(f"{suffix}.gz" for suffix in _SUFFIXES))
#: What the IRIs of this project's named graphs begin with. No file of a user's can add to one of them.
PROJECT_GRAPHS = "https://w3id.org/careergraph/graph/"


def find_data_folder(name: str) -> str:
    """The folder `ontology` or `graph` that this installation carries.

    An installed wheel has both inside the package; a checkout has them at its top.

    >>> os.path.exists(os.path.join(find_data_folder("ontology"), "careergraph.ttl"))
    True
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "data", name)
    return inside if os.path.isdir(inside) else os.path.join(package, os.pardir, os.pardir, name)


def list_ontology_files() -> tuple[str, ...]:
    """The Turtle files of the ontology and its shapes, in a fixed order."""
    return list_graph_files(find_data_folder("ontology"))


def is_endpoint(dataset: str) -> bool:
    """Whether a data set, or what `list_dataset_files` gives for one, is the address of a SPARQL endpoint.

    >>> is_endpoint("https://example.org/sparql"), is_endpoint("graph/article")
    (True, False)
    """
    return dataset[:8].lower().startswith(("http://", "https://"))


def list_default_datasets() -> tuple[str, ...]:
    """What is asked where no data set is named: the bundled one joined with all in the user's data folder."""
    return (BUNDLED, *map(dataset_folder, list_imported()))


def list_dataset_files(dataset: str = BUNDLED) -> tuple[str, ...]:
    """The files of a data set, in a fixed order; an endpoint and an imported data set's folder stand for themselves.

    Args:
        dataset: `bundled`, or the name of a data set in the user's data folder, or the path of one RDF file, or of a
            folder that is searched for RDF files, or of an imported data set's folder, or the address of a SPARQL
            endpoint. `careergraph.store.statements.parse` reads an endpoint or such a folder as it does a file.

    Raises:
        UnreadableFile: there is nothing at the path.
        UnusableDataset: the name is an address that cannot be asked, or the folder holds no RDF file.
    """
    if dataset == BUNDLED:
        return list_graph_files(find_data_folder("graph"))
    if is_endpoint(dataset):
        return (dataset,)
    if "://" in dataset:
        raise UnusableDataset(
            to_printed_name(dataset), "only http:// and https:// addresses of SPARQL endpoints can be asked"
        )
    if dataset in list_imported():
        return (dataset_folder(dataset),)
    if is_imported(dataset):
        return (dataset,)
    if not dataset or "\0" in dataset or not os.path.exists(dataset):
        raise UnreadableFile(
            path=dataset, reason=f"no such file or folder, and no data set of that name ({_known_names()})"
        )
    files = list_graph_files(dataset) if os.path.isdir(dataset) else (dataset,)
    if not files:
        raise UnusableDataset(dataset, f"the folder holds no RDF file ({', '.join(GRAPH_SUFFIXES)})")
    return files


def list_files(datasets: Iterable[str]) -> tuple[str, ...]:
    """The files of data sets that are asked together, as `list_dataset_files` gives them for each.

    Args:
        datasets: as for `list_dataset_files`; if there are none, the bundled one and all in the user's data folder.

    Raises:
        OutdatedDataset: another version of this package made one of them.
        UnreadableFile: there is nothing at a path.
        UnusableDataset: one of them is none or damaged, or two that users made themselves have the same name.
    """
    named = tuple(datasets)
    found = [list_dataset_files(dataset) for dataset in named or list_default_datasets()]
    files = tuple(path for paths in found for path in paths)
    # An imported data set is a single folder: most files need not be looked at.
    alone = dict.fromkeys(paths[0] for paths in found if len(paths) == 1)
    imported = [path for path in alone if is_imported(path)] if len(named) > 1 else []
    if len(imported) > 1:
        _check_apart(imported)
    return files


def _check_apart(folders: Sequence[str]) -> None:
    """Make sure that of users' own data sets that are joined, no two have the same name.

    What they are about has IRIs made of it, so that the one would be taken for the other. Copies of one are no two.
    """
    first: dict[str, tuple[str, Manifest]] = {}
    for folder in folders:
        found = read_manifest(folder)
        if not any(graph.startswith(f"{PROJECT_GRAPHS}{found.name}/") for graph in found.graphs):
            continue  # a publisher's, whose names are its own
        other, same = first.setdefault(found.name, (folder, found))
        if (same.origin, same.title) != (found.origin, found.title):
            reason = (
                f"it and {to_safe_line(other)!r} are both called {to_safe_line(found.name)!r}, and so are their things"
            )
            raise UnusableDataset(folder, f"{reason}; import one of them again with another --name")


def _known_names() -> str:
    names = list_imported()
    return f"there are {', '.join(map(repr, (BUNDLED, *names)))}" if names else f"the built-in one is {BUNDLED!r}"


def list_graph_files(folder: str) -> tuple[str, ...]:
    """All RDF files in a folder and the folders below it, in a fixed order, but for those that are hidden.

    Hidden is what begins with a full stop: what is being written, what macOS adds, what version control keeps.

    Raises:
        UnreadableFile: one of the folders is closed to reading.
    """
    found: list[str] = []
    for place, folders, names in os.walk(folder, onerror=_raise_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (os.path.join(place, name) for name in names if _is_graph(name))
    return tuple(sorted(found))


def _is_graph(name: str) -> bool:
    return name.lower().endswith(GRAPH_SUFFIXES) and not name.startswith(".")


def _raise_unreadable(error: OSError) -> NoReturn:
    raise UnreadableFile(path=str(error.filename), reason=error.strerror or str(error)) from error


def name_graph(path: str) -> str:
    """The IRI of the named graph that a file's statements belong to: for a file of a user's, the file's own IRI.

    The curated graph has a named graph for each of its folders; a file beside those has one of its own. What an
    endpoint has in no named graph belongs to one that is called as its host.

    >>> name_graph("/srv/ann/editors/mine.ttl")
    'file:///srv/ann/editors/mine.ttl'
    >>> name_graph(os.path.join(find_data_folder("graph"), "editors", "skills.ttl"))
    'https://w3id.org/careergraph/graph/editors'
    >>> name_graph(os.path.join(find_data_folder("graph"), "alignments.ttl"))
    'https://w3id.org/careergraph/graph/alignments'
    """
    if is_endpoint(path):
        return f"{PROJECT_GRAPHS}{_slug(to_printed_name(path).split('/')[2])}"
    whole, curated = os.path.abspath(path), os.path.abspath(find_data_folder("graph"))
    if not whole.startswith(curated + os.sep):
        return to_file_iri(path)
    folder = os.path.dirname(whole)
    return f"{PROJECT_GRAPHS}{_slug(os.path.basename(os.path.splitext(whole)[0] if folder == curated else folder))}"


def to_file_iri(path: str) -> str:
    """The IRI of a file, which relative IRIs in it start from.

    >>> to_file_iri("/srv/ann/my careers.ttl")
    'file:///srv/ann/my%20careers.ttl'
    """
    whole = os.path.abspath(path)
    if os.name == "nt":
        from pathlib import Path

        return Path(whole).as_uri()
    if whole.isascii() and all(sign.isalnum() or sign in "/-_.~" for sign in whole):
        return f"file://{whole}"
    from urllib.parse import quote

    return f"file://{quote(os.fsencode(whole))}"


def to_printed_name(path: str) -> str:
    """A path or an address as it may be printed: without a user name, a password, or a key.

    >>> to_printed_name("https://ann:secret@example.org/sparql"), to_printed_name("graph/article")
    ('https://example.org/sparql', 'graph/article')
    """
    if "://" not in path:
        return path
    from careergraph.store.remote.address import without_credentials

    return without_credentials(path)


def _slug(name: str) -> str:
    return "".join(character if character.isalnum() or character in "-_." else "-" for character in name)


def hash_bundled() -> str:
    """A text that tells one state of the bundled graph from another: a digest of its files' names and contents."""
    import hashlib

    top, digest = find_data_folder("graph"), hashlib.sha256()
    for path in list_dataset_files(BUNDLED):
        with open(path, "rb") as file:
            content = file.read()
        digest.update(f"{os.path.relpath(path, top)}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
