"""The resources that agents can read: the ontology, and each named node with all that is said about it."""

from __future__ import annotations

from pathlib import Path

from mcp import types

from careergraph.model.errors import BadParameter, UnknownName
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.rdf.vocabulary import ID
from careergraph.server.context import Context
from careergraph.server.mcp.tools import TOOLS
from careergraph.store.locations import list_ontology_files

ONTOLOGY = "careergraph://ontology/"
TURTLE, JSON = "text/turtle", "application/json"
#: How many resources a page of the list has.
PAGE = 500


def list_resources(context: Context, cursor: str | None) -> types.ListResourcesResult:
    """A page of all resources: the files of the ontology, then the nodes by kind and IRI.

    Args:
        context: the data set.
        cursor: how many come before the page, as the page before said it; None for the first.

    Raises:
        BadParameter: the cursor is none.
    """
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal()):
        raise BadParameter("cursor", "it is none that a page of this list has named")
    names = _list_names(context)
    start = int(cursor or 0)
    page = [_describe(context, name) for name in names[start : start + PAGE]]
    end = start + PAGE
    return types.ListResourcesResult(resources=page, next_cursor=str(end) if end < len(names) else None)


def list_templates() -> types.ListResourceTemplatesResult:
    """How the addresses of nodes are made."""
    node = types.ResourceTemplate(
        name="node",
        uri_template=ID + "{kind}/{name}",
        description="A node with its claims, their sources and disagreements; the kind is role, skill, course ...",
        mime_type=JSON,
    )
    return types.ListResourceTemplatesResult(resource_templates=[node])


async def read_resource(context: Context, uri: str) -> types.ReadResourceResult:
    """The content of a resource.

    Raises:
        UnknownName: there is no such resource.
    """
    for path in list_ontology_files():
        if uri == ONTOLOGY + Path(path).name:
            text = Path(path).read_text(encoding="utf-8")
            return _content(uri, text, TURTLE)
    if context.catalogue.kind(uri) not in NAMED_KINDS:
        raise UnknownName(uri, kinds=(), suggestions=())
    told = await TOOLS["show"].answer(context, {"name": uri})
    return _content(uri, told.to_json(), JSON)


def _list_names(context: Context) -> list[str]:
    ontology = [ONTOLOGY + Path(path).name for path in list_ontology_files()]
    return ontology + [iri for kind in NAMED_KINDS for iri in context.catalogue.by_kind.get(kind, ())]


def _describe(context: Context, uri: str) -> types.Resource:
    if uri.startswith(ONTOLOGY):
        name = uri.removeprefix(ONTOLOGY)
        return types.Resource(uri=uri, name=name, description="Part of the ontology, in Turtle.", mime_type=TURTLE)
    label, kind = context.catalogue.label(uri), context.catalogue.kind(uri)
    return types.Resource(uri=uri, name=label, title=label, description=kind, mime_type=JSON)


def _content(uri: str, text: str, media_type: str) -> types.ReadResourceResult:
    return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, text=text, mime_type=media_type)])
