"""Fields of study that no name is for, by the words in them: *cell biology and immunology* is biology."""

from __future__ import annotations

import re

from careergraph.rdf.vocabulary import ID

#: What words of a field begin with → the field (a slug), by the groups of ISCED-F 2013; the first that fits counts.
_FAMILIES = tuple(
    (re.compile(rf"\b(?:{beginnings})", re.IGNORECASE), slug)
    for beginnings, slug in (
        (r"hairdress|hair(?:styl| and)|beauty|barber|cosmetolog|nail tech|make-?up", "beauty"),
        (r"brickl|carpent|joiner|plaster|roof|plumb|electrical install|painting and dec|building trade|"
         r"construction craft|"
         r"tiling|scaffold|stonemason|wood ?work|cabinet", "building-trades"),
        (r"weld|fabricat|motor (?:vehicle|mech)|vehicle (?:maint|repair|body)|auto(?:motive|mobile)? (?:mech|"
         r"tech|repair)|"
         r"machining|machinist|tool ?mak|metal ?work|blacksmith|engine repair", "metal-and-vehicle-trades"),
        (r"milit|defen[cs]e|army|naval (?:sci|stud|war)|fire ?(?:fight|serv|safety|sci)|public services|"
         r"security (?:guard|serv)|armed forces", "protection"),
        (r"nautic|seaman|navigation|air traffic|pilot|aviation (?:man|sci|stud)|flight (?:op|train)|"
         r"transport (?:op|serv)|logistics and transport op", "transport-services"),
        (r"naval arch|marine eng|ship", "mechanical-engineering"), (r"vlsi|eecs|embedded", "electrical-engineering"),
        (r"(?:geographic|geo|spatial) ?(?:information|inform)", "geography"),
        (r"operations? research|mathematical (?:econ|fin)", "mathematics"),
        (r"photonics|optics|laser", "physics"), (r"wine|oenol|enolog", "agriculture"),
        (r"tesol|tefl|esol|english language teach", "education"), (r"counsel", "psychology"),
        (r"food|brew|oenolog|agri|agro|hortic|forest|fisher|aquacult|crop|soil|viticult|animal husb|"
         r"equine", "agriculture"),
        (r"veterin", "veterinary"),
        (r"forensic|criminal|crimin|polic(?:e|ing)|penolog", "criminology"),
        (r"public relations|advertis|brand|marketing|digital marketing", "marketing"),
        (r"naval|ship|marine eng|automot|vehicle|aircraft|aviation|aeronaut|aerospace|mechan|manufactur|thermal|robot|"
         r"textile eng|mechatron|acoustic", "mechanical-engineering"),
        (r"electr|power eng|control eng|telecom|microelectr|semiconduct|signal|avionic|"
         r"photonic", "electrical-engineering"),
        (r"civil eng|railway|structur|construct|building|geotech|geomat|survey", "civil-engineering"),
        (r"chemical eng|process eng|petrol|bioprocess|refin", "chemical-engineering"),
        (r"biomedical eng|medical (?:eng|device|tech)|prosthet", "biomedical-engineering"),
        (r"textile|polymer|ceramic|metallurg|packag|wood|paper|plastic|material", "materials"),
        (r"energy|nuclear eng|renewab|wind power|solar", "energy"),
        (r"film|television|\btv\b|cinema", "media"),
        (r"industrial eng|production|quality|operations (?:research|manag)|systems eng|"
         r"ergonom", "industrial-engineering"),
        (r"(?:cyber|information|computer|network|data) security|cryptograph|cyber", "cybersecurity"),
        (r"artificial int|machine learn|deep learn|\bai\b|intelligent sys", "artificial-intelligence"),
        (r"data|statist|probab|biostat|analytics", "statistics-and-data"),
        (r"software|programming|(?:web|app|mobile|full.?stack|front.?end|back.?end) dev", "software-engineering"),
        (r"comput|informat|network|digital tech|game|it\b", "information-technology"),
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
        (r"osteopath|chiropract|podiatr|therap|rehabil|physio|audiolog|speech|occupational|nutrition|diet", "therapy"),
        (r"public health|health|epidemiolog|hygiene", "public-health"),
        (r"medic|ayurved|hom(?:o?eo|eo)path|surg|clinic|radio(?:graph|log)|optom|patholog", "medicine"),
        (r"sport|exercise|kinesi|coaching|physical ed", "sports"),
        (r"educat|teach|pedagog|didact|early years|childhood|schooling", "education"),
        (r"psycho|mental|counsel|behavio", "psychology"), (r"social work|youth|care\b|community", "social-work"),
        (r"tour|home (?:science|econ)|hospitality|hotel|culinary|leisure|event|catering", "tourism"),
        (r"logist|supply|transport|procure|maritime", "logistics"), (r"human resource|personnel|hrm\b", "hr"),
        (r"account|audit|tax", "accounting"), (r"financ|invest|bank|insur|actuar|real estate", "finance"),
        (r"international (?:relat|affairs|studies|devel)|diplomac|diplomat|peace|conflict|security stud|"
         r"war stud|european|"
         r"development stud|global", "international-relations"),
        (r"econom", "economics"), (r"politic|govern|democra|civics", "political-science"),
        (r"public (?:admin|manag|policy|affairs)|policy|civil serv|local gov", "public-administration"),
        (r"business|manag|commerce|entrepren|administration|leadership|retail|sales|trade", "business"),
        (r"sociolog|anthropolog|cultur|ethnolog|folklor", "anthropology"), (r"gender|women|queer", "gender-studies"),
        (r"architect|urban|landscape|interior|town|planning", "architecture"),
        (r"journal|reporting", "journalism"),
        (r"graphic commun|multimedia (?:and |& )?design|communication design|visual commun", "design"),
        (r"media|multimedia|communicat|broadcast|film|cinema|tele|audio|radio|publish", "media"),
        (r"librar|archiv|museum|information stud|records", "library"),
        (r"histor|heritage|archaeolog|medieval|egypt|antiqu", "history"),
        (r"religio|theolog|divinity|biblic|islam|jewish|buddh", "religion"),
        (r"music|composit|opera|choral|theatre|theater|drama|dance|acting|perform|circus", "music"),
        (r"linguist|phonet", "linguistics"), (r"literat|poetry|writing|english|philolog|classic", "literature"),
        (r"translat|interpret|language|french|german|spanish|italian|portug|russian|slavic|chinese|mandarin|japan|"
         r"korean|arabic|turkish|hebrew|hindi|dutch|scandinav|celtic|latin|greek|middle east|asian|african|oriental|"
         r"hispanic|romance|nordic|east|american", "languages"),
        (r"(?<!web )design|fashion|graphic|illustrat|animation|jewel|textile|craft|visual", "design"),
        (r"art(?!ium)|paint|sculpt|photograph|curat", "arts"),
        (r"engineer", "engineering"),
    )
)  # fmt: skip


