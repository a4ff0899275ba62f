"""A hostile page in a real browser gets nowhere."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page


PAGE = """<!doctype html><title>working</title>
<script>
const tried = (options) => fetch("{url}", options).then((answer) => answer.type, () => "refused");
const body = new URLSearchParams({{query: "ASK {{}}"}});
const shown = new Promise((tell) => {{
  const image = new Image();
  image.onload = () => tell("shown");
  image.onerror = () => tell("refused");
  image.src = "{url}?query=ASK%7B%7D";
}});
Promise.all([
  shown,
  tried({{method: "POST", body}}),
  tried({{method: "POST", body, mode: "no-cors"}}),
  tried({{mode: "no-cors"}}),
  tried({{}}),
]).then((outcomes) => {{ document.title = outcomes.join(" "); }});
</script>"""


class Hostile(BaseHTTPRequestHandler):
    """Gives out a page that asks a server elsewhere."""

    target = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.format(url=self.target).encode())

    def log_message(self, *_: object) -> None:
        pass


def test_a_hostile_page_in_a_real_browser_gets_nowhere(endpoint: Served, page: Page) -> None:
    urls: dict[str, str] = {}
    seen: dict[str, int] = {}
    watching = page.context.new_cdp_session(page)
    watching.on("Network.requestWillBeSent", lambda event: urls.update({event["requestId"]: event["request"]["url"]}))
    watching.on(
        "Network.responseReceivedExtraInfo", lambda event: seen.update({event["requestId"]: event["statusCode"]})
    )
    watching.send("Network.enable")
    handler = type("HostileToThis", (Hostile,), {"target": endpoint.sparql})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as hostile:
        Thread(target=hostile.serve_forever).start()
        try:
            page.goto(f"http://localhost:{hostile.server_port}/")
            page.wait_for_function("document.title != 'working'")
        finally:
            hostile.shutdown()
    assert page.title() == "refused refused refused refused refused"
    statuses = [status for request, status in seen.items() if urls[request].startswith(endpoint.sparql)]
    assert statuses == [403] * 5


### What costs a server more than a client
