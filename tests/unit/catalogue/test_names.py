"""Names: from what people type to the node they mean, to the candidates, or to the names they may have meant."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import LONGEST_NAME, find_node, is_in_vocabulary, list_nodes
from careergraph.catalogue.near_misses import find_near_misses
from careergraph.catalogue.text_search import find_matching, search
from careergraph.model.errors import AmbiguousName, CareergraphError, InvalidName, UnknownKind, UnknownName
from careergraph.model.escaping import has_controls, to_safe_line
from careergraph.model.text import fold, normalise, to_singular
from careergraph.rdf.kinds import CLAIM_KINDS, NAMED_KINDS, NODE_KINDS
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.locations import find_data_folder

# How long one example takes says something about the machine and nothing about names: no deadlines.
untimed = settings(deadline=None)

KINDS = tuple(dict.fromkeys((*NODE_KINDS.values(), *CLAIM_KINDS.values())))
CONTROLS = [chr(code) for code in range(0x10000) if has_controls(chr(code))]
#: What precedes no word: within "pre-C++" or "don't", nothing new begins after these.
INNER = "+#.&'"


@cache
def bundled() -> Catalogue:
    return Catalogue.load()


def nodes(*kinds: str) -> list[str]:
    return [iri for kind in kinds for iri in bundled().by_kind.get(kind, ())]


def names_of(catalogue: Catalogue, iri: str) -> list[str]:
    return [*catalogue.values(iri, SKOS.prefLabel), *catalogue.values(iri, SKOS.altLabel)]


def texts_of(iri: str) -> list[str]:
    """All texts that a search looks into."""
    return [fold(text) for text in (*names_of(bundled(), iri), *bundled().definitions(iri))]


def outcome(ask: Callable[..., object], *arguments: str) -> object:
    """What a question about the bundled graph is answered with, be it an error that is raised on purpose."""
    try:
        return ask(bundled(), *arguments)
    except CareergraphError as error:
        return error


NAMED = [(iri, name) for iri in nodes(*NAMED_KINDS) for name in names_of(bundled(), iri)]
ROLES = [bundled().label(iri) for iri in nodes("role")]
KNOWN = {normalise(name) for _, name in NAMED}


@st.composite
def spellings(draw: st.DrawFn, name: str) -> str:
    """A name as somebody may type it: any letter in either case, any space as hyphens and spaces, spaces around."""
    gaps = st.sampled_from([" ", "-", "  ", " -", "- ", "\N{NO-BREAK SPACE}"])
    margins = st.sampled_from(["", " ", "   "])
    typed = "".join(draw(gaps) if character == " " else draw(cased(character)) for character in name)
    return draw(margins) + typed + draw(margins)


def cased(character: str) -> st.SearchStrategy[str]:
    return st.sampled_from([character, character.upper(), character.lower()])


@st.composite
def typos(draw: st.DrawFn, name: str) -> str:
    """A name with one letter lost, added, replaced, or changed over with the next."""
    letters = st.sampled_from(string.ascii_lowercase)
    place = draw(st.integers(0, len(name) - 2))
    before, letter, following, after = name[:place], name[place], name[place + 1], name[place + 2 :]
    return draw(
        st.sampled_from(
            [
                before + following + after,
                before + letter + draw(letters) + following + after,
                before + draw(letters) + following + after,
                before + following + letter + after,
            ]
        )
    )


### Comparing


@pytest.mark.parametrize(
    "name",
    [
        "Machine learning engineer",
        "MACHINE LEARNING ENGINEER",
        "  machine   learning engineer ",
        "machine-learning engineer",
        "machine - learning - engineer",
        "machine\N{NO-BREAK SPACE}learning\N{IDEOGRAPHIC SPACE}engineer",
        "\N{FULLWIDTH LATIN SMALL LETTER M}achine learning engineer",
    ],
)
def test_names_are_compared_without_regard_to_case_spaces_hyphens_and_width(name: str) -> None:
    assert normalise(name) == "machine learning engineer"


def test_names_that_differ_in_a_letter_or_an_accent_are_different_names() -> None:
    assert len(set(map(normalise, ["resume", "résumé", "resumes", "re sume"]))) == 4


@untimed
@given(st.text(st.characters()))
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


### Resolving


@untimed
@given(st.data())
def test_any_spelling_of_any_name_stands_for_its_node(data: st.DataObject) -> None:
    iri, name = data.draw(st.sampled_from(NAMED))
    typed = data.draw(spellings(name))
    assume(len(typed) <= LONGEST_NAME)
    found = outcome(find_node, typed)
    if isinstance(found, AmbiguousName):
        assert iri.removeprefix(ID) in found.candidates
    elif found != iri:  # what sources speak of is meant, or what is called so first, unless the kind tells otherwise
        first = isinstance(found, str) and normalise(bundled().label(found)) == normalise(name)
        assert first or is_in_vocabulary(bundled(), iri)
        assert outcome(find_node, typed, bundled().kind(iri)) == iri


def test_every_node_is_found_by_iri_by_kind_and_slug_and_as_queries_write_it() -> None:
    for kind in KINDS:
        for iri in nodes(kind):
            assert find_node(bundled(), iri) == iri
            assert find_node(bundled(), iri.removeprefix(ID)) == iri
            assert find_node(bundled(), iri.removeprefix(ID).replace("/", ":", 1)) == iri
            assert find_node(bundled(), iri.removeprefix(ID), kind) == iri


def test_name_of_a_node_of_another_kind_is_unknown() -> None:
    for name in ("PyTorch", "skill/pytorch", f"{ID}skill/pytorch"):
        with pytest.raises(UnknownName, match="No role or background is called"):
            find_node(bundled(), name, "role", "background")


def test_iri_that_nothing_has_is_unknown() -> None:
    for name in ("role/alchemist", f"{ID}role/alchemist", "https://example.org/alchemist"):
        with pytest.raises(UnknownName):
            find_node(bundled(), name)


NAME_POOL = ("data engineer", "Data-Engineer", "DATA  ENGINEER", "data scientist", "Data scientist", "DE")


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Up to five roles and backgrounds that share few names."""
    statements = {}
    for number in range(draw(st.integers(1, 5))):
        class_, kind = draw(st.sampled_from([(CG.Role, "role"), (CG.Profession, "background")]))
        statements[f"{ID}{kind}/{number}"] = {
            RDF.type: [class_],
            SKOS.prefLabel: [draw(st.sampled_from(NAME_POOL))],
            SKOS.altLabel: draw(st.lists(st.sampled_from(NAME_POOL), max_size=3, unique=True)),
        }
    return Catalogue(statements)


