"""Tables for spreadsheets, which compute cells that begin as a formula does.

Data may contain any text, and `=HYPERLINK(…)` is a text like any other until a spreadsheet opens it. OWASP's *CSV
Injection* lists the characters; their full-width forms count in East Asian locales.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Format → the separator of its cells.
SPREADSHEETS: Mapping[str, str] = {"csv": ",", "tsv": "\t", "sssom": "\t"}
# These are compiled when they are first used, which most commands never do.
_CELLS = {",": r'"(?:[^"]|"")*"|[^",\r\n][^,\r\n]*', "\t": r"[^\t\r\n]+"}
#: Where a formula would begin: at the start of a cell, or after a separator that other locales use.
_FORMULA = r'(^"?|[;\t\r\n])(\s*[=+\-@\uff1d\uff0b\uff0d\uff20])'
_NUMBER = r'"?[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?"?'


def guard_formulas(content: bytes, separator: str = ",") -> tuple[bytes, int]:
    r"""A table in which no cell is a formula, and how many cells would have been one.

    An apostrophe in front turns them into text, as in spreadsheets themselves. Numbers stay as they are.

    Args:
        content: CSV or TSV in UTF-8, as `careergraph` writes it.
        separator: what separates its cells.

    >>> guard_formulas(b'who,pays\n=1+1,-5\n"@SUM(a,b)",+a\n')
    (b'who,pays\n\'=1+1,-5\n"\'@SUM(a,b)",\'+a\n', 3)
    """
    guarded = 0

    def guard(cell: re.Match[str]) -> str:
        nonlocal guarded
        if re.fullmatch(_NUMBER, cell[0]):
            return cell[0]
        text, found = re.subn(_FORMULA, r"\1'\2", cell[0])
        guarded += bool(found)
        return text

    text = re.sub(_CELLS[separator], guard, content.decode("utf-8", "surrogateescape"))
    return text.encode("utf-8", "surrogateescape"), guarded
