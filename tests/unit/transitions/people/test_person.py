"""People: what is read from a CV or given by hand, what it is taken for, what is left over, and what is held."""

from __future__ import annotations

import copy
import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.model.errors import AmbiguousName, CareergraphError, InvalidName, UnknownName, UnreadableFile
from careergraph.model.escaping import has_controls
from careergraph.model.schemas import load_schema
from careergraph.rdf.vocabulary import ID
from careergraph.render.text.person import format_person
from careergraph.render.text.phrases import WIDTH
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.holdings import Holdings, find_holdings
from careergraph.transitions.people.by_hand import make_person
from careergraph.transitions.people.cv.files import match_file
from careergraph.transitions.people.cv.lenient_json import OddFile
from careergraph.transitions.people.cv.resume import LARGEST_PROFILE, read_profile
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.name_index import LEAST_LIKENESS
from careergraph.transitions.people.person import (
    Match,
    Person,
    UnknownPhrase,
    find_holdings_of_person,
    list_reasons,
    merge_people,
)
from shared_data import shared_file

FIXTURES = Path(__file__).parents[3] / "fixtures" / "people"
GOOD = ("engineer", "extras", "nobody", "philosopher")

# No deadline: how long an example takes says something about the machine, nothing about people.
thorough = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def bundled() -> Catalogue:
    return Catalogue.load()


def fixture(name: str) -> dict[str, Any]:
    return read_profile(str(FIXTURES / f"{name}.json"))


def matched(profile: dict[str, Any]) -> Person:
    return match_profile(bundled(), profile)


def told(matches: tuple[Match, ...]) -> list[tuple[str, str, str]]:
    return [(match.where, match.ref.label, match.method) for match in matches]


def labels(held: Holdings) -> set[str]:
    return {bundled().label(iri) for iri in held.assets}


def fault(path: Path | str) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_profile(str(path))
    assert "\n" not in str(caught.value)
    return caught.value


### The CV that the JSON Resume project shows as an example


def test_the_sample_cv_is_read_and_matched_and_what_is_not_matched_is_named() -> None:
    person = matched(read_profile(str(shared_file("profiles/sample.resume.json"))))
    assert person.name == "Richard Hendriks"
    assert told(person.positions) == [
        ("basics.label", "Software engineer", "alias"),
        ("work[0].position", "Executive", "rule"),
        ("volunteer[0].position", "Teacher", "label"),
    ]
    assert told(person.assets) == [
        ("education[0].area", "Information technology (field of study)", "alias"),
        ("education[0].studyType", "Bachelor's degree", "alias"),
        ("skills[0].name", "Web development", "label"),
        ("skills[0].keywords[0]", "HTML", "label"),
        ("skills[0].keywords[1]", "CSS", "label"),
        ("skills[0].keywords[2]", "JavaScript", "label"),
        ("projects[0].keywords[2]", "JavaScript", "label"),
        ("languages[0].language", "English", "label"),
    ]
    assert [(item.where, item.text) for item in person.unmatched] == [
        ("skills[1].name", "Compression"),
        ("skills[1].keywords[0]", "Mpeg"),
        ("skills[1].keywords[1]", "MP4"),
        ("skills[1].keywords[2]", "GIF"),
        ("projects[0].keywords[0]", "GoogleMaps"),
        ("projects[0].keywords[1]", "Chrome Extension"),
        ("publications[0].name", "Video compression for 3d media"),
    ]


def test_the_sample_cv_holds_what_software_engineers_hold() -> None:
    person = matched(read_profile(str(shared_file("profiles/sample.resume.json"))))
    engineer = find_holdings(bundled(), find_node(bundled(), "software engineer"))
    held = find_holdings_of_person(bundled(), person)
    assert [iri for iri, level in engineer.assets.items() if held.assets.get(iri, 0) < level] == []


### Reading


@pytest.mark.parametrize("name", GOOD)
def test_reading_gives_the_document_as_it_is_and_leaves_the_file_as_it_was(name: str) -> None:
    path = FIXTURES / f"{name}.json"
    before = path.read_bytes()
    assert read_profile(str(path)) == json.loads(before)
    assert path.read_bytes() == before


FAULTS = {
    "half-a-character": "half a character",
    "list": "the document is a list, not an object",
    "not-json": "it is not JSON: ",
    "not-utf-8": "it is not UTF-8 text",
    "unknown-section": "the document has a section 'skill'; the sections are $schema, basics, work,",
}


#: What is read over, and told.
ODDITIES = {
    "not-a-number": "'NaN' in it is not a number that can be read; it is read over",
    "number-for-a-skill": "skills[0].keywords[1] is a number, not a text; it is read over",
    "object-for-a-section": "education is an object, not a list; it is read as its one entry",
    "text-for-an-entry": "work[0] is a text, not an object; it is read over",
}


def test_every_fixture_is_either_good_or_odd_or_has_a_known_fault() -> None:
    assert {path.stem for path in FIXTURES.glob("*.json")} == {*GOOD, *ODDITIES, *FAULTS}


@pytest.mark.parametrize("name", ODDITIES)
def test_what_is_of_another_type_is_read_over_and_told(name: str) -> None:
    with pytest.warns(OddFile, match=f"^{re.escape(ODDITIES[name])}$"):
        match_file(bundled(), str(FIXTURES / f"{name}.json"))


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_cv_is_refused_with_the_place_and_what_is_wrong_there(name: str) -> None:
    found = fault(FIXTURES / f"{name}.json")
    assert FAULTS[name] in found.reason
    assert found.path.endswith(f"{name}.json")


