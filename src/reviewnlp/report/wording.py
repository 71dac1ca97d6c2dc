"""How does the digest say it in Russian? Plural forms, lists, sentences that fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

Forms = tuple[str, str, str]

DOCUMENTS: Forms = ("документ", "документа", "документов")
THESES: Forms = ("тезис", "тезиса", "тезисов")
OPINIONS: Forms = ("мнение", "мнения", "мнений")
COMMENTS: Forms = ("комментарий", "комментария", "комментариев")
THEMES: Forms = ("тема", "темы", "тем")
VOICES: Forms = ("высказывание", "высказывания", "высказываний")
KINDS: dict[str, Forms] = {
    "opinion": OPINIONS,
    "question": ("вопрос", "вопроса", "вопросов"),
    "promotion": ("рекламный", "рекламных", "рекламных"),
    "other": ("прочий", "прочих", "прочих"),
}
FAILURES: Forms = ("источник не прочитан", "источника не прочитано", "источников не прочитано")

SENTENCE_END = re.compile(r"(?<=[.!?…])[»\")]?\s+")


def plural(count: int, forms: Forms) -> str:
    """The number with the noun's form: 1 тезис, 2 тезиса, 5 тезисов, 11 тезисов, 21 тезис."""
    if count % 10 == 1 and count % 100 != 11:
        form = forms[0]
    elif count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        form = forms[1]
    else:
        form = forms[2]
    return f"{count} {form}"


def counts(*pairs: tuple[int, Forms], separator: str = " · ") -> str:
    """Those of the numbers that are not zero: «2 тезиса · 1 комментарий»."""
    return separator.join(plural(count, forms) for count, forms in pairs if count)


def one_line(text: str) -> str:
    """The text with white space made single and control characters, terminal codes too, left out."""
    visible = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(visible.split())


def shorten(text: str, limit: int) -> str:
    """As many whole sentences as fit in `limit` characters; a longer first one is cut after a word."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    ends = [match.start() for match in SENTENCE_END.finditer(text) if match.start() <= limit]
    if ends:
        return text[: ends[-1]] + " …"
    head = text[: limit + 1].rsplit(" ", 1)[0] if " " in text[: limit + 1] else text[:limit]
    return head.rstrip(" ,;:—–-") + " …"


def listing(items: Sequence[str]) -> str:
    """«А, Б и В»."""
    return ", ".join(items[:-1]) + " и " + items[-1] if len(items) > 1 else "".join(items)
