"""Names in oblique cases find their canonical form."""

from __future__ import annotations

import pytest

from tests.people.helpers import fold, person_at, pipeline, table, unbracket


@pytest.mark.parametrize(("sentence", "expected"), table("names.tsv") + table("names_unseen.tsv"))
def test_name_is_normalised(sentence: str, expected: str) -> None:
    text, spans = unbracket(sentence)
    person = person_at(pipeline()(text), *spans[0])
    assert fold(person.name if person else "nobody") == fold(expected)
