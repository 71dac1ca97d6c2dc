"""Records: a review each, or a thread of comments each."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reviewnlp.reading import Failure, Limits, ReadOptions, Source, read, read_bytes

ROWS: list[dict[str, Any]] = [
    {
        "id": "k1",
        "author": "Мирон",
        "date": "01.02.2020",
        "thread": "каток",
        "text": "Лёд хороший.\nТренер тоже.",
    },
    {
        "id": "k2",
        "author": "Ася",
        "date": "02.02.2020",
        "thread": "бассейн",
        "text": "Вода холодная, но чистая.",
    },
    {"id": "k3", "author": "", "date": None, "thread": "каток", "text": "  Коньки напрокат тупые.  "},
    {"id": "k4", "author": "Мирон", "date": "03.02.2020", "thread": "каток", "text": None},
    {"id": "k5", "author": "Лев", "date": "04.02.2020", "thread": "", "text": "Где взять расписание?"},
]


def as_csv(sign: str, encoding: str = "utf-8") -> bytes:
    frame = pd.DataFrame(ROWS)
    return frame.to_csv(index=False, sep=sign).encode(encoding)


def as_jsonl() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def as_parquet() -> bytes:
    stream = io.BytesIO()
    pd.DataFrame(ROWS).to_parquet(stream, row_group_size=2)
    return stream.getvalue()


FILES = [
    ("a.csv", as_csv(","), "csv", "utf-8"),
    ("a.csv", as_csv(";", "cp1251"), "csv", "cp1251"),
    ("a.csv", b"sep=\t\n" + as_csv("\t", "utf-8"), "csv", "utf-8"),
    ("-", as_csv(",", "utf-8-sig"), "csv", "utf-8"),
    ("a.tsv", as_csv("\t", "utf-16"), "csv", "utf-16-le"),
    ("a.jsonl", as_jsonl(), "jsonl", "utf-8"),
    ("-", as_jsonl(), "jsonl", "utf-8"),
    ("a.parquet", as_parquet(), "parquet", None),
    ("a.data", as_parquet(), "parquet", None),
]


@pytest.mark.parametrize(("name", "data", "format", "encoding"), FILES, ids=lambda value: str(value)[:16])
def test_reviews(name: str, data: bytes, format: str, encoding: str | None) -> None:
    found = read_bytes(data, name, ReadOptions(as_kind="review"))
    sources = [item for item in found if isinstance(item, Source)]
    assert sources == found
    assert [source.name for source in sources] == [f"{name}#{id}" for id in ("k1", "k2", "k3", "k5")]
    assert [source.text for source in sources] == [row["text"] for row in ROWS if row["text"]]
    assert {(source.format, source.encoding, source.kind) for source in sources} == {
        (format, encoding, "review")
    }
    assert (sources[0].author_name, sources[0].posted_at) == ("Мирон", "01.02.2020")
    assert (sources[2].author_name, sources[2].posted_at) == ("", None)


@pytest.mark.parametrize(("name", "data", "format", "encoding"), FILES, ids=lambda value: str(value)[:16])
@pytest.mark.parametrize("kind", ["auto", "comments"])
def test_threads(name: str, data: bytes, format: str, encoding: str | None, kind: Any) -> None:
    sources = read_bytes(data, name, ReadOptions(as_kind=kind))
    assert all(isinstance(source, Source) for source in sources)
    pool, rink, rest = [source for source in sources if isinstance(source, Source)]
    assert [pool.name, rink.name, rest.name] == [f"{name}#бассейн", f"{name}#каток", name]
    assert rink.kind == "comments"
    assert rink.text == "Лёд хороший.\nТренер тоже.\n\n  Коньки напрокат тупые.  "
    bodies = [
        (comment.author_name, comment.posted_at, rink.text[comment.start : comment.end])
        for comment in rink.comments
    ]
    assert bodies == [
        ("Мирон", "01.02.2020", "Лёд хороший.\nТренер тоже."),
        ("", None, "Коньки напрокат тупые."),
    ]
    lines = [(block.kind, rink.text[block.start : block.end]) for block in rink.blocks]
    assert lines == [
        ("comment", "Лёд хороший."),
        ("comment", "Тренер тоже."),
        ("comment", "Коньки напрокат тупые."),
    ]


def test_columns_by_name() -> None:
    data = "кто;что;когда\nЯна;Очень понравилось, приду ещё;вчера\n".encode()
    options = ReadOptions(text_column="что", author_column="кто", date_column="когда", as_kind="comments")
    (source,) = read_bytes(data, "a.txt", options)
    assert isinstance(source, Source)
    assert source.name == "a.txt"
    assert (source.comments[0].author_name, source.comments[0].posted_at) == ("Яна", "вчера")
    (failure,) = read_bytes(data, "a.csv", ReadOptions(text_column="чего"))
    assert failure == Failure(
        "a.csv", "no such column: 'чего'; the columns are 'кто', 'что', 'когда', name one by --text-column"
    )


def test_values_of_other_types() -> None:
    stream = io.BytesIO()
    frame = pd.DataFrame(
        {
            "text": ["Хорошая лекция", None, "Плохая лекция"],
            "id": [7.0, 8.0, None],
            "date": [datetime(2020, 5, 1, 10, 30), None, None],
        }
    )
    frame.to_parquet(stream)
    first, second = read_bytes(stream.getvalue(), "a.parquet")
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.name, first.posted_at) == ("a.parquet#7", "2020-05-01T10:30:00")
    assert (second.name, second.posted_at) == ("a.parquet#3", None)


def test_bad_records_do_not_stop_the_rest() -> None:
    lines = ['{"text": "Спасибо за лекцию"}', "{", '{"text": ["x"]}', "", '{"text": "Мало практики"}', "[1]"]
    found = read_bytes("\n".join(lines).encode(), "a.jsonl")
    assert [item.name if isinstance(item, Source) else (item.source, item.reason) for item in found] == [
        "a.jsonl#1",
        ("a.jsonl#2", "line 2 is not a JSON object; correct or remove it"),
        ("a.jsonl#3", "record 3: the text column holds no text; name another column"),
        "a.jsonl#4",
        ("a.jsonl#5", "line 6 is not a JSON object; correct or remove it"),
    ]


def test_one_record_in_another_language() -> None:
    data = "text\nОчень полезная встреча\nThe meeting was useful for all of us\n".encode()
    good, bad = read_bytes(data, "a.csv")
    assert isinstance(good, Source)
    assert bad == Failure("a.csv#2", "not Russian but English; --force analyses it all the same")


def test_limits_and_streaming(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("text\n" + "Скучно не было никому\n" * 5000, "utf-8")
    limits = Limits(file_bytes=100_000, thread_characters=50_000)
    assert path.stat().st_size > limits.file_bytes
    assert sum(isinstance(item, Source) for item in read([path], ReadOptions(limits=limits))) == 5000
    (failure,) = read([path], ReadOptions(limits=limits, as_kind="comments"))
    assert isinstance(failure, Failure)
    assert failure.reason == "a thread longer than the limit of 50000 characters; name a --thread-column"


def test_damaged_in_the_middle() -> None:
    data = "text\nХорошо посидели\n".encode() + b"\xff\xff\xff\n"
    found = read_bytes(data, "a.csv")
    assert [type(item) for item in found] in ([Failure], [Source, Failure])
    failure = found[-1]
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("damaged text")
