"""British and American spelling: a name in one is found by the other."""

from __future__ import annotations

from itertools import chain, islice, product

from careergraph.model.text import normalise

#: What is spelled differently, as the British and as the American write it.
_PAIRS = (
    *(("centre", "center"), ("theatre", "theater"), ("fibre", "fiber"), ("litre", "liter"), ("metre", "meter")),
    *(("labour", "labor"), ("colour", "color"), ("behaviour", "behavior"), ("harbour", "harbor"), ("armour", "armor")),
    *(("neighbour", "neighbor"), ("flavour", "flavor"), ("mould", "mold"), ("plough", "plow"), ("grey", "gray")),
    *(("defence", "defense"), ("offence", "offense"), ("licence", "license"), ("tyre", "tire"), ("kerb", "curb")),
    *(("programme", "program"), ("catalogue", "catalog"), ("dialogue", "dialog"), ("cheque", "check")),
    *(("aluminium", "aluminum"), ("jewellery", "jewelry"), ("sulph", "sulf"), ("draught", "draft")),
    *(("paed", "ped"), ("anaesth", "anesth"), ("haem", "hem"), ("gynaec", "gynec"), ("oesoph", "esoph")),
    *(("oedem", "edem"), ("foetal", "fetal"), ("archaeo", "archeo"), ("aeroplane", "airplane")),
    *(("ageing", "aging"), ("enrolment", "enrollment"), ("fulfilment", "fulfillment"), ("storey", "story")),
)
#: The same before an ending: what the British write, what Americans do, and the endings.
_BEFORE_ENDINGS = (
    ("is", "iz", ("ation", "ations", "ational", "e", "es", "er", "ers", "ing", "ed")),
    ("ys", "yz", ("e", "es", "er", "ers", "ing", "ed")),
    ("ll", "l", ("er", "ers", "or", "ors", "ing", "ed")),
)
#: At most so many mixed spellings of one name are looked up.
_MOST = 8


def list_spellings(name: str) -> tuple[str, ...]:
    """A name in the other English spelling, normalised: all American, all British, then mixed; at most ten.

    They are what somebody may have written; not each has words that exist.

    Args:
        name: as somebody typed it.

    >>> list_spellings("Data centre technician")
    ('data center technician',)
    >>> list_spellings("Nurse")
    ()
    """
    words = normalise(name).split()
    spelled = [_spell(word) for word in words]
    mixed = product(*map(dict.fromkeys, spelled))
    found = dict.fromkeys(" ".join(each) for each in chain(zip(*spelled, strict=True), islice(mixed, _MOST)))
    return tuple(other for other in found if other != " ".join(words))


def _spell(word: str) -> tuple[str, str, str]:
    """A word as Americans write it, as the British do, and as it is."""
    american = british = word
    for one, other in _PAIRS:
        # What is spelled as in the one already stays: it often has the other in it, as "programme" has "program".
        american = american.replace(one, other)
        british = british if one in british else british.replace(other, one)
    for one, other, endings in _BEFORE_ENDINGS:
        american = _replace_before(american, one, other, endings)
        british = british if _ends(british, one, endings) else _replace_before(british, other, one, endings)
    return american, british, word


def _ends(word: str, part: str, endings: tuple[str, ...]) -> str | None:
    """The ending of a word, if it has such a part before it."""
    return next((ending for ending in endings if word.endswith(part + ending)), None)


def _replace_before(word: str, part: str, instead: str, endings: tuple[str, ...]) -> str:
    ending = _ends(word, part, endings)
    return word if ending is None else word[: -len(part + ending)] + instead + ending
