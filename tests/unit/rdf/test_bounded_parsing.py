"""Documents that mean harm are refused before they are parsed, in a time linear in their length."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from careergraph.model.errors import EndpointFailed, QueryTimedOut
from careergraph.rdf.bounded_parsing import DEEPEST, MOST_ATTRIBUTES, parse_bounded
from careergraph.rdf.query_text import Query
from careergraph.store.remote.http import Reply
from careergraph.store.remote.responses import Deadline, read_statements, write_answer

RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
JSON = "application/sparql-results+json"
ONE = b'{"type":"uri","value":"a:a"}'
TERM = b'{"type":"triple","value":{"subject":' + ONE + b',"predicate":' + ONE + b',"object":'


def chain(length: int) -> bytes:
    """A context in which each term is defined by the next."""
    terms = {f"t{number}": f"t{number + 1}" for number in range(length)} | {f"t{length}": "http://example.org/p"}
    return json.dumps({"@context": [{"unused": "http://a/"}, terms], "@id": "urn:x", "t0": "c"}).encode()


def test_terms_may_be_defined_by_one_another_but_not_without_end() -> None:
    (quad,) = parse_bounded(chain(DEEPEST - 5), RdfFormat.JSON_LD)
    assert quad.predicate == pyoxigraph.NamedNode("http://example.org/p")
    for length in (DEEPEST + 1, 3_000):
        with pytest.raises(ValueError, match="nested more than 100 levels deep"):
            parse_bounded(chain(length), RdfFormat.JSON_LD)


@pytest.mark.parametrize(
    "content",
    [
        b"@base <http://a/> .\n" + b"@base <b/> .\n" * 60_000,
        b"BASE <http://a/>\n" + b"bAsE # on\n#the next line\n<b/>\n" * 60_000,
        b"@base <http://a/" + b"b" * 100_000 + b"/> .\n" + b"@prefix p: <c> .\n" * 60_000,
    ],
    ids=["each within the one before", "as SPARQL has them", "a long one, and prefixes within it"],
)
@pytest.mark.parametrize("format_", [RdfFormat.TURTLE, RdfFormat.TRIG])
def test_bases_that_grow_are_refused_though_no_statement_uses_them(content: bytes, format_: RdfFormat) -> None:
    with pytest.raises(ValueError, match="its bases make it more than 100 times as long"):
        parse_bounded(content, format_)


def test_documents_one_after_the_other_may_have_a_base_each() -> None:
    content = b"".join(b"@base <http://a/%d/> .\n<b> <c> <d> .\n" % number for number in range(3_000))
    assert len(list(parse_bounded(content, RdfFormat.TURTLE))) == 3_000


@pytest.mark.parametrize("key", ["@id", "@type", "@reverse", "@index"])
def test_whatever_defines_a_term_by_another_one_is_bounded(key: str) -> None:
    """The parser follows each of them on its stack, and ends the process where it runs out."""
    terms = {f"t{number}": {"@id": f"http://a/{number}", key: f"t{number + 1}"} for number in range(3_000)}
    content = json.dumps({"@context": terms | {"t3000": "http://a/"}, "@id": "urn:x", "t0": "c"}).encode()
    with pytest.raises(ValueError, match="defined by one another, or nested more than 100 levels deep"):
        parse_bounded(content, RdfFormat.JSON_LD)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (lambda content: content.replace(b'"@id":', b'"@context": {}, "@id":'), "'@context' is in one object twice"),
        (lambda content: content.replace(b'"c"', b"1" * 5_000), "levels deep"),
        (lambda content: content + b" x", "not JSON: Extra data"),
        (lambda content: content.replace(b"@context", b"\\u0040context"), "levels deep"),
        (lambda content: content.decode().encode("utf-16"), "levels deep"),
    ],
    ids=["a second context", "a number of thousands of digits", "something behind the end", "escapes", "UTF-16"],
)
def test_nothing_hides_terms_from_whoever_looks_at_them(changed: Callable[[bytes], bytes], said: str) -> None:
    with pytest.raises((ValueError, SyntaxError), match=said):
        parse_bounded(changed(chain(3_000)), RdfFormat.JSON_LD)


def test_many_documents_in_one_each_with_a_context_of_its_own_are_read() -> None:
    """As job advertisements are published; but a large context is not copied for each node."""
    terms = {f"t{number}": f"http://a/{number}" for number in range(20)}
    nodes = [{"@context": terms, "@id": f"urn:{number}", "t1": "x"} for number in range(2_000)]
    assert len(list(parse_bounded(json.dumps(nodes).encode(), RdfFormat.JSON_LD))) == 2_000
    large = {f"u{number}": f"http://a/{number}" for number in range(10_000)}
    with pytest.raises(ValueError, match="copy more than 10,000,000 terms"):
        parse_bounded(json.dumps({"@context": large, "@graph": nodes}).encode(), RdfFormat.JSON_LD)


LONG = b"x" * 1_000_000
GROWING = {
    "prefix": (RdfFormat.TURTLE, b"@prefix p: <urn:" + LONG + b"> .\n" + b"p:a p:b p:c .\n" * 200),
    "base": (RdfFormat.TRIG, b"BASE <http://a/" + LONG + b"/>\n" + b"{ <a> <b> <c> . }\n" * 200),
    "namespace": (RdfFormat.RDF_XML, RDF + b' xmlns:p="urn:' + LONG + b'">' + b"<p:A/>" * 300 + b"</rdf:RDF>"),
    "vocabulary": (
        RdfFormat.JSON_LD,
        b'{"@context":{"@vocab":"urn:' + LONG + b'"},"@graph":[{"a":"1"}' + b',{"a":"1"}' * 300 + b"]}",
    ),
}


@pytest.mark.parametrize("kind", GROWING)
def test_a_long_prefix_that_is_used_often_is_refused_before_it_fills_the_memory(kind: str) -> None:
    format_, content = GROWING[kind]
    with pytest.raises(ValueError, match="its prefixes make it more than 100 times as long"):
        list(parse_bounded(content, format_))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize(
    ("format_", "text"),
    [
        (RdfFormat.TURTLE, '<urn:a> <urn:b> "\u00e4" .'),
        (RdfFormat.JSON_LD, '{"@id": "urn:a", "urn:b": "\u00e4"}'),
        (
            RdfFormat.RDF_XML,
            '<?xml version="1.0" encoding="UTF-16"?>' + RDF.decode() + ' xmlns:u="urn:">'
            '<rdf:Description rdf:about="urn:a"><u:b>\u00e4</u:b></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_a_byte_order_mark_says_how_a_document_is_encoded(format_: RdfFormat, text: str, encoding: str) -> None:
    text = text.replace("UTF-16", "UTF-8") if encoding == "utf-8-sig" else text
    (quad,) = parse_bounded(text.encode(encoding), format_)
    assert quad.object == pyoxigraph.Literal("\u00e4")


def test_a_term_may_be_named_after_itself() -> None:
    context = {"@vocab": "http://example.org/", "p": {"@id": "p", "@type": "@id"}}
    content = json.dumps({"@context": context, "@id": "urn:x", "p": "urn:y"}).encode()
    assert [quad.predicate.value for quad in parse_bounded(content, RdfFormat.JSON_LD)] == ["http://example.org/p"]


@pytest.mark.parametrize("many", [300_000, MOST_ATTRIBUTES + 1])
def test_an_element_has_no_more_attributes_and_namespaces_than_can_be_compared(many: int) -> None:
    attributes = b" ".join(b'a:p%d="v"' % number for number in range(many))
    spaces = b" ".join(b'xmlns:p%d="urn:%d"' % (number, number) for number in range(many))
    for content in (
        RDF + b'><rdf:Description xmlns:a="urn:a:" rdf:about="urn:x" ' + attributes + b"/></rdf:RDF>",
        RDF + b" " + spaces + b"/>",
    ):
        with pytest.raises(ValueError, match="more than 1,000 attributes or namespaces"):
            parse_bounded(content, RdfFormat.RDF_XML)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":'
            + TERM * 3_000
            + b'{"type":"uri","value":"a:b"}'
            + b"}}" * 3_000
            + b"}]}}",
            "more than 100 levels deep",
        ),
        (b'{"head":{},"boolean":true,"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "more than 100 levels deep"),
        (b'{"head":{"vars":[' + b'"v",' * 20_000 + b'"v"]},"results":{"bindings":[]}}', "more than 10,000 columns"),
    ],
)
def test_results_of_an_endpoint_are_bounded_before_they_are_parsed(content: bytes, said: str) -> None:
    with pytest.raises(EndpointFailed, match=said):
        write_answer(
            Reply(JSON, content, None), Query("SELECT * { ?s ?p ?o }"), "csv", "http://example.org/", Deadline(60)
        )


def test_a_text_that_is_too_long_for_the_parser_is_told_as_such() -> None:
    long = b'<urn:a> <urn:b> "' + b"x" * 17_000_000 + b'" .\n'
    with pytest.raises(EndpointFailed, match="a text in it is longer than 16,777,216 bytes"):
        read_statements(Reply("application/n-triples", long, None), "http://example.org/")


@pytest.mark.parametrize("nested", [b"[ <a:b> " * 5_000 + b"1" + b"]" * 5_000, b"(" * 5_000 + b")" * 5_000])
def test_what_comes_in_time_is_not_read_beyond_it(nested: bytes) -> None:
    reply = Reply("text/turtle", b"<a:a> <a:b> " + nested + b" .", None)
    construct = Query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    assert write_answer(reply, construct, "nt", "http://example.org/", Deadline(60)).count(b"\n") >= 5_000
    with pytest.raises(QueryTimedOut, match="within 0 s"):
        write_answer(reply, construct, "nt", "http://example.org/", Deadline(0))
