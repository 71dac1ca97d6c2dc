"""Is it said with approval? Sentiment of theses, opinions and comments, with the words that show it.

A classifier decides over the lexicon's findings and the vector of the text; the evidence is
the lexicon's words that speak for the label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Comment, Opinion, Sentiment, SentimentLabel, Thesis
from reviewnlp.attitude.classifier import ENCODER, SpanClassifier, best
from reviewnlp.attitude.lexicon import evaluations
from reviewnlp.language.encoder import SentenceEncoder

SIGN = {"positive": 1, "neutral": 0, "negative": -1}
DIGITS = 4


@Language.factory(
    "reviewnlp_sentiment",
    default_config={"thesis_model": None, "opinion_model": None, "comment_model": None, "encoder": ENCODER},
    requires=["doc._.theses", "doc._.opinions", "doc._.comments", "token.lemma", "token.morph", "token.dep"],
    assigns=["doc._.theses", "doc._.opinions", "doc._.comments"],
)
def create_sentiment(
    nlp: Language,
    name: str,
    thesis_model: str | None,
    opinion_model: str | None,
    comment_model: str | None,
    encoder: SentenceEncoder,
) -> SentimentTagger:
    """Component that sets the sentiment of every thesis, opinion and comment.

    The models are paths; the shipped `thesis_sentiment`, `opinion_sentiment` and
    `comment_sentiment` where None.
    """
    return SentimentTagger(thesis_model, opinion_model, comment_model, encoder)


class SentimentTagger:
    """Sets `sentiment` of `doc._.theses`, `doc._.opinions` and `doc._.comments`."""

    def __init__(
        self,
        thesis_model: str | Path | None,
        opinion_model: str | Path | None,
        comment_model: str | Path | None,
        encoder: SentenceEncoder,
    ) -> None:
        self.theses = SpanClassifier("thesis_sentiment", thesis_model, encoder)
        self.opinions = SpanClassifier("opinion_sentiment", opinion_model, encoder)
        self.comments = SpanClassifier("comment_sentiment", comment_model, encoder)

    def __call__(self, doc: Doc) -> Doc:
        doc._.theses = [
            replace(thesis, sentiment=value)
            for thesis, value in zip(doc._.theses, predict(self.theses, doc, doc._.theses), strict=True)
        ]
        doc._.opinions = [
            replace(opinion, sentiment=value)
            for opinion, value in zip(
                doc._.opinions, predict(self.opinions, doc, doc._.opinions), strict=True
            )
        ]
        doc._.comments = [
            replace(comment, sentiment=value)
            for comment, value in zip(
                doc._.comments, predict(self.comments, doc, doc._.comments), strict=True
            )
        ]
        return doc


def predict(
    classifier: SpanClassifier, doc: Doc, items: Sequence[Thesis | Opinion | Comment]
) -> list[Sentiment]:
    """Sentiment of each item of a document."""
    chances = classifier.labels([(doc, item.start, item.end) for item in items])
    return [describe(doc, item.start, item.end, row) for item, row in zip(items, chances, strict=True)]


def describe(doc: Doc, start: int, end: int, chances: Mapping[str, float]) -> Sentiment:
    """Sentiment from probabilities of labels: the likeliest one, the expected sign, the words for it."""
    label = best(chances)
    score = sum(SIGN[name] * chance for name, chance in chances.items())
    words = [item.words for item in evaluations(doc, start, end) if item.weight * SIGN[label] > 0]
    evidence = tuple(dict.fromkeys(" ".join(word.split()) for word in words))
    return Sentiment(cast(SentimentLabel, label), round(score, DIGITS), evidence)
