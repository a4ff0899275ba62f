"""An own data set in CSV: it is joined with the bundled one, keeps to the shapes, and its faults have file and line."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements
from careergraph.catalogue.names import find_node
from careergraph.catalogue.node_profiles import describe_node
from careergraph.importing import make_template, open_source
from careergraph.importing.csv.cells import read_address
from careergraph.importing.csv.layout import DECLARED_IN, FILES, THINGS
from careergraph.importing.csv.sheets import Sheets
from careergraph.importing.dataset.install import install
from careergraph.importing.slugs import find_free_slug
from careergraph.model.errors import NothingAsked, UnusableDataset, UnusableSource
from careergraph.rdf.standards import PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.datasets import read_manifest
from careergraph.store.locations import BUNDLED
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.plans.plans import plan
from careergraph.transitions.routes import find_routes
from command_line import careergraph
from onet_release import ignore_progress

OWN = "https://w3id.org/careergraph/id/own/northfield/"
GRAPHS = tuple(f"https://w3id.org/careergraph/graph/northfield/{name}" for name in ("roles", "courses"))


def written(folder: Path, **changes: str | bytes | None) -> Path:
    """The template in a folder, with some files replaced, or left out."""
    top = folder / "northfield"
    top.mkdir()
    for name, content in make_template("csv").items():
        change = changes.get(name.removesuffix(".csv"), content)
        if change is not None:
            (top / name).write_bytes(change.encode() if isinstance(change, str) else change)
    return top


def installed(folder: Path, path: Path, name: str | None = None) -> Path:
    install(open_source("csv", str(path), name=name), str(folder), progress=ignore_progress)
    return folder


@pytest.fixture(scope="module")
def northfield(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the data set that the template makes."""
    folder = tmp_path_factory.mktemp("csv")
    return installed(folder / "data", written(folder))


@pytest.fixture(scope="module")
def joined(northfield: Path) -> Catalogue:
    return Catalogue.load(BUNDLED, str(northfield))


### What comes of it


def test_every_statement_stands_in_the_graph_of_its_source(northfield: Path) -> None:
    from careergraph.store.sources import parse

    catalogue = Catalogue.load(str(northfield))
    assert read_manifest(str(northfield)).graphs == GRAPHS
    assert {quad.graph_name.value for quad in parse(str(northfield))} == set(GRAPHS)  # type: ignore[union-attr]
    for quad in parse(str(northfield)):
        subject = quad.subject.value  # type: ignore[union-attr]
        if catalogue.kind(subject) not in ("source", "section"):
            (cited,) = catalogue.evidence(subject)
            assert quad.graph_name.value == GRAPHS[cited.source.label == "Course catalogue"]  # type: ignore[union-attr]


def test_a_source_is_named_with_publisher_and_date_and_a_claim_with_its_section(joined: Catalogue) -> None:
    (item,) = (item for item in list_requirements(joined, f"{OWN}role/data-steward") if item.level == "strong")
    (cited,) = item.evidence
    assert (cited.source.label, cited.section) == ("Role profiles for data work", "Data steward")
    assert joined.definitions(cited.source.id) == ("Northfield Council, 2026-03-01",)


def test_any_of_groups_strengths_and_levels_are_as_written(joined: Catalogue) -> None:
    found = {
        tuple(ref.label for ref in item.any_of): (item.strength, item.level, item.part)
        for item in list_requirements(joined, f"{OWN}role/data-steward")
    }
    assert found == {
        ("Python", "SQL"): ("required", "working", "tools"),
        ("Data protection law",): ("required", "strong", None),
        ("Records management",): ("valued", None, None),
        ("Data protection certificate",): ("typically expected", None, None),
    }


