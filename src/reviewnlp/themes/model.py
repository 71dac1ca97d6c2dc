"""What has been learned about themes in general? A metric on vectors and the weights of affinity.

The metric makes differences that occur inside themes small: vectors are centred and multiplied
by `projection`, the whitening of their covariance within themes (within-class covariance
normalisation: Hatch et al. 2006, Interspeech). The weights say how likely two items are to
share a theme, given the kinds of evidence of `affinity.EVIDENCE`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save

from reviewnlp.linear import Array

ARRAYS = ("mean", "projection", "weights", "bias")


@dataclass(frozen=True)
class ThemeModel:
    """`mean` (dim,), `projection` (dim, dim), `weights` (n_kinds_of_evidence,), `bias` (1,).

    `header` says which encoder and which evidence they are for.
    """

    mean: Array
    projection: Array
    weights: Array
    bias: Array
    header: dict[str, Any]

    def save(self, path: Path) -> None:
        """Write the model as safetensors; the same model gives the same bytes."""
        header = json.dumps(self.header, ensure_ascii=False, sort_keys=True)
        arrays = {name: np.ascontiguousarray(getattr(self, name), np.float32) for name in ARRAYS}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(save(arrays, metadata={"reviewnlp": header}))

    @classmethod
    def load(cls, path: Path) -> ThemeModel:
        """Read a model; FileNotFoundError where there is none."""
        if not path.is_file():
            raise FileNotFoundError(f"{path}: no such model; make it with 'reviewnlp train'")
        with safe_open(str(path), framework="np") as stream:
            header = json.loads(stream.metadata()["reviewnlp"])
            arrays = {name: stream.get_tensor(name) for name in ARRAYS}
        return cls(header=header, **arrays)
