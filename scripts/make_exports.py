"""Fill exports/ from the curated graph, as `careergraph export all` does. Two of the files are checked in.

python scripts/make_exports.py
"""

from __future__ import annotations

from pathlib import Path

from careergraph.export import export_all
from careergraph.store.atomic_write import write_folder
from careergraph.store.locations import list_dataset_files

FOLDER = Path(__file__).parents[1] / "exports"
#: What the repository carries: the page to look at, and the statements. The rest goes with each release.
CHECKED_IN = ("careergraph.html", "careergraph.ttl")


def main() -> None:
    """Write every export, and say how large each is."""
    found = export_all(list_dataset_files())
    if found.missing:
        raise SystemExit("\n".join(found.missing.values()))
    write_folder(FOLDER, found.files)
    for name, content in sorted(found.files.items()):
        print(f"{len(content):>9,}  {name}")


if __name__ == "__main__":
    main()
