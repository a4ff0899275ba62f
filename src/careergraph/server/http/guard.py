"""Access control: requests that hostile pages make a browser send are refused, and answers have security headers.

Every page in a user's browser can send requests to a server on the user's machine. Three checks keep such pages out:
the host name of the request (against names made to point here), the origin that browsers send, and the `Sec-Fetch-*`
headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from careergraph.server.http.bodies import LONGEST_BODY, Bodies, BodyGaveWay, BodyTooLong
from careergraph.server.http.problems import log_unexpected, make_refusal
from careergraph.server.settings import Settings

#: Nothing from elsewhere, no script or style within a page, no page within another.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

#: How long the path and query of an address may be. Longer requests can be posted.
LONGEST_ADDRESS = 60_000
#: How many parameters a request may have; reading more would hold up all other clients.
MOST_PARAMETERS = 1_000
#: How many requests may be active at once, apart from those that wait in queues.
MOST_REQUESTS = 100
#: How long a header may be if it is read. Headers that browsers send by themselves are not read, and may be longer.
LONGEST_HEADER = 8_192
_UNREAD = (b"cookie", b"referer")
#: How many headers a request may have.
MOST_HEADERS = 200
#: The beginnings of addresses whose answers may take long.
_COSTLY = ("/query", "/sparql", "/api/", "/path", "/reach", "/gap", "/plan", "/next-skill", "/compare")
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)
_LAST = {"Connection": "close"}
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
_ANY_ADDRESS = ("0.0.0.0", "::", "")


class Guard:
    """The outermost middleware of the application."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._hosts = frozenset(_hosts(settings))
        self._origins = frozenset(settings.origins)
        self._bodies = Bodies(settings.largest_body)
        self._inside, self._most = 0, MOST_REQUESTS + 3 * settings.queue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request or pass it on; in both cases, add headers to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wrapped = _WithHeaders(send)
        scope = _in_origin_form(scope)
        try:
            answer = self._find_refusal(Request(scope))
            await (answer or self._answer)(scope, receive, wrapped)
        except Exception:
            if wrapped.started:
                raise
            await log_unexpected(scope, receive, wrapped)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A client that announces a body and does not send it takes no place from others.
        request = Request(scope, receive)
        try:
            receive = await self._bodies.read(request)
        except BodyTooLong:
            await make_refusal(request, 413, "The body is too long.", _LAST)(scope, receive, send)
            return
        except BodyGaveWay:
            detail = f"The body did not arrive within {LONGEST_BODY:g} s, or others needed its place."
            await make_refusal(request, 408, detail, _LAST)(scope, receive, send)
            return
        if self._inside >= self._most:
            busy = make_refusal(request, 503, "Too many requests at once; ask again in 1 s.", {"Retry-After": "1"})
            await busy(scope, receive, send)
            return
        self._inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._inside -= 1

    def _find_refusal(self, request: Request) -> Response | None:
        if len(request.headers.raw) > MOST_HEADERS:
            return make_refusal(_bare(request), 431, f"There are more than {MOST_HEADERS} headers.")
        for name, value in request.headers.raw:
            if len(value) > LONGEST_HEADER and name not in _UNREAD:
                detail = f"The header {name.decode('latin-1')[:40]!a} is longer than {LONGEST_HEADER:,} bytes."
                return make_refusal(_bare(request), 431, detail)
        host = request.headers.get("host", "").lower()
        if _name(host) not in self._hosts:
            return make_refusal(request, 421, "This server does not answer to this name; --allow-host NAME adds one.")
        if not self._from_here(request, host):
            return make_refusal(request, 403, "Pages of other origins may not ask; --allow-origin ORIGIN lets one ask.")
        if len(request.scope["raw_path"]) + len(request.scope["query_string"]) > LONGEST_ADDRESS:
            return make_refusal(request, 414, f"The address is longer than {LONGEST_ADDRESS:,} bytes; use POST.")
        if request.scope["query_string"].count(b"&") >= MOST_PARAMETERS:
            return make_refusal(request, 400, f"There are more than {MOST_PARAMETERS:,} parameters.")
        return None

    def _from_here(self, request: Request, host: str) -> bool:
        # No browser lets a page set these headers, and other clients do not send them.
        headers = request.headers
        origin = headers.get("origin")
        if origin is not None:
            return origin in self._origins or origin.lower() in (f"http://{host}", f"https://{host}")
        followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return (followed and not _is_costly(request)) or headers.get("sec-fetch-site", "none") in (
            "none",
            "same-origin",
        )


def _is_costly(request: Request) -> bool:
    # Requests that make a worker compute: links from elsewhere may lead to pages, but not to long computations.
    return bool(request.url.query) and request.url.path.startswith(_COSTLY)


def _in_origin_form(scope: Scope) -> Scope:
    """A request whose target is a whole address, as one that has the address' host in the header (RFC 9112, 3.2.2)."""
    found = _ABSOLUTE.match(scope["raw_path"])
    if not found:
        return scope
    headers = [(b"host", found[1]), *((name, value) for name, value in scope["headers"] if name != b"host")]
    raw = scope["raw_path"][found.end() :] or b"/"
    return {**scope, "raw_path": raw, "path": unquote(raw.decode("ascii")), "headers": headers}


def _bare(request: Request) -> Request:
    # Without headers that it might take long to look into.
    return Request({**request.scope, "headers": []})


class _WithHeaders:
    """A `send` that adds headers; headers that an answer sets itself are kept."""

    def __init__(self, send: Send) -> None:
        self._send, self.started = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def _hosts(settings: Settings) -> Iterable[str]:
    yield from LOCAL_NAMES
    yield from (name.lower() for name in settings.hosts)
    if settings.host not in _ANY_ADDRESS:
        yield f"[{settings.host.lower()}]" if ":" in settings.host else settings.host.lower()


def _name(host: str) -> str | None:
    # The name without the port: making a browser call another port gains an attacker nothing.
    found = re.fullmatch(r"(\[[0-9a-f:.]+\]|[^\[\]:/@\s]+?)\.?(?::\d*)?", host)
    return found[1] if found else None
