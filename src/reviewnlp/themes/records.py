"""What is a theme? The records that `Themes` gives: positions into the documents it was fitted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from reviewnlp.annotations import Comment, StanceLabel, Thesis

MemberKind = Literal["thesis", "comment"]


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A thesis or comment: position of its document, which list, position in that list."""

    document: int
    kind: MemberKind
    index: int

    def of(self, docs: Sequence[Doc]) -> Thesis | Comment:
        """The record itself, out of the documents that the themes were fitted on."""
        doc = docs[self.document]
        item: Thesis | Comment = (doc._.theses if self.kind == "thesis" else doc._.comments)[self.index]
        return item


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of theses and comments that say the same about the same subject.

    `label` is a readable Russian phrase, `keywords` are lemmas, the most telling first.
    `members` are in the order of the documents and of the text; `representative` are the two or
    three most central of them, the most central first; `documents` are the positions of the
    documents touched. `supportive`, `neutral` and `skeptical` count members by stance, voices
    without a name included. `people_for` and `people_against` give, for everybody named who
    supports or doubts, the position of the document, that of the person in its `doc._.people`,
    and the number of members; the most frequent first.
    """

    label: str
    keywords: tuple[str, ...]
    members: tuple[Member, ...]
    representative: tuple[Member, ...]
    documents: tuple[int, ...]
    supportive: int
    neutral: int
    skeptical: int
    people_for: tuple[tuple[int, int, int], ...]
    people_against: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Themes of one document: for each thesis and comment the position of its theme, or None."""

    theses: tuple[int | None, ...]
    comments: tuple[int | None, ...]


def stance_of(item: Thesis | Comment) -> StanceLabel:
    """Stance of a record; neutral where none was determined."""
    return item.stance.label if item.stance is not None else "neutral"


def voice_of(item: Thesis | Comment) -> int | None:
    """Position of the person whose claim or comment it is; None for a voice without a name."""
    return item.speaker if isinstance(item, Thesis) else item.author


def sides(
    members: Sequence[Member], docs: Sequence[Doc]
) -> tuple[Counter[StanceLabel], dict[StanceLabel, tuple[tuple[int, int, int], ...]]]:
    """Members by stance, and for each stance (document, person, count) of who takes it."""
    stances: Counter[StanceLabel] = Counter()
    people: dict[StanceLabel, Counter[tuple[int, int]]] = {}
    for member in members:
        item = member.of(docs)
        stances[stance_of(item)] += 1
        voice = voice_of(item)
        if voice is not None:
            people.setdefault(stance_of(item), Counter())[member.document, voice] += 1
    ranked = {
        side: tuple((*person, count) for person, count in sorted(found.items(), key=lambda p: (-p[1], p[0])))
        for side, found in people.items()
    }
    return stances, ranked
