"""The turns component on its own: empty and bare pages, nesting, roles, repeatability."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.language import Language

from reviewnlp.annotations import Turn
from reviewnlp.claims.turns import is_minutes, turn_at
from reviewnlp.pipeline import load_untrained

TRANSCRIPT = (
    "Ведущая — Ольга Жаркова. Гость — Мирон Белоус.\n\n"
    "Ольга Жаркова: Начнём.\n\nМирон Белоус: Причал откроем в июле.\n\n"
    "Ольга Жаркова: Не раньше?\n\nМирон Белоус: Раньше сваи не встанут."
)
SCRAPS = ["—", "«", "Ответ:", "Вопрос:\n\nОтвет:", "— \n— \n— ", "А. Б.:", "Анкета 1. Подпись:"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_untrained()


def test_empty_page_has_no_turns(nlp: Language) -> None:
    assert nlp("")._.turns == []


def test_one_word_is_the_writers(nlp: Language) -> None:
    doc = nlp("Спасибо")
    assert doc._.turns == [Turn(0, 7, None, "writer")]


def test_comments_alone_have_no_writer(nlp: Language) -> None:
    doc = nlp("[12:03] petrovich: Насос сгорел.\n[12:04] marina: Чистить надо.\n[12:05] petrovich: Чистили.")
    assert {turn.kind for turn in doc._.turns} == {"comment"}


@pytest.mark.parametrize("text", SCRAPS)
def test_scraps_do_no_harm(nlp: Language, text: str) -> None:
    for turn in nlp(text)._.turns:
        assert 0 <= turn.start < turn.end <= len(text)


def test_turns_lie_in_order_and_nest(nlp: Language) -> None:
    doc = nlp(TRANSCRIPT)
    page, *lines = doc._.turns
    assert page.kind == "writer"
    assert [turn.kind for turn in lines] == ["speech"] * 4
    assert all(page.start <= turn.start < turn.end <= page.end for turn in lines)
    assert all(a.end <= b.start for a, b in pairwise(lines))


def test_speakers_get_their_role(nlp: Language) -> None:
    doc = nlp(TRANSCRIPT)
    roles = {person.name: person.roles for person in doc._.people}
    assert "speaker" in roles["Мирон Белоус"]
    assert "speaker" in roles["Ольга Жаркова"]


def test_twice_the_same(nlp: Language) -> None:
    assert nlp(TRANSCRIPT)._.turns == nlp(TRANSCRIPT)._.turns


def test_innermost_turn_is_heard() -> None:
    turns = [Turn(0, 100, None, "writer"), Turn(10, 50, 1, "review"), Turn(20, 30, 2, "speech")]
    assert [getattr(turn_at(turns, at), "person", "-") for at in (5, 15, 25, 30, 60, 100)] == [
        None, 1, 2, 1, None, "-",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("ПРОТОКОЛ № 8 заседания правления", True),
        ("СЛУШАЛИ: Фомина А. Д.", True),
        ("Присутствовали: 12 человек. Секретарь: Фомин А. Д.", True),
        ("Вчера мы слушали лекцию про сон.", False),
        ("Наш секретарь принёс протокол и чай.", False),
        ("Вечер прошёл хорошо, спорили о хлебе.", False),
    ],
)
def test_minutes_call_themselves_so(nlp: Language, text: str, minutes: bool) -> None:
    assert is_minutes(nlp(text)) is minutes
