"""How is a linear model fitted? scikit-learn's logistic regression, saved as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from reviewnlp.linear import Array, LinearModel


def fit(
    features: Array,
    labels: Sequence[str],
    *,
    header: dict[str, Any],
    c: float = 0.1,
    balanced: bool = False,
    weights: Sequence[float] | None = None,
) -> LinearModel:
    """Fit multinomial logistic regression on standardised features.

    `features` has shape (n_rows, n_features); `labels` one class name a row; `c` is the
    inverse of the L2 penalty; `balanced` weighs classes by the inverse of their frequency;
    `weights` are per row. The result is rounded to float32.
    """
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=c, max_iter=2000, class_weight="balanced" if balanced else None)
    model.fit(scaler.transform(features), list(labels), sample_weight=weights)
    coef, intercept = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coef = np.concatenate([-coef / 2, coef / 2])
        intercept = np.concatenate([-intercept / 2, intercept / 2])
    return LinearModel(
        classes=tuple(str(name) for name in model.classes_),
        coef=coef.astype(np.float32),
        intercept=intercept.astype(np.float32),
        mean=np.asarray(scaler.mean_, np.float32),
        scale=np.asarray(scaler.scale_, np.float32),
        header=header,
    )


def fit_ranking(
    groups: Sequence[tuple[Array, int]], *, header: dict[str, Any], c: float = 1.0
) -> LinearModel:
    """Fit a ranking of candidates by logistic regression on differences of candidates.

    Each group is a matrix (n_candidates, n_features) and the position of the right candidate
    (pairwise logistic ranking; see Burges et al. 2005, RankNet, for the loss). Every group
    weighs the same, however many candidates it has. The model has one class, "right".
    """
    rows = np.concatenate([matrix for matrix, _ in groups])
    scale = np.asarray(rows.std(axis=0), np.float32)
    scale[scale == 0] = 1.0
    differences, weights = [], []
    for matrix, right in groups:
        others = np.delete(matrix, right, axis=0)
        differences.append((matrix[right] - others) / scale)
        weights += [1.0 / max(1, len(others))] * len(others)
    x = np.concatenate(differences)
    labels = np.arange(len(x)) % 2  # every other difference is turned round, to have two classes
    x[labels == 0] *= -1
    model = LogisticRegression(C=c, max_iter=2000, fit_intercept=False)
    model.fit(x, labels, sample_weight=weights)
    return LinearModel(
        classes=("right",),
        coef=model.coef_.astype(np.float32),
        intercept=np.zeros(1, np.float32),
        mean=np.zeros(len(scale), np.float32),
        scale=scale,
        header=header,
    )
