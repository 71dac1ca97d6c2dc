"""Who was mentioned when? The memory of the walk through a text, and who is salient at a word of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc

from reviewnlp.people.descriptions import Description
from reviewnlp.people.entities import Entity

FLOOR_WINDOW, FLOOR_DECAY = 500, 0.985
FARTHEST_SENTENCE, SENTENCE_DECAY = 3, 0.45
SUBJECT_WEIGHT, OTHER_BLOCK_WEIGHT = 2.0, 0.5


@dataclass(frozen=True)
class Place:
    """A mention that the walk passes: first and last token, the entity, whether it is a subject."""

    first: int
    last: int
    entity: int
    subject: bool


class Discourse:
    """Mentions so far (`history`), and descriptions that meant nobody known (`waiting`)."""

    def __init__(self, doc: Doc, entities: list[Entity]) -> None:
        self.doc = doc
        self.entities = entities
        self.history: list[Place] = []
        self.waiting: list[Description] = []
        self.sentence = _sentence_numbers(doc)
        self.block = _block_numbers(doc)

    def floor(self, i: int, accept: Callable[[Entity], bool]) -> int | None:
        """The entity that has been most in the talk before token `i`."""
        scores: dict[int, float] = defaultdict(float)
        for place in reversed(self.history):
            distance = i - place.last
            if distance > FLOOR_WINDOW:
                break
            if accept(self.entities[place.entity]):
                weight = SUBJECT_WEIGHT if place.subject else 1.0
                scores[place.entity] += weight * FLOOR_DECAY**distance
        return max(scores, key=lambda entity: (scores[entity], -entity)) if scores else None

    def antecedent(
        self,
        i: int,
        accept: Callable[[Entity], bool],
        subject_first: bool = True,
        farthest: int = FARTHEST_SENTENCE,
    ) -> int | None:
        """The entity of the nearest fitting mention, subjects (or objects) of the same block preferred."""
        best: tuple[float, int, int] | None = None
        for place in reversed(self.history):
            sentences = self.sentence[i] - self.sentence[place.last]
            if sentences > farthest:
                break
            if not accept(self.entities[place.entity]):
                continue
            weight = (SUBJECT_WEIGHT if place.subject == subject_first else 1.0) * SENTENCE_DECAY**sentences
            weight *= 1.0 if self.block[i] == self.block[place.last] else OTHER_BLOCK_WEIGHT
            candidate = (weight, place.last, place.entity)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
        return None if best is None else best[2]

    def last(self, accept: Callable[[Entity], bool]) -> int | None:
        """The last mentioned entity that fits."""
        return next((p.entity for p in reversed(self.history) if accept(self.entities[p.entity])), None)


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, number = [], 0
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(number)
    return numbers


def _block_numbers(doc: Doc) -> list[int]:
    starts = sorted(block.start for block in doc._.blocks)
    numbers, at = [], 0
    for token in doc:
        while at < len(starts) and starts[at] <= token.idx:
            at += 1
        numbers.append(at)
    return numbers
