"""Completion in real shells: what is typed, and a Tab, and Return; and how it is set up for a user."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pexpect
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.cli.completion.shells import MARK, SHELLS, install, remove
from careergraph.model.errors import UnwritableFile
from command_line import CAREERGRAPH, careergraph, complaint
from peers import installed_program
from shells import Shell, environment
from shells import completing as completing
from shells import install as set_up

AWKWARD = str(Path(__file__).parents[2] / "fixtures" / "completion" / "awkward.ttl")
#: Beginning → the node that it is to become the name of.
BEGINNINGS = {
    "zqa": "space",
    "zqb": "apostrophe",
    "zqc": "quotes",
    "zqd": "colon",
    "zqe": "equals",
    "zqf": "unicode",
    "zqg": "dollar",
    "zqh": "backslash",
    "zqi": "exclamation",
    "zqj": "brackets",
    "zqk": "stars",
    "zql": "comma",
    "zqm": "ends",
    "zqn": "plural",
}


@pytest.mark.parametrize("quote", ["", '"', "'"], ids=["bare", "double", "single"])
def test_a_completed_name_arrives_as_the_name_of_its_node(completing: Shell, quote: str) -> None:
    catalogue = Catalogue.load(AWKWARD)
    for beginning, node in BEGINNINGS.items():
        called = completing.called(f"careergraph show --dataset {AWKWARD} {quote}{beginning}\t")
        assert called[:-1] == ["show", "--dataset", AWKWARD], called
        assert find_node(catalogue, called[-1]) == f"https://example.org/{node}", called


@pytest.mark.parametrize(
    ("keys", "called"),
    [
        ("sho\t pyto\t", ["show", "PyTorch"]),
        ("path consultant ai\\ product\\ m\t", ["path", "consultant", "AI product manager"]),
        ("path consultant --via=data\\ scientis\t x", ["path", "consultant", "--via=Data scientist", "x"]),
        ("path x --forma\t mer\t", ["path", "x", "--format", "mermaid"]),
        ("show --dataset bun\t METR", ["show", "--dataset", "bundled", "METR"]),
        ("sparql pay-of-r\t --param ro\tmlops\\ ro\t", ["sparql", "pay-of-role", "--param", "role=MLOps role"]),
        ("export csv --kinds role,orga\t", ["export", "csv", "--kinds", "role,organisation"]),
        ("validate some\t", ["validate", "some file.ttl"]),
        ("profile --dataset=some\t x", ["profile", "--dataset=some file.ttl", "x"]),
        ("show no-such-na\t", ["show", "no-such-na"]),
    ],
)
def test_commands_options_choices_names_and_files_are_completed(
    completing: Shell, keys: str, called: list[str]
) -> None:
    (completing.home / "some file.ttl").touch()
    assert completing.called(f"careergraph {keys}") == called


def test_a_name_with_a_colon_goes_on_behind_it(completing: Shell) -> None:
    called = completing.called(f"careergraph show --dataset {AWKWARD} zqd:\\ ana\t")
    assert called[-1].casefold() == "zqd: analyst: second"


@pytest.mark.parametrize("completing", ["bash", "zsh"], indirect=True)  # fish opens a list, where Return chooses
def test_what_was_typed_is_never_cut_where_names_differ_in_capital_letters(completing: Shell) -> None:
    called = completing.called(f"careergraph show --dataset {AWKWARD} mixed\t")
    assert called[-1].casefold().strip() == "mixed"


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_scripts_are_well_formed(name: str, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(careergraph("completion", name).stdout, encoding="utf-8")
    checked = subprocess.run([installed_program(name), "-n", str(script)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_fish_tells_the_kind_of_what_it_offers(tmp_path: Path) -> None:
    fish = installed_program("fish")
    set_up("fish", tmp_path)
    asked = subprocess.run(
        [fish, "-c", "complete -C 'careergraph show machine\\ lear'"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Machine learning\tskill" in asked.stdout.splitlines()


@pytest.mark.parametrize("completing", ["zsh"], indirect=True)
def test_zsh_tells_the_kind_of_what_it_offers(completing: Shell) -> None:
    completing.child.send("careergraph show machine\\ lear\t\t")
    completing.child.expect("-- skill")
    completing.child.send("\x03")
    completing.child.expect("ready> ")


# --- How it is set up


def home(folder: Path) -> Mapping[str, str]:
    return {"HOME": str(folder)}


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


SETTINGS = b"# mine\nalias ll='ls -l'\nLATIN='caf\xe9'"


@pytest.mark.parametrize("shell", SHELLS)
def test_installing_again_changes_nothing_and_removing_undoes_it(tmp_path: Path, shell: str) -> None:
    for name in (".bashrc", ".zshrc"):
        (tmp_path / name).write_bytes(SETTINGS + b"\n")
    before = files(tmp_path)
    first = install(shell, home(tmp_path))
    once = files(tmp_path)
    again = install(shell, home(tmp_path))
    assert files(tmp_path) == once != before
    assert all("Wrote" in done for done in first)
    assert all("as it should be" in done for done in again)
    remove(shell, home(tmp_path))
    assert files(tmp_path) == before
    assert all("no" in done or "as it should be" in done for done in remove(shell, home(tmp_path)))


@pytest.mark.parametrize(("shell", "name"), [("bash", ".bashrc"), ("zsh", ".zshrc")])
def test_a_start_up_file_keeps_its_lines_its_mode_and_its_being_a_link(tmp_path: Path, shell: str, name: str) -> None:
    real = tmp_path / "dotfiles"
    real.write_bytes(SETTINGS)  # without a line break at its end
    real.chmod(0o600)
    (tmp_path / name).symlink_to(real)
    install(shell, home(tmp_path))
    assert (tmp_path / name).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    *kept, ours = real.read_bytes().splitlines()
    assert kept == SETTINGS.splitlines()
    assert ours.endswith(MARK.encode())


def test_the_line_follows_when_the_script_moves(tmp_path: Path) -> None:
    install("bash", home(tmp_path))
    install("bash", {**home(tmp_path), "XDG_DATA_HOME": str(tmp_path / "it's elsewhere")})
    (line,) = (tmp_path / ".bashrc").read_text().splitlines()
    sourced = subprocess.run(["bash", "-c", f"{line}\ncomplete -p careergraph"], capture_output=True, check=True)
    assert b"-F _careergraph" in sourced.stdout


def test_each_shell_has_its_own_places(tmp_path: Path) -> None:
    (tmp_path / "z").mkdir()
    install("zsh", {**home(tmp_path), "ZDOTDIR": str(tmp_path / "z")})
    install("fish", {**home(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "c")})
    assert {name.partition("/")[0] for name in files(tmp_path)} == {"z", "c", ".local"}
    assert (tmp_path / "c" / "fish" / "completions" / "careergraph.fish").exists()


def test_a_place_that_cannot_be_written_is_an_error_and_leaves_the_start_up_file(tmp_path: Path) -> None:
    (tmp_path / ".local").touch()
    with pytest.raises(UnwritableFile):
        install("bash", home(tmp_path))
    assert files(tmp_path) == {".local": b""}


def test_the_command_says_what_it_did_and_takes_the_shell_from_the_environment(tmp_path: Path) -> None:
    asked = {**environment(tmp_path), "SHELL": "/usr/bin/fish"}
    for flag, said in (("--install", "Wrote "), ("--remove", "Removed ")):
        finished = subprocess.run(
            [CAREERGRAPH, "completion", flag], env=asked, capture_output=True, text=True, check=True
        )
        assert finished.stdout == ""
        assert finished.stderr == f"{said}{tmp_path}/.config/fish/completions/careergraph.fish.\n"


def test_a_shell_that_is_not_known_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert complaint(careergraph("completion"), 2) == "Error: Name a shell: bash, zsh, fish."


# --- Nothing that is amiss is loud


def offered(
    *arguments: str, shell: str = "zsh", variables: Mapping[str, str | None] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    changed = {**os.environ, "_CAREERGRAPH_COMPLETE": shell, **variables}
    asked = {name: value for name, value in changed.items() if value is not None}
    return subprocess.run([CAREERGRAPH, *arguments], env=asked, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "--dataset", "broken.ttl", "a"),
        ("show", "--dataset", "missing.ttl", "a"),
        ("show", "--dataset", "https://127.0.0.1:9/sparql", "a"),
        ("show", "--dataset", "damaged", "a"),
        ("sparql", "no-such-query", "--param", "a"),
        ("no-such-command", "a"),
        (),
    ],
)
def test_where_nothing_can_be_offered_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "broken.ttl").write_text("@prefix broken")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "CURRENT").write_text("v2-gone")
    monkeypatch.chdir(tmp_path)
    finished = offered(*arguments)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


@pytest.mark.parametrize("shell", ["", "tcsh", "bash_source"])
def test_an_unknown_shell_is_offered_nothing(shell: str) -> None:
    finished = offered("show", "pyt", shell=shell)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


@pytest.mark.parametrize("variables", [{"HOME": None}, {"HOME": "/nowhere"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_names_are_offered_without_a_home_and_in_any_locale(variables: dict[str, str | None]) -> None:
    finished = offered("path", "robustness r", variables=variables)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "plain,Robustness researcher:role\n", "")


def test_a_reader_that_has_gone_is_no_traceback() -> None:
    child = pexpect.spawn(
        "bash", ["-c", f"_CAREERGRAPH_COMPLETE=fish {CAREERGRAPH} show '' | head -n 1"], encoding="utf-8", timeout=60
    )
    assert "Traceback" not in child.read()
    child.close()
