"""Files of O*NET that may be missing are told when they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import careergraph
from onet_release import RELEASE

#: What a file is called up to 30.2 → since 30.3, and the names of columns that are other ones.
RENAMED = {
    "Alternate Titles": ("Job Titles", {"Alternate Title": "Job Title"}),
    "Education, Training, and Experience": ("Education", {}),
    "Education, Training, and Experience Categories": ("Education Categories", {}),
    "Interests": ("Career Interest Types", {}),
    "DWA Reference": ("GWAs to IWAs to DWAs", {}),
    "Technology Skills": (
        "Software Skills",
        {"Example": "Workplace Example", "Commodity Code": "Element ID", "Commodity Title": "Element Name"},
    ),
}


@pytest.fixture
def since_30_3(tmp_path: Path) -> Path:
    """The small release in the layout of 30.3."""
    folder = tmp_path / "db_30_3_text"
    shutil.copytree(RELEASE, folder)
    for old, (new, columns) in RENAMED.items():
        head, _, rest = (folder / f"{old}.txt").read_bytes().decode().partition("\n")
        fields = [columns.get(name, name) for name in head.removesuffix("\r").split("\t")]
        (folder / f"{old}.txt").unlink()
        (folder / f"{new}.txt").write_bytes("\n".join(["\t".join(fields), rest]).encode())
    head, *lines = (folder / "Skills.txt").read_bytes().decode().splitlines()
    for name, branch in (("Essential Skills", "\t2.A."), ("Transferable Skills", "\t2.B.")):
        text = "\n".join([head, *(line for line in lines if branch in line)])
        (folder / f"{name}.txt").write_bytes(text.encode())
    for name in ("Skills", "UNSPSC Reference", "Work Values"):
        (folder / f"{name}.txt").unlink()
    return folder


def test_optional_files_are_told_when_they_are_missing(since_30_3: Path, tmp_path: Path) -> None:
    (since_30_3 / "Work Styles.txt").unlink()
    done = careergraph("import", "onet", str(since_30_3), "-o", str(tmp_path / "data"))
    assert "This release has no Work Styles.txt: what these would say is left out." in done.stderr
