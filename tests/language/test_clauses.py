"""Coordinated clauses of the table, and what holds for every sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.language import Language

from reviewnlp.language.clauses import clauses
from tests.language.tables import lines, marked, unmarked


@pytest.mark.parametrize("line", lines("clauses.txt"))
def test_table(nlp: Language, line: str) -> None:
    doc = nlp(unmarked(line))
    starts = [clause.start_char for sentence in doc.sents for clause in clauses(sentence)]
    assert marked(doc.text, starts) == line


@pytest.mark.parametrize("text", ["", " ", "!", "а, но; и: что,", "«а, но (б", "))", "Да; нет; да;"])
def test_clauses_cover_the_sentence(nlp: Language, text: str) -> None:
    for sentence in nlp(text).sents:
        found = clauses(sentence)
        assert (found[0].start, found[-1].end) == (sentence.start, sentence.end)
        assert all(left.end == right.start for left, right in pairwise(found))
