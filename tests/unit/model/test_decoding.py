"""Text files are read in the encodings that editors, spreadsheets and shells write."""

from __future__ import annotations

import pytest

from careergraph.model.decoding import decode_text, find_repeated


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_says_how_it_is_encoded(encoding: str) -> None:
    assert decode_text("Größe, اسم".encode(encoding)) == "Größe, اسم"


@pytest.mark.parametrize("mark", ["utf-16-be", "utf-32-be"])
def test_the_other_order_of_bytes_is_read_as_well(mark: str) -> None:
    assert decode_text("\ufeffrole".encode(mark)) == "role"


@pytest.mark.parametrize("content", ["Caf\xe9".encode("latin-1"), "role".encode("utf-16") + b"x"])
def test_what_is_encoded_otherwise_is_an_error(content: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        decode_text(content)


def test_a_repeated_name_is_found_among_many() -> None:
    assert find_repeated(str(number) for number in range(100_000)) is None
    assert find_repeated([*map(str, range(100_000)), "7"]) == "7"
