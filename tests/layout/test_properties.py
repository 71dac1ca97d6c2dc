"""Whatever the text: blocks are trimmed, ordered and apart, comments lie inside the text, and it ends."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp.layout.analysis import analyse
from reviewnlp.layout.component import Layout

PARTS = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", " \t", "#5 Гость · вчера в 10:22", "[12:03] petrovich: ", "Ирина, 12 мая", "> ",
        "Цитата (Гость): «да»", "Комментарии (3)", "Ответить", "12", "— ", "1) ", "Фото: архив", "Спасибо!",
        "Докладчик считает, что мост нужен. ", "а где слайды", "*** Вася @ 15.02 ***", "\u2028", "\ufeff",
    ]
)  # fmt: skip


def check(text: str) -> None:
    blocks, comments = analyse(text)
    last = 0
    for block in blocks:
        assert last <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        last = block.end
    last = 0
    for number, comment in enumerate(comments):
        assert last <= comment.start < comment.end <= len(text)
        assert comment.reply_to is None or 0 <= comment.reply_to < number
        assert comment.header is None or 0 <= comment.header.start < comment.header.end <= len(text)
        last = comment.end
    assert analyse(text) == (blocks, comments)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, max_size=40).map("".join))
def test_pages_of_parts(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "слово " * 100_000,
        "\n" * 200_000,
        "12:03 " * 20_000,
        "Ответить 12 Пожаловаться " * 10_000,
        "(" * 300_000,
        "— да\n" * 20_000,
        "#1 Гость · вчера в 10:22 Да! " * 1_000,
    ],
    ids=["words", "line breaks", "clock times", "buttons", "brackets", "dashes", "headers"],
)
def test_long_input_ends(text: str) -> None:
    check(text)


def test_component_writes_on_the_doc() -> None:
    doc = Layout()(spacy.blank("ru").make_doc("Комментарии (1)\n\nГость\nспасибо!"))
    assert [(c.author_name, doc.text[c.start : c.end]) for c in doc._.comments] == [("Гость", "спасибо!")]
    assert [block.kind for block in doc._.blocks] == ["heading", "comment_header", "comment"]
