"""How does the span classifier learn? From candidate spans compared with the gold's.

A candidate that matches a gold span best is an example of the gold's label; one that
overlaps it less well is none; the rest are "other".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from reviewnlp.annotations import Attribution, Thesis
from reviewnlp.claims.features import FEATURES, Context, overlap
from reviewnlp.claims.modes import MODE_FEATURES, mode_rows, neighbour_modes
from reviewnlp.claims.opinions import TARGET_FEATURES, Target, candidate_targets, describe_targets
from reviewnlp.claims.roles import neighbour_rows, span_rows
from reviewnlp.claims.units import Unit
from reviewnlp.claims.voice import (
    NOBODY,
    VOICE_FEATURES,
    WRITER,
    Discourse,
    Voices,
    candidate_voices,
    describe_voices,
    writer_of,
)
from reviewnlp.gold import Mark
from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.linear import Array, LinearModel
from reviewnlp.training.examples import Example
from reviewnlp.training.logistic import fit, fit_ranking

Rows = TypeVar("Rows", bound=NDArray[Any])
LABEL = {"t": "thesis", "o": "opinion"}
LEAST_OVERLAP = 0.5
NEARLY_BEST = 0.1
INNER_FOLDS = 5
PENALTY = 0.012  # inverse of the L2 penalty of spans, chosen on left-out collections
MODE_PENALTY = 0.01  # the same of modes


@dataclass(frozen=True)
class Prepared:
    """What the models of claims read of one example, computed once for all folds of an evaluation."""

    example: Example
    voices: Voices
    units: list[Unit]
    span_rows: Array
    span_labels: list[str]
    claims: list[tuple[Unit, Mark]]
    mode_rows: Array
    mode_labels: list[str]


def prepare(example: Example, encoder: SentenceEncoder) -> Prepared:
    """Candidates, features and labels of one example."""
    units, rows = span_rows(example.doc, encoder)
    voices = Voices(Context(example.doc))
    claims = best_units(units, example.marks("t"))
    return Prepared(
        example=example,
        voices=voices,
        units=units,
        span_rows=rows,
        span_labels=unit_labels(units, example.gold.marks),
        claims=claims,
        mode_rows=mode_rows(voices, [unit for unit, _ in claims], encoder),
        mode_labels=[mark.attributes["m"] for _, mark in claims],
    )


def train(parts: Sequence[Prepared], encoder: SentenceEncoder) -> dict[str, LinearModel]:
    """All models of the `claims` room by name."""
    modes, unseen = train_modes(parts, encoder)
    return {
        **train_spans(parts, encoder),
        **modes,
        **train_voices(parts, unseen),
        **train_targets(parts),
    }


def unit_labels(units: Sequence[Unit], marks: Sequence[Mark]) -> list[str]:
    """The label of each candidate: of the gold span that it matches (nearly) best, or "other"."""
    labels = ["other"] * len(units)
    for mark in marks:
        if mark.tag not in LABEL:
            continue
        shares = [overlap(unit.start, unit.end, mark.start, mark.end) for unit in units]
        best = max(shares, default=0.0)
        for number, share in enumerate(shares):
            if share >= max(best - NEARLY_BEST, LEAST_OVERLAP):
                labels[number] = LABEL[mark.tag]
    return labels


def best_units(units: Sequence[Unit], marks: Sequence[Mark]) -> list[tuple[Unit, Mark]]:
    """Gold spans with the candidates that match them best, in text order; unmatched ones left out."""
    pairs = []
    for mark in marks:
        shares = [overlap(unit.start, unit.end, mark.start, mark.end) for unit in units]
        best = max(range(len(units)), key=lambda n: shares[n], default=None)
        if best is not None and shares[best] >= LEAST_OVERLAP:
            pairs.append((units[best], mark))
    return pairs


def train_spans(parts: Sequence[Prepared], encoder: SentenceEncoder) -> dict[str, LinearModel]:
    """The two models of `claims.roles`, named "spans" and "spans_in_context".

    The second is trained on what first models say that were trained without the document.
    """
    rows, labels = [part.span_rows for part in parts], [part.span_labels for part in parts]
    header = {"encoder": encoder.name, "features": list(FEATURES)}
    context = _held_out(
        rows, labels, lambda m, n: neighbour_rows(parts[n].units, m.predict_proba(rows[n])), PENALTY
    )
    joined = [np.concatenate([row, near], axis=1) for row, near in zip(rows, context, strict=True)]
    return {
        "spans": fit(_stack(rows), _join(labels), header=header, c=PENALTY),
        "spans_in_context": fit(_stack(joined), _join(labels), header=header, c=PENALTY),
    }


def train_modes(
    parts: Sequence[Prepared], encoder: SentenceEncoder
) -> tuple[dict[str, LinearModel], list[list[list[float]]]]:
    """The two models of `claims.modes`, and what the models say of gold theses they did not see.

    The second value holds, for each example, a row of probabilities for each gold thesis.
    """
    rows, labels = [part.mode_rows for part in parts], [part.mode_labels for part in parts]

    def near(model: LinearModel, n: int) -> Array:
        units = [unit for unit, _ in parts[n].claims]
        return neighbour_modes(parts[n].voices, units, model.predict_proba(rows[n]))

    context = _held_out(rows, labels, near, MODE_PENALTY)
    joined = [np.concatenate([row, near], axis=1) for row, near in zip(rows, context, strict=True)]
    unseen = _held_out(joined, labels, lambda model, n: model.predict_proba(joined[n]), MODE_PENALTY)
    header = {"encoder": encoder.name, "features": list(MODE_FEATURES)}
    models = {
        "modes": fit(_stack(rows), _join(labels), header=header, c=MODE_PENALTY),
        "modes_in_context": fit(_stack(joined), _join(labels), header=header, c=MODE_PENALTY),
    }
    return models, [part.tolist() for part in unseen]


def train_voices(parts: Sequence[Prepared], modes: Sequence[list[list[float]]]) -> dict[str, LinearModel]:
    """The ranking model of `claims.voice`, named "voices", from gold theses in text order.

    A first model learns with the true claims before; the second also with those that first
    models, trained without the document, decided, so that it knows of errors that carry on
    (dataset aggregation; Ross et al. 2011).
    """
    header = {"features": list(VOICE_FEATURES)}
    taught = [_voice_groups(part, rows, None) for part, rows in zip(parts, modes, strict=True)]
    decided: dict[int, list[tuple[Array, int]]] = {}
    for held, kept in inner_folds(len(parts)):
        first = fit_ranking([group for n in kept for group in taught[n]], header=header)
        decided |= {n: _voice_groups(parts[n], modes[n], first) for n in held}
    groups = [group for n in range(len(parts)) for group in (*taught[n], *decided[n])]
    return {"voices": fit_ranking(groups, header=header)}


def _voice_groups(
    part: Prepared, modes: list[list[float]], model: LinearModel | None
) -> list[tuple[Array, int]]:
    """Candidates of every gold thesis and the right one; the claims before are gold or the model's."""
    discourse = Discourse()
    groups = []
    for (unit, mark), mode in zip(part.claims, modes, strict=True):
        candidates = candidate_voices(part.voices, unit)
        rows = describe_voices(part.voices, unit, candidates, mode, discourse)
        gold = gold_voice(part.voices, unit, mark)
        if gold is not None and gold in candidates and len(candidates) > 1:
            groups.append((rows, candidates.index(gold)))
        before = gold if model is None else candidates[int(model.rank(rows).argmax())]
        if before is not None:
            discourse.note(part.voices.context, unit, before)
    return groups


