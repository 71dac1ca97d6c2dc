"""Whatever comes in, a report or a clear reason comes out, and the report is true to the text."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

import reviewnlp
from reviewnlp import ReadOptions, Report
from reviewnlp.report.digest import digest
from reviewnlp.report.lines import LineIndex
from reviewnlp.report.model import json_schema

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
WORDS = """
Павел Рудин|Рудин|Инга Сомова|директор|И. П. Ковалёв|grom_7|считает, что|по словам|— сказал|отметил:|мол|ё|Ё
скидки вредят делу|обмен клиентами окупается|Доклад понравился всем|Это сговор!|А зачем?|3,5 %|10 000
«|»|—|:|,|.|…|?|(|)|- |1) |• |# |> |<b>|&nbsp;|Цитата:|Комментарии|Фото: автор|https://example.org/x?y=1
grom_7 пишет 14.05.2016 в 10:22:|[12:03] zver:|#5 Гость|user_77 · вчера
"""
ODD = (
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u200b",
    "\u00a0",
    "\u00ad",
    "🙂",
    "e\u0301",
    "\u202e",
    "|",
    "\u2028",
)
PIECES = (*(piece for line in WORDS.strip().splitlines() for piece in line.split("|")), *ODD)
PAGES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1251", "koi8-r", "utf-16", "utf-16-le", "cp866")
SLOW = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return reviewnlp.load()


def analyzed(nlp: Language, item: str | Path, **more: Any) -> Report:
    """The report on one input, checked."""
    report = reviewnlp.analyze(item, nlp=nlp, options=ReadOptions(force=True), **more)
    check(report)
    return report


def check(report: Report) -> None:
    """It is valid, readable again, names every failure, and all its spans are in the text."""
    VALIDATOR.validate(json.loads(report.to_json()))
    assert Report.from_json(report.to_json()) == report
    for failure in report.failures:
        assert failure.reason and "\n" not in failure.reason
        assert "internal error" not in failure.reason
    for document in report.documents:
        text = document.text
        assert text is not None
        lines = LineIndex(text)
        for span in spans(document.model_dump()):
            assert 0 <= span["start"] <= span["end"] <= len(text)
            assert text[span["start"] : span["end"]] == span["text"]
            assert span["line"] == lines.line(span["start"])
        ids = [*references(document.model_dump())]
        known = {item.id for kind in ("people", "quotations", "theses", "opinions", "comments")
                 for item in getattr(document, kind)}  # fmt: skip
        assert set(ids) <= known
    assert digest(report)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text", "line"} <= set(value):
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def references(value: Any) -> Iterator[str]:
    """Ids by which parts of a document refer to each other."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in (
                "person",
                "speaker",
                "reporter",
                "holder",
                "author",
                "reply_to",
                "quotation",
                "comment",
            ):
                yield from [inner] if isinstance(inner, str) else []
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


@SLOW
@given(text=st.text(max_size=300))
def test_any_text(nlp: Language, text: str) -> None:
    report = analyzed(nlp, text)
    assert len(report.documents) + len(report.failures) == 1


@SLOW
@given(text=PAGES, pseudonymise=st.booleans())
def test_text_of_the_genre(nlp: Language, text: str, pseudonymise: bool) -> None:
    report = analyzed(nlp, text, pseudonymise=pseudonymise)
    assert len(report.documents) + len(report.failures) == 1
    if not pseudonymise:
        assert [document.text for document in report.documents] in ([text], [])


@SLOW
@given(data=st.binary(max_size=400), suffix=st.sampled_from(["", ".txt", ".html", ".docx", ".csv", ".jsonl"]))
def test_any_bytes(nlp: Language, data: bytes, suffix: str) -> None:
    analyzed_bytes(nlp, data, suffix)


@SLOW
@given(parts=st.lists(st.tuples(PAGES, st.sampled_from(ENCODINGS)), min_size=1, max_size=3))
def test_mixed_encodings(nlp: Language, parts: list[tuple[str, str]]) -> None:
    data = b"\n".join(text.encode(encoding, "replace") for text, encoding in parts)
    analyzed_bytes(nlp, data, ".txt")


def analyzed_bytes(nlp: Language, data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"input{suffix}")
        path.write_bytes(data)
        report = analyzed(nlp, path)
    assert report.documents or report.failures


@settings(SLOW, max_examples=8)
@given(text=PAGES)
def test_analysing_twice_gives_the_same_bytes(nlp: Language, text: str) -> None:
    assert analyzed(nlp, text).to_json() == analyzed(nlp, text).to_json()
