"""How likely is each label for each span? A linear model over the features of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from reviewnlp.attitude import features
from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.linear import LinearModel
from reviewnlp.resources import models_folder

Spans = Sequence[tuple[Doc, int, int]]

ENCODER: dict[str, Any] = {"@misc": "reviewnlp.encoder.v1", "name": "e5"}
"""Default of the components' setting `encoder`."""


class SpanClassifier:
    """A trained model with the encoder that it expects.

    `model`: path of a safetensors file, or None for the shipped `models/NAME.safetensors`.
    FileNotFoundError where there is none; ValueError where the model was trained with
    another encoder or on other features than this version computes.
    """

    def __init__(self, name: str, model: str | Path | None, encoder: SentenceEncoder) -> None:
        path = Path(model) if model is not None else models_folder() / f"{name}.safetensors"
        self.name = name
        self.encoder = encoder
        self.model = LinearModel.load(path)
        check(self.model, encoder, str(path))

    def predict(self, spans: Spans) -> NDArray[np.float64]:
        """Probabilities, shape (n_spans, n_classes), of spans (document, start, end in code points)."""
        if not spans:
            return np.zeros((0, len(self.model.classes)))
        return self.model.predict_proba(features.rows_of(spans, self.encoder))

    def labels(self, spans: Spans) -> list[dict[str, float]]:
        """Probability of each class by its name, one mapping a span."""
        classes = self.model.classes
        return [dict(zip(classes, map(float, row), strict=True)) for row in self.predict(spans)]


def best(chances: Mapping[str, float]) -> str:
    """The likeliest label; of equals the first by name."""
    return min(chances, key=lambda label: (-chances[label], label))


def header(encoder: SentenceEncoder) -> dict[str, object]:
    """What a model file must say about its features."""
    return {"encoder": encoder.name, "dim": encoder.dim, "features": list(features.names())}


def check(model: LinearModel, encoder: SentenceEncoder, source: str) -> None:
    """ValueError where a model does not fit the encoder or the features of this version."""
    expected = model.header.get("encoder")
    if expected != encoder.name or model.header.get("dim") != encoder.dim:
        raise ValueError(
            f"{source}: trained with the encoder {expected!r}, but the component has {encoder.name!r};"
            " set its 'encoder' to match, or train a model with 'reviewnlp train'"
        )
    if model.header.get("features") != list(features.names()):
        raise ValueError(
            f"{source}: trained on other features than this version computes;"
            " train it anew with 'reviewnlp train'"
        )
