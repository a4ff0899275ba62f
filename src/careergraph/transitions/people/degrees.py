"""Degrees as they are abbreviated and worded, and what they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from careergraph.model.text import normalise
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.dates import ISO_DATE, is_ongoing, to_iso, to_month
from careergraph.transitions.people.phrases import drop_brackets, list_brackets

#: How degrees are abbreviated and worded, without dots and in lower case; the first that fits counts.
_DEGREES = {
    r"(phd|ph d|dphil|dba|doctorate|doctoral degree|doctor of (philosophy|science|engineering)|doctor$|dr$)": "phd",
    r"(mres|mphil|master'?s? of research|research master'?s?)": "research-masters",
    r"(dipl[ -](?:kfm|kff|inf|ing|vw|volksw|psych|math|phys|chem|biol|päd|jur|bw|betriebsw)|diplom(?= (?!of )\w)|"
    r"ma ed|maed|"
    r"(postgraduate|executive|international) mba|master'?s?|m ?sc|msci|mchem|mbiol|ma|ms|meng|m ?e|mtech|m tech|"
    r"e?mba|mpa|mpp|"
    r"mph|med|mfa|mca|mcom|m com|mcs|mis|mit|mim|mfin|macc|mlis|mls|mmus|march|mdes|mplan|mstat|msw|mmath|mphys|mpharm|"
    r"msn|mpt|mds|ms \(by research\)|mha|mdiv|mat|llm|ll m|wo master|hbo master|université master|m1|m2|"
    r"magister|laurea magistrale|"
    r"integrated (master'?s?|m ?sc))": "masters-degree",
    r"(bachelor'?s?|b ?sc|bsc|ba|bs|beng|b ?eng|b ?e|btech|b tech|bba|bbm|bms|llb|ll b|bcom|b com|bcomm|b comm|bed|"
    r"b ed|bca|"
    r"bcs|bit|bfa|"
    r"bsn|bscn|bnsc|bn|barch|b arch|bdes|bpharm|b pharm|bds|bpt|bot|bhsc|bmus|bmedsci|bsocsc|bsw|bpsych|bvoc|bstat|bhm|"
    r"bplan|bae|"
    r"bae|bassc|bappsc|bnurs|hbo|wo|hbo bachelor|wo bachelor|licence professionnelle|"
    r"integrated bachelor'?s?)": "bachelors-degree",
    r"((?:\d+ |several )?(?:gce )?(?:gcses?|a levels?|as levels?|o levels?)|abitur|abi)": "high-school-diploma",
    r"((?:nvq |svq |rqf |btec )?levels? [123] (?:nvq |svq |extended |subsidiary |national )*(?:diploma|certificate|"
    r"award|nvq|svq|"
    r"qualification|apprenticeship)|"
    r"staatlich (?:anerkannte?r?|geprüfte?r?)|staatl (?:anerk|gepr)|ausbildung (?:zum|zur|als|im)|"
    r"\w+ ausbildung$|meister im|gesellenbrief|gesellenprüfung|gesellin|facharbeiterbrief|lehrabschluss|bac pro|"
    r"baccalauréat professionnel|"
    r"(?:ciclo formativo de )?grado medio|cfgm|fp (?:de )?grado medio|mbo)": "vocational-qualification",
    r"((?:ciclo formativo de )?grado superior|cfgs|fp (?:de )?grado superior|técnico superior|"
    r"levels? [45] (?:diploma|certificate|hnd|hnc))": "associates-degree",
    r"(special(?:ist|ist'?s)(?: degree| diploma)|specialist diploma)": "masters-degree",
    r"(doctor of (?:law|jurisprudence)|juris doctor)": "professional-degree",
    r"(associate'?s? (degree|of (applied |fine )?(science|arts|business|engineering))|aas)": "associates-degree",
}
#: Degrees that are in one field alone, as they are abbreviated and worded → the field (a slug).
_OF_ONE_FIELD = tuple(
    (re.compile(rf"(?:{words})(?!\w)"), slug)
    for words, slug in (
        (r"e?mba|executive mba|bba|bbm|bms|b ?comm?|m ?comm?|pgdm|pgpm|pgdbm|dba|bachelor of commerce|"
         r"master of commerce|"
         r"diplom[ -]?kauf(?:mann|frau)|dipl[ -]?kf[mf]|diplom[ -]?betriebswirt(?:in)?|dipl[ -]?betriebsw|"
         r"master of business|bachelor of business|mim", "business-field"),
        (r"bca|mca|bcs|mcs|bachelor of computer applications|master of computer applications|"
         r"diplom[ -]?informatiker(?:in)?|dipl[ -]inf|"
         r"fachinformatiker(?:in)?", "computer-science"),
        (r"bit|mit|bsit|msit|mis", "information-technology-field"),
        (r"ll ?b|ll ?m|ll ?d|jd|juris doctor|doctor of law|doctor of jurisprudence|bachelor of laws?|master of laws?|"
         r"volljurist(?:in)?|lpc|bptc|"
         r"diplomjurist(?:in)?", "law"),
        (r"mbbs|mb ?chb|mb bs|md|doctor of medicine|bachelor of medicine|dr med|drmed|mbchb|frcs|"
         r"mrcp", "medicine-field"),
        (r"bds|dds|dmd|dr med dent|bachelor of dental surgery|master of dental surgery", "dentistry-field"),
        (r"bsn|msn|bscn|bnsc|bn|bnurs|gnm|anm|adn|dnp|bachelor of nursing|master of nursing", "nursing-field"),
        (r"b ?ed|m ?ed|ma ?ed|ed ?d|pgce|pgde|bachelor of education|master of education|d ?el ?ed|qts|"
         r"mat", "education-field"),
        (r"b ?pharm|m ?pharm|pharm ?d|d ?pharm|bachelor of pharmacy|doctor of pharmacy", "pharmacy-field"),
        (r"dvm|bvsc|bvetmed|vmd|dr med vet|doctor of veterinary medicine", "veterinary-field"),
        (r"b ?arch|m ?arch|bachelor of architecture|master of architecture|bplan|mplan", "architecture-field"),
        (r"bsw|msw|bachelor of social work|master of social work", "social-work-field"),
        (r"mph|drph|master of public health", "public-health-field"),
        (r"mpa|mpp|master of public (?:administration|policy)", "public-administration-field"),
        (r"mlis|mls|blis", "library-field"), (r"bfa|mfa", "arts-field"), (r"bmus|mmus", "music-field"),
        (r"bpt|mpt|dpt", "therapy-field"), (r"bdes|mdes", "design-field"), (r"bhm|bhmct", "tourism-field"),
        (r"acca|cima|cpa|aca|chartered accountan(?:t|cy)|ca final|ca inter(?:mediate)?|macc|aat|"
         r"steuerberaterexamen", "accounting-field"),
        (r"cfa|mfin", "finance-field"), (r"mdiv", "religion-field"), (r"mmath|mstat", "mathematics-field"),
        (r"mphys", "physics-field"), (r"mchem", "chemistry-field"), (r"mbiol", "biology-field"),
        (r"bpsych|mpsych|psyd", "psychology-field"), (r"beng|b ?eng|b ?tech|m ?tech|meng|be|"
         r"diplom[ -]?ingenieur(?:in)?|dipl[ -]ing|"
         r"diplôme d['’]ingénieur|bachelor of engineering|master of engineering|"
         r"bachelor of technology", "engineering-field"),
    )
)  # fmt: skip


def find_field_of_degree(text: str) -> str | None:
    """The IRI of the field that a degree is in by its very name: *LLB* is in law; None for those in any field.

    >>> find_field_of_degree("LL.B. (Hons)"), find_field_of_degree("B.Sc.")
    ('https://w3id.org/careergraph/id/background/law', None)
    """
    words = _degree_words(text)
    return next((f"{ID}background/{slug}" for pattern, slug in _OF_ONE_FIELD if pattern.match(words)), None)


def _is_a_subject(said: str) -> bool:
    return not re.fullmatch(
        r"hon(?:our)?s\.?|with honours|distinction|first class|[\d:., %]+|.*\b(?:class|grade|gpa)\b.*", said
    )


def _degree_words(text: str) -> str:
    return drop_brackets(normalise(text).replace(".", "").replace("’", "'"))


def find_degrees(text: str) -> Iterator[str]:
    """The degrees (slugs) that a text begins with.

    >>> list(find_degrees("M.Sc. Physics"))
    ['masters-degree']
    """
    words = _degree_words(text)
    return (slug for pattern, slug in _DEGREES.items() if re.match(rf"{pattern}(?!\w)", words))


def find_subject(text: str) -> str:
    """What a degree is said to be in.

    >>> find_subject("B.Sc. (Hons) Computer Science"), find_subject("Master of Arts in Philosophy")
    ('computer science', 'philosophy')
    >>> find_subject("Ph.D.")
    ''
    >>> find_subject("B.Tech (ECE)")
    'ece'
    """
    words = _degree_words(text)
    degree = next((found for p in _DEGREES if (found := re.match(rf"{p}(?!\w)", words))), None)
    rest = words[degree.end() :] if degree else words
    rest = re.sub(r"^(?: (?:hons?|honours|degree|level \d|year \d))+\b", "", rest)
    rest = re.sub(r"^ of (arts?|sciences?|engineering|technology)\b", "", rest)
    said = rest.rpartition(" in ")[2].strip(" ,:").removeprefix("degree").strip().removeprefix("of ")
    return said or next(filter(_is_a_subject, list_brackets(normalise(text))), "")


def is_under_way(entry: Mapping[str, Any]) -> bool:
    """Whether studies have no end, one that is to come, or one that nobody can read."""
    from datetime import date

    start, end = entry.get("startDate"), entry.get("endDate")
    if not end or is_ongoing(end):
        return bool(start or end)
    if not ISO_DATE.fullmatch(end):
        when = to_month(end)
        return when is None or to_iso(when) > date.today().isoformat()[:7]
    return str(end) > date.today().isoformat()[: len(end)]
