"""The names of some nodes, indexed for comparing them exactly, loosely, by words, and by similarity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import Self

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import (
    LONGEST_NAME,
    is_meant_by,
    is_word_for_an_occupation,
    keep_what_is_meant,
    order_indexes,
)
from careergraph.model.records import Record
from careergraph.model.text import normalise
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.people import phrases
from careergraph.transitions.people.abbreviations import spell_out
from careergraph.transitions.people.actions import DOINGS, HEADS, NARROWED, ONLY_ALONE, find_skill_in_action
from careergraph.transitions.people.slips import ORDINARY_WORDS, are_slips, measure_likeness
from careergraph.transitions.people.vague_words import ALSO_OTHER, MADE_WITH_TOOLS

#: Two names are taken for one if each word of the one is so like a word of the other that one slip explains it; of the
#: names that are compared, those at least so alike as a whole (the Indel ratio of rapidfuzz, 0 to 1).
LEAST_LIKENESS = 0.8
#: Names with fewer characters are never matched by likeness: *GIF* is not *git*, *R* is not *RL*.
SHORTEST_FUZZY = 4
#: A phrase that ends with a name of so many words is that, whatever stands before: *clinical project management*.
_ENOUGH_WORDS = 2
_METHODS = ("label", "alias", "rule")
#: How a node was found → what it says that it is called.
_NAMING = (("label", SKOS.prefLabel), ("alias", SKOS.altLabel), ("alias", SKOS.hiddenLabel))


class Hit(Record):
    """The nodes that a text means (more than one if it is ambiguous), and how they were found."""

    iris: tuple[str, ...]
    method: str
    score: float


def mark_as_rule(hit: Hit) -> Hit:
    """The same hit, found by a rule; one found by similarity is not changed."""
    return hit if hit.method == "fuzzy" else Hit(hit.iris, "rule", 1.0)


class NameIndex:
    """The names of nodes of some kinds, in memory and on disk.

    Args:
        catalogue: where the nodes are.
        what: what they are, in words: `skill`, `field of study`.
        iris: the nodes in memory.
        kinds: the kinds of those on disk, which are looked up there name by name; none if not given.
    """

    def __init__(self, catalogue: Catalogue, what: str, iris: Iterable[str], kinds: Sequence[str] = ()) -> None:
        self.what, self.kinds, self._catalogue = what, tuple(kinds), catalogue
        self._methods: dict[str, dict[str, str]] = {}
        for iri in iris:
            for method, predicate in _NAMING:
                for name in catalogue.values(iri, predicate):
                    self.add(normalise(name), iri, method)
        self._near: dict[str, Hit | None] = {}

    def without_disk(self) -> Self:
        """The same names without those on disk."""
        alone = copy(self)
        alone.kinds, alone._near = (), {}
        return alone

    def add(self, name: str, iri: str, method: str) -> None:
        """One name more, in normal form; a name that a node has in two ways counts in the first."""
        self._methods.setdefault(name, {}).setdefault(iri, method)

    def exact(self, name: str) -> Hit | None:
        """The nodes with just this name in normal form; those whose label it is, if there are any."""
        return self._in_memory(name) or (self._on_disk(name) if self.kinds and name else None)

    def _in_memory(self, name: str) -> Hit | None:
        methods = self._methods.get(name)
        if not methods:
            return None
        method = next(method for method in _METHODS if method in methods.values())
        hit = self._hit((iri for iri in methods if methods[iri] == method), method)
        return self._find_on_disk(name, hit) or hit

    def _find_on_disk(self, name: str, hit: Hit) -> Hit | None:
        """The nodes of a source on disk with this name, if memory has nothing but a word for an occupation."""
        if not self.kinds or not all(is_word_for_an_occupation(self._catalogue, iri) for iri in hit.iris):
            return None
        found = self._on_disk(name)
        alike = self._in_the_singular_on_disk(phrases.fold_plurals(name))
        clear = [each for each in (alike, found) if each and len(each.iris) == 1]  # a label comes before an alias
        return next((each for each in clear if each is alike or self._is_meant(each, hit)), None)

    def _is_meant(self, found: Hit, hit: Hit) -> bool:
        return found.method == "label" or is_meant_by(self._catalogue, found.iris[0], hit.iris)

    def _hit(self, iris: Iterable[str], method: str) -> Hit:
        return Hit(tuple(keep_what_is_meant(self._catalogue, iris)), method, 1.0)

    def _on_disk(self, name: str) -> Hit | None:
        memory = self._catalogue.memory
        for index in order_indexes(self._catalogue):  # the first that knows the name, so that no import changes a hit
            names = (found for found in index.names_equal_to(name) if found.rank < len(_METHODS) - 1)
            fitting = [found for found in names if found.kind in self.kinds and found.node not in memory]
            if fitting:
                best = min(found.rank for found in fitting)
                return self._hit(dict.fromkeys(found.node for found in fitting if found.rank == best), _METHODS[best])
        return None

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        return self._index(phrases.fold)

    @cached_property
    def _by_joint(self) -> dict[str, str]:
        return self._index(lambda name: phrases.join(phrases.fold(name)))

    @cached_property
    def _bags(self) -> dict[str, str]:
        # Of a name of several words, one word alone is not enough: design is no In Design.
        return {key: name for key, name in self._index(phrases.make_bag).items() if " " in key or " " not in name}

    @cached_property
    def _stems(self) -> dict[str, str]:
        return self._index(phrases.find_stems)

    @cached_property
    def _comparable(self) -> dict[str, str]:
        # With their accents: without, names in other languages are slips of English words, *médica* of *media*.
        names = self._index(phrases.fold_plurals)
        return {key: name for key, name in names.items() if len(key) >= SHORTEST_FUZZY}

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of names, and ordinary ones, which nobody writes by mistake."""
        return frozenset(word for name in self._comparable for word in name.split()) | ORDINARY_WORDS

    @cached_property
    def _keys(self) -> list[str]:
        return list(self._comparable)

    def _index(self, key: Callable[[str], str]) -> dict[str, str]:
        # Of two names with one key, the first that was added counts.
        return {key(name): name for name in reversed(self._methods)}

    def find(self, text: str) -> list[Hit]:
        """What a text means, if anything: one thing, or all the things that it names one after the other.

        Args:
            text: as somebody wrote it.
        """
        if not text.strip() or len(text) > LONGEST_NAME:
            return []
        found = self._find(normalise(text))
        memory = self._catalogue.memory
        if all(iri in memory for hit in found for iri in hit.iris):
            return found
        alone = self._alone._find(normalise(text))
        if not alone or all(hit.method == "fuzzy" for hit in alone):
            return found
        meant = {iri for hit in alone for iri in hit.iris}
        if meant <= {iri for hit in found for iri in hit.iris}:
            return found  # and more, which only what is joined knows
        return list(dict.fromkeys([*alone, *(hit for hit in found if hit.method in _METHODS[:2])]))

    @cached_property
    def _alone(self) -> Self:
        _ = self._by_fold, self._by_joint, self._bags, self._stems  # which both share
        return self.without_disk()

    def _find(self, just: str) -> list[Hit]:
        if found := self._in_memory(just):
            return [found]
        wanted = spell_out(just)
        if (skill := find_skill_in_action(wanted)) and (found := self.exact(skill)):
            return list(dict.fromkeys([mark_as_rule(found), *self._find_tools(wanted)]))
        one = self.find_one(wanted) or self.exact(just) or self._bare(wanted)
        if one:
            return list(dict.fromkeys([one, *self._find_in_brackets(wanted)]))
        return self._find_inside(wanted)

    def _bare(self, phrase: str) -> Hit | None:
        bare = phrases.drop_brackets(phrase)
        found = self.find_one(bare) if bare != phrase else None
        return mark_as_rule(found) if found else None

    def _find_tools(self, phrase: str) -> Iterator[Hit]:
        """The tools with which something is done: *analysed sales data in Excel*."""
        for part in phrases.split_at_links(phrase)[1:]:
            for name in phrases.split(part):
                if (hit := self._plainly(name)) and self._is_tool(hit):
                    yield hit

    def _find_in_brackets(self, phrase: str) -> Iterator[Hit]:
        for part in phrases.list_brackets(phrase, self._split):
            if found := self.find_one(part):
                yield mark_as_rule(found)

    def _find_inside(self, phrase: str) -> list[Hit]:
        bare = phrases.drop_brackets(phrase)
        if "/" in bare and (found := self._one_after_the_other(bare)):  # names may have a stroke: *jenkins ci/cd*
            return list(dict.fromkeys(map(mark_as_rule, [*found, *self._find_in_brackets(phrase)])))
        for parts in (self._split(bare), phrases.split_at_links(bare)):
            if parts and parts != [bare] and (found := list(self._each(parts))):
                return list(dict.fromkeys(map(mark_as_rule, [*found, *self._find_in_brackets(phrase)])))
        hit = self._name_in(bare)
        last = self._one_after_the_other(bare) or ([hit] if hit else [])
        return list(dict.fromkeys(map(mark_as_rule, [*last, *self._find_in_brackets(phrase)])))

    def _split(self, phrase: str) -> list[str]:
        """The parts of an enumeration; a name with a stroke or an *and* of its own is not parted."""
        parts = phrases.split_at_commas(phrase)
        return [one for part in parts for one in ([part] if self._plainly(part) else phrases.split(part))]

    def _each(self, parts: list[str]) -> Iterator[Hit]:
        first = parts[0].split()[0]
        for part, whole in zip(parts, phrases.complete(parts), strict=True):
            shared = None if part is parts[0] or " " in part else self.exact(f"{first} {part}")
            if shared and not self._is_tool(shared) and (own := self.exact(part)):
                shared = own  # of *stakeholder engagement and communication*, the second is a skill by itself
            if hit := shared or self._tool(part) or self._plainly(whole) or self.find_one(part):
                yield hit  # the first word may be said once for all: *google docs/sheets*
            else:
                pieces = phrases.split_at_links(part)
                found = [hit for piece in pieces if (hit := self.find_one(piece) or self._name_in(piece))]
                alone = self._name_in(part)
                yield from found if len(pieces) > 1 else [alone] if alone else self._all_of_a_form(part)

    def _tool(self, name: str) -> Hit | None:
        """The tool that a name means, which says enough: of *AWS and Azure*, the first is not *AWS Azure*."""
        hit = self._plainly(name)
        return hit if hit and self._is_tool(hit) else None

    def _is_tool(self, hit: Hit) -> bool:
        return all(self._catalogue.class_of(iri) == CG.Tool for iri in hit.iris)

    def _plainly(self, phrase: str) -> Hit | None:
        """The nodes that a phrase means in one of its simpler forms, without typing errors."""
        forms = phrases.list_simpler_forms(phrase)
        return next((mark_as_rule(hit) for form in forms if (hit := self.exact(form))), None)

    def _name_in(self, phrase: str) -> Hit | None:
        """The one name that a phrase ends or begins with, whatever else it says."""
        return self._last_words(phrase) or self._first_tool(phrase) or self._first_words(phrase)

    def _first_words(self, phrase: str) -> Hit | None:
        """The name of two words or more that a phrase begins with, or of one that is done: *teaching adults*."""
        for form in phrases.list_simpler_forms(phrase.strip()):
            words = form.split()
            for count in range(len(words) - 1, 0, -1):
                name = " ".join(words[:count])
                if (count >= _ENOUGH_WORDS or name in DOINGS) and (hit := self.exact_but_for_endings(name)):
                    return hit
        return None

    def _first_tool(self, phrase: str) -> Hit | None:
        """The tool that a phrase begins with: *Jenkins pipelines*."""
        for form in phrases.list_simpler_forms(phrase):
            words = form.split()
            for count in range(min(len(words) - 1, 3), 0, -1):
                name = " ".join(words[:count])
                hit = self.exact_but_for_endings(name) if _may_begin(name, words[count]) else None
                if hit and self._is_tool(hit):
                    return hit
        return None

    def beginning(self, text: str) -> Hit | None:
        """The nodes with the longest name that a text in normal form begins with."""
        words = text.split()
        starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next((mark_as_rule(hit) for start in starts if (hit := self.exact(start.strip(" ,.:;")))), None)

    def find_one(self, phrase: str) -> Hit | None:
        """The nodes that a phrase in normal form means as a whole: as it is, in a simpler form, or with a typing error.

        Args:
            phrase: without parts in brackets.
        """
        forms = list(dict.fromkeys([phrase, *phrases.list_simpler_forms(phrase)]))
        for look in (self._in_memory, self.exact):  # what is bundled is meant, however it is worded
            for form in forms:
                if found := look(form):
                    return found if form == phrase else mark_as_rule(found)
                if found := self._loosely(form):
                    return mark_as_rule(found)
        on_disk = (
            self._in_the_singular_on_disk(phrases.fold_plurals(form)) for form in forms if _can_be_a_plural(form)
        )
        return next(filter(None, on_disk), None) or next((hit for form in forms if (hit := self._like(form))), None)

    def _loosely(self, form: str) -> Hit | None:
        folded = phrases.fold(form)
        if not _can_be_a_plural(form):
            return None
        two = phrases.has_means(form)  # things, in whatever order: *NLP with spaCy* is not just spaCy's
        for known, key in (
            (self._by_fold, folded),
            (self._by_joint, phrases.join(folded)),
            (self._bags, "" if two else phrases.make_bag(form)),
            (self._stems, "" if two else phrases.find_stems(form)),
        ):
            if key and key in known:
                return self.exact(known[key])
        return None

    def _in_the_singular_on_disk(self, folded: str) -> Hit | None:
        if not self.kinds or not folded:
            return None
        for index in order_indexes(self._catalogue):  # as where a name is just this
            names = index.names_in_the_singular(folded)
            fitting = dict.fromkeys(n.node for n in names if n.kind in self.kinds and not n.rank)
            if fitting:
                return self._hit(fitting, "rule")
        return None

    def _all_of_a_form(self, phrase: str) -> list[Hit]:
        """The names that a simpler form of a phrase consists of: *built RAG chatbots*."""
        forms = phrases.list_simpler_forms(phrase)
        return next(filter(None, map(self._one_after_the_other, forms)), [])

    def _one_after_the_other(self, phrase: str) -> list[Hit]:
        """The names that a phrase consists of, if it consists of nothing else."""
        words = phrase.split()
        found: list[Hit] = []
        while words:
            for count in range(len(words), 0, -1):
                part = " ".join(words[:count])
                if hit := None if part in ONLY_ALONE else self.exact(part) or self.exact_but_for_endings(part):
                    if not found or part not in HEADS:
                        found.append(hit)
                    break
            else:
                return []
            words = words[count:]
        return found

    def exact_but_for_endings(self, part: str) -> Hit | None:
        """The nodes with this name in normal form, but for plurals and American spelling."""
        folded = phrases.fold(part)
        name = self._by_fold.get(folded) if len(folded) >= SHORTEST_FUZZY or folded == part else None
        return self.exact(name) if name else None

    def _last_words(self, phrase: str) -> Hit | None:
        """The name that a phrase ends with, if of two words, or of one that others narrow: *wedding photography*."""
        for form in phrases.list_simpler_forms(phrase.strip()):
            words = form.split()
            for start in range(1, len(words)):
                name = " ".join(words[start:])
                enough = len(words) - start >= _ENOUGH_WORDS or name in NARROWED
                if enough and (hit := self.exact_but_for_endings(name)):
                    return hit
        return None

    def _like(self, name: str) -> Hit | None:
        if len(name) < SHORTEST_FUZZY:
            return None
        if name not in self._near:
            self._near[name] = self._compare(phrases.fold_plurals(name))
        return self._near[name]

    def _compare(self, name: str) -> Hit | None:
        from rapidfuzz import fuzz, process

        # Whoever differs by a slip in each word is so alike as a whole, so this sieve keeps all that matter.
        close = process.extract(
            name, self._keys, scorer=fuzz.token_sort_ratio, score_cutoff=100 * LEAST_LIKENESS, limit=20
        )
        scores = {known: measure_likeness(name, known) for known, _, _ in close if are_slips(name, known, self._words)}
        best = max(scores.values(), default=0.0)
        hits = (self.exact(self._comparable[known]) for known, score in scores.items() if score == best)
        iris = {iri for hit in hits if hit for iri in hit.iris}
        return Hit(tuple(sorted(iris)), "fuzzy", round(best, 4)) if iris else None


def _may_begin(name: str, follows: str) -> bool:
    """Whether a phrase that begins with a name and goes on so can be about the tool of that name."""
    return len(name) >= SHORTEST_FUZZY - 1 and (name not in ALSO_OTHER or follows in MADE_WITH_TOOLS)


def _can_be_a_plural(form: str) -> bool:
    folded = phrases.fold(form)
    return len(folded) >= SHORTEST_FUZZY or folded == form  # gits are no git
