"""Observed moves: shares with what they are shares of, as evidence on a step and never as a transition."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import esco_release
import onet_release
from careergraph.importing.archives import open_file
from careergraph.importing.codes import CodedOccupations
from careergraph.importing.csv_tables import CsvTable
from careergraph.importing.moves.shares import COLUMNS, OPTIONAL, Moves
from careergraph.model.errors import UnusableSource
from careergraph.rdf.vocabulary import CG
from onet_release import ignore_progress

#: What a move is from, and what it is to.
WAYS = (CG.movedFrom, CG.movedTo)
HEAD = "origin,destination,share,origin_employment,cases\n"


def written(folder: Path, *rows: str) -> str:
    path = folder / "moves.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


### Codes of ISCO-08


@pytest.fixture(scope="module")
def both_classifications() -> CodedOccupations:
    """Occupations of ESCO, whose codes begin with a group of ISCO-08, and of O*NET, whose do not."""
    nodes = (*esco_release.nodes(*esco_release.downloads()), *onet_release.nodes())
    return CodedOccupations(onet_release.as_catalogue(nodes))


def moves_between(groups: tuple[str, str], known: CodedOccupations, folder: Path) -> list[tuple[str, str]]:
    """The codes of the occupations between which moves from one group of ISCO-08 to another are."""
    path = written(folder, f"{groups[0]},{groups[1]},0.1,2000,25")
    table = CsvTable(open_file(path), "moves.csv", *COLUMNS, optional=OPTIONAL)
    claims = [node.said for node in Moves(table, "isco08", "1", "moves", known).nodes(ignore_progress)]
    ends = ([value for said in claims for predicate, value, _ in said if predicate == way] for way in WAYS)
    return [(one, other) for one, other in itertools.product(*ends)]


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("2512", {"2512.4", "2512.4.1"}),
        ("251", {"2511.4", "2512.4", "2512.4.1", "2514.2", "2514.2.2"}),
        ("25", {"2511.4", "2512.4", "2512.4.1", "2514.2", "2514.2.2"}),
    ],
)
def test_a_group_of_isco_is_all_occupations_of_esco_below_it(
    group: str, codes: set[str], both_classifications: CodedOccupations, tmp_path: Path
) -> None:
    known = both_classifications
    (nurse,) = known.get("2221.2")
    expected = {iri for code in codes for iri in known.get(code)}
    assert set(moves_between((group, "2221"), known, tmp_path)) == {(iri, nurse) for iri in expected}


def test_a_group_of_isco_is_no_group_of_soc_whose_codes_begin_alike(
    both_classifications: CodedOccupations, tmp_path: Path
) -> None:
    """29 is a group of SOC, of which O*NET has nurses; of 1 in ISCO-08, managers, the fixtures have nobody."""
    assert both_classifications.under("29")
    for group in ("29", "15", "1"):
        with pytest.raises(UnusableSource, match="no occupation that is imported has one of these codes"):
            moves_between((group, "2221"), both_classifications, tmp_path)