def test_a_route_runs_through_own_and_bundled_roles(joined: Catalogue) -> None:
    ends = find_node(joined, "records clerk"), find_node(joined, "ML engineer")
    steps = find_routes(joined, *ends, derived=False).routes[0].steps
    assert [step.destination.label for step in steps] == ["Data steward", "Data engineer", "Machine learning engineer"]
    assert {step.basis for step in steps} == {"asserted"}
    assert [(line.low, line.high, line.currency) for line in steps[0].pay] == [(34_000, 41_000, "GBP")]
    found = find_routes(
        joined, *ends, k=5
    ).routes  # beside the steps that are computed, the way that sources name stays
    assert steps in [route.steps for route in found if "easiest steps" in route.labels]


def test_a_plan_takes_own_courses_with_their_hours_and_prices(northfield: Path, joined: Catalogue) -> None:
    """Those of the bundled data serve where they take less time."""
    alone, beside = (
        plan(catalogue, find_node(catalogue, "records officer"), find_node(catalogue, "data custodian"))
        for catalogue in (Catalogue.load(str(northfield)), joined)
    )
    taken, also = (
        [(c.course.label, c.hours_low, c.hours_high, c.cost, c.currency, c.bring) for c in found.courses]
        for found in (alone, beside)
    )
    assert taken == [("SQL for services", 12.0, 16.0, 0.0, None, ())]
    assert also[-1] == ("Data protection in practice", 20.0, 24.0, 150.0, "GBP", ())
    assert sum(high or 0.0 for _, _, high, *_ in also) <= 16.0 + 24.0
    assert [ref.label for item in beside.milestones for ref in item.any_of] == ["Data protection certificate"]


def test_courses_say_what_the_curated_ones_say_in_the_same_terms(tmp_path: Path) -> None:
    header = "label,teaches,expects,expects_level,language,price,currency,price_basis,certificate,licence,source"
    row = "Queries at depth,SQL,Python,strong,en | fr,20,EUR,per month,on request,CC BY 4.0,courses"
    nodes = open_source("csv", str(written(tmp_path, courses=f"{header}\n{row}\n"))).nodes(ignore_progress)
    said: dict[str, list[str]] = {}
    levels, units = [], []
    for node in nodes:
        values = {predicate: value for predicate, value, _ in node.said}
        if SCHEMA.propertyID in values:
            said.setdefault(values[SCHEMA.propertyID], []).append(values[SCHEMA.value])
        levels += [values[CG.level]] if CG.expects in values else []
        units += [values[SCHEMA.unitText]] if SCHEMA.price in values else []
    assert sorted(said["taught_in"]) == ["en", "fr"]
    assert (said["certificate"], said["licence"], said["price"]) == (
        ["on request"],
        ["CC BY 4.0"],
        ["20 EUR per month"],
    )
    assert levels == [f"{ID}level/strong"]
    assert units == ["EUR per month"]


def test_what_the_source_states_is_not_put_down_to_the_editors(joined: Catalogue, northfield: Path) -> None:
    found = find_gap(joined, find_node(joined, "records officer"), find_node(joined, "data steward"))
    assert all(item.stated == tuple(ref for ref in item.courses if ref.id.startswith(OWN)) for item in found.missing)
    because = next(item.because for item in found.grounds if item.asset.label == "Records management")
    assert because == ("Role profiles for data work on Records officer, strong",)
    own = describe_node(joined, f"{OWN}skill/sql")
    assert own.stated
    assert own.stated == own.taught_by
    assert describe_node(joined, find_node(joined, "PyTorch")).stated == ()
    ends = ["--dataset", BUNDLED, "--dataset", str(northfield)]
    text = careergraph("gap", "records officer", "data steward", *ends).stdout
    assert "editors" not in text
    shown = careergraph("show", "records officer", "--full", *ends).stdout
    assert "\nHolds\n" in shown
    assert "editors" not in shown


def test_the_same_sheets_make_the_same_nodes(tmp_path: Path) -> None:
    path = str(written(tmp_path))
    one, other = (list(open_source("csv", path).nodes(ignore_progress)) for _ in range(2))
    assert one == other
    assert len({node.subject for node in one}) == len(one)


