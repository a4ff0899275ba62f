"""What codes of classifications stand for: the occupations that imported data sets have by them."""

from __future__ import annotations

from collections.abc import Iterable

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.vocabulary import SKOS


class CodedOccupations:
    """The occupations of a catalogue by their codes.

    Args:
        catalogue: what is bundled and imported.

    Takes time linear in the occupations.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._found: dict[str, list[str]] = {}
        self._labels: dict[str, str] = {}
        for iri, said in catalogue.each("occupation"):
            self._labels[iri] = catalogue.label(iri)
            for code in said.get(SKOS.notation, ()):
                self._found.setdefault(code, []).append(iri)

    def __len__(self) -> int:
        return len(self._labels)

    def get(self, code: str) -> tuple[str, ...]:
        """The occupations with a code, by IRI; empty if there is none."""
        return tuple(self._found.get(code, ()))

    def under(self, beginning: str) -> tuple[str, ...]:
        """The occupations whose codes begin so, by code and IRI."""
        codes = sorted(code for code in self._found if code.startswith(beginning))
        return tuple(dict.fromkeys(iri for code in codes for iri in self._found[code]))

    def label(self, iri: str) -> str:
        """What an occupation is called."""
        return self._labels[iri]


def coded_occupations(datasets: Iterable[str] = ()) -> CodedOccupations:
    """The occupations of some data sets, or of all that is imported, by their codes."""
    return CodedOccupations(Catalogue.load(*datasets))
