"""Markdown: the text stays, marks become block hints."""

from __future__ import annotations

import pytest

from reviewnlp.reading import Source, read_bytes

NOTES = """Вечер в клубе
=============

Пришло **сорок** человек.

## Выступления ##
- Анна: [слайды](http://a.example)
  * вложенный пункт
1. первый
---
> как сказал Лев,
>> всё пройдёт
```
# не заголовок
```
#5 Гость не заголовок
"""
HINTS = [
    "heading|Вечер в клубе",
    "heading|Выступления",
    "list_item|Анна: [слайды](http://a.example)",
    "list_item|вложенный пункт",
    "list_item|первый",
    "quote|как сказал Лев,",
    "quote|всё пройдёт",
]


@pytest.mark.parametrize("name", ["notes.md", "notes.txt", "-"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_hints(name: str, end: str) -> None:
    text = NOTES.replace("\n", end)
    (source,) = read_bytes(text.encode(), name)
    assert isinstance(source, Source)
    assert (source.text, source.format, source.title) == (text, "markdown", "Вечер в клубе")
    assert [f"{block.kind}|{text[block.start : block.end]}" for block in source.blocks] == HINTS


@pytest.mark.parametrize(
    "text",
    [
        "#5 Гость · вчера\n- согласен\n> цитата\nСпасибо **всем**",
        "Пишите <b>жирным</b>, а не <br> и не <p>, сколько можно объяснять",
        "# Только одна решётка в начале строки чата",
        '{"не": json}',
        "имя, текст, дата: вот и всё, что было на бланке\nостальное, как всегда, додумали сами",
    ],
)
def test_plain_text_is_no_markup(text: str) -> None:
    (source,) = read_bytes(text.encode(), "-")
    assert isinstance(source, Source)
    assert (source.format, source.text) == ("text", text)
