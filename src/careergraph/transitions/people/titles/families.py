"""Titles that no name is for, by what they end with: who develops with whatever it is is a developer."""

from __future__ import annotations

import re

from careergraph.rdf.vocabulary import ID

#: How a title in its simplest form is worded → what somebody is (a slug); the first that fits counts.
_FAMILIES = tuple(
    (re.compile(pattern), who)
    for pattern, who in (
        (r"(?!.*\b(?:business|property|land|estate|curriculum|course|training|leadership|film|sales|youth|"
         r"programme|program|people|talent|personal|organi[sz]ation\w*)\b).+ (?:developer|programmer|coder)",
         "background/software-engineer"),
        (r"(?:software|firmware|embedded|backend|frontend|full[ -]?stack|web|mobile|app) .*(?:engineer|specialist)",
         "background/software-engineer"),
        (r"data (?:steward|custodian|governance .+|quality .+|manager|officer|specialist|coordinator|lead|owner)",
         "background/data-analyst"),
        (r"(?:ppc|sem|seo|sea|crm|paid .+|media|campaign|affiliate|growth|audience|loyalty|trade marketing|"
         r"communit(?:y|ies)|e-?commerce) (?:manager|specialist|executive|lead|strategist|officer|coordinator|planner)",
         "background/marketing-manager"),
        (r".*\b(?:sales|selling|account|pre-?sales|business development)\b.* (?:manager|executive|lead|officer|"
         r"engineer|specialist|representative|coordinator|consultant)", "background/sales-representative"),
        (r".*\b(?:public health|health promotion|community|outreach|welfare|housing|refugee|family|youth|inclusion|"
         r"safeguarding|advocacy)\b.* (?:officer|worker|adviser|advisor|coordinator|advocate|practitioner|support)",
         "background/social-worker"),
        (r"(?:customs|import|export|freight|shipping|transport|fleet|depot|inventory|warehouse|stock|distribution|"
         r"materials?) (?:broker|agent|officer|manager|coordinator|planner|controller|clerk|supervisor|specialist)",
         "background/logistics-manager"),
        (r".*\b(?:food|beverage|dairy|brewing) (?:technologist|scientist|chemist)", "background/chemist"),
        (r".*\b(?:quality|test) (?:technician|inspector|controller)", "background/factory-worker"),
        (r".*\b(?:medical|clinical|theatre|cardiac|ecg|eeg|x-ray|mri|dialysis|sterile services|patholog\w+|ward|"
         r"optical|hearing|audiology|prosthetic\w*|orthotic\w*) (?:technician|technologist|assistant|practitioner)",
         "background/medical-technician"),
        (r".*\b(?:laborator\w+|lab|research|chemistry|biology|soil|water) (?:technician|technologist|assistant)",
         "background/laboratory-technician"),
        (r".*\b(?:service|field|maintenance|installation|repair|commissioning|hvac|lift|elevator|escalator|boiler|gas|"
         r"heating|refrigeration|turbine|solar|pv|plant|rigging|alarm|appliance|telecoms?|instrumentation|"
         r"instruments?|cabl\w+|fibre|electronics?|avionics|marine) (?:technician|engineer|fitter|installer|mechanic|"
         r"specialist|operative|electrician)", "background/tradesperson"),
        (r".*\b(?:installer|repairer|locksmith|glazier|upholsterer|stonemason|mason|blacksmith|sheet metal worker|"
         r"pipefitter|steamfitter|boilermaker|millwright|rigger|scaffolder|thatcher|french polisher)",
         "background/tradesperson"),
        (r".*\b(?:machine|plant|press|line|kiln|furnace|process|production|packing|assembly|forklift|lathe|mill|loom|"
         r"extruder|cnc|printing) (?:operator|operative|setter|minder|assembler|packer|hand|worker)",
         "background/factory-worker"),
        (r".*\b(?:seller|shopkeeper|merchandiser|grocer|fishmonger|greengrocer|ironmonger|newsagent|shop manager|"
         r"store manager|florist)", "background/retail-worker"),
        (r".*\b(?:spa|beauty|nail|lash|skin|massage|tanning|aesthetic\w*|cosmetic) (?:therapist|technician|consultant|"
         r"artist|specialist)", "background/hairdresser"),
        (r".*\b(?:army|navy|air force|infantry|artillery|regiment|marines?|military|platoon|squadron)\b.*",
         "background/soldier"),
        (r".*\b(?:border|immigration|council|government|ministry|municipal|electoral|trading standards|parliament\w*|"
         r"consular|embassy|revenue|civil service)\b.*(?:officer|inspector|official|secretary|administrator|attach[ée]|"
         r"clerk|adviser|advisor|manager)", "background/civil-servant"),
        (r".*\b(?:after-school|kids'? club|holiday club|breakfast club|play|cr[eè]che|kindergarten|day ?care) "
         r"(?:leader|worker|manager|assistant)",
         "background/childcare-worker"),
        (r".*\b(?:pr|public relations|press|communications?) (?:account )?(?:manager|executive|officer|director|lead)",
         "background/pr-specialist"),
        (r".*\b(?:sommelier|ma[iî]tre d.*|caterer|cook|chef de \w+|kitchen \w+|catering \w+)",
         "background/hospitality-worker"),
        (r".*\b(?:sound|audio|recording|broadcast|lighting|film|tv|television|camera|radio) (?:engineer|technician|"
         r"operator|designer|editor|producer|mixer)", "background/video-editor"),
        (r".*\b(?:hr|human resources|people|talent|recruitment|payroll|learning and development|reward|benefits|"
         r"compensation|workforce) (?:\w+ )?(?:manager|officer|adviser|advisor|partner|specialist|coordinator|lead|"
         r"assistant|administrator|analyst|consultant|director)", "background/hr-specialist"),
        (r".*\b(?:cyber|security|soc|infosec|information security|threat|vulnerability|iam|identity) (?:\w+ )?"
         r"(?:analyst|engineer|consultant|specialist|architect|manager|officer|researcher|lead)",
         "background/security-analyst"),
        (r".*\b(?:cloud|infrastructure|kubernetes|platform|release|build|reliability|devsecops) (?:\w+ )?(?:engineer|"
         r"architect|specialist|consultant|administrator|lead)", "background/devops-engineer"),
        (r".*\b(?:policy|public affairs|government relations|regulatory policy|legislative) (?:\w+ )?(?:officer|"
         r"adviser|advisor|manager|assistant|specialist|researcher|lead|consultant|aide)",
         "background/policy-professional"),
        (r".*\b(?:fraud|aml|kyc|financial crime|sanctions|due diligence)\b.*", "background/compliance-officer"),
        (r".*\b(?:innovation|transformation|change|program(?:me)?|portfolio|delivery|release|implementation|pmo|"
         r"migration|rollout|transition|launch|improvement) (?:\w+ )?(?:manager|lead|leader|officer|director|"
         r"coordinator|specialist|head|consultant)", "background/project-manager"),
        (r".*\b(?:customer|client|guest|patient|passenger|member|user)s? (?:\w+ )?(?:care|service|services|support|"
         r"relations|onboarding|success|experience|operations|engagement|liaison|advocate|host|specialist|manager|"
         r"officer|representative|executive|coordinator|lead|leader|adviser|advisor|assistant).*",
         "background/customer-service-representative"),
        (r".*\b(?:shift|duty|line|site|area|floor|operations?|facilit(?:y|ies)|branch|centre|center|unit|regional|"
         r"district|general|plant|depot|team) (?:supervisor|manager|leader|lead|controller)",
         "background/operations-manager"),
        (r".*\b(?:navy|naval|deck|ship'?s?|marine|vessel|port) (?:officer|captain|mate|pilot|master|rating)|.*\b(?:"
         r"sailor|seafarer|seaman|skipper|boatman|ferryman)", "background/driver"),
        (r".*\b(?:entertainer|performer|magician|clown|acrobat|puppeteer|comedian|presenter|circus artist)",
         "background/actor"),
        (r".*\b(?:restorer|conservator|weaver|potter|cobbler|shoemaker|saddler|bookbinder|glassblower|engraver|"
         r"goldsmith|silversmith|tailor|seamstress|dressmaker|tanner|cooper|luthier|(?:piano|organ) tuner)",
         "background/craft-worker"),
        (r".*\b(?:energy|commodit(?:y|ies)|oil|gas|power|bond|equit(?:y|ies)|fx|derivatives|options|crypto\w*|"
         r"proprietary|carbon) (?:trader|broker|dealer)", "background/financial-analyst"),
        (r".*\b(?:dealer|auctioneer|vendor|salesman|saleswoman|wholesaler)", "background/sales-representative"),
        (r".*\b(?:labourer|laborer|docker|stevedore|roustabout|roughneck|dock worker|rig worker|site worker)",
         "background/construction-worker"),
        (r".*\b(?:dispenser|phlebotomist|orthoptist|sonographer|radiotherapist|perfusionist|embalmer)",
         "background/medical-technician"),
        (r".*\b(?:scholar|research \w+|principal investigator)", "background/researcher"),
        (r"(?!.*\b(?:data|computer|political|rocket)\b).+ scientist", "background/researcher"),
        (r".*\b(?:treasury|finance|financial planning|accounting) (?:\w+ )?(?:manager|director|lead|head)",
         "background/finance-manager"),
        (r".*\b(?:credit|investment|portfolio|equity|fund|treasury|valuation|corporate finance|m&a|pricing|asset) "
         r"(?:\w+ )?(?:analyst|associate|manager|specialist|officer)", "background/financial-analyst"),
        (r".*\b(?:drilling|reservoir|petroleum|mining|geothermal|refinery|polymer|corrosion|water treatment|process "
         r"safety) (?:\w+ )?engineer", "background/chemical-engineer"),
        (r".*\b(?:electronics?|circuit|pcb|embedded hardware) (?:\w+ )?engineer", "background/electrical-engineer"),
        (r".*\b(?:chemical|chemicals|petrochemical) (?:\w+ )?engineer", "background/chemical-engineer"),
        (r".*\b(?:naval|marine|ship|propulsion|engine|powertrain|automotive|vehicle|chassis|mechanical|thermal|cad|"
         r"design|tooling|pump|acoustics?|vibration|piping) (?:\w+ )?engineer", "background/mechanical-engineer"),
        (r".*\b(?:packaging|manufacturing|production|industrial|quality|continuous improvement|lean|methods|"
         r"commissioning|validation|process|supplier|materials|textile|planning) (?:\w+ )?(?:engineer|technologist)",
         "background/industrial-engineer"),
        (r".*\b(?:highway|bridge|road|rail|railway|tunnel|geotechnical|drainage|coastal|waste ?water|sewage|"
         r"transport|transportation|"
         r"traffic|water|building|site|structures?) (?:\w+ )?engineer", "background/civil-engineer"),
        (r".*\b(?:electronics?|electrical|power|control|controls|automation|rf|hardware|asic|fpga|vlsi|analog|"
         r"circuit|signal\w*|substation|battery|semiconductor|photonics|optical) (?:\w+ )?engineer",
         "background/electrical-engineer"),
        (r".*\b(?:player|athlete|footballer|cricketer|jockey|boxer|cyclist|swimmer|golfer|gymnast|referee|umpire)",
         "background/fitness-trainer"),
        (r".*\b(?:chocolatier|confectioner|p[âa]tissier|ice cream maker|cake decorator)", "background/chef"),
        (r"(?!.*\b(?:policy|decision|market|merry|film|law)[ -]?maker).*(?:\bmaker|smith|\bturner|\bcarver|wright)",
         "background/craft-worker"),
        (r".*\b(?:critic|columnist|blogger|vlogger|youtuber|streamer|podcaster|reporter|announcer)",
         "background/journalist"),
        (r".*\b(?:compositor|colou?rist|animator|retoucher|rotoscop\w+|storyboard\w*) ?(?:artist)?",
         "background/video-editor"),
        (r"(?:media|advertising|ad|digital|paid media) (?:buyer|planner|trader)|.*\boptimi[sz]er",
         "background/marketing-manager"),
        (r".*\b(?:linguist|philologist|hellenist|medievalist|classicist|art historian)",
         "background/humanities-scholar"),
        (r"(?!.*\b(?:sole|market|street) trader).+ trader", "background/financial-analyst"),
        (r".*\b(?:internal|external|financial|it|quality) audit\b.*", "background/auditor"),
        (r".+ broker", "background/sales-representative"),
        (r".+ (?:scheduler|planner|expediter)", "background/logistics-manager"),
        (r".+ inspector", "background/compliance-officer"),
        (r".+ researcher", "background/researcher"),
        (r".+ technician", "background/tradesperson"),
        (r"(?!.*\b(?:sex|aid|faith|key|social|case)\b).+ (?:worker|handler|hand|loader|picker|packer|sorter|labourer|"
         r"labou?rer|ground staff|herdsman|herder|shepherd|milker)", "background/factory-worker"),
        (r".*\b(?:crm|erp|sap|salesforce|dynamics?|servicenow|workday|data|cloud|software|solutions?|systems?|it|network|"
         r"enterprise|azure|aws|gcp|platform|integration|applications?|technical|technology|java|net|api|oracle|bi|"
         r"devops|digital|information|infrastructure|blockchain|iot|ai|ml|mobile|web)\b.* ?architect",
         "background/solutions-architect"),
        (r".+ architect", "background/architect-of-buildings"),
        (r".*\b(?:banking|mortgages?|loans?|lending) (?:\w+ )?(?:lead|leader|officer|associate|advis[eo]r|specialist|"
         r"consultant|representative|manager|executive|agent)", "background/banker"),
        (r".*\b(?:qa|quality assurance|test) (?:manager|lead|executive|head)", "background/qa-engineer"),
        (r"(?:.*\b)?(?:hp-?ux|hp ux|aix|solaris) .*(?:administrator|engineer)", "background/system-administrator"),
        (r".*\b(?:accounts?|payables?|receivables?|ledger|billing|invoic\w+|payroll|credit control|audit) clerk",
         "background/accountant"),
        (r".*\b(?:bakery|deli|delicatessen|meat|produce|grocery|seafood|store|shop|counter|sales|retail|pharmacy|"
         r"liquor|dairy|photo|electronics) (?:clerk|assistant|associate|attendant)", "background/retail-worker"),
        # What nothing tells but that it is done at a desk, or from the top.
        (r"(?!.*\b(?:systems?|network|database|server|cloud|linux|unix|hp-ux|hp ux|aix|solaris|windows|it|hpc|erp|"
         r"crm|sap|web\w*)\b).+ (?:administrator|secretary|"
         r"clerk|registrar|receptionist|typist)", "background/office-administrator"),
        (r"(?:managing |executive |associate |regional |deputy )*(?:director|vice president|vp|president)\b.*|"
         r".+ director", "background/executive"),
        (r"(?!.*\b(?:software|it|network|systems?|data|product|engineering|r&d|qa|test)\b).+ manager(?:,| -|$).*",
         "background/operations-manager"),
    )
)  # fmt: skip


def find_family_position(title: str) -> str | None:
    """The IRI of what somebody with such a title is, where the words it ends with tell; None where they do not.

    Args:
        title: the title in its simplest form.

    >>> find_family_position("unity developer"), find_family_position("property developer")
    ('https://w3id.org/careergraph/id/background/software-engineer', None)
    """
    return next((f"{ID}{who}" for pattern, who in _FAMILIES if pattern.fullmatch(title)), None)
