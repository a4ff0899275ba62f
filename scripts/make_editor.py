"""Bundle the editor of the page for queries anew: CodeMirror, as `scripts/editor/package-lock.json` pins it.

Writes render/assets/static/vendor/codemirror.js, with its licence, and with a list of the packages in it and its hash.
Node.js and npm are needed here; nobody who installs or runs careergraph needs them.

    python scripts/make_editor.py
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from careergraph.render.assets import STATIC

SOURCE = Path(__file__).parent / "editor"
VENDOR = STATIC / "vendor"
_BUNDLE = ("npx", "esbuild", "codemirror.js", "--bundle", "--minify", "--format=esm", "--legal-comments=none")


def main() -> None:
    """Install the packages aside, bundle them, and write what was made."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copytree(SOURCE, work, dirs_exist_ok=True)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=work, check=True)
        subprocess.run([*_BUNDLE, "--outfile=made.js", "--metafile=made.json"], cwd=work, check=True)
        content = (work / "made.js").read_bytes()
        inputs = json.loads((work / "made.json").read_text(encoding="utf-8"))["inputs"]
        packages = sorted({_package(name) for name in inputs if name.startswith("node_modules/")})
        about = {"sha256": sha256(content).hexdigest(), "packages": [_about(work, name) for name in packages]}
        licence = (work / "node_modules" / "@codemirror" / "state" / "LICENSE").read_bytes()
    VENDOR.mkdir(exist_ok=True)
    (VENDOR / "codemirror.js").write_bytes(content)
    (VENDOR / "codemirror.LICENSE").write_bytes(licence)
    (VENDOR / "codemirror.json").write_text(f"{json.dumps(about, indent=2)}\n", encoding="utf-8")


def _package(file: str) -> str:
    """The package of a file, such as `@codemirror/view`."""
    first, second, *_ = file.removeprefix("node_modules/").split("/")
    return f"{first}/{second}" if first.startswith("@") else first


def _about(work: Path, name: str) -> dict[str, Any]:
    told = json.loads((work / "node_modules" / name / "package.json").read_text(encoding="utf-8"))
    return {"name": name, "version": told["version"], "licence": told["license"]}


if __name__ == "__main__":
    main()
