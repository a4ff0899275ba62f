"""CVs of made-up people in every format, what a careful reader takes from them, and files that are none."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import UnreadableFile
from careergraph.transitions.people.cv.documents import LARGEST_DOCUMENT, MOST_MEMBERS, MOST_PAGES, split_columns
from careergraph.transitions.people.cv.files import match_file
from careergraph.transitions.people.cv.names import COLUMN_BREAK
from careergraph.transitions.people.cv.text import match_text
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.person import Person
from cv_files import make_columns, make_docx, make_pdf, make_zip, read_cvs, write_cv

CVS = read_cvs()


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def labels(person: Person) -> set[str]:
    return {match.ref.label for match in (*person.positions, *person.assets)}


def in_file(folder: Path, name: str, content: bytes) -> Person:
    path = folder / name
    path.write_bytes(content)
    return match_file(bundled(), str(path))


def fault(folder: Path, name: str, content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        in_file(folder, name, content)
    assert "\n" not in str(caught.value)
    assert caught.value.path.endswith(name)
    return caught.value.reason


### What is read


def test_cvs_of_made_up_people_are_understood(tmp_path: Path) -> None:
    right = found = expected = 0
    for cv in CVS:
        wanted = {*cv["positions"], *cv["assets"]}
        got = labels(match_file(bundled(), str(write_cv(cv, tmp_path))))
        right, found, expected = right + len(got & wanted), found + len(got), expected + len(wanted)
    assert right >= 0.95 * expected
    assert right >= 0.95 * found


def test_there_are_cvs_in_every_format() -> None:
    assert len(CVS) >= 25
    assert {cv["format"] for cv in CVS} == {"json", "txt", "md", "xml", "zip", "docx", "pdf"}


def test_a_file_is_never_changed(tmp_path: Path) -> None:
    for cv in CVS:
        path = write_cv(cv, tmp_path)
        before = path.read_bytes()
        match_file(bundled(), str(path))
        assert path.read_bytes() == before


LINE = "Experience\nBuilt RAG pipelines in Python; never used Rust, but no Docker"


@pytest.mark.parametrize("name", ["cv.txt", "cv.docx", "cv.pdf"])
def test_a_match_tells_the_page_and_the_line_that_say_so(tmp_path: Path, name: str) -> None:
    makers: dict[str, Callable[[str], bytes]] = {"txt": str.encode, "docx": make_docx, "pdf": make_pdf}
    maker = makers[name.rpartition(".")[2]]
    person = in_file(tmp_path, name, maker(LINE))
    assert labels(person) == {"Retrieval-augmented generation", "Python"}
    assert {match.where for match in person.assets} == {f"page 1: {LINE.splitlines()[1]!r}"}


def test_ordinary_words_in_prose_are_no_tools() -> None:
    text = "In spring I go to work with an express train, excel at word games and slack off with my teams."
    assert labels(match_text(bundled(), [text])) == set()


def test_interests_and_references_are_not_read() -> None:
    pages = ["Skills\nPython\nInterests\nDocker, photography\nReferences\nKubernetes Ltd"]
    assert labels(match_text(bundled(), pages)) == {"Python"}


def test_a_degree_that_was_not_finished_is_not_held() -> None:
    person = match_text(bundled(), ["Education\nMSc in Computer Science, did not finish"])
    assert "Master's degree" not in labels(person)
    assert [item.why for item in person.unmatched] == [
        "the studies seem to be under way, so the degree is not held yet"
    ]


### A profile to edit


def test_a_profile_that_was_written_is_read_as_it_was_meant(tmp_path: Path) -> None:
    for cv in CVS:
        person = match_file(bundled(), str(write_cv(cv, tmp_path)))
        again = in_file(tmp_path, "me.json", person.to_json().encode())
        assert [(match.ref, match.level) for match in (*again.positions, *again.assets)] == [
            (match.ref, match.level) for match in (*person.positions, *person.assets)
        ]


def profile(**entry: Any) -> bytes:
    return json.dumps({"name": "A", "positions": [], "assets": [entry]}).encode()


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({}, 'assets[0] names nothing: "ref" has to have the IRI as its "id"'),
        ({"ref": {"id": 7}}, 'assets[0] names nothing: "ref" has to have the IRI as its "id"'),
        ({"ref": {"id": "urn:x"}, "level": 2}, "assets[0] has the level 2; it is between 0 and 1"),
        ({"ref": {"id": "urn:x"}, "level": "deep"}, "assets[0] has the level 'deep'; it is between 0 and 1"),
    ],
)
def test_a_profile_that_was_edited_wrongly_is_refused_with_the_place(
    tmp_path: Path, entry: dict[str, Any], reason: str
) -> None:
    assert fault(tmp_path, "me.json", profile(**entry)) == reason


def test_what_is_gone_from_the_graph_is_told(tmp_path: Path) -> None:
    person = in_file(tmp_path, "me.json", profile(ref={"id": "urn:gone"}, text="Gone"))
    assert [(item.text, item.why) for item in person.unmatched] == [("Gone", "nothing here has its IRI")]


### Files that are no CVs


BILLION_LAUGHS = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><SkillsPassport>&d;</SkillsPassport>'
OUTWARD = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><SkillsPassport>&b;</SkillsPassport>'


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(11):
            archive.writestr(f"{number}.csv", b"0" * 10_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xml", BILLION_LAUGHS, "it declares a document type or entities"),
        ("a.xml", OUTWARD, "it declares a document type or entities"),
        ("a.xml", b"<a>", "it is not sound XML: "),
        ("a.xml", b"<html/>", "it is not a Europass CV: it begins with 'html'"),
        ("a.zip", b"PK", "it is damaged: "),
        ("a.zip", make_zip({"a.txt": "x"}), "it is not a data export of LinkedIn"),
        ("a.pdf", b"%PDF-1.4 nonsense", "it is not a sound PDF file: "),
        ("a.pdf", make_pdf(""), "it has no text; a scan has to be read by a text recognition first"),
        ("a.pdf", make_pdf("Python", pages=MOST_PAGES + 1), f"it has {MOST_PAGES + 1} pages; at most {MOST_PAGES}"),
        ("a.docx", b"no archive", "it is damaged: "),
        ("a.docx", make_zip({"word/document.xml": "<a/>"}), "it is not a sound Word file: "),
        ("a.docx", b"\xd0\xcf\x11\xe0 old", "it is locked by a password, or of the time before .docx"),
        ("a.txt", b"Python\xff", "it is not UTF-8 text"),
        ("a.txt", b" \n", "it has no text; it is empty"),
        ("a.txt", b"a" * (LARGEST_DOCUMENT + 1), f"it is larger than {LARGEST_DOCUMENT:,} bytes"),
    ],
)
def test_a_file_that_is_no_cv_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    assert fault(tmp_path, name, content).startswith(reason)


def word_with(name: str, content: str) -> bytes:
    """A sound Word file that has one member more."""
    made = io.BytesIO(make_docx("Skills\nPython"))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def relation(kind: str) -> str:
    return f'<R><Relationship Id="r" Type="http://x/{kind}" Target="http://y/z" TargetMode="External"/></R>'


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("word/vbaProject.bin", "x", "it holds macros; save it as a .docx without them"),
        ("word/_rels/settings.xml.rels", relation("attachedTemplate"), "it refers to something outside of it"),
        ("word/_rels/more.xml.rels", relation("oleObject"), "it refers to something outside of it"),
    ],
)
def test_a_word_file_with_macros_or_things_from_elsewhere_is_refused(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    assert fault(tmp_path, "a.docx", word_with(name, content)).startswith(reason)


def test_a_word_file_may_have_links_to_click(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_with("word/_rels/more.xml.rels", relation("hyperlink")))
    assert [match.ref.label for match in match_file(Catalogue.load("bundled"), str(path)).assets] == ["Python"]


@pytest.mark.parametrize("name", ["a.zip", "a.docx"])
def test_an_archive_that_unpacks_beyond_measure_is_not_unpacked(tmp_path: Path, name: str) -> None:
    assert fault(tmp_path, name, bomb()) == "it unpacks to more than 100,000,000 bytes"


def test_an_archive_of_too_many_files_is_told_as_that(tmp_path: Path) -> None:
    many = make_zip({f"{number}.csv": "" for number in range(MOST_MEMBERS + 1)})
    assert fault(tmp_path, "a.zip", many) == f"it holds {MOST_MEMBERS + 1:,} files; at most {MOST_MEMBERS:,} are read"


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer, made = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf("Python")))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    assert fault(tmp_path, "a.pdf", made.getvalue()) == "it is locked by a password"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    for suffix in ("txt", "pdf", "docx", "zip", "xml", "json"):
        with pytest.raises(UnreadableFile) as caught:
            match_file(bundled(), str(tmp_path / f"none.{suffix}"))
        assert caught.value.reason == "No such file or directory"


def read(*lines: str) -> tuple[list[str], list[str]]:
    """The positions and everything else that a CV of these lines is taken for."""
    person = match_text(Catalogue.load("bundled"), ["\n".join(lines)])
    return [match.ref.label for match in person.positions], [match.ref.label for match in person.assets]


@pytest.mark.parametrize(
    "line",
    ["• Designed and deployed RAG pipelines", "• Wrote RAG pipelines", "Maintained RAG pipelines of Acme"],
)
def test_a_line_that_tells_what_was_done_is_no_job_title(line: str) -> None:
    assert read("Experience", line) == ([], ["Retrieval-augmented generation"])


def test_what_was_done_tells_the_skill_that_it_takes() -> None:
    assert read("Experience", "- Led a team of four engineers; organised two conferences")[1] == [
        "People management",
        "Event management",
    ]


def test_a_row_of_programming_languages_stays_among_the_skills() -> None:
    lines = ("Skills", "Languages: Python (expert), SQL", "Frameworks: PyTorch, TensorFlow", "Languages", "German (B2)")
    assert read(*lines)[1] == ["Python", "SQL", "PyTorch", "TensorFlow", "German"]


def test_a_degree_with_honours_keeps_its_field() -> None:
    found = read("Education", "BSc (Hons) Mathematics, Leeds, 2016")[1]
    assert sorted(found) == ["Bachelor's degree", "Mathematics (field of study)"]


def test_a_name_in_capitals_is_no_abbreviation() -> None:
    assert read("JANE DOE", "Skills", "DOE, SQL")[1] == ["Experimental design", "SQL"]
    assert read("JANE DOE") == ([], [])


def test_german_headings_open_their_parts() -> None:
    lines = (
        "Berufserfahrung",
        "Softwareentwickler bei Foo GmbH, 2015-2020",
        "Kenntnisse",
        "Python",
        "Sprachen",
        "Englisch",
    )
    assert read(*lines) == (["Software engineer"], ["Python", "English"])


### How lines belong together


def years(*lines: str) -> list[tuple[str, float | None]]:
    person = match_text(bundled(), ["\n".join(lines)])
    return [(match.ref.label, match.years) for match in person.positions]


@pytest.mark.parametrize(
    "lines",
    [
        ("Experience", "Nurse, Vale Hospital, 2015-2019"),
        ("Experience", "2015 – 2019 Nurse, Vale Hospital"),
        ("Experience", "Vale Hospital", "Nurse", "July 2015 - July 2019 (4 years)", "Leeds"),
        ("Experience", "Nurse", "Vale Hospital, Leeds | 07/2015 – 07/2019"),
        ("Experience", "Vale Hospital, 2015 to 2019", "Nurse"),
        ("Berufserfahrung", "07/2015 bis 07/2019", "Krankenschwester, Klinik Tal"),
        ("Expérience professionnelle", "2015 – 2019 : Infirmière, Hôpital du Val"),
    ],
)
def test_a_time_belongs_to_the_title_in_its_line_or_beside_it(lines: tuple[str, ...]) -> None:
    assert years(*lines) == [("Nurse", 4.0)]


def test_each_job_keeps_its_own_time() -> None:
    lines = ("Experience", "Acme", "Data Engineer", "Jan 2019 - Jan 2022", "Initech", "BI Developer", "2015 - 2018")
    assert years(*lines) == [("Data engineer", 3.0), ("BI developer", 3.0)]


@pytest.mark.parametrize(
    "lines",
    [
        ("Education", "MSc Physics, 2022 - present"),
        ("Education", "MSc Physics", "University of Nowhere", "2022 - present"),
        ("Education", "University of Nowhere, 2022 - present", "MSc Physics"),
        ("Education", "MSc Physics", "did not finish"),
        ("Ausbildung", "2014 – 2016 Master Physik, abgebrochen"),
        ("Formation", "Master de physique, abandonné"),
    ],
)
def test_studies_that_go_on_or_were_left_give_no_degree(lines: tuple[str, ...]) -> None:
    assert read(*lines) == ([], [])


def test_a_subject_at_school_is_no_field_of_study() -> None:
    assert read("Education", "A-levels: Maths, Physics")[1] == ["High school diploma"]


def test_what_is_being_learnt_is_not_held_yet() -> None:
    person = match_text(bundled(), ["Skills\nCurrently learning: PyTorch, Rust\nPython (fluent), dbt (learning)"])
    assert [(match.ref.label, match.level) for match in person.assets] == [("Python", 0.75)]
    left = ["Currently learning: PyTorch", "Currently learning: Rust", "dbt (learning)"]
    assert [item.text for item in person.unmatched] == left


def test_a_bit_of_something_is_little() -> None:
    person = match_text(bundled(), ["Skills\nSQL, a bit of R"])
    assert [(match.ref.label, match.level) for match in person.assets] == [("SQL", 0.5), ("R", 0.25)]


def test_studies_that_were_left_take_nothing_from_those_before_them() -> None:
    lines = ("Education", "BSc Economics, Nowhere, 2016", "Started MSc in Computer Science 2021, did not finish")
    assert "Bachelor's degree" in read(*lines)[1]
    assert "Master's degree" not in read(*lines)[1]


def test_what_stands_below_a_title_with_its_time_is_no_title() -> None:
    lines = ("Work", "08/2017 - 07/2019 Nurse, Somewhere", "Intensive care, teaching, documentation in Orbis")
    assert read(*lines)[0] == ["Nurse"]
    assert read(*lines[:2], "Accountant", "2010 - 2014")[0] == ["Nurse", "Accountant"]


@pytest.mark.parametrize(
    "line",
    [
        "Currently: High school chemistry teacher (since 2014), Somewhere",
        "Current role: Teacher",
        "2014 - 2019: Teacher, Somewhere",
    ],
)
def test_a_job_is_read_where_no_heading_announces_it(line: str) -> None:
    assert read("Jo Bloggs", line)[0] == ["Teacher"]


def test_a_degree_with_its_time_is_read_where_no_heading_announces_it() -> None:
    found = read("Jo Bloggs", "2005 - 2009: BS in Chemistry, Somewhere")[1]
    assert set(found) == {"Bachelor's degree", "Chemistry (field of study)"}


def test_how_a_kitchen_is_prepared_is_no_word_in_french() -> None:
    assert read("Expérience", "- Mise en place de GitLab")[1] == ["GitLab"]


LEFT = ("SKILLS", "Python", "Docker", "Public speaking", "LANGUAGES", "French (C1)", "INTERESTS", "Rust removal")
RIGHT = (
    *("EXPERIENCE", "Data Engineer, Fernhill", "July 2020 - July 2022", "Built pipelines in dbt", "EDUCATION"),
    *("PhD in Physics, did not finish", "MSc Physics, 2014", "BSc Physics, 2012"),
)


def test_a_page_in_two_columns_is_read_column_by_column(tmp_path: Path) -> None:
    person = in_file(tmp_path, "cv.pdf", make_columns(list(zip(LEFT, RIGHT, strict=True))))
    assert [(match.ref.label, match.years) for match in person.positions] == [("Data engineer", 2.0)]
    assert labels(person) == {
        *("Data engineer", "Python", "Docker", "Public speaking", "French", "dbt"),
        *("Master's degree", "Bachelor's degree", "Physics (field of study)"),
    }


def test_dates_beside_titles_are_no_column_of_their_own(tmp_path: Path) -> None:
    rows = [
        ("Experience", ""),
        ("2012 - 2015", "Nurse, Vale"),
        ("2015 - 2019", "Teacher, Hill"),
        ("2019 - 2021", "Chef"),
    ]
    person = in_file(tmp_path, "cv.pdf", make_columns(rows))
    assert [(match.ref.label, match.years) for match in person.positions] == [
        ("Nurse", 3.0),
        ("Teacher", 4.0),
        ("Chef", 2.0),
    ]


### Formats of others


def test_studies_of_linkedin_that_go_on_give_no_degree(tmp_path: Path) -> None:
    education = "School Name,Start Date,End Date,Notes,Degree Name\nA,2008,2012,,BSc\nB,2022,2999,,PhD\nC,2023,,,MSc\n"
    languages = "Name,Proficiency\nGerman,Native or bilingual proficiency\nFrench,Elementary proficiency\n"
    person = in_file(tmp_path, "a.zip", make_zip({"Education.csv": education, "Languages.csv": languages}))
    assert [(match.ref.label, match.level) for match in person.assets] == [
        ("Bachelor's degree", 1.0),
        ("German", 1.0),
        ("French", 0.25),
    ]


WANTED = "<Headline><Type><Code>preferred_job</Code></Type><Description><Label>Nurse</Label></Description></Headline>"
STUDIES = (
    '<Education><Period><From year="2024"/><Current>true</Current></Period><Title>PhD</Title></Education>'
    '<Education><Period><From year="2005"/><To year="2010"/></Period><Title>Mestrado</Title></Education>'
)


def test_a_job_that_is_wanted_and_studies_that_go_on_are_not_held_by_europass(tmp_path: Path) -> None:
    learner = f"<LearnerInfo>{WANTED}{STUDIES}</LearnerInfo>"
    person = in_file(tmp_path, "a.xml", f"<SkillsPassport>{learner}</SkillsPassport>".encode())
    assert labels(person) == {"Master's degree"}
    going_on = {"Title": "MSc", "Period": {"From": {"Year": 2023}, "Current": True}}
    wanted = {"Type": {"Code": "preferred_job"}, "Description": {"Label": "Nurse"}}
    info = {"Headline": wanted, "Education": [going_on, {"Title": "BSc"}]}
    document = json.dumps({"SkillsPassport": {"LearnerInfo": info}}).encode()
    assert labels(in_file(tmp_path, "a.json", document)) == {"Bachelor's degree"}


@pytest.mark.parametrize(
    "line",
    [
        "Associate of Science, Business - Dallas College, 2017",
        "Associate's degree in business, 2017",
        "Associate of Applied Science, Business, 2017",
    ],
)
def test_an_associate_s_degree_is_one(line: str) -> None:
    assert "Associate's degree" in read("Education", line)[1]


def test_a_certificate_among_the_studies_is_read_or_told() -> None:
    person = match_text(
        bundled(), ["Education\nBSc Economics, 2016\nCertified Kubernetes Administrator, 2024\nX9 Certificate"]
    )
    assert {"Bachelor's degree", "Kubernetes"} <= labels(person)
    assert [item.text for item in person.unmatched] == ["X9 Certificate"]


def test_a_researcher_with_a_degree_in_a_science_is_a_scientist() -> None:
    lines = ("Work", "2022 - present Postdoctoral researcher, Somewhere", "Education", "2022 PhD Astronomy, Elsewhere")
    assert read(*lines)[0] == ["Physicist"]
    assert read(*lines[:2])[0] == ["Postdoctoral researcher"]


def test_a_line_with_wider_letters_is_parted_at_its_own_gap() -> None:
    rows = [("Figma", "Lena Vogel"), ("HTML", "Experience"), ("CSS", "UX designer, Zalando"), ("JavaScript", "")]
    lines = [f"{left:<20}{right}" for left, right in [*rows, *rows, *rows]]
    found = split_columns([*lines, f"{'Usability testing':<24}04/2020 - 04/2022"[:20] + "    04/2020 - 04/2022"])
    assert found is not None
    left, right = " / ".join(found).split(f" / {COLUMN_BREAK} / ")
    assert left.endswith("Usability testing")
    assert right.endswith("04/2020 - 04/2022")


def test_what_stands_in_the_second_column_does_not_belong_to_the_last_part_of_the_first() -> None:
    person = match_text(
        bundled(), [f"Languages\nFrench (C1)\n{COLUMN_BREAK}\nLena Vogel\nExperience\nNurse, Vale Clinic"]
    )
    assert person.name == "Lena Vogel"
    assert [item.text for item in person.unmatched] == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("EDV", "Python (Grundkenntnisse), Excel"), {"Python", "Microsoft Excel"}),
        (("Personal Details", "DOB: 1997", "Languages known: English, Hindi"), {"English", "Hindi"}),
        (("Education", "BNSc Nursing, Somewhere, 2015"), {"Bachelor's degree", "Nursing (field of study)"}),
        (("Ausbildung", "2016 - 2019 Staatlich geprüfter Techniker Maschinenbau"), {"Vocational qualification"}),
        (("Formación", "Curso de Python, UNED (2023)"), {"Python"}),
    ],
)
def test_headings_and_degrees_of_several_countries_are_known(lines: tuple[str, ...], expected: set[str]) -> None:
    assert expected <= set(read(*lines)[1])


def test_licences_to_drive_are_read_from_europass(tmp_path: Path) -> None:
    skills = {"Driving": {"Description": ["B", "CE"]}}
    document = json.dumps({"SkillsPassport": {"LearnerInfo": {"Skills": skills}}}).encode()
    assert labels(in_file(tmp_path, "a.json", document)) == {"Driving", "Driving lorries and buses"}
    licences = "<Driving><Description><Licence>B</Licence></Description></Driving>"
    written = f"<SkillsPassport><LearnerInfo><Skills>{licences}</Skills></LearnerInfo></SkillsPassport>"
    assert labels(in_file(tmp_path, "a.xml", written.encode())) == {"Driving"}


def test_a_course_is_learned_from_and_no_field_of_study() -> None:
    course = {"area": "Data Analytics", "studyType": "Online certificate"}
    person = match_profile(bundled(), {"education": [course]})
    assert [match.ref.label for match in person.assets] == ["Data analysis"]


@pytest.mark.parametrize("line", ["Seite 2 von 3", "Page 1 of 2", "Jane Doe - Page 2", "1 of 2", "Página 2"])
def test_what_stands_at_the_end_of_a_page_is_read_over(line: str) -> None:
    person = match_text(bundled(), [f"Skills\nPython\n{line}"])
    assert (labels(person), person.unmatched) == ({"Python"}, ())


@pytest.mark.parametrize("line", ["Führung von 15 Mitarbeitern", "Encadrement d'une équipe de 8 personnes"])
def test_whoever_leads_people_does_so_in_other_languages(line: str) -> None:
    assert read("Experience", f"- {line}") == ([], ["People management"])
