"""Pages of a server in a browser: one of each sort, how they are visited, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import axe_playwright_python

from served import Served
from server_pages import ML_ENGINEER, asking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

#: A page of each sort.
PAGES = {
    "start": "",
    "search": "search?q=learning",
    "routes": "path?origin=software+engineer&destination=AI+safety+researcher",
    "reach": "reach?origin=nurse",
    "gap": "gap?origin=software+engineer&role=AI+ethicist",
    "next": "next-skill?origin=software+engineer&role=AI+product+manager",
    "plan": "plan?origin=software+engineer&role=AI+product+manager",
    "comparison": "compare?role=AI+ethicist&role=data+scientist&role=AI+product+manager&role=machine+learning+engineer",
    "cv": "cv",
    "role": ML_ENGINEER,
    "claim": "id/claim/metr-ai-safety-focused-lab",
    "vocabulary": "ontology",
    "api": "api",
    "query": "query?saved=pay-of-role",
    "drawing": asking("DESCRIBE role:ai-ethicist role:data-scientist"),
}
REFUSING = {
    "not found": "id/role/pytorch",
    "no route": "path?origin=software+engineer&destination=AI+ethicist&derived=false",
    "broken query": asking("SELECT ?x WHRE { ?x a cg:Role }"),
}
#: What the browser says of a page, or an answer, with a status that is no success.
HONEST = "Failed to load resource: the server responded with a status of 4"


@contextmanager
def visiting(browser: Browser, server: Served, **options: Any) -> Iterator[Page]:
    """A new page that must not complain, nor ask anybody but the server; its context has these options."""
    complaints: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(HONEST):
            complaints.append(message.text)

    def watched(route: Route, request: Request) -> None:
        if request.url.startswith((server.url, "data:")):
            route.continue_()
        else:
            complaints.append(f"asked for {request.url}")
            route.abort()

    context = browser.new_context(base_url=server.url, **options)
    context.route("**/*", watched)
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`))"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("console", told)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    context.close()
    assert complaints == []


def violations(page: Page, *rules: str) -> list[tuple[str, str]]:
    """What axe-core finds wrong with a page, by all its rules or by some."""
    script = (files(axe_playwright_python) / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)  # by the browser's own debugger, which no policy of a page keeps out
    options = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = page.evaluate("options => axe.run(document, {resultTypes: ['violations'], ...options})", options)
    return [(fault["id"], node["html"]) for fault in found["violations"] for node in fault["nodes"]]


def settled(page: Page, place: str) -> None:
    """Go to a page and wait for its scripts, and for its picture if it has one."""
    page.goto(place)
    if page.locator(".drawing").count():
        page.locator(".canvas canvas").wait_for()
