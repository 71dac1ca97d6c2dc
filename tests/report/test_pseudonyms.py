"""Are commenters hidden everywhere, and nobody else?

A page is a line a comment: `nick: text`. A toy analysis stands for the pipeline: it finds comments
and takes every form listed for a person as a mention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import spacy
from spacy.tokens import Doc

from reviewnlp.annotations import Block, Comment, Mention, Person, Range
from reviewnlp.reading.source import Source, digest
from reviewnlp.report.pseudonyms import Pseudonyms, hide_commenters

NLP = spacy.blank("ru")


def analysis(forms: Mapping[str, str] = {}, speaker: str = "") -> Callable[[Source], Doc]:
    """An analysis that knows further forms of nicks, and one speaker who is no commenter."""

    def analyse(source: Source) -> Doc:
        doc = NLP.make_doc(source.text)
        doc._.source = source
        people: dict[str, set[str]] = {}
        for match in re.finditer(r"^([^:\n]+): (.+)$", source.text, re.MULTILINE):
            nick = match[1]
            people.setdefault(nick, {nick} | {form for form, of in forms.items() if of == nick})
            author = list(people).index(nick)
            doc._.comments = [
                *doc._.comments, Comment(*match.span(2), Range(*match.span(1)), nick, author)
            ]  # fmt: skip
        if speaker:
            people[speaker] = {speaker}
        doc._.people = [
            Person(name, mentions=_mentions(names, source.text)) for name, names in people.items()
        ]
        return doc

    return analyse


def _mentions(names: set[str], text: str) -> tuple[Mention, ...]:
    found = {m.span() for name in names for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
    return tuple(Mention(*span, "name") for span in sorted(found))


def page(text: str, title: str | None = None) -> Source:
    return Source(text, "text", "utf-8", "page.txt", title, digest(text.encode()))


def hidden(text: str, analyse: Callable[[Source], Doc], names: Pseudonyms | None = None) -> Doc:
    return hide_commenters(analyse(page(text, "Отвечает grom_7")), analyse, names or Pseudonyms())


def test_every_place_changes_and_offsets_follow() -> None:
    analyse = analysis({"Громову": "Громов"})
    doc = hidden("Громов: верю\nzver: Громову привет, ZVER тут, зверь нет, @zver\nГромов: ага", analyse)
    assert doc.text == (
        "Комментатор1: верю\nКомментатор2: Комментатор1 привет, Комментатор2 тут, зверь нет, @Комментатор2\n"
        "Комментатор1: ага"
    )
    assert [doc.text[c.start : c.end] for c in doc._.comments][0::2] == ["верю", "ага"]
    assert [person.name for person in doc._.people] == ["Комментатор1", "Комментатор2"]
    assert doc._.source.sha256 == digest(doc.text.encode())
    assert doc._.warnings == ["commenters' names were replaced by pseudonyms (2)"]


def test_titles_change_too() -> None:
    assert hidden("grom_7: да", analysis())._.source.title == "Отвечает Комментатор1"


def test_namesakes_keep_their_names() -> None:
    doc = hidden("Инга: Инга Сомова права, а Инга нет", analysis(speaker="Инга Сомова"))
    assert doc.text == "Комментатор1: Инга Сомова права, а Комментатор1 нет"


def test_nobody_in_particular_stays() -> None:
    analyse = analysis()
    doc = analyse(page("Гость: привет"))
    assert hide_commenters(doc, analyse, Pseudonyms()) is doc


def test_one_nick_has_one_pseudonym_in_all_documents_of_a_run() -> None:
    names, analyse = Pseudonyms(), analysis()
    assert hidden("zver: да\nлиса: нет", analyse, names).text == "Комментатор1: да\nКомментатор2: нет"
    assert hidden("Лиса: нет\nёж: да", analyse, names).text == "Комментатор2: нет\nКомментатор3: да"


def test_what_the_format_said_moves_along() -> None:
    text = "длинный_ник: да\nz: нет"
    source = Source(
        text, "html", None, "page.html", None, "", blocks=(Block(0, 15, "comment"), Block(16, 22, "comment")),
        comments=(Comment(13, 15, Range(0, 11), "длинный_ник"), Comment(19, 22, Range(16, 17), "z")),
    )  # fmt: skip
    analyse = analysis()
    moved = hide_commenters(analyse(source), analyse, Pseudonyms())._.source
    assert [moved.text[b.start : b.end] for b in moved.blocks] == ["Комментатор1: да", "Комментатор2: нет"]
    assert [moved.text[c.start : c.end] for c in moved.comments] == ["да", "нет"]
    assert [c.author_name for c in moved.comments] == ["Комментатор1", "Комментатор2"]
    assert [moved.text[c.header.start : c.header.end] for c in moved.comments if c.header] == [
        "Комментатор1", "Комментатор2"
    ]  # fmt: skip
