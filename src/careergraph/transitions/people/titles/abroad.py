"""Titles in other languages that say in what somebody works, and besides no more than that they do.

*Teamleiterin Kundenservice*, *responsable logistique* and *medewerker inkoop* consist of a word for any employee or
manager and one for a department; what somebody is follows from the department.
"""

from __future__ import annotations

import re

from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.phrases import fold

#: Words for whoever is employed, in charge or being trained, whatever they do; German ones may end a longer word.
_ANYBODY = re.compile(
    r"\w*(?:mitarbeiter|sachbearbeiter|referent|leiter|leitung|fachkraft|assistent|koordinator|spezialist|berater|"
    r"beauftragte[rn]?|verantwortliche[rn]?|experte|expertin|volontär|trainee|kaufmann|kauffrau|fachwirt|"
    r"angestellte[rn]?|"
    r"medewerker|medewerkster|adviseur|teamleider|coördinator|functionaris|hoofd)(?:in|innen)?\b|"
    r"\b(?:werkstudent(?:in)?|praktikant(?:in)?|praktikum|auszubildende[rn]?|ausbildung|azubi|responsable|chargée?|directeur|"
    r"directrice|"
    r"chef|cheffe|assistante?|adjointe?|employée?|gestionnaire|conseill(?:er|ère)|technicien(?:ne)?|stagiaire|"
    r"alternante?|"
    r"apprentie?|agente?|cadre|coordinat(?:eur|rice)|stagiair|jef[ea]|director[a]?|técnic[oa]|auxiliar|encargad[oa]|"
    r"coordinador[a]?|administrativ[oa]|asesor[a]?|becari[oa]|responsabile|addett[oa]|impiegat[oa]|"
    r"coordinat(?:ore|rice)|"
    r"direttore|direttrice|tirocinante|specialista|kierownik)\b"
)
#: What words for a department begin with → what people in it are (a slug); the first that fits counts.
_DEPARTMENTS = tuple(
    (re.compile(rf"\b(?:{beginnings})"), who)
    for beginnings, who in (
        (r"projekt(?:leit|koord|assist|mitarb|refer)|chef(?:fe)? de projet|projectl|jef[ea] de proyecto",
         "background/project-manager"),
        (r"kunden(?:serv|dienst|betreu|bezieh|support)|service clients?\b|clientèle|relations? clients?|klant|"
         r"atención al (?:cliente|público)|clienti\b|"
         r"servicio al cliente", "background/customer-service-representative"),
        (r"softwareentw|software|anwendungsentw|webentw|développement (?:web|logiciel|informatique)|"
         r"desarrollo (?:de software|web)|sviluppo software|programmier", "background/software-engineer"),
        (r"data ?science|maschinelles lernen|machine learning", "role/data-scientist"),
        (r"datenanaly|data ?analy|business intelligence|données", "background/data-analyst"),
        (r"öffentlichkeit|presse|kommunikation|communicat|comunica|unternehmenskomm", "background/pr-specialist"),
        (r"marketing|werbung|publicité|publicidad|e-?commerce|social media|online ?marketing",
         "background/marketing-manager"),
        (r"personal|ressources humaines|rh\b|hr\b|recrut|paie\b|recursos humanos|rrhh\b|risorse umane|personeel|"
         r"p&o\b|recruit|human resources|kadr", "background/hr-specialist"),
        (r"buchhalt|rechnungs|steuer|compta|fisc|boekhoud|contab|factur|kredit|debitor|crediteur|debiteur|lohn|"
         r"salaris|gehalt", "background/accountant"),
        (r"controlling|finanz|finan[cz]|contrôle de gestion|trésor|tesor", "background/finance-manager"),
        (r"einkauf|beschaffung|achats?\b|inkoop|compras|acquist|approvision|procurement", "background/buyer"),
        (r"logisti|versand|spedition|supply|expedit|dispo|transport|transit|warenausgang|wareneingang|lagerlog|"
         r"lager ?leit|import|export", "background/logistics-manager"),
        (r"lager|magasin|magazijn|almac|magazzin|produ[kcz]|fertigung|montage|maschinen ?bedien",
         "background/factory-worker"),
        (r"vertrieb|verkauf|außendienst|innendienst|aussendienst|commercia|ventes?\b|verkoop|sales|binnendienst|"
         r"buitendienst|ventas|vendit|account", "background/sales-representative"),
        (r"qualit|kwaliteit|calidad", "background/industrial-engineer"),
        (r"arbeitssicher|datenschutz|compliance|conformité|hse\b|qhse\b|sécurité au travail|risico|risk|risik|"
         r"prevenci", "background/compliance-officer"),
        (r"it\b|ict\b|edv\b|informati|systemtech|sistemas|systèmes|réseaux", "background/it-professional"),
        (r"recht|juridi|jurídi|legal\b|vertragsman", "background/paralegal"),
        (r"bau\b|hochbau|tiefbau|travaux|chantier|bouw|obras?\b", "background/construction-manager"),
        (r"projekt|projet|project|proyecto|progett", "background/project-manager"),
        (r"bildung|weiterbild|formation|opleiding|formaci|schulung", "background/trainer"),
        (r"sozial|sociaal|social|jugend|familie|jeunesse|insertion|integrati", "background/social-worker"),
        (r"pflege|soins|zorg|betreuung|senioren", "background/care-worker"),
        (r"kita\b|kinder|petite enfance|crèche", "background/childcare-worker"),
        (r"sicherheit|sécurité|sûreté|beveilig|seguridad|vigilan|sicurezza|wachdienst", "background/security-guard"),
        (r"reinigung|nettoyage|entretien|propreté|schoonmaak|limpieza|puliz|hauswirtschaft", "background/cleaner"),
        (r"instandhalt|wartung|haustechnik|maintenance|onderhoud|mantenim|manutenz|technischer dienst",
         "background/tradesperson"),
        (r"bank|banque|crédit|hypothe", "background/banker"),
        (r"versicher|assuran|verzeker|seguros|sinistres|schaden|assicuraz", "background/insurance-agent"),
        (r"küche|gastronom|cuisine|restaura|horeca|cocina|cucina|hotel|hôtel", "background/hospitality-worker"),
        (r"einzelhandel|filial|handel|rayon|winkel|tienda|negozio|caisse|kasse", "background/retail-worker"),
        (r"umwelt|environnement|milieu|medio ambiente|ambiente|nachhaltig|duurzaam|développement durable|"
         r"sostenib", "background/environmental-scientist"),
        (r"forschung|recherche|onderzoek|investiga|ricerca|wissenschaft", "background/researcher"),
        (r"veranstalt|événement|evenement|eventos|eventi|event", "background/event-manager"),
        (r"immobil|vastgoed|inmobil|hausverwalt", "background/estate-agent"),
        (r"politi|beleid|public affairs", "background/policy-professional"),
        (r"labor\b|laboratoire|laboratori|lab\b", "background/laboratory-technician"),
        (r"verwaltung|administrati|büro|empfang|secrétariat|sekretariat|accueil|dokument|office|datenerfass",
         "background/office-administrator"),
    )
)  # fmt: skip


