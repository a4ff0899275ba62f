"""The nodes that sheets declare: organisations, skills, credentials, milestones, backgrounds, roles, courses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from careergraph.catalogue.names import is_in_vocabulary
from careergraph.importing.csv.layout import BROADER, THINGS
from careergraph.importing.csv.names import find_named
from careergraph.importing.csv.rows import Row, Sheet
from careergraph.importing.csv.sources import Sources
from careergraph.importing.known_names import KnownNames
from careergraph.importing.slugs import find_free_slug, label_triples
from careergraph.importing.source import Node, Said
from careergraph.model.errors import AmbiguousName, InvalidName
from careergraph.model.text import normalise
from careergraph.rdf.kinds import NODE_KINDS
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.statements import Statements


class Thing(NamedTuple):
    """A thing that a row declares, with its aliases."""

    row: Row
    iri: str
    class_: str
    aliases: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What users call such a thing: `skill`, `role` ..."""
        return NODE_KINDS[self.class_]

    @property
    def label(self) -> str:
        """What it is called."""
        return self.row.cells["label"]


def declare_things(sheets: Mapping[str, Sheet], base: str, bundled: KnownNames) -> Iterator[Thing]:
    """The things that sheets declare.

    Args:
        sheets: file → its rows.
        base: what the IRIs of the data set begin with.
        bundled: the data set whose things need not be declared.

    Raises:
        UnusableSource: two have the same name, or the bundled data set has a thing of that kind and name.
    """
    taken: dict[str, dict[str, int]] = {}
    names: dict[tuple[str, str], Row] = {}
    for file in THINGS:
        for row in sheets[file].rows if file in sheets else ():
            thing = _thing(row, THINGS[file], base, taken)
            for name in (thing.label, *thing.aliases):
                _check_free(thing, name, names, bundled)
            yield thing


def list_statements(things: Iterable[Thing]) -> Statements:
    """The classes and names of things, in which names are looked up."""
    return {
        thing.iri: {
            RDF.type: [thing.class_],
            SKOS.prefLabel: [thing.label],
            SKOS.altLabel: list(thing.aliases),
        }
        for thing in things
    }


def list_thing_nodes(things: Iterable[Thing], known: KnownNames, sources: Sources) -> Iterator[Node]:
    """The nodes of things.

    Raises:
        UnusableSource: what a thing is a part of is not there, or is itself.
    """
    for thing in things:
        cited = sources.of(thing.row)
        said: list[Said] = label_triples(thing.class_, thing.label)
        said += [(SKOS.altLabel, alias, "@en") for alias in thing.aliases]
        said += [(SKOS.definition, text, "@en") for text in _cell(thing.row, "definition")]
        said += [(SKOS.broader, iri, "iri") for iri in _broader(thing, known)]
        yield Node(thing.iri, cited.graph, [*said, cited.derived])


def _thing(row: Row, kinds: Mapping[str, str], base: str, taken: dict[str, dict[str, int]]) -> Thing:
    wanted = row.cells.get("kind", next(iter(kinds)))
    class_ = kinds.get(normalise(wanted))
    if class_ is None:
        raise row.fault(f"{wanted!r} is not a kind of this sheet; there is {', '.join(kinds)}")
    kind, label = NODE_KINDS[class_], row.cells["label"]
    iri = f"{base}{kind}/{find_free_slug(label, taken.setdefault(kind, {}))}"
    aliases = (alias for alias in row.parts("aliases") if alias != label)
    return Thing(row, iri, class_, tuple(dict.fromkeys(aliases)))


def _check_free(thing: Thing, name: str, names: dict[tuple[str, str], Row], bundled: KnownNames) -> None:
    first = names.setdefault((thing.kind, normalise(name)), thing.row)
    if first is not thing.row:
        raise thing.row.fault(f"a {thing.kind} is called {name!r} already, in {first.place}:{first.line}")
    try:
        found = bundled.look_up(name, thing.kind)
    except InvalidName as error:
        raise thing.row.fault(str(error)) from None
    except AmbiguousName as error:
        found = NAMESPACE.id + error.candidates[0]
    # Users may declare a word of the vocabulary as a thing of their own.
    if found is None or is_in_vocabulary(bundled.catalogue, found):
        return
    there = f"{found.removeprefix(NAMESPACE.id)}, {bundled.label(found)}"
    raise thing.row.fault(
        f"the bundled data set has a {thing.kind} called {name!r} ({there}); "
        "leave the row out and use that one, or choose another name"
    )


def _broader(thing: Thing, known: KnownNames) -> Iterator[str]:
    for name in _cell(thing.row, BROADER.name):
        iri = find_named(thing.row, name, known, thing.kind)
        if iri == thing.iri:
            raise thing.row.fault(f"{name!r} cannot be a part of itself")
        yield iri


def _cell(row: Row, column: str) -> tuple[str, ...]:
    return (row.cells[column],) if column in row.cells else ()
