"""How likely do two items belong to one theme? Their vectors, their words, and where they stand.

A thesis of six words («Воды им никто не давал») is clear only beside its neighbours, so vectors
and word weights of an item take in those of the items around it, the same voice's above all.
What stands together is then alike for that reason alone, which negative weights of the
evidence of place make good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, lil_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.linear import Array
from reviewnlp.themes.items import Item
from reviewnlp.themes.model import ThemeModel

EVIDENCE = ("meaning", "words", "nearness", "same_voice", "same_document", "same_voice_near")
Matrix = NDArray[np.float64]
REACH = 12
"""Items of a document further apart than this are not near."""
FADING = 3.0
DIFFUSION = 0.5
SHARE_OF_OTHERS = 0.3
"""How much a neighbour of another voice counts beside one of the same."""
PRIOR_ITEMS = 20
"""The training mean counts as so many items: a small run has no mean of its own to speak of."""


@dataclass(frozen=True)
class Represented:
    """Items as numbers: rows of `meaning` and `words` are unit vectors; the rest tell the place."""

    meaning: Array
    words: Any
    document: NDArray[np.int64]
    place: NDArray[np.int64]
    voice: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.document)

    def take(self, rows: NDArray[np.int64]) -> Represented:
        """Some of the items."""
        return Represented(
            self.meaning[rows], self.words[rows], self.document[rows], self.place[rows], self.voice[rows]
        )


class Representer:
    """Turns items into numbers; learns the run's mean vector and the words' rarity from the first.

    Attributes set by `fit`: `mean_` (dim,), `words_` (the fitted `TfidfVectorizer`, or None
    where no item has a content word).
    """

    def __init__(self, model: ThemeModel, encoder: SentenceEncoder) -> None:
        self.model = model
        self.encoder = encoder

    def fit(self, items: Sequence[Item]) -> Represented:
        """Learn from `items` and represent them."""
        vectors = self.encoder.encode([item.text for item in items])
        total = vectors.sum(axis=0) + PRIOR_ITEMS * self.model.mean
        self.mean_ = np.asarray(total / (len(items) + PRIOR_ITEMS), np.float32)
        self.words_: TfidfVectorizer | None = None
        if any(item.stems for item in items):
            self.words_ = TfidfVectorizer(analyzer=lambda item: item.stems, sublinear_tf=True).fit(items)
        return self._represent(items, vectors, first_document=0)

    def represent(self, items: Sequence[Item], first_document: int) -> Represented:
        """Represent other items; their documents are numbered from `first_document`."""
        vectors = self.encoder.encode([item.text for item in items])
        return self._represent(items, vectors, first_document)

    def _represent(self, items: Sequence[Item], vectors: Array, first_document: int) -> Represented:
        words = self.words_.transform(items) if self.words_ is not None else csr_matrix((len(items), 1))
        numbers: dict[tuple[int, str, int], int] = {}
        voices = [numbers.setdefault(item.voice, len(numbers)) for item in items]
        whitened = normalize((vectors - self.mean_) @ self.model.projection) if len(items) else vectors
        context = neighbourhood(items)
        return Represented(
            meaning=np.asarray(normalize(context @ whitened) if len(items) else whitened, np.float32),
            words=normalize(context @ words) if len(items) else words,
            document=np.asarray([item.member.document + first_document for item in items], np.int64),
            place=np.asarray([item.place for item in items], np.int64),
            voice=np.asarray(voices, np.int64),
        )


def neighbourhood(items: Sequence[Item]) -> Any:
    """Sparse matrix (n_items, n_items) that adds to each item a share of those around it."""
    shares = lil_matrix((len(items), len(items)), dtype=np.float32)
    for i, item in enumerate(items):
        shares[i, i] = 1.0
        for j in range(i + 1, min(i + 1 + REACH, len(items))):
            other = items[j]
            if other.member.document != item.member.document:
                break
            closeness = np.exp(-(other.place - item.place - 1) / FADING)
            same = 1.0 if other.voice == item.voice else SHARE_OF_OTHERS
            shares[i, j] = shares[j, i] = DIFFUSION * same * closeness
    return shares.tocsr()


def evidence(a: Represented, b: Represented) -> Iterator[Matrix]:
    """Matrices (len(a), len(b)), one for each kind of `EVIDENCE`, in its order."""
    yield np.asarray(a.meaning @ b.meaning.T, np.float64)
    yield np.asarray((a.words @ b.words.T).toarray(), np.float64)
    together = a.document[:, None] == b.document[None, :]
    distance = np.abs(a.place[:, None] - b.place[None, :])
    near = together * np.exp(-(np.maximum(distance, 1) - 1) / FADING)
    same_voice = together & (a.voice[:, None] == b.voice[None, :])
    yield near
    yield same_voice.astype(np.float64)
    yield together.astype(np.float64)
    yield same_voice * near


def affinity(a: Represented, b: Represented, model: ThemeModel) -> Matrix:
    """Probability that items share a theme, shape (len(a), len(b))."""
    total = np.full((len(a), len(b)), float(model.bias[0]))
    for weight, matrix in zip(model.weights, evidence(a, b), strict=True):
        total += float(weight) * matrix
    return np.asarray(1.0 / (1.0 + np.exp(-total)))
