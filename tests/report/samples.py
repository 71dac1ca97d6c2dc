"""Docs written by hand, as the rooms above would leave them, and a report of two of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import spacy
from spacy.tokens import Doc

from reviewnlp.annotations import (
    Attribution,
    Block,
    Comment,
    Mention,
    Opinion,
    Person,
    Quotation,
    Range,
    Sentiment,
    Stance,
    Thesis,
    Turn,
)
from reviewnlp.reading.source import Failure, Source, digest
from reviewnlp.report.build import build
from reviewnlp.report.model import Generator, Model, Report

REVIEW = (
    "Отчёт о встрече\r\n"
    "Пишет Инга Сомова.\r\n"
    "Павел Рудин, директор, считает, что обмен клиентами окупается.\r\n"
    "Доклад Рудина понравился всем.\r\n"
    "grom_7 пишет 14.05.2016 в 10:22:\r\n"
    "Не верю я в ваши обмены. Рудину легко говорить, grom_7 всё помнит!\r\n"
    "без подписи\r\n"
    "А сколько это стоит?"
)
GENERATOR = Generator(
    name="reviewnlp",
    version="0",
    pipeline=["reviewnlp_layout"],
    models=[Model(name="weights", version="1", sha256="0" * 64)],
)


@dataclass(frozen=True)
class Member:
    document: int
    kind: str
    index: int


@dataclass(frozen=True)
class Theme:
    label: str
    members: list[Member]
    keywords: list[str] = field(default_factory=list)

    @property
    def representative(self) -> list[Member]:
        return self.members[:1]


def where(piece: str, text: str = REVIEW, occurrence: int = 0) -> Range:
    """Range of a piece of the text."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(piece, start + 1)
    return Range(start, start + len(piece))


def source(text: str = REVIEW, name: str = "club/may.txt") -> Source:
    return Source(text, "text", "utf-8", name, None, digest(text.encode()))


def review() -> Doc:
    """A review with a reviewer, a speaker, a thesis, an opinion and two comments."""
    doc = spacy.blank("ru").make_doc(REVIEW)
    doc._.source = source()
    first = where("Не верю я в ваши обмены. Рудину легко говорить, grom_7 всё помнит!")
    second = where("А сколько это стоит?")
    doc._.blocks = [Block(*where("Отчёт о встрече"), "heading"), Block(*first, "comment")]
    doc._.people = [
        Person("Инга Сомова", roles=("reviewer",), mentions=(Mention(*where("Инга Сомова"), "name"),)),
        Person(
            "Павел Рудин",
            aliases=("Рудин", "Рудину"),
            roles=("speaker",),
            title="директор",
            mentions=(Mention(*where("Павел Рудин"), "name"), Mention(*where("Рудину"), "name")),
        ),
        Person("grom_7", roles=("commenter",), mentions=(Mention(*where("grom_7"), "name"),)),
    ]
    doc._.turns = [Turn(0, len(REVIEW), 0, "writer"), Turn(*second, None, "comment")]
    cue, said = where("считает"), where("обмен клиентами окупается")
    doc._.quotations = [Quotation("indirect", said, cue, where("Павел Рудин, директор"), 1)]
    doc._.theses = [
        Thesis(
            *said,
            attribution=(Attribution(1, where("Павел Рудин"), cue), Attribution(0)),
            mode="indirect",
            confidence=0.87654321,
            evidence=("quotation",),
            quotation=0,
            sentiment=Sentiment("positive", 0.5, ("окупается",)),
            stance=Stance("supportive", 0.9),
        ),
        Thesis(
            *where("Не верю я в ваши обмены"),
            attribution=(Attribution(2),),
            mode="own",
            confidence=0.5,
            comment=0,
            sentiment=Sentiment("negative", -0.00001),
            stance=Stance("skeptical", -1.0),
        ),
    ]
    liked = where("Доклад Рудина понравился всем")
    doc._.opinions = [Opinion(*liked, 0, 1, "доклад Рудина", 0.7, sentiment=Sentiment("positive", 1.0))]
    doc._.comments = [
        Comment(*first, where("grom_7 пишет 14.05.2016 в 10:22:"), "grom_7", 2, "14.05.2016 в 10:22"),
        replace(Comment(*second), kind="question", reply_to=0),
    ]
    return doc


def empty() -> Doc:
    """A document in which nothing was found."""
    doc = spacy.blank("ru").make_doc("Дождь.")
    doc._.source = source("Дождь.", "club/june.txt")
    return doc


def report(*, text: bool = True) -> Report:
    """Report of both documents, with a theme and a failure."""
    members = [Member(0, "thesis", 0), Member(0, "thesis", 1), Member(0, "comment", 1)]
    themes = [Theme("обмен клиентами", members, ["обмен"])]
    return build([review(), empty()], themes, [Failure("club/x.pdf", "PDF")], GENERATOR, text=text)
