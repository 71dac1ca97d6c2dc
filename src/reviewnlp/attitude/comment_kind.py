"""What is a comment: an opinion, a question, an advertisement, or none of these?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import CommentKind
from reviewnlp.attitude.classifier import ENCODER, SpanClassifier, best
from reviewnlp.language.encoder import SentenceEncoder


@Language.factory(
    "reviewnlp_comments",
    default_config={"model": None, "encoder": ENCODER},
    requires=["doc._.comments", "token.lemma", "token.morph", "token.dep"],
    assigns=["doc._.comments"],
)
def create_comments(nlp: Language, name: str, model: str | None, encoder: SentenceEncoder) -> CommentKinds:
    """Component that sets the kind of every comment.

    `model`: path of a trained model, the shipped `comment_kind` where None.
    """
    return CommentKinds(model, encoder)


class CommentKinds:
    """Sets `kind` of `doc._.comments` by a classifier over wording and vector of the body."""

    def __init__(self, model: str | Path | None, encoder: SentenceEncoder) -> None:
        self.classifier = SpanClassifier("comment_kind", model, encoder)

    def __call__(self, doc: Doc) -> Doc:
        comments = doc._.comments
        chances = self.classifier.labels([(doc, comment.start, comment.end) for comment in comments])
        doc._.comments = [
            replace(comment, kind=cast(CommentKind, best(row)))
            for comment, row in zip(comments, chances, strict=True)
        ]
        return doc
