"""CONTRIBUTING.md, followed to the letter in a copy of the checkout: what it adds is there afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import careergraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.rdf.kinds import NODE_KINDS
from careergraph.store.locations import list_dataset_files
from make_architecture import FLOORS, PICTURE, imports, picture
from page_blocks import ROOT, blocks
from page_reader import Reader

PAGE = ROOT / "CONTRIBUTING.md"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
ID = "https://w3id.org/careergraph/id/"


@pytest.fixture(scope="module")
def contributor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Somebody who has followed the whole page."""
    folder = tmp_path_factory.mktemp("contributor")
    reader = Reader(folder, folder / "given")
    for block in blocks(PAGE):
        reader.read(block)
    yield reader
    reader.close()


def asked(contributor: Reader, *arguments: str) -> Any:
    """What the copy of the checkout answers, as JSON."""
    command = " ".join(f'"{argument}"' for argument in (*arguments, "--format", "json"))
    shown = contributor.console(f"$ careergraph {command} | cat\n")
    return json.loads(shown.partition("\n")[2])


def test_the_role_is_found_and_reached(contributor: Reader) -> None:
    found = asked(contributor, "show", "data custodian")
    assert (found["id"], found["kind"]) == (f"{ID}role/data-steward", "role")
    (item,) = found["requirements"]
    assert item["evidence"][0]["section"] == "Data steward"
    (step,) = asked(contributor, "path", "data scientist", "data steward")["routes"][0]["steps"]
    assert step["basis"] == "asserted"
    assert step["evidence"][0]["source"]["label"] == "Northfield Council: role profiles (2026)"


def test_the_course_turns_up_in_a_plan_where_it_takes_the_fewest_hours(contributor: Reader) -> None:
    ends = ("software engineer", "machine learning engineer")
    found = asked(contributor, "plan", *ends)["courses"]
    taken = {item["course"]["label"]: (item["hours_low"], item["hours_high"], item["cost"]) for item in found}
    assert taken["Kubeflow at work"] == (10.0, 12.0, 0.0)
    before = careergraph.load("bundled").plan(*ends)
    assert "Kubeflow at work" not in {item.course.label for item in before.courses}


def test_what_was_added_to_the_graph_is_valid_with_all_the_rest(contributor: Reader) -> None:
    folder = contributor.folder / "graph" / "northfield"
    assert {path.name for path in folder.iterdir()} == {"data-steward.ttl", "course.ttl"}
    found = asked(contributor, "validate", "graph/northfield")
    assert found["conforms"]
    assert found["findings"] == []
    assert len(list_dataset_files(str(folder))) == 2


def test_the_importer_is_offered_and_what_it_imports_has_its_source(contributor: Reader) -> None:
    assert "guild" in contributor.console("$ careergraph import --help | head -n 2\n")
    found = asked(contributor, "show", "coopers", "--dataset", "guild")
    assert found["kind"] == "occupation"
    assert [item["source"]["label"] for item in found["evidence"]] == ["The guild's list of trades"]


def test_the_export_is_offered_and_writes_every_label(contributor: Reader) -> None:
    assert re.search(r"^ +labels +Labels, one a line", contributor.console("$ careergraph export --help | cat\n"), re.M)
    written = (contributor.folder / "roles.txt").read_text().splitlines()
    refs = asked(contributor, "list", "role")["results"]
    assert sorted(written) == sorted(ref["label"] for ref in refs)
    assert "Data steward" in written


def test_the_page_names_the_checks_that_ci_runs() -> None:
    text, ci = PAGE.read_text(encoding="utf-8"), (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for check in ("ruff check .", "ruff format --check .", "mypy"):
        assert f"`{check}`" in text
        assert f".venv/bin/{check}" in ci
    first, second = next(block.text for block in blocks(PAGE) if block.language == "sh").splitlines()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{first} && {second}" in readme


### Forms


def fields(name: str) -> dict[str, dict[str, Any]]:
    """The fields of a form by their ids; one id is one field."""
    form = yaml.safe_load((FORMS / name).read_text(encoding="utf-8"))
    found = [field for field in form["body"] if field["type"] != "markdown"]
    by_id = {field["id"]: field for field in found}
    assert len(by_id) == len(found)
    return by_id


@pytest.mark.parametrize("path", sorted(FORMS.glob("[!c]*.yml")), ids=lambda path: path.stem)
def test_a_form_has_what_the_tracker_asks_of_it(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form.keys() <= {"name", "description", "title", "labels", "body"}
    assert form["name"]
    assert form["description"]
    assert form["labels"]
    assert all(isinstance(label, str) and label for label in form["labels"])
    for id_, field in fields(path.name).items():
        assert re.fullmatch(r"[\w-]+", id_)
        assert field["type"] in ("input", "textarea", "dropdown")
        assert field["attributes"]["label"]
        assert isinstance(field["validations"]["required"], bool)
        assert (field["type"] == "dropdown") == ("options" in field["attributes"])
    labels = [field["attributes"]["label"] for field in fields(path.name).values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", ["wrong-fact.yml", "missing.yml"])
def test_a_form_for_data_asks_for_what_every_statement_needs(name: str) -> None:
    form = fields(name)
    for needed in ("source", "section", "standing"):
        assert form[needed]["validations"]["required"], needed
    for part in ("Title", "publisher", "date"):
        assert part in form["source"]["attributes"]["description"]
    assert form["url"]["validations"]["required"] is False
    assert any("In your own words" in field["attributes"].get("description", "") for field in form.values())
    standings = Catalogue.load("bundled")
    for option in form["standing"]["attributes"]["options"]:
        assert find_node(standings, f"standing/{option}", "term")


def test_kinds_of_what_is_missing_are_kinds_of_node() -> None:
    assert set(fields("missing.yml")["kind"]["attributes"]["options"]) <= set(NODE_KINDS.values())


def test_the_page_names_the_form_for_wrong_facts() -> None:
    form = yaml.safe_load((FORMS / "wrong-fact.yml").read_text(encoding="utf-8"))
    assert f"the form *{form['name']}*" in PAGE.read_text(encoding="utf-8")
    assert yaml.safe_load((FORMS / "config.yml").read_text(encoding="utf-8")) == {"blank_issues_enabled": False}


def test_the_tree_names_everything_at_the_top_of_the_package_in_the_order_of_imports() -> None:
    (tree,) = re.findall(r"^src/careergraph/\n((?:    .*\n)+)", PAGE.read_text(encoding="utf-8"), re.M)
    named = [line.split()[0].rstrip("/").removesuffix(".py") for line in tree.splitlines()]
    assert named == [name for floor in FLOORS for name in floor if name not in ("__init__", "version")]


def test_the_picture_of_the_rooms_is_current() -> None:
    hint = "python scripts/make_architecture.py draws it anew"
    assert PICTURE.read_text(encoding="utf-8") == picture(imports()), hint
