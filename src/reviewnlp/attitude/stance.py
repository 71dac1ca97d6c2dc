"""Is the holder for or against what the claim is about? Stance of theses and comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Comment, Stance, StanceLabel, Thesis
from reviewnlp.attitude.classifier import ENCODER, SpanClassifier, best
from reviewnlp.language.encoder import SentenceEncoder

SIGN = {"supportive": 1, "neutral": 0, "skeptical": -1}
WITHOUT_STANCE = frozenset({"promotion", "other"})
"""Kinds of comments that take no side: advertising, thanks and logistics are neutral."""
DIGITS = 4


@Language.factory(
    "reviewnlp_stance",
    default_config={"thesis_model": None, "comment_model": None, "encoder": ENCODER},
    requires=["doc._.theses", "doc._.comments", "token.lemma", "token.morph", "token.dep"],
    assigns=["doc._.theses", "doc._.comments"],
)
def create_stance(
    nlp: Language, name: str, thesis_model: str | None, comment_model: str | None, encoder: SentenceEncoder
) -> StanceTagger:
    """Component that sets the stance of every thesis and comment.

    The models are paths; the shipped `thesis_stance` and `comment_stance` where None.
    """
    return StanceTagger(thesis_model, comment_model, encoder)


class StanceTagger:
    """Sets `stance` of `doc._.theses` and `doc._.comments`."""

    def __init__(
        self, thesis_model: str | Path | None, comment_model: str | Path | None, encoder: SentenceEncoder
    ) -> None:
        self.theses = SpanClassifier("thesis_stance", thesis_model, encoder)
        self.comments = SpanClassifier("comment_stance", comment_model, encoder)

    def __call__(self, doc: Doc) -> Doc:
        doc._.theses = [
            replace(thesis, stance=value)
            for thesis, value in zip(doc._.theses, predict(self.theses, doc, doc._.theses), strict=True)
        ]
        doc._.comments = [
            replace(comment, stance=Stance("neutral", 0.0) if comment.kind in WITHOUT_STANCE else value)
            for comment, value in zip(
                doc._.comments, predict(self.comments, doc, doc._.comments), strict=True
            )
        ]
        return doc


def predict(classifier: SpanClassifier, doc: Doc, items: Sequence[Thesis | Comment]) -> list[Stance]:
    """Stance of each item of a document."""
    chances = classifier.labels([(doc, item.start, item.end) for item in items])
    return [describe(row) for row in chances]


def describe(chances: Mapping[str, float]) -> Stance:
    """Stance from probabilities of labels: the likeliest one and the expected sign."""
    score = sum(SIGN[name] * chance for name, chance in chances.items())
    return Stance(cast(StanceLabel, best(chances)), round(score, DIGITS))
