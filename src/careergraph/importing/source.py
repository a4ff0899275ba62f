"""The interface between a source and everything else: what an importer has to provide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

#: One statement about a node: predicate, value, and the sort of the value: `iri`, `` for a plain string, `@en` for a
#: text in English and likewise for any other language, or the local name of a datatype of XML Schema such as `decimal`.
Said = tuple[str, str, str]

#: Called with the number of further rows of the source that have been read.
Advance = Callable[[int], None]


class Node(NamedTuple):
    """A node with all that one named graph says about it.

    What other graphs say about it comes directly before or after, so that a node is complete when the next begins. What
    is not `indexed` is there for SPARQL alone: a plain statement about a node of another data set, of which a claim
    tells everybody else.
    """

    subject: str
    graph: str
    said: list[Said]
    indexed: bool = True


class Reading(Protocol):
    """A source, opened: what it is, and its nodes.

    `name` is what users call the data set; `source` the address where the source is published and `licence` that of its
    licence, as far as there are any; `graphs` the IRIs of
    the named graphs that its nodes are in; `attribution` what has to be shown wherever the data goes. `files` are the
    source's files → rows of data in each, and their sum is what `nodes` advances by. `remarks`, which need not be
    there, are sentences that users are told beside that.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def release(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def licence(self) -> str | None: ...  # noqa: D102
    @property
    def attribution(self) -> str: ...  # noqa: D102
    @property
    def graphs(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def files(self) -> Mapping[str, int]: ...  # noqa: D102

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """All nodes, each once; may be asked for once.

        Raises:
            UnusableSource: something in the source's files is not as it should be.
        """
        ...
