"""What a server is started with."""

from __future__ import annotations

import re

from careergraph.model.errors import BadParameter
from careergraph.model.records import Record

MEGABYTE = 1 << 20

_HOST = re.compile(r"[\w.-]+|\[[0-9a-fA-F:.]+\]", re.ASCII)
#: As browsers write it: in lower case, without a path.
_ORIGIN = re.compile(r"https?://(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d+)?", re.ASCII)


class Settings(Record):
    """What a server is started with.

    Attributes:
        files: the RDF files of the data set.
        host: the address to listen at.
        port: the port; 0 for any that is free.
        workers: how many ordinary queries are computed side by side; one more process serves the cheap ones.
        timeout: seconds that a query may take; also how long one may wait for its turn.
        queue: how many queries may wait for their turn.
        largest_body: how long a request's body may be, in bytes.
        origins: other web origins whose pages may ask, such as `https://example.org`.
        hosts: names besides `localhost` and the address itself by which clients may call the server.
        direct: whether queries see the layers of `careergraph.store.layers`, or only what the files say.
        language: the language of labels in pages and answers, where there are any.
    """

    files: tuple[str, ...]
    host: str
    port: int
    workers: int
    timeout: float
    queue: int
    largest_body: int
    origins: tuple[str, ...]
    hosts: tuple[str, ...]
    direct: bool
    language: str


def read_settings(
    files: tuple[str, ...],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 2,
    timeout: float = 10.0,
    queue: int = 32,
    largest_body: int = 4 * MEGABYTE,
    origins: tuple[str, ...] = (),
    hosts: tuple[str, ...] = (),
    direct: bool = True,
    language: str = "en",
) -> Settings:
    """Settings, with the values of the command line for what is left out.

    Raises:
        BadParameter: an origin or a host is none.

    >>> read_settings(("graph.ttl",)).timeout
    10.0
    """
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise BadParameter("allow-origin", f"{origin!r} is not an origin; write it as in https://example.org:8080")
    for name in hosts:
        if not _HOST.fullmatch(name):
            raise BadParameter("allow-host", f"{name!r} is not a name of a host; write it as in graph.example.org")
    return Settings(files, host, port, workers, timeout, queue, largest_body, origins, hosts, direct, language)
