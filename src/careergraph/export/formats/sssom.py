"""SSSOM/TSV: alignments with other sources, for mapping tools.

A block of metadata in YAML, in lines that begin with `#`, then a table with one record on each line:
https://mapping-commons.github.io/sssom/spec-formats-tsv/
"""

from __future__ import annotations

from collections.abc import Iterable

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.statements import Material
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.standards import DCTERMS, OWL, PROV, RDFS, SKOS, SSSOM
from careergraph.rdf.vocabulary import ID

#: Column → property of a record.
_COLUMNS = {
    "subject_id": OWL.annotatedSource,
    "subject_label": SKOS.prefLabel,
    "predicate_id": OWL.annotatedProperty,
    "object_id": OWL.annotatedTarget,
    "object_label": SSSOM.object_label,
    "mapping_justification": SSSOM.mapping_justification,
    "author_id": PROV.wasAttributedTo,
    "reviewer_id": SSSOM.reviewer_id,
    "object_source": SSSOM.object_source,
    "object_source_version": SSSOM.object_source_version,
    "confidence": SSSOM.confidence,
    "comment": RDFS.comment,
}
#: Prefixes that need no declaration, by SSSOM's own rules.
_BUILT_IN = {"owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd"}
#: SSSOM requires an IRI for every set of records; ours are all in one namespace.
_SET = f"{ID}alignment/"
#: SSSOM's value for records without a stated licence.
_NO_LICENCE = "https://w3id.org/sssom/license/unspecified"


def to_sssom(material: Material) -> bytes:
    """All alignments of a data set, sorted; a table without rows if it has none."""
    catalogue, used = material.catalogue, dict[str, str]()
    records = catalogue.by_kind.get("alignment", ())
    rows = sorted([_cell(catalogue, record, column, used) for column in _COLUMNS] for record in records)
    table = ("\t".join(row) for row in (list(_COLUMNS), *rows))
    return "".join(f"{line}\n" for line in (*_metadata(catalogue, records, used), *table)).encode()


def _metadata(catalogue: Catalogue, records: Iterable[str], used: dict[str, str]) -> Iterable[str]:
    sources = {source for record in records for source in catalogue.values(record, PROV.wasDerivedFrom)}
    licences = {licence for source in sources for licence in catalogue.values(source, DCTERMS.license)}
    yield "#curie_map:"
    yield from (f'#  {prefix}: "{space}"' for prefix, space in sorted(used.items()) if prefix not in _BUILT_IN)
    yield f'#mapping_set_id: "{_SET}"'
    yield f'#license: "{licences.pop() if len(licences) == 1 else _NO_LICENCE}"'


def _cell(catalogue: Catalogue, record: str, column: str, used: dict[str, str]) -> str:
    if column == "subject_label":
        values = [catalogue.label(iri) for iri in catalogue.values(record, OWL.annotatedSource)]
    else:
        values = list(catalogue.values(record, _COLUMNS[column]))
    if column.endswith("_id") or column in ("mapping_justification", "object_source"):
        values = [_short(iri, used) for iri in values]
    text = "|".join(values)
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '\t\r\n"') else text


def _short(iri: str, used: dict[str, str]) -> str:
    """An IRI as SSSOM writes it: a prefix, which is recorded as used, and the rest.

    >>> _short("https://w3id.org/careergraph/id/onet/element/2.A.1.e", used := {}), sorted(used)
    ('careergraph:onet/element/2.A.1.e', ['careergraph'])
    """
    known = [
        (space, prefix) for prefix, space in {"careergraph": ID, **PREFIXES, **used}.items() if iri.startswith(space)
    ]
    if known:
        space, prefix = max(known)
    else:
        space = iri[: max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1]
        prefix = f"ns{sum(name.startswith('ns') for name in used) + 1}"
    used[prefix] = space
    return f"{prefix}:{iri[len(space) :]}"