def test_a_zip_archive_will_do(tmp_path: Path) -> None:
    folder = written(tmp_path)
    with zipfile.ZipFile(tmp_path / "northfield.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"for the adviser/{file.name}")
    zipped = open_source("csv", str(tmp_path / "northfield.zip"))
    assert list(zipped.nodes(ignore_progress)) == list(open_source("csv", str(folder)).nodes(ignore_progress))


def test_progress_comes_to_the_number_of_rows(tmp_path: Path) -> None:
    reading, told = open_source("csv", str(written(tmp_path))), list[int]()
    list(reading.nodes(told.append))
    assert sum(told) == sum(reading.files.values())


def test_two_sheets_are_enough(tmp_path: Path) -> None:
    others = dict.fromkeys(name.removesuffix(".csv") for name in FILES if name not in ("sources.csv", "roles.csv"))
    reading = open_source("csv", str(written(tmp_path, roles="label,source\nData steward,roles\n", **others)))
    assert next(node.subject for node in reading.nodes(ignore_progress)) == f"{OWN}role/data-steward"


def test_with_one_source_rows_need_not_name_it(tmp_path: Path) -> None:
    source = "source,title,publisher,date,standing\nx,Our roles,Us,2026-01-01,official\n"
    others = dict.fromkeys(name.removesuffix(".csv") for name in FILES if name not in ("sources.csv", "roles.csv"))
    reading = open_source("csv", str(written(tmp_path, sources=source, roles="label\nData steward\n", **others)))
    assert (reading.title, reading.release, reading.source, reading.licence) == ("Our roles", "2026-01-01", None, None)
    nodes = {node.subject: {by: value for by, value, _ in node.said} for node in reading.nodes(ignore_progress)}
    assert nodes[nodes[f"{OWN}role/data-steward"][PROV.wasDerivedFrom]][CG.section] == "roles.csv"


### What spreadsheets make of it


def _with(delimiter: str, end: str = "\n", before: bytes = b"", encoding: str = "utf-8") -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        text = io.StringIO()
        rows = csv.reader(io.StringIO(content.decode()))
        csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
        return before + text.getvalue().encode(encoding)

    return changed


@pytest.mark.parametrize(
    "saved",
    [
        _with(",", "\r\n", b"\xef\xbb\xbf"),
        _with(";", "\r\n"),
        _with("\t"),
        lambda content: content + b",,,,,,\n\n",
        _with(";", "\r\n", b"\xef\xbb\xbfsep=;\r\n"),
        _with(",", "\r\n", b'"sep=,"\r\n'),
        _with("\t", "\r\n", codecs.BOM_UTF16_LE, "utf-16-le"),
        _with(",", "\n", codecs.BOM_UTF16_BE, "utf-16-be"),
        _with(",", "\n", codecs.BOM_UTF32_LE, "utf-32-le"),
        _with(";", "\n", b"Table 1\n"),
        _with(",", "\n", b"Our skills,,\n"),
        _with(",", "\r"),
        lambda content: b",,,\r\n\r\n" + content,
        lambda content: content.replace(b"\n", b",,\n"),
        lambda content: b"\n".join(line.rstrip(b",") for line in content.split(b"\n")),
        lambda content: b"\n".join(b"," + line for line in content.split(b"\n")),
    ],
    ids=[
        "as Excel saves CSV UTF-8",
        "with semicolons",
        "with tabs",
        "with empty rows at the end",
        "with a line that says what stands between cells",
        "with that line in quotes",
        "as Excel saves Unicode text",
        "in UTF-16, the other way round",
        "in UTF-32",
        "with the name of the table, as Numbers exports it",
        "with a title in a cell of its own",
        "with the line ends of old Macs",
        "with empty lines before the names of the columns",
        "with empty columns at the end",
        "with rows that end early",
        "with an empty column at the beginning",
    ],
)
def test_a_sheet_may_be_saved_in_any_of_these_ways(saved: Callable[[bytes], bytes], tmp_path: Path) -> None:
    plain = make_template("csv")["skills.csv"]
    path = written(tmp_path, skills=saved(plain))
    (path.parent / "plain").mkdir()
    expected = list(open_source("csv", str(written(path.parent / "plain"))).nodes(ignore_progress))
    assert list(open_source("csv", str(path)).nodes(ignore_progress)) == expected


@pytest.mark.parametrize("empty", ["", ",,\n", ";\n"])
def test_a_single_column_needs_nothing_between_cells(empty: str, tmp_path: Path) -> None:
    source = "source,title,publisher,date,standing\nx,Our roles,Us,2026-01-01,official\n"
    others = dict.fromkeys(name.removesuffix(".csv") for name in FILES if name not in ("sources.csv", "roles.csv"))
    path = written(tmp_path, sources=source, roles=f"{empty}label\nSteward, of data; and more\n{empty}", **others)
    opened = open_source("csv", str(path))
    assert opened.files["roles.csv"] == 1
    assert "Steward, of data; and more" in [
        value for node in opened.nodes(ignore_progress) for _, value, _ in node.said
    ]


def test_files_may_be_named_in_capitals(tmp_path: Path) -> None:
    path = written(tmp_path)
    expected = list(open_source("csv", str(path)).nodes(ignore_progress))
    for file in path.iterdir():
        file.rename(file.with_name(file.name.upper()))
    assert list(open_source("csv", str(path)).nodes(ignore_progress)) == expected


def test_what_systems_add_to_folders_and_archives_is_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path)
    expected = list(open_source("csv", str(path)).nodes(ignore_progress))
    for name in ("._roles.csv", ".DS_Store", "~$roles.csv", "Thumbs.db", "Desktop.ini"):
        (path / name).write_bytes(b"\0\5\x16\7\0\2")
    assert list(open_source("csv", str(path)).nodes(ignore_progress)) == expected
    with zipfile.ZipFile(tmp_path / "northfield.zip", "w") as archive:
        for file in path.iterdir():
            archive.write(file, f"northfield/{file.name}")
            archive.writestr(f"__MACOSX/northfield/{file.name}", b"\0\5\x16\7")
    assert list(open_source("csv", str(tmp_path / "northfield.zip")).nodes(ignore_progress)) == expected


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://example.org/courses?filter[area]=data", "https://example.org/courses?filter%5Barea%5D=data"),
        ("https://example.org/?save=50%", "https://example.org/?save=50%25"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("http://[::1]:8080/x[1]", "http://[::1]:8080/x%5B1%5D"),
    ],
)
def test_an_address_as_browsers_show_it_becomes_an_iri(typed: str, stored: str) -> None:
    assert read_address(typed) == stored


