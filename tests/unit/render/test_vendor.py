"""What of others lies among our static files: it is what was bundled, and its licence lies beside it."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

from careergraph.render.assets import STATIC, read_static

VENDOR = STATIC / "vendor"
PINNED = Path(__file__).parents[3] / "scripts" / "editor"


def test_the_editor_is_what_was_bundled() -> None:
    told = json.loads((VENDOR / "codemirror.json").read_text(encoding="utf-8"))
    assert sha256((VENDOR / "codemirror.js").read_bytes()).hexdigest() == told["sha256"]


def test_each_package_in_the_editor_is_pinned_and_under_the_licence_beside_it() -> None:
    told = json.loads((VENDOR / "codemirror.json").read_text(encoding="utf-8"))["packages"]
    locked = json.loads((PINNED / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {item["licence"] for item in told} == {"MIT"}
    assert (VENDOR / "codemirror.LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    for item in told:
        entry = locked[f"node_modules/{item['name']}"]
        assert (entry["version"], entry["integrity"][:7]) == (item["version"], "sha512-")


def test_the_editor_has_all_that_our_script_takes_from_it() -> None:
    (taken,) = re.findall(r'import \{([^}]*)\} from "./vendor/codemirror.js"', read_static("sparql-editor.js"))
    names = {name.strip() for name in taken.split(",") if name.strip()}
    exported = re.findall(
        r"(?:as )?([A-Za-z]\w*)(?=[,}])", read_static("vendor/codemirror.js").rpartition("export{")[2]
    )
    assert names <= set(exported)


def test_the_editor_asks_nobody_for_anything() -> None:
    assert not re.search(r"https?://(?!www\.w3\.org/)", read_static("vendor/codemirror.js"))
