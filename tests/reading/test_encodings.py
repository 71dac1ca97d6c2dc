"""Encodings: one sentence is enough to tell them apart."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from reviewnlp.reading import Failure, ReadOptions, Source, read_bytes

SENTENCES = [
    line for line in (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines() if line
]
CODECS = [
    ("utf-8", b"", "utf-8"),
    ("utf-8", codecs.BOM_UTF8, "utf-8"),
    ("cp1251", b"", "cp1251"),
    ("koi8-r", b"", "koi8-r"),
    ("cp866", b"", "cp866"),
    ("utf-16-le", b"", "utf-16-le"),
    ("utf-16-be", b"", "utf-16-be"),
    ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
    ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
    ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32"),
]


@pytest.mark.parametrize("case", [str, str.upper], ids=["as written", "capitals"])
@pytest.mark.parametrize(("codec", "mark", "reported"), CODECS, ids=lambda value: str(value)[:12])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence(sentence: str, codec: str, mark: bytes, reported: str, case: type[str]) -> None:
    text = case(sentence)
    if codec in ("koi8-r", "cp866"):
        text = text.translate(str.maketrans("«»—–…", '""---'))
    (source,) = read_bytes(mark + text.encode(codec), "note.txt")
    assert isinstance(source, Source), source
    assert (source.text, source.encoding) == (text, reported)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_text_stays_as_it_is(end: str) -> None:
    text = f"Ёжик{end}{end}пришёл\u00a0и ушёл{end}й"
    (source,) = read_bytes(text.encode("utf-8-sig"), "note.txt")
    assert isinstance(source, Source)
    assert source.text == text
    assert (source.format, source.blocks, source.comments, source.title) == ("text", (), (), None)


def test_damaged_utf8_says_where() -> None:
    data = "Первая строка\nВторая строка\n".encode() + b"\xff\xfe" + "Третья строка".encode()
    (failure,) = read_bytes(data, "note.txt")
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("damaged text: UTF-8 up to byte 52 (line 3)")


def test_long_ascii_beginning() -> None:
    text = "log line\n" * 20_000 + "А потом выступил Кирилл Журавлёв и сказал, что всё это никому не нужно.\n"
    (source,) = read_bytes(text.encode("koi8-r"), "note.txt", ReadOptions(force=True))
    assert isinstance(source, Source)
    assert (source.text, source.encoding) == (text, "koi8-r")


def test_page_with_a_cut_letter_is_read_as_declared() -> None:
    page = '<html><head><meta charset="utf-8"><title>Вече'.encode() + b"\xd1</title></head><body><p>"
    page += (
        "Вечер прошёл тихо, никто ни с кем не поссорился, и все разошлись рано.".encode()
        + b"</p></body></html>"
    )
    (source,) = read_bytes(page, "page.html")
    assert isinstance(source, Source), source
    assert source.text == "Вечер прошёл тихо, никто ни с кем не поссорился, и все разошлись рано."
