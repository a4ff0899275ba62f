"""The page for queries, as somebody without a script uses it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

import httpx
import pytest

from careergraph.server.pages.query_page import EXAMPLE
from careergraph.sparql.saved_queries import SavedQuery, load_saved_queries
from html_reading import having, words
from served import Served
from server_pages import asking, got, links, page


@pytest.fixture
def server(endpoint: Served) -> Served:
    return endpoint


def saved_ones() -> Iterable[SavedQuery]:
    return load_saved_queries()


def test_every_saved_question_can_be_chosen_and_answers_by_itself(server: Served) -> None:
    offered = {href.removeprefix("/query?saved=") for _, href in links(page(server, "query")) if "saved=" in href}
    assert offered == {item.name for item in saved_ones()}
    for item in saved_ones():
        if all(parameter.default is not None for parameter in item.parameters):
            response = got(server, f"query?saved={item.name}&part=answer")
            assert response.status_code == 200, response.text


def test_a_saved_question_shows_its_text_its_parameters_and_its_rows(server: Served) -> None:
    root = page(server, "query?saved=pay-of-role&role=AI+ethicist")
    (area,) = (element for element in root.iter("textarea"))
    (item,) = (item for item in saved_ones() if item.name == "pay-of-role")
    assert (area.text or "").strip() == item.text
    fields = {f.get("name"): f.get("value") for f in root.iter("input")}
    assert (fields["role"], fields["saved"]) == ("AI ethicist", "pay-of-role")
    (table,) = having(root, "rows")
    assert len(list(table.iter("tr"))) > 1
    assert "AI ethicist" in words(
        page(
            server,
            "query?saved=pay-of-role&role=AI+ethicist&query=" + quote("SELECT ?label { ?role skos:prefLabel ?label }"),
        )
    )


def test_columns_stand_as_in_the_query_and_nodes_are_links(server: Served) -> None:
    query = 'SELECT ?role ?label { ?role a cg:Role ; skos:prefLabel ?label FILTER(?label = "AI ethicist"@en) }'
    (table,) = having(page(server, asking(query)), "rows")
    assert [words(cell) for cell in table.iter("th")] == ["role", "label"]
    cells = list(table.iter("td"))
    assert list(links(cells[0])) == [("AI ethicist", "/id/role/ai-ethicist")]
    assert (cells[1].get("title"), words(cells[1])) == ("language en", "AI ethicist")


def test_the_example_that_an_empty_page_starts_with_runs(server: Served) -> None:
    (area,) = page(server, "query").iter("textarea")
    assert (area.text or "").strip() == EXAMPLE
    assert having(page(server, asking(EXAMPLE)), "rows")


def test_statements_are_listed_in_full_beside_their_picture(server: Served) -> None:
    root = page(server, "query?query=DESCRIBE+role:ai-ethicist")
    (island,) = (s for s in root.iter("script") if s.get("type") == "application/json")
    graph = json.loads(island.text or "")
    (table,) = having(root, "rows")
    assert len(graph["edges"]) == len(list(table.iter("tr"))) - 1 > 2
    assert {edge["from"] for edge in graph["edges"]} <= {node["id"] for node in graph["nodes"]}
    assert "AI ethicist" in [node["label"] for node in graph["nodes"]]


@pytest.mark.parametrize(
    ("query", "verdict"), [("ASK { role:ai-ethicist a cg:Role }", "yes"), ("ASK { 1 ?p 2 }", "no")]
)
def test_a_question_for_yes_or_no_is_answered_by_yes_or_no(server: Served, query: str, verdict: str) -> None:
    if "1 ?p" in query:
        query = "ASK { role:ai-ethicist a cg:Skill }"
    root = page(server, asking(query))
    assert f"Answer: {verdict}" in [words(h) for h in root.iter("h2")]


def test_an_error_is_shown_with_line_column_and_caret_and_an_honest_status(server: Served) -> None:
    root = page(server, asking("SELECT ?x\nWHRE { ?x a cg:Role }"), 400)
    (told,) = (element for element in root.iter("pre"))
    first, line, caret = (told.text or "").splitlines()
    assert "line 2, column 1: WHRE is not a word of SPARQL; did you mean WHERE?" in first
    assert caret.index("^") == line.index("WHRE")
    (place,) = (element for element in root.iter() if "data-line" in element.attrib)
    assert (place.get("data-line"), place.get("data-column")) == ("2", "1")


def test_a_misspelt_name_for_a_parameter_is_offered_in_the_right_place(server: Served) -> None:
    root = page(server, "query?saved=pay-of-role&role=AI+ethicst", 404)
    assert ("AI ethicist", "/query?saved=pay-of-role&role=AI+ethicist") in list(links(root))


def test_more_rows_than_a_page_shows_are_counted_and_can_be_downloaded(server: Served) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    root = page(server, asking(query))
    (table,) = having(root, "rows")
    assert len(list(table.iter("tr"))) == 1_001
    assert "The first 1,000 are shown; a download has all." in words(root)
    (href,) = (href for name, href in links(root) if name == "csv")
    download = got(server, href)
    assert download.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    assert download.headers["content-type"] == "text/csv; charset=utf-8"
    rows = len(download.text.splitlines()) - 1
    assert f"{rows:,} rows" in [words(h) for h in root.iter("h2")]


@pytest.mark.parametrize(
    ("query", "format_", "media"),
    [
        ("SELECT * { ?s a cg:Role }", "json", "application/sparql-results+json"),
        ("SELECT * { ?s a cg:Role }", "xml", "application/sparql-results+xml"),
        ("SELECT * { ?s a cg:Role }", "tsv", "text/tab-separated-values; charset=utf-8"),
        ("DESCRIBE role:ai-ethicist", "turtle", "text/turtle; charset=utf-8"),
        ("DESCRIBE role:ai-ethicist", "json-ld", "application/ld+json"),
    ],
)
def test_a_download_is_what_its_name_says(server: Served, query: str, format_: str, media: str) -> None:
    response = got(server, asking(query, format=format_))
    assert (response.status_code, response.headers["content-type"]) == (200, media)


@pytest.mark.parametrize("format_", ["csv", "dance"])
def test_a_download_that_cannot_be_is_refused(server: Served, format_: str) -> None:
    assert got(server, asking("DESCRIBE role:ai-ethicist", format=format_)).status_code == 400


def test_a_browser_that_asks_the_endpoint_nothing_is_sent_to_the_page(server: Served) -> None:
    response = httpx.get(server.sparql, headers={"Accept": "text/html"}, follow_redirects=True)
    assert urlsplit(str(response.url)).path == "/query"


def test_each_saved_question_has_a_picture_of_its_answer(server: Served) -> None:
    shown = having(page(server, "query"), "picture")
    assert len(shown) == len(list(saved_ones()))
    assert all(list(picture) for picture in shown)


def test_pay_ranges_are_bars_a_scale_for_each_currency(server: Served) -> None:
    root = page(server, "query?saved=pay-of-role&role=machine+learning+engineer")
    charts = [figure for figure in root.iter("figure") if "pay" in (figure.get("class") or "").split()]
    assert [words(next(chart.iter("figcaption"))) for chart in charts] == ["GBP", "USD"]
    assert "GBP 70,000–150,000" in words(charts[0])
    assert len(having(charts[1], "range")) == len(having(charts[1], "bar-words"))


@pytest.mark.parametrize("saved", ["ways-from-position", "ways-into-role"])
def test_moves_are_lines_on_the_map(server: Served, saved: str) -> None:
    (drawn,) = having(page(server, f"query?saved={saved}"), "drawn")
    assert list(drawn.iter("path"))


def test_what_has_no_figures_and_no_moves_is_a_table_alone(server: Served) -> None:
    assert not having(page(server, "query?saved=role-tasks"), "view")
