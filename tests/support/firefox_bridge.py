"""Run Firefox for Playwright, and answer in its place the commands that an extended support release lacks.

Playwright speaks WebDriver BiDi with a Firefox as distributions have it, and asks it to take on a colour scheme before
anything else. A release that does not know how refuses, and no page would ever open. Here that request is answered as
if it had been met; everything else goes to Firefox and back as it is. Playwright runs this in place of Firefox:

    python firefox_bridge.py FIREFOX ARGUMENTS...
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

#: What is answered here.
LACKING = "emulation.setMediaFeaturesOverride"
#: What Firefox prints once it listens.
LISTENING = re.compile(rb"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)")
#: The longest message, in bytes: a picture of a page.
LONGEST = 1 << 28


class Bridge(WebSocketHandler):
    """A connection of Playwright's, and beyond it one to Firefox."""

    def initialize(self, port: int) -> None:
        """Remember where Firefox listens."""
        self.port = port

    def check_origin(self, origin: str) -> bool:
        """Playwright names none."""
        return True

    async def open(self, *_: str) -> None:
        """Connect to Firefox, and pass on what it says."""
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.firefox = await websocket_connect(
            f"ws://127.0.0.1:{self.port}{self.request.uri}", max_message_size=LONGEST
        )
        self.ready.set_result(None)
        self.passing = asyncio.ensure_future(self._pass_on())

    async def _pass_on(self) -> None:
        while (message := await self.firefox.read_message()) is not None:
            await self.write_message(message)
        self.close()

    async def on_message(self, message: str | bytes) -> None:
        """Answer what Firefox lacks; hand it the rest."""
        asked = json.loads(message)
        if asked["method"] == LACKING:
            await self.write_message(json.dumps({"type": "success", "id": asked["id"], "result": {}}))
            return
        await self.ready
        await self.firefox.write_message(message)


async def main() -> int:
    """Run Firefox until it ends; its exit code."""
    firefox = await asyncio.create_subprocess_exec(*sys.argv[1:], stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr
    async for line in firefox.stderr:
        found = LISTENING.search(line)
        if found:
            sockets = bind_sockets(0, "127.0.0.1")
            application = Application([(".*", Bridge, {"port": int(found[1])})], websocket_max_message_size=LONGEST)
            HTTPServer(application).add_sockets(sockets)
            line = b"WebDriver BiDi listening on ws://127.0.0.1:%d\n" % sockets[0].getsockname()[1]
        sys.stderr.buffer.write(line)
        sys.stderr.buffer.flush()
    return await firefox.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