@untimed
@given(catalogues(), st.sampled_from(NAME_POOL), st.sampled_from([(), ("role",), ("background", "role")]))
def test_preferred_label_wins_over_alias_and_several_bearers_are_candidates(
    catalogue: Catalogue, typed: str, kinds: tuple[str, ...]
) -> None:
    eligible = [iri for iri in catalogue.statements if not kinds or catalogue.kind(iri) in kinds]
    labelled = {iri for iri in eligible if normalise(catalogue.label(iri)) == normalise(typed)}
    named = {iri for iri in eligible if normalise(typed) in map(normalise, names_of(catalogue, iri))}
    expected = labelled or named
    if len(expected) == 1:
        assert {find_node(catalogue, typed, *kinds)} == expected
        return
    with pytest.raises(AmbiguousName if expected else UnknownName) as raised:
        find_node(catalogue, typed, *kinds)
    if isinstance(raised.value, AmbiguousName):
        assert raised.value.candidates == tuple(sorted(iri.removeprefix(ID) for iri in expected))
        assert {find_node(catalogue, candidate, *kinds) for candidate in raised.value.candidates} == expected


def test_node_that_bears_a_name_twice_is_not_ambiguous() -> None:
    twice = {RDF.type: [CG.Role], SKOS.prefLabel: ["Data engineer"], SKOS.altLabel: ["data-engineer", "DE"]}
    assert find_node(Catalogue({f"{ID}role/de": twice}), "Data Engineer") == f"{ID}role/de"


### Names that are none


@untimed
@given(st.text(st.characters()), st.sampled_from([(), ("role",), ("skill", "course")]))
@example("-", ())
@example("\u2028", ())
@example("\ud800", ())
@example("{}%s'\"\\", ("role",))
@example("x" * 10_000, ())
def test_arbitrary_text_is_answered_or_refused_in_one_line(text: str, kinds: tuple[str, ...]) -> None:
    for found in (outcome(find_node, text, *kinds), outcome(search, text), outcome(list_nodes, text)):
        if isinstance(found, CareergraphError):
            assert len(str(found).splitlines()) == 1
            assert not has_controls(str(found))


@untimed
@given(st.text(st.sampled_from(" \t\n\r\N{NO-BREAK SPACE}\N{EM SPACE}"), max_size=LONGEST_NAME + 50))
def test_empty_name_is_invalid(blank: str) -> None:
    for ask in (find_node, search):
        with pytest.raises(InvalidName, match="empty"):
            ask(bundled(), blank)


