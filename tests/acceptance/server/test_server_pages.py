"""The pages as somebody without a script reads them: parsed HTML, links, forms, suggestions, the path finder."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from pathlib import Path
from urllib.parse import quote, urldefrag, urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

import httpx
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.kinds import CLAIM_KINDS, NAMED_KINDS
from careergraph.server.urls import to_address
from html_reading import LOADING, having, one, parse_page, words
from served import PATIENCE, Served, served
from server_pages import FIXTURES, ML_ENGINEER, asking, got, heading, links, page

#: A page of each sort.
PAGES = (
    "",
    "search",
    "search?q=learning",
    "list/role",
    "list/transition",
    "path",
    "path?origin=software+engineer&destination=AI+safety+researcher&k=2",
    "reach",
    "reach?origin=nurse",
    "gap",
    "gap?origin=software+engineer&role=AI+ethicist",
    "plan",
    "plan?origin=software+engineer&role=machine+learning+engineer",
    "compare",
    "cv",
    "compare?role=AI+ethicist&role=data+scientist",
    ML_ENGINEER,
    "id/skill/pytorch",
    "id/course/mats",
    "id/claim/metr-ai-safety-focused-lab",
    "id/source/ai-careers-article/role-1-salary",
    "id/strength/required",
    "ontology",
    "api",
    "query",
    "query?saved=pay-of-role",
    "query?query=DESCRIBE+role:ai-ethicist",
    "query?query=ASK+%7B%7D",
)
#: Pages that say why there is nothing to show.
REFUSING = {
    "search?q=zzzz": 404,
    "list/dance": 404,
    "list/role?page=2": 400,
    "id/role/machine-learning-enginer": 404,
    "node": 404,
    "node?iri=javascript:alert(1)": 404,
    "nowhere/at/all": 404,
    "path?origin=software+enginer&destination=AI+PM": 404,
    "path?origin=software+engineer&destination=AI+ethicist&derived=false": 404,
    "reach?origin=software+enginer": 404,
    "gap?origin=consultant&role=painter+of+clouds": 404,
    "compare?role=AI+ethicist&role=painter+of+clouds": 404,
    "path?destination=AI+PM": 400,
    "path?origin=consultant&destination=AI+PM&k=1000": 400,
    "path?origin=consultant&destination=AI+PM&dance=1": 400,
    "query?query=SELECT+%3Fx+WHRE+%7B%7D": 400,
    "query?query=DROP+ALL": 400,
    "query?saved=pay-of-rol": 404,
    "query?saved=pay-of-role&role=painter": 404,
}


@pytest.fixture
def server(endpoint: Served) -> Served:
    return endpoint


@pytest.fixture(scope="module")
def hostile() -> Iterator[Served]:
    with served("--dataset", "bundled", "--dataset", str(FIXTURES / "hostile.ttl")) as running:
        yield running


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


### Every page


@pytest.mark.parametrize("place", [*PAGES, *REFUSING])
def test_a_page_runs_and_asks_for_nothing_but_our_own_files(server: Served, place: str) -> None:
    root = page(server, place, REFUSING.get(place, 200))
    assert list(root.iter("style")) == []
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"], element.attrib
    for script in root.iter("script"):
        assert script.get("src", "").startswith("/static/") or script.get("type") == "application/json"
    for element in root.iter():
        if element.tag != "a":
            loaded = [element.get(name, "") for name in LOADING if name in element.attrib]
            assert all(text.startswith("/") or text == "data:," for text in loaded), loaded


@pytest.mark.parametrize("place", [*PAGES, *REFUSING])
def test_a_page_has_one_heading_a_title_a_language_a_main_part_and_no_id_twice(server: Served, place: str) -> None:
    root = page(server, place, REFUSING.get(place, 200))
    assert root.get("lang") == "en"
    assert heading(root)
    (title,) = root.iter("title")
    assert words(title).endswith("· careergraph")
    assert len(list(root.iter("main"))) == 1
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert sorted(ids, key=str) == sorted(set(ids), key=str)


@pytest.mark.parametrize("place", PAGES)
def test_every_field_of_a_form_has_a_label(server: Served, place: str) -> None:
    root = page(server, place)
    labelled = {label.get("for") for label in root.iter("label")}
    for tag in ("input", "select", "textarea"):
        for field in root.iter(tag):
            assert field.get("type") == "hidden" or field.get("id") in labelled


@pytest.mark.parametrize("place", [*PAGES, *REFUSING])
def test_no_page_speaks_of_options_of_the_command_line(server: Served, place: str) -> None:
    said = words(next(page(server, place, REFUSING.get(place, 200)).iter("main")))
    assert "`careergraph" not in said
    if place != "api":
        assert " --" not in said


def test_every_link_from_the_start_page_on_leads_to_a_page(server: Served, catalogue: Catalogue) -> None:
    visited, anchors = crawled(server, "")
    assert {status for status in visited.values() if status != 200} == set(), visited
    assert anchors == []
    reached = {urlsplit(place).path for place in visited}
    named = [iri for kind in NAMED_KINDS for iri in catalogue.by_kind.get(kind, ())]
    claims = [iri for kind in CLAIM_KINDS.values() for iri in catalogue.by_kind.get(kind, ())]
    assert [iri for iri in named if to_address(iri) not in reached] == []
    assert [iri for iri in claims if to_address(iri) not in reached] == []


def test_what_is_long_is_compressed_for_whoever_accepts_that(server: Served) -> None:
    place = f"{server.url}id/role/machine-learning-engineer"
    packed, plain = (
        httpx.get(place, headers={"Accept": "text/html", "Accept-Encoding": e}) for e in ("gzip", "identity")
    )
    assert (packed.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert packed.text == plain.text
    assert 3 * int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert "Accept-Encoding" in packed.headers["vary"]
    short = httpx.get(f"{server.url}suggest?text=zzzz", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in short.headers


def test_what_to_learn_next_has_a_card_for_each_thing_and_no_code(server: Served) -> None:
    asked = {"origin": "software engineer", "role": "AI product manager"}
    told = httpx.get(f"{server.url}api/next-skill", params=asked, timeout=PATIENCE).json()
    page = httpx.get(f"{server.url}next-skill", params=asked, headers={"Accept": "text/html"}, timeout=PATIENCE)
    assert page.status_code == 200
    assert page.text.count('<li class="card">') == len(told["gains"]) > 3
    assert all(gain["asset"]["label"] in page.text for gain in told["gains"])
    assert "Helps most" in page.text


def test_nothing_that_helps_makes_the_route_harder(server: Served) -> None:
    said = words(page(server, "next-skill?origin=software+engineer&role=AI+product+manager"))
    assert "the best route is manageable" in said
    assert "it makes a shorter route the best one" in said
    assert "the route is then hard" not in said


def test_a_plan_says_first_how_hard_its_route_is_and_each_step(server: Served) -> None:
    root = page(server, "plan?origin=software+engineer&role=AI+product+manager")
    (lead,) = having(root, "lead")
    assert words(lead).startswith("The route is manageable, about ")
    assert [
        words(next(step.iter("small"))).partition(",")[0] for step in root.iter("h2") if list(step.iter("small"))
    ] == [
        "easy",
        "manageable",
    ]


def test_a_gap_says_how_firmly_in_the_words_of_the_other_pages(server: Served) -> None:
    said = words(page(server, "gap?origin=software+engineer&role=AI+ethicist"))
    assert "opens the role, strong" in said
    assert "accessible with" not in said


#: What computes something new for every node is followed from some nodes, in other tests.
COMPUTED = ("/query", "/path", "/reach", "/gap", "/next-skill", "/plan", "/compare", "/api/show")


def crawled(server: Served, start: str) -> tuple[dict[str, int], list[str]]:
    """Address → status of all pages that links lead to, and the links to places on a page that it has not."""
    visited: dict[str, int] = {}
    ids: dict[str, set[str]] = {}
    anchored: set[tuple[str, str]] = set()
    waiting = [urljoin(server.url, start)]
    with httpx.Client(headers={"Accept": "text/html"}, timeout=PATIENCE) as client:
        while waiting:
            place = waiting.pop()
            if place in visited:
                continue
            response = client.get(place)
            visited[place] = response.status_code
            if not response.headers["content-type"].startswith("text/html"):
                continue
            found = list(_tags(response.text))
            ids[place] = {text for name, text in found if name == "id"}
            for target in (urljoin(place, text) for name, text in found if name == "href"):
                there, anchor = urldefrag(target)
                if there.startswith(server.url) and urlsplit(there).path not in COMPUTED:
                    anchored |= {(there, anchor)} if anchor else set()
                    waiting += [] if "format=" in there else [there]
    return visited, sorted(f"{there}#{anchor}" for there, anchor in anchored if anchor not in ids.get(there, ()))


def _tags(text: str) -> Iterator[tuple[str, str]]:
    # A whole parse of each of more than a thousand pages would take a minute.
    from html.parser import HTMLParser

    found: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(("id" if key == "id" else "href", value or "") for key, value in attrs if key == "id")
            found.extend((key, value or "") for key, value in attrs if key == "href" and tag == "a")

    Reader().feed(text)
    return iter(found)


### Search and lists


def test_a_search_lists_the_best_match_first_with_its_kind(server: Served) -> None:
    root = page(server, "search?q=MLE")
    first = having(root, "results")[0].find("li")
    assert first is not None
    assert words(first).startswith("Machine learning engineer (role)")
    assert f"/{ML_ENGINEER}" in [href for _, href in links(root)]


def test_a_search_forgives_a_typing_error(server: Served) -> None:
    root = page(server, "search?q=pytroch")
    assert words(having(root, "results")[0]) == "PyTorch (skill)"


def test_a_search_for_what_nothing_is_called_finds_what_is_called_alike(server: Served) -> None:
    root = page(server, "search?q=torchpie")
    assert ("PyTorch", "/id/skill/pytorch") in list(links(root))


def test_a_list_has_all_nodes_of_its_kind(server: Served, catalogue: Catalogue) -> None:
    pages = range(1, ceil(len(catalogue.by_kind["course"]) / 100) + 1)
    found = [item for number in pages for item in having(page(server, f"list/course?page={number}"), "results")[0]]
    assert len(found) == len(catalogue.by_kind["course"])


def test_a_long_list_is_cut_into_pages_that_together_have_all(tmp_path: Path) -> None:
    many = [f'<https://example.org/{n}> a cg:Skill ; skos:prefLabel "Skill {n:04}"@en .' for n in range(1_001)]
    prefixes = {"cg": "https://w3id.org/careergraph/ontology#", "skos": "http://www.w3.org/2004/02/skos/core#"}
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in prefixes.items())
    file = tmp_path / "many.ttl"
    file.write_text(head + "\n".join(many), encoding="utf-8")
    with served("--dataset", str(file)) as server:
        roots = [page(server, f"list/skill?page={number}") for number in range(1, 12)]
        found = [words(item.find("span")) for root in roots for item in having(root, "results")[0]]  # type: ignore[arg-type]
        assert found == [f"Skill {n:04} (skill)" for n in range(1_001)]
        linked = [text for text, place in links(roots[5]) if place.startswith("?page=")]
        assert linked == ["1", "3", "4", "5", "7", "8", "9", "11"], "the first, the last, and those around it"
        page(server, "list/skill?page=12", 400)


### Suggestions


def suggested(server: Served, text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = server.client.get(f"{server.url}suggest", params={"text": text}).json()["results"]
    return found


def test_names_are_suggested_by_the_beginnings_of_their_words_labels_before_aliases(server: Served) -> None:
    labels = [item["label"] for item in suggested(server, "machine")]
    assert labels[0] == "Machine learning"
    assert "Machine learning engineer" in labels
    assert suggested(server, "MLE")[0]["href"] == f"/{ML_ENGINEER}"
    assert suggested(server, "learning eng")[0]["label"] == "Machine learning engineer"
    assert 0 < len(suggested(server, "a")) <= 8


@pytest.mark.parametrize("text", ["", " ", "zzzz", "x" * 5_000, "\x00", "\U0001f914"])
def test_no_suggestion_is_an_empty_list_and_no_error(server: Served, text: str) -> None:
    assert suggested(server, text) == []


def completed(server: Served, text: str) -> list[str]:
    found = server.client.get(f"{server.url}complete", params={"text": text}).json()["results"]
    return [item["text"] for item in found]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("rol", "role:"),
        ("cg:anyO", "cg:anyOf"),
        ("cg:any", "cg:anyOf"),
        ("skos:pref", "skos:prefLabel"),
        ("role:mach", "role:machine-learning-engineer"),
        ("role:learning", "role:machine-learning-engineer"),
        ("Pyto", "skill:pytorch"),
        ("MATS", "course:mats"),
        ("sel", "SELECT"),
        ("schema:ab", "schema:about"),
        ("Requirem", "cg:Requirement"),
    ],
)
def test_a_query_is_completed_by_prefixes_terms_nodes_and_words_of_sparql(
    server: Served, typed: str, offered: str
) -> None:
    assert offered in completed(server, typed)


def test_whatever_completes_a_query_can_stand_in_one(server: Served) -> None:
    for typed in ("role:", "skill:", "cg:", "skos:", "article:", "the", "a"):
        for text in completed(server, typed):
            term = text if ":" in text and not text.endswith(":") else "cg:Role"
            answer = server.client.get(server.sparql, params={"query": f"ASK {{ {term} ?p ?o }}"})
            assert answer.status_code == 200, text


### The path finder


def test_the_form_has_a_field_for_each_parameter_of_the_api(server: Served) -> None:
    described = server.client.get(f"{server.url}api/openapi.json").json()["paths"]["/api/path"]["get"]["parameters"]
    fields = {f.get("name") for tag in ("input", "select", "textarea") for f in page(server, "path").iter(tag)}
    assert {item["name"] for item in described} == fields - {"q"}


def test_a_route_shows_steps_held_missing_pay_and_evidence(server: Served) -> None:
    root = page(server, "path?origin=software+engineer&destination=AI+safety+researcher")
    route, *others = having(root, "route")
    assert len(others) == 2
    steps = having(route, "step")
    assert len(steps) == 2
    for class_ in ("held", "missing", "milestones", "pays", "sources"):
        assert len(having(steps[0], class_)) == 1
    groups = [words(group) for group in having(one(steps[0], "missing"), "any-of")]
    assert "any one of PyTorch (skill) or TensorFlow (skill)" in groups
    assert "Role 1 / Transition path" in words(one(steps[0], "sources"))
    assert f"/{ML_ENGINEER}" in [href for _, href in links(route)]
    assert f"/api/path?{urlencode({'origin': 'software engineer', 'destination': 'AI safety researcher', 'k': 3})}" in [
        href for _, href in links(root)
    ]


def test_the_form_keeps_what_was_given(server: Served) -> None:
    root = page(server, "path?origin=data+scientist&destination=AI+PM&k=4&by=steps&skill=git%0D%0AMLflow&derived=true")
    fields = {f.get("name"): f for tag in ("input", "select", "textarea") for f in root.iter(tag)}
    assert (fields["origin"].get("value"), fields["k"].get("value")) == ("data scientist", "4")
    assert fields["skill"].text == "git\nMLflow"
    assert "checked" in fields["derived"].attrib
    assert [o.get("value") for o in fields["by"].iter("option") if "selected" in o.attrib] == ["steps"]
    assert "(How many routes: 4, Put first: the fewest moves)" in words(next(root.iter("summary")))


def test_somebody_without_a_position_starts_from_skills_and_is_no_broken_link(server: Served) -> None:
    root = page(server, "path?background=consultant&skill=Python&destination=AI+PM&origin=")
    assert ("You", "#you") in list(links(root))
    assert any(element.get("id") == "you" for element in root.iter())


def test_a_misspelt_name_is_offered_in_the_right_place(server: Served) -> None:
    root = page(server, "path?origin=software+enginer&destination=AI+PM&k=2", 404)
    assert ("Software engineer", "/path?origin=Software+engineer&destination=AI+PM&k=2") in list(links(root))


def test_without_a_route_that_sources_name_computed_steps_are_offered_and_lead_to_one(server: Served) -> None:
    root = page(server, "path?origin=software+engineer&destination=AI+ethicist&derived=false", 404)
    (again,) = (href for text, href in links(root) if "no source names" in text)
    assert having(page(server, again), "route")


### A hostile data set


def test_names_that_try_to_be_markup_are_text_on_every_page(hostile: Served) -> None:
    origin, role = "<img src=x onerror=window.hacked=4>", "</title></style></script><script>window.hacked=7</script>"
    places = [
        "",
        "list/role",
        "list/course",
        "search?q=script",
        f"search?{urlencode({'q': origin})}",
        f"path?{urlencode({'origin': origin, 'destination': role})}",
        f"path?{urlencode({'origin': origin, 'destination': role + 'x'})}",
        asking("SELECT * { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'https://example.org/')) }"),
        asking("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'https://example.org/')) }"),
        asking("</textarea><script>window.hacked=99</script>"),
        f"id/{quote(role)}",
        f"node?{urlencode({'iri': role})}",
        *map(to_address, Catalogue.load(str(FIXTURES / "hostile.ttl")).statements),
    ]
    for place in places:
        root = parse_page(got(hostile, place).content)
        assert only_ours(root), place
        for _, href in links(root):
            assert href.startswith(("/", "#", "?", "http://", "https://")), (place, href)


def only_ours(root: Element) -> bool:
    """No element, attribute or script but those that the templates make."""
    scripts = [s for s in root.iter("script") if s.get("type") != "application/json"]
    ours = ("search", "start", "chips", "query", "actions", "unfolding")
    made = {s.get("src") for s in scripts} <= {f"/static/{name}.js" for name in ours}
    foreign = {"img", "iframe", "object", "embed", "base", "style", "b", "u", "i"}
    handlers = any(name.startswith("on") or name == "style" for e in root.iter() for name in e.attrib)
    return made and not handlers and not any(element.tag in foreign for element in root.iter())


def test_a_hostile_name_is_shown_as_it_stands(hostile: Served) -> None:
    root = page(hostile, "node?iri=https%3A%2F%2Fexample.org%2Fhostile%2Frole")
    assert heading(root) == "</title></style></script><script>window.hacked=7</script>"


### In another language


def test_pages_and_answers_have_labels_in_the_language_of_the_server() -> None:
    with served("--lang", "nl") as endpoint:
        page = endpoint.client.get(f"{endpoint.url}search", params={"q": "nurse"}).text
        suggested = endpoint.client.get(f"{endpoint.url}suggest", params={"text": "verpleegk"}).json()["results"]
        route = endpoint.client.get(
            f"{endpoint.url}path", params={"origin": "nurse", "destination": "AI ethicist"}
        ).text
        answer = endpoint.client.get(
            f"{endpoint.url}api/path", params={"origin": "nurse", "destination": "AI ethicist"}
        ).json()
    assert "verpleegkundige" in page
    assert (suggested[0]["label"], suggested[0]["language"]) == ("verpleegkundige", "nl")
    assert "verpleegkundige" in route
    assert (answer["origin"]["label"], answer["origin"]["language"]) == ("verpleegkundige", "nl")
