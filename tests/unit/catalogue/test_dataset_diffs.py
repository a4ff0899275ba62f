"""Two releases of a source: what is new, gone, renamed or changed, and which alignments are left without an end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import esco_release
import onet_release
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.dataset_diffs import DatasetDiff, diff_datasets
from careergraph.catalogue.dataset_summaries import describe_dataset
from careergraph.catalogue.names import find_node
from careergraph.rdf.vocabulary import CG, DCTERMS, RDF, SKOS
from command_line import careergraph, complaint

STATISTICIANS = f"{onet_release.ONET}occupation/15-2041.00"


def changed(folder: Path) -> Path:
    """The small release of O*NET without an occupation, with another title, and with other ratings."""
    release = folder / "db_30_0_text"
    shutil.copytree(onet_release.RELEASE, release)
    for path in release.glob("*.txt"):
        lines = path.read_bytes().decode().splitlines(keepends=True)
        path.write_bytes("".join(line for line in lines if "27-3042.00" not in line).encode())
    titles = release / "Occupation Data.txt"
    titles.write_bytes(titles.read_bytes().replace(b"\tLawyers\t", b"\tAttorneys\t"))
    skills = release / "Skills.txt"
    rows = skills.read_bytes().decode().splitlines(keepends=True)
    place = next(n for n, row in enumerate(rows) if row.startswith("15-2041.00\t2.A.1.a\t") and "\tIM\t" in row)
    cells = rows[place].split("\t")
    cells[next(n for n, cell in enumerate(cells) if cell == "IM") + 1] = "1.00"
    rows[place] = "\t".join(cells)
    skills.write_bytes("".join(rows).encode())
    return release


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("releases")
    old = onet_release.installed(folder / "old")
    new = onet_release.installed(folder / "new", changed(folder))
    return str(old), str(new)


@pytest.fixture(scope="module")
def found(releases: tuple[str, str]) -> DatasetDiff:
    return diff_datasets(*releases)


def test_what_is_gone_and_renamed_is_told(found: DatasetDiff) -> None:
    assert [ref.label for ref in found.gone if ref.kind == "occupation"] == ["Technical Writers"]
    assert [(item.before, item.node.label) for item in found.renamed] == [("Lawyers", "Attorneys")]
    assert found.added == ()


def test_what_is_rated_otherwise_is_told(found: DatasetDiff) -> None:
    (item,) = (item for item in found.changed if item.node.id == STATISTICIANS)
    assert [ref.label for ref in item.regraded] == ["Reading Comprehension"]
    assert (item.added, item.dropped) == ((), ())


def test_the_other_way_round_what_is_gone_is_new(found: DatasetDiff, releases: tuple[str, str]) -> None:
    back = diff_datasets(*reversed(releases))
    assert {ref.id for ref in back.added} == {ref.id for ref in found.gone}
    assert {ref.id for ref in back.gone} == {ref.id for ref in found.added}
    assert len(back.changed) == len(found.changed)


def test_a_release_and_itself_are_the_same(releases: tuple[str, str]) -> None:
    assert diff_datasets(releases[0], releases[0]).to_dict() == {
        "old": releases[0],
        "new": releases[0],
        **{key: [] for key in ("added", "gone", "renamed", "changed", "broken")},
    }


def test_alignments_that_are_left_without_an_end_are_told(found: DatasetDiff) -> None:
    bundled = Catalogue.load("bundled")
    gone = {ref.id for ref in found.gone}
    ends = {bundled.value(c, "http://www.w3.org/2002/07/owl#annotatedTarget") for c in bundled.by_kind["alignment"]}
    assert {item.gone.id for item in found.broken} == ends & gone


def test_the_command_prints_it_in_short(releases: tuple[str, str]) -> None:
    text = careergraph("datasets", "diff", *releases).stdout
    assert "Gone (" in text
    assert "Lawyers is now Attorneys (occupation)" in text
    assert "in another degree: Reading Comprehension" in text
    told = complaint(careergraph("datasets", "diff", "bundled", releases[0]), 2)
    assert "has no releases to compare" in told


def test_a_data_set_says_its_languages(tmp_path: Path) -> None:
    folder = esco_release.installed(tmp_path / "esco")
    assert describe_dataset(str(folder)).languages == ("en", "nl")
    assert describe_dataset("bundled").languages == ("en",)


def test_what_has_been_replaced_stands_for_what_has_replaced_it() -> None:
    old, new = "https://example.org/old", "https://example.org/new"
    catalogue = Catalogue(
        {
            new: {RDF.type: [CG.Occupation], SKOS.prefLabel: ["Coders"], SKOS.notation: ["2"]},
            old: {
                RDF.type: [CG.Occupation],
                SKOS.prefLabel: ["Typists"],
                SKOS.notation: ["1"],
                DCTERMS.isReplacedBy: [new],
            },
        }
    )
    assert [find_node(catalogue, name) for name in (old, "1", "typists", new)] == [new] * 4
