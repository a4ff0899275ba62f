"""The files of a download, from a folder or a zip archive, without trusting either.

Nothing is unpacked to disk: a member of an archive is read into memory, within limits that are checked before.
"""

from __future__ import annotations

import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath

from careergraph.model.errors import UnusableSource
from careergraph.model.escaping import to_safe_line
from careergraph.store.bounded_files import MOST_SHRUNK, bound_unpacked, check_regular

#: The largest size of a file, and of all files together, in bytes: twenty times that of a release of O*NET.
MOST_BYTES = 200_000_000
MOST_BYTES_IN_ALL = 1_000_000_000
MOST_FILES = 1_000

#: What systems add to folders beside hidden files, in small letters.
_ADDED = ("__macosx", "thumbs.db", "desktop.ini", "icon\r")
#: The errors of reading a file, in a folder or in an archive.
_UNREADABLE = (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)


class Download:
    """The files of a download by their plain names, in any case; folders inside it do not matter.

    Files that systems add to folders are ignored: names that begin with a full stop, `__MACOSX`, `Thumbs.db`,
    `desktop.ini`, and the lock files of Office.

    Args:
        path: what the user named.
        places: path inside the download → how to read that file.
        deeper: folders within folders of it, which are not looked into.
    """

    def __init__(self, path: str, places: Mapping[str, Callable[[], bytes]], deeper: tuple[str, ...] = ()) -> None:
        self.path, self.deeper = path, deeper
        self._places = places

    @property
    def names(self) -> tuple[str, ...]:
        """The plain names of all files, in order."""
        return tuple(PurePosixPath(place).name for place in self._places)

    def place(self, name: str) -> str | None:
        """Where the file of a name is, inside the download; None if there is none.

        Raises:
            UnusableSource: there are several.
        """
        found = [place for place in self._places if PurePosixPath(place).name.lower() == name.lower()]
        if len(found) > 1:
            raise UnusableSource(self.path, f"it has {len(found)} files called {name!r}: {found[0]} and {found[1]}")
        return found[0] if found else None

    def report_missing(self, name: str, why: str = "") -> UnusableSource:
        """The error that says that there is no file of a name, what it is for, and which archive may have it."""
        packed = [place for place in self.names if place.lower().endswith(".zip")]
        hint = f"; import {to_safe_line(packed[0])!r} in it instead" if packed else ""
        return UnusableSource(self.path, f"it has no file called {name!r}{why}{hint}")

    def read(self, name: str) -> bytes:
        """The content of the file of a name.

        Raises:
            UnusableSource: there is no such file, or several, or it cannot be read, or is too large.
        """
        place = self.place(name)
        if place is None:
            raise self.report_missing(name)
        try:
            return self._places[place]()
        except _UNREADABLE as error:
            raise UnusableSource(place, _reason(error)) from error


@contextmanager
def open_download(path: str) -> Iterator[Download]:
    """Open a download: a folder or a zip archive.

    Raises:
        UnusableSource: there is neither at the path, or it is malicious or broken.
    """
    if os.path.isdir(path):  # noqa: PTH112 (a null byte is no folder; pathlib breaks off at it)
        yield _folder(Path(path))
        return
    try:
        check_regular(path)
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise UnusableSource(path, "there is no such file or folder") from None
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        reason = f"it is neither a folder nor a whole zip archive that can be read: {_reason(error)}"
        raise UnusableSource(path, reason) from None
    with archive:
        yield _archive(path, archive)


def open_file(path: str) -> Download:
    """Open a download that is a single file.

    Raises:
        UnusableSource: there is no such file, or it is a folder.

    >>> open_file(__file__).names
    ('archives.py',)
    """
    file = Path(path)
    if "\0" in path or not file.is_file():
        is_folder = "\0" not in path and file.is_dir()
        raise UnusableSource(path, "it is a folder; name the file in it" if is_folder else "there is no such file")
    return Download(path, {file.name: partial(_content, file.parent, file)})


@contextmanager
def open_any(path: str) -> Iterator[Download]:
    """Open a download: a folder, a zip archive, or a single file of any other kind.

    Raises:
        UnusableSource: there is none of these at the path, or it is malicious or broken.
    """
    if "\0" not in path and Path(path).is_file() and not zipfile.is_zipfile(path):
        yield open_file(path)
        return
    with open_download(path) as download:
        yield download


def _is_added(place: str) -> bool:
    parts = PurePosixPath(place).parts
    return any(part.startswith((".", "~$")) or part.lower() in _ADDED for part in parts)


### Folders


def _folder(top: Path) -> Download:
    places: dict[str, Callable[[], bytes]] = {}
    deeper: list[str] = []
    for folder in (top, *sorted(child for child in top.iterdir() if child.is_dir() and not child.is_symlink())):
        for file in sorted(folder.iterdir()):
            place = file.relative_to(top).as_posix()
            if _is_added(place):
                continue
            if not file.is_dir():
                places[f"{top.name}/{place}"] = partial(_content, top, file)
            elif folder != top:
                deeper.append(f"{top.name}/{place}/")
    return Download(str(top), places, tuple(deeper))


def _content(top: Path, file: Path) -> bytes:
    if not file.resolve().is_relative_to(top.resolve()):
        raise UnusableSource(str(file), "it is a link that leaves the folder")
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnusableSource(str(file), "it is not a regular file")
    if status.st_size > MOST_BYTES:
        raise UnusableSource(str(file), f"it is larger than {MOST_BYTES:,} bytes")
    return file.read_bytes()


### Archives


def _archive(path: str, archive: zipfile.ZipFile) -> Download:
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise UnusableSource(path, f"it has more than {MOST_FILES:,} files")
    if sum(member.file_size for member in members) > MOST_BYTES_IN_ALL:
        raise UnusableSource(path, f"its files have more than {MOST_BYTES_IN_ALL:,} bytes in all when unpacked")
    places: dict[str, Callable[[], bytes]] = {}
    for member in members:
        if _is_added(member.filename) and not _leaves(member):
            continue
        fault = next((fault for fault, is_so in _FAULTS if is_so(member)), None)
        if fault or member.filename in places:
            raise UnusableSource(f"{path}/{member.filename}", fault or "it is in the archive twice")
        if not member.is_dir():
            places[member.filename] = partial(archive.read, member)
    return Download(path, places)


def _leaves(member: zipfile.ZipInfo) -> bool:
    # The name as it is in the archive: zipfile itself changes separators and cuts a name at a null byte.
    name = member.orig_filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name


def _is_special(member: zipfile.ZipInfo) -> bool:
    mode = stat.S_IFMT(member.external_attr >> 16)
    return mode not in (0, stat.S_IFREG, stat.S_IFDIR)


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > bound_unpacked(member.compress_size)


#: What can be wrong with a member → how to find out.
_FAULTS: tuple[tuple[str, Callable[[zipfile.ZipInfo], bool]], ...] = (
    ("its path leaves the folder that the archive is unpacked to", _leaves),
    ("it is a link or a device, not a file", _is_special),
    ("it is encrypted; unpack the archive with its password and import the folder", lambda m: bool(m.flag_bits & 1)),
    (f"it is larger than {MOST_BYTES:,} bytes when unpacked", lambda m: m.file_size > MOST_BYTES),
    (f"it grows more than {MOST_SHRUNK}-fold when unpacked, as zip bombs do", _is_bomb),
)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).rstrip(".")
