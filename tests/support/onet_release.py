"""The small release of O*NET among the fixtures, as it is and with faults, as a folder and as an archive."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing import open_source
from careergraph.importing.dataset.install import install
from careergraph.importing.source import Node
from careergraph.store.statements import tag

RELEASE = Path(__file__).parents[1] / "fixtures" / "onet" / "db_29_3_text"
ONET = "https://w3id.org/careergraph/id/onet/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def rows(name: str, release: Path = RELEASE) -> list[dict[str, str]]:
    """The rows of one of its files, by the names of the columns; read in another way than the importer does."""
    head, *lines = (release / f"{name}.txt").read_bytes().decode().removesuffix("\r\n").split("\r\n")
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def alter(folder: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of the release with one file changed."""
    copy = folder / RELEASE.name
    shutil.copytree(RELEASE, copy)
    path = copy / f"{name}.txt"
    before = path.read_bytes()
    path.write_bytes(change(before))
    assert path.read_bytes() != before
    return copy


def zip_release(path: Path, others: Mapping[str, bytes] = MappingProxyType({})) -> Path:
    """The release as an archive, with the folder in it as the official one has it, and other members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(RELEASE.iterdir()):
            archive.write(file, f"{RELEASE.name}/{file.name}")
        for name, content in others.items():
            archive.writestr(name, content)
    return path


def ignore_progress(*_: object) -> None:
    """For whoever does not want to know of progress."""


def nodes(release: Path = RELEASE) -> Iterator[Node]:
    """The nodes that the importer makes of a release."""
    return open_source("onet", str(release)).nodes(ignore_progress)


def installed(folder: Path, release: Path = RELEASE, called: str | None = None) -> Path:
    """A data set's folder, made or replaced from a release."""
    install(open_source("onet", str(release), called), str(folder), progress=ignore_progress)
    return folder


def as_catalogue(found: Iterable[Node]) -> Catalogue:
    """The catalogue of nodes in memory, without a data set on disk."""
    statements: dict[str, dict[str, list[str]]] = {}
    for node in found:
        for predicate, value, sort in node.said:
            statements.setdefault(node.subject, {}).setdefault(tag(predicate, sort), []).append(value)
    return Catalogue(statements)


def triples(found: Iterator[Node]) -> set[pyoxigraph.Triple]:
    """What nodes say, as RDF terms."""
    return {
        pyoxigraph.Triple(pyoxigraph.NamedNode(node.subject), pyoxigraph.NamedNode(predicate), _term(value, sort))
        for node in found
        for predicate, value, sort in node.said
    }


def _term(value: str, sort: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if sort == "iri":
        return pyoxigraph.NamedNode(value)
    if sort in ("", "@en"):
        return pyoxigraph.Literal(value, language=sort[1:] or None)
    return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(XSD + sort))
