"""What an import of ESCO stores: occupations, skills and what relates them, in every language, by ESCO's own IRIs."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from careergraph.importing import open_source
from careergraph.importing.esco.files import mend
from careergraph.model.errors import NothingAsked, UnusableSource
from command_line import careergraph, complaint
from esco_release import DUTCH, ENGLISH, ESCO, FIXTURES, RELATIONS, alter, downloads, nodes

ICT = f"{ESCO}occupation/bd272aee-adc9-4a06-a15c-a73b4b4a46a7"


### What is stored


def test_zips_folders_and_single_files_say_the_same(tmp_path: Path) -> None:
    for name in (ENGLISH, RELATIONS):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            for file in sorted((FIXTURES / name).iterdir()):
                archive.write(file, file.name)
    archives = [str(tmp_path / f"{name}.zip") for name in (ENGLISH, RELATIONS)]
    single = str(FIXTURES / DUTCH / "occupations_nl.csv")
    assert nodes(*archives, single) == nodes(*downloads())


def test_a_backslash_at_the_end_of_a_line_is_left_out() -> None:
    assert mend("in cooperation with others.\\\nNext") == "in cooperation with others.\nNext"


def test_signs_that_were_encoded_twice_are_mended() -> None:
    assert mend("nurse\u00e2\u0080\u0099s notes\u009d, caf\u00e9") == "nurse’s notes, café"


### What is asked


def test_a_language_is_named_by_two_letters() -> None:
    assert "two letters" in complaint(careergraph("show", "PyTorch", "--lang", "Dutch"), 2)


@pytest.mark.parametrize("code", ["NL", "nl-BE", "nl_NL"])
def test_a_language_may_be_written_with_its_region(code: str) -> None:
    assert careergraph("show", "nurse", "--lang", code).stdout.startswith("verpleegkundige (")


### What cannot be read


FAULTS: dict[str, tuple[str, str, Callable[[str], str], str]] = {
    "no address": (ENGLISH, "occupations_en.csv", lambda t: t.replace(ICT, "urn:ict"), "not an address of a concept"),
    "no label": (ENGLISH, "skills_en.csv", lambda t: t.replace(",business ICT systems,", ",,"), "no preferred label"),
    "column missing": (ENGLISH, "skills_en.csv", lambda t: t.replace("preferredLabel", "label", 1), "no column"),
    "skill unknown": (
        RELATIONS,
        "occupationSkillRelations.csv",
        lambda t: f"{t}{ICT},essential,knowledge,{ESCO}skill/none\n",
        "there is no skill",
    ),
    "relation unknown": (
        RELATIONS,
        "occupationSkillRelations.csv",
        lambda t: t.replace(",optional,", ",perhaps,", 1),
        "is neither essential nor optional",
    ),
    "relation twice": (
        RELATIONS,
        "occupationSkillRelations.csv",
        lambda t: t + t.splitlines()[1] + "\n",
        "a second time",
    ),
    "row cut off": (RELATIONS, "skillSkillRelations.csv", lambda t: t[: t.rindex(",")], "cells where 5 belong"),
    "level unknown": (ENGLISH, "skills_en.csv", lambda t: t.replace("cross-sector", "galactic", 1), "no reuse level"),
    "quote left open": (ENGLISH, "skills_en.csv", lambda t: t + '"', "it is not valid CSV"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_and_line(fault: str, tmp_path: Path) -> None:
    download, name, change, said = FAULTS[fault]
    copy = alter(tmp_path, download, name, change)
    with pytest.raises(UnusableSource, match=said) as raised:
        nodes(*downloads(copy))
    assert raised.value.path.endswith(name)
    assert raised.value.line
    assert str(raised.value).endswith("Nothing was stored.")


def test_a_folder_of_archives_is_refused_rather_than_read_in_part(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / ENGLISH, tmp_path / ENGLISH)
    with zipfile.ZipFile(tmp_path / ENGLISH / "other.zip", "w"):
        pass
    with pytest.raises(UnusableSource, match=r"archives in it, such as 'other\.zip'; name each of them instead"):
        nodes(str(tmp_path / ENGLISH))


def test_several_downloads_are_for_sources_that_have_several() -> None:
    with pytest.raises(NothingAsked, match=r"onet is imported from one PATH"):
        open_source("onet", "a", more=("b",))
