"""From words to nodes: text search, which forgives typing errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import check_name, is_in_vocabulary, list_names_in_all_languages
from careergraph.catalogue.near_misses import find_alike
from careergraph.catalogue.twins import merge_twins
from careergraph.model.records import Ref
from careergraph.model.spelling import list_spellings
from careergraph.model.text import fold, normalise, pad_words, to_singular
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.store.memory_index import Texts

#: How similar a name has to be to a text to count as a match, out of 100, and how far below the best one it may be.
_ALIKE, _WORSE = 72.0, 12.0
#: The ranks of nodes whose whole label or whole alias matches; the number of ranks.
_WHOLE_NAME, _RANKS = 1, 5


def search(catalogue: Catalogue, text: str) -> tuple[Ref, ...]:
    """The nodes that have all the words of a text; if there are none, those with a name that looks like it.

    A node that is the same in several data sets appears once, as in the bundled data; `careergraph.catalogue.twins`
    lists the others.

    Raises:
        InvalidName: the text is empty, too long, or holds control characters.

    >>> [ref.label for ref in search(Catalogue.load("bundled"), "machne lerning enginer")][:1]
    ['Machine learning engineer']
    """
    return tuple(merge_twins(catalogue, find_matching(catalogue, text) or find_similar(catalogue, text)))


def find_matching(catalogue: Catalogue, text: str) -> tuple[Ref, ...]:
    """The nodes whose label, alias, notation or definition has all the words of a text, best match first.

    A word matches the beginning of a word. First come nodes whose whole label matches, in the singular or plural, then
    a whole alias, which is as good as the label for a role, then those matched in the label, in an alias, in a
    definition; equals are ordered by kind and label. American and British spellings of a text find the same.

    Raises:
        InvalidName: the text is empty, too long, or holds control characters.
    """
    ranks: dict[Ref, int] = {}
    for spelling in (check_name(text), *list_spellings(text)):
        for rank, ref in _rank_nodes(catalogue, normalise(spelling).split()):
            ranks[ref] = min(rank, ranks.get(ref, rank))
    return tuple(sorted(ranks, key=lambda ref: (ranks[ref], *_order(ref))))


def _rank_nodes(catalogue: Catalogue, typed: list[str]) -> Iterator[tuple[int, Ref]]:
    words = [fold(word) for word in typed]
    for iri, (labels, aliases, definitions) in _candidates(catalogue, typed):
        rank = _rank(words, labels, aliases, definitions)
        if rank is not None:
            # Words of the vocabulary come after everything that sources speak of.
            aside = rank > _WHOLE_NAME and is_in_vocabulary(catalogue, iri)
            ref = catalogue.ref(iri)
            # Whoever types "AI policy" means the role as much as the skill: roles are what is asked for most.
            yield 0 if rank == _WHOLE_NAME and ref.kind == "role" else rank + _RANKS * aside, ref


def list_reasons(catalogue: Catalogue, found: Iterable[Ref], text: str) -> dict[str, str]:
    """Node → the name by which a search for a text found it, for nodes whose label does not show it.

    That is the alias or notation that has the words of the text or, if it was mistyped, that looks most like it. A
    label that is an abbreviation is spelled out.

    >>> catalogue = Catalogue.load("bundled")
    >>> list(list_reasons(catalogue, search(catalogue, "RLHF")[:1], "RLHF").values())
    ['Reinforcement Learning from Human Feedback']
    """
    words = fold(check_name(text)).split()
    reasons = {ref.id: _reason(catalogue, ref, words) for ref in found}
    return {iri: reason for iri, reason in reasons.items() if reason}


def _reason(catalogue: Catalogue, ref: Ref, words: list[str]) -> str | None:
    names = [name for name in list_names_in_all_languages(catalogue, ref.id) if name != ref.label]
    if _matches(fold(ref.label), words):
        return next((name for name in names if _initials(name) == ref.label), None)
    said = min((name for name in names if _matches(fold(name), words)), key=len, default=None)
    return said or _find_most_alike(" ".join(words), ref.label, names)


def _find_most_alike(wanted: str, label: str, names: list[str]) -> str | None:
    """The name that looks enough like a text to be found by it, unless the label does as much."""
    likely = [name for name in (label, *names) if _shares_letters(wanted, fold(name))]
    likeness = {name: _compare(wanted, fold(name)) for name in likely}
    best = max(likeness, key=likeness.__getitem__, default=label)
    return best if best != label and likeness[best] >= _ALIKE else None


def _shares_letters(wanted: str, known: str) -> bool:
    """Whether a name may look enough like a text: no more of it can be alike than the letters that both have.

    What compares them properly takes as long to import as a search for what is spelled well takes.
    """
    length = len(wanted) + len(known)
    if 200 * min(len(wanted), len(known)) < _ALIKE * length:
        return False
    return 200 * sum(min(wanted.count(sign), known.count(sign)) for sign in {*wanted}) >= _ALIKE * length


def _compare(wanted: str, known: str) -> float:
    """How much a name looks like a text, out of 100."""
    from rapidfuzz.fuzz import ratio, token_sort_ratio

    return max(ratio(wanted, known), token_sort_ratio(wanted, known))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def find_similar(catalogue: Catalogue, text: str) -> tuple[Ref, ...]:
    """The nodes with a label or alias that looks like a text, the most similar first.

    Raises:
        InvalidName: the text is empty, too long, or holds control characters.
    """
    wanted = fold(check_name(text))
    best: dict[str, float] = {}
    for name, iri in find_alike(catalogue, wanted):
        score = _compare(wanted, fold(name))
        best[iri] = max(score, best.get(iri, 0.0))
    enough = max(_ALIKE, max(best.values(), default=0.0) - _WORSE)
    found = (catalogue.ref(iri) for iri, score in best.items() if score >= enough)
    return tuple(sorted(found, key=lambda ref: (-best[ref.id], *_order(ref))))


def _candidates(catalogue: Catalogue, typed: list[str]) -> Iterator[tuple[str, Texts]]:
    """The nodes that may have all words, with their texts."""
    either = [(word, to_singular(word)) for word in map(fold, typed)]
    yield from catalogue.index.texts_where(lambda whole: all(word in whole or one in whole for word, one in either))
    beginnings = [_find_shared_beginning(word, to_singular(word)) for word in typed]
    for index in catalogue.indexes:
        for iri, names in index.with_words(beginnings).items():
            if iri not in catalogue.memory:
                labels = [name for rank, name in names if not rank]
                aliases = [name for rank, name in names if rank]
                yield iri, (labels, aliases, list(map(fold, catalogue.definitions(iri))))


def _find_shared_beginning(word: str, other: str) -> str:
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))


def _rank(words: list[str], labels: list[str], aliases: list[str], definitions: Iterable[str]) -> int | None:
    whole = " ".join(words)
    if whole in labels or any(label[:1] == whole[:1] and to_singular(label) == to_singular(whole) for label in labels):
        return 0
    if whole in aliases:
        return 1
    texts = (labels, aliases, definitions)
    return next((rank for rank, found in enumerate(texts, 2) if any(_matches(t, words) for t in found)), None)


def _matches(text: str, words: list[str]) -> bool:
    if not all(word in text for word in words):  # true of nearly all texts, and much faster to check
        return False
    # The beginning of a word in the text follows a space, or a bracket or quote that counts as one.
    spaced = pad_words(text)
    return all(f" {word}" in spaced or word in text.split() for word in words)


def _order(ref: Ref) -> tuple[int, str, str]:
    return NAMED_KINDS.index(ref.kind), ref.label, ref.id
