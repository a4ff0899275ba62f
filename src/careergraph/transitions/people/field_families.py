"""Fields of study that no name is for, by the words in them: *cell biology and immunology* is biology."""

from __future__ import annotations

import re

from careergraph.rdf.vocabulary import ID

#: What words of a field begin with → the field (a slug), by the groups of ISCED-F 2013; the first that fits counts.
_FAMILIES = tuple(
    (re.compile(rf"\b(?:{beginnings})", re.IGNORECASE), slug)
    for beginnings, slug in (
        (r"food|brew|oenolog|agri|agro|hortic|forest|fisher|aquacult|crop|soil|viticult|animal husb|"
         r"equine", "agriculture"),
        (r"veterin", "veterinary"),
        (r"forensic|criminal|crimin|polic(?:e|ing)|penolog", "criminology"),
        (r"public relations|advertis|brand|marketing|digital marketing", "marketing"),
        (r"naval|ship|marine eng|automot|vehicle|aircraft|aviation|aeronaut|aerospace|mechan|manufactur|thermal|robot|"
         r"textile eng|mechatron|acoustic", "mechanical-engineering"),
        (r"electr|power eng|control eng|telecom|microelectr|semiconduct|signal|avionic|"
         r"photonic", "electrical-engineering"),
        (r"civil eng|structur|construct|building|geotech|geomat|survey", "civil-engineering"),
        (r"chemical eng|process eng|petrol|bioprocess|refin", "chemical-engineering"),
        (r"biomedical eng|medical (?:eng|device|tech)|prosthet", "biomedical-engineering"),
        (r"textile|polymer|ceramic|metallurg|packag|wood|paper|plastic|material", "materials"),
        (r"energy|nuclear eng|renewab|wind power|solar", "energy"),
        (r"industrial eng|production|quality|operations (?:research|manag)|systems eng|"
         r"ergonom", "industrial-engineering"),
        (r"(?:cyber|information|computer|network|data) security|cryptograph|cyber", "cybersecurity"),
        (r"artificial int|machine learn|deep learn|\bai\b|intelligent sys", "artificial-intelligence"),
        (r"data|statist|probab|biostat|analytics", "statistics-and-data"),
        (r"software|programming", "software-engineering"),
        (r"comput|informat|network|digital tech|game|multimedia|it\b", "information-technology"),
        (r"bioinformat|computational bio|systems bio", "bioinformatics"),
        (r"neuro|brain|cognitive", "neuroscience"),
        (r"immun|virolog|bacteri|physiolog|anatom|cell|molecul|genom|genet|biotech|bioscien|life sci|biolog|zoolog|"
         r"botan|"
         r"entomolog|parasit|microb|toxicolog", "biology"),
        (r"pharm", "pharmacy"), (r"chem", "chemistry"),
        (r"astro|physic|optic|quantum|nano|mechanics", "physics"), (r"math|algebra|geometr|topolog", "mathematics"),
        (r"geolog|geophys|climat|atmospher|hydro|glaciol|ocean|meteor|seismo|volcan|palaeo|paleo|"
         r"earth", "earth-sciences"),
        (r"ecolog|conserv|sustainab|environ|wildlife", "environmental-sciences"),
        (r"geograph|cartograph|spatial|gis\b", "geography"),
        (r"nurs|midwif|paramedic", "nursing"), (r"dent|oral health|orthodont", "dentistry"),
        (r"therap|rehabil|physio|audiolog|speech|occupational|nutrition|diet", "therapy"),
        (r"public health|health|epidemiolog|hygiene", "public-health"),
        (r"medic|surg|clinic|radio(?:graph|log)|optom|patholog", "medicine"),
        (r"sport|exercise|kinesi|coaching|physical ed", "sports"),
        (r"educat|teach|pedagog|didact|early years|childhood|schooling", "education"),
        (r"psycho|mental|counsel|behavio", "psychology"), (r"social work|youth|care\b|community", "social-work"),
        (r"tour|hospitality|hotel|culinary|leisure|event|catering", "tourism"),
        (r"logist|supply|transport|procure|maritime", "logistics"), (r"human resource|personnel|hrm\b", "hr"),
        (r"account|audit|tax", "accounting"), (r"financ|invest|bank|insur|actuar|real estate", "finance"),
        (r"international (?:relat|affairs|studies|devel)|diplom|peace|conflict|security stud|war stud|european|"
         r"development stud|global", "international-relations"),
        (r"econom", "economics"), (r"politic|govern|democra|civics", "political-science"),
        (r"public (?:admin|manag|policy|affairs)|policy", "public-administration"),
        (r"business|manag|commerce|entrepren|administration|leadership|retail|sales|trade", "business"),
        (r"sociolog|anthropolog|cultur|ethnolog|folklor", "anthropology"), (r"gender|women|queer", "gender-studies"),
        (r"architect|urban|landscape|interior|town|planning", "architecture"),
        (r"journal|reporting", "journalism"),
        (r"media|communicat|broadcast|film|cinema|tele|audio|radio|publish", "media"),
        (r"librar|archiv|museum|information stud|records", "library"),
        (r"histor|heritage|archaeolog|medieval|egypt|antiqu", "history"),
        (r"religio|theolog|divinity|biblic|islam|jewish|buddh", "religion"),
        (r"music|composit|opera|choral|theatre|theater|drama|dance|acting|perform|circus", "music"),
        (r"linguist|phonet", "linguistics"), (r"literat|poetry|writing|english|philolog|classic", "literature"),
        (r"translat|interpret|language|french|german|spanish|italian|portug|russian|slavic|chinese|mandarin|japan|"
         r"korean|arabic|turkish|hebrew|hindi|dutch|scandinav|celtic|latin|greek|middle east|asian|african|oriental|"
         r"hispanic|romance|nordic|east|american", "languages"),
        (r"(?<!web )design|fashion|graphic|illustrat|animation|jewel|textile|craft|visual", "design"),
        (r"art|paint|sculpt|photograph|curat", "arts"),
        (r"engineer", "engineering"),
    )
)  # fmt: skip


def field_family_of(text: str) -> str | None:
    """The IRI of the field of study that some word of a text begins like; None where none does.

    Args:
        text: a field as somebody wrote it, which is the name of no node.

    >>> field_family_of("cell biology and immunology"), field_family_of("wizardry")
    ('https://w3id.org/careergraph/id/background/biology-field', None)
    """
    return next((f"{ID}background/{slug}-field" for words, slug in _FAMILIES if words.search(text)), None)