### Names


def test_sections_and_sources_that_are_spelt_alike_are_told_apart(tmp_path: Path) -> None:
    sources = (
        "source,title,publisher,date,standing\nR&D,First,Us,2026-01-01,official\nR/D,Second,Us,2026-01-01,official\n"
    )
    roles = "label,source,section\nA b,R&D,C+D\nB c,R/D,C+D\nC d,R&D,Q&A\nD e,R&D,Q/A\n"
    others = dict.fromkeys(name.removesuffix(".csv") for name in FILES if name not in ("sources.csv", "roles.csv"))
    reading = open_source("csv", str(written(tmp_path, sources=sources, roles=roles, **others)))
    nodes = {node.subject: {by: value for by, value, _ in node.said} for node in reading.nodes(ignore_progress)}
    cited = {
        said[SKOS.prefLabel]: nodes[said[PROV.wasDerivedFrom]] for said in nodes.values() if PROV.wasDerivedFrom in said
    }
    places = {
        label: (nodes[section[SCHEMA.isPartOf]][SKOS.prefLabel], section[CG.section])
        for label, section in cited.items()
    }
    assert places == {
        "A b": ("First", "C+D"),
        "B c": ("Second", "C+D"),
        "C d": ("First", "Q&A"),
        "D e": ("First", "Q/A"),
    }


