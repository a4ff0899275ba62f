"""What people write for short in CVs, and what it stands for."""

from __future__ import annotations

import re

#: Short for → in full. One with a full stop is a word of its own without it.
_SHORT_FORMS = {
    "w/": "with", "w/o": "without", "mgmt": "management", "mgt": "management", "mngmt": "management",
    "mgmnt": "management", "mangmt": "management", "eng": "engineering", "engg": "engineering", "engr": "engineering",
    "comms": "communication", "biz": "business", "bus.": "business", "yrs": "years", "exp.": "experience",
    "dev": "development", "devt": "development", "devpt": "development", "admin.": "administration",
    "dbs": "databases", "db": "database", "sci": "science", "comp": "computer", "stats.": "statistics",
    "tech.": "technical", "intl": "international", "int'l": "international", "govt": "government",
    "gov't": "government", "gov.": "government", "mech": "mechanical", "elec": "electrical", "env": "environmental",
    "maths.": "maths", "mktg": "marketing", "mkt.": "market", "mkting": "marketing", "acctg": "accounting",
    "acct.": "accounting", "acc.": "accounting", "cert.": "certificate", "ops": "operations", "opns": "operations",
    "qual.": "qualitative", "quant.": "quantitative", "prog.": "programming", "lang.": "language",
    "viz": "visualisation", "merch.": "merchandising", "meds": "medication", "vis.": "visualisation",
    "proj.": "project", "proj": "project", "prod.": "product", "svc": "service", "svcs": "services",
    "serv.": "service", "cust.": "customer", "supp.": "support", "info.": "information", "arch.": "architecture",
    "infra": "infrastructure", "mfg": "manufacturing", "manuf.": "manufacturing", "maint.": "maintenance",
    "constr.": "construction", "equip.": "equipment", "inv.": "inventory", "purch.": "purchasing",
    "org.": "organisational", "comm.": "communication", "communic.": "communication", "presentn": "presentation",
    "neg.": "negotiation", "fin.": "financial", "econ.": "economics", "hist.": "history", "lit.": "literature",
    "phil.": "philosophy", "psych.": "psychology", "psych": "psychology", "chem.": "chemistry", "biol.": "biology",
    "bio.": "biology", "ed.": "education", "educ.": "education", "algo": "algorithms", "algos": "algorithms",
    "sec.": "security", "assess.": "assessment", "veh.": "vehicle", "med.": "medical", "ppl": "people",
    "dept.": "department", "nat.": "natural", "soc.": "social", "pol.": "political", "rel.": "relations",
    "rels.": "relations", "strat.": "strategy", "res.": "research", "reqs": "requirements", "specs": "specifications",
    "pres.": "presentation", "mngt": "management",
}  # fmt: skip
_WITH = re.compile(r"\b(w/)(?!o\b)")


def spell_out(phrase: str) -> str:
    """A phrase without its abbreviations; some are none without their full stop.

    >>> spell_out("time mgmt w/ jira"), spell_out("stakeholder mgmt., proj. planning")
    ('time management with jira', 'stakeholder management, project planning')
    """
    return " ".join(map(_spell_out_word, _WITH.sub(r"\1 ", phrase).split()))


def _spell_out_word(word: str) -> str:
    name = word.strip(",;()")
    return word.replace(name, _SHORT_FORMS.get(name, _SHORT_FORMS.get(name.removesuffix("."), name))) if name else word
