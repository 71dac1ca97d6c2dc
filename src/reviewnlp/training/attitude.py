"""How do the classifiers of attitude learn? From gold spans, with the features that they use later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewnlp.attitude import features
from reviewnlp.attitude.classifier import header
from reviewnlp.gold import POLARITY, STANCE
from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.linear import LinearModel
from reviewnlp.training.examples import Example
from reviewnlp.training.logistic import fit

KIND = {kind: kind for kind in ("opinion", "question", "promotion", "other")}


@dataclass(frozen=True)
class Task:
    """One model: which gold tag and attribute it learns, how its values are called, the penalty."""

    name: str
    tag: str
    attribute: str
    labels: Mapping[str, str]
    c: float


TASKS = (
    Task("comment_kind", "c", "k", KIND, 0.003),
    Task("thesis_sentiment", "t", "p", POLARITY, 0.001),
    Task("opinion_sentiment", "o", "p", POLARITY, 0.003),
    Task("comment_sentiment", "c", "p", POLARITY, 0.005),
    Task("thesis_stance", "t", "st", STANCE, 0.001),
    Task("comment_stance", "c", "st", STANCE, 0.001),
)
"""Penalties from leaving each collection out in turn; the figures change little around them."""


def train(examples: Sequence[Example], encoder: SentenceEncoder) -> dict[str, LinearModel]:
    """Fit the models of every task on the gold spans; models by name.

    Documents that carry no mark of a tag teach that tag's models nothing; ValueError (from
    scikit-learn) where all examples together have fewer than two classes of a task.
    """
    matrices = {}
    for tag in dict.fromkeys(task.tag for task in TASKS):
        spans = [(example.doc, mark.start, mark.end) for example in examples for mark in example.marks(tag)]
        matrices[tag] = features.rows_of(spans, encoder)
    models = {}
    for task in TASKS:
        values = [mark.attributes[task.attribute] for e in examples for mark in e.marks(task.tag)]
        labels = [task.labels[value] for value in values]
        models[task.name] = fit(
            matrices[task.tag], labels, header={"task": task.name, **header(encoder)}, c=task.c, balanced=True
        )
    return models
