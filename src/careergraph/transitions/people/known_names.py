"""The names of some nodes, indexed by how they are compared: exactly, loosely, by their words, by likeness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import LONGEST_NAME, is_word_for_an_occupation, keep_what_is_meant, order_indexes
from careergraph.model.records import Record
from careergraph.model.text import normal
from careergraph.rdf.vocabulary import CG, SKOS
from careergraph.transitions.people import phrases
from careergraph.transitions.people.titles import before_a_dash, title_forms, title_parts

#: Two names are taken for one if each word of the one is so like a word of the other that one slip explains it; of the
#: names that are compared, those at least so alike as a whole (the Indel ratio of rapidfuzz, 0 to 1).
LEAST_LIKENESS = 0.8
#: Names with fewer characters are never matched by likeness: *GIF* is not *git*, *R* is not *RL*.
SHORTEST_FUZZY = 4
#: A phrase that ends with a name of so many words is that, whatever stands before: *clinical project management*.
_ENOUGH_WORDS = 2
#: Words that many titles end with, and that say too little by themselves.
_SAY_LITTLE = frozenset(
    (
        *("manager", "engineer", "director", "worker", "assistant", "officer", "specialist", "associate", "analyst"),
        *("consultant", "strategist", "researcher", "scientist", "developer", "coordinator", "technician", "operator"),
        *("administrator", "expert", "executive", "agent", "adviser", "advisor", "lead", "pm", "representative"),
        *("supervisor", "partner", "fellow", "strategy", "policy", "academic", "humanities", "history", "engineering"),
        *("president", "producer", "server", "buyer", "trader", "linguist"),
    )
)
#: Names of tools that are ordinary words: what begins with one need not be about it.
ORDINARY = frozenset(
    (
        *("spring", "go", "swift", "rust", "express", "word", "excel", "outlook", "access", "teams", "slack", "zoom"),
        *("notion", "spark", "chef", "puppet", "ray", "sage", "epic", "canvas", "mural", "cursor", "maya", "rhino"),
        *("sketch", "keynote", "orange", "helm", "hive", "pig", "presto", "prefect", "airflow", "flask", "dash"),
        *("bootstrap", "julia", "ruby", "dart", "scratch", "stan", "annoy", "haystack", "gemini", "claude", "llama"),
        *("sentry", "bamboo", "ada", "scheme", "less", "mocha", "jest", "cypress", "unity", "blender", "windows"),
        *("premiere", "illustrator", "chroma", "neptune", "iceberg", "domo", "codex", "premier", "amplitude", "stem"),
        *("shell", "apex", "groovy", "node", "native", "react", "angular", "basic"),
        *("apache", "google", "epic systems", "command line", "macros", "facebook", "twitter", "instagram", "youtube"),
    )
)
_METHODS = ("label", "alias", "rule")


class Hit(Record):
    """The nodes that a text stands for (more than one if it is ambiguous), and how they were found."""

    iris: tuple[str, ...]
    method: str
    score: float


def by_rule(hit: Hit) -> Hit:
    """The same hit, found by a rule; what was found by likeness stays so."""
    return hit if hit.method == "fuzzy" else Hit(hit.iris, "rule", 1.0)


class KnownNames:
    """The names of nodes of some kinds, in memory and on disk.

    Args:
        catalogue: where the nodes are.
        what: what they are, in words: `skill`, `field of study`.
        iris: the nodes in memory.
        kinds: the kinds of those on disk, which are looked up there name by name; none if not given.
    """

    def __init__(self, catalogue: Catalogue, what: str, iris: Iterable[str], kinds: Sequence[str] = ()) -> None:
        self.what, self.kinds, self._catalogue = what, tuple(kinds), catalogue
        self._known: dict[str, dict[str, str]] = {}
        for iri in iris:
            for method, predicate in (("label", SKOS.prefLabel), ("alias", SKOS.altLabel)):
                for name in catalogue.values(iri, predicate):
                    self.add(normal(name), iri, method)
        self._near: dict[str, Hit | None] = {}

    def add(self, name: str, iri: str, method: str) -> None:
        """One name more, in normal form; a name that a node has in two ways counts in the first."""
        self._known.setdefault(name, {}).setdefault(iri, method)

    def exact(self, name: str) -> Hit | None:
        """The nodes with just this name in normal form; those whose label it is, if there are any."""
        methods = self._known.get(name)
        if methods:
            method = next(method for method in _METHODS if method in methods.values())
            hit = self._hit((iri for iri in methods if methods[iri] == method), method)
            return self._told_on_disk(name, hit) or hit
        return self._on_disk(name) if self.kinds and name else None

    def _told_on_disk(self, name: str, hit: Hit) -> Hit | None:
        """What a source on disk calls so, where in memory there is nothing but a word for an occupation."""
        if not self.kinds or not all(is_word_for_an_occupation(self._catalogue, iri) for iri in hit.iris):
            return None
        found = self._on_disk(name)
        clear = found if found and len(found.iris) == 1 else None
        return clear or self._in_the_singular_on_disk(phrases.fold(name))

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
    def _folded(self) -> dict[str, str]:
        return self._index(phrases.fold)

    @cached_property
    def _joined(self) -> dict[str, str]:
        return self._index(lambda name: phrases.join(phrases.fold(name)))

    @cached_property
    def _bags(self) -> dict[str, str]:
        return self._index(phrases.bag)

    @cached_property
    def _stems(self) -> dict[str, str]:
        return self._index(phrases.stems)

    @cached_property
    def _comparable(self) -> dict[str, str]:
        return {key: name for key, name in self._folded.items() if len(key) >= SHORTEST_FUZZY}

    @cached_property
    def _keys(self) -> list[str]:
        return list(self._comparable)

    def _index(self, key: Callable[[str], str]) -> dict[str, str]:
        # Of two names with one key, the first that was added counts.
        return {key(name): name for name in reversed(self._known)}

    def find(self, text: str) -> list[Hit]:
        """What a text stands for, if anything: one thing, or all that it names one after the other.

        Args:
            text: as somebody wrote it.
        """
        if not text.strip() or len(text) > LONGEST_NAME:
            return []
        wanted = normal(text)
        one = self.find_one(wanted) or self._bare(wanted)
        if one:
            return list(dict.fromkeys([one, *self._named_in_brackets(wanted)]))
        return self._named_inside(wanted)

    def find_title(self, text: str) -> list[Hit]:
        """The positions that a job title stands for: as a whole, else each that it joins, else what it ends with.

        Args:
            text: as somebody wrote it.
        """
        if not text.strip() or len(text) > LONGEST_NAME:
            return []
        title, parts = normal(text), title_parts(normal(text))
        if found := self.exact(title):
            return [found]
        each = [hit for part in parts if (hit := self._title(part))] if len(parts) > 1 else []
        if len(each) == len(parts):
            return list(dict.fromkeys(map(by_rule, each)))
        one = self._title(normal(before_a_dash(text))) or self._title(title)
        return [by_rule(one)] if one else list(dict.fromkeys(map(by_rule, each)))

    def _title(self, title: str) -> Hit | None:
        forms = list(title_forms(title))
        for form in forms:
            if found := self.exact(form) or self._as_a_title(form):
                return found
        return next((hit for form in forms if (hit := self._trade(form) or self._like(form))), None)

    def _as_a_title(self, form: str) -> Hit | None:
        folded = phrases.fold(form)
        if len(folded) < SHORTEST_FUZZY and folded != form:  # gits are no git
            return None
        for known, key in (
            (self._folded, folded),
            (self._joined, phrases.join(folded)),
            (self._bags, phrases.bag(form)),
        ):
            if key in known:
                return by_rule(self.exact(known[key]) or Hit((), "rule", 1.0))
        return self._in_the_singular_on_disk(folded)

    def _trade(self, form: str) -> Hit | None:
        """The position that a title ends with: a *primary school teacher* is a teacher."""
        words = phrases.fold(form).split()
        for start in range(1, len(words)):
            if len(words) - start > 1 or words[start] not in _SAY_LITTLE:
                name = self._folded.get(" ".join(words[start:]))
                if name and (hit := self.exact(name)):
                    return by_rule(hit)
        return None

    def _bare(self, phrase: str) -> Hit | None:
        bare = phrases.outside_brackets(phrase)
        found = self.find_one(bare) if bare != phrase else None
        return by_rule(found) if found else None

    def _named_in_brackets(self, phrase: str) -> Iterator[Hit]:
        for part in phrases.inside_brackets(phrase):
            if found := self.find_one(part):
                yield by_rule(found)

    def _named_inside(self, phrase: str) -> list[Hit]:
        bare = phrases.outside_brackets(phrase)
        for parts in (phrases.split(bare), phrases.connected(bare)):
            if len(parts) > 1 and (found := list(self._each(parts))):
                return list(dict.fromkeys(map(by_rule, [*found, *self._named_in_brackets(phrase)])))
        hit = self._last_words(bare) or self._first_tool(bare)
        last = self._one_after_the_other(bare) or ([hit] if hit else [])
        return list(dict.fromkeys(map(by_rule, [*last, *self._named_in_brackets(phrase)])))

    def _each(self, parts: list[str]) -> Iterator[Hit]:
        for part, whole in zip(parts, phrases.complete(parts), strict=True):
            hit = self.exact(whole) or self.find_one(part) or self._last_words(part) or self._first_tool(part)
            if hit:
                yield hit

    def _first_tool(self, phrase: str) -> Hit | None:
        """The tool that a phrase begins with: *Jenkins pipelines*."""
        for form in phrases.simpler_forms(phrase):
            words = form.split()
            for count in range(min(len(words) - 1, 3), 0, -1):
                name = " ".join(words[:count])
                hit = (
                    self.exact_but_for_endings(name)
                    if len(name) >= SHORTEST_FUZZY - 1 and name not in ORDINARY
                    else None
                )
                if hit and all(self._catalogue.class_of(iri) == CG.Tool for iri in hit.iris):
                    return hit
        return None

    def beginning(self, text: str) -> Hit | None:
        """The nodes with the longest name that a text in normal form begins with."""
        words = text.split()
        starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next((by_rule(hit) for start in starts if (hit := self.exact(start.strip(" ,.:;")))), None)

    def find_one(self, phrase: str) -> Hit | None:
        """The nodes that a phrase in normal form stands for as a whole: as it is, in a simpler form, or but for a slip.

        Args:
            phrase: without parts in brackets.
        """
        found = self.exact(phrase)
        if found:
            return found
        forms = list(phrases.simpler_forms(phrase))
        for form in forms:
            if found := self.exact(form) or self._loosely(form):
                return by_rule(found)
        return next((hit for form in forms if (hit := self._like(form))), None)

    def _loosely(self, form: str) -> Hit | None:
        folded = phrases.fold(form)
        if len(folded) < SHORTEST_FUZZY and folded != form:  # gits are no git
            return None
        for known, key in (
            (self._folded, folded),
            (self._joined, phrases.join(folded)),
            (self._bags, phrases.bag(form)),
            (self._stems, phrases.stems(form)),
        ):
            if key and key in known:
                return self.exact(known[key])
        return self._in_the_singular_on_disk(folded)

    def _in_the_singular_on_disk(self, folded: str) -> Hit | None:
        if not self.kinds or not folded:
            return None
        names = [found for index in self._catalogue.indexes for found in index.names_in_the_singular(folded)]
        fitting = dict.fromkeys(n.node for n in names if n.kind in self.kinds and not n.rank)
        return self._hit(fitting, "rule") if fitting else None

    def _one_after_the_other(self, phrase: str) -> list[Hit]:
        """The names that a phrase consists of, if it consists of nothing else."""
        words, found = phrase.split(), []
        while words:
            for count in range(len(words), 0, -1):
                part = " ".join(words[:count])
                if hit := self.exact(part) or self.exact_but_for_endings(part):
                    found.append(hit)
                    break
            else:
                return []
            words = words[count:]
        return found

    def exact_but_for_endings(self, part: str) -> Hit | None:
        """The nodes with this name in normal form, but for plurals and American spelling."""
        folded = phrases.fold(part)
        name = self._folded.get(folded) if len(folded) >= SHORTEST_FUZZY or folded == part else None
        return self.exact(name) if name else None

    def _last_words(self, phrase: str) -> Hit | None:
        """The name of two words or more that a phrase ends with."""
        for form in phrases.simpler_forms(phrase.strip()):
            words = form.split()
            for start in range(1, len(words) - _ENOUGH_WORDS + 1):
                if hit := self.exact_but_for_endings(" ".join(words[start:])):
                    return hit
        return None

    def _like(self, name: str) -> Hit | None:
        if len(name) < SHORTEST_FUZZY:
            return None
        if name not in self._near:
            self._near[name] = self._compare(phrases.fold(name))
        return self._near[name]

    def _compare(self, name: str) -> Hit | None:
        from rapidfuzz import fuzz, process

        # Whoever differs by a slip in each word is so alike as a whole, so this sieve keeps all that matter.
        close = process.extract(
            name, self._keys, scorer=fuzz.token_sort_ratio, score_cutoff=100 * LEAST_LIKENESS, limit=20
        )
        scores = {known: _likeness(name, known) for known, _, _ in close if _are_slips(name, known)}
        best = max(scores.values(), default=0.0)
        hits = (self.exact(self._comparable[known]) for known, score in scores.items() if score == best)
        iris = {iri for hit in hits if hit for iri in hit.iris}
        return Hit(tuple(sorted(iris)), "fuzzy", round(best, 4)) if iris else None


def _are_slips(one: str, other: str) -> bool:
    words, others = sorted(one.split()), sorted(other.split())
    return len(words) == len(others) and all(map(phrases.is_slip, words, others))


def _likeness(one: str, other: str) -> float:
    """How like the least alike words of two names with as many words are, in alphabetical order."""
    from rapidfuzz import fuzz

    return min(map(fuzz.ratio, sorted(one.split()), sorted(other.split()))) / 100
