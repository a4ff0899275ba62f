"""Jobs and wages, imported beside O*NET."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_pay
from careergraph.catalogue.jobs import count_jobs, find_jobs
from careergraph.catalogue.names import find_node
from careergraph.importing import open_source
from careergraph.importing.dataset.install import install
from careergraph.importing.oews.estimates import LAYOUTS
from careergraph.model.errors import UnusableSource
from careergraph.render.text.outlook import reach_text
from careergraph.store.datasets import dataset_folder
from careergraph.store.locations import BUNDLED, list_dataset_files, list_ontology_files
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.outlook import Reach, reach, weigh_attempts_by_jobs
from careergraph.validation.validate import validate
from command_line import careergraph
from labour_market import FIXTURES, OEWS, alter
from onet_release import ignore_progress


@pytest.fixture(scope="module")
def joined(with_onet: Path) -> Catalogue:
    assert with_onet.is_dir()
    install(open_source("oews", str(FIXTURES / OEWS)), dataset_folder("oews"), progress=ignore_progress)
    return Catalogue.load()


def row(code: str) -> dict[str, str]:
    with (FIXTURES / OEWS).open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["soc"] == code)


def test_pay_is_as_the_table_has_it(joined: Catalogue) -> None:
    (line,), said = list_pay(joined, find_node(joined, "29-1141.00")), row("29-1141")
    assert (str(line.low), str(line.high)) == (said["Annual 25th percentile wage"], said["Annual 75th percentile wage"])
    assert line.spread is not None
    assert str(line.spread.median) == said["Annual median wage"]
    assert str(line.spread.low) == said["Annual 10th percentile wage"]
    assert str(line.spread.standard_error) == said["Wage percent relative standard error"]
    assert (line.currency, line.region, line.year, line.basis) == ("USD", "US", 2025, "wages")
    assert line.spread.reports is None


def test_show_has_pay_and_jobs_with_their_year(joined: Catalogue) -> None:
    assert joined
    shown = " ".join(careergraph("show", "registered nurses").stdout.split())
    jobs = f"{int(row('29-1141')['Employment']):,}"
    assert f"Jobs {jobs} (US, May 2025, relative standard error 0.3 %)" in shown
    assert "Pays USD 80,330-112,350, US, wages, 2025, median 97,550 [" in shown
    full = " ".join(careergraph("show", "registered nurses", "--full").stdout.split())
    assert f"jobs: {jobs} (US, May 2025, relative standard error 0.3 %)" in full
    assert "USD 80,330-112,350, US, wages, 2025, quartiles; median 97,550" in full


def test_what_is_not_published_stays_unknown(joined: Catalogue, tmp_path: Path) -> None:
    assert joined
    median = row("29-1141")["Annual median wage"]
    path = alter(tmp_path, OEWS, lambda text: text.replace(median, "-"))
    found = list(open_source("oews", path).nodes(ignore_progress))
    assert not any(node.subject.endswith("pay/2025/us/29-1141") for node in found)
    assert any(node.subject.endswith("jobs/2025/us/29-1141") for node in found)


def test_the_layout_of_the_downloads_is_read_with_states_and_areas(joined: Catalogue, tmp_path: Path) -> None:
    assert joined
    figures = "1,000,2.5,0.4,30000,40000,50000,60000,70000"
    lines = [",".join(LAYOUTS["download"]), f'29-1141,Registered Nurses,Ohio,"1,000",2.5,0.4,{figures[14:]}']
    lines.append(f"29-1141,Registered Nurses,U.S.,9000,0.1,0.1,{figures[14:]}")
    path = tmp_path / "state_M2024_dl.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [node.subject for node in open_source("oews", str(path)).nodes(ignore_progress)]
    assert any(subject.endswith("pay/2024/ohio/29-1141") for subject in found)
    assert any(subject.endswith("jobs/2024/us/29-1141") for subject in found)


def test_what_is_imported_keeps_to_the_shapes(joined: Catalogue) -> None:
    assert joined
    others = [path for name in (BUNDLED, "onet") for path in list_dataset_files(name)]
    assert validate(list_dataset_files("oews"), context=others, ontology=list_ontology_files()).findings == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("3379720", "many", "'many' is not a figure"),
        ("3379720", '"33,5"', "'33,5' is not a figure"),
        ("3379720", "\u0663\u0663", "is not a figure"),
        ("3379720", "1_000", "'1_000' is not a figure"),
        ("15-2051,", "29-1141,", "a second time"),
        ("soc,", "SOC,", "no column"),
    ],
)
def test_a_fault_is_told_with_file_and_line(old: str, new: str, said: str, with_onet: Path, tmp_path: Path) -> None:
    assert with_onet.is_dir()
    path = alter(tmp_path, OEWS, lambda text: text.replace(old, new, 1))
    with pytest.raises(UnusableSource, match=said) as raised:
        list(open_source("oews", path).nodes(ignore_progress))
    assert raised.value.line


def test_the_year_has_to_be_known(with_onet: Path, tmp_path: Path) -> None:
    assert with_onet.is_dir()
    path = tmp_path / "national.csv"
    path.write_bytes((FIXTURES / OEWS).read_bytes())
    with pytest.raises(UnusableSource, match=r"--release 2025"):
        open_source("oews", str(path))
    assert open_source("oews", str(path), "2023").release == "2023"


def test_jobs_rank_what_is_within_reach_and_are_told(joined: Catalogue) -> None:
    found = reach(joined, find_node(joined, "registered nurses"), limit=20).destinations
    assert [weigh_attempts_by_jobs(item) for item in found] == sorted(map(weigh_attempts_by_jobs, found))
    counted = [item for item in found if item.jobs is not None]
    assert counted
    for item in counted:
        assert item.jobs is not None
        assert (weigh_attempts_by_jobs(item) < item.attempts) is (count_jobs(item.jobs) > load_calibration().jobs_usual)
    for item in found:
        if item.jobs is None:
            assert weigh_attempts_by_jobs(item) == item.attempts
    assert any(
        line.endswith(" jobs") for line in reach_text(Reach(found[0].role, (), found)).replace("\n", " ").split(",")
    )


def test_jobs_of_a_state_are_not_those_of_the_country(joined: Catalogue) -> None:
    claim = find_jobs(joined, find_node(joined, "29-1141.00"))
    assert claim is not None
    assert (claim.remark or "").startswith("US, May 2025")
    assert count_jobs(claim) == int(row("29-1141")["Employment"])
