"""Are the figures those of the annotation guide, and of the script beside the gold?"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reviewnlp.evaluation.scorer import Figures, b_cubed, macro_f1, match, same_name, same_target, score
from reviewnlp.gold import Mark, parse
from reviewnlp.report.model import Report
from tests.report.samples import REVIEW, report

SHARED = Path(__file__).parents[3] / "shared" / "gold"
TAGS = {
    "обмен клиентами окупается": (
        '<t s="Павел Рудин" r="Инга Сомова" m="indirect" p="+" st="pro" th="обмен">{}</t>'
    ),
    "Доклад Рудина понравился всем": '<o h="Инга Сомова" g="доклады" p="+">{}</o>',
    "Не верю я в ваши обмены": '<t s="" r="" m="own" p="-" st="con" th="other">{}</t>',
    "А сколько это стоит?": '<c a="" k="question" p="0" st="neu" th="цена">{}</c>',
}
GOLD = REVIEW
for piece, tag in TAGS.items():
    GOLD = GOLD.replace(piece, tag.format(piece))
GOLD = GOLD.replace('<t s="" r=""', '<c a="grom_7" k="opinion" p="-" st="con" th=""><t s="" r=""')
GOLD = GOLD.replace("помнит!", "помнит!</c>")


@pytest.fixture(scope="module")
def made() -> Report:
    return report()


def figures(made: Report) -> Figures:
    found, absent = score(made.documents, {"club": [parse("club", "may", GOLD)]})
    assert absent == []
    return found


def test_figures_of_a_small_report(made: Report) -> None:
    found = figures(made)
    assert found["thesis"]["f1"] == 1.0
    assert found["thesis"]["full_f1"] == found["thesis"]["speaker_accuracy"] == 0.5
    assert found["thesis"]["reporter_accuracy"] == found["thesis"]["mode_accuracy"] == 1.0
    assert found["opinion"]["full_f1"] == 1.0
    assert (
        found["comment"]["f1"]
        == found["comment"]["kind_accuracy"]
        == found["comment"]["author_accuracy"]
        == 1.0
    )
    assert found["themes"]["items"] == 2
    assert found["themes"]["b_cubed_f1"] == pytest.approx(2 / 3)


def test_documents_that_no_report_has_are_named(made: Report) -> None:
    gold = [
        parse("club", "may", GOLD),
        parse("club", "april", '<t s="" r="" m="own" p="0" st="neu" th="">а</t>'),
    ]
    found, absent = score(made.documents, {"club": gold})
    assert absent == ["club/april"]
    assert found["thesis"]["gold"] == 3


def script() -> ModuleType:
    """`score.py` beside the shared gold."""
    sys.path.insert(0, str(SHARED))
    try:
        spec = importlib.util.spec_from_file_location("gold_score", SHARED / "score.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SHARED))
    return module


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared gold with its score.py is not beside the checkout"
)
def test_agrees_with_the_script_beside_the_gold(made: Report, tmp_path: Path) -> None:
    folder = tmp_path / "club"
    folder.mkdir()
    with (folder / "may.gold.txt").open("w", encoding="utf-8", newline="") as stream:
        stream.write(GOLD)
    expected: dict[str, dict[str, Any]]
    expected, absent = script().score([json.loads(made.to_json())], [folder], lambda line: None)
    assert absent == []
    found = figures(made)
    assert {part: set(values) for part, values in found.items()} == {
        part: set(values) for part, values in expected.items()
    }
    for part, values in expected.items():
        assert found[part] == pytest.approx(values)


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [("Пётр Ежов", "петр  ежов", True), ("", None, True), ("", "Ежов", False), ("Ежов", "Ежова", False)],
)
def test_names(gold: str, found: str | None, same: bool) -> None:
    assert same_name(gold, found) is same


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("организация встречи", "организацию", True),
        ("доклад", "встреча", False),
        ("чай", "чай", True),
        ("", "", False),
    ],
)
def test_targets(gold: str, found: str, same: bool) -> None:
    assert same_target(gold, found) is same


def test_spans_match_one_to_one_the_best_first() -> None:
    gold = [Mark("t", 0, 10), Mark("t", 10, 20)]
    found = [Mark("t", 8, 20), Mark("t", 0, 20), Mark("t", 1, 10)]
    assert match(gold, found, 0.5) == {0: 2, 1: 0}


def test_averages() -> None:
    assert macro_f1([("a", "a"), ("b", "a")]) == pytest.approx((2 / 3 + 0) / 2)
    assert b_cubed([("a", frozenset("1")), ("a", frozenset("1")), ("b", frozenset("2"))]) == 1.0
    assert b_cubed([("a", frozenset()), ("b", frozenset())]) == 0.0
