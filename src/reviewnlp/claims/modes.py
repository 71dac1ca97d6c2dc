"""In which manner is a claim given: quoted word for word, indirectly, retold, or the writer's own?

Two linear models, as for spans: the second also reads what the first thinks of the claims
before and after, since retelling comes in runs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reviewnlp.claims.features import FEATURES, describe
from reviewnlp.claims.units import Unit
from reviewnlp.claims.voice import FAR, MODES, Voices, writer_of
from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.linear import Array, LinearModel

SITUATION = (
    "subject_distance", "name_distance", "cue_distance", "quotations", "first_person_here",
    "first_person_block", "turn_named",
)  # fmt: skip
MODE_FEATURES = (*FEATURES, *SITUATION)
Probabilities = NDArray[np.float64]


def mode_rows(voices: Voices, units: Sequence[Unit], encoder: SentenceEncoder) -> Array:
    """What the first model reads: the span's vector, its features, and the situation around it."""
    context = voices.context
    vectors = encoder.encode([context.doc.text[unit.start : unit.end] for unit in units])
    situation = np.asarray([_situation(voices, unit) for unit in units], np.float32)
    return np.concatenate(
        [vectors, describe(context, units), situation.reshape(len(units), len(SITUATION))], axis=1
    )


def _situation(voices: Voices, unit: Unit) -> list[float]:
    context = voices.context
    writer = writer_of(context, unit)
    others = [(h, d, s) for h, d, s in voices.seen(unit) if h.person != writer and h.kind != "pronoun"]
    subject = min((d for _, d, s in others if s), default=FAR)
    name = min((d for _, d, _ in others), default=FAR)
    cues = [
        unit.sentence - number
        for number in range(max(0, unit.sentence - FAR), unit.sentence + 1)
        if number in voices.cued_sentences
    ]
    block = context.block_of[unit.sentence]
    first = voices.first_sentence[block]
    in_block = range(first, min(first + voices.block_sizes[block], len(context.sentences)))
    turn = context.turns[unit.sentence]
    return [
        math.log1p(min(subject, FAR)),
        math.log1p(min(name, FAR)),
        math.log1p(min([*cues, FAR])),
        min(1.0, len(context.quotations) / max(1, len(context.sentences))),
        float(voices.first_person[unit.sentence]),
        sum(voices.first_person[n] for n in in_block) / max(1, len(in_block)),
        float(turn is not None and turn.person is not None),
    ]


def neighbour_modes(voices: Voices, units: Sequence[Unit], first: Probabilities) -> Array:
    """What the second model reads besides: the first's opinion of two claims on either side."""
    context = voices.context
    rows = []
    for number, unit in enumerate(units):
        parts = [first[number]]
        for step in (-2, -1, 1, 2):
            other = number + step
            same_turn = 0 <= other < len(units) and (
                context.turns[units[other].sentence] == context.turns[unit.sentence]
            )
            parts.append(first[other] if same_turn else np.zeros(len(MODES)))
            near = same_turn and context.block_of[units[other].sentence] == context.block_of[unit.sentence]
            parts.append(np.asarray([float(same_turn), float(near)]))
        rows.append(np.concatenate(parts))
    width = len(MODES) + 4 * (len(MODES) + 2)
    return np.asarray(rows, np.float32).reshape(len(units), width)


def judge_modes(
    voices: Voices,
    units: Sequence[Unit],
    encoder: SentenceEncoder,
    first: LinearModel,
    second: LinearModel,
) -> Probabilities:
    """Probabilities of `MODES` for each claim, shape (n_units, 4)."""
    if not units:
        return np.zeros((0, len(MODES)))
    rows = mode_rows(voices, units, encoder)
    neighbours = neighbour_modes(voices, units, first.predict_proba(rows))
    return second.predict_proba(np.concatenate([rows, neighbours], axis=1))
