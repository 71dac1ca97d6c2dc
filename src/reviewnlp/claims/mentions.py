"""Which person is mentioned here? Look-up of a document's mentions by character offsets."""

from __future__ import annotations

import re
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


def in_nominative(doc: Doc, hit: Hit) -> bool:
    """Whether the name stands as in the person's canonical form, at least in one word."""
    person = doc._.people[hit.person]
    forms = {word.casefold().replace("ё", "е") for word in person.name.split()}
    given = doc.text[hit.start : hit.end].casefold().replace("ё", "е")
    return any(word in forms for word in re.split(r"[\s.]+", given) if len(word) > 1)


def person_of_initials(doc: Doc, text: str) -> int | None:
    """The only person whose initials the text is: «В. Л.» of «Виктор Лунин» or «Лунин Виктор»."""
    if not re.fullmatch(r"(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ]\.?", text.strip()):
        return None
    letters = re.findall(r"[А-ЯЁ]", text)
    found = [
        number
        for number, person in enumerate(doc._.people)
        if person.kind == "person" and _has_initials(person.name.split(), letters)
    ]
    return found[0] if len(found) == 1 else None


def _has_initials(words: list[str], letters: list[str]) -> bool:
    """Whether the first and the last letter are those of two words of the name, in either order."""
    initials = [word[0] for word in words]
    return len(initials) >= 2 and sorted((letters[0], letters[-1])) in (
        sorted((initials[0], initials[-1])),
        sorted(initials[:2]) if len(letters) == 2 else letters,
    )
