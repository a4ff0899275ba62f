"""From codes of classifications to the occupations of imported data sets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.text import normalise, to_singular
from careergraph.rdf.standards import SKOS

_NAMING = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_ANY = re.compile(".*", re.DOTALL)
#: The last character: every text that begins with a prefix sorts before the prefix with this added.
_LAST_SIGN = "\U0010ffff"


class CodedOccupations:
    """The occupations of a catalogue by their codes.

    Args:
        catalogue: what is bundled and imported.

    Takes time linear in the occupations, save for sorting their codes.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._found: dict[str, list[str]] = {}
        self._labels: dict[str, str] = {}
        self._names: dict[str, frozenset[str]] = {}
        for iri, said in catalogue.each("occupation"):
            self._labels[iri] = catalogue.label(iri)
            texts = (text for predicate in _NAMING for text in said.get(predicate, ()))
            self._names[iri] = frozenset(to_singular(normalise(text)) for text in texts)
            for code in said.get(SKOS.notation, ()):
                self._found.setdefault(code, []).append(iri)
        self._codes = sorted(self._found)

    def __len__(self) -> int:
        return len(self._labels)

    def get(self, code: str) -> tuple[str, ...]:
        """The occupations with a code, by IRI; empty if there is none."""
        return tuple(self._found.get(code, ()))

    def under(self, beginning: str, like: re.Pattern[str] = _ANY) -> tuple[str, ...]:
        """The occupations whose codes begin with a text, by code and IRI.

        Args:
            beginning: what their codes begin with.
            like: the form of such a code: `25` means different things in different classifications.
        """
        codes = filter(like.fullmatch, self.codes_under(beginning))
        return tuple(dict.fromkeys(iri for code in codes for iri in self._found[code]))

    def codes_under(self, beginning: str) -> list[str]:
        """The codes of occupations that begin with a text, in order."""
        first, last = (bisect_left(self._codes, end) for end in (beginning, beginning + _LAST_SIGN))
        return self._codes[first:last]

    def names_in_common(self, one: str, other: str) -> tuple[int, float]:
        """How many names, in the singular, an occupation shares with another one, and what share of its words."""
        first, second = self._names[one], self._names[other]
        words, others = ({word for name in names for word in name.split()} for names in (first, second))
        return len(first & second), len(words & others) / (len(words) or 1)

    def label(self, iri: str) -> str:
        """What an occupation is called."""
        return self._labels[iri]


def find_coded_occupations(datasets: Iterable[str] = ()) -> CodedOccupations:
    """The occupations of some data sets, or of all that is imported, by their codes."""
    return CodedOccupations(Catalogue.load(*datasets))
