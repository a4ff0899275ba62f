"""From what people did to the name of a skill: *led a team of eight* is people management.

Everything here takes texts in the normal form of `careergraph.model.text.normalise`, and knows no graph.
"""

from __future__ import annotations

import re

from careergraph.transitions.people.activities import find_activity

#: Activities with an object after them: *mentoring junior developers*.
DOINGS = frozenset(
    (
        *("teaching", "mentoring", "coaching", "tutoring", "negotiating", "translating", "welding", "budgeting"),
        *("fundraising", "recruiting", "copywriting", "programming", "bookkeeping", "interpreting", "wireframing"),
        *("negotiation", "translation", "fundraising", "recruitment", "facilitation", "mediation", "troubleshooting"),
        *("photography", "journalism", "accounting", "nursing", "moderation"),
        *("debugging", "benchmarking", "blogging", "proofreading", "cooking", "supervision", "interviewing"),
    )
)
#: What is done wherever somebody tells of work, whatever stands around it: *triage and mentoring of students*.
TOLD = frozenset(
    (
        *("mentoring", "tutoring", "fundraising", "bookkeeping", "copywriting", "proofreading", "wireframing"),
        *("budgeting", "troubleshooting", "debugging", "benchmarking", "prototyping", "phlebotomy", "triage"),
    )
)
#: What a word before it only narrows, so that a phrase that ends so is about it: *marine biology*, *furniture sales*.
NARROWED = DOINGS | frozenset(
    (
        *("biology", "chemistry", "physics", "psychology", "genetics", "pharmacology", "toxicology", "immunology"),
        *(
            "oncology",
            "cardiology",
            "dermatology",
            "paediatrics",
            "pediatrics",
            "radiology",
            "microscopy",
            "microbiology",
        ),
        *("spectroscopy", "chromatography", "epidemiology", "robotics", "electronics", "statistics", "mathematics"),
        *(
            "linguistics",
            "logistics",
            "marketing",
            "sales",
            "insurance",
            "taxation",
            "trading",
            "lending",
            "underwriting",
        ),
        *("invoicing", "payroll", "banking", "litigation", "simulation", "counselling"),
        *("counseling", "arbitration"),
        *("farming", "forestry", "landscaping", "gardening", "carpentry", "masonry", "plumbing", "roofing", "tiling"),
        *("plastering", "embroidery", "pottery", "ceramics", "calligraphy", "sculpture", "animation", "illustration"),
        *("choreography", "playwriting", "poetry", "baking", "catering", "massage", "manufacturing", "mammography"),
        *("guitar", "violin", "piano", "dance", "ballet", "interpreting", "bioinformatics", "genomics", "dentistry"),
    )
)
#: What is done to whatever stands before it, and is no skill beside that: *marketing planning* is not time management.
HEADS = frozenset(
    (
        *(
            "planning",
            "responsibility",
            "responsibilities",
            "assessment",
            "assessments",
            "organisation",
            "organization",
        ),
        *(
            "organising",
            "organizing",
            "coordination",
            "scheduling",
            "support",
            "quality",
            "security",
            "design",
            "research",
        ),
        *(
            "testing",
            "strategy",
            "training",
            "development",
            "operations",
            "control",
            "startup",
            "start up",
            "presentations",
        ),
        *("reports", "reporting", "communication", "communications", "documentation", "meetings", "analysis", "events"),
    )
)
#: What somebody is, where it stands alone; beside other words it means something else: *patient handover*.
ONLY_ALONE = frozenset(("patient",))
_FEW = r"(?:[\w'’&£€$.,+-]+ ){0,4}?"
_LED = r"(?:co )?(?:led|leading|lead|managed|managing|supervis(?:ed|ing)|head(?:ed|ing)|ran|direct(?:ed|ing)|oversaw)"
_RAN = r"(?:led|leading|managed|managing|coordinated|coordinating|delivered|delivering|ran|running|oversaw|planned)"
#: Wording of an activity → one of the names of the skill.
_ACTIONS = tuple(
    (re.compile(pattern), skill)
    for pattern, skill in (
        (rf"{_LED} {_FEW}(?:teams?|staff|people|employees|engineers|developers|colleagues|direct reports)\b",
         "people management"),
        (rf"(?:personal)?(?:führung|leitung|anleitung) (?:von |eines |des |der )?{_FEW}(?:mitarbeiter\w*|"
         r"mitarbeitenden|teams?|auszubildenden?|kollegen)\b", "people management"),
        (rf"(?:encadrement|management|supervision|animation) d(?:e |['’]une |['’])?{_FEW}(?:équipes?|personnes|"
         r"collaborateurs|salariés)\b", "people management"),
        (rf"(?:gestión|dirección|coordinación|supervisión|gestão|coordenação|gestione) d[ei] {_FEW}(?:equipos?|"
         r"personas|empleados|equipas?|equipes?|pessoas|personale)\b", "people management"),
        (rf"{_RAN} {_FEW}projects?\b", "project management"),
        (rf"{_RAN} {_FEW}(?:programmes?|programs)\b", "programme management"),
        (rf"(?:{_RAN}|managed|held) {_FEW}budgets?\b", "budget management"),
        (rf"(?:{_RAN}|organi[sz](?:ed|ing)|hosted) {_FEW}(?:events?|conferences?|meetups?|festivals?|hackathons?)\b",
         "event management"),
        (rf"(?:{_RAN}|facilitat(?:ed|ing)|held) {_FEW}(?:workshops?|trainings?|training sessions?)\b",
         "delivering training"),
        (rf"(?:train(?:ed|ing)|onboard(?:ed|ing)) {_FEW}(?:staff|employees|colleagues|starters|users|teams?|hires)\b",
         "employee training"),
        (rf"(?:present(?:ed|ing)|spoke|speaking|gave talks|giving talks) {_FEW}"
         r"(?:at|to) .*(?:conferences?|audiences?|executives?|board|stakeholders|clients)\b", "public speaking"),
        (r"(?:taught|teach|tutored|lectured|lecturing)\b", "teaching"),
        (r"(?:mentor|mentored|coached)\b", "mentoring"),
        (r"(?:negotiated|negotiate)\b", "negotiation"),
        (r"(?:translated|interpreted)\b", "translation"),
        (r"(?:recruited|hired|interviewed candidates)\b", "recruitment"),
        (r"(?:advised|advising) (?:\w+ )?clients?\b", "consulting"),
        (rf"(?:analy[sz](?:ed|e|ing)) {_FEW}data(?:sets?)?\b", "data analysis"),
        (rf"(?:collect(?:ed|ing)|gather(?:ed|ing)) {_FEW}data\b", "data collection"),
        (rf"(?:handl(?:ed|ing)|dealt with|dealing with|serv(?:ed|ing)|assist(?:ed|ing)|help(?:ed|ing)) {_FEW}"
         r"customers?\b", "customer service"),
        (rf"(?:wrote|writing|drafted|drafting) {_FEW}(?:reports?)\b", "report writing"),
        (rf"(?:wrote|writing|won|secured|drafted) {_FEW}(?:grants?|grant proposals?|funding)\b", "grant writing"),
        (r"(?:works?|working|calm|thrives?|performs?) (?:well |effectively )?under pressure\b", "resilience"),
        (r"(?:works?|working) (?:well |effectively )?(?:as part of|in) (?:a |an )?(?:\w+ )?teams?\b", "teamwork"),
        (r"(?:able to |ability to )?(?:work(?:s|ing)?|worked) (?:independently|autonomously|on my own)\b",
         "independent working"),
        (r"(?:able to |ability to )?(?:prioriti[sz]e|manage|juggle) (?:multiple|several|competing|my)\b",
         "time management"),
    )
)  # fmt: skip


def find_skill_in_action(phrase: str) -> str | None:
    """The name of the skill that the activity in a phrase takes.

    >>> find_skill_in_action("managed a team of 8 engineers"), find_skill_in_action("team sports")
    ('people management', None)
    """
    return next((skill for pattern, skill in _ACTIONS if pattern.match(phrase)), None) or find_activity(phrase)
