"""Comment authors, titles, known people; the records are sound."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from reviewnlp.annotations import Comment, Person, Range
from reviewnlp.people.component import People
from tests.people.helpers import COMPONENTS, pipeline

CHAT = """\
петрович: Опять Рощина права.
Аня: Спасибо, Петрович!
Гость: И мне.
Гость: И мне тоже.
петрович: Вот."""


def chat() -> Doc:
    """A chat with its comments, as the layout would find them, run through the people."""
    nlp = pipeline()
    doc = nlp.make_doc(CHAT)
    for name in COMPONENTS[:-1]:
        doc = nlp.get_pipe(f"reviewnlp_{name}")(doc)
    comments, at = [], 0
    for line in CHAT.split("\n"):
        author, body = line.split(": ", 1)
        start = at + len(line) - len(body)
        comments.append(Comment(start, at + len(line), Range(at, start), author))
        at += len(line) + 1
    doc._.comments = comments
    return People()(doc)


def names(doc: Doc) -> list[str]:
    """Names of the persons in order."""
    return [person.name for person in doc._.people]


def only(text: str) -> Person:
    """The one person of a text."""
    people: list[Person] = pipeline()(text)._.people
    assert len(people) == 1
    return people[0]


def test_a_nick_is_one_person_and_guests_are_many() -> None:
    doc = chat()
    authors = [doc._.people[comment.author].name for comment in doc._.comments]
    assert authors == ["петрович", "Аня", "Гость", "Гость", "петрович"]
    positions = [comment.author for comment in doc._.comments]
    assert positions[0] == positions[4] and positions[2] != positions[3]
    assert all("commenter" in doc._.people[position].roles for position in positions)


def test_a_nick_addressed_in_a_comment_is_a_mention() -> None:
    doc = chat()
    nick = next(person for person in doc._.people if person.name == "петрович")
    assert [doc.text[m.start : m.end] for m in nick.mentions] == ["петрович", "Петрович", "петрович"]


def test_a_comment_without_author_has_none() -> None:
    nlp = pipeline()
    doc = nlp.make_doc("Согласен.")
    for name in COMPONENTS[:-1]:
        doc = nlp.get_pipe(f"reviewnlp_{name}")(doc)
    doc._.comments = [Comment(0, 9)]
    assert People()(doc)._.comments[0].author is None


@pytest.mark.parametrize(
    ("text", "title", "organisation"),
    [
        (
            "Директор по персоналу оператора «Альфалинк» Иван Громов выступил.",
            "директор по персоналу",
            "Альфалинк",
        ),
        ("Иван Громов, хозяин пекарни «Крендель», выступил.", "хозяин пекарни", "Крендель"),
        ("Ведущая – Екатерина Громова.", "ведущая", None),
        (
            "Заведующая сектором библиометрии В. А. Громова ответила.",
            "заведующая сектором библиометрии",
            None,
        ),
        ("Слово дали главному инженеру депо Ивану Громову.", "главный инженер депо", None),
    ],
)
def test_titles(text: str, title: str, organisation: str | None) -> None:
    person = only(text)
    assert (person.title, person.organisation) == (title, organisation)


def test_mentions_lie_in_order_and_in_the_text() -> None:
    doc = pipeline()("Вера Полозова вошла. Полозова сказала, что она устала. Её поддержал инженер завода.")
    for person in doc._.people:
        places = [(mention.start, mention.end) for mention in person.mentions]
        assert places == sorted(set(places))
        assert all(0 <= start < end <= len(doc.text) for start, end in places)
        assert all(doc.text[start:end].strip() == doc.text[start:end] for start, end in places)
    firsts = [person.mentions[0].start for person in doc._.people]
    assert firsts == sorted(firsts)


def test_people_survive_serialisation() -> None:
    doc = chat()
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert copy._.people == doc._.people
    assert copy._.comments == doc._.comments


def test_empty_text_has_no_people() -> None:
    assert pipeline()("")._.people == []
    assert pipeline()(" \n\n ")._.people == []


def test_known_people_win() -> None:
    nlp = pipeline()
    doc = nlp.make_doc("Выступил Карпов. ВВ остался доволен.")
    for name in COMPONENTS[:-1]:
        doc = nlp.get_pipe(f"reviewnlp_{name}")(doc)
    known = [{"name": "Станислав Викторович Карпов", "aliases": ["ВВ"], "role": "reviewer", "title": "декан"}]
    people = People(known)(doc)._.people
    assert [person.name for person in people] == ["Станислав Викторович Карпов"]
    assert people[0].roles == ("reviewer",) and people[0].title == "декан"
    assert [doc.text[m.start : m.end] for m in people[0].mentions] == ["Карпов", "ВВ"]


def test_known_people_who_are_not_there_are_left_out() -> None:
    doc = pipeline()("Сегодня дождь.")
    assert People([{"name": "Иван Громов"}])(doc)._.people == []
