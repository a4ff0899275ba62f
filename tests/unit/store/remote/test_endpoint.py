"""An endpoint that does wrong: one clear line each, no password in it, and never longer than the deadline."""

from __future__ import annotations

import gc
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

import careergraph
from careergraph.cli import cli
from careergraph.model.errors import (
    BadQuery,
    EndpointFailed,
    QueryTimedOut,
    ResultTooLarge,
    UnusableDataset,
)
from careergraph.store.remote.endpoint import Endpoint
from command_line import CAREERGRAPH, complaint
from command_line import careergraph as command_line
from faulty_endpoint import Endpoint as Server
from faulty_endpoint import faults, serving
from loops import run
from peers import free_port

ASK, SELECT = "ASK { ?s ?p ?o }", "SELECT ?x { ?x a cg:Role }"

#: Path → what the line says behind the address.
FAULTS = {
    "/401": "did not answer: it wants a user name and a password, or others than those given; write them into the "
    "address: https://user:password@host/path (401 Unauthorized).",
    "/403": "did not answer: it refuses (403 Forbidden: Not you.).",
    "/404": "did not answer: there is nothing at this address; the path is often /sparql or /query (404 Not Found).",
    "/405": "did not answer: queries cannot be posted to this address; the path is often /sparql or /query "
    "(405 Method Not Allowed).",
    "/406": "did not answer: it offers none of the formats that SPARQL 1.1 names (406 Not Acceptable).",
    "/429": "did not answer: it is asked too much (429 Too Many Requests).",
    "/500": "did not answer: it failed (500 Internal Server Error: Out of \\x1b[31mmemory.).",
    "/503": "did not answer: it is overloaded or down (503 Service Unavailable: Starting.).",
    "/503-long": "did not answer: it is overloaded or down (503 Service Unavailable); it asks to come back in 3600 s.",
    "/206": "did not answer: it gives a part of the answer only (206 Partial Content).",
    "/partial": "did not answer: it gives a part of the answer only, since it ran out of its time for a query.",
    "/page": "did not answer: it answers with a web page; is this the address of the endpoint itself?",
    "/octets": "did not answer: it answers with application/octet-stream, which is none of the formats asked for.",
    "/untyped": "did not answer: it answers with something of no stated media type, which is none of the formats asked "
    "for.",
    "/other-json": "did not answer: its answer is not well-formed (SPARQL JSON results must contain a 'boolean' or a "
    "'results' key).",
    "/rows": "did not answer: its answer is none to a query that begins with ASK.",
    "/broken-off": "did not answer: the answer broke off after 29 bytes.",
    "/badly-packed": "did not answer: its answer is packed in a way that cannot be undone.",
    "/reset": "did not answer: the connection broke off before the answer began.",
    "/circle": "did not answer: it redirects in circles.",
    "/elsewhere": "did not answer: it has moved to https://example.org/sparql; ask there if you trust that.",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(faults) as running:
        yield running


def ask(url: str, query: str = ASK, seconds: float = 30) -> bytes:
    """The answer to a query in CSV."""
    return Endpoint(url).ask(query, "csv", seconds=seconds).content


def fault(url: str, query: str = ASK, seconds: float = 30) -> str:
    """What is said of an endpoint that fails."""
    with pytest.raises(EndpointFailed) as caught:
        ask(url, query, seconds)
    return str(caught.value)


### What endpoints do wrong


@pytest.mark.parametrize(("path", "said"), FAULTS.items(), ids=FAULTS.keys())
def test_each_fault_is_told_in_one_line(server: Server, path: str, said: str) -> None:
    assert fault(server.url + path) == f"{server.url}{path} {said}"


@pytest.mark.parametrize(
    ("path", "reason"), [("/truncated", "Parser error at line 1"), ("/glued", "Extra data: line 1 column 30")]
)
def test_an_answer_that_is_not_well_formed_is_told(server: Server, path: str, reason: str) -> None:
    said = fault(server.url + path, SELECT if path == "/truncated" else ASK)
    assert said.startswith(f"{server.url}{path} did not answer: its answer is not well-formed ({reason}")


def test_a_truth_value_is_no_answer_to_a_select(server: Server) -> None:
    assert fault(f"{server.url}/fine", SELECT).endswith("its answer is none to a query that begins with SELECT.")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/400", "This query cannot be run: the endpoint says: Lexical error at line 1."),
        ("/400-page", "This query cannot be run: the endpoint refuses it and does not say why."),
    ],
)
def test_a_query_that_an_endpoint_refuses_is_a_bad_query(server: Server, path: str, said: str) -> None:
    with pytest.raises(BadQuery) as caught:
        ask(server.url + path)
    assert str(caught.value) == said


def test_a_connection_that_is_refused_is_told() -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    assert fault(url) == f"{url} did not answer: the connection was refused; is the server up, and the port right?"


