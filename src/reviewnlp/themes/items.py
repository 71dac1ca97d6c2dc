"""What can belong to a theme? Theses, and comments that say or ask something, of all documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from reviewnlp.annotations import Comment, Thesis
from reviewnlp.themes.records import Member, voice_of

THEMATIC_KINDS = frozenset({"opinion", "question"})
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
SHORTEST_LEMMA = 3
STEM = 5
FIRST_WORDS = 60
"""Words of an item that its vector is made of."""


@dataclass(frozen=True, slots=True)
class Item:
    """A thesis or comment to be grouped.

    `place` counts the items of its document in text order; `voice` tells whose words they are
    within the run; `utterance` is the comment that the item is or stands in, else the item
    itself; `stems` are the content words' stems, with repetitions.
    """

    member: Member
    start: int
    end: int
    place: int
    voice: tuple[int, str, int]
    utterance: Member
    text: str
    stems: tuple[str, ...]


def collect(docs: Sequence[Doc]) -> list[Item]:
    """Items of all documents, in their order and in text order inside each."""
    items: list[Item] = []
    for number, doc in enumerate(docs):
        records: list[tuple[Thesis | Comment, Member]] = [
            *((thesis, Member(number, "thesis", i)) for i, thesis in enumerate(doc._.theses)),
            *(
                (comment, Member(number, "comment", i))
                for i, comment in enumerate(doc._.comments)
                if comment.kind in THEMATIC_KINDS
            ),
        ]
        records.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[1]))
        for place, (record, member) in enumerate(records):
            items.append(_item(doc, record, member, place))
    return items


def _item(doc: Doc, record: Thesis | Comment, member: Member, place: int) -> Item:
    text = " ".join(doc.text[record.start : record.end].split()[:FIRST_WORDS])
    stems = tuple(
        token.lemma_.lower().replace("ё", "е")[:STEM]
        for token in content_words(doc, record.start, record.end)
    )
    return Item(
        member,
        record.start,
        record.end,
        place,
        _voice(record, member),
        _utterance(record, member),
        text,
        stems,
    )


def _voice(record: Thesis | Comment, member: Member) -> tuple[int, str, int]:
    """Whose words: a person of the document; without a name, the comment; else the document."""
    person = voice_of(record)
    if person is not None:
        return member.document, "person", person
    comment = record.comment if isinstance(record, Thesis) else member.index
    return member.document, "comment", -1 if comment is None else comment


def _utterance(record: Thesis | Comment, member: Member) -> Member:
    """The comment that an item is part of, else the item: said in one breath is said once."""
    if isinstance(record, Thesis) and record.comment is not None:
        return Member(member.document, "comment", record.comment)
    return member


def content_words(doc: Doc, start: int, end: int) -> list[Token]:
    """Nouns, verbs, adjectives and names of a stretch, very short ones left out."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return [t for t in span or () if t.pos_ in CONTENT and len(t.lemma_) >= SHORTEST_LEMMA]
