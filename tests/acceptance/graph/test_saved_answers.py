"""Saved queries beside the same questions worked out in Python, over the catalogue's statements and the library.

Not only with their defaults: for every role, position, course or amount that they can be asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

import pyoxigraph
import pytest

import careergraph
from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import is_in_vocabulary
from careergraph.catalogue.node_profiles import describe_node
from careergraph.rdf.kinds import NODE_KINDS, POSITIONS
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.standards import PROV, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.server.pages.question_pictures import FILE
from careergraph.sparql.saved_queries import load_saved_queries
from careergraph.store.locations import list_dataset_files, name_graph
from careergraph.store.oxigraph import open_store
from careergraph.store.statements import read_statements
from make_query_results import bind
from make_question_pictures import drawn
from shared_data import shared_rows

Row = tuple[str | None, ...]
Rows = Counter[Row]
NOT_NEEDED = "https://w3id.org/careergraph/id/strength/not-needed"
SKILLS = (CG.Skill, CG.Knowledge, CG.Tool)


class Asker:
    """Asks saved queries about the curated graph and gives rows of plain strings."""

    def __init__(self) -> None:
        self.catalogue = Catalogue.load()
        self.store = open_store(list_dataset_files())
        self.saved = {query.name: query for query in load_saved_queries()}

    def _text(self, name: str, given: dict[str, str]) -> str:
        return bind(self.catalogue, self.saved[name], **given)

    def __call__(self, name: str, **given: str) -> Rows:
        found = self.store.query(self._text(name, given), prefixes=PREFIXES)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return Counter(tuple(None if term is None else term.value for term in solution) for solution in found)

    def yes(self, name: str, **given: str) -> bool:
        found = self.store.query(self._text(name, given), prefixes=PREFIXES)
        assert isinstance(found, pyoxigraph.QueryBoolean)
        return bool(found)


@pytest.fixture(scope="module")
def ask() -> Asker:
    return Asker()


@pytest.fixture(scope="module")
def c(ask: Asker) -> Catalogue:
    return ask.catalogue


@pytest.fixture(scope="module")
def graph() -> CareerGraph:
    return careergraph.load()


def roles(c: Catalogue) -> list[str]:
    return c.by_kind["role"]


def positions(c: Catalogue) -> list[str]:
    return [iri for kind in POSITIONS for iri in c.by_kind.get(kind, ())]


def asked_by(c: Catalogue, role: str, *, needed: bool = True) -> list[str]:
    """The requirements of a role, and those that more general roles hand down."""
    claims = [claim for general in c.lineage(role) for claim in c.about(general, "requirement")]
    return [claim for claim in claims if not needed or c.value(claim, CG.strength) != NOT_NEEDED]


def name_of(c: Catalogue, iri: str, predicate: str) -> str | None:
    found = c.value(iri, predicate)
    return None if found is None else c.label(found)


def sources(c: Catalogue, claim: str) -> list[str]:
    return [c.label(place) for place in c.values(claim, PROV.wasDerivedFrom)]


@cache
def below(c: Catalogue, top: str) -> frozenset[str]:
    """A node and everything under it."""
    return frozenset(iri for iri, general in lineages(c).items() if top in general)


@cache
def lineages(c: Catalogue) -> dict[str, tuple[str, ...]]:
    return {iri: c.lineage(iri) for iri in c.statements}


### Roles and skills


def test_role_requirements(ask: Asker, c: Catalogue) -> None:
    for role in roles(c):
        expected = Counter(
            (
                name_of(c, claim, CG.strength),
                name_of(c, claim, CG.level),
                c.value(claim, SCHEMA.text),
                str(len(c.values(claim, CG.anyOf))),
                c.label(general),
                source,
            )
            for general in c.lineage(role)
            for claim in c.about(general, "requirement")
            for source in sources(c, claim)
        )
        assert ask("role-requirements", role=role) == expected, role


def test_any_of_groups(ask: Asker, c: Catalogue) -> None:
    expected = Counter(
        (c.label(role), c.value(claim, SCHEMA.text), c.label(asset), source)
        for claim in c.by_kind["requirement"]
        if len(c.values(claim, CG.anyOf)) > 1
        for role, asset, source in product(c.values(claim, SCHEMA.about), c.values(claim, CG.anyOf), sources(c, claim))
    )
    assert ask("any-of-groups") == expected


def test_roles_asking_for(ask: Asker, c: Catalogue) -> None:
    for asset in [*c.by_kind["skill"], *c.by_kind["credential"], *c.by_kind["milestone"]]:
        under = below(c, asset)
        expected = Counter(
            (c.label(role), c.label(part), name_of(c, claim, CG.strength), name_of(c, claim, CG.level), source)
            for claim in c.by_kind["requirement"]
            for role, part, source in product(
                c.values(claim, SCHEMA.about), c.values(claim, CG.anyOf), sources(c, claim)
            )
            if part in under
        )
        assert ask("roles-asking-for", asset=asset) == expected, asset


def test_roles_in_common_and_role_difference(ask: Asker, c: Catalogue) -> None:
    for role, other in product(roles(c), repeat=2):
        theirs = asked_by(c, other)
        shared = {
            (c.label(asset), name_of(c, one, CG.strength), name_of(c, two, CG.strength))
            for one, two in product(asked_by(c, role), theirs)
            for asset in set(c.values(one, CG.anyOf)) & set(c.values(two, CG.anyOf))
        }
        assert ask("roles-in-common", role=role, other=other) == Counter(shared), (role, other)
        asked = {asset for claim in asked_by(c, other, needed=False) for asset in c.values(claim, CG.anyOf)}
        own = Counter(
            (c.value(claim, SCHEMA.text), name_of(c, claim, CG.strength), name_of(c, claim, CG.level), source)
            for claim in asked_by(c, role)
            if not asked.intersection(c.values(claim, CG.anyOf))
            for source in sources(c, claim)
        )
        assert ask("role-difference", role=role, other=other) == own, (role, other)


def test_most_asked_for(ask: Asker, c: Catalogue) -> None:
    asking: dict[str, set[str]] = {}
    for claim in c.by_kind["requirement"]:
        if c.value(claim, CG.strength) != NOT_NEEDED:
            for asset in c.values(claim, CG.anyOf):
                asking.setdefault(asset, set()).update(c.values(claim, SCHEMA.about))
    for least in (1, 2, 3, 4):
        expected = Counter((c.label(a), str(len(found))) for a, found in asking.items() if len(found) >= least)
        assert ask("most-asked-for", at_least=str(least)) == expected


def test_role_family(ask: Asker, c: Catalogue) -> None:
    for role in roles(c):
        expected = Counter(
            (c.label(node), c.label(parent))
            for node in below(c, role) - {role}
            for parent in c.values(node, SKOS.broader)
        )
        assert ask("role-family", role=role) == expected


def test_roles_without_requirements(ask: Asker, c: Catalogue) -> None:
    silent = [role for role in roles(c) if not asked_by(c, role, needed=False)]
    expected = Counter(
        (c.label(role), str(any(c.about(n, "requirement") for n in below(c, role) - {role})).lower()) for role in silent
    )
    assert ask("roles-without-requirements") == expected


def test_held_already(ask: Asker, c: Catalogue) -> None:
    for position, role in product(positions(c), roles(c)):
        expected = {
            (c.value(claim, SCHEMA.text), name_of(c, claim, CG.level), c.label(asset), name_of(c, holding, CG.level))
            for claim in asked_by(c, role)
            for node in c.lineage(position)
            for holding in c.about(node, "holding")
            for asset in set(c.values(claim, CG.anyOf)) & set(c.values(holding, CG.holds))
        }
        assert ask("held-already", position=position, role=role) == Counter(expected), (position, role)


### Pay


def test_pay_of_role(ask: Asker, c: Catalogue) -> None:
    """The lines that `show` prints, neither more nor fewer."""
    for role in roles(c):
        found = ask("pay-of-role", role=role)
        lines = describe_node(c, role).pay
        assert {row[-1] for row in found} == {line.id for line in lines if role in c.values(line.id, SCHEMA.about)}
        for row in found:
            (line,) = (line for line in lines if line.id == row[-1])
            figures = (line.region, line.low, line.high, line.open_ended, line.currency, line.basis, line.equity)
            words = [None if item is None else str(item) for item in (*figures, line.seniority, line.year)]
            words[3] = words[3] and words[3].lower()
            assert list(row[:-2]) == words
            assert row[-2] in sources(c, line.id)


def test_pay_of_role_agrees_with_the_facts_of_the_article(ask: Asker) -> None:
    """Figures, currency, open end and region, counted by hand when the article was read."""
    facts = [row for row in shared_rows("article/facts.csv") if row["kind"] == "salary"]
    said: Counter[tuple[str, ...]] = Counter()
    for fact in facts:
        known = dict(pair.split("=", 1) for pair in fact["qualifiers"].split(";") if "=" in pair)
        open_ = {"no": "false", "yes (+)": "true"}.get(known.get("open_ended", ""), "")
        region = known["region"] if len(known["region"]) == 2 else ""
        currency = known["currency"].replace("unstated", "")
        said[fact["subject"].lower(), region, known["min"], known["max"], open_, currency] += 1
    subjects = {subject for subject, *_ in said}
    assert len(subjects) == 5
    found: Counter[tuple[str, ...]] = Counter()
    for subject in subjects:
        for row, times in ask("pay-of-role", role=subject).items():
            found[subject, *(item or "" for item in row[:5])] += times
    assert found == said


def test_pay_spread(ask: Asker, c: Catalogue) -> None:
    lines: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for claim in c.by_kind["pay"]:
        low, high, currency = (c.value(claim, p) for p in (SCHEMA.minValue, SCHEMA.maxValue, SCHEMA.currency))
        for role in c.values(claim, SCHEMA.about) if low and high and currency else ():
            lines.setdefault((c.label(role), str(currency)), []).append((int(str(low)), int(str(high))))
    expected = Counter(
        (*key, str(min(low for low, _ in found)), str(max(high for _, high in found)), str(len(found)))
        for key, found in lines.items()
    )
    assert ask("pay-spread") == expected


@pytest.mark.parametrize(("amount", "currency"), list(product([0, 120_000, 350_000, 10**9], ["USD", "gbp", "EUR"])))
def test_pay_reaching(ask: Asker, c: Catalogue, amount: int, currency: str) -> None:
    expected: Rows = Counter()
    for claim in c.by_kind["pay"]:
        low, high = c.integer(claim, SCHEMA.minValue), c.integer(claim, SCHEMA.maxValue)
        open_ended = c.value(claim, CG.openEnded)
        if low is None or high is None or c.value(claim, SCHEMA.currency) != currency.upper():
            continue
        if high < amount and open_ended != "true":
            continue
        for role, source in product(c.values(claim, SCHEMA.about), sources(c, claim)):
            starts = str(low >= amount).lower()
            row = (c.label(role), str(low), str(high), open_ended, starts, c.value(claim, CG.region), source)
            expected[row] += 1
    assert ask("pay-reaching", amount=str(amount), currency=currency) == expected


def test_pay_unstated(ask: Asker, c: Catalogue) -> None:
    properties = {
        "figures": SCHEMA.minValue,
        "currency": SCHEMA.currency,
        "region": CG.region,
        "segment": CG.segment,
        "basis": CG.basis,
        "year": CG.year,
        "seniority": CG.seniority,
    }
    expected = Counter(
        (c.label(role), word, claim, source)
        for claim in c.by_kind["pay"]
        for word, predicate in properties.items()
        if not c.values(claim, predicate)
        for role, source in product(c.values(claim, SCHEMA.about), sources(c, claim))
    )
    assert ask("pay-unstated") == expected


def test_pay_by_segment(ask: Asker, c: Catalogue) -> None:
    segments = [term for term in c.by_kind["term"] if "/segment/" in term]
    for segment in segments:
        expected = Counter(
            (role, name)
            for claim in c.by_kind["pay"]
            for name in (c.label(s) for s in c.values(claim, CG.segment) if s in below(c, segment))
            for role in map(c.label, c.values(claim, SCHEMA.about))
        )
        assert Counter(row[:2] for row in ask("pay-by-segment", segment=segment).elements()) == expected, segment


def test_pay_disagreements(ask: Asker, c: Catalogue) -> None:
    expected = Counter(
        (name_of(c, note, CG.severity), c.label(role), c.value(claim, SCHEMA.minValue), c.value(note, SCHEMA.text))
        for note in c.by_kind["disagreement"]
        for claim in c.values(note, CG.concerns)
        if c.kind(claim) == "pay"
        for role in c.values(claim, SCHEMA.about)
    )
    found = ask("pay-disagreements")
    assert Counter((row[0], row[1], row[2], row[-1]) for row in found.elements()) == expected


### Moves


@cache
def moves(c: Catalogue) -> tuple[tuple[str, str, str], ...]:
    return tuple(_moves(c))


def _moves(c: Catalogue) -> Iterator[tuple[str, str, str]]:
    for claim in c.by_kind["transition"]:
        origin, destination = c.value(claim, CG.origin), c.value(claim, CG.destination)
        assert origin is not None
        assert destination is not None
        yield origin, destination, claim


def test_ways_into_role(ask: Asker, c: Catalogue) -> None:
    for role in roles(c):
        expected = Counter(
            (c.label(origin), c.label(to), name_of(c, claim, CG.ease), c.value(claim, SCHEMA.text), source)
            for origin, to, claim in moves(c)
            if to in below(c, role)
            for source in sources(c, claim)
        )
        found = ask("ways-into-role", role=role)
        assert Counter((*row[:3], *row[4:]) for row in found.elements()) == expected
        for row in found:
            assert float(row[3] or 0) == max(
                c.weight(c.value(claim, CG.ease)) for *_, claim in moves(c) if name_of(c, claim, CG.ease) == row[2]
            )


def test_ways_from_position(ask: Asker, c: Catalogue) -> None:
    for position in positions(c):
        expected = Counter(
            (c.label(origin), c.label(to), name_of(c, claim, CG.ease))
            for origin, to, claim in moves(c)
            if origin in c.lineage(position)
        )
        assert Counter(row[:3] for row in ask("ways-from-position", position=position).elements()) == expected


def test_easiest_moves(ask: Asker, c: Catalogue) -> None:
    for least in ("0", "0.7", "0.90", "1"):
        expected = Counter(
            (c.label(origin), c.label(to), name_of(c, claim, CG.ease))
            for origin, to, claim in moves(c)
            if c.weight(c.value(claim, CG.ease)) >= float(least)
        )
        assert Counter(row[:3] for row in ask("easiest-moves", at_least=least).elements()) == expected


def test_two_step_routes(ask: Asker, c: Catalogue) -> None:
    for origin, destination in product(positions(c), roles(c)):
        expected = Counter(
            (c.label(between), name_of(c, one, CG.ease), c.label(arrival), name_of(c, two, CG.ease))
            for (start, between, one), (leaving, arrival, two) in product(moves(c), repeat=2)
            if start in c.lineage(origin) and leaving in c.lineage(between) and arrival in below(c, destination)
        )
        assert ask("two-step-routes", origin=origin, destination=destination) == expected, (origin, destination)


def test_within_reach_is_where_the_library_reaches(ask: Asker, c: Catalogue, graph: CareerGraph) -> None:
    for position in positions(c):
        reached = {row[0]: row[1] for row in ask("within-reach", position=position)}
        known = {
            found.role.label: len(found.route.steps) for found in graph.reach(position, derived=False).destinations
        }
        # The library leaves out what one is already: the position itself and its more general ones. It shows families
        # of roles by the member that it arrives at.
        being = {c.label(node) for node in c.lineage(position)}
        being |= {c.label(role) for role in roles(c) if c.pointing(SKOS.broader, role, "role")}
        assert set(reached) - being == set(known) - being, position
        assert {name for name, direct in reached.items() if direct == "true"} >= {
            name for name, steps in known.items() if steps == 1
        }


def test_steps_of_move(ask: Asker, c: Catalogue) -> None:
    for origin, to in {(origin, to) for origin, to, _ in moves(c)}:
        expected = Counter(
            (
                c.value(step, SCHEMA.position),
                c.value(step, SCHEMA.text),
                name_of(c, step, CG.strength),
                None if alternative is None else c.label(alternative),
                source,
            )
            for start, end, claim in moves(c)
            if (start, end) == (origin, to)
            for step in c.pointing(CG.transition, claim, "step")
            for alternative in c.values(step, CG.anyOf) or (None,)
            for source in sources(c, step)
        )
        assert ask("steps-of-move", origin=origin, destination=to) == expected


def test_bridging_roles_and_positions_without_a_way_on(ask: Asker, c: Catalogue) -> None:
    into: dict[str, set[str]] = {}
    out: dict[str, set[str]] = {}
    for origin, to, _ in moves(c):
        into.setdefault(to, set()).add(origin)
        out.setdefault(origin, set()).add(to)
    both = Counter((c.label(role), str(len(into[role])), str(len(out[role]))) for role in into.keys() & out.keys())
    assert ask("bridging-roles") == both
    told = [node for node in positions(c) if not is_in_vocabulary(c, node)]
    stuck = Counter((c.label(node), str(node in into).lower()) for node in told if node not in out)
    assert Counter((row[0], row[2]) for row in ask("no-way-on").elements()) == stuck


def test_is_there_a_move(ask: Asker, c: Catalogue) -> None:
    known = {(origin, to) for origin, to, _ in moves(c)}
    for origin, to in product(positions(c), roles(c)):
        assert ask.yes("is-there-a-move", origin=origin, destination=to) == ((origin, to) in known)


### Courses


def test_courses_teaching(ask: Asker, c: Catalogue) -> None:
    for skill in c.by_kind["skill"]:
        under = below(c, skill)
        expected = Counter(
            (c.label(course), c.label(part), c.value(claim, SCHEMA.value))
            for claim in c.by_kind["teaching"]
            for course, part in product(c.values(claim, SCHEMA.about), c.values(claim, CG.teaches))
            if part in under
        )
        assert ask("courses-teaching", skill=skill) == expected


def test_not_taught_and_free_courses_for_role(ask: Asker, c: Catalogue) -> None:
    teaching: dict[str, set[tuple[str, str]]] = {}
    for claim in c.by_kind["teaching"]:
        for course, part in product(c.values(claim, SCHEMA.about), c.values(claim, CG.teaches)):
            for skill in c.lineage(part):
                teaching.setdefault(skill, set()).add((course, part))
    free = {
        course
        for claim in c.by_kind["price"]
        if c.number(claim, SCHEMA.price) == 0
        for course in c.values(claim, SCHEMA.about)
    }
    for role in roles(c):
        asked = asked_by(c, role)
        untaught = Counter(
            (c.value(claim, SCHEMA.text), name_of(c, claim, CG.strength), source)
            for claim in asked
            if any(c.class_of(asset) in SKILLS for asset in c.values(claim, CG.anyOf))
            if not any(asset in teaching for asset in c.values(claim, CG.anyOf))
            for source in sources(c, claim)
        )
        assert ask("not-taught", role=role) == untaught, role
        offered = {
            (c.label(course), c.label(part), c.value(claim, SCHEMA.text))
            for claim in asked
            for asset in c.values(claim, CG.anyOf)
            for course, part in teaching.get(asset, ())
            if course in free
        }
        assert ask("free-courses-for-role", role=role) == Counter(offered), role


def test_course_hours_are_the_effort_claims_with_figures(ask: Asker, c: Catalogue) -> None:
    expected = Counter(
        (c.label(course), c.value(claim, SCHEMA.propertyID), c.value(claim, SCHEMA.minValue), source)
        for claim in c.by_kind["effort"]
        if c.value(claim, SCHEMA.minValue) and c.value(claim, SCHEMA.unitText)
        for course, source in product(c.values(claim, SCHEMA.about), sources(c, claim))
    )
    assert Counter((row[0], row[1], row[2], row[5]) for row in ask("course-hours").elements()) == expected


def test_third_party_hours(ask: Asker, c: Catalogue) -> None:
    pages: dict[str, list[str]] = {}
    for claim in c.by_kind["effort"]:
        for course in c.values(claim, SCHEMA.about):
            pages.setdefault(course, []).extend(c.values(claim, PROV.wasDerivedFrom))
    expected = {
        (c.label(course), str(len(found)), str(len(set(found))))
        for course, found in pages.items()
        if not any(name_of(c, page, CG.standing) == "official" for page in found)
    }
    assert set(ask("third-party-hours")) == expected


### Organisations


def test_employers_of_role(ask: Asker, c: Catalogue) -> None:
    for role in roles(c):
        expected = {
            (c.label(organisation), name_of(c, claim, CG.category), source)
            for claim in c.by_kind["classification"]
            if role in c.values(claim, CG.employs)
            for organisation, source in product(c.values(claim, SCHEMA.about), sources(c, claim))
        }
        assert ask("employers-of-role", role=role) == Counter(expected)


def test_facts_from_pages_are_the_attributes_that_show_prints(ask: Asker, c: Catalogue) -> None:
    for node in [*c.by_kind["organisation"], *c.by_kind["course"]]:
        shown = describe_node(c, node).attributes
        paged = [item for item in shown if c.value(item.id, SCHEMA.propertyID) and c.value(item.id, SCHEMA.value)]
        expected = Counter(
            (item.property, item.value, item.unit, source) for item in paged for source in sources(c, item.id)
        )
        assert Counter(row[:4] for row in ask("facts-from-pages", node=node).elements()) == expected, node


### Who says so


def test_disagreements(ask: Asker, c: Catalogue) -> None:
    expected = Counter(
        (note.severity, note.text, str(len(note.concerns))) for note in map(c.note, c.by_kind["disagreement"])
    )
    assert ask("disagreements") == expected


def test_needs_care_has_every_note_that_show_prints(ask: Asker, c: Catalogue) -> None:
    """`show` leaves out notes that are filed under a role and concern claims about others only; the query has both."""
    for kind in ("role", "course", "organisation", "skill"):
        for node in c.by_kind.get(kind, ()):
            found = describe_node(c, node)
            shown = {(note.kind, note.severity, note.text) for note in (*found.disagreements, *found.notes)}
            of_moves = {note.text for move in found.transitions for note in move.notes}
            assert {row for row in shown if row[2] not in of_moves} <= set(ask("needs-care", node=node)), node


def test_claims_by_source(ask: Asker, c: Catalogue) -> None:
    things = {*NODE_KINDS, SKOS.ConceptScheme}
    for graph in {name_graph(path) for path in list_dataset_files()}:
        statements = read_statements(path for path in list_dataset_files() if name_graph(path) == graph)
        expected: Counter[str] = Counter(
            kind
            for by_predicate in statements.values()
            if PROV.wasDerivedFrom in by_predicate
            for kind in by_predicate.get(RDF.type, ())
            if kind not in things
        )
        assert ask("claims-by-source", graph=graph) == Counter({(k, str(n)): 1 for k, n in expected.items()}), graph


def test_editors_judgement(ask: Asker, c: Catalogue) -> None:
    for position in positions(c):
        expected = Counter(
            (c.label(asset), name_of(c, claim, CG.level))
            for claim in c.about(position, "holding")
            for asset in c.values(claim, CG.holds)
        )
        assert ask("editors-judgement", position=position) == expected


def test_words_and_weights(ask: Asker, c: Catalogue) -> None:
    uses = Counter(
        term
        for iri in c.statements
        for predicate in (CG.strength, CG.level, CG.ease)
        for term in c.values(iri, predicate)
    )
    weighed = [term for term in c.by_kind["term"] if c.value(term, CG.weight) and "/parameter/" not in term]
    expected = Counter((c.label(term), str(uses[term])) for term in weighed)
    assert Counter((row[1], row[3]) for row in ask("words-and-weights").elements()) == expected


def test_is_all_cited_says_no_where_a_claim_stands_alone(ask: Asker) -> None:
    query = bind(ask.catalogue, ask.saved["is-all-cited"])
    bare = pyoxigraph.Store()
    bare.update(f"PREFIX cg: <{PREFIXES['cg']}> INSERT DATA {{ <a:claim> a cg:Task }}")
    assert not bare.query(query, prefixes=PREFIXES)
    assert ask.yes("is-all-cited")


def test_said_there(ask: Asker, c: Catalogue) -> None:
    def claims(places: Iterable[str]) -> set[str]:
        notes = {"disagreement", "ambiguity", "correction", "omission", "holding"}
        return {
            iri
            for iri in c.statements
            if c.kind(iri) not in notes and set(places) & set(c.values(iri, PROV.wasDerivedFrom))
        }

    for place in c.by_kind["section"]:
        name = c.value(place, CG.section)
        assert name is not None
        assert {row[0] for row in ask("said-there", source=name.lower())} == claims([place]), name


def test_pictures_of_the_questions_are_those_of_their_answers() -> None:
    assert FILE.read_text(encoding="utf-8") == drawn(), "python scripts/make_question_pictures.py draws them anew"
