"""Which person is mentioned here? Look-up of a document's mentions by character offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from reviewnlp.annotations import MentionKind


@dataclass(frozen=True, slots=True)
class Hit:
    """A mention together with the position of its person in `doc._.people`."""

    start: int
    end: int
    person: int
    kind: MentionKind


class MentionIndex:
    """All mentions of a document in text order; ranges are half-open code points."""

    def __init__(self, doc: Doc) -> None:
        self.hits = sorted(
            (
                Hit(mention.start, mention.end, number, mention.kind)
                for number, person in enumerate(doc._.people)
                for mention in person.mentions
            ),
            key=lambda hit: (hit.start, -hit.end, hit.person),
        )
        self._starts = [hit.start for hit in self.hits]

    def within(self, start: int, end: int) -> list[Hit]:
        """Mentions that begin in the range, in text order."""
        return self.hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, position: int) -> Iterator[Hit]:
        """Mentions that begin before the position, the nearest first."""
        for number in range(bisect_left(self._starts, position) - 1, -1, -1):
            yield self.hits[number]

    def at(self, position: int) -> Hit | None:
        """The longest mention that begins exactly here."""
        number = bisect_left(self._starts, position)
        found = number < len(self.hits) and self.hits[number].start == position
        return self.hits[number] if found else None

    def covering(self, start: int, end: int) -> Hit | None:
        """The first mention that overlaps the range, names before descriptions and pronouns."""
        last = bisect_right(self._starts, end - 1)
        overlapping = [hit for hit in self.hits[max(0, last - 8) : last] if hit.end > start]
        order = {"name": 0, "description": 1, "pronoun": 2}
        return min(overlapping, key=lambda hit: (order[hit.kind], hit.start), default=None)
