"""Does the lexicon see praise and blame through negation, loss, degree, contrast and irony?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reviewnlp.attitude.lexicon import balance, evaluations, modifiers
from reviewnlp.language.lexicon import sentiment_weights
from reviewnlp.resources import rows
from tests.attitude.annotate import annotated

HERE = Path(__file__).parent
LEAST = 0.1
MARK = re.compile(r"\[([^]]*)\]([+-])")


def table(name: str) -> list[str]:
    """Lines of a text table."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("line", table("lexicon.txt"))
def test_balance(line: str) -> None:
    expected, text = line.split("\t")
    doc = annotated(text)
    found = balance(evaluations(doc, 0, len(text)))
    label = "+" if found > LEAST else "-" if found < -LEAST else "0"
    assert label == expected, f"{found:.2f}: {evaluations(doc, 0, len(text))}"


@pytest.mark.parametrize("line", table("evaluations.txt"))
def test_evaluations(line: str) -> None:
    text = MARK.sub(r"\1", line)
    expected = [f"[{words}]{sign}" for words, sign in MARK.findall(line)]
    found = evaluations(annotated(text), 0, len(text))
    assert [f"[{item.words}]{'+' if item.weight > 0 else '-'}" for item in found] == expected
    assert all(text[item.start : item.end] == item.words for item in found)


def test_stronger_words_weigh_more() -> None:
    def of(text: str) -> float:
        return balance(evaluations(annotated(text), 0, len(text)))

    assert of("слегка удобный зал") < of("удобный зал") < of("очень удобный зал")


def test_only_the_span_counts() -> None:
    text = "Зал ужасный. Доклад отличный."
    start = text.index("Доклад")
    assert [item.words for item in evaluations(annotated(text), start, len(text))] == ["отличный"]


def test_contrast_does_not_leave_its_sentence() -> None:
    text = "Доклад отличный. Но вечер был холодный."
    whole = evaluations(annotated(text), 0, len(text))
    alone = evaluations(annotated("Доклад отличный."), 0, 16)
    assert whole[0].weight == alone[0].weight


def test_empty_span() -> None:
    assert evaluations(annotated("Зал."), 2, 2) == []
    assert balance([]) == 0.0


def test_data_files() -> None:
    entries = rows("language", "sentiment.tsv")
    assert len(entries) >= 1500
    assert all(len(row) == 2 and 0 < abs(float(row[1])) <= 2 for row in entries)
    assert len({row[0] for row in entries}) == len(entries)
    assert {m.kind for found in modifiers().values() for m in found} == {
        "negator", "concord", "absence", "reducer", "intensifier", "diminisher", "contrast", "concession",
    }  # fmt: skip
    assert sentiment_weights()["надежный"] > 0 > sentiment_weights()["обман"]