def test_a_name_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    said = fault("https://no-such-host.example/sparql")
    assert said == (
        "https://no-such-host.example/sparql did not answer: its name is unknown; is the address right, and this "
        "machine online?"
    )


def test_a_server_without_tls_is_told(server: Server) -> None:
    url = server.url.replace("http:", "https:")
    assert fault(f"{url}/fine").endswith(
        "did not answer: no secure connection came about; does the server speak https at this port?"
    )


def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this system")
    new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "certificate.pem")]
    subprocess.run([openssl, *new, *files], capture_output=True, timeout=60, check=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    with serving(faults) as secure:
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        url = secure.url.replace("http:", "https:")
        assert fault(f"{url}/fine").startswith(f"{url}/fine did not answer: its certificate is not to be trusted (self")


### Deadlines and sizes


@pytest.mark.parametrize("path", ["/dripping", "/dripping-headers", "/silent"])
def test_the_deadline_holds_whatever_the_server_does(server: Server, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimedOut) as caught:
        ask(server.url + path, seconds=0.4)
    assert caught.value.seconds == 0.4
    assert time.monotonic() - start < 15  # the server goes on for twenty seconds


def test_a_server_that_says_nothing_is_left_before_the_deadline(server: Server) -> None:
    with pytest.raises(QueryTimedOut) as caught:
        Endpoint(f"{server.url}/silent", read=0.3).ask(ASK, "csv", seconds=60)
    assert caught.value.seconds == 0.3


def test_a_name_look_up_does_not_outlast_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    released: list[bool] = []

    def slow(*_: object, **__: object) -> list[object]:
        while not released:
            time.sleep(0.02)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with pytest.raises(QueryTimedOut):
        ask("http://slow.example/sparql", seconds=0.3)
    released.append(True)


@pytest.mark.parametrize("path", ["/endless", "/bomb"])
def test_an_answer_that_is_too_large_is_left(server: Server, path: str) -> None:
    with pytest.raises(ResultTooLarge) as caught:
        Endpoint(server.url + path, largest=1_000_000).ask(ASK, "csv", seconds=60)
    assert caught.value.limit == 1_000_000


def test_rows_that_a_server_leaves_out_are_missed(server: Server) -> None:
    url = f"{server.url}/cut"
    assert fault(url, SELECT) == (
        f"{url} did not answer: it gives 1 rows at most, and there are more; ask in parts, by LIMIT and OFFSET."
    )
    assert ask(url, f"{SELECT} LIMIT 1") == b"x\r\n1\r\n"


### Trying again


@pytest.mark.parametrize("path", ["/503-once", "/reset-once"])
def test_what_passes_is_tried_again(server: Server, path: str) -> None:
    before = len(server.requests)
    assert ask(server.url + path) == b"true"
    assert len(server.requests) == before + 2


@pytest.mark.parametrize(("path", "times"), [("/503", 3), ("/429", 3), ("/reset", 3), ("/503-long", 1), ("/500", 1)])
def test_it_is_tried_three_times_at_most_and_only_where_that_may_help(server: Server, path: str, times: int) -> None:
    before = len(server.requests)
    fault(server.url + path)
    assert len(server.requests) == before + times


### What an endpoint is told


def test_a_query_is_posted_as_a_form_with_our_prefixes(server: Server) -> None:
    ask(f"{server.url}/fine?key=1", "ASK { ?x a cg:Role }")
    request = server.requests[-1]
    assert request.path == "/fine?key=1"
    assert request.form == {"query": ["PREFIX cg: <https://w3id.org/careergraph/ontology#> ASK { ?x a cg:Role }"]}
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.headers["Accept"].startswith("application/sparql-results+json")
    assert request.headers["User-Agent"] == f"careergraph/{careergraph.__version__}"
    assert "Authorization" not in request.headers


def test_graphs_of_the_address_are_asked_for_unless_somebody_says_otherwise(server: Server) -> None:
    endpoint = Endpoint(f"{server.url}/fine?default-graph-uri=urn:a&default-graph-uri=urn:b&named-graph-uri=urn:c")
    endpoint.ask(ASK, "csv", seconds=30)
    assert server.requests[-1].path == "/fine"
    asked = server.requests[-1].form
    assert (asked["default-graph-uri"], asked["named-graph-uri"]) == (["urn:a", "urn:b"], ["urn:c"])
    endpoint.ask(ASK, "csv", seconds=30, default_graphs=["urn:x"], named_graphs=[])
    asked = server.requests[-1].form
    assert (asked["default-graph-uri"], "named-graph-uri" in asked) == (["urn:x"], False)
    endpoint.ask("ASK FROM <urn:x> { ?s ?p ?o }", "csv", seconds=30)
    assert "default-graph-uri" not in server.requests[-1].form


def test_a_password_goes_to_the_server_and_nowhere_else(server: Server) -> None:
    url = server.url.replace("//", "//walter:se%3Acret@")
    assert ask(f"{url}/fine") == b"true"
    assert server.requests[-1].headers["Authorization"] == f"Basic {b64encode(b'walter:se:cret').decode()}"
    told = [fault(f"{url}/403?key=hidden"), fault(f"{url}/elsewhere"), repr(Endpoint(url))]
    for dataset in (f"{url}/403?key=hidden", f"{url}/x y", f"ftp{url[4:]}/", f"{url}:a/"):
        told += [complaint(command_line(*command, "--dataset", dataset), 2) for command in (["stats"], ["validate"])]
    assert not any(word in text for text in told for word in ("se%3A", "se:cret", "walter", "hidden"))


def test_a_move_within_the_server_is_followed(server: Server) -> None:
    assert ask(f"{server.url}/moved") == b"true"
    assert server.requests[-1].path == "/fine?key=kept"
    assert server.requests[-1].form == {"query": [ASK]}


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert ask(f"{server.url}/fine") == b"true"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "only http:// and https:// addresses"),
        ("http://", "this is not an address of a SPARQL endpoint"),
        ("http://example.org:port/", "this is not an address"),
        ("http://[::1/", "this is not an address"),
        ("http://example.org/?default-graph-uri=a>b", "'a>b' cannot name a graph"),
        ("http://example.org/?named-graph-uri=graph:article+x", "cannot name a graph"),
        ("http://example.org/a b", "this is not an address of a SPARQL endpoint"),
        ("http://example.org/\x1b[31m", "this is not an address of a SPARQL endpoint"),
    ],
)
def test_what_is_no_address_of_an_endpoint_is_refused(url: str, reason: str) -> None:
    with pytest.raises(UnusableDataset, match=reason) as caught:
        Endpoint(url)
    assert "\x1b" not in str(caught.value)


