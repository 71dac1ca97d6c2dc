"""Sentences of the table, and what segmentation must do with any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Block
from reviewnlp.language.sentences import SentenceSegmenter, held_quotations, sentence_starts
from tests.language.tables import lines, marked, unmarked


@pytest.mark.parametrize("line", lines("sentences.txt"))
def test_table(line: str) -> None:
    text = unmarked(line)
    assert marked(text, list(sentence_starts(text))) == line


def test_lost_space() -> None:
    assert list(sentence_starts("Всё сделали.Потом ушли")) == [0, 12]


def test_long_quotation_is_cut() -> None:
    speech = "Мы строили склад три года. " * 10
    assert held_quotations(f"«{speech}», — сказал он.") == []
    assert len(list(sentence_starts(f"«{speech}», — сказал он."))) == 10


@given(st.text(alphabet="аб .!?…)(«»—1\n:;👍", max_size=60))
def test_starts_are_ordered_and_inside(text: str) -> None:
    starts = list(sentence_starts(text))
    assert starts == sorted(set(starts))
    assert all(0 <= start < max(1, len(text)) for start in starts)


def texts(doc: Doc) -> list[str]:
    """Sentences that are more than white space."""
    return [sentence.text.strip() for sentence in doc.sents if sentence.text.strip()]


def test_block_borders_are_sentence_borders(nlp: Language) -> None:
    doc = nlp("Иван\nпришёл рано")
    doc._.blocks = [Block(0, 4, "paragraph"), Block(5, 16, "paragraph")]
    # the text is parsed already: the arc over the border is cut, each block gets its own root
    doc = SentenceSegmenter()(doc)
    assert texts(doc) == ["Иван", "пришёл рано"]
    assert all(token.sent == token.head.sent for token in doc)


def test_trees_inside_one_sentence_become_one(nlp: Language) -> None:
    doc = nlp("Свет погас.\n\nВсе ушли.")
    doc._.blocks = [Block(0, len(doc.text), "paragraph")]
    doc = nlp.get_pipe("reviewnlp_sentences")(doc)
    assert texts(doc) == ["Свет погас.", "Все ушли."]