def inner_folds(size: int) -> list[tuple[list[int], list[int]]]:
    """Positions held out and kept, for each of a few folds over the documents of a training set."""
    folds = []
    for fold in range(INNER_FOLDS):
        held = list(range(fold, size, INNER_FOLDS))
        folds.append((held, [n for n in range(size) if n not in held] or held))
    return folds


def train_targets(parts: Sequence[Prepared]) -> dict[str, LinearModel]:
    """The ranking model of `claims.opinions`, named "targets", from gold opinions.

    Gold theses stand in for those that the pipeline will have found by then.
    """
    groups: list[tuple[Array, int]] = []
    for part in parts:
        doc = part.example.doc
        before, doc._.theses = doc._.theses, _gold_theses(part)
        for unit, mark in best_units(part.units, part.example.marks("o")):
            candidates = candidate_targets(part.voices, unit)
            right = [is_target(part.voices, candidate, mark.attributes["g"]) for candidate in candidates]
            if any(right) and len(candidates) > 1:
                groups.append((describe_targets(part.voices, unit, candidates), right.index(True)))
        doc._.theses = before
    return {"targets": fit_ranking(groups, header={"features": list(TARGET_FEATURES)})}


def _gold_theses(part: Prepared) -> list[Thesis]:
    theses = []
    for unit, mark in part.claims:
        voice = gold_voice(part.voices, unit, mark)
        person = voice if voice is not None and voice >= 0 else None
        theses.append(Thesis(unit.start, unit.end, (Attribution(person),), "own", 1.0))
    return theses


def is_target(voices: Voices, candidate: Target, gold: str) -> bool:
    """Whether a candidate is what the gold names: the same person, or a phrase with the same stems."""
    if candidate.person is not None:
        return _folded(voices.context.doc._.people[candidate.person].name) == _folded(gold)
    wanted, found = _stems(gold), _stems(candidate.text)
    return bool(wanted & found) and (wanted <= found or found <= wanted)


def _stems(phrase: str) -> set[str]:
    words = _folded(phrase).replace("«", "").replace("»", "").split()
    return {word[:5] for word in words if len(word) > 3} or set(words)


def gold_voice(voices: Voices, unit: Unit, mark: Mark) -> int | None:
    """The candidate that the gold names as the speaker; None where the page's people lack it."""
    context = voices.context
    if not mark.attributes["s"]:
        own = mark.attributes["m"] in ("own", "direct") and writer_of(context, unit) == WRITER
        return WRITER if own else NOBODY
    wanted = _folded(mark.attributes["s"])
    names = (n for n, person in enumerate(context.doc._.people) if _folded(person.name) == wanted)
    return next(names, None)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


def _held_out(
    rows: Sequence[Array],
    labels: Sequence[Sequence[str]],
    use: Callable[[LinearModel, int], Rows],
    penalty: float,
) -> list[Rows]:
    """For each part, what a model that was trained without it says of it."""
    found: dict[int, Rows] = {}
    for held, kept in inner_folds(len(rows)):
        inner = fit(_stack([rows[n] for n in kept]), _join([labels[n] for n in kept]), header={}, c=penalty)
        found |= {n: use(inner, n) for n in held}
    return [found[n] for n in range(len(rows))]


def _stack(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts, axis=0)


def _join(parts: Sequence[Sequence[str]]) -> list[str]:
    return [label for part in parts for label in part]
