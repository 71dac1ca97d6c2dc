"""How do Docs and Themes become a Report? The only place where one is built.

Positions (`doc._.people[3]`) become ids (`d1.p4`), ranges become spans with their text and line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from spacy.tokens import Doc

import reviewnlp.annotations as records
from reviewnlp.report import model
from reviewnlp.report.dates import iso_date
from reviewnlp.report.lines import LineIndex

THESIS, COMMENT = "thesis", "comment"


class Member(Protocol):
    """A thesis or comment in a theme: position of its Doc, kind and position in the Doc's list."""

    @property
    def document(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def index(self) -> int: ...


class FoundTheme(Protocol):
    """What the report needs to know of a theme."""

    @property
    def label(self) -> str: ...
    @property
    def keywords(self) -> Sequence[str]: ...
    @property
    def members(self) -> Sequence[Member]: ...
    @property
    def representative(self) -> Sequence[Member]: ...


class FoundFailure(Protocol):
    """An input that could not be read, and why."""

    @property
    def source(self) -> str: ...
    @property
    def reason(self) -> str: ...


def build(
    docs: Sequence[Doc],
    themes: Sequence[FoundTheme],
    failures: Iterable[FoundFailure],
    generator: model.Generator,
    *,
    text: bool = True,
) -> model.Report:
    """Report of `docs`, whose `doc._.source` says where they come from, in their order.

    `themes` are in the order in which they are to be numbered; their members point into `docs`.
    `text=False` leaves the documents' texts out; spans keep theirs.
    """
    themes_of: dict[tuple[int, str, int], list[str]] = defaultdict(list)
    for number, theme in enumerate(themes, 1):
        for member in theme.members:
            themes_of[member.document, member.kind, member.index].append(f"th{number}")
    documents = [_DocumentBuilder(number, doc, themes_of).build(text) for number, doc in enumerate(docs)]
    return model.Report(
        schema_version=model.SCHEMA_VERSION,
        generator=generator,
        documents=documents,
        themes=[_theme(number, theme, documents) for number, theme in enumerate(themes, 1)],
        failures=[model.Failure(source=failure.source, reason=failure.reason) for failure in failures],
    )


class _DocumentBuilder:
    """One Doc on its way into the report."""

    def __init__(self, number: int, doc: Doc, themes_of: dict[tuple[int, str, int], list[str]]) -> None:
        self.number = number
        self.id = f"d{number + 1}"
        self.doc = doc
        self.text = doc.text
        self.lines = LineIndex(self.text)
        self.themes_of = themes_of

    def build(self, text: bool) -> model.Document:
        layers, source = self.doc._, self.doc._.source
        return model.Document(
            id=self.id,
            source=source.name,
            title=source.title,
            format=source.format,
            encoding=source.encoding,
            language=source.language,
            sha256=source.sha256,
            text=self.text if text else None,
            blocks=[model.Block(**self.place(block), kind=block.kind) for block in layers.blocks],
            turns=[
                model.Turn(**self.place(turn), person=self.reference("p", turn.person))
                for turn in layers.turns
            ],
            people=[self.person(i, person) for i, person in enumerate(layers.people)],
            quotations=[self.quotation(i, quotation) for i, quotation in enumerate(layers.quotations)],
            theses=[self.thesis(i, thesis) for i, thesis in enumerate(layers.theses)],
            opinions=[self.opinion(i, opinion) for i, opinion in enumerate(layers.opinions)],
            comments=[self.comment(i, comment) for i, comment in enumerate(layers.comments)],
            warnings=list(layers.warnings),
        )

    def place(self, span: Any) -> dict[str, Any]:
        """Fields of a span; the record or range has `start` and `end`."""
        start, end = span.start, span.end
        return {"start": start, "end": end, "text": self.text[start:end], "line": self.lines.line(start)}

    def span(self, span: records.Range | None) -> model.Span | None:
        return None if span is None else model.Span(**self.place(span))

    def reference(self, letter: str, position: int | None) -> str | None:
        """Id of the record at that position."""
        return None if position is None else f"{self.id}.{letter}{position + 1}"

    def name(self, letter: str, position: int) -> str:
        return f"{self.id}.{letter}{position + 1}"

    def person(self, i: int, person: records.Person) -> model.Person:
        return model.Person(
            id=self.name("p", i),
            kind=person.kind,
            name=person.name,
            aliases=list(person.aliases),
            roles=list(person.roles),
            title=person.title,
            organisation=person.organisation,
            mentions=[model.Mention(**self.place(mention), kind=mention.kind) for mention in person.mentions],
        )

    def quotation(self, i: int, quotation: records.Quotation) -> model.Quotation:
        return model.Quotation(
            id=self.name("q", i),
            kind=quotation.kind,
            content=model.Span(**self.place(quotation.content)),
            cue=self.span(quotation.cue),
            source=self.span(quotation.source),
            speaker=self.reference("p", quotation.speaker),
        )

    def thesis(self, i: int, thesis: records.Thesis) -> model.Thesis:
        return model.Thesis(
            **self.place(thesis),
            id=self.name("t", i),
            speaker=self.reference("p", thesis.speaker),
            reporter=self.reference("p", thesis.reporter),
            attribution=[
                model.Attribution(
                    person=self.reference("p", link.person),
                    source=self.span(link.source),
                    cue=self.span(link.cue),
                )
                for link in thesis.attribution
            ],
            mode=thesis.mode,
            sentiment=_sentiment(thesis.sentiment),
            stance=_stance(thesis.stance),
            themes=self.themes_of.get((self.number, THESIS, i), []),
            confidence=thesis.confidence,
            evidence=list(thesis.evidence),
            quotation=self.reference("q", thesis.quotation),
            comment=self.reference("c", thesis.comment),
        )

    def opinion(self, i: int, opinion: records.Opinion) -> model.Opinion:
        return model.Opinion(
            **self.place(opinion),
            id=self.name("o", i),
            holder=self.reference("p", opinion.holder),
            target=model.Target(person=self.reference("p", opinion.target_person), text=opinion.target_text),
            sentiment=_sentiment(opinion.sentiment),
            confidence=opinion.confidence,
            comment=self.reference("c", opinion.comment),
        )

    def comment(self, i: int, comment: records.Comment) -> model.Comment:
        posted = comment.posted_at
        return model.Comment(
            **self.place(comment),
            id=self.name("c", i),
            author=self.reference("p", comment.author),
            posted_at=model.PostedAt(text=posted, iso=iso_date(posted)) if posted else None,
            reply_to=self.reference("c", comment.reply_to),
            kind=comment.kind,
            sentiment=_sentiment(comment.sentiment),
            stance=_stance(comment.stance),
            themes=self.themes_of.get((self.number, COMMENT, i), []),
        )


def _sentiment(found: records.Sentiment | None) -> model.Sentiment:
    """Neutral where no component judged, as in a pipeline without `reviewnlp_sentiment`."""
    if found is None:
        return model.Sentiment(label="neutral", score=0.0, evidence=[])
    return model.Sentiment(label=found.label, score=found.score, evidence=list(found.evidence))


def _stance(found: records.Stance | None) -> model.Stance:
    if found is None:
        return model.Stance(label="neutral", score=0.0)
    return model.Stance(label=found.label, score=found.score)


def _theme(number: int, theme: FoundTheme, documents: Sequence[model.Document]) -> model.Theme:
    """Theme with its counts: who says it, and from which side."""
    stances: Counter[str] = Counter()
    sides: dict[str, Counter[str]] = defaultdict(Counter)
    for member in theme.members:
        item, voice = _member(member, documents)
        stances[item.stance.label] += 1
        if voice is not None:
            sides[item.stance.label][voice] += 1
    touched = sorted({member.document for member in theme.members})
    names = {person.id: person.name for i in touched for person in documents[i].people}
    return model.Theme(
        id=f"th{number}",
        label=theme.label,
        keywords=list(theme.keywords),
        size=len(theme.members),
        documents=[documents[i].id for i in touched],
        stance=model.StanceCounts(
            supportive=stances["supportive"], neutral=stances["neutral"], skeptical=stances["skeptical"]
        ),
        people=model.ThemePeople(
            for_=_side(sides["supportive"], names), against=_side(sides["skeptical"], names)
        ),
        members=[_member(member, documents)[0].id for member in theme.members],
        representative=[_member(member, documents)[0].id for member in theme.representative],
    )


def _member(
    member: Member, documents: Sequence[model.Document]
) -> tuple[model.Thesis | model.Comment, str | None]:
    """The thesis or comment that a member points at, and the id of its speaker or author."""
    document = documents[member.document]
    if member.kind == THESIS:
        thesis = document.theses[member.index]
        return thesis, thesis.speaker
    comment = document.comments[member.index]
    return comment, comment.author


def _side(counts: Counter[str], names: dict[str, str]) -> list[model.ThemePerson]:
    """People on one side, the most active first, then in the order of their first member."""
    return [
        model.ThemePerson(person=id_, name=names[id_], count=count) for id_, count in counts.most_common()
    ]
