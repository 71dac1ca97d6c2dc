"""Lemmas by the conventions of Universal Dependencies."""

from __future__ import annotations

import pytest
from spacy.language import Language

from reviewnlp.language.lemmatizer import lemma
from tests.language.tables import lines


@pytest.mark.parametrize("line", lines("lemmas.txt"))
def test_table(nlp: Language, line: str) -> None:
    text, pairs = line.split("\t")
    found = {token.text: token.lemma_ for token in nlp(text)}
    expected = dict(pair.split("=") for pair in pairs.split())
    assert {word: found[word] for word in expected} == expected


@pytest.mark.parametrize(
    ("form", "pos", "features", "expected"),
    [
        ("Python", "X", "", "python"),
        ("#выходные", "X", "", "#выходной"),
        ("90-е", "ADJ", "", "90-е"),
        ("вoйнa", "NOUN", "Case=Nom|Number=Sing", "война"),
        ("число\u0301", "NOUN", "Case=Nom|Number=Sing", "число"),
        ("Н.", "PROPN", "", "н."),
        ("Ивановой", "PROPN", "Case=Gen|Gender=Fem|Number=Sing", "иванова"),
        ("Угаров", "PROPN", "Case=Nom|Gender=Masc|Number=Sing", "угаров"),
        ("😀", "SYM", "", "😀"),
        ("", "X", "", ""),
    ],
)
def test_single_words(form: str, pos: str, features: str, expected: str) -> None:
    assert lemma(form, pos, features) == expected