def test_names_and_graphs_of_data_sets_are_whole(tmp_path: Path) -> None:
    graphs: list[str] = []
    for folder in ("council.north", "council.south", "council", "council-north"):
        path = written(tmp_path).rename(tmp_path / folder)
        reading = open_source("csv", str(path))
        assert reading.name == folder
        graphs += reading.graphs
    assert len(set(graphs)) == len(graphs) == 8
    with pytest.raises(UnusableDataset, match="choose another --name"):
        open_source("csv", str(path), name="council.")


def test_columns_may_stand_in_any_order_and_be_written_as_people_write(tmp_path: Path) -> None:
    courses = 'Hours high,LABEL,teaches,source\n16,"SQL,\nin two lines",SQL | Python,courses\n'
    nodes = list(open_source("csv", str(written(tmp_path, courses=courses))).nodes(ignore_progress))
    said = next({by: value for by, value, _ in node.said} for node in nodes if "/effort/" in node.subject)
    assert said[SCHEMA.value] == "at most 16"
    assert f"{OWN}course/sql-in-two-lines" in {node.subject for node in nodes}
    assert sum("/teaching/" in node.subject for node in nodes) == 2


def test_a_column_of_ones_own_is_left_out_and_told(tmp_path: Path) -> None:
    roles = "label,Our notes,source\nData steward,ask Ann,roles\n"
    opened = open_source("csv", str(written(tmp_path, roles=roles)))
    told = "northfield/roles.csv has columns that mean nothing here and are left out: our_notes."
    assert isinstance(opened, Sheets)
    assert opened.remarks == (told,)
    assert "ask Ann" not in {value for node in opened.nodes(ignore_progress) for _, value, _ in node.said}


def test_a_sheet_of_thousands_of_columns_is_told_in_short(tmp_path: Path) -> None:
    wide = f"label,source,{','.join(f'c{number}' for number in range(16_000))}\nData steward,roles\n"
    opened = open_source("csv", str(written(tmp_path, roles=wide)))
    assert isinstance(opened, Sheets)
    assert opened.remarks[0].endswith("left out: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 15,990 more.")


def test_files_that_are_no_sheets_are_left_out_and_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    (path / "skills.xlsx").write_bytes(b"PK")
    (path / "old" / "older").mkdir(parents=True)
    opened = open_source("csv", str(path))
    assert isinstance(opened, Sheets)
    assert opened.remarks == ("Left out, since only CSV files are read: skills.xlsx, northfield/old/older/.",)
    for file in path.glob("*.csv"):
        file.unlink() if file.name != "sources.csv" else None
    with pytest.raises(UnusableSource, match=r"it says nothing.*\(skills.xlsx, .* cannot be read: save each sheet as"):
        open_source("csv", str(path))


def test_titles_may_stand_above_the_names_of_the_columns(tmp_path: Path) -> None:
    roles = "Roles of the council\nas of March 2026, draft\n\n,label,source\n,Data steward,roles\n"
    nodes = open_source("csv", str(written(tmp_path, roles=roles))).nodes(ignore_progress)
    assert f"{OWN}role/data-steward" in {node.subject for node in nodes}


