"""The generated reference is current, and nothing public is missing from it or without words."""

from __future__ import annotations

from importlib.metadata import version

import click
import pytest
from packaging.version import Version
from rdflib import Graph

import make_reference
from careergraph.cli import COMMANDS, cli
from careergraph.model.schemas import list_names
from make_reference import COMMAND, FOLDER, PAGES, current
from reference_cli import cli_page, examples, tree
from reference_json import json_page
from reference_ontology import CLASSES, PROPERTIES, ontology_page, terms
from reference_ontology import FOLDER as ONTOLOGY
from reference_python import documentation, python_page
from reference_text import Undocumented, words

#: The first click that writes help as the page has it.
WRITES_HELP_SO = Version("8.5")
WITHOUT_WORDS = click.Command("bare", help=None)
WITHOUT_EXAMPLE = click.Command("bare", help="Do something.", epilog="Nothing more.")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_current(page: str) -> None:
    if page == "cli.md" and Version(version("click")) < WRITES_HELP_SO:
        pytest.skip("this click writes help otherwise")
    assert current(page), f"docs/reference/{page} is not current: run `{COMMAND}`"


def test_there_is_no_other_page() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


def test_check_names_a_page_that_is_not_current_and_what_mends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(PAGES, "json.md", lambda: "something else")
    monkeypatch.delitem(PAGES, "cli.md")  # which hangs on the version of click
    assert make_reference.main(["--check"]) == 1
    assert capsys.readouterr().err == f"docs/reference/json.md is not current: run `{COMMAND}`\n"


@pytest.mark.parametrize(("path", "command"), list(tree(cli)))
def test_every_command_has_a_text_and_an_example_that_calls_it(path: str, command: click.Command) -> None:
    assert words(command.help, path)
    assert all(line.startswith(path) for line in examples(path, command).splitlines())


def test_the_tree_has_every_command() -> None:
    assert {path.split()[1] for path, _ in tree(cli)} == set(COMMANDS)


def test_a_command_without_words_or_an_example_fails() -> None:
    with pytest.raises(Undocumented, match="careergraph bare is not documented"):
        words(WITHOUT_WORDS.help, "careergraph bare")
    with pytest.raises(Undocumented, match="has no example"):
        examples("careergraph bare", WITHOUT_EXAMPLE)


def test_a_public_name_without_a_docstring_fails() -> None:
    class Bare:
        pass

    with pytest.raises(Undocumented, match="Bare has no docstring"):
        documentation(Bare)


def test_the_pages_have_every_command_schema_term_and_method() -> None:
    graph = Graph()
    for path in ONTOLOGY.glob("*.ttl"):
        graph.parse(path)
    said = ontology_page()
    assert [term for term in terms(graph, *CLASSES, *PROPERTIES) if f"\n### {graph.qname(term)}\n" not in said] == []
    assert [name for name in list_names() if f"\n## {name}\n" not in json_page()] == []
    assert [path for path, _ in tree(cli) if f"\n## {path.partition(' ')[2]}\n" not in cli_page()] == []
    assert all(
        f"\n### {name}\n" in python_page() for name in ("careergraph.load", "CareerGraph.routes", "Route", "Gap")
    )
