"""The server of the protocol: its requests, and how errors are reported."""

from __future__ import annotations

from typing import Any

from mcp import types
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from careergraph.model.errors import BadParameter, CareergraphError
from careergraph.server.context import Context
from careergraph.server.mcp.resources import list_resources, list_templates, read_resource
from careergraph.server.mcp.tools import TOOLS, Tool, read_arguments
from careergraph.version import __version__

INSTRUCTIONS = (
    "An open knowledge graph of careers in AI. Every claim has a source: cite it. What the answer calls computed, or"
    " the editors' judgement, is no source's: say so. What a source leaves out is unknown, not zero. Names are matched"
    " by label or alias; for an unknown name, the error suggests others."
)


def create_server(context: Context) -> Server[Any]:
    """The server of a data set, for any transport. Its tools read, and change nothing."""

    async def on_list_tools(_: object, params: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(map(_describe, TOOLS.values())))

    async def on_call_tool(_: object, params: types.CallToolRequestParams) -> types.CallToolResult:
        return await call_tool(context, params.name, params.arguments or {})

    async def on_list_resources(_: object, params: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        try:
            return list_resources(context, params.cursor if params else None)
        except BadParameter as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from error

    async def on_list_templates(_: object, params: object) -> types.ListResourceTemplatesResult:
        return list_templates()

    async def on_read_resource(_: object, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        try:
            return await read_resource(context, params.uri)
        except CareergraphError as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from error

    return Server(
        "careergraph",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=on_list_tools,
        on_call_tool=on_call_tool,
        on_list_resources=on_list_resources,
        on_list_resource_templates=on_list_templates,
        on_read_resource=on_read_resource,
    )


async def call_tool(context: Context, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    """The answer of a tool; a failure is an answer, too, marked as an error, so that an agent can correct itself.

    Raises:
        MCPError: there is no such tool.
    """
    if name not in TOOLS:
        raise MCPError(types.INVALID_PARAMS, f"There is no tool {name!r}; there are {', '.join(TOOLS)}.")
    try:
        told = await TOOLS[name].answer(context, read_arguments(TOOLS[name], arguments))
    except CareergraphError as error:
        return types.CallToolResult(content=[types.TextContent(type="text", text=str(error))], is_error=True)
    text = types.TextContent(type="text", text=told.to_text())
    return types.CallToolResult(content=[text], structured_content=told.to_data())


def _describe(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        description=tool.about,
        input_schema=dict(tool.schema),
        annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )
