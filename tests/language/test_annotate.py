"""Tags, trees and names: robust on odd text, corrected where certainly wrong."""

from __future__ import annotations

import pytest
from spacy.language import Language

from reviewnlp.language.annotate import LONGEST, as_tree, pieces
from reviewnlp.language.corrections import correct

ODD = [
    "", " ", " \n\t ", "\0", "ab\0вг. Да", "👍🏽👨\u200d👩\u200d👧 Да", "e\u0301 чи\u0301сло",
    "\u200bслово\u00a0и\u2028дело\r\n", "\ufeffтекст", " текст  два   три ", "." * 50, "«" * 30,
    ")" * 40, "#", "@", "а" * 3000, "\x1b[0m \x85 a\x0bb",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_text_keeps_its_characters(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(token.head.sent == token.sent for token in doc)


def test_half_a_surrogate_pair_keeps_offsets(nlp: Language) -> None:
    assert nlp("\ud800 слово").text == "\ufffd слово"


def test_long_sentence_is_one_tree(nlp: Language) -> None:
    doc = nlp("он пришёл домой и сказал, что " * 200)
    assert len(doc) > 2 * LONGEST
    assert len(list(doc.sents)) == 1
    assert sum(token.head == token for token in doc) == 1


def test_pieces_end_after_punctuation(nlp: Language) -> None:
    words = [token for token in nlp("он пришёл домой, а потом ушёл, " * 60) if not token.is_space]
    cut = pieces(words)
    assert [token for piece in cut for token in piece] == words
    assert all(len(piece) <= LONGEST for piece in cut)
    assert all(piece[-1].text == "," for piece in cut)


def test_same_text_same_annotation(nlp: Language) -> None:
    text = "Лида Тёмкина сказала, что смета завышена. а крыша течёт)) ВСЕ УСТАЛИ ЖДАТЬ РЕМОНТА"
    assert nlp(text).to_json() == nlp(text).to_json()


def test_annotating_twice_changes_nothing(nlp: Language) -> None:
    once = nlp("Иван Лужин пришёл. Зал молчал, но свет горел.")
    before = once.to_json()
    for name in nlp.pipe_names:
        once = nlp.get_pipe(name)(once)
    assert once.to_json() == before


@pytest.mark.parametrize(
    ("heads", "tree"),
    [([0], [0]), ([2, 0], [1, 1]), ([2, 1], [0, 0]), ([0, 0, 9], [0, 0, 0]), ([0, 3, 2], [0, 0, 1])],
)
def test_any_heads_make_one_tree(heads: list[int], tree: list[int]) -> None:
    assert as_tree(heads) == tree


@pytest.mark.parametrize(
    ("form", "pos", "features", "expected"),
    [
        ("разрыдались", "NOUN", "Case=Nom", "VERB"),
        ("повозок", "ADJ", "Case=Gen", "NOUN"),
        ("скорбно", "VERB", "", "ADV"),
        ("стол", "NOUN", "Case=Nom|Number=Sing", "NOUN"),
        ("Первомайское", "PROPN", "Case=Nom", "PROPN"),
        ("который", "PRON", "Case=Nom", "PRON"),
        ("😀", "PUNCT", "", "SYM"),
        (":)", "PUNCT", "", "SYM"),
        ("—", "PUNCT", "", "PUNCT"),
        ("#новости", "PUNCT", "", "X"),
    ],
)
def test_corrections(form: str, pos: str, features: str, expected: str) -> None:
    assert correct(form, pos, features, first=False)[0] == expected


def test_impossible_features_are_replaced() -> None:
    assert "VerbForm=Fin" in correct("отчислят", "VERB", "Aspect=Imp|VerbForm=Inf", first=False)[1]
