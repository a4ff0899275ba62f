"""Two releases of O*NET, imported and compared."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

import esco_release
import onet_release
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.dataset_diffs import DatasetDiff, diff_catalogues, diff_datasets
from careergraph.catalogue.dataset_summaries import describe_dataset
from careergraph.model.records import Ref
from careergraph.rdf.standards import OWL, RDF, SKOS
from careergraph.rdf.vocabulary import CG
from command_line import careergraph, complaint
from make_esco_pair import BEFORE, GIVEN_UP, Changes, make_older

#: Two skills of ESCO that curated ones are aligned with.
PYTHON_AND_SQL = ("ccd0a1d9-afda-43d9-b901-96344886e14d", "598de5b0-5b58-4ea7-8058-a4bc4d18c742")
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
def releases(tmp_path_factory: pytest.TempPathFactory, small_onet: Path) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("releases")
    return str(small_onet), str(onet_release.installed(folder / "new", changed(folder)))


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
    ends = {bundled.value(c, OWL.annotatedTarget) for c in bundled.by_kind["alignment"]}
    assert {item.gone.id for item in found.broken} == ends & gone


def test_the_command_prints_it_in_short(releases: tuple[str, str]) -> None:
    text = careergraph("datasets", "diff", *releases).stdout
    assert "Gone (" in text
    assert "Lawyers is now Attorneys (occupation)" in text
    assert "to another degree: Reading Comprehension" in text
    told = complaint(careergraph("datasets", "diff", "bundled", releases[0]), 2)
    assert "has no releases to compare" in told


### Two releases of ESCO


ENGLISH, RELATIONS = (Path(path) for path in esco_release.downloads()[:2])


class Pair(NamedTuple):
    """What was changed of a release, and what is told of it, seen from the older one and from the newer one."""

    changes: Changes
    found: DatasetDiff
    back: DatasetDiff


def compared(folder: Path) -> Pair:
    """The newer release beside an older one that is made of it."""
    changes = make_older(ENGLISH, RELATIONS, folder)
    made = sorted(str(path) for path in folder.iterdir() if path.is_dir())
    older, newer = (
        onet_release.as_catalogue(esco_release.nodes(*map(str, paths)))
        for paths in (reversed(made), (ENGLISH, RELATIONS))
    )
    back = diff_catalogues(newer, older, old="1.1.1", new="1.1.0")
    return Pair(changes, diff_catalogues(older, newer, old="1.1.0", new="1.1.1"), back)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return compared(tmp_path_factory.mktemp("esco"))


def ids(found: Iterable[Ref]) -> list[str]:
    return sorted(ref.id for ref in found)


def test_occupations_given_up_and_new_skills_of_esco_are_told(pair: Pair) -> None:
    assert ids(pair.found.gone) == sorted(pair.changes.gone) != []
    assert {ref.label for ref in pair.found.gone} == {GIVEN_UP}
    assert ids(pair.found.added) == sorted(pair.changes.added) != []
    assert {ref.kind for ref in pair.found.added} == {"skill"}


def test_occupations_of_esco_that_are_called_otherwise_are_told_with_both_names(pair: Pair) -> None:
    assert ids(item.node for item in pair.found.renamed) == sorted(pair.changes.renamed) != []
    assert all(item.before == BEFORE.format(item.node.label) for item in pair.found.renamed)


def test_what_esco_has_made_essential_or_optional_is_told_of_its_occupation(pair: Pair) -> None:
    told = {(change.node.id, skill.id) for change in pair.found.changed for skill in change.regraded}
    assert told == set(pair.changes.regraded) != set()


def test_occupations_that_take_a_new_skill_are_told(pair: Pair) -> None:
    told = {skill.id for change in pair.found.changed for skill in change.added}
    assert told <= set(pair.changes.added)
    assert not any(change.dropped for change in pair.found.changed)
    dropped = {skill.id for change in pair.back.changed for skill in change.dropped}
    assert dropped == told


def test_curated_skills_whose_counterpart_in_esco_is_gone_are_told() -> None:
    """What is aligned by a record is, and so is a word of the vocabulary, which is by its plain statement."""
    python, sql = (f"{esco_release.ESCO}skill/{one}" for one in PYTHON_AND_SQL)
    newer = Catalogue({})
    older = Catalogue({iri: {RDF.type: [CG.Knowledge], SKOS.prefLabel: [iri]} for iri in (python, sql)})
    found = diff_catalogues(older, newer, old="1.1.1", new="1.1.0")
    assert {(item.node.label, item.gone.id) for item in found.broken} == {("Python", python), ("SQL", sql)}


### What data sets say of themselves


def test_a_data_set_says_its_languages(tmp_path: Path) -> None:
    folder = esco_release.install_fixture(tmp_path / "esco")
    assert describe_dataset(str(folder)).languages == ("en", "nl")
    assert describe_dataset("bundled").languages == ("en",)
