"""Observed moves, imported beside O*NET."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.observed_moves import find_observed_moves
from careergraph.importing import open_source
from careergraph.importing.dataset.install import install
from careergraph.model.errors import UnusableSource
from careergraph.store.datasets import dataset_folder
from careergraph.store.locations import BUNDLED, list_dataset_files, list_ontology_files
from careergraph.transitions.routes import find_routes
from careergraph.validation.validate import validate
from command_line import careergraph, complaint
from labour_market import FIXTURES, MOVES, alter
from onet_release import ignore_progress

#: A group of SOC 2010 among the fixtures, an occupation of O*NET in it, and another group with one.
FROM, NURSES, TO, WRITERS = "29-1140", "29-1141.00", "27-3040", "27-3042.00"
HEAD = "origin,destination,share,origin_employment,cases\n"


def written(folder: Path, *rows: str) -> str:
    path = folder / "moves.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


def opened(path: str, codes: str = "soc2010") -> list[str]:
    return [node.subject for node in open_source("moves", path, codes=codes).nodes(ignore_progress)]


@pytest.fixture(scope="module")
def joined(with_onet: Path) -> Catalogue:
    assert with_onet.is_dir()
    path = written(
        with_onet,
        f"{FROM},{FROM},0.9,1000000,",
        f"{FROM},{TO},0.02,1000000,40",
        f"{FROM},23-1010,0.08,1000000,3",
    )
    install(open_source("moves", path, codes="soc2010"), dataset_folder("moves"), progress=ignore_progress)
    return Catalogue.load()


def test_a_share_is_of_those_who_left(joined: Catalogue) -> None:
    (move,) = find_observed_moves(joined, [find_node(joined, NURSES)], [find_node(joined, WRITERS)])
    assert move.share == pytest.approx(20)
    assert move.leavers == pytest.approx(10)
    assert (move.people, move.cases, move.is_small) == (1_000_000, 40, False)


def test_small_cells_are_marked(joined: Catalogue) -> None:
    (move,) = find_observed_moves(joined, [find_node(joined, NURSES)], [find_node(joined, "23-1011.00")])
    assert move.is_small


def test_a_step_tells_what_was_observed_and_stays_what_it_is(joined: Catalogue) -> None:
    ends = find_node(joined, NURSES), find_node(joined, WRITERS)
    step = find_routes(joined, *ends, max_steps=1).routes[0].steps[0]
    (remark,) = (remark for remark in step.remarks if remark.kind == "observed")
    assert remark.text.startswith("Of those who left such a job (10 % of all did), 20 % made this move [")
    assert step.basis == "derived"
    assert not step.transitions
    shown = careergraph("path", NURSES, WRITERS, "--max-steps", "1").stdout
    assert "Observed  Of those who left such a job" in shown


def test_what_is_imported_keeps_to_the_shapes(joined: Catalogue) -> None:
    assert joined
    others = [path for name in (BUNDLED, "onet") for path in list_dataset_files(name)]
    assert validate(list_dataset_files("moves"), context=others, ontology=list_ontology_files()).findings == ()


def test_groups_with_the_same_destinations_are_one(with_onet: Path, tmp_path: Path) -> None:
    assert with_onet.is_dir()
    rows = [f"{code},{TO},0.1,500," for code in ("15-1121", "29-1141")]
    (claim,) = (subject for subject in opened(written(tmp_path, *rows)) if "/move/" in subject)
    assert claim.endswith("/15-1121+29-1141/27-3040")


def test_the_survey_of_the_fixtures_is_read(with_onet: Path) -> None:
    assert with_onet.is_dir()
    with (FIXTURES / MOVES).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [subject for subject in opened(str(FIXTURES / MOVES)) if "/move/" in subject]
    assert 0 < len(found) < len(rows)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["29-1140,27-3040,1.5,,"], "not a share"),
        (["29-1140,27-3040,much,,"], "not a figure"),
        (["nurses,27-3040,0.5,,"], "not a code of soc2010"),
        (["29-1140,27-3040,0.5,,", "29-1140,27-3040,0.2,,"], "a second time"),
        (["29-1140,27-3040,0.7,,", "29-1140,23-1010,0.7,,"], "more than all"),
        (["29-1140,27-3040,0.5,"], "cells where 5 belong"),
    ],
)
def test_a_fault_is_told_with_file_and_line(rows: list[str], said: str, with_onet: Path, tmp_path: Path) -> None:
    assert with_onet.is_dir()
    with pytest.raises(UnusableSource, match=said) as raised:
        opened(written(tmp_path, *rows))
    assert raised.value.line


### Codes of ISCO-08


def test_a_code_of_soc_is_none_of_isco(with_onet: Path, tmp_path: Path) -> None:
    assert with_onet.is_dir()
    with pytest.raises(UnusableSource, match="'29-1140' is not a code of isco08"):
        opened(written(tmp_path, "29-1140,2512,0.5,,"), "isco08")


def test_it_has_to_be_said_what_the_codes_are_of(with_onet: Path) -> None:
    assert with_onet.is_dir()
    told = complaint(careergraph("import", "moves", str(FIXTURES / MOVES)), 2)
    assert "--codes soc2010, soc2018, isco08" in told
    assert "onet has its own codes" in complaint(careergraph("import", "onet", "x", "--codes", "isco08"), 2)


def test_columns_that_are_missing_are_told(with_onet: Path, tmp_path: Path) -> None:
    assert with_onet.is_dir()
    path = alter(tmp_path, MOVES, lambda text: text.replace("share", "portion", 1))
    with pytest.raises(UnusableSource, match=r"no column 'share'"):
        opened(path)
