"""Is a stretch of text a thesis, an opinion or neither? Span classification and decoding.

Two linear models: the first sees a candidate span alone (its vector and `features`), the
second sees the same and what the first thinks of the neighbouring sentences. In every
sentence the best set of candidates that do not overlap is then taken (weighted interval
scheduling): a candidate is worth its probability less the threshold of its label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from reviewnlp.claims.features import Context, describe
from reviewnlp.claims.units import Unit, candidate_units
from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.linear import Array, LinearModel

LABELS = ("opinion", "other", "thesis")
NEIGHBOURS = (-2, -1, 1, 2)
Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """A chosen candidate with its label ("thesis" or "opinion") and probability."""

    unit: Unit
    label: Literal["thesis", "opinion"]
    probability: float


def span_rows(doc: Doc, encoder: SentenceEncoder) -> tuple[list[Unit], Array]:
    """Candidates of a document and what the first model reads of each: vector and features."""
    units = candidate_units(doc)
    vectors = encoder.encode([doc.text[unit.start : unit.end] for unit in units])
    return units, np.concatenate([vectors, describe(Context(doc), units)], axis=1)


def neighbour_rows(units: Sequence[Unit], first: Probabilities) -> Array:
    """What the second model reads besides: the neighbouring sentences' and the page's labels.

    For each sentence the highest probability of thesis and of opinion among its candidates
    counts; the row joins those of the neighbours, of the candidate's own sentence, the mean
    over the page, and the candidate's own probabilities.
    """
    width = 2 * (len(NEIGHBOURS) + 2) + first.shape[1]
    if not units:
        return np.zeros((0, width), np.float32)
    labels = [LABELS.index("thesis"), LABELS.index("opinion")]
    best = np.zeros((max(unit.sentence for unit in units) + 1, 2))
    for unit, row in zip(units, first, strict=True):
        best[unit.sentence] = np.maximum(best[unit.sentence], row[labels])
    page = best[sorted({unit.sentence for unit in units})].mean(axis=0)
    padded = np.concatenate([[page, page], best, [page, page]])  # beyond the page: like the page
    rows = [
        np.concatenate([*(padded[unit.sentence + 2 + step] for step in (*NEIGHBOURS, 0)), page, row])
        for unit, row in zip(units, first, strict=True)
    ]
    return np.asarray(rows, np.float32)


def judge(
    doc: Doc, encoder: SentenceEncoder, first: LinearModel, second: LinearModel
) -> tuple[list[Unit], Probabilities]:
    """Candidates and their probabilities, shape (n_units, 3) in the order of `LABELS`."""
    units, rows = span_rows(doc, encoder)
    if not units:
        return units, np.zeros((0, len(LABELS)))
    neighbours = neighbour_rows(units, first.predict_proba(rows))
    return units, second.predict_proba(np.concatenate([rows, neighbours], axis=1))


def choose(
    units: Sequence[Unit], probabilities: Probabilities, thresholds: Mapping[str, float]
) -> list[Found]:
    """The best candidates that do not overlap, in text order."""
    sentences: dict[int, list[Found]] = {}
    for unit, row in zip(units, probabilities, strict=True):
        gains = [(row[LABELS.index(label)] - limit, label) for label, limit in sorted(thresholds.items())]
        gain, label = max(gains)
        if gain > 0:
            chosen = cast(Literal["thesis", "opinion"], label)
            entry = Found(unit, chosen, float(row[LABELS.index(label)]))
            sentences.setdefault(unit.sentence, []).append(entry)
    found = []
    for number in sorted(sentences):
        found += _schedule(sentences[number], thresholds)
    return found


def _schedule(entries: Sequence[Found], thresholds: Mapping[str, float]) -> list[Found]:
    """Weighted interval scheduling over the pieces of one sentence."""
    best: list[tuple[float, tuple[Found, ...]]] = [(0.0, ())]
    for end in range(1, entries[0].unit.pieces + 1):
        options = [best[end - 1]]
        for entry in entries:
            if entry.unit.last == end - 1:
                value, chosen = best[entry.unit.first]
                options.append((value + entry.probability - thresholds[entry.label], (*chosen, entry)))
        best.append(max(options, key=lambda option: option[0]))
    return list(best[-1][1])
