"""The wheel's build hook: the bundled data goes into the wheel as it is and, beside it, compiled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class CompiledData(BuildHookInterface[Any]):
    """Compiles the bundled data: see `careergraph.store.compiled`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and have the result put beside the data; an editable installation compiles on first use."""
        if version == "editable":
            return
        sys.path.insert(0, str(ROOT / "src"))
        from careergraph.store.compiled import NAME, compile_statements, hash_files
        from careergraph.store.locations import list_dataset_files
        from careergraph.store.statements import read_statements

        place = ROOT / "build" / NAME
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(compile_statements(read_statements(list_dataset_files()), hash_files()))
        build_data["force_include"][str(place)] = f"careergraph/data/{NAME}"
