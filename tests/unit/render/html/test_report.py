"""A report to hand over: what it says, that it stands by itself, that paper shows it, and whose it may be."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

import careergraph
from careergraph.cli import cli
from careergraph.model.errors import UnreadableFile
from careergraph.render.html.report import list_stations, report_html
from careergraph.render.html.report_brand import Brand, read_brand
from careergraph.render.html.report_pdf import to_pdf

PEOPLE = ("registered nurse", "physicist", "software engineer")
#: How wide a letter of the line's names is at most on average, in units of the drawing.
WIDEST_LETTER = 6.6
#: The colours of what is held, partly held and missing.
STATES = {"held": "#1b7f5c", "partly": "#9ed3bf", "missing": "#ffffff"}
#: A picture of one black pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360"
    "6060000000040001f61738550000000049454e44ae426082"
)


@cache
def made(origin: str, role: str = "machine learning engineer", brand: Brand | None = None) -> str:
    graph = careergraph.load("bundled")
    plan = graph.plan(origin, role, hours_per_week=8, start="2027-01-11")
    return report_html(graph.routes(origin, role, k=3), plan, brand).decode()


@pytest.mark.parametrize("person", PEOPLE)
def test_a_report_names_the_route_the_plan_and_its_sources(person: str) -> None:
    text, graph = made(person), careergraph.load("bundled")
    found = graph.routes(person, "machine learning engineer").routes[0]
    plan = graph.plan(person, "machine learning engineer")
    for step in found.steps:
        assert f"{step.destination.label}: " in text
    for item in plan.courses:
        assert str(item.course.label).replace("'", "&#39;") in text
    assert "from 2027-01-11" in text
    assert "Article on careers in AI (2024)" in text.partition("<h2>Sources</h2>")[2]


@pytest.mark.parametrize("person", PEOPLE)
def test_a_report_is_sound_html_that_asks_nobody_for_anything(person: str) -> None:
    text = made(person)
    html5lib.HTMLParser(strict=True).parse(text)
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "<link" not in text


def test_the_gap_and_the_pay_are_bars_with_their_figures_beside_them() -> None:
    route = careergraph.load("bundled").routes("software engineer", "machine learning engineer").routes[0]
    text, last = made("software engineer"), route.steps[-1]
    for item in last.missing:
        name = " or ".join(ref.label for ref in item.any_of)
        assert f"<td>{name}</td>" in text
        assert f'<td class="percent">{round(100 * item.met)}%</td>' in text
    assert "GBP 70,000–150,000" in text.partition("<h2>What Machine learning engineer pays</h2>")[2]


def test_a_course_says_what_it_costs_and_the_first_one_where_it_is() -> None:
    week = made("software engineer").partition('<section class="week">')[2].partition("</section>")[0]
    first = careergraph.load("bundled").plan("software engineer", "machine learning engineer").courses[0]
    assert first.course.label in week
    ends = dict.fromkeys((f"{first.hours_low:g}", f"{first.hours_high:g}"))
    assert f"{'-'.join(ends)} hours, free" in week
    assert f'href="{first.url}"' in week


def test_sources_have_their_addresses() -> None:
    graph = careergraph.load("bundled")
    found = graph.routes("physicist", "machine learning engineer")
    plan = graph.plan("physicist", "machine learning engineer")
    text = report_html(found, plan, address=lambda source: f"https://example.org/{source.rsplit('/', 1)[-1]}").decode()
    assert 'href="https://example.org/ai-careers-article"' in text.partition("<h2>Sources</h2>")[2]


@pytest.mark.parametrize("number", [2, 3, 5, 7])
def test_names_on_the_line_never_touch(number: int) -> None:
    names = ["Health Information Technologists and Medical Registrars"] * number
    stations = list_stations(names)
    room = (stations[1].x - stations[0].x) / WIDEST_LETTER
    assert all(len(row) <= 0.66 * room or " " not in row for station in stations for row in station.rows)
    assert number > 3 or " ".join(stations[0].rows) == names[0]


def test_states_differ_on_paper_without_colours() -> None:
    text = made("software engineer")
    light = {state: luminance(colour) for state, colour in STATES.items()}
    assert all(f'fill="{colour}"' in text for colour in STATES.values())
    assert light["missing"] - light["partly"] > 0.2
    assert light["partly"] - light["held"] > 0.2
    assert "held (dark)" in text


def luminance(colour: str) -> float:
    """How light a colour is on grey paper, from 0 to 1 (Rec. 601)."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_same_question_gives_the_same_bytes() -> None:
    graph = careergraph.load("bundled")
    asked = ("physicist", "machine learning engineer")
    plan = graph.plan(*asked, hours_per_week=8, start="2027-01-11")
    assert report_html(graph.routes(*asked, k=3), plan).decode() == made("physicist")


