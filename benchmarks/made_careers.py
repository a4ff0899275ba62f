"""Careers made up from a seed, in the shape of real ones: any number of positions, the same on every run.

A position has a label, three aliases, a definition, six requirements and six transitions. Skills are asked for as
unevenly as in real data, a few by nearly all; transitions lead to positions near by in nine cases of ten, and anywhere
in the tenth. That comes to some fifty statements a position.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from careergraph.importing.source import Node, Said
from careergraph.rdf.standards import RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE

GRAPH = f"{NAMESPACE.id.removesuffix('id/')}graph/made"
REQUIREMENTS, TRANSITIONS, ALIASES = 6, 6, 3
_STRENGTHS = ("required", "typically-required", "highly-valued", "valued")
_EASES = ("closest", "most-common", "standard-path", "bridge")
_SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprstv" for vowel in "aeiou"]


class Careers:
    """So many positions and what is said about them.

    Args:
        positions: how many.
        seed: another one makes other careers.
        claims: whether there are skills, requirements and transitions, or positions with their names alone.
    """

    def __init__(self, positions: int, seed: int = 1, *, claims: bool = True) -> None:
        self.positions, self.claims = positions, claims
        self.skills = max(200, positions // 20) if claims else 0
        self._seed = seed
        chance = random.Random(seed)
        self._words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(4000)]

    @staticmethod
    def role(number: int) -> str:
        """The IRI of a position."""
        return f"{NAMESPACE.id}role/made-{number}"

    def label(self, number: int) -> str:
        """The label of a position; no other one has it."""
        return f"{self._text(random.Random(f'{self._seed} {number}'), 2)} {self._number_word(number)}".capitalize()

    def nodes(self) -> Iterator[Node]:
        """All nodes: skills, then each position with its claims."""
        for number in range(self.skills):
            chance = random.Random(f"{self._seed} skill {number}")
            label = f"{self._text(chance, 1)} {self._number_word(number)}"
            yield Node(self._skill(number), GRAPH, [(RDF.type, CG.Skill, "iri"), (SKOS.prefLabel, label, "@en")])
        for number in range(self.positions):
            yield from self._position(number)

    def write(self, path: Path) -> int:
        """Write all statements as N-Triples, and tell how many there are."""
        statements = 0
        with path.open("w", encoding="utf-8") as file:
            for node in self.nodes():
                file.writelines(
                    f"<{node.subject}> <{what}> {_term(value, sort)} .\n" for what, value, sort in node.said
                )
                statements += len(node.said)
        return statements

    def walk(self, origin: int, steps: int) -> int:
        """Where so many transitions lead that follow each other from a position, without coming back on the way."""
        been = [origin]
        for _ in range(steps):
            been.append([place for place in self.neighbours(been[-1]) if place not in been][-1])
        return been[-1]

    def neighbours(self, number: int) -> list[int]:
        """The positions that transitions lead to from one."""
        chance = random.Random(f"{self._seed} moves {number}")
        found: dict[int, None] = {}
        while len(found) < min(TRANSITIONS, self.positions - 1):
            near = number + chance.choice((-1, 1)) * (1 + int(chance.expovariate(0.1)))
            other = (near if chance.random() < 0.9 else chance.randrange(self.positions)) % self.positions
            if other != number:
                found[other] = None
        return list(found)

    def _position(self, number: int) -> Iterator[Node]:
        chance, iri = random.Random(f"{self._seed} about {number}"), self.role(number)
        said: list[Said] = [(RDF.type, CG.Role, "iri"), (SKOS.prefLabel, self.label(number), "@en")]
        said += [(SKOS.altLabel, self._text(chance, 3), "@en") for _ in range(ALIASES)]
        yield Node(iri, GRAPH, [*said, (SKOS.definition, self._text(chance, 12), "@en")])
        yield from self._claims(number, chance) if self.claims else ()

    def _claims(self, number: int, chance: random.Random) -> Iterator[Node]:
        iri = self.role(number)
        for place in range(REQUIREMENTS):
            said: list[Said] = [(RDF.type, CG.Requirement, "iri"), (SCHEMA.about, iri, "iri")]
            said.append((CG.anyOf, self._skill(int(self.skills * chance.random() ** 3)), "iri"))
            said.append((CG.strength, f"{NAMESPACE.id}strength/{chance.choice(_STRENGTHS)}", "iri"))
            yield Node(f"{NAMESPACE.id}requirement/made-{number}-{place}", GRAPH, said)
        for other in self.neighbours(number):
            said = [
                (RDF.type, CG.Transition, "iri"),
                (CG.origin, iri, "iri"),
                (CG.destination, self.role(other), "iri"),
            ]
            said.append((CG.ease, f"{NAMESPACE.id}ease/{chance.choice(_EASES)}", "iri"))
            yield Node(f"{NAMESPACE.id}transition/made-{number}--{other}", GRAPH, said)

    @staticmethod
    def _skill(number: int) -> str:
        return f"{NAMESPACE.id}skill/made-{number}"

    def _text(self, chance: random.Random, words: int) -> str:
        return " ".join(self._words[int(len(self._words) * chance.random() ** 2)] for _ in range(words))

    @staticmethod
    def _number_word(number: int) -> str:
        """A number as a word of its own."""
        word = ""
        while number or not word:
            number, digit = divmod(number, len(_SYLLABLES))
            word += _SYLLABLES[digit]
        return f"{word}x"


def _term(value: str, sort: str) -> str:
    # What is made up here has nothing in it that would have to be escaped.
    return f"<{value}>" if sort == "iri" else f'"{value}"{sort}'