@pytest.mark.parametrize(("name", "line", "column"), [("not-json", 3, 19), ("not-utf-8", 2, 25), ("list", None, None)])
def test_a_fault_in_the_text_comes_with_line_and_column(name: str, line: int | None, column: int | None) -> None:
    found = fault(FIXTURES / f"{name}.json")
    assert (found.line, found.column) == (line, column)


def test_a_missing_file_a_folder_and_an_impossible_path_are_named(tmp_path: Path) -> None:
    assert fault(tmp_path / "nowhere.json").reason == "No such file or directory"
    assert fault(tmp_path).reason == "Is a directory"
    assert "null byte" in fault("a\0b").reason


def test_a_cv_may_be_as_large_as_a_megabyte_and_no_larger(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b"{}".ljust(LARGEST_PROFILE))
    assert read_profile(str(path)) == {}
    path.write_bytes(b"{}".ljust(LARGEST_PROFILE + 1))
    assert fault(path).reason == "it is larger than 1,000,000 bytes"


@pytest.mark.parametrize(
    "unused",
    [
        '"basics": {"summary": "\\ud83d"}',
        '"meta": {"score": NaN, "most": -Infinity, "far": 1e9999}',
        f'"meta": {{"id": {"9" * 5_000}}}',
        '"reference": [], "award": 7, "intrests": []',
    ],
    ids=["half an emoji", "no numbers", "thousands of digits", "sections nearly called as others"],
)
@pytest.mark.filterwarnings("ignore::careergraph.transitions.people.cv.lenient_json.OddFile")
def test_what_is_not_used_is_never_a_reason_to_refuse_a_cv(tmp_path: Path, unused: str) -> None:
    path = tmp_path / "cv.json"
    path.write_text(f'{{"skills": [{{"name": "Python"}}], {unused}}}', encoding="utf-8")
    assert [skill["name"] for skill in read_profile(str(path))["skills"]] == ["Python"]


@pytest.mark.parametrize("opening", ['{"x":', "["])
def test_a_cv_nested_without_end_is_refused(tmp_path: Path, opening: str) -> None:
    path = tmp_path / "deep.json"
    path.write_text(opening * 150_000, encoding="utf-8")
    assert fault(path).reason == "it is nested too deeply"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "windows.json"
    path.write_bytes(b'\xef\xbb\xbf{"basics": {"name": "Zo\xc3\xab"}}')
    assert matched(read_profile(str(path))).name == "Zoë"


@pytest.mark.parametrize("text", ["2014", "2014-06", "2014-06-29", "1999-12-31"])
def test_dates_may_stop_at_the_year_or_the_month(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cv.json"
    path.write_text(json.dumps({"education": [{"startDate": text}]}), encoding="utf-8")
    assert read_profile(str(path))


@pytest.mark.parametrize(
    ("text", "read", "told"),
    [
        ("2014-6", "2014-06", "it is read as 2014-06"),
        ("06/2014", "2014-06", "it is read as 2014-06"),
        ("2014-06-29T12:00:00.000Z", "2014-06", "it is read as 2014-06"),
        ("Juni 2014", "2014-06", "it is read as 2014-06"),
        ("Q2 2014", "2014-05", "it is read as 2014-05"),
        ("expected 2999", None, "which is not a date; it is read as none"),
        ("14", None, "which is not a date; it is read as none"),
        ("2014-13", None, "which is not a date; it is read as none"),
        ("last summer", None, "which is not a date; it is read as none"),
    ],
)
def test_other_dates_are_read_as_far_as_they_can_be_and_told(
    tmp_path: Path, text: str, read: str | None, told: str
) -> None:
    path = tmp_path / "cv.json"
    path.write_text(json.dumps({"education": [{"startDate": text, "endDate": "2016"}]}), encoding="utf-8")
    with pytest.warns(OddFile, match=re.escape(f"education[0].startDate is {text!a}")) as caught:
        document = read_profile(str(path))
    assert document["education"] == [{"startDate": read, "endDate": "2016"}]
    assert str(caught[0].message).endswith(told)


@pytest.mark.filterwarnings("ignore::careergraph.transitions.people.cv.lenient_json.OddFile")
@pytest.mark.parametrize("end", ["when the thesis is written", "2999", "ongoing", "expected 2999"])
def test_a_degree_of_which_the_end_cannot_be_read_is_not_held(tmp_path: Path, end: str) -> None:
    path = tmp_path / "cv.json"
    path.write_text(json.dumps({"education": [{"studyType": "MSc", "endDate": end}]}), encoding="utf-8")
    person = matched(read_profile(str(path)))
    assert [item.text for item in person.unmatched] == ["MSc"]


@pytest.mark.filterwarnings("ignore::careergraph.transitions.people.cv.lenient_json.OddFile")
@pytest.mark.parametrize("start", ["2012–2016", "2012 - 2016", "von 2012 bis 2016"])
def test_a_start_that_tells_the_end_as_well_is_read_as_both(tmp_path: Path, start: str) -> None:
    path = tmp_path / "cv.json"
    path.write_text(json.dumps({"work": [{"position": "Nurse", "startDate": start}]}), encoding="utf-8")
    assert [match.years for match in matched(read_profile(str(path))).positions] == [4.0]


@pytest.mark.parametrize(
    "unread",
    [
        {"work": [{"position": "Data scientist", "endDate": "", "startDate": "2022"}]},
        {"x-theme": {"colour": "red"}},
        {"basics": {"phone": None, "location": {"address": None}}},
        {"education": [{"area": None, "score": 3.8, "startDate": "", "endDate": None}]},
        {"awards": "none", "interests": None, "references": [1], "meta": []},
        {"languages": None, "volunteer": [{"position": ""}]},
    ],
)
def test_what_is_not_read_is_no_reason_to_refuse_a_cv(tmp_path: Path, unread: dict[str, Any]) -> None:
    path = tmp_path / "cv.json"
    path.write_text(json.dumps({**unread, "skills": [{"name": "Python"}]}), encoding="utf-8")
    found = matched(read_profile(str(path)))
    assert "Python" in [match.ref.label for match in found.assets]
    assert [item.text for item in found.unmatched] == [name for name in unread if name == "x-theme"]


def test_a_list_that_is_there_twice_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "cv.json"
    path.write_text('{"skills": [{"name": "Python"}], "skills": [{"name": "PyTorch"}], "meta": 1, "meta": 1}')
    with pytest.warns(OddFile, match="'skills' is there twice; what is in both is read") as told:
        found = read_profile(str(path))
    assert len(told) == 1
    assert [match.ref.label for match in matched(found).assets] == ["Python", "PyTorch"]


def test_objects_that_are_there_twice_are_read_as_one_and_what_is_not_read_is_no_reason_to_refuse(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cv.json"
    one, other = '{"name": "A B", "phone": "1", "phone": "2"}', '{"label": "Nurse"}'
    path.write_text(f'{{"basics": {one}, "basics": {other}, "meta": {{"v": 1, "v": 2}}}}')
    with pytest.warns(OddFile) as told:
        found = read_profile(str(path))
    assert [str(each.message) for each in told] == [
        "'phone' is there twice, with different contents, of which nothing is read",
        "'v' is there twice, with different contents, of which nothing is read",
        "'basics' is there twice; what is in both is read",
    ]
    assert (found["basics"]["name"], found["basics"]["label"]) == ("A B", "Nurse")


def test_what_is_said_twice_in_different_ways_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cv.json"
    path.write_text('{"basics": {"label": "Nurse", "label": "Data scientist"}}')
    assert fault(path).reason == "'label' is there twice, with different contents"


def json_values() -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names(), inner, max_size=4))


