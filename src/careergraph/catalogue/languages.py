"""The languages that data has names in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import UnknownLanguage
from careergraph.rdf.standards import SKOS
from careergraph.store.statements import untag

#: Names that can be shown; hidden ones are only searched.
_NAMES = (SKOS.prefLabel, SKOS.altLabel)


def check_language(catalogue: Catalogue, code: str) -> None:
    """Check that labels can be shown in a language: that something has a name in it.

    Takes time linear in the data in memory if nothing has, and none for English.

    Args:
        catalogue: the data.
        code: an ISO 639-1 code.

    Raises:
        UnknownLanguage: nothing has a name in this language.

    >>> check_language(Catalogue.load("bundled"), "nl")
    """
    if code != "en" and code not in _find_languages(catalogue):
        raise UnknownLanguage(code, languages=list_languages(catalogue))


def list_languages(catalogue: Catalogue) -> tuple[str, ...]:
    """The ISO 639 codes of all languages that labels or aliases are in, English first, then by code.

    >>> list_languages(Catalogue({"urn:a": {f"{SKOS.prefLabel}@nl": ["Verpleegkundige"]}}))
    ('en', 'nl')
    """
    return ("en", *sorted({*_find_languages(catalogue)} - {"en"}))


def _find_languages(catalogue: Catalogue) -> Iterator[str]:
    on_disk = (predicate for index in catalogue.indexes for predicate in index.predicates())
    in_memory = (predicate for said in catalogue.memory.values() for predicate in said)
    for filed in chain(on_disk, in_memory):
        predicate, language = untag(filed)
        if language and predicate in _NAMES:
            yield language.partition("-")[0]
