"""Forms are read as the standard library reads them, a piece at a time."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from careergraph.server import sparql_protocol
from careergraph.server.http.guard import MOST_PARAMETERS

PARTS = st.sampled_from(["%41", "%C3%A9", "%C3", "%", "%4", "%zz", "%25", "a", "+", "&", "=", "é", "😀"])


@given(st.lists(PARTS, max_size=14).map("".join), st.sampled_from([3, 4, 5, 1 << 15]))
def test_a_form_is_read_as_the_library_reads_it(text: str, piece: int) -> None:
    try:
        expected = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        expected = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sparql_protocol, "_PIECE", piece)
        assert read(text) == expected


def read(text: str) -> list[tuple[str, str]] | None:
    """The parameters of a form; None if one is not UTF-8."""
    try:
        return sparql_protocol._form(text)
    except HTTPException:
        return None


def test_there_is_an_end_to_the_parameters_of_a_form() -> None:
    assert len(sparql_protocol._form("a=b&" * (MOST_PARAMETERS - 1))) == MOST_PARAMETERS - 1
    with pytest.raises(HTTPException, match="more than 1,000 parameters"):
        sparql_protocol._form("a=b&" * MOST_PARAMETERS)
