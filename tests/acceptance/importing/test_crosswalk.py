"""The crosswalk between O*NET and ESCO, imported beside both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

import esco_release
import onet_release
from careergraph.catalogue.alignments import find_same_positions, list_alignments
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.text_search import search
from careergraph.importing import open_source
from careergraph.importing.dataset.install import install
from careergraph.model.errors import UnusableSource
from careergraph.rdf.standards import OWL, PROV, SKOS
from careergraph.store.datasets import dataset_folder
from careergraph.store.locations import BUNDLED, list_dataset_files, list_ontology_files
from careergraph.transitions.holdings import find_holdings, find_nearest
from careergraph.transitions.network import Network
from careergraph.transitions.origins import make_origin
from careergraph.transitions.precomputed.tables import find_similarity
from careergraph.transitions.routes import find_routes
from careergraph.validation.validate import validate
from command_line import careergraph
from onet_release import ignore_progress

ICT = f"{esco_release.ESCO}occupation/bd272aee-adc9-4a06-a15c-a73b4b4a46a7"
DATA_SCIENTIST = f"{esco_release.ESCO}occupation/258e46f9-0075-4a2e-adae-1ff0477e0f30"
ONET_DATA_SCIENTISTS = f"{onet_release.ONET}occupation/15-2051.00"
HEAD = ("ESCO/ISCO Code", "ESCO/ISCO Title", "O*NET-SOC 2019 Code", "O*NET-SOC 2019 Title")
ROWS = (
    ("2511.4", "data scientist", "15-2051.00", "Data Scientists"),
    ("2514.2", "ICT application developer", "15-2051.00", "Data Scientists"),
    ("2221.2", "nurse responsible for general care", "29-1141.00", "Registered Nurses"),
    ("0110", "a group of ISCO", "15-2051.00", "Data Scientists"),
)


def written(path: Path, rows: Sequence[Sequence[str | None]] = ROWS, head: Sequence[str] = HEAD) -> str:
    """A workbook as the official one is laid out."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["O*NET-SOC 2019 Crosswalks"])
    sheet.append([])
    for row in (head, *rows, [], [None, "ESCO v1.1.0 used."]):
        sheet.append(list(row))
    book.save(path)
    return str(path)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, small_onet: Path) -> Iterator[Path]:
    """A data folder with the small O*NET, the small ESCO and the crosswalk between them."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAREERGRAPH_DATA", str(folder))
        shutil.copytree(small_onet, dataset_folder("onet"))
        esco_release.install_fixture(Path(dataset_folder("esco")))
        install(
            open_source("crosswalk", written(folder / "a.xlsx")), dataset_folder("crosswalk"), progress=ignore_progress
        )
        yield folder


@pytest.fixture(scope="module")
def joined(imported: Path) -> Catalogue:
    assert imported.is_dir()
    return Catalogue.load()


def test_a_pair_is_an_alignment_with_its_kind(joined: Catalogue) -> None:
    (found,) = (item for item in list_alignments(joined, DATA_SCIENTIST) if item.node.kind == "occupation")
    assert (found.node.id, found.mapping, found.confidence) == (ONET_DATA_SCIENTISTS, "exact match", 1.0)
    (other,) = list_alignments(joined, ICT)
    assert (other.mapping, other.confidence) == ("broad match", 0.7)
    assert found.evidence[0].source.label == "ESCO to O*NET-SOC crosswalk"


def test_of_several_the_one_with_most_names_in_common_is_the_nearest(imported: Path, tmp_path: Path) -> None:
    assert imported.is_dir()
    others = [("15-1252.00", "Software Developers"), ("15-2041.00", "Statisticians"), ("23-1011.00", "Lawyers")]
    rows = [("2512.4", "programmer of software", *other) for other in others]
    found = open_source("crosswalk", written(tmp_path / "c.xlsx", rows)).nodes(ignore_progress)
    said = {n.subject.rpartition("/")[2]: {p: v for p, v, _ in n.said} for n in found if n.graph.endswith("-editors")}
    kinds = {code: said[code][OWL.annotatedProperty] for code, _ in others}
    assert kinds == {
        "15-1252.00": SKOS.closeMatch,
        "15-2041.00": SKOS.narrowMatch,
        "23-1011.00": SKOS.narrowMatch,
    }


def test_the_kinds_are_the_editors_reading_and_the_pairs_the_sources(imported: Path) -> None:
    opened = open_source("crosswalk", str(imported / "a.xlsx"))
    for node in opened.nodes(ignore_progress):
        predicates = {predicate for predicate, *_ in node.said}
        if OWL.annotatedSource in predicates:
            assert not predicates & {OWL.annotatedProperty, PROV.wasAttributedTo}
        if OWL.annotatedProperty in predicates:
            assert PROV.wasAttributedTo in predicates
            assert node.graph.endswith("-editors")
    assert opened.remarks == (  # type: ignore[attr-defined]
        "1 row is left out: no imported data set has an occupation with one of its codes.",
    )


def test_what_is_imported_keeps_to_the_shapes(imported: Path) -> None:
    others = [path for name in (BUNDLED, "onet", "esco") for path in list_dataset_files(name)]
    assert imported.is_dir()
    report = validate(list_dataset_files("crosswalk"), context=others, ontology=list_ontology_files())
    assert report.findings == ()


def test_exact_matches_are_one_thing_to_ask_for(joined: Catalogue) -> None:
    assert ONET_DATA_SCIENTISTS in find_same_positions(joined, DATA_SCIENTIST)
    found = [ref.id for ref in search(joined, "data scientist")]
    assert found[0].endswith("/role/data-scientist")
    assert len({DATA_SCIENTIST, ONET_DATA_SCIENTISTS} & set(found)) <= 1


def test_people_hold_what_is_held_in_all_counterparts(joined: Catalogue) -> None:
    there = find_holdings(joined, ONET_DATA_SCIENTISTS).assets
    here = find_holdings(joined, ICT).assets
    similarity = find_similarity(joined)
    assert similarity is not None
    shared = there.keys() & similarity.requirements(ONET_DATA_SCIENTISTS).keys()
    assert shared
    assert shared <= here.keys()


def test_the_ease_is_that_of_the_model_for_the_counterparts(joined: Catalogue) -> None:
    other = next(iri for iri in joined.by_kind["occupation"] if "/onet/" in iri and iri != ONET_DATA_SCIENTISTS)
    step = find_routes(joined, ICT, other, max_steps=1).routes[0].steps[0]
    assert [ref.id for ref in step.between] == [ONET_DATA_SCIENTISTS, other]
    assert step.lift
    assert "represent the two by 0.7" in next(f.reason for f in step.factors if f.name == "likeness")


def test_an_occupation_is_in_the_groups_that_its_nearest_counterpart_is_in(joined: Catalogue) -> None:
    """What a source says of non-technical people speaks for a nurse of ESCO as for one of O*NET."""
    ends = [find_node(joined, name) for name in ("2221.2", "29-1141.00")]
    assert find_nearest(joined, ends[0]) == (ends[1],)
    said = [said_of_group(joined, origin) for origin in ends]
    assert said[0] == pytest.approx(said[1], rel=0.3)
    assert min(said) > 0.3


def said_of_group(catalogue: Catalogue, origin: str) -> float:
    """How far what is said of a group at large counts for the step of somebody towards AI ethics."""
    role = find_node(catalogue, "AI ethicist")
    network = Network(catalogue, make_origin(catalogue, origin))
    (move,) = (move for move in network.hop(origin, role) if move.origin.id.endswith("/non-technical-person"))
    return network.speaks_for(move, origin)


def test_it_is_exported_as_sssom(imported: Path) -> None:
    assert imported.is_dir()
    lines = careergraph("export", "sssom").stdout.splitlines()
    (line,) = (line for line in lines if "bd272aee-adc9-4a06-a15c-a73b4b4a46a7" in line)
    assert "skos:broadMatch" in line
    assert "semapv:CompositeMatching" in line  # nobody has looked at each of the thousands of pairs
    assert "15-2051.00" in line


### What cannot be read


@pytest.mark.parametrize(
    ("rows", "said", "line"),
    [
        ([("2511.4", "data scientist", None, None)], "one of the two codes is missing", 4),
        ([*ROWS, ROWS[0]], "are there a second time", 8),
        ([], "no rows", None),
        ([("9999.9", "x", "99-9999.00", "y")], "import esco and onet first", None),
    ],
)
def test_a_fault_is_told_with_its_row(
    rows: list[tuple[str | None, ...]], said: str, line: int | None, imported: Path, tmp_path: Path
) -> None:
    assert imported.is_dir()
    opened = open_source("crosswalk", written(tmp_path / "b.xlsx", rows))
    with pytest.raises(UnusableSource, match=said) as raised:
        list(opened.nodes(ignore_progress))
    assert raised.value.line == line


def test_a_workbook_with_other_columns_is_refused(imported: Path, tmp_path: Path) -> None:
    assert imported.is_dir()
    with pytest.raises(UnusableSource, match=r"no sheet of it has the columns ESCO/ISCO Code"):
        open_source("crosswalk", written(tmp_path / "b.xlsx", head=("a", "b", "c", "d")))
