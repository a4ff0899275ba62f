"""A release of a layout that cannot be read is told as such, with the releases that can."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from careergraph.importing.onet.release import _RENAMED, read
from careergraph.model.errors import UnusableSource
from onet_release import RELEASE


@pytest.mark.parametrize("name", _RENAMED)
def test_the_layout_since_30_3_is_told(name: str, tmp_path: Path) -> None:
    release = tmp_path / "db_30_3_text"
    shutil.copytree(RELEASE, release)
    (release / f"{name}.txt").rename(release / f"{_RENAMED[name]}.txt")
    with pytest.raises(UnusableSource, match=r"since 30\.3; releases up to 30\.2 can be read"):
        read(str(release))