#: What words of a field begin or end with in German, French, Dutch, Spanish, Italian and Polish → the field (a slug).
_ABROAD = tuple(
    (re.compile(rf"(?:{parts})", re.IGNORECASE), slug)
    for parts, slug in (
        (r"\bfriseur|kosmetik|\bcoiffure|esthétique|\bkapper|peluquer|estética", "beauty-field"),
        (r"maurer|zimmer(?:er|mann)|tischler|schreiner|dachdeck|maçonn|menuiser|charpent|plomber|metsel|timmer|"
         r"elektroinstall|sanitär|anlagenmechan|albañil", "building-trades-field"),
        (r"\bkfz|mechatroniker|schlosser|zerspan|industriemechan|mécanique auto|soudure|\blasser|lastechn|autotechn|"
         r"automoción|chaudronn|usinage", "metal-and-vehicle-trades-field"),
        (r"zahn|dentaire|tandheel|odontol|stomatol", "dentistry-field"),
        (r"veterin|tiermed|diergenees|vétérin|weteryn", "veterinary-field"),
        (r"pflege|krankenschw|verzorgende|infirm|infermier|verpleeg|enferm|hebamme|sage-femme|verloskun|pielęgniar|"
         r"sjukskötersk|sygeplej|omvårdnad", "nursing-field"),
        (r"pharma|farmac|apothek|pharmaz", "pharmacy-field"),
        (r"ergother|logopäd|physiother|kinésith|fysiother|fisioter|orthophon|logoped|ernährung|diétét|nutrici|voeding",
         "therapy-field"),
        (r"medizin|médecine|geneesk|medicina|medycyn|geneeskunde", "medicine-field"),
        (r"gesundheit|santé|gezondheid|salud|sanit[àa]|hygien|zdrow", "public-health-field"),
        (r"jura\b|rechts|\brecht\b|rechten\b|\bdroit|juridi|derecho|giurisprud|diritto|direito|\bpraw[ao]\b|\blaw\b|"
         r"\blegal\b|"
         r"juris|steuerrecht", "law"),
        (r"wirtschaftsinformat|informatiemanag|systèmes? d['’]information|bedrijfsinformat|\binformat.*gestion|"
         r"fachinformatik|it-system", "information-technology-field"),
        (r"informati[kc]|informatique|tietotekn|tietojenkäs|informátic|computaci|informatyk|datalog|datavetensk|"
         r"computerwet", "computer-science"),
        (r"künstliche intell|intelligence artific|inteligencia artif|intelligenza artif|kunstmatige",
         "artificial-intelligence-field"),
        (r"mercadotec|mercadeo|vermarktung", "marketing-field"),
        (r"oprogramowan|softwaretech|softwareentw|génie logiciel|ingeniería de(?:l)? software|anwendungsentw|"
         r"desarrollo de aplic|"
         r"desarrollo web|développement (?:web|d.applic|logiciel)|sviluppo software", "software-engineering-field"),
        (r"biostatis|statystyk", "statistics-field"),
        (r"statisti|datenwiss|science des données|ciencia de datos|scienza dei dati", "statistics-and-data-field"),
        (r"wirtschaftsing|génie industr|engenharia de produção|engenharia industr|technische bedrijfsk|"
         r"ingenier[ií]a industr|gestionale|organizaci[óo]n industr",
         "industrial-engineering-field"),
        (r"bauing|bauwes|génie civil|civiele tech|bouwk|bautechn|ingeniería civil|ingegneria civile|caminos|budownic|"
         r"hoch- und tiefbau|travaux publics", "civil-engineering-field"),
        (r"elektro|[eé]lectr|elettr|eléctr|elétr|telecomun|nachrichtentech|automatisierungs|automati[qs]",
         "electrical-engineering-field"),
        (r"verfahrens|chemieing|génie chim|génie des procédés|ingeniería química|ingegneria chimica|chemische tech",
         "chemical-engineering-field"),
        (r"maschinenb|maskintekn|mechatron|werktuig|mécaniq|mec[aáâ]nic|meccanic|fahrzeugtech|luft- und raum|"
         r"aéronaut|aeronáut|"
         r"aerospaz|lucht- en ruimte|mechani[ks]", "mechanical-engineering-field"),
        (r"medizintech|génie biomed|ingeniería biomé|biomed", "biomedical-engineering-field"),
        (r"umwelt|environnement|milieu|ambiental|ambiente|nachhaltig|duurzaam", "environmental-sciences-field"),
        (r"energietech|énerg|energ[ií]a|energetik|energetyk", "energy-field"),
        (r"kunststoff|werkstoff|matériaux|materiales|materiali", "materials-field"),
        (r"architekt|architettur|arquitect|bouwkunst|stadtplan|raumplan|urbanis|stedenb|"
         r"planolog", "architecture-field"),
        (r"rer pol|volkswirt|économ|economí|economia|algemene econom|ekonomia|ökonom|makroök", "economics-field"),
        (r"finanz|bankbetr|bankwes|bankkauf|banque|finanza|finanzas|versicher", "finance-field"),
        (r"buchhalt|rechnungswes|comptab|contab|contadur|księgow|accountancy|boekhoud|steuer|"
         r"fiscal", "accounting-field"),
        (r"betriebs|wirtschaft|bedrijf|gestion|gestión|gestão|commerce|commercial|comercio|comércio|empresa|"
         r"företagsek|aziend|kauf(?:mann|frau)|kaufmänn|"
         r"management|"
         r"zarządz|administración|büro|handel", "business-field"),
        (r"personalwes|ressources humaines|recursos humanos|risorse umane|personeelsw", "hr-field"),
        (r"logisti|spedit|supply|transport", "logistics-field"),
        (r"publizist|journalis|periodis|giornalis", "journalism-field"),
        (r"medien|médias|communicat|comunica|kommunik|audiovis|filmwis|mediengest", "media-field"),
        (r"verwaltung|bestuursk|administration publique|administración pública|amministrazione pubb",
         "public-administration-field"),
        (r"politik|politi(?:que|cas|che|col)|politolog|staatswis|politolog", "political-science-field"),
        (r"internationale bezieh|relations internat|relaciones intern|"
         r"relazioni intern", "international-relations-field"),
        (r"soziale arbeit|sozialp|sozialarb|travail social|sociaal werk|maatschappelijk werk|trabajo social|"
         r"servizio sociale|serviço social|socialt arbete|socialrådgiv|"
         r"educación social|pedagogiek jeugd", "social-work-field"),
        (r"soziolog|sociolog", "sociology"), (r"ethnolog|kulturwis|antropol|kulturanthr|volkskunde|etnol",
         "anthropology-field"),
        (r"psycholog|psicolog|psykolog", "psychology-field"),
        (r"sport|staps\b|educa(?:ção|cao|ción|cion) f[íi]sica|bewegung|lichamelijke opv|actividad física|"
         r"scienze motorie", "sports-field"),
        (r"lehramt|pädagog|paedag|pedagog|erziehung|onderwijs|éducation|educaci|educazione|educação|lärarutbildn|"
         r"læreruddann|formazione|meef\b|lerarenopl|pabo\b|"
         r"magisterio|grundschul|didacti|insegnam", "education-field"),
        (r"philosoph|filosof|wijsbeg", "philosophy"), (r"theolog|teolog|religions|godsdienst|"
         r"théolog", "religion-field"),
        (r"geschicht|histoire|geschied|historia|storia\b|archäolog|archéol|arqueol|archeol", "history-field"),
        (r"anglist|romanist|germanist|slavist|slawist|sinolog|japanolog|orientalis|skandinavist|arabist|"
         r"hispanist|iranist|"
         r"indolog|afrikanist|turkolog|turkolog|\blea\b|langues|llcer|übersetz|dolmetsch|traduc|vertal|lingue|idiomas|"
         r"filología (?:ing|fran|hisp)|filologi[ai] (?:ang|fr|germ|ros|hisz|ingl|fran)|sprachen|taalen|"
         r"talen\b", "languages-field"),
        (r"sprachwis|linguist|taalwet|lingüíst", "linguistics-field"),
        (r"lettres|literatur|letterk|lettere|philologie|filolog|neerland", "literature-field"),
        (r"musik|musique|muziek|música|musicolog|schauspiel|théâtre|toneel|danse|tanz", "music-field"),
        (r"kunst|beaux-arts|arts plast|bellas artes|belle arti|malerei", "arts-field"),
        (r"gestaltung|textildes|webdes|produktdes|vormgev|diseño|graphisme|modedesign|grafik", "design-field"),
        (r"touris|turism|hotel|hôtel|gastronom|restaurat|cuisine|horeca|\bkoch|hosteler", "tourism-field"),
        (r"agrar|agric|agron|landbouw|landwirt|gartenbau|tuinbouw|forst|bosbouw|viticult|weinbau|agraria|rolnic",
         "agriculture-field"),
        (r"mathem|mathé|matem|wiskund", "mathematics-field"), (r"chemi|chimi|quími|scheik", "chemistry-field"),
        (r"physik|physique|natuurk|física|fisica|fizyk|astrono", "physics-field"),
        (r"biolog", "biology-field"), (r"geolog|geowis|géolog|aardwet|geofís", "earth-sciences-field"),
        (r"geogra|géogra|erdkunde|aardrijks", "geography-field"),
        (r"bibliothe|archivwes|documentation", "library-field"),
        (r"ingenieur|ingénieur|ingenier|ingegner|inżynier", "engineering-field"),
    )
)  # fmt: skip


def find_field_family(text: str) -> str | None:
    """The IRI of the field of study that some word of a text begins like; None where none does.

    Args:
        text: a field as somebody wrote it, which is the name of no node.

    >>> find_field_family("cell biology and immunology"), find_field_family("wizardry")
    ('https://w3id.org/careergraph/id/background/biology-field', None)
    >>> find_field_family("Pflegewissenschaft")
    'https://w3id.org/careergraph/id/background/nursing-field'
    """
    english = (f"{slug}-field" for words, slug in _FAMILIES if words.search(text))
    abroad = (slug for words, slug in _ABROAD if words.search(text))
    slug = next(english, None) or next(abroad, None)
    return f"{ID}background/{slug}" if slug else None