@untimed
@given(st.text(string.ascii_letters, min_size=1), st.integers(1, 10_000))
def test_name_longer_than_the_limit_is_invalid(text: str, excess: int) -> None:
    longest = (text * LONGEST_NAME)[:LONGEST_NAME]
    with pytest.raises(UnknownName):
        find_node(bundled(), longest)
    for ask in (find_node, search):
        with pytest.raises(InvalidName, match=f"{LONGEST_NAME + excess:,} characters long; at most {LONGEST_NAME}"):
            ask(bundled(), longest + "x" * excess)


@untimed
@given(st.sampled_from(ROLES), st.sampled_from(CONTROLS), st.data())
@example("Data engineer", "\N{RIGHT-TO-LEFT OVERRIDE}", None)
@example("Data engineer", "\x1b", None)
@example("Data engineer", "\n", None)
def test_name_with_a_control_character_is_invalid(name: str, control: str, data: st.DataObject | None) -> None:
    place = data.draw(st.integers(0, len(name))) if data else 4
    for ask in (find_node, search):
        with pytest.raises(InvalidName, match="control characters") as raised:
            ask(bundled(), name[:place] + control + name[place:])
        assert control not in str(raised.value)


@pytest.mark.parametrize(
    "label",
    [
        "Daten\N{SOFT HYPHEN}wissenschaftler",
        "\u200f\u05de\u05d3\u05e2\u05df",
        "\U0001fae9 Tired maker",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "-",
        "- -",
        "\N{EM DASH}",
        "--help",
        "\N{ZERO WIDTH SPACE}",
    ],
)
def test_every_label_that_the_shapes_allow_can_be_asked_for(label: str) -> None:
    iri = "https://example.org/role"
    catalogue = Catalogue({iri: {RDF.type: [CG.Role], SKOS.prefLabel: [label]}})
    assert find_node(catalogue, label) == iri
    assert to_safe_line(label) == label


def test_names_shapes_and_escapes_agree_on_what_controls_a_terminal() -> None:
    shapes = Path(find_data_folder("ontology"), "shapes.ttl").read_text(encoding="utf-8")
    (stated,) = re.findall(r'shape:ControlCharacter a sh:NodeShape ; sh:pattern "(.*)"', shapes)
    shape = re.compile(stated)
    for sign in map(chr, (*range(0xD800), *range(0xE000, 0x11000))):
        assert bool(shape.match(sign)) == has_controls(sign) == (to_safe_line(sign) != sign)


### Near misses


@untimed
@given(st.data())
def test_typo_of_one_letter_in_a_role_is_answered_with_the_role(data: st.DataObject) -> None:
    label = data.draw(st.sampled_from(ROLES))
    typed = data.draw(typos(label))
    assume(
        to_singular(normalise(typed)) not in {to_singular(name) for name in KNOWN}
    )  # one letter may make it the plural
    for kinds in ((), ("role",)):
        with pytest.raises(UnknownName) as raised:
            find_node(bundled(), typed, *kinds)
        assert label in raised.value.suggestions
        assert f'"{label}"' in str(raised.value)


@untimed
@given(st.text(string.ascii_letters + " -+/().", min_size=1, max_size=30), st.sampled_from([(), ("role",), ("skill",)]))
def test_suggestions_are_up_to_three_names_of_the_kinds_asked_for(text: str, kinds: tuple[str, ...]) -> None:
    suggestions = find_near_misses(bundled(), text, *kinds)
    assert len(set(suggestions)) == len(suggestions) <= 3
    found = outcome(find_node, text, *kinds)
    assert not isinstance(found, UnknownName) or found.suggestions == suggestions
    for suggestion in suggestions:
        assert bundled().kind(find_node(bundled(), suggestion, *kinds)) in (kinds or NAMED_KINDS)


def test_beginning_of_a_name_is_answered_with_names_that_hold_it() -> None:
    with pytest.raises(UnknownName, match="Did you mean") as raised:
        find_node(bundled(), "product manager", "role")
    assert "AI product manager" in raised.value.suggestions


def test_name_that_resembles_nothing_is_answered_with_a_way_to_search() -> None:
    with pytest.raises(UnknownName, match="`careergraph search TEXT` finds names") as raised:
        find_node(bundled(), "xyzzy")
    assert raised.value.suggestions == ()


### Searching


