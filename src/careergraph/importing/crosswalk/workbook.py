"""ESCO's occupations and the corresponding ones of O*NET, as the official workbook pairs them.

The workbook names pairs and says no more. The kind of match is the editors' reading, from how many occupations each is
paired with:

    equal titles                                              exact
    the only one on both sides                                close
    the one of several of O*NET with most names in common     close, less surely
    the only one of O*NET, which has others of ESCO           broad: O*NET's is the broader one
    one of several of O*NET, none of which has another one    narrow
    any other                                                 related
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from careergraph.importing.codes import CodedOccupations, find_coded_occupations
from careergraph.importing.slugs import state_type
from careergraph.importing.source import Advance, Node, Said
from careergraph.importing.workbooks import Workbook
from careergraph.model.errors import UnusableSource
from careergraph.model.text import normalise, to_singular
from careergraph.rdf.standards import DCTERMS, OWL, PROV, RDFS, SCHEMA, SEMAPV, SKOS, SSSOM
from careergraph.rdf.vocabulary import CG, NAMESPACE

GRAPH = "https://w3id.org/careergraph/graph/crosswalk"
EDITORS_GRAPH = f"{GRAPH}-editors"
_OWN = f"{NAMESPACE.id}crosswalk/"
_EDITORS = f"{NAMESPACE.id}agent/editors"
_COLUMNS = ("ESCO/ISCO Code", "ESCO/ISCO Title", "O*NET-SOC 2019 Code", "O*NET-SOC 2019 Title")
_RELEASE = re.compile(r"ESCO v(\d+(?:\.\d+)+)")
#: Kind of match → the editors' confidence, and why.
KINDS = {
    SKOS.exactMatch: ("1.0", "The crosswalk pairs the two, and their titles are the same."),
    SKOS.closeMatch: ("0.9", "The crosswalk pairs the two with each other alone."),
    SKOS.broadMatch: ("0.7", "The crosswalk has no other occupation of O*NET for it, and others of ESCO for that one."),
    SKOS.narrowMatch: ("0.6", "The crosswalk has several occupations of O*NET for it, which stand for it alone."),
    SKOS.relatedMatch: ("0.5", "The crosswalk has several occupations for either."),
}


#: A further property of a pair: among several, it has the most names in common.
NEAREST = ("0.8", "Of those that the crosswalk has for it, this one has most names in common with it.")


class Pair(NamedTuple):
    """A row of the workbook: the codes and titles of the two."""

    code: str
    title: str
    other_code: str
    other_title: str


class Crosswalk:
    """The crosswalk, read into memory; `careergraph.importing.source.Reading` says what it offers.

    Args:
        workbook: its sheet.
        release: the release of ESCO that it is for.
        name: what to call the data set.
        known: the occupations of the data sets that are imported.
    """

    title = "ESCO to O*NET-SOC crosswalk"
    source = "https://www.onetcenter.org/crosswalks.html"
    licence = "https://creativecommons.org/licenses/by/4.0/"
    attribution = (
        "This data set includes the ESCO to O*NET-SOC crosswalk by the U.S. Department of Labor, Employment and "
        "Training Administration (USDOL/ETA), used under the CC BY 4.0 license, and uses the ESCO classification of "
        "the European Commission. careergraph has added the kinds of match; USDOL/ETA has not approved, endorsed, or "
        "tested these modifications."
    )
    graphs = (GRAPH, EDITORS_GRAPH)

    def __init__(self, workbook: Workbook, release: str, name: str, known: CodedOccupations) -> None:
        self.name, self.release = name, release
        self.files = {workbook.name: len(workbook)}
        self._workbook, self._known = workbook, known
        self._left_out = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """How many rows were left out, once all have been read."""
        rows, theirs = ("row is", "its") if self._left_out == 1 else ("rows are", "their")
        said = f"{self._left_out:,} {rows} left out: no imported data set has an occupation with one of {theirs} codes."
        return (said,) * bool(self._left_out)

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """The source, and an alignment for each pair of occupations.

        Raises:
            UnusableSource: a row lacks a code, or is there twice; or no row is about imported occupations.
        """
        yield from self._sources()
        pairs = self._pairs(advance)
        ours, theirs = (Counter(codes) for codes in zip(*((p.code, p.other_code) for p in pairs), strict=True))
        several = {p.code for p in pairs if theirs[p.other_code] > 1}
        nearest, made = self._nearest(pairs), 0
        for pair in pairs:
            kind = find_kind(pair, ours, theirs, several)
            judged = KINDS[kind]
            if ours[pair.code] > 1 and nearest.get(pair.code) == pair.other_code and kind != SKOS.exactMatch:
                kind, judged = SKOS.closeMatch, NEAREST
            for one in self._known.get(pair.code):
                for other in self._known.get(pair.other_code):
                    made += 1
                    yield from self._alignment(pair, kind, judged, one, other)
            self._left_out += not (self._known.get(pair.code) and self._known.get(pair.other_code))
        if not made:
            reason = "no imported data set has the occupations that it pairs; import esco and onet first"
            raise UnusableSource(self._workbook.path, reason)

    def _pairs(self, advance: Advance) -> list[Pair]:
        found: dict[tuple[str, str], Pair] = {}
        for row, cells in self._workbook.rows(advance):
            pair = Pair(*cells)
            if not pair.code and not pair.other_code:  # what stands below the table
                continue
            if not (pair.code and pair.other_code):
                raise self._workbook.fault(row, "one of the two codes is missing")
            if (pair.code, pair.other_code) in found:
                raise self._workbook.fault(row, f"{pair.code} and {pair.other_code} are there a second time")
            found[pair.code, pair.other_code] = pair
        if not found:
            raise UnusableSource(self._workbook.path, "there are no rows below the names of the columns")
        return list(found.values())

    def _sources(self) -> Iterator[Node]:
        said: list[Said] = [state_type(CG.Source), (SKOS.prefLabel, self.title, "@en")]
        said += [
            (CG.standing, f"{NAMESPACE.id}standing/official", "iri"),
            (SCHEMA.url, self.source, "iri"),
            (DCTERMS.license, self.licence, "iri"),
            (DCTERMS.description, self.attribution, "@en"),
        ]
        yield Node(f"{_OWN}source", GRAPH, said)

    def _nearest(self, pairs: Sequence[Pair]) -> dict[str, str]:
        """Code of ESCO → of those that it is paired with, the one with most names in common, if with any."""
        best: dict[str, tuple[tuple[int, float], str]] = {}
        for pair in pairs:
            for one in self._known.get(pair.code):
                for other in self._known.get(pair.other_code):
                    common = self._known.names_in_common(one, other)
                    if common[0]:
                        best[pair.code] = max((common, pair.other_code), best.get(pair.code, ((0, 0.0), "")))
        return {code: other for code, (_, other) in best.items()}

    def _alignment(self, pair: Pair, kind: str, judged: tuple[str, str], one: str, other: str) -> Iterator[Node]:
        confidence, reason = judged
        iri = f"{_OWN}alignment/{pair.code}/{pair.other_code}"
        yield Node(
            iri,
            GRAPH,
            [
                state_type(CG.Alignment),
                state_type(OWL.Axiom),
                (OWL.annotatedSource, one, "iri"),
                (OWL.annotatedTarget, other, "iri"),
                (SSSOM.object_label, pair.other_title or self._known.label(other), ""),
                (SSSOM.object_source, f"{_OWN}source", "iri"),
                (SSSOM.object_source_version, "O*NET-SOC 2019", ""),
                (PROV.wasDerivedFrom, f"{_OWN}source", "iri"),
            ],
        )
        yield Node(
            iri,
            EDITORS_GRAPH,
            [
                (OWL.annotatedProperty, kind, "iri"),
                (SSSOM.confidence, confidence, "double"),
                (RDFS.comment, reason, ""),
                # The pair is the workbook's and its kind follows from a rule: nobody has looked at each.
                (SSSOM.mapping_justification, SEMAPV.CompositeMatching, "iri"),
                (SSSOM.reviewer_id, _EDITORS, "iri"),
                (PROV.wasAttributedTo, _EDITORS, "iri"),
            ],
        )
        yield Node(one, EDITORS_GRAPH, [(kind, other, "iri")], indexed=False)


def find_kind(pair: Pair, ours: Mapping[str, int], theirs: Mapping[str, int], several: Sequence[str] | set[str]) -> str:
    """Which kind of SKOS mapping a pair is, seen from ESCO.

    Args:
        pair: the two.
        ours: code of ESCO → how many of O*NET it is paired with.
        theirs: code of O*NET → how many of ESCO it is paired with.
        several: the codes of ESCO that are paired with one of O*NET that has others of ESCO.

    >>> pair = Pair("2512.4", "software developer", "15-1252.00", "Software Developers")
    >>> find_kind(pair, {}, {}, ()).rpartition("#")[2]
    'exactMatch'
    >>> pair = pair._replace(title="coder")
    >>> find_kind(pair, {"2512.4": 1}, {"15-1252.00": 3}, ()).rpartition("#")[2]
    'broadMatch'
    """
    if to_singular(normalise(pair.title)) == to_singular(normalise(pair.other_title)):
        return SKOS.exactMatch
    if ours[pair.code] == 1:
        return SKOS.closeMatch if theirs[pair.other_code] == 1 else SKOS.broadMatch
    return SKOS.relatedMatch if pair.code in several else SKOS.narrowMatch


def read(path: str, release: str | None = None, name: str | None = None) -> Crosswalk:
    """Open the workbook; ESCO and O*NET have to be imported already.

    Raises:
        MissingExtra: the package that reads workbooks is not installed.
        UnusableSource: it is no workbook, or lacks a column, or no occupations are imported.
    """
    workbook, known = Workbook(path, *_COLUMNS), find_coded_occupations()
    if not len(known):
        raise UnusableSource(path, "no occupations are imported that it could pair; import esco and onet first")
    told = _RELEASE.search(workbook.text)
    return Crosswalk(workbook, release or (told[1] if told else "1"), name or "crosswalk", known)
