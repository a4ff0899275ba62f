"""Both layouts of O*NET are read and say the same; what a release does without is told, any other is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from careergraph.importing import open_source
from careergraph.importing.source import Node
from careergraph.model.errors import UnusableSource
from careergraph.rdf.standards import PROV, RDF
from careergraph.rdf.vocabulary import CG
from onet_release import RELEASE, ignore_progress

#: What a file is called up to 30.2 → since 30.3, and the names of columns that are other ones.
RENAMED = {
    "Alternate Titles": ("Job Titles", {"Alternate Title": "Job Title"}),
    "Education, Training, and Experience": ("Education", {}),
    "Education, Training, and Experience Categories": ("Education Categories", {}),
    "Interests": ("Career Interest Types", {}),
    "DWA Reference": ("GWAs to IWAs to DWAs", {}),
    "Technology Skills": (
        "Software Skills",
        {"Example": "Workplace Example", "Commodity Code": "Element ID", "Commodity Title": "Element Name"},
    ),
}


@pytest.fixture
def since_30_3(tmp_path: Path) -> Path:
    """The small release in the layout of 30.3."""
    folder = tmp_path / "db_30_3_text"
    shutil.copytree(RELEASE, folder)
    for old, (new, columns) in RENAMED.items():
        head, _, rest = (folder / f"{old}.txt").read_bytes().decode().partition("\n")
        fields = [columns.get(name, name) for name in head.removesuffix("\r").split("\t")]
        (folder / f"{old}.txt").unlink()
        (folder / f"{new}.txt").write_bytes("\n".join(["\t".join(fields), rest]).encode())
    head, *lines = (folder / "Skills.txt").read_bytes().decode().splitlines()
    for name, branch in (("Essential Skills", "\t2.A."), ("Transferable Skills", "\t2.B.")):
        text = "\n".join([head, *(line for line in lines if branch in line)])
        (folder / f"{name}.txt").write_bytes(text.encode())
    for name in ("Skills", "UNSPSC Reference", "Work Values"):
        (folder / f"{name}.txt").unlink()
    return folder


def told(release: Path, *but: str) -> set[tuple[str, str, str]]:
    """What a release says, without which files say it, and without claims about some elements."""
    found: list[Node] = list(open_source("onet", str(release), "29.3").nodes(ignore_progress))
    passed_over = {CG.Section, CG.Source}
    return {
        (node.subject, predicate, value)
        for node in found
        if not any(value in passed_over for predicate, value, _ in node.said if predicate == RDF.type)
        if not any(part in node.subject or part in value for _, value, _ in node.said for part in but)
        for predicate, value, _ in node.said
        if predicate != PROV.wasDerivedFrom
    }


def test_the_layout_since_30_3_says_what_the_one_before_said(since_30_3: Path) -> None:
    values = "/1.B.2"  # the elements of Work Values, which are gone
    assert told(since_30_3, values) == told(RELEASE, values)


def test_the_release_is_told_by_the_folder(since_30_3: Path) -> None:
    found = open_source("onet", str(since_30_3))
    assert (found.release, found.title) == ("30.3", "O*NET 30.3 Database")
    assert "Software Skills.txt" in found.files
    assert "Technology Skills.txt" not in found.files


def test_every_statement_names_the_file_that_it_stands_in(since_30_3: Path) -> None:
    for node in open_source("onet", str(since_30_3)).nodes(ignore_progress):
        if CG.ToolUse in (value for _, value, _ in node.said):
            sections = [value for predicate, value, _ in node.said if predicate == PROV.wasDerivedFrom]
            assert [section.rpartition("/")[2] for section in sections] == ["software-skills"]


def test_a_missing_file_is_told_with_the_releases_that_can_be_read(since_30_3: Path) -> None:
    (since_30_3 / "Software Skills.txt").unlink()
    wanted = r"no file called 'Software Skills.txt'; releases up to 30.2 and 30.3 to 31.0 can be read"
    with pytest.raises(UnusableSource, match=wanted):
        open_source("onet", str(since_30_3))


def test_a_layout_that_nobody_knows_is_refused_with_those_that_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "db_40_0_text"
    folder.mkdir()
    (folder / "Occupation Data.txt").write_bytes((RELEASE / "Occupation Data.txt").read_bytes())
    with pytest.raises(UnusableSource, match=r"releases up to 30.2 and 30.3 to 31.0 can be read"):
        open_source("onet", str(folder))


def alter(release: Path, name: str, change: Callable[[str], str]) -> None:
    path = release / f"{name}.txt"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_commodity_of_two_names_is_a_fault(since_30_3: Path) -> None:
    first = (since_30_3 / "Software Skills.txt").read_text(encoding="utf-8").splitlines()
    fields = first[1].split("\t")
    names = first[0].split("\t")
    fields[names.index("Element Name")] = "Something else"
    alter(since_30_3, "Software Skills", lambda text: text.rstrip("\n") + "\n" + "\t".join(fields) + "\n")
    with pytest.raises(UnusableSource, match=r"is called 'Something else' here") as raised:
        list(open_source("onet", str(since_30_3)).nodes(ignore_progress))
    assert raised.value.line
