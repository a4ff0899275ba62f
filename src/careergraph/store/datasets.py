"""Imported data sets on disk: where they are, which snapshot of each is live, and what its manifest says.

    DATASET/CURRENT              the name of the live snapshot; only ever replaced as a whole
    DATASET/snapshots/NAME/      never changed once CURRENT names it: dataset.json, store/, index.sqlite, network/

`careergraph.importing` writes all of that; everything else only reads.
"""

# On the start path: nothing is imported here that is not loaded anyway.
from __future__ import annotations

import os
import sys
from typing import Any

from careergraph.model.errors import NoDataFolder, OutdatedDataset, RelativeDataFolder, UnreadableFile, UnusableDataset
from careergraph.model.records import Record

#: The layout of a snapshot that this version writes and reads. A snapshot's name begins with it.
FORMAT = 2
CURRENT = "CURRENT"
MANIFEST = "dataset.json"
#: The key in the manifest for the checksum of the rest of it.
_SEAL = "crc32"


class Manifest(Record):
    """The manifest of a snapshot.

    `imported` is the moment of the import, in UTC, as ISO 8601; `careergraph` the version that made it; `bundled` the
    `hash_bundled` of the data that its store was made with; `statements` the number of distinct triples, and
    `nodes` kind → number of nodes, both without the bundled ones; `files` the source's files → rows of data in each;
    `origin` the `hash_origin` the download, empty if an older version made the import.
    """

    format: int
    name: str
    title: str
    release: str
    source: str | None
    licence: str | None
    attribution: str
    imported: str
    careergraph: str
    bundled: str
    graphs: tuple[str, ...]
    statements: int
    nodes: dict[str, int]
    files: dict[str, int]
    origin: str


def hash_origin(path: str) -> str:
    """A text that tells downloads at different places apart, without saying where they are.

    A folder and the zip archive of the same name beside it are one: people unpack what they have, or pack it.

    >>> hash_origin("council") == hash_origin("./council.ZIP"), hash_origin("council") == hash_origin("other/council")
    (True, False)
    """
    import hashlib

    place = os.path.realpath(path)
    stem, suffix = os.path.splitext(place)
    return hashlib.sha256(os.fsencode(stem if suffix.lower() == ".zip" else place)).hexdigest()[:16]


def data_folder() -> str:
    """The user's data folder: the environment variable `CAREERGRAPH_DATA`, or the platform's folder for such data.

    A tilde at its beginning means the home folder, as in a shell.

    Raises:
        NoDataFolder: the user has no home.
        RelativeDataFolder: `CAREERGRAPH_DATA` is a relative path, which would be another folder in each directory.
    """
    chosen = os.path.expanduser(os.environ.get("CAREERGRAPH_DATA", ""))
    if chosen.startswith("~"):
        raise NoDataFolder
    if chosen and not os.path.isabs(chosen):
        raise RelativeDataFolder(chosen)
    if chosen:
        return chosen
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        return platformdirs.user_data_dir("careergraph", appauthor=False)
    # As platformdirs does it, which would take as long to import as Python takes to start.
    base = os.path.expanduser(os.environ.get("XDG_DATA_HOME", "").strip())
    if not os.path.isabs(base):  # relative paths have to be ignored, says the XDG Base Directory Specification
        base = os.path.expanduser("~/.local/share")
    folder = os.path.join(base, "careergraph")
    if folder.startswith("~"):  # a user without a home must not get a folder called ~ in the working directory
        raise NoDataFolder
    return folder


def list_imported() -> tuple[str, ...]:
    """The names of the data sets in the user's data folder, sorted."""
    try:
        names = os.listdir(os.path.join(data_folder(), "datasets"))
    except (OSError, NoDataFolder):
        return ()
    return tuple(sorted(name for name in names if is_imported(dataset_folder(name))))


def dataset_folder(name: str) -> str:
    """The folder of the imported data set of a name, whether it is there or not.

    Raises:
        NoDataFolder: the user has no home.
    """
    return os.path.join(data_folder(), "datasets", name)


def is_imported(path: str) -> bool:
    """Whether a path is the folder of an imported data set.

    >>> is_imported("no such folder")
    False
    """
    return "\0" not in path and os.path.isfile(os.path.join(path, CURRENT))


def find_snapshot(path: str) -> str:
    """The folder of a data set's live snapshot, as of now.

    An import may replace the snapshot at any moment and then deletes it. So open all the files you need of it at once,
    and start again with this function if one of them is gone.

    Raises:
        OutdatedDataset: another version of this package made it.
        UnreadableFile: the data set cannot be read.
        UnusableDataset: its folder is damaged.
    """
    try:
        with open(os.path.join(path, CURRENT), encoding="utf-8") as file:
            name = file.read(200).strip()
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    except UnicodeDecodeError:
        name = ""
    layout, _, rest = name.partition("-")
    if not rest or os.path.basename(name) != name:
        raise UnusableDataset(path, "its file CURRENT names no snapshot; import it again")
    folder = os.path.join(path, "snapshots", name)
    if layout != f"v{FORMAT}" and os.path.isdir(folder):
        raise OutdatedDataset(path)
    return folder


def read_manifest(path: str) -> Manifest:
    """The manifest of an imported data set.

    Raises:
        OutdatedDataset: another version of this package made it.
        UnreadableFile: the data set cannot be read.
        UnusableDataset: its folder is damaged.
    """
    import json

    try:
        said = _unseal(json.loads(_read(path)))
        found = Manifest(**{"origin": "", **said, "graphs": tuple(said["graphs"])})
        if not _is_sound(found):
            raise ValueError
        return found
    except (KeyError, TypeError, ValueError, RecursionError):
        raise UnusableDataset(path, f"its file {MANIFEST} is damaged; import it again") from None


def seal(said: dict[str, Any]) -> str:
    """A manifest as JSON, with a checksum of the rest at its end.

    >>> print(seal({"name": "onet"}))
    {
      "name": "onet",
      "crc32": "a6252fa6"
    }
    """
    return _json({**said, _SEAL: _sum(said)})


def _unseal(said: dict[str, Any]) -> dict[str, Any]:
    # Older versions wrote no checksum.
    if not isinstance(said, dict) or said.pop(_SEAL, None) not in (None, _sum(said)):
        raise ValueError
    return said


def _sum(said: dict[str, Any]) -> str:
    from zlib import crc32

    return f"{crc32(_json(said).encode()):08x}"


def _json(said: dict[str, Any]) -> str:
    import json

    return json.dumps(said, indent=2, ensure_ascii=False)


def _is_sound(found: Manifest) -> bool:
    # Whether every value has its type; all fields but the counts are texts.
    said = dict(found.__dict__)
    numbers = [said.pop("format"), said.pop("statements")]
    for counts in (said.pop("nodes"), said.pop("files")):
        if not isinstance(counts, dict):
            return False
        numbers += counts.values()
    # A user's own data need not say where they come from or what the licence is.
    texts = (*said.pop("graphs"), *(said.pop(name) or "" for name in ("source", "licence")), *said.values())
    return all(isinstance(number, int) for number in numbers) and all(isinstance(text, str) for text in texts)


def _read(path: str) -> bytes:
    try:
        return _bytes(os.path.join(find_snapshot(path), MANIFEST))
    except FileNotFoundError:  # replaced between the two steps
        pass
    try:
        return _bytes(os.path.join(find_snapshot(path), MANIFEST))
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
