"""Which line makes whom the writer of a page? A table of lines, at a page's start and end."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from reviewnlp.claims.bylines import find_writer
from reviewnlp.claims.mentions import MentionIndex, person_of_initials
from reviewnlp.pipeline import load_untrained

TABLE = Path(__file__).parent / "bylines.tsv"
LINES = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
TITLE = "Берег и ветер"
BODY = (
    "Вечером говорили о береге. Зал был полон, окна открыты настежь.",
    "Потом пили чай, и спор начался заново. Решили, что берег надо беречь.",
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_untrained()


def _page(place: str, line: str) -> str:
    paragraphs = [TITLE, line, *BODY] if place == "start" else [TITLE, *BODY, line]
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(("place", "line", "writer"), LINES)
def test_byline(nlp: Language, place: str, line: str, writer: str) -> None:
    doc = nlp(_page(place, line))
    found = find_writer(doc, list(doc._.blocks), MentionIndex(doc))
    assert ("–" if found is None else doc._.people[found].name) == writer


@pytest.mark.parametrize(
    ("initials", "person"),
    [
        ("В. Л.", "Вадим Лосев"), ("Л. В.", "Вадим Лосев"), ("В.Л.", "Вадим Лосев"),
        ("Р. С.", "Рита Санина"), ("А. Б.", None), ("В.", None), ("Лосев", None),
    ],
)  # fmt: skip
def test_initials(nlp: Language, initials: str, person: str | None) -> None:
    doc = nlp("Пришли Вадим Лосев и Рита Санина. Вадим Лосев пел, Рита Санина слушала.")
    found = person_of_initials(doc, initials)
    assert (None if found is None else doc._.people[found].name) == person
