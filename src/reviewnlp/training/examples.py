"""What is a training example? A document annotated by the untrained components, beside its gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.gold import GoldDocument, Mark


@dataclass(frozen=True)
class Example:
    """A gold document with its `Doc` as the untrained part of the pipeline leaves it."""

    doc: Doc
    gold: GoldDocument

    def marks(self, tag: str) -> list[Mark]:
        """Gold marks of one kind: `t`, `o` or `c`."""
        return [mark for mark in self.gold.marks if mark.tag == tag]


def annotate(nlp: Language, documents: Iterable[GoldDocument]) -> Iterator[Example]:
    """Run the untrained components over gold documents."""
    for gold in documents:
        yield Example(nlp(gold.text), gold)
