"""Russian passes, however chatty; other languages are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewnlp.reading import Failure, Source, read_bytes
from reviewnlp.reading.language import language, language_name

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "languages.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
CORPORA = Path(__file__).parents[2] / "corpora"


@pytest.mark.parametrize(("code", "text"), ROWS)
def test_text(code: str, text: str) -> None:
    assert language(text) == code
    (found,) = read_bytes(text.encode(), "a.txt")
    if code == "ru":
        assert isinstance(found, Source)
    else:
        assert isinstance(found, Failure)
        assert found.reason.startswith("not Russian but ")
        assert code == "und" or language_name(code) in found.reason


@pytest.mark.parametrize("path", sorted(CORPORA.glob("*/text/*.txt")), ids=lambda path: path.stem)
def test_sample_collections(path: Path) -> None:
    (found,) = read_bytes(path.read_bytes(), path.name)
    assert isinstance(found, Source), found
    assert found.text == path.read_bytes().decode("utf-8")
    assert (found.format, found.encoding, found.blocks) == ("text", "utf-8", ())
