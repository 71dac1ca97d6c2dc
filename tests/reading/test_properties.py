"""Whatever the bytes, documents or failures come out, and every range points into its text."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewnlp.reading import Failure, Limits, ReadOptions, Source, read, read_bytes
from tests.reading.test_bad_inputs import word
from tests.reading.test_layouts import LAYOUTS
from tests.reading.test_records import as_csv, as_jsonl, as_parquet

NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.csv", "a.jsonl", "a.parquet", "a", "-"])
OPTIONS = st.builds(
    ReadOptions,
    as_kind=st.sampled_from(["auto", "review", "comments"]),
    force=st.booleans(),
    limits=st.just(Limits(file_bytes=4000, unpacked_bytes=100_000, nesting=50)),
)
MAGIC = st.sampled_from(
    [b"", b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xfe\xff", b"%PDF-", b"\xef\xbb\xbf", b"{"]
)
ENCODED = st.builds(
    lambda text, codec: text.encode(codec, "replace"),
    st.text(alphabet=st.characters(min_codepoint=1, max_codepoint=0x2FFF))
    | st.text("абвгдеёыэ ,.\n\r\t<>/\"'"),
    st.sampled_from(["utf-8", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-be"]),
)
BYTES = st.builds(
    lambda magic, parts: magic + b"".join(parts), MAGIC, st.lists(st.binary() | ENCODED, max_size=4)
)
TAG = st.sampled_from(
    [
        *(
            "<div class=post>",
            "<div class=comment id=c1>",
            "<article>",
            "<td>",
            "<tr>",
            "<table>",
            "<li>",
            "<p>",
            "<br>",
        ),
        *(
            "<span class=author>",
            "<time>",
            "<blockquote>",
            "<div class=content>",
            "<h1>",
            "<nav>",
            "<pre>",
            "<b>",
        ),
        *(
            "</div>",
            "</article>",
            "</td>",
            "</tr>",
            "</table>",
            "</p>",
            "</span>",
            "</blockquote>",
            "<!--",
            "-->",
        ),
        *(
            "Яна",
            "вчера в 10:20",
            "Очень понравилось.",
            "Ян писал(а):",
            "&nbsp;",
            "&#x1F600;",
            "&#xD800;",
            "&#0;",
            "\x0b",
            "\x1a",
            "<a href='#c1'>↑</a>",
        ),
    ]
)
PAGES = st.lists(TAG, max_size=40).map(lambda parts: "<html><body>" + "".join(parts))
ROW = st.dictionaries(
    st.sampled_from(["text", "id", "author", "date", "thread"]), st.text() | st.floats() | st.none()
)


def check(found: list[Source | Failure]) -> None:
    assert found
    for item in found:
        if isinstance(item, Failure):
            assert item.reason
            assert "\n" not in item.reason
            continue
        size = len(item.text)
        assert item.text.strip()
        item.text.encode()
        end = 0
        for block in item.blocks:
            assert end <= block.start < block.end <= size
            assert item.text[block.start : block.end].strip() == item.text[block.start : block.end]
            end = block.end
        end = 0
        for place, comment in enumerate(item.comments):
            assert end <= comment.start < comment.end <= size
            assert comment.header is None or end <= comment.header.start < comment.header.end <= comment.start
            assert comment.reply_to is None or 0 <= comment.reply_to < place
            end = comment.end


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=BYTES, name=NAMES, options=OPTIONS)
def test_any_bytes(data: bytes, name: str, options: ReadOptions) -> None:
    check(read_bytes(data, name, options))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(page=PAGES, options=OPTIONS)
def test_any_page(page: str, options: ReadOptions) -> None:
    found = read_bytes(page.encode(), "a.html", options)
    check(found)
    for source in found:
        if isinstance(source, Source):
            assert source.text == "\n".join(source.text[block.start : block.end] for block in source.blocks)


WHOLE = [
    ("a.docx", word()),
    ("a.parquet", as_parquet()),
    ("a.csv", as_csv(";", "cp1251")),
    ("a.jsonl", as_jsonl()),
    *(("a.html", path.read_bytes().split(b"=====")[0]) for path in LAYOUTS),
]
EDITS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3)), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(file=st.sampled_from(WHOLE), edits=EDITS, options=OPTIONS)
def test_any_damage(file: tuple[str, bytes], edits: list[tuple[float, bytes]], options: ReadOptions) -> None:
    name, data = file
    for place, patch in edits:
        at = int(place * len(data))
        data = data[:at] + patch + data[at + 2 :]
    check(read_bytes(data, name, dataclasses.replace(options, limits=Limits())))


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=6), options=OPTIONS)
def test_any_records(rows: list[dict[str, Any]], options: ReadOptions) -> None:
    check(read_bytes("\n".join(map(json.dumps, rows)).encode(), "a.jsonl", options))


@settings(max_examples=100, deadline=None)
@given(text=st.text())
def test_any_string(text: str) -> None:
    check(list(read([text], ReadOptions(force=True))))
