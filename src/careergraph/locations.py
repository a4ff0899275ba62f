"""Where data lives: the bundled ontology and graph, and data sets named by path."""

from __future__ import annotations

from pathlib import Path

from careergraph.errors import UnreadableFile, UnusableDataset

BUNDLED = "bundled"
GRAPH_SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".json", ".rdf", ".xml", ".owl")


def data_folder(name: str) -> Path:
    """The folder `ontology` or `graph` that this installation carries.

    An installed wheel has both inside the package; a checkout has them at its top.

    >>> (data_folder("ontology") / "careergraph.ttl").exists()
    True
    """
    inside = Path(__file__).parent / "data" / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name


def ontology_files() -> tuple[Path, ...]:
    """The Turtle files of the ontology and its shapes, in a fixed order."""
    return tuple(sorted(data_folder("ontology").glob("*.ttl")))


def dataset_files(dataset: str = BUNDLED) -> tuple[Path, ...]:
    """The files of a data set, in a fixed order.

    Args:
        dataset: `bundled`, or the path of one RDF file, or of a folder that is searched for RDF files.

    Raises:
        UnreadableFile: there is nothing at the path.
        UnusableDataset: the name is an endpoint's address, or the folder holds no RDF file.
    """
    if dataset == BUNDLED:
        return graph_files(data_folder("graph"))
    if "://" in dataset:
        raise UnusableDataset(dataset, "SPARQL endpoints cannot be queried yet; give a file or a folder")
    path = Path(dataset)
    if not path.exists():
        raise UnreadableFile(path=dataset, reason=f"no such file or folder (the built-in one is {BUNDLED!r})")
    files = graph_files(path) if path.is_dir() else (path,)
    if not files:
        raise UnusableDataset(dataset, f"the folder holds no RDF file ({', '.join(GRAPH_SUFFIXES)})")
    return files


def graph_files(folder: Path) -> tuple[Path, ...]:
    """All RDF files in a folder and the folders below it, in a fixed order."""
    return tuple(sorted(path for path in folder.rglob("*") if path.suffix in GRAPH_SUFFIXES))


def graph_name(path: Path) -> str:
    """The IRI of the named graph that a file's statements belong to: one for each folder of the curated graph.

    >>> graph_name(Path("graph/editors/skills.ttl"))
    'https://w3id.org/careergraph/graph/editors'
    """
    return f"https://w3id.org/careergraph/graph/{path.absolute().parent.name}"
