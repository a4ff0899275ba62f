"""Requests to one SPARQL endpoint over HTTP: deadlines, sizes, a few retries, and what went wrong in words."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from careergraph.model.errors import CareergraphError, EndpointFailed, QueryTimedOut, ResultTooLarge
from careergraph.model.extras import need_extra
from careergraph.model.records import Record
from careergraph.store.remote.address import Address, find_server, without_credentials
from careergraph.store.remote.http_errors import explain_connection_fault, explain_status, is_transient, retry_delay
from careergraph.version import __version__

if TYPE_CHECKING:
    import httpx

#: Field of a form and its value.
Form = Sequence[tuple[str, str]]

#: How long to wait, in seconds, before a request is tried a second and a third time.
_PAUSES = (0.2, 0.8)
_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 307, 308)
#: How much of an error's text is read, in bytes.
_LONGEST_COMPLAINT = 20_000
#: Numbers with more digits are none that an endpoint can mean.
_MOST_DIGITS = 19


class Reply(Record):
    """What an endpoint sends: the media type without parameters, the body, and to how many rows it says it cut it."""

    media_type: str
    content: bytes
    cut_to: int | None


class _TransientFault(Exception):
    """A fault that the next attempt may not meet: what to say if it does, and how long to wait if a server says so."""

    def __init__(self, error: CareergraphError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.wait = error, wait


class Exchange:
    """A connection to an endpoint, kept for the next request.

    The requests run on an event loop in a thread of its own: that alone can end a name look-up, a connection, and an
    answer that comes byte by byte, all at one deadline, and it works for a caller that has a loop itself. Not for two
    threads at once.

    Args:
        address: the endpoint.
        connect: how long a connection may take, in seconds.
        read: how long the server may say nothing, in seconds; None for as long as the deadline allows.
        largest: how long an answer may be, in bytes, once unpacked.

    Raises:
        MissingExtra: httpx is not installed.
    """

    def __init__(self, address: Address, *, connect: float, read: float | None, largest: int) -> None:
        with need_extra("remote", "Asking a SPARQL endpoint", "httpx"):
            import httpx

        self._address, self._read, self._largest = address, read, largest
        self._client = httpx.AsyncClient(
            auth=address.user,
            headers={"User-Agent": f"careergraph/{__version__}"},
            timeout=httpx.Timeout(read, connect=connect),
            # A proxy that the environment names is for what is outside.
            mounts=dict.fromkeys(("http://", "https://", "all://")) if address.local else None,
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="careergraph-exchange", daemon=True)
        self._thread.start()

    def post(self, form: Form, accept: str, *, seconds: float) -> Reply:
        """Post a form and read the answer.

        It is posted again, at most twice, where that is safe and may help: the connection was refused or broke off
        before the answer began, or the server says that it is overloaded. A query changes nothing, so it may arrive
        twice.

        Args:
            form: the fields.
            accept: the media types that will do.
            seconds: how long all of it may take, with the retries.

        Raises:
            BadQuery: the endpoint says that the query is wrong.
            EndpointFailed: there is no answer, or not the one that was asked for.
            QueryTimedOut: the deadline has passed, or the server said nothing for too long.
            ResultTooLarge: the answer is longer than `largest`.
        """
        future = asyncio.run_coroutine_threadsafe(self._in_time(form, accept, seconds), self._loop)
        try:
            return future.result()
        except BaseException:  # Ctrl-C: nobody waits for the answer any more
            future.cancel()
            raise

    def close(self) -> None:
        """End the connection."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._ended(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _ended(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.aclose()
        await self._loop.shutdown_asyncgens()

    async def _in_time(self, form: Form, accept: str, seconds: float) -> Reply:
        until = self._loop.time() + seconds
        try:
            async with asyncio.timeout_at(until):
                return await self._persistently(form, accept, until)
        except TimeoutError:
            raise QueryTimedOut(seconds) from None

    async def _persistently(self, form: Form, accept: str, until: float) -> Reply:
        for pause in _PAUSES:
            try:
                return await self._redirected(form, accept)
            except _TransientFault as fault:
                wait = pause if fault.wait is None else fault.wait
                if self._loop.time() + wait >= until:
                    raise fault.error from fault.__cause__
                await asyncio.sleep(wait)
        try:
            return await self._redirected(form, accept)
        except _TransientFault as fault:
            raise fault.error from fault.__cause__

    async def _redirected(self, form: Form, accept: str) -> Reply:
        url = self._address.url
        for _ in range(_MOST_REDIRECTS + 1):
            async with self._response(url, form, accept) as response:
                if response.status_code not in _REDIRECTS:
                    return await self._reply(response)
                url = self._redirection_target(url, response)
        raise self._failure("it redirects in circles")

    @asynccontextmanager
    async def _response(self, url: str, form: Form, accept: str) -> AsyncIterator[httpx.Response]:
        import httpx

        fields: dict[str, list[str]] = {}
        for name, value in form:
            fields.setdefault(name, []).append(value)
        request = self._client.build_request("POST", url, data=fields, headers={"Accept": accept})
        try:
            response = await self._client.send(request, stream=True)
        except httpx.ReadTimeout:
            raise QueryTimedOut(self._read or 0.0) from None
        except httpx.HTTPError as error:
            failed = self._failure(explain_connection_fault(error))
            raise (_TransientFault(failed) if is_transient(error) else failed) from error
        try:
            yield response
        finally:
            await response.aclose()

    def _redirection_target(self, url: str, response: httpx.Response) -> str:
        target = urljoin(url, str(response.headers.get("Location", "")))
        if find_server(target) != find_server(url):  # whoever is there was not asked, and may not be told the password
            raise self._failure(f"it has moved to {without_credentials(target)}; ask there if you trust that")
        return target

    async def _reply(self, response: httpx.Response) -> Reply:
        if response.status_code != 200:
            text = (await self._content(response, _LONGEST_COMPLAINT, cut=True)).decode("utf-8", "replace")
            error = explain_status(self._address, response.status_code, response.headers, text)
            if response.status_code in (429, 502, 503, 504):
                raise _TransientFault(error, retry_delay(response.headers))
            raise error
        # Virtuoso answers 200 when its time is up and when it has more rows than it gives, and says so on the side.
        if "X-SQL-State" in response.headers:
            raise self._failure("it gives a part of the answer only, since it ran out of its time for a query")
        media_type = str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
        rows = str(response.headers.get("X-SPARQL-MaxRows", ""))
        content = await self._content(response, self._largest)
        return Reply(media_type, content, int(rows) if rows.isdecimal() and len(rows) < _MOST_DIGITS else None)

    async def _content(self, response: httpx.Response, largest: int, *, cut: bool = False) -> bytes:
        import httpx

        content = bytearray()
        try:
            async for piece in response.aiter_bytes():
                content += piece
                if len(content) > largest:
                    break
        except httpx.ReadTimeout:
            raise QueryTimedOut(self._read or 0.0) from None
        except httpx.DecodingError as error:
            raise self._failure("its answer is packed in a way that cannot be undone") from error
        except httpx.HTTPError as error:
            raise self._failure(f"the answer broke off after {len(content):,} bytes") from error
        if len(content) > largest and not cut:
            raise ResultTooLarge(largest)
        return bytes(content[:largest])

    def _failure(self, reason: str) -> EndpointFailed:
        return EndpointFailed(self._address.shown, reason)
