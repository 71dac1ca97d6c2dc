"""What the format or the user says of blocks and comments goes before the layout's guesses."""

from __future__ import annotations

from typing import Literal

from reviewnlp.annotations import Block, BlockKind, Comment
from reviewnlp.layout.analysis import analyse
from reviewnlp.reading.source import Kind, Source


def source(
    text: str,
    kind: Kind = "auto",
    blocks: tuple[Block, ...] = (),
    comments: tuple[Comment, ...] = (),
    form: Literal["text", "html", "markdown"] = "text",
) -> Source:
    return Source(
        text, form, "utf-8", "page.txt", None, "0" * 64, kind=kind, blocks=blocks, comments=comments
    )


def at(text: str, part: str, kind: BlockKind) -> Block:
    start = text.index(part)
    return Block(start, start + len(part), kind)


THREAD = "Ирина, 12 мая, 10:22\nСпасибо за рассказ!\n\nПавел, 12 мая, 11:00\nА слайды где?"


def test_review_has_no_comments() -> None:
    blocks, comments = analyse(THREAD, source(THREAD, "review"))
    assert comments == []
    assert {block.kind for block in blocks} <= {"paragraph", "heading"}


def test_comments_without_headers_are_paragraphs() -> None:
    text = "Доклад слабый.\n\nДоклад сильный, спорить готов.\n\nа где чай?"
    _, comments = analyse(text, source(text, "comments"))
    assert [text[c.start : c.end] for c in comments] == text.split("\n\n")
    assert {c.author_name for c in comments} == {""}


def test_given_comments_lose_the_quotation_that_opens_them() -> None:
    first, quote, second = "Лекция затянута.", "> Лекция затянута", "Зато подробная."
    text = f"Статья о лекции.\nИра\n{first}\nОля\n{quote}\n{second}"
    head = text.index("Оля")
    given = (
        Comment(text.index(first), text.index(first) + len(first), author_name="Ира"),
        Comment(text.index(quote), len(text), author_name="Оля"),
    )
    blocks, comments = analyse(
        text,
        source(text, comments=given, blocks=(Block(head, head + 3, "comment_header"),), form="html"),
    )
    assert [text[c.start : c.end] for c in comments] == [first, second]
    assert [c.reply_to for c in comments] == [None, 0]
    kinds = {text[b.start : b.end]: b.kind for b in blocks}
    assert kinds[quote] == "quote"
    assert kinds["Оля"] == "comment_header"
    assert kinds[first] == kinds[second] == "comment"


def test_given_kinds_stand_and_marks_stay_outside() -> None:
    text = "## Итоги\n\nГоворили о воде.\n\n* первое\n* второе"
    blocks, _ = analyse(
        text,
        source(
            text,
            blocks=(
                at(text, "Итоги", "heading"),
                at(text, "первое", "list_item"),
                at(text, "второе", "list_item"),
            ),
            form="markdown",
        ),
    )
    assert [(text[b.start : b.end], b.kind) for b in blocks] == [
        ("Итоги", "heading"),
        ("Говорили о воде.", "paragraph"),
        ("первое", "list_item"),
        ("второе", "list_item"),
    ]
