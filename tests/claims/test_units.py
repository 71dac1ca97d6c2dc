"""Candidate spans: what they leave out, how sentences are cut, which of them are chosen."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from reviewnlp.claims.roles import LABELS, choose
from reviewnlp.claims.units import Unit, candidate_units, trim
from reviewnlp.pipeline import load_untrained

TRIMMED = [
    line.split(" | ")
    for line in Path(__file__).with_name("trimmed.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_untrained()


@pytest.mark.parametrize(("piece", "kept"), TRIMMED)
def test_trim(piece: str, kept: str) -> None:
    start, end = trim(piece, 0, len(piece))
    assert piece[start:end] == kept


@given(st.text(alphabet="аб ,.«»—-1)!?…\n", max_size=40))
def test_trim_stays_inside(text: str) -> None:
    start, end = trim(text, 0, len(text))
    assert 0 <= start <= len(text) and end <= len(text)
    assert start >= end or text[start:end] == text[start:end].strip()


def test_cue_and_source_are_no_part_of_a_candidate(nlp: Language) -> None:
    doc = nlp("По словам Ирины Лосевой, вокзал закроют на два года. Мы пили чай.")
    texts = [doc.text[unit.start : unit.end] for unit in candidate_units(doc)]
    assert "вокзал закроют на два года" in texts
    assert not any("Лосевой" in text for text in texts)


def test_clauses_and_their_union_are_candidates(nlp: Language) -> None:
    doc = nlp("Склад переедет за город, а магазин останется на площади.")
    texts = {doc.text[unit.start : unit.end] for unit in candidate_units(doc)}
    assert {
        "Склад переедет за город",
        "магазин останется на площади",
        "Склад переедет за город, а магазин останется на площади",
    } <= texts


def test_candidates_point_at_the_text(nlp: Language) -> None:
    doc = nlp("Тема: сушки.\n\n— Зачем? — спросил он.\n— Надо, — ответила Вера. — И точка!\n1) раз; 2) два.")
    for unit in candidate_units(doc):
        assert doc.text[unit.start : unit.end].strip() == doc.text[unit.start : unit.end] != ""


def _units(pieces: int) -> list[Unit]:
    """Every run of the pieces of one sentence, a piece ten characters long."""
    runs = combinations(range(pieces + 1), 2)
    return [Unit(10 * a, 10 * b - 1, 0, a, b - 1, pieces) for a, b in runs]


@given(st.integers(1, 5), st.randoms(use_true_random=False))
def test_chosen_spans_are_the_best_that_do_not_overlap(pieces: int, random: object) -> None:
    units = _units(pieces)
    raw = np.random.default_rng(random.getrandbits(32)).random((len(units), 3))  # type: ignore[attr-defined]
    probabilities = raw / raw.sum(axis=1, keepdims=True)
    limits = {"thesis": 0.4, "opinion": 0.3}
    found = choose(units, probabilities, limits)
    assert all(a.unit.last < b.unit.first for a, b in pairwise(found))
    gain = {
        unit: max(row[LABELS.index(label)] - limit for label, limit in limits.items())
        for unit, row in zip(units, probabilities, strict=True)
    }
    best = 0.0
    for size in range(1, pieces + 1):
        for group in combinations(units, size):
            if all(a.last < b.first for a, b in combinations(sorted(group, key=lambda u: u.first), 2)):
                best = max(best, sum(gain[unit] for unit in group))
    assert sum(gain[item.unit] for item in found) == pytest.approx(max(best, 0.0))