def complaint(path: Path) -> str:
    """What is wrong with a CV; nothing if it can be read, matched and shown."""
    try:
        format_person(matched(read_profile(str(path))))
    except CareergraphError as error:
        return str(error)
    return ""


def names() -> st.SearchStrategy[str]:
    known = [*load_schema("json-resume")["properties"], "name", "position", "keywords", "startDate", "area", "location"]
    return st.sampled_from(known) | st.text(max_size=8)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("people") / "cv.json"


@pytest.mark.filterwarnings("ignore::careergraph.transitions.people.cv.lenient_json.OddFile")
@thorough
@given(value=json_values())
@example(value={"skills": [{"level": {}}]})
def test_any_json_at_all_is_either_read_and_matched_or_refused_in_one_line(scratch: Path, value: Any) -> None:
    scratch.write_text(json.dumps(value), encoding="utf-8")
    assert "\n" not in complaint(scratch)


@pytest.mark.filterwarnings("ignore::careergraph.transitions.people.cv.lenient_json.OddFile")
@thorough
@given(value=json_values(), choose=st.randoms(use_true_random=False), name=st.sampled_from(GOOD))
def test_a_good_cv_with_one_part_exchanged_is_either_read_and_matched_or_refused(
    scratch: Path, value: Any, choose: Any, name: str
) -> None:
    document = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    places = list(containers(document))
    if places:
        container, key = choose.choice(places)
        container[key] = value
    scratch.write_text(json.dumps(document), encoding="utf-8")
    assert "\n" not in complaint(scratch)