def test_full_label_of_every_node_is_the_label_of_the_first_result() -> None:
    """But for roles that are called so, too, which come before it."""
    words = [iri for iri in nodes(*NAMED_KINDS) if is_in_vocabulary(bundled(), iri)]
    for iri in sorted({*nodes(*NAMED_KINDS)} - {*words} | {*words[::6]}):  # words are alike: a sixth will do
        wanted = normalise(bundled().label(iri))
        found = search(bundled(), bundled().label(iri))
        by_alias = [ref for ref in found if ref.kind == "role" and normalise(ref.label) != wanted]
        named = [ref for ref in by_alias if wanted in map(normalise, bundled().values(ref.id, SKOS.altLabel))]
        assert normalise(found[len(named)].label) == wanted
        assert iri in {ref.id for ref in found}


@untimed
@given(st.data())
def test_spelling_does_not_change_what_a_search_finds(data: st.DataObject) -> None:
    _, name = data.draw(st.sampled_from(NAMED))
    typed = data.draw(spellings(name))
    assume(len(typed) <= LONGEST_NAME)
    assert search(bundled(), typed) == search(bundled(), name)


@untimed
@given(st.data())
def test_beginnings_of_words_of_a_text_find_its_node(data: st.DataObject) -> None:
    iri = data.draw(st.sampled_from(nodes(*NAMED_KINDS)))
    text = data.draw(st.sampled_from(texts_of(iri)))
    spaced = "".join(character if character.isalnum() else " " for character in text)
    begun = [word for word in spaced.split() if starts_a_word(word, text)]
    chosen = data.draw(st.lists(st.sampled_from(begun), min_size=1, max_size=4))
    words = [word[: data.draw(st.integers(1, len(word)))] for word in chosen]
    assert iri in {ref.id for ref in search(bundled(), " ".join(words)[:LONGEST_NAME])}


@untimed
@given(st.data())
def test_every_word_of_a_search_begins_a_word_of_one_text_of_each_result(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts_of(data.draw(st.sampled_from(nodes(*NAMED_KINDS))))))
    start = data.draw(st.integers(0, len(text) - 1))
    asked = text[start : start + data.draw(st.integers(1, 20))]
    assume(fold(asked))
    for ref in find_matching(bundled(), asked):
        names = (*texts_of(ref.id), *map(fold, bundled().values(ref.id, SKOS.hiddenLabel)))
        assert any(all(starts_a_word(word, found) for word in fold(asked).split()) for found in names), ref


def starts_a_word(word: str, text: str) -> bool:
    places = (place for place in range(len(text)) if text.startswith(word, place))
    return any(place == 0 or not (text[place - 1].isalnum() or text[place - 1] in INNER) for place in places)


def test_middle_of_a_word_finds_nothing() -> None:
    assert find_matching(bundled(), "pytorch")
    assert find_matching(bundled(), "pyt")
    assert find_matching(bundled(), "ytorch") == ()


def test_word_in_brackets_is_found() -> None:
    assert "Academic (sociology)" in [ref.label for ref in search(bundled(), "sociology")]


def test_all_words_have_to_be_in_one_text_in_any_order() -> None:
    assert find_matching(bundled(), "engineer learning machine")[0].label == "Machine learning engineer"
    assert "Machine learning engineer" not in [ref.label for ref in find_matching(bundled(), "machine learning zebra")]


def test_whole_label_comes_before_label_before_alias_before_definition() -> None:
    def role(label: str, *aliases: str, definition: str = "") -> dict[str, list[str]]:
        return {
            RDF.type: [CG.Role],
            SKOS.prefLabel: [label],
            SKOS.altLabel: list(aliases),
            SKOS.definition: [definition],
        }

    catalogue = Catalogue(
        {
            f"{ID}role/1": role("Anvil maker", definition="A kind of smith."),
            f"{ID}role/2": role("Blacker", "Black smith"),
            f"{ID}role/3": role("Copper smith"),
            f"{ID}role/4": role("Smith"),
            f"{ID}role/5": role("Baker"),
        }
    )
    assert [ref.label for ref in search(catalogue, "smith")] == ["Smith", "Copper smith", "Blacker", "Anvil maker"]


### Listing


def test_every_kind_is_listed_in_singular_and_plural_by_label() -> None:
    for kind in (*NAMED_KINDS, *dict.fromkeys(CLAIM_KINDS.values())):
        found = list_nodes(bundled(), kind)
        assert {ref.id for ref in found} == set(nodes(kind))
        assert [fold(ref.label) for ref in found] == sorted(fold(ref.label) for ref in found)
        assert list_nodes(bundled(), f" {kind.upper()}S ") == found


def test_unknown_kind_is_answered_with_all_kinds() -> None:
    with pytest.raises(UnknownKind) as raised:
        list_nodes(bundled(), "planet")
    assert raised.value.kinds == tuple(dict.fromkeys((*NAMED_KINDS, *CLAIM_KINDS.values())))
