"""What each construction yields: kind, cue, source, content, order, speaker."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Mention, Person, Quotation, Range
from reviewnlp.claims.quotations.component import QuotationFinder


def said(doc: Doc, quotation: Quotation) -> tuple[str, str, str, str]:
    """Kind, cue, source and content as text."""

    def text(span: Range | None) -> str:
        return doc.text[span.start : span.end] if span is not None else ""

    return quotation.kind, text(quotation.cue), text(quotation.source), text(quotation.content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "«Не успеем, — вздохнула Рита и села. — Поезд ушёл».",
            [
                ("direct", "вздохнула", "Рита", "Не успеем"),
                ("direct", "вздохнула", "Рита", "Поезд ушёл"),
            ],
        ),
        (
            "— Куда ты? — спросил отец. — На пристань, — ответила Рита.",
            [
                ("direct", "спросил", "отец", "Куда ты?"),
                ("direct", "ответила", "Рита", "На пристань"),
            ],
        ),
        (
            "Критик Юрий Лом заметил, что роман «написан с похмелья».",
            [("mixed", "заметил", "Критик Юрий Лом", "что роман «написан с похмелья»")],
        ),
        (
            "Сторож предложил подождать до утра и ушёл.",
            [("indirect", "предложил", "Сторож", "подождать до утра")],
        ),
        (
            "Гуляев ему: «Не продам!»",
            [("direct", "", "Гуляев", "Не продам!")],
        ),
        (
            "Сроки, уверена Вагина, сорвут.",
            [
                ("indirect", "уверена", "Вагина", "Сроки"),
                ("indirect", "уверена", "Вагина", "сорвут"),
            ],
        ),
        (
            "Мост закроют в мае. Об этом сообщил инженер Котов.",
            [("indirect", "Об этом сообщил", "инженер Котов", "Мост закроют в мае")],
        ),
        (
            "— Ну, — сказал он, — пора. — И встал.",
            [("direct", "сказал", "он", "Ну"), ("direct", "сказал", "он", "пора")],
        ),
    ],
)
def test_constructions(text: str, expected: list[tuple[str, str, str, str]], nlp: Language) -> None:
    doc = nlp(text)
    assert [said(doc, quotation) for quotation in doc._.quotations] == expected


def test_a_non_breaking_space_before_the_dash_changes_nothing(nlp: Language) -> None:
    doc = nlp("«Лёд тонкий»,\u00a0— сказал лесник.")
    assert [said(doc, q) for q in doc._.quotations] == [("direct", "сказал", "лесник", "Лёд тонкий")]


def test_a_whole_review_in_marks_is_a_turn_but_is_searched(nlp: Language) -> None:
    doc = nlp(
        "Инна Чагина: «Зал был полон. Душно было ужасно. Лектор Рябов уверял, что вода дорожает. "
        "Ему хлопали. Я ушла рано»."
    )
    assert [said(doc, q)[1:] for q in doc._.quotations] == [("уверял", "Лектор Рябов", "что вода дорожает")]


def test_a_reply_after_a_paragraph_that_ends_in_a_colon(nlp: Language) -> None:
    doc = nlp("Дед буркнул:\n— Не пойду.")
    assert [said(doc, q) for q in doc._.quotations] == [("direct", "буркнул", "Дед", "Не пойду")]


def with_people(nlp: Language, text: str, *people: Person) -> Doc:
    """A document analysed anew with these persons."""
    doc = nlp(text)
    doc._.people = list(people)
    return QuotationFinder()(doc)


def test_the_speaker_is_the_person_mentioned_at_the_source(nlp: Language) -> None:
    text = "Зимин слушал молча. Рита сказала, что уезжает."
    doc = with_people(
        nlp,
        text,
        Person("Зимин", mentions=(Mention(0, 5, "name"),)),
        Person("Рита", mentions=(Mention(20, 24, "name"),)),
    )
    assert [quotation.speaker for quotation in doc._.quotations] == [1]


def test_without_a_subject_the_one_of_the_sentence_before_speaks(nlp: Language) -> None:
    text = "Поднялся отец. Объявил, что завтра едем к морю."
    doc = with_people(nlp, text, Person("отец", mentions=(Mention(9, 13, "description"),)))
    (quotation,) = doc._.quotations
    assert quotation.source is None
    assert quotation.speaker == 0


@pytest.mark.parametrize("text", ["", " \n\n ", "«", "—", "— «»: —", ":::", "«»", "— — —", "сказал:", "«««»"])
def test_odd_input_is_no_error(text: str, nlp: Language) -> None:
    doc = nlp(text)
    for quotation in doc._.quotations:
        assert 0 <= quotation.content.start < quotation.content.end <= len(text)