def find_position_abroad(title: str) -> str | None:
    """The IRI of what somebody with such a title is, by the department in it; None for other titles.

    Args:
        title: in normal form.

    >>> find_position_abroad("teamleiterin kundenservice"), find_position_abroad("teamleiterin")
    ('https://w3id.org/careergraph/id/background/customer-service-representative', None)
    """
    if not _ANYBODY.search(title):
        return None
    return next((f"{ID}{who}" for words, who in _DEPARTMENTS if words.search(title)), None)


#: Endings of words for women → those for men, in French, German, Spanish, Italian and Portuguese, without accents.
_GENDERS = tuple(
    (re.compile(rf"(?<=[a-z]{{3}}){hers}$"), his)
    for hers, his in (
        ("trice", "teur"), ("euse", "eur"), ("iere", "ier"), ("ienne", "ien"), ("eress", "er"), ("erin", "er"),
        ("istin", "ist"), ("ologin", "ologe"), ("antin", "ant"), ("entin", "ent"), ("torin", "tor"), ("eurin", "eur"),
        ("ora", "or"), ("dora", "dor"), ("a", "o"), ("ee", "e"), ("kauffrau", "kaufmann"), ("fachfrau", "fachmann"),
        ("frau", "mann"), ("ane", "an"), ("ate", "at"), ("ante", "ant"),
    )
)  # fmt: skip


def fold_gender(title: str) -> str:
    """A title with each word in the form for men, for comparing only: the result need not be a title.

    >>> fold_gender("ingeniera química"), fold_gender("directrice commerciale"), fold_gender("hotelkauffrau")
    ('ingeniero quimico', 'directeur commerciale', 'hotelkaufmann')
    """
    return " ".join(map(_to_masculine, fold(title).split()))


def _to_masculine(word: str) -> str:
    return next((ending.sub(his, word) for ending, his in _GENDERS if ending.search(word)), word)
