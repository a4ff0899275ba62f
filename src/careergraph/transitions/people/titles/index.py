"""The names of positions, indexed for finding what job titles mean."""

from __future__ import annotations

from functools import cached_property

from careergraph.catalogue.names import LONGEST_NAME
from careergraph.model.text import normalise
from careergraph.transitions.people import phrases
from careergraph.transitions.people.name_index import SHORTEST_FUZZY, Hit, NameIndex, mark_as_rule
from careergraph.transitions.people.titles.abroad import find_position_abroad, fold_gender
from careergraph.transitions.people.titles.table import find_everyday
from careergraph.transitions.people.titles.titles import (
    cut_at_dash,
    drop_middle,
    find_colleagues,
    find_end_behind_dash,
    list_title_forms,
    list_title_parts,
    names_a_trade,
    with_commas,
)
from careergraph.transitions.people.vague_words import SAY_LITTLE


class TitleIndex(NameIndex):
    """The names of positions, in memory and on disk, among which job titles are looked up."""

    def find_title(self, text: str) -> list[Hit]:
        """The positions that a job title means: as a whole, else each part that it joins, else what it ends with.

        Args:
            text: as somebody wrote it.
        """
        if not text.strip() or len(text) > LONGEST_NAME:
            return []
        title, parts = normalise(with_commas(text)), list_title_parts(normalise(text))
        if found := self.exact(title) or self.exact(title.replace(" & ", " and ")):
            return [found]
        parts = parts if len(parts) > 1 else []
        whole = [said for said in (normalise(cut_at_dash(text)), title) if said not in SAY_LITTLE]
        whole += filter(None, [normalise(find_end_behind_dash(text))])
        for read in (self.find_called, self._title):
            both = zip(parts, phrases.complete(parts) if parts else [], strict=True)
            shared = [self._with_the_first_word(parts, number) for number in range(len(parts))]
            pairs = zip(shared, both, strict=True)
            each = [hit for own, (part, in_full) in pairs if (hit := own or read(part) or self.find_called(in_full))]
            one = None if each and len(each) == len(parts) else next(filter(None, map(read, whole)), None)
            if one:
                return [mark_as_rule(one)]
            if each:
                every = map(self._title, parts) if len(each) < len(parts) else each
                return list(dict.fromkeys(map(mark_as_rule, filter(None, every))))
        return []

    def _title(self, title: str) -> Hit | None:
        """The position that a title means: by its name, by the trade that it ends with, or but for a slip."""
        forms = list(list_title_forms(title))
        fellows = (name for form in forms for name in find_colleagues(form))
        return (
            self.find_called(title)
            or next((hit for form in forms if (hit := self._in_the_other_gender(form))), None)
            or self._abroad(title)
            or next((hit for name in fellows if (hit := self._in_memory(name))), None)
            or next((hit for form in forms if (hit := self._trade(form))), None)
            or next((hit for form in forms if (hit := self._before_a_speciality(form))), None)
            or next((hit for form in forms if (hit := self._in_memory(drop_middle(form)))), None)
            or next((hit for form in forms if (hit := self._in_the_middle(form))), None)
            or next((hit for form in forms if (hit := self._like(form))), None)
        )

    def _with_the_first_word(self, parts: list[str], number: int) -> Hit | None:
        """The position of a part of one word that shares the first word of all: *data analyst / scientist*."""
        alone = number > 0 and " " not in parts[number] and " " in parts[0]
        hit = self.exact(f"{parts[0].split()[0]} {parts[number]}") if alone else None
        return mark_as_rule(hit) if hit else None

    def find_called(self, title: str) -> Hit | None:
        """The position with one of the title's simpler forms as its name."""
        return next(
            (hit for form in list_title_forms(title) if (hit := self.exact(form) or self._as_a_title(form))), None
        )

    def _as_a_title(self, form: str) -> Hit | None:
        folded = phrases.fold(form)
        if len(folded) < SHORTEST_FUZZY and folded != form:  # gits are no git
            return None
        for known, key in (
            (self._by_fold, folded),
            (self._by_joint, phrases.join(folded)),
            (self._bags, phrases.make_bag(form)),
        ):
            if key in known:
                return mark_as_rule(self.exact(known[key]) or Hit((), "rule", 1.0))
        return self._everyday(form) or self._in_the_singular_on_disk(phrases.fold_plurals(form))

    @cached_property
    def _by_gender(self) -> dict[str, str]:
        return self._index(fold_gender)

    def _in_the_other_gender(self, form: str) -> Hit | None:
        """The position of a title that differs by gender only: *ingeniera química*, *Malermeisterin*."""
        name = self._by_gender.get(fold_gender(form))
        hit = self.exact(name) if name else None
        return mark_as_rule(hit) if hit else None

    def _abroad(self, title: str) -> Hit | None:
        """The position of those who work in the department that a title in another language names."""
        found = find_position_abroad(title)
        return Hit((found,), "rule", 1.0) if found and found in self._catalogue.statements else None

    def _everyday(self, form: str) -> Hit | None:
        """The position that a title stands for in the table of everyday ones."""
        found = find_everyday(form)
        return Hit((found,), "rule", 1.0) if found and found in self._catalogue.statements else None

    def _trade(self, form: str) -> Hit | None:
        """The position that a title ends with: a *primary school teacher* is a teacher."""
        words = phrases.fold(form).split()
        for start in range(1, len(words)):
            telling = len(words) - start > 1 or words[start] not in SAY_LITTLE
            if telling and (hit := self._folded(" ".join(words[start:]))):
                return hit
        return None

    def _before_a_speciality(self, form: str) -> Hit | None:
        """The position that a title begins with, if the rest names no other one: *translator de en*, *nurse icu*."""
        words = phrases.fold(form).split()
        for count in range(len(words) - 1, 0, -1):
            first, rest = words[:count], words[count:]
            telling = (count > 1 or first[0] not in SAY_LITTLE) and not any(map(names_a_trade, rest))
            if telling and (hit := self._folded(" ".join(first))):
                return hit
        return None

    def _in_the_middle(self, form: str) -> Hit | None:
        """The position of two words or more in the middle of a title: *multi-drop delivery driver nights*."""
        words = phrases.fold(form).split()
        for count in range(len(words) - 1, 1, -1):
            for start in range(len(words) - count + 1):
                if hit := self._folded(" ".join(words[start : start + count])):
                    return hit
        return None

    def _folded(self, words: str) -> Hit | None:
        """The position of a title that is folded already."""
        name = self._by_fold.get(words)
        hit = self.exact(name) if name else None
        return mark_as_rule(hit) if hit else self._everyday(words)
