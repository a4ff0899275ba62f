"""A CV in JSON as people write it is read, and each oddity is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from careergraph.cli import cli
from careergraph.model.errors import UnreadableFile
from careergraph.transitions.people.cv.lenient_json import OddFile, load_leniently
from careergraph.transitions.people.cv.resume import read_profile


def written(folder: Path, text: str) -> str:
    path = folder / "resume.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('{"a": 1 // mine\n}', {"a": 1}),
        ('{/* one\ntwo */ "a": "x, ] // y",}', {"a": "x, ] // y"}),
        ('{"a": 1, // the last\n}', {"a": 1}),
        ('{"a": "\\"//,]",}', {"a": '"//,]'}),
    ],
)
def test_comments_and_commas_too_many_are_read_over_and_told(text: str, content: object) -> None:
    with pytest.warns(OddFile, match="it is read over"):
        assert load_leniently(text, dict) == content


@pytest.mark.parametrize("text", ['{"a": 1,, }', "{'a': 1}", '{"a": 1', '{"a" 1}', "// only", "/* " * 100_000])
def test_what_is_no_json_for_another_reason_is_told_where_it_stops_to_be(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as strict:
        json.loads(text)
    with pytest.raises(json.JSONDecodeError) as told:
        load_leniently(text, dict)
    assert str(told.value) == str(strict.value)


@pytest.mark.parametrize(
    ("entry", "oddity"),
    [
        (
            '"education": [{"studyType": "BSc", "startDate": 2009, "endDate": 2012}]',
            "education[0].startDate is a number",
        ),
        ('"work": [{"position": "Nurse", "endDate": "Present"}]', "work[0].endDate is 'Present', which is not a date"),
        ('"work": [{"position": "Nurse", "startDate": "2022 - now"}]', "work[0].startDate is '2022 - now'"),
        ('"skills": [{"name": "Data", "level": 4.5}]', "skills[0].level is a number"),
        ('"skills": [{"name": "Data", "keywords": "SQL, R"}]', "skills[0].keywords is a text, not a list"),
    ],
)
def test_numbers_and_words_in_the_wrong_place_are_read_and_told(tmp_path: Path, entry: str, oddity: str) -> None:
    with pytest.warns(OddFile) as told:
        read_profile(written(tmp_path, f"{{{entry}}}"))
    assert any(oddity in str(each.message) for each in told)


def test_an_entry_that_is_null_is_none_and_a_word_that_is_null_as_well(tmp_path: Path) -> None:
    found = read_profile(written(tmp_path, '{"skills": [null, {"name": "Data", "keywords": ["SQL", null]}]}'))
    assert found == {"skills": [{"name": "Data", "keywords": ["SQL"]}]}


def test_a_score_may_be_a_number_without_a_word(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    read_profile(written(tmp_path, '{"education": [{"area": "Physics", "score": 3.9, "endDate": null}]}'))
    assert not recwarn


def test_the_command_tells_each_oddity_on_one_line_and_reads_on(tmp_path: Path) -> None:
    path = written(tmp_path, '{"basics": {"name": "Ada",},\n "skills": [{"name": "Python", "level": 3}]}')
    told = CliRunner().invoke(cli, ["profile", path, "--dataset", "bundled"])
    assert told.exit_code == 0
    assert "Python (skill" in told.stdout
    assert told.stderr.splitlines() == [
        f"{path}: line 1: a comma with nothing behind it; it is read over.",
        f"{path}: skills[0].level is a number, not a text; it is read as '3'.",
    ]


def test_what_is_no_cv_at_all_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="it is not JSON"):
        read_profile(written(tmp_path, "name: Ada"))
