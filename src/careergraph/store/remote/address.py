"""The address of a SPARQL endpoint, taken apart: what is requested, what may be shown, who asks, which graphs."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from careergraph.model.errors import UnusableDataset
from careergraph.model.escaping import to_safe_line
from careergraph.model.records import Record

_DEFAULT, _NAMED = "default-graph-uri", "named-graph-uri"
_IRI = re.compile(r"[A-Za-z][\w+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


class Address(Record):
    """A SPARQL endpoint.

    `url` is what is requested, `shown` what may be printed: neither has the user name and the password, which are in
    `user`, and `shown` has no query string, where keys may stand. `default_graphs` and `named_graphs` are the graphs
    that the address asks for; nothing means those that the endpoint takes by itself.
    """

    url: str
    shown: str
    user: tuple[str, str] | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    local: bool


def parse_address(url: str) -> Address:
    """Take the address of an endpoint apart.

    Args:
        url: `http://` or `https://`, with `user:password@` before the host if need be, and with `default-graph-uri`
            and `named-graph-uri` in its query string, repeatable, as the SPARQL protocol has them.

    Raises:
        UnusableDataset: this is not an address of an endpoint.

    >>> found = parse_address("https://ann:secret@example.org/sparql?default-graph-uri=urn:g&key=1#top")
    >>> found.url, found.shown, found.user, found.default_graphs
    ('https://example.org/sparql?key=1', 'https://example.org/sparql', ('ann', 'secret'), ('urn:g',))
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UnusableDataset(without_credentials(url), f"this is not an address ({error})") from None
    if parts.scheme not in ("http", "https"):
        raise UnusableDataset(
            without_credentials(url), "only http:// and https:// addresses of SPARQL endpoints can be asked"
        )
    if not host or any(sign.isspace() or not sign.isprintable() for sign in url):
        raise UnusableDataset(without_credentials(url), "this is not an address of a SPARQL endpoint")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    for name, value in pairs:
        if name in (_DEFAULT, _NAMED) and not _IRI.fullmatch(value):
            raise UnusableDataset(
                without_credentials(url), f"{to_safe_line(value)!r} cannot name a graph; write the IRI in full"
            )
    place = parts._replace(netloc=_place(host, port), path=parts.path or "/", fragment="")
    return Address(
        url=place._replace(query=urlencode([pair for pair in pairs if pair[0] not in (_DEFAULT, _NAMED)])).geturl(),
        shown=place._replace(query="").geturl(),
        user=_user(parts),
        default_graphs=tuple(value for name, value in pairs if name == _DEFAULT),
        named_graphs=tuple(value for name, value in pairs if name == _NAMED),
        local=host == "localhost" or host == "::1" or host.startswith("127."),
    )


def without_credentials(url: str) -> str:
    """An address as it may be printed: without user name, password and query string. Anything else stays as it is.

    >>> without_credentials("https://ann:secret@example.org/sparql?key=1"), without_credentials("graph/article")
    ('https://example.org/sparql', 'graph/article')
    """
    scheme, sign, rest = url.partition("://")
    if not sign:
        return url
    place, slash, path = rest.partition("/")
    return f"{scheme}://{place.rpartition('@')[2]}{slash}{path}".partition("?")[0].partition("#")[0]


def find_server(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port: two addresses with the same are of one server.

    >>> find_server("https://example.org/a") == find_server("https://EXAMPLE.org:443/b")
    True
    """
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _place(host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port is None else f"{name}:{port}"


def _user(parts: SplitResult) -> tuple[str, str] | None:
    if parts.username is None:
        return None
    return unquote(parts.username), unquote(parts.password or "")
