"""Headings of CVs in several languages: the part of a CV that each of them opens."""

from __future__ import annotations

import re

#: The part that a heading opens → what it is called, as a whole line or before a colon.
_HEADINGS = {
    "skills": (
        r"(?:[\w-]+ ){0,2}skills(?: (?:&|and) [\w-]+)*|(?:core |key |technical )?competenc\w+|technologies|tools|"
        r"(?:my )?stack|toolbox|"
        r"(?:tech(?:nology|nical)? )(?:stack|environment|toolbox)|(?:areas of |technical |domain )?expertise|"
        r"programming languages|software|tools (?:&|and) technologies|technical proficienc\w+|methods|"
        r"(?:[\w-]+[ -])?kenntnisse(?: und f[äa]higkeiten)?|f[äa]higkeiten|(?:it|edv)[ -]kenntnisse|"
        r"edv|informatique|informática|kompetenzen|"
        r"comp[ée]tences(?: \w+)?|habilidades(?: \w+)?|competencias(?: \w+)?|competenze(?: \w+)?|vaardigheden"
    ),
    "languages": (
        r"languages(?: known| spoken)?|language skills|sprachen|(?:fremd)?sprachkenntnisse|langues|idiomas|lingue|talen"
    ),
    "work": (
        r"(?:\w+ )?experience|work(?: history)?|before that|previously|earlier(?: roles| jobs)?|jobs(?: i have had)?|"
        r"employment(?: history)?|career(?: history| path)?|internships?|"
        r"professional background|positions(?: held)?|berufserfahrung(?:en)?|beruflicher werdegang|"
        r"berufspraxis|praktika|berufliche stationen|exp[ée]riences?(?: professionnelles?)?|stages|"
        r"parcours(?: professionnel)?|"
        r"experiencia(?: (?:laboral|profesional))?|esperienz[ae](?: \w+)?|werkervaring|experi[êe]ncia(?: profissional)?"
    ),
    "education": (
        r"education(?: (?:and|&) \w+)?|academic (?:background|history|qualifications|record|career)|"
        r"educational background|schooling|qualifications|studies|degrees|learning|training (?:and|&) education|"
        r"(?:schul|hochschul)?ausbildung|studium|bildung(?:sweg)?|akademischer werdegang|"
        r"hochschulstudium|formations?(?: \w+)?|[ée]tudes|dipl[ôo]mes|formaci[óo]n(?: acad[ée]mica)?|educaci[óo]n|"
        r"estudios|istruzione|formazione|opleiding(?:en)?|forma[çc][ãa]o(?: acad[êe]mica)?"
    ),
    "certificates": (
        r"certificat\w+|courses(?: (?:and|&) \w+)?|professional development|continuing education|accreditations|"
        r"licen[cs]es(?: (?:&|and) certifications)?|training(?:s)?|zertifikat(?:e|ionen)?|"
        r"weiterbildung(?:en)?|fortbildung(?:en)?|certificados|cursos|certificazioni"
    ),
    "nothing": (
        r"(?:\w+ )?interests(?: (?:&|and) hobbies)?|hobb(?:y|ies|ys)(?: (?:&|and|und) \w+)?|references|referees|"
        r"contact|personal (?:details|information)|interessen(?: und hobbys)?|freizeit|referenzen|kontakt|"
        r"pers[öo]nliche (?:daten|angaben)|loisirs|centres? d['’]int[ée]r[êe]ts?|intereses|aficiones|"
        r"referencias|interessi"
    ),
    "prose": (
        r"(?:\w+ )?(?:summary|profile|statement|objective)|about(?: me)?|projects|publications|achievements|"
        r"(?:other|additional|further)(?: (?:information|activities|experiences?))?|misc(?:ellaneous)?|"
        r"volunteering|sonstiges|divers|varia|altro|otros|(?:kurz)?profil|"
        r"zusammenfassung|[üu]ber mich|projekte|publikationen|ehrenamt|r[ée]sum[ée]|"
        r"projets|perfil(?: profesional)?|resumen|sobre m[íi]|proyectos|profilo"
    ),
}
_HEADING = [(part, re.compile(rf"(?:{words})\s*(?::|$)", re.IGNORECASE)) for part, words in _HEADINGS.items()]
#: Letters with a space between each two, as designers set headings.
_SPACED = re.compile(r"(?:\w ){3,}\w")


def find_part(line: str) -> tuple[str | None, str]:
    """The part of a CV that a line opens, if it does, and what stands behind the heading.

    >>> find_part("Skills: Python"), find_part("S K I L L S"), find_part("I write Python")
    (('skills', 'Python'), ('skills', ''), (None, ''))
    """
    text = line.strip().strip("#*_=—-: ") if ":" not in line else line.strip(" #*_")
    text = text.replace(" ", "") if _SPACED.fullmatch(text) else text
    for part, words in _HEADING:
        if found := words.match(text):
            return part, text[found.end() :].strip()
    return None, ""
