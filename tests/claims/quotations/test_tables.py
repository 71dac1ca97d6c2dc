"""The two tables of bracketed passages as regression floors."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from reviewnlp.evaluation.quotations import evaluate, parse, read_table

HERE = Path(__file__).parent
FLOORS = {
    "develop.txt": {"content_f1": 0.95, "cue_f1": 0.96, "source_f1": 0.96},
    "held_out.txt": {"content_f1": 0.90, "cue_f1": 0.90, "source_f1": 0.92},
}


@pytest.mark.parametrize("table", sorted(FLOORS))
def test_token_scores_keep_their_floors(table: str, nlp: Language) -> None:
    figures = evaluate(HERE / table, nlp)
    for name, floor in FLOORS[table].items():
        assert figures[name] >= floor, (table, name, figures[name])


def test_tables_are_wide_enough() -> None:
    passages = [passage for table in sorted(FLOORS) for passage in read_table(HERE / table)]
    silent = [passage for passage in passages if not passage.ranges["content"]]
    assert len(passages) >= 250
    assert len(silent) >= 60
    assert len({passage.text for passage in passages}) == len(passages)


@pytest.mark.parametrize("table", sorted(FLOORS))
def test_look_alikes_stay_silent(table: str, nlp: Language) -> None:
    silent = [passage.text for passage in read_table(HERE / table) if not any(passage.ranges.values())]
    loud = [doc.text for doc in nlp.pipe(silent) if doc._.quotations]
    assert len(loud) <= len(silent) / 20, loud


def test_brackets_become_ranges() -> None:
    passage = parse("[c По [s его] словам], [q рынок упал].")
    assert passage.text == "По его словам, рынок упал."
    assert [passage.text[slice(*r)] for r in passage.ranges["source"]] == ["его"]
    assert [passage.text[slice(*r)] for r in passage.ranges["cue"]] == ["По его словам"]


@pytest.mark.parametrize("line", ["[q рынок упал.", "рынок упал]."])
def test_brackets_that_do_not_match_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        parse(line)
