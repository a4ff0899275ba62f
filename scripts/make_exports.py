"""Fill exports/ from the curated graph.

python scripts/make_exports.py
"""

from __future__ import annotations

from pathlib import Path

from careergraph.exporting import export
from careergraph.locations import dataset_files

EXPORTS = Path(__file__).parents[1] / "exports"
FILES = {"careergraph.ttl": "turtle", "careergraph.jsonld": "json-ld"}


def main() -> None:
    """Write every export."""
    for name, format_ in FILES.items():
        (EXPORTS / name).write_bytes(export(dataset_files(), format_))
        print(f"wrote {name}")


if __name__ == "__main__":
    main()
