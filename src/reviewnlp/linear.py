"""How is a trained linear model kept and applied? safetensors with a JSON header, numpy only.

One file holds the weights and says what they are for: the classes, the names of the
features in order, the encoder whose vectors they expect. Nothing is unpickled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save

from reviewnlp.resources import models_folder

Array = NDArray[np.float32]


@dataclass(frozen=True)
class LinearModel:
    """Multinomial logistic regression over standardised features.

    `coef` has shape (n_classes, n_features), `intercept` (n_classes,), `mean` and `scale`
    (n_features,); `header` is free JSON that says how to compute the features.
    """

    classes: tuple[str, ...]
    coef: Array
    intercept: Array
    mean: Array
    scale: Array
    header: dict[str, Any]

    def predict_proba(self, features: Array) -> NDArray[np.float64]:
        """Class probabilities, shape (n_rows, n_classes), for features (n_rows, n_features)."""
        x = (features.astype(np.float64) - self.mean) / self.scale
        logits = x @ self.coef.T.astype(np.float64) + self.intercept
        logits -= logits.max(axis=1, keepdims=True)
        weights = np.exp(logits)
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))

    def rank(self, features: Array) -> NDArray[np.float64]:
        """Probability of each row to be the right one of all rows, for a model of one class.

        The softmax of the rows' scores (conditional logit); shape (n_rows,).
        """
        x = (features.astype(np.float64) - self.mean) / self.scale
        scores = x @ self.coef[0].astype(np.float64)
        weights = np.exp(scores - scores.max())
        return np.asarray(weights / weights.sum())

    def save(self, path: Path) -> None:
        """Write the model; the same model gives the same bytes."""
        header = json.dumps({"classes": self.classes, **self.header}, ensure_ascii=False, sort_keys=True)
        arrays = {
            name: np.ascontiguousarray(getattr(self, name), np.float32)
            for name in ("coef", "intercept", "mean", "scale")
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(save(arrays, metadata={"reviewnlp": header}))

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a model; FileNotFoundError where there is none."""
        if not path.is_file():
            raise FileNotFoundError(f"{path}: no such model; make it with 'reviewnlp train'")
        with safe_open(str(path), framework="np") as stream:
            header = json.loads(stream.metadata()["reviewnlp"])
            arrays = {name: stream.get_tensor(name) for name in ("coef", "intercept", "mean", "scale")}
        return cls(classes=tuple(header.pop("classes")), header=header, **arrays)


def sha256(path: Path) -> str:
    """Checksum of a model file, as hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_model(
    name: str,
    folder: str | Path | None = None,
    encoder: str | None = None,
    features: Sequence[str] | None = None,
) -> LinearModel:
    """The model NAME.safetensors of a folder, or of the shipped ones.

    FileNotFoundError where it is missing; ValueError where it was trained on the vectors of
    another encoder than `encoder`, or on other features than `features`.
    """
    path = (Path(folder) if folder else models_folder()) / f"{name}.safetensors"
    model = LinearModel.load(path)
    expected = model.header.get("encoder")
    if encoder is not None and expected != encoder:
        raise ValueError(f"{path}: trained on the vectors of '{expected}', not of '{encoder}'")
    if features is not None and model.header.get("features") != list(features):
        raise ValueError(f"{path}: trained by another version; make it again with 'reviewnlp train'")
    return model
