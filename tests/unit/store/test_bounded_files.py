"""What somebody names as a file is read no further than such a file goes."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from careergraph.importing.archives import open_download
from careergraph.model.errors import UnreadableFile, UnusableSource
from careergraph.store.bounded_files import check_regular, read_bounded, read_stream
from careergraph.store.rdf_files import read_file

ENDLESS = "/dev/zero"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def test_a_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 10)
    assert read_bounded(str(path), 10) == b"x" * 10
    with pytest.raises(UnreadableFile, match="larger than 9 bytes"):
        read_bounded(str(path), 9)


def test_a_device_without_end_is_left_at_the_bound() -> None:
    with pytest.raises(UnreadableFile, match="larger than 1,000 bytes"):
        read_bounded(ENDLESS, 1000)


def test_what_is_left_of_a_stream_is_bounded_as_well() -> None:
    assert read_stream(io.BytesIO(b"ab"), "standard input", 2) == b"ab"
    with pytest.raises(UnreadableFile, match="standard input"):
        read_stream(io.BytesIO(b"abc"), "standard input", 2)


@pytest.mark.parametrize("path", ["", "\0", "no such file", "."])
def test_what_cannot_be_read_is_told(path: str) -> None:
    with pytest.raises(UnreadableFile):
        read_bounded(path, 10)


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "ttl.gz"])
def test_devices_and_pipes_are_no_rdf_files(suffix: str, tmp_path: Path) -> None:
    """A data set is read more than once: by those that look things up, and by those that answer queries."""
    link, pipe = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    link.symlink_to(ENDLESS)
    os.mkfifo(pipe)
    for path in (link, pipe):
        with pytest.raises(UnreadableFile, match="not a regular file"):
            list(read_file(str(path)))


def test_nor_are_they_archives(tmp_path: Path) -> None:
    link = tmp_path / "a.zip"
    link.symlink_to(ENDLESS)
    with pytest.raises(UnusableSource, match="not a regular file"), open_download(str(link)):
        pass


def test_files_and_folders_pass(tmp_path: Path) -> None:
    check_regular(str(tmp_path))
    check_regular(__file__)