### Around it


def test_a_caller_with_an_event_loop_can_ask(server: Server) -> None:
    async def asking() -> bytes:
        return ask(f"{server.url}/fine")

    assert run(asking()) == b"true"


def test_within_a_block_one_connection_serves_several_queries_and_outside_each_has_its_own(server: Server) -> None:
    endpoint = Endpoint(f"{server.url}/fine")
    with endpoint:
        assert endpoint.ask(ASK, "csv", seconds=30) == endpoint.ask(ASK, "csv", seconds=30)
    assert endpoint.ask(ASK, "json", seconds=30).content == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize(
    ("arguments", "path", "code", "tells"),
    [
        (["show", "METR"], "/401", 2, "it wants a user name and a password"),
        (["path", "SWE", "MLE"], "/page", 2, "it answers with a web page"),
        (["stats"], "/400", 2, "it does not take a query that SPARQL 1.1 allows (the endpoint says: Lexical error"),
        (["validate"], "/503-long", 2, "come back in 3600 s"),
        (["sparql", ASK], "/404", 2, "there is nothing at this address"),
        (["sparql", ASK], "/400", 2, "This query cannot be run: the endpoint says: Lexical error at line 1."),
        (["sparql", ASK, "--timeout", "0.5"], "/dripping", 1, "There was no answer within 0.5 s"),
    ],
)
def test_a_command_ends_with_one_line_and_the_right_code(
    server: Server, arguments: list[str], path: str, code: int, tells: str
) -> None:
    assert tells in complaint(command_line(*arguments, "--dataset", server.url + path), code)


def test_ctrl_c_ends_a_command_that_waits_for_an_endpoint(server: Server) -> None:
    before = len(server.requests)
    running = subprocess.Popen(
        [CAREERGRAPH, "show", "METR", "--dataset", f"{server.url}/silent"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while len(server.requests) == before and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=15)  # the server keeps silent for twenty seconds
    assert (running.returncode, out, err.strip()) == (130, b"", b"Error: Interrupted.")


def test_a_shell_does_not_wait_for_an_endpoint_to_complete_a_name(server: Server) -> None:
    before = len(server.requests)
    show = cli.get_command(None, "show")  # type: ignore[arg-type]
    assert show is not None
    context = show.make_context("show", ["pyt", "--dataset", f"{server.url}/silent"], resilient_parsing=True)
    assert [item.value for item in show.params[0].shell_complete(context, "pyt")] == []
    assert len(server.requests) == before


def test_an_error_may_be_forgotten_by_another_thread(server: Server) -> None:
    held: list[BaseException] = []
    for path in ("/truncated", "/rows"):
        with pytest.raises(EndpointFailed) as caught:
            ask(server.url + path, SELECT if path == "/truncated" else ASK)
        held.append(caught.value)
    del caught

    def forget() -> None:
        held.clear()
        gc.collect()

    gc.collect()  # what earlier tests left is theirs to free, not the thread's
    forgetting = threading.Thread(target=forget)
    forgetting.start()
    forgetting.join()  # rows that are freed by a thread other than theirs end in a warning, which fails the test
