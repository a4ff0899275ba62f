"""RDF files that are made to do harm: each is refused in one line, or read, in bounded time; nothing is fetched."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from careergraph.model.errors import EndpointFailed, UnreadableFile
from careergraph.rdf.bounded_parsing import DEEPEST, parse_bounded
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.locations import GRAPH_SUFFIXES
from careergraph.store.rdf_files import find_rdf_format
from careergraph.store.remote.http import Reply
from careergraph.store.remote.responses import read_statements
from careergraph.store.sources import parse
from careergraph.validation.validate import validate
from command_line import careergraph, complaint

RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="urn:ex:">'
    '<rdf:Description rdf:about="urn:ex:a"><ex:says>{}</ex:says></rdf:Description></rdf:RDF>'
)
NESTED = 20_000


def read(folder: Path, name: str, content: str | bytes) -> list[str]:
    """The objects of the statements of a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [quad.object.value for quad in parse(str(path))]  # type: ignore[union-attr]


def refused(folder: Path, name: str, content: str | bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as raised:
        read(folder, name, content)
    assert str(raised.value).startswith(f"Cannot read {folder / name}")
    assert "\n" not in str(raised.value)
    return raised.value


### Entities


def with_entities(*declared: str, says: str) -> str:
    return f"<?xml version='1.0'?><!DOCTYPE rdf:RDF [{''.join(declared)}]>{RDF_XML.format(says)}"


LAUGHS = ['<!ENTITY a0 "lol">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
#: What entities must not do → the file, and what is said of it.
BOMBS = {
    "a billion laughs": (with_entities(*LAUGHS, says="&a9;"), "its DOCTYPE has more in it"),
    "laughs that nobody asks for": (with_entities(*LAUGHS, says=""), "its DOCTYPE has more in it"),
    "laughs in a comment": (with_entities("<!--", *LAUGHS, "-->", says="&a9;"), "its DOCTYPE has more in it"),
    "laughs in a lower-case doctype": (
        with_entities(*LAUGHS, says="&a9;").replace("<!DOCTYPE", "<!doctype"),
        "its DOCTYPE has more in it",
    ),
    "laughs in a parameter entity": (
        with_entities('<!ENTITY % all "', *LAUGHS, '">', "%all;", says="&a9;"),
        "its DOCTYPE has more in it",
    ),
    "one long entity many times": (
        with_entities(f'<!ENTITY a "{"a" * 10_000}">', says="&a;" * 10_000),
        "more than ten times as long",
    ),
    "an entity of itself": (with_entities('<!ENTITY a "&a;">', says="&a;"), "its DOCTYPE has more in it"),
    "a file as an entity": (
        with_entities('<!ENTITY a SYSTEM "file:///etc/hostname">', says="&a;"),
        "its DOCTYPE has more in it",
    ),
    "markup in an entity": (with_entities('<!ENTITY a "<ex:b>">', says="&a;"), "its DOCTYPE has more in it"),
    "an entity that is not declared": (with_entities(says="&a;"), "undefined entity"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_entities_that_do_more_than_shorten_names_are_refused(name: str, tmp_path: Path) -> None:
    content, said = BOMBS[name]
    assert said in refused(tmp_path, "bomb.rdf", content).reason


def test_entities_that_shorten_names_are_read(tmp_path: Path) -> None:
    content = with_entities(
        '<!ENTITY owl "http://www.w3.org/2002/07/owl#" >\n  <!ENTITY b "bee">', says="&owl;Class &b;&amp;&#98;"
    )
    assert read(tmp_path, "names.owl", content) == ["http://www.w3.org/2002/07/owl#Class bee&b"]


def test_the_command_line_refuses_a_bomb_in_one_line(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.rdf"
    bomb.write_text(BOMBS["a billion laughs"][0])
    assert "its DOCTYPE has more in it" in complaint(careergraph("stats", "--dataset", str(bomb)), 2)
    assert "its DOCTYPE has more in it" in complaint(careergraph("validate", str(bomb)), 2)


def test_an_endpoint_that_answers_with_a_bomb_is_told() -> None:
    reply = Reply("application/rdf+xml", BOMBS["a billion laughs"][0].encode(), None)
    with pytest.raises(EndpointFailed, match=r"not well-formed \(its DOCTYPE has more in it"):
        read_statements(reply, "http://localhost/sparql")


### Nothing is fetched


@pytest.fixture
def listener() -> Iterator[tuple[str, list[int]]]:
    """An address where somebody waits, and how often they were called."""
    calls: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    server.accept()[0].close()
                except OSError:
                    return
                calls.append(1)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", calls
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


#: What refers to another document → how; ADDRESS is where that would be.
REFERRING = {
    "context.jsonld": '{"@context": "ADDRESS", "@id": "urn:ex:a", "says": 1}',
    "contexts.jsonld": '{"@context": [{"b": "urn:ex:b"}, "ADDRESS"], "@id": "urn:ex:a", "says": 1}',
    "import.jsonld": '{"@context": {"@version": 1.1, "@import": "ADDRESS"}, "@id": "urn:ex:a", "says": 1}',
    "scoped.jsonld": '{"@context": {"b": {"@id": "urn:ex:b", "@context": "ADDRESS"}}, "b": {"c": 1}}',
    "entity.rdf": with_entities('<!ENTITY a SYSTEM "ADDRESS">', says="&a;"),
    "parameter.rdf": with_entities('<!ENTITY % a SYSTEM "ADDRESS">', "%a;", says="b"),
}


@pytest.mark.parametrize("name", REFERRING)
def test_a_document_that_needs_another_is_refused_and_the_other_not_fetched(
    name: str, listener: tuple[str, list[int]], tmp_path: Path
) -> None:
    address, calls = listener
    refused(tmp_path, name, REFERRING[name].replace("ADDRESS", address))
    with pytest.raises(UnreadableFile):
        validate([tmp_path / name], ontology=[])
    assert calls == []


def test_what_a_document_can_do_without_is_not_fetched(listener: tuple[str, list[int]], tmp_path: Path) -> None:
    address, calls = listener
    assert read(tmp_path, "a.rdf", f'<!DOCTYPE rdf:RDF SYSTEM "{address}">{RDF_XML.format("b")}') == ["b"]
    imports = f"<urn:ex:a> <http://www.w3.org/2002/07/owl#imports> <{address}> .\n"
    assert read(tmp_path, "a.ttl", imports) == [address]
    validate([tmp_path / "a.ttl"], ontology=[])
    assert calls == []


### Depth


def nested(opening: str, middle: str, closing: str, depth: int) -> str:
    return opening * depth + middle + closing * depth


#: What is nested → suffix, opening, middle and closing.
NESTS = {
    "objects": (".jsonld", '{"@id": "urn:ex:a", "urn:ex:b": ', "1", "}"),
    "lists": (".jsonld", '{"@list": [', "1", "]}"),
    "contexts": (".jsonld", '{"@context": {"a": "urn:ex:a"}, "a": ', "1", "}"),
    "graphs": (".json", '{"@id": "urn:ex:a", "@graph": [', "{}", "]}"),
    "brackets": (".json", "[", "", "]"),
    "triple terms": (".nt", "<urn:ex:a> <urn:ex:b> <<( ", "<urn:ex:a> <urn:ex:b> 'c'", " )>> ."),
    "reified triples": (".ttl", "<urn:ex:a> <urn:ex:b> << ", "<urn:ex:a> <urn:ex:b> '>>'", " >> ."),
    "triple terms with a decoy": (".trig", "<urn:ex:a> <urn:ex:b> #>>\n <<( ", '<a> <b> """>>"""', " )>> ."),
    "a decoy after an escape": (".trig", "<urn:ex:a> ex:b\\' <<( ", '<a> <b> """>>"""', " )>> ."),
}


@pytest.mark.parametrize("name", NESTS)
def test_what_is_nested_without_end_is_refused(name: str, tmp_path: Path) -> None:
    suffix, opening, middle, closing = NESTS[name]
    reason = refused(tmp_path, f"nested{suffix}", nested(opening, middle, closing, NESTED)).reason
    assert reason == f"it is nested more than {DEEPEST} levels deep"


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    inner = nested("<rdf:Description><ex:b>", "", "</ex:b></rdf:Description>", NESTED)
    assert "nested more than" in refused(tmp_path, "nested.rdf", RDF_XML.format(inner)).reason


@pytest.mark.parametrize(("opening", "closing"), [("[ <urn:ex:b> ", " ]"), ("( ", " )")])
def test_turtle_may_be_nested_deeply(opening: str, closing: str, tmp_path: Path) -> None:
    content = f"<urn:ex:a> <urn:ex:b> {nested(opening, '1', closing, NESTED)} ."
    assert len(read(tmp_path, "nested.ttl", content)) > NESTED


def test_what_only_looks_nested_is_read(tmp_path: Path) -> None:
    many = 2 * DEEPEST
    assert read(tmp_path, "a.jsonld", f'{{"@id": "urn:ex:a", "urn:ex:b": "{many * "["}\\"{many * "{"}"}}') == [
        f'{many * "["}"{many * "{"}'
    ]
    assert len(read(tmp_path, "b.jsonld", "[" + ", ".join(['{"urn:ex:b": [{}]}'] * many) + "]")) == many
    content = f"<urn:ex:a> <urn:ex:b> '{many * '<<'}', \"<<\\\"<<\", '''<<'<<''' . # {many * '<<'}\n"
    assert read(tmp_path, "a.ttl", content)[0] == many * "<<"
    flat = RDF_XML.format("").replace("</rdf:RDF>", '<ex:A rdf:about="urn:ex:c"/>' * many + "</rdf:RDF>")
    assert len(read(tmp_path, "a.rdf", flat)) == many + 1


### Encodings


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", '<urn:ex:a> <urn:ex:says> "b" .'),
        ("a.nt", '<urn:ex:a> <urn:ex:says> "b" .\n'),
        ("a.jsonld", '{"@id": "urn:ex:a", "urn:ex:says": "b"}'),
        ("a.rdf", RDF_XML.format("b")),
        ("b.rdf", '<?xml version="1.0" encoding="UTF-8"?>' + RDF_XML.format("b")),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_others_are_refused(name: str, content: str, tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert read(tmp_path, name, content.encode(encoding)) == ["b"]
    refused(tmp_path, name, content.encode("utf-16-le"))
    refused(tmp_path, name, re.sub(r"\bb\b", "\xe9", content).encode("latin-1"))


def test_a_line_is_found_behind_a_byte_order_mark(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.rdf"
    wrong.write_text("\ufeff" + RDF_XML.format("b").replace("urn:ex:", NAMESPACE.cg), encoding="utf-8")
    assert {finding.line for finding in validate([wrong], ontology=[]).findings} == {1}


def test_long_literals_and_odd_signs_are_read_and_half_characters_refused(tmp_path: Path) -> None:
    long = "a" * 1_000_000
    content = f'<urn:ex:a> <urn:ex:b> "{long}", "\\u0000\\uFFFF", "\x01" .'
    assert read(tmp_path, "a.ttl", content) == [long, "\0\uffff", "\x01"]
    fault = refused(tmp_path, "b.ttl", '<urn:ex:a> <urn:ex:b> "\\uD800" .')
    assert (fault.line, fault.column) == (1, 24)
    assert fault.reason.startswith("The escape sequence '\\uD800'")


@pytest.mark.parametrize("suffix", GRAPH_SUFFIXES)
def test_every_format_that_is_read_is_checked(suffix: str) -> None:
    with pytest.raises((SyntaxError, ValueError)):
        list(parse_bounded(b"\xff", find_rdf_format(f"a{suffix}")))
