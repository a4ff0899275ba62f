"""Which fields of study a text on studies names: by their names, behind a degree, or by the degree itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import LONGEST_NAME
from careergraph.model.text import normalise
from careergraph.transitions.people.abbreviations import spell_out
from careergraph.transitions.people.degrees import find_degrees, find_field_of_degree, find_subject
from careergraph.transitions.people.field_families import find_field_family
from careergraph.transitions.people.name_index import Hit, NameIndex, mark_as_rule
from careergraph.transitions.people.phrases import complete, drop_brackets, list_brackets, split

#: Ways in which a field is studied: *computational neuroscience* is neuroscience.
_WAYS = re.compile(
    r"^(?:computational|theoretical|experimental|applied|clinical|quantitative|comparative|general|modern) "
)
#: Words for any field: *education studies* is education.
_ENDS = re.compile(r" (?:studies|sciences?|theory|research|practice|and technology|technology|education)$")
#: The last words of fields that say too little by themselves.
_NO_FIELD_ALONE = frozenset(
    (
        *("science", "sciences", "studies", "engineering", "management", "design", "art", "arts", "technology"),
        *("education", "communication", "business", "it", "policy", "ai", "materials"),
    )
)
#: What the words after it narrow a field to, or add to it: *mit Schwerpunkt Marketing*, *minor in Statistics*.
_FOCUS = re.compile(
    r"[,;:]? ?\b(?:(?:with|mit|avec|con|met|im|en)(?: an?| dem)? )?(?:minors?|majors?|nebenfach|hauptfach|"
    r"schwerpunkt|vertiefung|"
    r"fachrichtung|studienrichtung|focus|emphasis|concentration|specialisation|specialization|option|mention|parcours|"
    r"spécialité|spécialisation|especialidad|mención|orientamento|indirizzo|afstudeerrichting|specialisatie)"
    r"(?: (?:in|on|en|of|de|van))?[: ]+"
)
#: What is said of a course of studies beside its field.
_BESIDES = re.compile(
    r",? \b(?:with|including|incl\.?) (?:an? )?(?:(?:industrial |professional |foundation |integrated )?(?:year|"
    r"placement|sandwich|"
    r"internship|honours|distinction|study)\b.*)$"
)
_WITH = re.compile(r" with ")
_TWO = 2
#: Words between a degree and what it is in.
_LINKS = re.compile(r"^(?:[,:]|\b(?:in|of|as|zur|zum|als|der|des|en|de|di|du|la|level \d|\d)\b)(?:\s+|$)")


class Studies(NamedTuple):
    """The names of fields of study and of degrees, among which texts on studies are looked up."""

    catalogue: Catalogue
    field_names: NameIndex
    credential_names: NameIndex

    def find(self, text: str) -> list[Hit]:
        """The fields that a text names, belongs to by its words, or is a degree in.

        Args:
            text: as somebody wrote it.
        """
        if len(text) > LONGEST_NAME:
            return []
        return self.fields(text) or self._alike(text) or self.of_degree(text)

    def fields(self, text: str) -> list[Hit]:
        """The fields that a text names: as a whole, behind a degree, or part by part.

        Args:
            text: as somebody wrote it.
        """
        said = spell_out(_BESIDES.sub("", normalise(text)))
        if self._begins_with_a_degree(text) and not self.field_names.exact(said):
            return self.behind(said)
        if whole := self._one(said):
            return [whole]
        return self._parts(said) or self.field_names.find(text) or self._in_the_last_word(said)

    def behind(self, degree: str) -> list[Hit]:
        """The fields that stand behind a degree: *B.Sc. Physics*.

        Args:
            degree: as somebody wrote it, with what it is in.
        """
        degree = _FOCUS.sub(", ", _BESIDES.sub("", normalise(degree)))
        subject = find_subject(degree) if any(True for _ in find_degrees(degree)) else self._behind_a_name(degree)
        return (self.fields(subject) or self._alike(subject)) if subject else []

    def of_degree(self, text: str) -> list[Hit]:
        """The field of a degree that is in one field alone: an *LLB* is in law.

        Args:
            text: the degree.
        """
        return self._known(find_field_of_degree(text))

    def _one(self, said: str) -> Hit | None:
        forms = (said, _WAYS.sub("", said), _ENDS.sub("", said))
        return next(filter(None, map(self.field_names.find_one, forms)), None)

    def _parts(self, said: str) -> list[Hit]:
        """The field of each part that an enumeration joins, by its name or its words."""
        parts = [one for part in split(_FOCUS.sub(", ", drop_brackets(said))) for one in _WITH.split(part) if one]
        if len(parts) < _TWO:
            return []
        wholes = complete(parts)  # *mechanical & civil engineering* is engineering of both kinds
        named = (self._one(part) or self._one(whole) for part, whole in zip(parts, wholes, strict=True))
        each = [[hit] if hit else self._alike(part) for part, hit in zip(parts, named, strict=True)]
        return list(dict.fromkeys(mark_as_rule(hit) for found in each for hit in found))

    def _in_the_last_word(self, said: str) -> list[Hit]:
        """The field that the last word names: *human biology*."""
        words = said.split()
        last = self.field_names.exact(words[-1]) if len(words) > 1 and words[-1] not in _NO_FIELD_ALONE else None
        return [mark_as_rule(last)] if last else []

    def _alike(self, text: str) -> list[Hit]:
        """The field to which the words in a text belong that nothing is called: *cell biology and immunology*."""
        return [] if self._begins_with_a_degree(text) else self._known(find_field_family(text))

    def _known(self, field: str | None) -> list[Hit]:
        return [Hit((field,), "rule", 1.0)] if field and field in self.catalogue.statements else []

    def _begins_with_a_degree(self, text: str) -> bool:
        name = drop_brackets(normalise(text))
        return any(True for _ in find_degrees(text)) or self.credential_names.beginning(name) is not None

    def _behind_a_name(self, text: str) -> str:
        """What stands behind the longest name of a degree that a text begins with."""
        words = normalise(text).split()
        named = self.credential_names.exact
        counts = (count for count in range(len(words), 0, -1) if named(" ".join(words[:count]).strip(" ,:;")))
        rest = " ".join(words[next(counts, len(words)) :])
        return _LINKS.sub("", rest) or next(iter(list_brackets(normalise(text))), "")
