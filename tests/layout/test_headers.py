"""Headers and look-alikes, one a line in `headers.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewnlp.layout.headers import read_header

ROWS = [
    tuple(part.strip() for part in row.split(" :: "))
    for row in (Path(__file__).parent / "headers.txt").read_text("utf-8").splitlines()
    if row and not row.startswith("#")
]


@pytest.mark.parametrize(("said", "line"), ROWS)
def test_header(said: str, line: str) -> None:
    header = read_header(line)
    if said == "-":
        assert header is None or not header.strong
        return
    author, _, posted_at = (part.strip() for part in said.partition("|"))
    assert header is not None
    assert header.strong
    assert (header.author, header.posted_at or "") == (author, posted_at)
