"""Names, descriptions and pronouns of one text mean the persons that a reader takes them for."""

from __future__ import annotations

import re

import pytest

from tests.people.helpers import fold, person_at, pipeline, table


@pytest.mark.parametrize("row", [row[0] for row in table("coreference.tsv")])
def test_mentions_mean_their_persons(row: str) -> None:
    expected = re.findall(r"\[[^|\]]*\|([^\]]*)\]", row)
    text, spans = "", []
    at = 0
    for match in re.finditer(r"\[([^|\]]*)\|[^\]]*\]", row):
        text += row[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    doc = pipeline()((text + row[at:]).replace("¶", "\n"))
    found = [person_at(doc, *span) for span in spans]
    names = [fold(person.name) if person else "-" for person in found]
    assert names == [fold(name) for name in expected]
