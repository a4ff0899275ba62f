"""careergraph: an open knowledge graph of careers in AI, and the tools to query it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careergraph.version import __version__

if TYPE_CHECKING:
    from careergraph.api import CareerGraph

__all__ = ["__version__", "load"]


def load(*datasets: str) -> CareerGraph:
    """Open one or more data sets together, the bundled one by default, to ask them by names.

    Args:
        datasets: each `bundled`, or the path of an RDF file or of a folder of them, or the address of a SPARQL
            endpoint, of which what is about careers is read now.

    Raises:
        EndpointFailed: an endpoint does not answer, or not as it should.
        UnreadableFile: a file is missing or does not parse.
        UnusableDataset: no data set of a name can be opened, or an endpoint has nothing about careers.

    >>> load().gap("consultant", "AI product manager").origin.label
    'Consultant'
    """
    # Imported here, so that the command line pays for what a command uses and for nothing else.
    from careergraph.api import CareerGraph
    from careergraph.catalogue.catalogue import Catalogue
    from careergraph.model.display import Displayable

    Displayable.draw = staticmethod(_draw)
    return CareerGraph(Catalogue.load(*datasets))


def _draw(result: object) -> dict[str, str]:
    from careergraph.render.notebook import draw

    return draw(result)
