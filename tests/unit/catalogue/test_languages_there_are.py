"""Labels are shown in a language that the data has; another one is told, and a locale's never is a fault."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.languages import check_language, list_languages
from careergraph.model.errors import UnknownLanguage
from careergraph.rdf.standards import SKOS
from in_process import call

DUTCH = Catalogue({"urn:a": {f"{SKOS.prefLabel}@nl": ["Verpleegkundige"], f"{SKOS.hiddenLabel}@it": ["infermiere"]}})


def test_the_languages_are_those_of_labels_and_aliases() -> None:
    assert list_languages(DUTCH) == ("en", "nl")


@pytest.mark.parametrize("code", ["en", "nl"])
def test_a_language_that_there_is_can_be_chosen(code: str) -> None:
    check_language(DUTCH, code)


def test_one_that_nothing_has_a_name_in_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownLanguage, match=r"There are no names in 'it'; there are names in en, nl\.") as caught:
        check_language(DUTCH, "it")
    assert (caught.value.code, caught.value.languages) == ("it", ("en", "nl"))


@pytest.mark.parametrize(
    "command",
    [
        ("show", "nurse"),
        ("search", "nurse"),
        ("path", "nurse", "AI ethicist"),
        ("list", "role"),
        ("serve", "--port", "0"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_tells_it(command: tuple[str, ...]) -> None:
    told = call(*command, "--lang", "zz")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("Error: There are no names in 'zz'; there are names in en, ")
    assert ", nl" in told.err


@pytest.mark.parametrize(
    ("variables", "label"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "verpleegkundige"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "nl_BE:fr"}, "verpleegkundige"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "Nurse"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "nl"}, "Nurse"),
        ({"LANG": "POSIX"}, "Nurse"),
        ({"LANGUAGE": "nl"}, "Nurse"),
        ({"LANG": "zz_ZZ.UTF-8"}, "Nurse"),
    ],
)
def test_without_a_choice_the_locale_decides(
    variables: dict[str, str], label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert call("show", "nurse", "--dataset", "bundled").out.startswith(f"{label} (")