def test_different_people_get_different_plans() -> None:
    assert len({made(person) for person in PEOPLE}) == len(PEOPLE)


def test_names_of_others_are_text_and_never_markup() -> None:
    brand = Brand("", "#0b62a4", "<b>Us</b>", "<script>alert(1)</script>")
    text = made("physicist", brand=brand)
    assert "&lt;b&gt;Us" in text
    assert "<script" not in text


def with_weasyprint() -> None:
    try:
        import weasyprint as weasyprint
    except (ImportError, OSError):
        pytest.skip("WeasyPrint, or the library Pango that it needs, is missing")


def test_a_pdf_reads_as_the_page_does_and_has_the_logo(tmp_path: Path) -> None:
    with_weasyprint()
    file = tmp_path / "report.pdf"
    (tmp_path / "logo.png").write_bytes(PNG)
    (tmp_path / "ours.toml").write_text('logo = "logo.png"', encoding="utf-8")
    command = ["report", "registered nurse", "ML engineer", "--dataset", "bundled", "-o", str(file)]
    done = CliRunner().invoke(cli, [*command, "--template", str(tmp_path / "ours.toml")])
    assert done.exit_code == 0, done.output
    sheets = PdfReader(io.BytesIO(file.read_bytes())).pages
    assert len(sheets[0].images) == 1
    pages = [page.extract_text() for page in sheets]
    assert len(pages) == 3  # two, and the appendix
    assert "From Nurse to Machine learning engineer" in pages[0]
    assert "This week" in pages[0]
    assert "Sources" in pages[-1]


@pytest.mark.parametrize(
    ("origin", "role"),
    [
        ("lawyer", "AI ethicist"),
        ("software engineer", "AI product manager"),  # two steps, and much that sources disagree on
        ("accountant", "data scientist"),
        ("mechanical engineer", "machine learning engineer"),
    ],
)
def test_a_report_takes_two_pages_before_its_sources(origin: str, role: str) -> None:
    with_weasyprint()
    sheets = PdfReader(io.BytesIO(to_pdf(made(origin, role).encode()))).pages
    first = next(number for number, sheet in enumerate(sheets) if "\nSources" in f"\n{sheet.extract_text()}")
    assert first <= 2


### Whose it is


def test_a_template_gives_logo_colour_name_and_paragraph(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    file = tmp_path / "ours.toml"
    said = {"logo": "logo.png", "accent": "#aa3300", "name": "Advice", "paragraph": "For you."}
    lines = [f'{key} = "{value}"' for key, value in said.items()]
    file.write_text("\n".join(lines), encoding="utf-8")
    brand = read_brand(str(file))
    assert brand.logo.startswith("data:image/png;base64,")
    text = made("physicist", brand=brand)
    assert "--accent: #aa3300" in text
    assert "For you." in text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("accent = ", "Invalid value"),
        ('colour = "#ffffff"', "'colour' is none of the texts"),
        ("name = 3", "'name' is none of the texts"),
        ('accent = "red"', "not a colour such as #0b62a4"),
        ('accent = "#0b62a4;}"', "not a colour such as #0b62a4"),
        ('logo = "logo.exe"', "a logo is one of"),
        ('logo = "nowhere.png"', "No such file"),
    ],
)
def test_a_template_that_says_something_else_is_refused(content: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=says):
        read_brand(str(file))


def test_a_template_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["report", "physicist", "ML engineer", "--template", str(tmp_path / "none.toml")])
    assert isinstance(done.exception, UnreadableFile)
