"""The name of whoever a CV in plain text is about: it stands above all else, or behind the word *name*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from careergraph.transitions.people.cv.headings import find_part

#: A line that stands between the columns of a page.
COLUMN_BREAK = "\x1f"
#: A name stands in one of the first so many lines that are not empty, and has so many words.
_FIRST_LINES, _FEWEST_WORDS, _MOST_WORDS = 6, 2, 5
_LABELLED = re.compile(
    r"^\s*(?:full name|name|nom(?: et prénom)?|vor- und nachname|naam|nombre|nome)\s*[:|]\s*(\S.*)$", re.I
)
#: What is above the name: what the document is.
_DOCUMENT = re.compile(
    r"^\W*(?:curriculum vit(?:ae|æ)|résumé|resume|cv|lebenslauf|profile|profil|bewerbung)\W*(?:of|von|de)?\W*", re.I
)
_WORD = r"(?:[^\W\d_][\w'’.-]*)"
_PARTICLES = r"(?:von|van|der|den|de|da|di|del|della|dos|du|la|le|bin|ibn|al|el|y|zu|ten|ter)"
#: Titles before a name and letters after it, which are no part of it.
_AROUND = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|herr|frau|m|mme|ing|dipl\.? ing)\.?\s+(?=\S+\s)|,.*$|\s+\(.*\)$", re.I
)
#: Between two columns, or a name and what follows it.
_COLUMNS = re.compile(r"\s{4,}|\t|\s[|•–—-]\s")
_NAME = re.compile(rf"{_WORD}(?: (?:{_PARTICLES}|{_WORD}))+")


def find_name(pages: Sequence[str]) -> str | None:
    r"""The name at the top of a CV; None where the first lines hold nothing that looks like one.

    Args:
        pages: the text, page by page.

    >>> find_name(["Curriculum Vitae\n\nDr. Jane van der Berg, MSc\nNurse"]), find_name(["Experience\nNurse, 2019"])
    ('Jane van der Berg', None)
    """
    columns = (pages[0] if pages else "").split(COLUMN_BREAK)
    return next(filter(None, map(_find_at_the_top, columns)), None)


def _find_at_the_top(column: str) -> str | None:
    lines = [line.strip(" *#_\t") for line in column.splitlines() if line.strip(" *#_\t")]
    for whole in lines[:_FIRST_LINES]:
        labelled = _LABELLED.match(whole)
        line = _COLUMNS.split(whole)[0]
        said = _AROUND.sub("", _COLUMNS.split(labelled[1])[0] if labelled else _DOCUMENT.sub("", line)).strip()
        part = None if labelled else find_part(line)[0]
        if said and part not in (None, "nothing"):
            return None
        if part is None and _looks_like_a_name(said):
            return " ".join(said.split())
    return None


def _looks_like_a_name(text: str) -> bool:
    words = text.split()
    particles = re.compile(_PARTICLES)
    return (
        _FEWEST_WORDS <= len(words) <= _MOST_WORDS
        and _NAME.fullmatch(text) is not None
        and all(word[0].isupper() or particles.fullmatch(word) for word in words)
    )