def test_many_names_that_are_spelt_alike_take_no_longer_than_others() -> None:
    names = ["!" * (number % 150 + 1) + "?" * (number // 150) for number in range(3_000)]
    taken: dict[str, int] = {}
    assert len({find_free_slug(name, taken) for name in names}) == 3_000
    assert find_free_slug("unnamed-7", taken) == "unnamed-7-2"


### What is wrong

_ROLES = "label,definition,source"
_PAY = "role,low,high,currency,source"
#: What is wrong → sheet, its content, the line, what the error says.
FAULTS: dict[str, tuple[str, str | bytes, int, str]] = {
    "cp1252": (
        "roles",
        f"{_ROLES}\nData steward,Caf\xe9,roles\n".encode("cp1252"),
        2,
        "not in UTF-8: byte 0xe9 cannot",
    ),
    "utf-16 without a mark": ("roles", f"{_ROLES}\nx,y,roles\n".encode("utf-16-le"), 1, "U+0000"),
    "column missing": ("requirements", "role,needs,source\n", 1, "the column 'strength' is missing"),
    "column unknown": (
        "roles",
        "label,defintion,source\n",
        1,
        "no such column as 'defintion'; did you mean 'definition'?",
    ),
    "column twice": ("roles", "label,label,source\n", 1, "the column 'label' is there twice"),
    "empty file": ("roles", "", 1, "the file is empty"),
    "row too short": ("roles", f"{_ROLES}\nData steward\n", 2, "the column 'source' has to say which"),
    "column without a name": ("roles", f"{_ROLES},\nData steward,x,roles,y\n", 2, "'y' stands in a column that has no"),
    "row too long": ("roles", f"{_ROLES}\nData steward,x,roles,y\n", 2, "has 4 cells where 3 belong"),
    "open quote": ("roles", f'{_ROLES}\nData steward,"x,roles\n', 2, "a quotation mark opens a cell, and none"),
    "closed quote": (
        "roles",
        f'{_ROLES}\nData steward,"x" y,roles\n',
        2,
        "a cell goes on behind its closing quotation",
    ),
    "endless cell": ("roles", f"{_ROLES}\nData steward,{'x' * 200_000},roles\n", 2, "a cell is too long"),
    "control character": ("roles", f"{_ROLES}\nData steward,a\u202eb,roles\n", 2, "control character U+202E"),
    "nameless": ("roles", f"{_ROLES}\n,x,roles\n", 2, "there is nothing in the column 'label'"),
    "label too long": ("roles", f"{_ROLES}\n{'x' * 201},x,roles\n", 2, "201 characters long"),
    "label twice": (
        "roles",
        f"{_ROLES}\nData steward,x,roles\ndata-steward,y,roles\n",
        3,
        "a role is called 'data-steward' already, in northfield/roles.csv:2",
    ),
    "alias twice": (
        "roles",
        "label,aliases,source\nA b,Same|Other,roles\nB c,same,roles\n",
        3,
        "a role is called 'same' already",
    ),
    "label bundled": (
        "skills",
        "label,source\nPython programming,roles\n",
        2,
        "the bundled data set has a skill called 'Python programming' (skill/python, Python)",
    ),
    "kind": (
        "skills",
        "label,kind,source\nSQL,language,roles\n",
        2,
        "'language' is not a kind of this sheet; there is skill,",
    ),
    "part of itself": ("skills", "label,broader,source\nSQL,SQL,roles\n", 2, "cannot be a part of itself"),
    "part of another kind": (
        "skills",
        "label,broader,source\nSQL,consultant,roles\n",
        2,
        "no skill is called 'consultant'",
    ),
    "name unknown": (
        "requirements",
        "role,needs,strength,source\nData steward,Pyton,required,roles\n",
        2,
        "or background is called 'Pyton'; did you mean 'Python'",
    ),
    "name new": (
        "requirements",
        "role,needs,strength,source\nZymurgist,Python,required,roles\n",
        2,
        "no role is called 'Zymurgist'; what is new is declared in roles.csv",
    ),
    "one of a group": (
        "requirements",
        "role,needs,strength,source\nData steward,Python|Qqqq,required,roles\n",
        2,
        "is called 'Qqqq'",
    ),
    "strength": (
        "requirements",
        "role,needs,strength,source\nData steward,SQL,must,roles\n",
        2,
        "no strength is called 'must'; there is accessible with, almost always required,",
    ),
    "level": (
        "requirements",
        "role,needs,strength,level,source\nData steward,SQL,required,expert,roles\n",
        2,
        "no level is called 'expert'",
    ),
    "ease": (
        "transitions",
        "from,to,ease,source\nRecords officer,Data steward,easy,roles\n",
        2,
        "no ease is called 'easy'",
    ),
    "to itself": (
        "transitions",
        "from,to,ease,source\nData steward,Data steward,accessible,roles\n",
        2,
        "from one position to another one",
    ),
    "to a background": (
        "transitions",
        "from,to,ease,source\nData steward,Records officer,accessible,roles\n",
        2,
        "no role is called 'Records officer'",
    ),
    "number": ("courses", 'label,hours_low,source\nX y,"1,5",courses\n', 2, "'1,5' is not a number from 0 up"),
    "negative": ("courses", "label,hours_low,source\nX y,-1,courses\n", 2, "'-1' is not a number from 0 up"),
    "exponent": ("courses", "label,hours_low,source\nX y,1e9999999,courses\n", 2, "'1e9999999' is not a number from 0"),
    "number of many digits": ("courses", f"label,price,source\nX y,{'9' * 21},courses\n", 2, "the number has 21 signs"),
    "amount of many digits": ("pay", f"{_PAY}\nData steward,{'9' * 5000},,GBP,roles\n", 2, "number has 5000 signs"),
    "not finite": ("courses", "label,hours_low,source\nX y,inf,courses\n", 2, "'inf' is not a number"),
    "hours upside down": (
        "courses",
        "label,hours_low,hours_high,source\nX y,9,8.5,courses\n",
        2,
        "9, is above the upper",
    ),
    "price without currency": ("courses", "label,price,source\nX y,9,courses\n", 2, "belong together"),
    "currency without price": ("courses", "label,currency,source\nX y,GBP,courses\n", 2, "belong together"),
    "currency": ("courses", "label,price,currency,source\nX y,9,pounds,courses\n", 2, "is not a code of a currency"),
    "language": ("courses", "label,language,source\nX y,English,courses\n", 2, "is not a code of a language"),
    "price for": ("courses", "label,price,currency,price_basis,source\nX y,9,GBP,now,courses\n", 2, "a price is for"),
    "price for nothing": ("courses", "label,price_basis,source\nX y,once,courses\n", 2, "without a price"),
    "level of what is expected": (
        "courses",
        "label,expects,expects_level,source\nX y,SQL,bottomless,courses\n",
        2,
        "bottomless",
    ),
    "date": ("courses", "label,date,source\nX y,31/03/2026,courses\n", 2, "is not a date; write it like 2026-03-31"),
    "no such day": ("courses", "label,date,source\nX y,2026-02-30,courses\n", 2, "is not a date"),
    "address": ("courses", "label,url,source\nX y,www.example.org,courses\n", 2, "is not an address"),
    "address with a space": ("courses", "label,url,source\nX y,https://a b/,courses\n", 2, "is not an address"),
    "amount": ("pay", f'{_PAY}\nData steward,"34,000",,GBP,roles\n', 2, "'34,000' is not a whole number above 0"),
    "nothing paid": ("pay", f"{_PAY}\nData steward,0,,GBP,roles\n", 2, "'0' is not a whole number above 0"),
    "pay upside down": ("pay", f"{_PAY}\nData steward,9,8,GBP,roles\n", 2, "the lower figure, 9, is above"),
    "pay without currency": ("pay", f"{_PAY}\nData steward,9,,,roles\n", 2, "what the figures are counted in"),
    "pay without figures": ("pay", f"{_PAY}\nData steward,,,GBP,roles\n", 2, "says neither what is paid"),
    "year": ("pay", "role,low,currency,year,source\nData steward,9,GBP,26,roles\n", 2, "'26' is not a year"),
    "yes or no": (
        "pay",
        "role,low,currency,open_ended,source\nData steward,9,GBP,maybe,roles\n",
        2,
        "neither yes nor no",
    ),
    "source unnamed": ("roles", "label\nData steward\n", 2, "which of the sources says so: roles, courses"),
    "source unknown": (
        "roles",
        f"{_ROLES}\nData steward,x,role\n",
        2,
        "no source 'role' in the sheet of sources; did you mean",
    ),
    "source twice": (
        "sources",
        "source,title,publisher,date,standing\nroles,A,B,2026-01-01,official\nRoles,C,D,2026-01-01,official\n",
        3,
        "the source 'Roles' is there a second time",
    ),
    "source undated": (
        "sources",
        "source,title,publisher,date,standing\nroles,A,B,,official\n",
        2,
        "nothing in the column 'date'",
    ),
    "standing": (
        "sources",
        "source,title,publisher,date,standing\nroles,A,B,2026-01-01,good\n",
        2,
        "no standing is called 'good'",
    ),
    "no source": ("sources", "source,title,publisher,date,standing\n", 1, "it names no source"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_and_line(fault: str, tmp_path: Path) -> None:
    sheet, content, line, said = FAULTS[fault]
    path = written(tmp_path, **{sheet: content})
    with pytest.raises(UnusableSource) as raised:
        list(open_source("csv", str(path)).nodes(ignore_progress))
    assert (raised.value.path, raised.value.line) == (f"northfield/{sheet}.csv", line)
    assert said in raised.value.reason
    assert str(raised.value).endswith("Nothing was stored.")


def test_a_row_that_runs_over_lines_is_told_by_its_first(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource) as raised:
        open_source("csv", str(written(tmp_path, roles='label,aliasses\n"Data\nsteward",x\n')))
    assert raised.value.line == 1
    (tmp_path / "northfield" / "roles.csv").write_text('label,definition\n"A\nb",x\n"C\nd",y,z\n')
    with pytest.raises(UnusableSource) as raised:
        open_source("csv", str(tmp_path / "northfield"))
    assert raised.value.line == 4


@pytest.mark.parametrize(
    ("name", "said"), [("role.csv", "did you mean 'roles.csv'"), ("Source.CSV", "did you mean 'sources.csv'")]
)
def test_a_sheet_of_another_name_is_not_passed_over(name: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    (path / name).write_text("label\n")
    (path / "README.txt").write_text("what is no sheet does not matter")
    with pytest.raises(UnusableSource) as raised:
        open_source("csv", str(path))
    assert raised.value.path == f"northfield/{name}"
    assert said in raised.value.reason


def test_a_table_of_something_else_is_left_out_and_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    for name in ("notes.csv", "Budget 2026.CSV", "README.txt"):
        (path / name).write_bytes(b"\xff,not read")
    assert getattr(open_source("csv", str(path)), "remarks", ())[-2:] == (
        "Left out, since no sheet is called so: Budget 2026.CSV, notes.csv.",
        "Left out, since only CSV files are read: README.txt.",
    )
    for file in path.glob("[a-z]*.csv"):
        if file.name not in ("sources.csv", "notes.csv"):
            file.unlink()
    with pytest.raises(UnusableSource, match=r"no sheet of this name; there may be organisations\.csv"):
        open_source("csv", str(path))


def test_a_folder_without_sources_or_without_anything_else_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    (path / "sources.csv").rename(tmp_path / "sources.csv")
    with pytest.raises(UnusableSource, match=r"no file called 'sources.csv'"):
        open_source("csv", str(path))
    for file in path.iterdir():
        file.unlink()
    (tmp_path / "sources.csv").rename(path / "sources.csv")
    with pytest.raises(UnusableSource, match="it says nothing"):
        open_source("csv", str(path))


### Names, and the template


@pytest.mark.parametrize("name", ["bundled", "onet", "a/b", "..", "", "a b", "x" * 65])
def test_a_data_set_cannot_be_called_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableDataset, match="choose another --name"):
        open_source("csv", str(written(tmp_path)), name=name or "-")


def test_the_template_has_every_column_of_every_sheet() -> None:
    files = make_template("csv")
    assert list(files) == list(FILES)
    for name, content in files.items():
        assert next(csv.reader(io.StringIO(content.decode()))) == [column.name for column in FILES[name]]
        assert content.count(b"\n") > 1, "there is an example in each"


def test_the_layout_declares_every_kind_that_cells_can_name() -> None:
    kinds = {kind for columns in FILES.values() for column in columns for kind in column.kinds}
    assert kinds <= DECLARED_IN.keys()
    assert set(DECLARED_IN.values()) == set(THINGS)


def test_what_others_publish_has_no_template() -> None:
    with pytest.raises(NothingAsked, match="no template for onet"):
        make_template("onet")


### Beside a large data set
