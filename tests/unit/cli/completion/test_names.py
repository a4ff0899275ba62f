"""What is offered for the beginning of a name: every name that a command then takes, and none that it does not."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.near_misses import list_texts
from careergraph.cli import COMMANDS, cli
from careergraph.cli.completion.names import Offer, continue_name, list_offers
from careergraph.cli.completion.shell import Bash, Completion, Fish, Zsh, quote_for_bash, split_typed
from careergraph.model.errors import AmbiguousName, CareergraphError, UnreadableFile
from careergraph.model.text import normalise
from careergraph.rdf.kinds import NAMED_KINDS, POSITIONS
from careergraph.store.locations import list_dataset_files

AWKWARD = str(Path(__file__).parents[3] / "fixtures" / "completion" / "awkward.ttl")
untimed = settings(deadline=None, max_examples=40)


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def names(catalogue: Catalogue, *kinds: str) -> Iterator[str]:
    for kind in kinds or NAMED_KINDS:
        for iri, _ in catalogue.each(kind):
            yield from list_texts(catalogue, iri)


@cache
def meant(catalogue: Catalogue, name: str, *kinds: str) -> str | None:
    try:
        return find_node(catalogue, name, *kinds)
    except CareergraphError:
        return None


def test_data_sets_on_disk_and_files_are_offered_together(small_onet: Path) -> None:
    catalogue = Catalogue.load("bundled", str(small_onet))
    files = (*list_dataset_files(), str(small_onet))
    for beginning in ("regis", "software", "data s", "chief"):
        texts = [name for name in names(catalogue, *POSITIONS) if normalise(name).startswith(normalise(beginning))]
        expected = {normalise(name) for name in texts if meant(catalogue, name, *POSITIONS)}
        found = list_offers(files, beginning, POSITIONS)
        assert {normalise(offer.text) for offer in found} == expected
        assert expected


def test_a_long_list_is_cut_but_what_names_have_in_common_is_not(small_onet: Path) -> None:
    whole = list_offers([str(small_onet)], "s")
    cut = list_offers([str(small_onet)], "s", most=3)
    assert 3 <= len(cut) <= 4 < len(whole)
    assert (cut[0], cut[-1]) == (whole[0], whole[-1])


def test_a_name_that_several_nodes_share_is_not_offered() -> None:
    with pytest.raises(AmbiguousName):
        find_node(Catalogue.load(AWKWARD), "zqz shared")
    assert list_offers([AWKWARD], "zqz") == []


def test_a_name_with_a_line_break_is_not_offered() -> None:
    assert list_offers([AWKWARD], "zqy") == []


def test_a_node_whose_class_stands_in_another_file_is_offered(tmp_path: Path) -> None:
    skos, cg = "http://www.w3.org/2004/02/skos/core#", "https://w3id.org/careergraph/ontology#"
    (tmp_path / "names.nt").write_text(f'<urn:x> <{skos}prefLabel> "Keeper" .\n')
    (tmp_path / "classes.ttl").write_text(f"<urn:x> a <{cg}Role> .\n")
    files = list_dataset_files(str(tmp_path))
    assert list_offers(files, "kee") == [Offer("Keeper", "role")]


def test_a_name_tells_the_kind_of_the_node_that_it_stands_for() -> None:
    kinds = {offer.text: offer.kind for offer in list_offers(list_dataset_files(), "machine learning")}
    assert kinds["Machine learning engineer"] == "role"
    assert kinds["Machine learning (field of study)"] == "background"


def test_files_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<urn:x> prefLabel")
    for path in (tmp_path / "broken.ttl", tmp_path / "missing.ttl"):
        with pytest.raises(UnreadableFile):
            list_offers([str(path)], "a")


@untimed
@given(st.text(max_size=12), st.text(max_size=12))
@example("MACHINE  l", "Machine-Learning")
@example("straß", "Strasse")
@example("ﬁ", "fish")
def test_a_name_goes_on_from_what_was_typed_and_stays_that_name(beginning: str, name: str) -> None:
    found = continue_name(beginning, name)
    assert found == "" or normalise(found) == normalise(name)
    assert found == "" or found[: len(beginning)].casefold() == beginning.casefold()


# --- What the shells hand over, and get back


@untimed
@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1), min_size=1))
def test_what_is_quoted_for_bash_is_one_word_again(words: list[str]) -> None:
    line = " ".join(quote_for_bash(word, "") for word in words)
    assert split_typed(f"{line} ").words == tuple(words)
    single = " ".join(f"'{quote_for_bash(word, chr(39)).removesuffix(chr(39))}'" for word in words)
    assert split_typed(f"{single} ").words == tuple(words)


def test_bash_reads_what_is_quoted_as_it_was_meant() -> None:
    texts = ["it's", 'so "called"', "$HOME `id` \\n", "wow!x", "~ * ? # & | ; <e> (a) [b] {c,d} ^", "ärztin – 漢字"]
    for quote in ("", '"', "'"):
        words = [quote + (found := quote_for_bash(t, quote)) + ("" if found.endswith(quote) else quote) for t in texts]
        echoed = subprocess.run(
            ["bash", "-c", f"printf '%s\\n' {' '.join(words)}"], capture_output=True, text=True, check=True
        )
        assert echoed.stdout.splitlines() == texts


@pytest.mark.parametrize(
    ("line", "words", "word", "quote"),
    [
        ("careergraph ", ("careergraph",), "", ""),
        ("careergraph show 'it", ("careergraph", "show"), "it", "'"),
        ('careergraph show "a \\"b\\" \\c', ("careergraph", "show"), 'a "b" \\c', '"'),
        ("careergraph show a\\ b'c d'e", ("careergraph", "show"), "a bc de", ""),
        ("careergraph show '' x\\", ("careergraph", "show", ""), "x", ""),
    ],
)
def test_a_line_that_is_not_complete_is_taken_apart(line: str, words: tuple[str, ...], word: str, quote: str) -> None:
    assert split_typed(line) == (words, word, quote)


@pytest.mark.parametrize(
    ("line", "replaced", "offered"),
    [
        ("careergraph show zqd", "zqd", "Zqd:\\ analyst:\\ second"),
        ("careergraph show zqd:", "", "\\ analyst:\\ second"),
        ("careergraph show zqd:\\ ana", "\\ ana", "\\ analyst:\\ second"),
        ('careergraph show "zqd: ana', "zqd: ana", "Zqd: analyst: second"),
        ("careergraph search --dataset=x zqe=", "", "mc2\\ analyst"),
        ("careergraph path --via=zqe", "zqe", "Zqe=mc2\\ analyst"),
        ("careergraph show mixed", "mixed", "mixed\\ case\nmixed\\ signals"),
    ],
)
def test_bash_gets_the_part_that_it_replaces(line: str, replaced: str, offered: str) -> None:
    asked = line.replace("careergraph", f"careergraph --dataset {AWKWARD}").replace(" --dataset=x", "")
    program, dataset, path, command, rest = asked.split(" ", 4)
    found = Bash(cli, [f"{program} {command} {dataset} {path} {rest}", replaced]).complete()
    assert found.replace("plain,", "") == f"{offered}\n"


def test_zsh_gets_colons_that_do_not_begin_a_description() -> None:
    found = Zsh(cli, ["show", "--dataset", AWKWARD, "zqd"]).complete()
    assert found == "plain,Zqd\\: analyst\\: second:role\n"


def test_every_command_is_offered_with_what_it_does() -> None:
    lines = Fish(cli, [""]).complete().splitlines()
    assert [line.partition("\t")[0] for line in lines] == list(COMMANDS)
    assert all(line.partition("\t")[2] for line in lines)


#: What parameters are called that take the name of a node.
NAMES = ("NAME", "ROLE", "ROLE ROLE...", "[ORIGIN] DESTINATION", "[ORIGIN] ROLE", "[ORIGIN]")


@pytest.mark.parametrize(
    "command", [name for name in COMMANDS if name not in ("import", "datasets", "serve", "queries")]
)
def test_every_parameter_that_takes_a_name_offers_names(command: str) -> None:
    found = cli.get_command(None, command)  # type: ignore[arg-type]
    assert found is not None
    for parameter in found.params:
        if parameter.metavar in NAMES:
            context = click.Context(found)
            items = parameter.shell_complete(context, "machine learning e") or parameter.shell_complete(context, "pyto")
            assert {item.value for item in items} & {"Machine learning engineer", "PyTorch"}, parameter.name


def test_the_second_name_is_one_that_a_route_can_lead_to() -> None:
    first, second = (Fish(cli, ["path", *before, "software\\ eng"]).complete() for before in ([], ["consultant"]))
    assert "Software engineer\tbackground" in first.splitlines()
    assert "Software engineer" not in second


def test_the_base_class_asks_for_a_shell() -> None:
    with pytest.raises(NotImplementedError):
        Completion(cli, []).complete()