def containers(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a document as its container and its key there."""
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else []
    for key in keys:
        yield node, key
        yield from containers(node[key])


@thorough
@pytest.mark.filterwarnings("ignore::careergraph.transitions.people.cv.lenient_json.OddFile")
@given(content=st.binary(max_size=60))
@example(content=b"")
@example(content=b"\xef\xbb\xbf")
@example(content=b"1" * 5000)
def test_any_bytes_at_all_are_either_read_or_refused(scratch: Path, content: bytes) -> None:
    scratch.write_bytes(content)
    assert "\n" not in complaint(scratch)


### The schema


def test_the_schema_is_one_and_describes_each_property_in_a_sentence() -> None:
    found = load_schema("json-resume")
    Draft202012Validator.check_schema(found)
    assert found["$id"] == "https://w3id.org/careergraph/schemas/json-resume.json"
    described = list(properties(found))
    assert len(described) > 80
    for name, value in described:
        assert value["description"][0].isupper(), name
        assert value["description"].endswith("."), name


def properties(node: Any) -> Iterator[tuple[str, Any]]:
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        yield from properties(value)
    if isinstance(node, dict) and node.get("type") == "object":
        yield from node["properties"].items()


def test_the_schema_has_the_sections_of_the_standard_and_is_closed_only_at_the_top() -> None:
    found = load_schema("json-resume")
    assert list(found["properties"]) == [
        *("$schema", "basics", "work", "volunteer", "education", "awards", "certificates", "publications"),
        *("skills", "languages", "interests", "references", "projects", "meta"),
    ]
    assert found["additionalProperties"] is False
    inner = [value for value in found["properties"].values() if value["type"] != "string"]
    assert all(value.get("items", value)["additionalProperties"] is True for value in inner)


### No network, no heavy imports


def test_nothing_opens_a_socket(monkeypatch: pytest.MonkeyPatch, scratch: Path) -> None:
    class NoSocket(socket.socket):
        def __init__(self, *_: object, **__: object) -> None:
            raise AssertionError("a socket was opened")

    def no_address(*_: object) -> NoReturn:
        raise AssertionError("an address was looked up")

    monkeypatch.setattr(socket, "socket", NoSocket)
    monkeypatch.setattr(socket, "getaddrinfo", no_address)
    person = matched(fixture("extras"))
    assert list_reasons(bundled(), person).keys() == find_holdings_of_person(bundled(), person).assets.keys()
    assert fault(FIXTURES / "wrong-date.json")


def test_importing_the_module_imports_neither_a_validator_nor_rapidfuzz() -> None:
    modules = ", ".join(f"careergraph.transitions.people.{name}" for name in ("person", "matching", "cv.resume"))
    code = f"import sys, {modules}; print(*sorted({{'jsonschema_rs', 'rapidfuzz'}} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == ""


### What is matched


def test_an_engineers_cv_section_by_section() -> None:
    person = matched(fixture("engineer"))
    assert person.name == "Ada Byte"
    assert told(person.positions) == [
        ("basics.label", "Software engineer", "rule"),
        ("work[0].position", "Data scientist", "rule"),
        ("work[1].position", "Software engineer", "rule"),
        ("work[2].position", "Project manager", "rule"),
    ]
    assert told(person.assets) == [
        ("education[0].area", "Computer science", "alias"),
        ("education[0].studyType", "Bachelor's degree", "rule"),
        ("skills[0].name", "Machine learning", "label"),
        ("skills[0].keywords[0]", "PyTorch", "label"),
        ("skills[0].keywords[1]", "TensorFlow", "rule"),
        ("skills[0].keywords[2]", "Neural networks", "rule"),
        ("skills[1].name", "Programming", "alias"),
        ("skills[1].keywords[0]", "Python", "rule"),
        ("skills[1].keywords[1]", "Java", "label"),
        ("skills[1].keywords[2]", "R", "label"),
        ("skills[2].name", "Containerisation", "alias"),
        ("projects[0].keywords[0]", "scikit-learn", "alias"),
        ("certificates[0].name", "AWS", "label"),
        ("certificates[1].name", "First aid", "label"),
        ("languages[0].language", "Welsh", "label"),
    ]
    assert [item.text for item in person.unmatched] == [*("GIF", "Kettles")]


def test_a_philosophers_cv_with_the_reasons_for_what_is_left_over() -> None:
    person = matched(fixture("philosopher"))
    assert told(person.positions) == [("volunteer[0].position", "Digital rights organisation worker", "alias")]
    assert told(person.assets) == [
        ("education[0].area", "Philosophy", "label"),
        ("education[0].studyType", "PhD", "alias"),
        ("education[1].studyType", "Master's degree", "rule"),
        ("education[1].studyType", "Public policy", "rule"),
        ("education[2].area", "Statistics (field of study)", "alias"),
        ("skills[0].name", "Software engineering practice", "alias"),
        ("skills[1].name", "Ethical rigour", "rule"),
    ]
    assert {item.where: item.why for item in person.unmatched} == {
        "education[2].studyType": "the studies seem to be under way, so the degree is not held yet",
        "publications[0].name": "one publication is not yet a publication record; "
        'if there is one, add the skill "publications"',
    }


def test_an_empty_cv_is_you_with_nothing() -> None:
    assert matched(fixture("nobody")) == Person("You", (), (), ())
    assert find_holdings_of_person(bundled(), matched({})) == Holdings({}, {})


@pytest.mark.parametrize(
    ("title", "position"),
    [
        ("software engineer", "Software engineer"),
        ("Senior Software Engineer", "Software engineer"),
        ("Software Engineer II", "Software engineer"),
        ("Lead Software Developer", "Software engineer"),
        ("Sr. Data Scientist (NLP)", "Data scientist"),
        ("Jr Data Scientist, Level 2", "Data scientist"),
        ("Data Scientists", "Data scientist"),
        ("Data science lead", "Data scientist"),
        ("ML Ops engineer", "MLOps engineer"),
        ("Research Scientist [contract]", "AI research scientist"),
        ("Academic (philosophy)", "Academic (philosophy)"),
        ("CEO/President", "Executive"),
        ("Project Manager", "Project manager"),
        ("Software Project Manager", "Project manager"),
        ("Production Manager", "Operations manager"),
        ("Recruiter for data scientists", "HR specialist"),
        ("Researcher", "Researcher"),
        ("Senior", None),
        ("II", None),
        ("(", None),
        ("Philosophy", None),
    ],
)
def test_job_titles_with_and_without_seniority(title: str, position: str | None) -> None:
    person = matched({"work": [{"position": title}]})
    assert [match.ref.label for match in person.positions] == ([position] if position else [])
    assert [item.text for item in person.unmatched] == ([] if position else [title])


def test_a_position_that_ended_is_one_like_one_that_goes_on_but_for_its_years() -> None:
    now = matched({"work": [{"position": "Programmer", "startDate": "2001"}]})
    then = matched({"work": [{"position": "Programmer", "startDate": "2001", "endDate": "2002"}]})
    assert [match.ref for match in now.positions] == [match.ref for match in then.positions]
    assert (
        find_holdings_of_person(bundled(), now).assets.keys() == find_holdings_of_person(bundled(), then).assets.keys()
    )
    assert then.positions[0].years == 1.0
    assert (now.positions[0].years or 0) > 20


@pytest.mark.parametrize(
    ("text", "label", "method"),
    [
        ("PYTORCH", "PyTorch", "label"),
        ("Scikit Learn", "scikit-learn", "label"),
        ("RL", "Reinforcement learning", "alias"),
        ("deep-learning", "Neural networks", "alias"),
        ("Py-Torch", "PyTorch", "rule"),
        ("CICD", "CI/CD pipelines", "rule"),
        ("Python 3", "Python", "rule"),
        ("Python (advanced)", "Python", "rule"),
        ("Amazon Web Services (AWS)", "AWS", "rule"),
        ("Recomender system", "Recommender systems", "fuzzy"),
        ("Linear algbra", "Linear algebra", "fuzzy"),
    ],
)
def test_skills_are_matched_by_label_alias_rule_and_likeness_in_this_order(text: str, label: str, method: str) -> None:
    (match,) = matched({"skills": [{"name": text}]}).assets
    assert (match.text, match.ref.label, match.method) == (text, label, method)
    assert (match.score == 1) is (method != "fuzzy")
    assert LEAST_LIKENESS <= match.score <= 1


@pytest.mark.parametrize(
    "text",
    [
        *("GIF", "gits", "g.i.t", "Q", "L", "Jave", "D++", "ML2", "NLPs", "RLF", "Precalculus"),
        *("Biomathematics", "Nonlinear algebra", "Statics", "Product", "Data", "learning", "\u202e", "…", "x" * 1000),
    ],
)
def test_what_only_looks_like_a_skill_is_not_taken_for_it(text: str) -> None:
    person = matched({"skills": [{"name": text}]})
    assert person.assets == ()
    assert [item.text for item in person.unmatched] == [text]


def test_blank_texts_are_neither_matched_nor_unmatched() -> None:
    blank = {"basics": {"name": " ", "label": ""}, "skills": [{"name": "\t", "keywords": ["", " "]}], "education": [{}]}
    assert matched(blank) == Person("You", (), (), ())


@pytest.mark.parametrize(
    ("word", "level"),
    [
        *(("Beginner", "basic"), ("basic", "basic"), ("Intermediate", "working"), ("ADVANCED", "strong")),
        *(("Master", "deep"), ("expert", "deep"), ("", "working"), ("seven years", "working")),
    ],
)
def test_level_words_stand_for_the_levels_of_the_graph(word: str, level: str) -> None:
    person = matched({"skills": [{"name": "git", "level": word, "keywords": ["Python"]}]})
    assert [match.level for match in person.assets] == [bundled().weight(f"{ID}level/{level}", -1.0)] * 2


def test_without_a_word_a_skill_is_held_at_a_working_level_and_what_has_no_levels_in_full() -> None:
    profile = {"education": [{"studyType": "Bachelor", "area": "Law"}], "projects": [{"keywords": ["git"]}]}
    assert {match.ref.label: match.level for match in matched(profile).assets} == {
        "Law": 1.0,
        "Bachelor's degree": 1.0,
        "git": 0.5,
    }


@pytest.mark.parametrize(
    ("degree", "area", "labels"),
    [
        ("Bachelor", "", ["Bachelor's degree"]),
        ("Bachelor’s degree", "", ["Bachelor's degree"]),
        ("B. Sc.", "", ["Bachelor's degree"]),
        ("Bachelor of Laws", "Law", ["Law", "Bachelor's degree"]),
        ("Bachelor of Science in Computer Science", "", ["Bachelor's degree", "Computer science"]),
        ("MSc", "Computer Science", ["Computer science", "Master's degree"]),
        ("M.A.", "Ethics", ["Ethics", "Master's degree"]),
        ("MBA", "", ["Master's degree", "Business administration (field of study)"]),
        ("LL.B. (Hons)", "", ["Bachelor's degree", "Law"]),
        ("B.Tech (ECE)", "", ["Bachelor's degree", "Electrical engineering (field of study)"]),
        ("HBO Verpleegkunde", "", ["Bachelor's degree", "Nursing (field of study)"]),
        ("BTS Comptabilité", "", ["Associate's degree", "Accounting (field of study)"]),
        ("Associate of Arts", "", ["Associate's degree"]),
        ("Masters degree", "", ["Master's degree"]),
        ("MRes", "", ["Research-oriented master's degree"]),
        ("Ph.D.", "", ["PhD"]),
        ("Ph. D.", "", ["PhD"]),
        ("Doctor", "", ["PhD"]),
        ("Doctor of Philosophy", "", ["PhD"]),
        ("DPhil", "Philosophy", ["Philosophy", "PhD"]),
        ("PhD", "Machine Learning", ["Machine learning (field of study)", "PhD in machine learning"]),
        ("Doctorate", "CS", ["Computer science", "PhD in computer science"]),
        (
            "PhD",
            "Mathematics and Statistics",
            ["Mathematics (field of study)", "Statistics (field of study)", "PhD in statistics"],
        ),
        ("PhD in statistics", "", ["PhD in statistics", "Statistics (field of study)"]),
        ("PhD, Computer Science", "", ["PhD in computer science", "Computer science"]),
        ("", "Social Sciences", ["Social science"]),
        ("Doctor of Medicine", "", ["Professional degree", "Medicine (field of study)"]),
        ("Masterclass", "", []),
        ("Bachata", "", []),
        ("Bootcamp", "Web design", ["User-interface design"]),
        ("PhD candidate", "", []),
    ],
)
def test_degrees_and_fields_of_study(degree: str, area: str, labels: list[str]) -> None:
    person = matched({"education": [{"studyType": degree, "area": area}]})
    assert [match.ref.label for match in person.assets] == labels


def test_a_degree_is_held_once_the_studies_are_finished() -> None:
    year = date.today().year

    def held(**dates: str) -> bool:
        return bool(matched({"education": [{"studyType": "MSc", **dates}]}).assets)

    assert held()
    assert held(endDate="2014-06")
    assert held(startDate="2010", endDate=str(year))
    assert not held(startDate="2010")
    assert not held(startDate="2010", endDate=str(year + 1))
    assert not held(endDate=f"{year + 1}-01-01")


def test_the_field_counts_even_while_the_studies_go_on() -> None:
    person = matched({"education": [{"studyType": "BA", "area": "Philosophy", "startDate": "2020"}]})
    assert [match.ref.label for match in person.assets] == ["Philosophy"]


TWICE = """\
@prefix : <https://example.org/> .
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:rust-language a cg:Tool ; skos:prefLabel "Rust (language)"@en ; skos:altLabel "Rust"@en .
:rust-removal a cg:Skill ; skos:prefLabel "Rust removal"@en ; skos:altLabel "Rust"@en .
:sanding a cg:Skill ; skos:prefLabel "Sanding"@en ; skos:altLabel "Polishing"@en .
:polishing a cg:Skill ; skos:prefLabel "Polishing"@en .
:visual-c a cg:Tool ; skos:prefLabel "Visual C"@en .
"""


def test_a_name_of_two_things_is_left_over_and_a_label_wins_over_an_alias(tmp_path: Path) -> None:
    path = tmp_path / "twice.ttl"
    path.write_text(TWICE, encoding="utf-8")
    person = match_profile(Catalogue.load(str(path)), {"skills": [{"name": "rust", "keywords": ["polishing"]}]})
    assert [item.why for item in person.unmatched] == ["it can mean Rust (language) or Rust removal"]
    assert [match.ref.id for match in person.assets] == ["https://example.org/polishing"]


def test_plus_and_number_signs_are_part_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / "twice.ttl"
    path.write_text(TWICE, encoding="utf-8")
    keywords = ["Visual-C", "VisualC", "Visual C++", "Visual C#"]
    person = match_profile(Catalogue.load(str(path)), {"skills": [{"keywords": keywords}]})
    assert [match.text for match in person.assets] == ["Visual-C", "VisualC"]


def test_a_text_too_long_to_be_a_name_is_left_over_with_that_reason() -> None:
    person = matched({"skills": [{"name": "git " * 60}], "education": [{"area": "Law, " * 60}]})
    assert {item.why for item in person.unmatched} == {"it is too long to be a name"}
    assert person.assets == ()


def test_a_data_set_without_any_of_this_matches_nothing() -> None:
    person = match_profile(Catalogue({}), fixture("engineer"))
    assert (person.positions, person.assets) == ((), ())
    assert len(person.unmatched) == 21


### Given by hand


def test_skills_and_backgrounds_by_hand() -> None:
    person = make_person(bundled(), skills=["sklearn", "PhD", "publications"], backgrounds=["SWE"], name="Ada")
    assert person.name == "Ada"
    assert told(person.positions) == [("--background", "Software engineer", "alias")]
    assert [(match.where, match.ref.kind, match.method, match.level) for match in person.assets] == [
        ("--skill", "skill", "alias", 0.5),
        ("--skill", "credential", "label", 1.0),
        ("--skill", "milestone", "alias", 1.0),
    ]
    assert person.unmatched == ()


def test_a_thing_named_twice_by_hand_counts_once_and_an_identifier_is_a_name() -> None:
    assert len(make_person(bundled(), skills=["git", "git"]).assets) == 1
    (match,) = make_person(bundled(), skills=["skill/git"]).assets
    assert (match.ref.label, match.method) == ("git", "label")


def test_an_unknown_name_by_hand_is_an_error_with_suggestions() -> None:
    with pytest.raises(UnknownName) as caught:
        make_person(bundled(), skills=["pytroch"])
    assert caught.value.suggestions[0] == "PyTorch"
    assert caught.value.kinds == ("skill", "credential", "milestone", "role", "background", "occupation")
    with pytest.raises(UnknownName) as caught:
        make_person(bundled(), backgrounds=["git"])
    assert caught.value.kinds == ("role", "background", "occupation")


def test_an_empty_or_ambiguous_name_by_hand_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidName):
        make_person(bundled(), skills=[" "])
    path = tmp_path / "twice.ttl"
    path.write_text(TWICE, encoding="utf-8")
    with pytest.raises(AmbiguousName):
        make_person(Catalogue.load(str(path)), skills=["rust"])


### Several accounts of one person


def test_merging_keeps_everything_once_and_the_first_name_given() -> None:
    cv, hand = matched(fixture("engineer")), make_person(bundled(), skills=["git"], backgrounds=["consultant"])
    both = merge_people(hand, cv, cv)
    assert both.name == "Ada Byte"
    assert both.positions == (*hand.positions, *cv.positions)
    assert both.assets == (*hand.assets, *cv.assets)
    assert both.unmatched == cv.unmatched
    assert merge_people() == Person("You", (), (), ())
    assert merge_people(cv) == cv


def test_merging_holds_what_each_holds_at_the_deeper_level() -> None:
    one = matched({"skills": [{"name": "git", "level": "Expert"}, {"name": "Python", "level": "Beginner"}]})
    other = make_person(bundled(), skills=["git", "Python"])
    held = find_holdings_of_person(bundled(), merge_people(one, other))
    assert held.assets[f"{ID}skill/git"] == 1.0
    assert held.assets[f"{ID}skill/python"] == 0.5


def test_what_one_account_settles_is_not_left_over_from_another() -> None:
    ongoing = matched({"education": [{"studyType": "PhD", "startDate": "2020"}]})
    finished = matched({"education": [{"studyType": "PhD", "startDate": "2020", "endDate": "2024"}]})
    assert len(ongoing.unmatched) == 1
    assert merge_people(ongoing, finished).unmatched == ()


### What is held, and why


def test_a_person_holds_what_their_positions_bring_and_what_their_skills_imply() -> None:
    engineer = find_node(bundled(), "software engineer")
    person = make_person(bundled(), skills=["PyTorch"], backgrounds=["software engineer"])
    held = find_holdings_of_person(bundled(), person)
    assert labels(held) == labels(find_holdings(bundled(), engineer)) | {"PyTorch", "Deep-learning frameworks"}
    missing = find_gap(bundled(), engineer, find_node(bundled(), "ML engineer"), held).missing
    assert not [item for item in missing if "PyTorch" in [ref.label for ref in item.any_of]]


def test_why_something_is_held_is_told_in_words() -> None:
    profile = {
        "basics": {"label": "Programmer"},
        "skills": [{"name": "Data", "keywords": ["R", "Python"]}, {"name": "PyTorch"}],
    }
    why = {bundled().label(iri): told for iri, told in list_reasons(bundled(), matched(profile)).items()}
    assert why["Software engineer"] == ('basics.label: "Programmer"',)
    assert why["Python"] == ('skills[0].keywords[1]: "Python"', "editors' judgement of Software engineer")
    assert why["Deep-learning frameworks"] == ("implied by PyTorch",)
    assert why["git"] == ("editors' judgement of Software engineer",)
    assert "Data" not in why


def test_what_a_broader_position_brings_is_put_down_to_that_position() -> None:
    why = list_reasons(bundled(), make_person(bundled(), backgrounds=["philosopher"]))
    broader = f"{ID}background/humanities-scholar"
    assert why[broader] == ("implied by Academic (philosophy)",)
    assert "editors' judgement of Humanities scholar" in why[f"{ID}credential/phd"]


### Whatever a CV says


@cache
def words() -> tuple[str, ...]:
    kinds = ("skill", "role", "background", "credential", "milestone", "course")
    known = [bundled().label(iri) for kind in kinds for iri in bundled().by_kind.get(kind, ())]
    spoilt = [f"Senior {name} II" for name in known] + [f"{name}s" for name in known] + [f"{name} 3" for name in known]
    degrees = ["BSc", "MA", "PhD", "PhD candidate", "Master of Public Policy", "Doctor of Philosophy in Ethics"]
    return (*known, *spoilt, *degrees, "Beginner", "Expert", "git, Python", "(", "")


def texts() -> st.SearchStrategy[str]:
    return st.deferred(lambda: st.sampled_from(words())) | st.text(st.characters(codec="utf-8"), max_size=12)


def entries(*keys: str, **others: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    optional = {**{key: texts() for key in keys}, **others}
    return st.lists(st.fixed_dictionaries({}, optional=optional), max_size=3)


def profiles() -> st.SearchStrategy[dict[str, Any]]:
    keywords = st.lists(texts(), max_size=3)
    dates = st.sampled_from(["2001", "2010-10", "2015-02-28", "2999"])
    sections = {
        "basics": st.fixed_dictionaries({}, optional={"name": texts(), "label": texts(), "summary": texts()}),
        "work": entries("name", "position", startDate=dates, endDate=dates),
        "volunteer": entries("organization", "position"),
        "education": entries("studyType", "area", "institution", startDate=dates, endDate=dates),
        "skills": entries("name", "level", keywords=keywords),
        "projects": entries("name", keywords=keywords, roles=keywords),
        "certificates": entries("name"),
        "languages": entries("language", "fluency"),
        "publications": entries("name"),
        "interests": entries("name", keywords=keywords),
    }
    return st.fixed_dictionaries({}, optional=sections)


def read_from(profile: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a CV that is to be matched, with its place."""
    single = {
        "work": ["position"],
        "volunteer": ["position"],
        "education": ["area", "studyType"],
        "skills": ["name"],
        "certificates": ["name"],
        "languages": ["language"],
        "publications": ["name"],
    }
    yield profile.get("basics", {}).get("label", ""), "basics.label"
    for section, keys in single.items():
        for number, entry in enumerate(profile.get(section, [])):
            yield from ((entry.get(key, ""), f"{section}[{number}].{key}") for key in keys)
    for section in ("skills", "projects"):
        for number, entry in enumerate(profile.get(section, [])):
            for place, keyword in enumerate(entry.get("keywords", [])):
                yield keyword, f"{section}[{number}].keywords[{place}]"


@thorough
@given(profile=profiles())
def test_any_valid_cv_is_read_as_it_is(scratch: Path, profile: dict[str, Any]) -> None:
    scratch.write_text(json.dumps(profile), encoding="utf-8")
    assert read_profile(str(scratch)) == profile


@thorough
@given(profile=profiles())
def test_everything_read_is_either_matched_or_unmatched_and_never_both(profile: dict[str, Any]) -> None:
    before = copy.deepcopy(profile)
    person = matched(profile)
    assert profile == before
    done = {(match.text, match.where) for match in (*person.positions, *person.assets)}
    left = {(item.text, item.where) for item in person.unmatched}
    assert not done & left
    assert done | left == {(text, where) for text, where in read_from(profile) if text.strip()}


@thorough
@given(profile=profiles())
def test_every_match_is_a_node_of_a_fitting_kind_with_score_and_level_in_bounds(profile: dict[str, Any]) -> None:
    person = matched(profile)
    assert {match.ref.kind for match in person.positions} <= {"background", "role"}
    assert {match.ref.kind for match in person.assets} <= {"skill", "credential", "background"}
    for match in (*person.positions, *person.assets):
        assert match.ref == bundled().ref(match.ref.id)
        assert match.method in ("label", "alias", "rule", "fuzzy")
        assert match.score == 1 or (match.method == "fuzzy" and LEAST_LIKENESS <= match.score < 1)
        assert match.level in (0.25, 0.5, 0.75, 1.0) if match.ref.kind == "skill" else match.level == 1.0


@thorough
@given(profile=profiles(), more=st.lists(texts(), max_size=4))
def test_more_skills_never_lose_anything_held(profile: dict[str, Any], more: list[str]) -> None:
    richer = {**profile, "skills": [*profile.get("skills", []), {"name": "More", "keywords": more}]}
    before = find_holdings_of_person(bundled(), matched(profile)).assets
    after = find_holdings_of_person(bundled(), matched(richer)).assets
    assert all(after.get(asset, 0.0) >= level for asset, level in before.items())


@thorough
@given(profile=profiles(), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_sections_and_entries_does_not_change_what_is_held(profile: dict[str, Any], shuffle: Any) -> None:
    mixed = copy.deepcopy(profile)
    for section in mixed.values():
        if isinstance(section, list):
            shuffle.shuffle(section)
            for entry in section:
                shuffle.shuffle(entry.get("keywords", []))
    mixed = dict(shuffle.sample(list(mixed.items()), len(mixed)))
    assert find_holdings_of_person(bundled(), matched(mixed)) == find_holdings_of_person(bundled(), matched(profile))


@thorough
@given(profile=profiles(), backgrounds=st.lists(st.sampled_from(["consultant", "MLOps", "philosopher"]), max_size=2))
def test_there_is_a_reason_for_everything_held_and_for_nothing_else(
    profile: dict[str, Any], backgrounds: list[str]
) -> None:
    person = merge_people(matched(profile), make_person(bundled(), backgrounds=backgrounds))
    why = list_reasons(bundled(), person)
    assert why.keys() == find_holdings_of_person(bundled(), person).assets.keys()
    assert all(told for told in why.values())


@thorough
@given(profile=profiles())
def test_a_person_survives_the_way_to_json(profile: dict[str, Any]) -> None:
    found = matched(profile).to_dict()
    assert list(found) == ["name", "positions", "assets", "unmatched"]
    assert json.loads(json.dumps(found)) == found


### As text


@thorough
@given(profile=profiles())
def test_text_keeps_to_its_width_and_has_no_control_characters(profile: dict[str, Any]) -> None:
    text = format_person(matched(profile))
    assert all(len(line) <= WIDTH and not has_controls(line) for line in text.split("\n"))


def test_text_tells_what_was_matched_how_and_what_was_not() -> None:
    profile = {
        "basics": {"name": "Ada", "label": "Programmer"},
        "skills": [{"name": "Neural netwoks", "level": "Expert", "keywords": ["Kettles\x1b[2J"]}],
    }
    assert format_person(matched(profile)).split("\n") == [
        "Ada",
        "",
        "Positions",
        '  - Software engineer (background): "Programmer" in basics.label (alias)',
        "",
        "Skills, credentials, fields of study and courses",
        '  - Neural networks (skill, level 1): "Neural netwoks" in skills[0].name (fuzzy,',
        "    0.92)",
        "",
        "Not matched",
        '  - "Kettles [2J" in skills[0].keywords[0]: the graph has no skill of this name',
        "",
        "Not read: prose, names of employers and classes, awards, interests, references.",
    ]


def test_text_of_names_given_by_hand_says_nothing_about_a_cv() -> None:
    text = format_person(make_person(bundled(), skills=["git"]))
    assert format_person(matched({"basics": {"label": "Programmer"}})).split("\n")[-1].startswith("Not read: ")
    assert text.split("\n")[-1] == '  - git (skill, level 0.5): "git" in --skill (label)'


def test_text_of_nobody_says_so_and_an_endless_text_is_cut() -> None:
    assert format_person(Person("You", (), (), ())) == "You\n\nNothing was matched."
    item = UnknownPhrase("x" * 5000, "skills[0].name", "it is too long to be a name")
    assert len(format_person(Person("You", (), (), (item,)))) < 500


def test_fuzzy_scores_are_the_likeness_of_the_least_alike_words(
    ratio: Callable[[str, str], float],
) -> None:
    (match,) = matched({"skills": [{"name": "Linear algbra"}]}).assets
    assert match.score == round(ratio("algbra", "algebra"), 4)


@pytest.fixture
def ratio() -> Callable[[str, str], float]:
    """The Indel ratio, written down anew: twice the longest common subsequence over both lengths."""

    def common(one: str, other: str) -> int:
        if not one or not other:
            return 0
        if one[0] == other[0]:
            return 1 + common(one[1:], other[1:])
        return max(common(one[1:], other), common(one, other[1:]))

    return lambda one, other: 2 * common(one, other) / (len(one) + len(other))
