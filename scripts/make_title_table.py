"""Write which positions titles stand for, and their words: `titles.tsv.gz`, `title_words.tsv.gz` of `people/titles/`.

The one has titles that nothing in the vocabulary is called, the other how
often each word stands in the titles of each position.

    python scripts/make_title_table.py db_29_3_text.zip

The titles are those that O*NET has for its occupations beside their names. Which position stands for a group of
occupations is the editors' judgement: `GROUPS`, by what their codes begin with. Titles of several positions are left
out where none has two thirds of them, and so are those that the reader of CVs knows without the table.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.text import normalise
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.phrases import fold
from careergraph.transitions.people.reading import Reading
from careergraph.transitions.people.titles import table as title_table
from careergraph.transitions.people.titles.likely_positions import POSITIONS, TOTALS, WORDS, split_title
from careergraph.transitions.people.titles.lines import pack_lines
from careergraph.transitions.people.titles.table import TABLE

FOLDER = Path(title_table.__file__).parent
SOURCE = (
    "Titles from the O*NET 29.3 Database by the U.S. Department of Labor, Employment and Training Administration "
    "(USDOL/ETA), used under the CC BY 4.0 license; which position they stand for is the editors' judgement."
)
TABLES = (("Alternate Titles.txt", "Alternate Title"), ("Sample of Reported Titles.txt", "Reported Job Title"))
#: Titles with more words are hardly ever written just so.
MOST_WORDS = 4
#: So large a share of the occupations with a title have to be of one position.
CLEAR = 2 / 3
#: Words and pairs of words that stand in fewer titles tell nothing.
OFTEN = 2
#: What the code of an occupation begins with (SOC 2018) → the background or role; the longest beginning counts.
GROUPS = {
    prefix: who
    for who, prefixes in {
        "background/executive": "11-1",
        "background/marketing-manager": "11-2011 11-2021 13-1161",
        "background/sales-representative": "11-2022 13-1011 41-3011 41-3091 41-4 41-9011 41-903 41-909",
        "background/pr-specialist": "11-203 27-303",
        "background/office-administrator": "11-3012 43-1 43-4 43-6 43-9",
        "background/operations-manager": "11-3013 11-3051 11-9111",
        "background/it-manager": "11-3021",
        "background/finance-manager": "11-3031 13-2031",
        "background/buyer": "11-3061 13-102",
        "background/logistics-manager": "11-3071 13-1081 43-503 43-506 43-507 53-1",
        "background/hr-specialist": "11-311 11-312 11-313 13-107 13-1141 43-4161",
        "background/farmer": "11-9013 19-1031.02 45",
        "background/construction-manager": "11-9021 13-1051 47-1",
        "background/teacher": "11-9032 11-9031 25-2 25-3",
        "background/academic": "11-9033 25-1",
        "background/engineering-manager": "11-9041",
        "background/hospitality-worker": "11-9051 11-9081 35 39-6",
        "background/researcher": "11-9121 19-3022",
        "background/postal-worker": "11-9131 43-505",
        "background/estate-agent": "11-9141 13-202 41-902",
        "background/ngo-worker": "11-9151 13-1131",
        "background/civil-servant": "11-9161",
        "background/personal-services-worker": "11-9171 11-9179 31-9011 39-2 39-3 39-4",
        "background/compliance-officer": "11-9199.01 11-9199.02 13-104 13-2054 13-2099.04 19-5",
        "background/insurance-agent": "13-103 13-2053 41-3021",
        "background/project-manager": "13-1082 15-1299.09",
        "background/business-analyst": "13-1111",
        "background/event-manager": "13-1121",
        "background/trainer": "13-1151 25-9031",
        "background/accountant": "13-2011 13-208 43-3",
        "background/financial-analyst": "13-2041 13-205 41-3031",
        "background/auditor": "13-2061",
        "background/banker": "13-207 43-3071 43-4131 43-4141",
        "background/quantitative-analyst": "13-2099.01",
        "background/it-professional": "15-1211",
        "background/security-analyst": "15-1212 15-1299.04 15-1299.05",
        "background/it-support-specialist": "15-123",
        "background/network-engineer": "15-1241",
        "background/database-administrator": "15-1242",
        "role/data-engineer": "15-1243",
        "background/system-administrator": "15-1244",
        "background/software-engineer": "15-1251 15-1252 15-1254 15-1299.06 15-1299.07",
        "background/qa-engineer": "15-1253",
        "background/ux-designer": "15-1255",
        "background/actuary": "15-2011",
        "background/mathematician": "15-2021",
        "background/statistician": "15-2041",
        "role/data-scientist": "15-2051.00",
        "background/bi-developer": "15-2051.01",
        "background/architect-of-buildings": "17-101",
        "background/surveyor": "17-102 17-3031 47-4011",
        "background/aerospace-engineer": "17-2011",
        "background/chemical-engineer": "17-2041 17-2131 17-2151 17-2161 17-2171",
        "background/civil-engineer": "17-2051",
        "background/electrical-engineer": "17-206 17-207",
        "background/environmental-scientist": "17-2081 19-103 19-2021 19-204",
        "background/industrial-engineer": "17-211",
        "background/mechanical-engineer": "17-2121 17-2141 17-301",
        "background/biologist": "19-10 19-1041 19-1042",
        "background/physicist": "19-201",
        "background/chemist": "19-203",
        "background/economist": "19-3011",
        "background/psychologist": "19-303",
        "background/social-scientist": "19-3041 19-309",
        "background/urban-planner": "19-3051",
        "background/humanities-scholar": "19-3093",
        "background/laboratory-technician": "19-4",
        "background/psychotherapist": "21-1011 21-1013 21-1014",
        "background/social-worker": "21-1015 21-102 21-109",
        "background/clergy": "21-2",
        "background/lawyer": "23-1011",
        "background/judge": "23-102",
        "background/paralegal": "23-1012 23-2",
        "background/librarian": "25-4 43-4121",
        "background/teaching-assistant": "25-904",
        "background/graphic-designer": "27-1011 27-1014 27-1021 27-1022 27-1024",
        "background/craft-worker": "27-1012 51-302 51-5 51-6 51-7 51-907",
        "background/artist": "27-1013 27-1027 27-2012",
        "background/retail-worker": "27-1023 27-1026 41-1 41-2",
        "background/interior-designer": "27-1025",
        "background/actor": "27-2011 27-203 27-2099",
        "background/fitness-trainer": "27-202 33-9092 39-9031 39-9032",
        "background/musician": "27-204 27-2091",
        "background/journalist": "27-301 27-302",
        "background/writer": "27-3041 27-3043 43-9081",
        "background/technical-writer": "27-3042",
        "background/translator": "27-3091",
        "background/video-editor": "27-401 27-403",
        "background/photographer": "27-4021",
        "background/dentist": "29-102",
        "background/dietitian": "29-1031",
        "background/pharmacist": "29-1051",
        "background/medical-technician": "29-1011 29-1081 29-1181 29-2 31-2 31-909 51-908",
        "background/occupational-therapist": "29-1122",
        "background/physiotherapist": "29-1123",
        "background/therapist": "29-1124 29-1125 29-1126 29-1128 29-1129 29-1291",
        "background/speech-therapist": "29-1127",
        "background/veterinarian": "29-1131",
        "background/nurse": "29-1141 29-115 29-117 29-2061",
        "background/midwife": "29-1161",
        "background/physician": "29-12",
        "background/dental-assistant": "29-1292 31-9091",
        "background/paramedic": "29-2042 29-2043",
        "background/care-worker": "31-1 39-9041",
        "background/police-officer": "33-1012 33-3021 33-303 33-305 33-9021",
        "background/firefighter": "33-1021 33-2",
        "background/prison-officer": "33-1011 33-3012",
        "background/security-guard": "33-903 33-909",
        "background/chef": "35-1011 35-2 51-3011",
        "background/bartender": "35-3011",
        "background/waiter": "35-303",
        "background/cleaner": "37-1 37-2",
        "background/gardener": "37-3",
        "background/hairdresser": "39-5",
        "background/travel-worker": "39-7 41-3041 43-4181",
        "background/childcare-worker": "39-9011",
        "background/call-centre-worker": "41-904",
        "background/receptionist": "43-2 43-4081 43-4171",
        "background/customer-service-representative": "43-4051",
        "background/driver": "43-502 53-3 53-4 53-5 53-6",
        "background/electrician": "47-2111",
        "background/plumber": "47-2152",
        "background/carpenter": "47-2031",
        "background/construction-worker": "47-2 47-3 47-4 47-5",
        "background/tradesperson": "17-302 49",
        "background/mechanic": "49-3 49-904",
        "background/factory-worker": "51 53-7",
        "background/welder": "51-412",
        "background/pilot": "53-201",
        "background/air-traffic-controller": "53-2021",
        "background/flight-attendant": "53-2031",
        "background/soldier": "55",
    }.items()
    for prefix in prefixes.split()
}


def main(path: str) -> None:
    """Read the titles, and write those that the table is needed for, and the words of all."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for code, title in read_titles(path):
        found[fold(normalise(re.sub(r"\s*\(.*?\)", "", title)))][position_of(code)] += 1
    reading = Reading(Catalogue.load("bundled"))
    table = unknown_titles(found, reading)
    missing = [place for place in table if ID + place not in reading.catalogue.statements]
    assert not missing, missing
    write(TABLE, [(place, *titles) for place, titles in sorted(table.items())])
    write(WORDS, count_words(found))


