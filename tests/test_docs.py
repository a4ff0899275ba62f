"""What the documents show is what happens."""

from __future__ import annotations

import re
import subprocess

import pytest

from make_golden import DOCUMENTS, ROOT, printed


def blocks(language: str) -> list[tuple[str, str]]:
    """All fenced blocks of a language, with where they stand."""
    found = []
    for path in DOCUMENTS:
        for number, text in enumerate(re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(), re.M | re.S)):
            found.append((f"{path.relative_to(ROOT)}-{number}", text))
    return found


@pytest.mark.parametrize("block", [text for _, text in blocks("console")], ids=[name for name, _ in blocks("console")])
def test_a_console_block_shows_what_the_command_prints(block: str) -> None:
    command, _, expected = block.partition("\n")
    assert expected
    assert printed(command) == expected, "if this is meant: python scripts/make_golden.py"


def test_the_picture_of_routes_is_the_one_that_the_command_prints() -> None:
    (picture,) = (text for name, text in blocks("mermaid") if name.startswith("README"))
    command = '$ careergraph path "software engineer" "AI product manager" -k 2 --format mermaid'
    assert printed(command) == f"```mermaid\n{picture}```\n"


@pytest.mark.parametrize("block", [text for _, text in blocks("python")], ids=[name for name, _ in blocks("python")])
def test_a_python_block_runs(block: str) -> None:
    exec(compile(block, "block", "exec"), {})


def test_the_readme_opens_with_two_commands_of_one_line_each() -> None:
    first, second = (text for name, text in blocks("sh") if name.startswith("README"))
    assert all(text.count("\n") == 1 for text in (first, second))
    assert first.rstrip().endswith('path "software engineer" "machine learning engineer"')
    assert second.rstrip().endswith("-m pytest -n 2 --dist loadfile")


def test_links_between_files_lead_somewhere() -> None:
    for path in [*DOCUMENTS, ROOT / "graph" / "README.md", ROOT / "exports" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_project_names_no_path_of_a_machine_and_no_registry() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    telling = re.compile("/" + "work/|/" + "root/|/" + "home/|pypi" + r"\.org|files\.python" + "hosted")
    for name in listed.stdout.splitlines():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace") if (ROOT / name).is_file() else ""
        assert telling.search(text) is None, name
