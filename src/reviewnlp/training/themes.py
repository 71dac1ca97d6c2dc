"""How does the model of themes learn? From which gold items share a theme of their collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from reviewnlp.annotations import Attribution, Comment, Thesis
from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.linear import Array
from reviewnlp.themes.affinity import EVIDENCE, Represented, Representer, evidence
from reviewnlp.themes.items import Item, collect
from reviewnlp.themes.model import ThemeModel
from reviewnlp.training.examples import Example

NO_THEME = ("", "other")
SHRINKAGE = 0.4
"""Share of the identity in the covariance within themes, which few hundred items leave noisy."""


@dataclass(frozen=True)
class Collection:
    """Items of one collection with the gold theme of each."""

    items: list[Item]
    themes: NDArray[np.str_]

    @property
    def themed(self) -> NDArray[np.bool_]:
        """Which items carry a theme."""
        return ~np.isin(self.themes, NO_THEME)


def train(examples: Sequence[Example], encoder: SentenceEncoder) -> ThemeModel:
    """Learn the metric and the weights of affinity from gold collections with themes.

    The weights of a collection's pairs are learned with a metric that was learned without that
    collection, as it will be in use (where there is but one, with its own). ValueError where no
    collection carries themes.
    """
    by_name: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_name[example.gold.collection].append(example)
    collections = [gold_items(found) for _, found in sorted(by_name.items())]
    collections = [collection for collection in collections if collection.themed.any()]
    if not collections:
        raise ValueError("none of the gold collections carries themes; add one that does")
    vectors = [encoder.encode([item.text for item in collection.items]) for collection in collections]
    blank = ThemeModel(
        mean=np.asarray(np.concatenate(vectors).mean(axis=0), np.float32),
        projection=whitening(collections, vectors),
        weights=np.zeros(len(EVIDENCE), np.float32),
        bias=np.zeros(1, np.float32),
        header={"encoder": encoder.name, "evidence": list(EVIDENCE), "task": "themes"},
    )
    rows, together = [], []
    for left_out, collection in enumerate(collections):
        others = [n for n in range(len(collections)) if n != left_out] or [left_out]
        projection = whitening([collections[n] for n in others], [vectors[n] for n in others])
        represented = Representer(replace(blank, projection=projection), encoder).fit(collection.items)
        features, labels = pairs(represented, collection)
        rows.append(features)
        together.append(labels)
    regression = LogisticRegression(C=1.0).fit(np.concatenate(rows), np.concatenate(together))
    return replace(
        blank,
        weights=np.asarray(regression.coef_[0], np.float32),
        bias=np.asarray(regression.intercept_, np.float32),
    )


def gold_items(examples: Sequence[Example]) -> Collection:
    """Items of one collection as the gold has them: theses, and comments that may have a theme."""
    docs, themes = [], []
    for example in examples:
        doc = example.doc.copy()
        names: dict[str, int] = {}
        comments = example.marks("c")
        doc._.comments = [
            Comment(
                mark.start,
                mark.end,
                author=_voice(mark.attributes["a"], names),
                kind=mark.attributes["k"],  # type: ignore[arg-type]  # gold has the four kinds
            )
            for mark in comments
        ]
        doc._.theses = [
            Thesis(
                mark.start,
                mark.end,
                (Attribution(_voice(mark.attributes["s"], names)),),
                "own",
                1.0,
                comment=next((i for i, c in enumerate(comments) if c.start <= mark.start < c.end), None),
            )
            for mark in example.marks("t")
        ]
        docs.append(doc)
    items = collect(docs)
    for item in items:
        marks = examples[item.member.document].marks("t" if item.member.kind == "thesis" else "c")
        themes.append(marks[item.member.index].attributes["th"])
    return Collection(items, np.asarray(themes, np.str_))


def _voice(name: str, names: dict[str, int]) -> int | None:
    """Number of a name in its document; None for a voice without a name."""
    return names.setdefault(name, len(names)) if name else None


def whitening(collections: Sequence[Collection], vectors: Sequence[Array]) -> Array:
    """Matrix W of shape (dim, dim): differences x - y within themes, as (x - y) @ W, have unit covariance."""
    deviations = []
    for collection, found in zip(collections, vectors, strict=True):
        for theme in sorted(set(collection.themes) - set(NO_THEME)):
            members = found[collection.themes == theme].astype(np.float64)
            deviations.append(members - members.mean(axis=0))
    stacked = np.concatenate(deviations)
    covariance = stacked.T @ stacked / len(stacked)
    size = len(covariance)
    shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * np.trace(covariance) / size * np.eye(size)
    return np.asarray(np.linalg.cholesky(np.linalg.inv(shrunk)), np.float32)


def pairs(represented: Represented, collection: Collection) -> tuple[Array, NDArray[np.bool_]]:
    """Evidence of each pair of items that carry a theme, and whether it is the same."""
    rows = np.flatnonzero(collection.themed)
    first, second = np.triu_indices(len(rows), 1)
    chosen = represented.take(rows)
    features = np.stack([matrix[first, second] for matrix in evidence(chosen, chosen)], axis=1)
    themes = collection.themes[rows]
    return np.asarray(features, np.float32), themes[first] == themes[second]