def unknown_titles(found: Mapping[str, Counter[str]], reading: Reading) -> dict[str, list[str]]:
    """Position → the titles that stand for it and that the reader of CVs does not know without the table."""
    most = {title: places.most_common(1)[0] for title, places in found.items()}
    clear = {title: who for title, (who, count) in most.items() if who and count >= CLEAR * found[title].total()}
    table: dict[str, list[str]] = defaultdict(list)
    for title, place in sorted(clear.items()):
        if 0 < len(title.split()) <= MOST_WORDS and not reading.position_names.find_called(title):
            table[place].append(title)
    return table


def count_words(found: Mapping[str, Counter[str]]) -> list[tuple[str, ...]]:
    """The positions, their numbers of titles, and for each part of a title how many each position has with it."""
    titles = sorted({(title, place) for title, places in found.items() for place in places if place})
    totals = Counter(place for _, place in titles)
    number = {place: n for n, place in enumerate(totals)}
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for title, place in titles:
        for part in split_title(title):
            counts[part][number[place]] += 1
    words = {part: each for part, each in sorted(counts.items()) if each.total() >= OFTEN}
    rows = ((part, *(str(number) for pair in sorted(each.items()) for number in pair)) for part, each in words.items())
    return [(POSITIONS, *totals), (TOTALS, *map(str, totals.values())), *rows]


def write(name: str, lines: Iterable[Sequence[str]]) -> None:
    """Write a table with its source."""
    (FOLDER / name).write_bytes(pack_lines([("Source", SOURCE), *lines]))


def read_titles(path: str) -> Iterator[tuple[str, str]]:
    """The code of an occupation and a title of it, one after the other."""
    with zipfile.ZipFile(path) as archive:
        for name, column in TABLES:
            member = next(member for member in archive.namelist() if member.endswith(f"/{name}"))
            with archive.open(member) as file:
                rows = csv.DictReader(io.TextIOWrapper(file, "utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
                yield from ((row["O*NET-SOC Code"], row[column]) for row in rows)


def position_of(code: str) -> str:
    """The position that stands for an occupation; nothing for those that none stands for."""
    beginnings = (code[:length] for length in range(len(code), 1, -1))
    return next((GROUPS[beginning] for beginning in beginnings if beginning in GROUPS), "")


if __name__ == "__main__":
    main(*sys.argv[1:])
