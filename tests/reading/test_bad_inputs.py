"""Bad input gives one clear line: what is wrong and what to do."""

from __future__ import annotations

import base64
import gzip
import io
import os
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from reviewnlp.reading import Failure, Limits, ReadOptions, Source, read, read_bytes

RUSSIAN = "Вчера в клубе выступала Раиса Тропинина, и всем было интересно.\n"


def archive(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def word(part: str = "", xml: str = "") -> bytes:
    """A DOCX, with one part of it replaced."""
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(RUSSIAN)
    document.save(stream)
    with zipfile.ZipFile(stream) as file:
        members: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    if part:
        members[part] = xml
    return archive(members)


def ole(stream: str) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + stream.encode("utf-16-le") + bytes(64)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CASES: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \r\n\t\n", "empty"),
    ("mark.txt", b"\xef\xbb\xbf", "empty"),
    ("wide.txt", "\ufeff \n".encode("utf-16-le"), "empty"),
    ("nothing.html", b"<html><body><script>let a = 1</script></body></html>", "empty"),
    ("empty.docx", archive({"word/document.xml": ""}), "a damaged DOCX"),
    ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF, which is not supported; save its text"),
    ("a.txt", rb"{\rtf1\ansi\ansicpg1251 text}", "an RTF document, which is not supported; save it as DOCX"),
    ("a.doc", ole("WordDocument"), "an old Word document (.doc), which is not supported; save it as DOCX"),
    ("a.xls", ole("Workbook"), "an old Excel workbook (.xls), which is not supported; save the sheet as CSV"),
    ("a.docx", ole("EncryptedPackage"), "an encrypted (password-protected) Office document; save it without"),
    ("a.odt", archive({"mimetype": "x", "content.xml": "<x/>"}), "an OpenDocument file (ODT, ODS)"),
    (
        "a.xlsx",
        archive({"xl/workbook.xml": "<x/>"}),
        "an XLSX workbook, which is not supported; save the sheet",
    ),
    ("a.zip", archive({"review.txt": RUSSIAN}), "a ZIP archive, which is not supported; unpack it"),
    ("a.docx", word()[:2000], "a damaged archive (ZIP or DOCX)"),
    ("a.docx", word("word/document.xml", "<w:document"), "a damaged DOCX"),
    ("a.docx", word("word/document.xml", LAUGHS), "a DOCX with XML entities"),
    ("a.docx", word("word/media/a.bin", "0" * 3_000_000), "a DOCX that unpacks to more than 20 times"),
    (
        "a.docx",
        word("word/media/a.bin", "0" * 9_000_000),
        "a DOCX that unpacks to more than the limit of 8 MiB",
    ),
    ("a.png", PNG, "not text but a PNG image"),
    ("a.txt", gzip.compress(RUSSIAN.encode()), "not text but a gzip archive; unpack it first"),
    ("a.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff", "not text but an executable program"),
    ("a.txt", RUSSIAN.encode() + b"\0\0\0", "not text: it holds binary data"),
    ("a.txt", bytes(range(1, 32)) * 9, "not text: it holds binary data"),
    ("a.txt", bytes(range(160, 256)) * 3, "not text, or text in an encoding that is not recognised"),
    ("a.txt", RUSSIAN.encode("utf-16")[:-1], "damaged text: UTF-16-LE"),
    ("a.xml", b"<?xml version='1.0'?><rss><title>a</title></rss>", "an XML file that is not HTML"),
    ("a.mht", b"From: <Saved by Blink>\nContent-Type: multipart/related;\n", "a web archive (MHTML)"),
    (
        "deep.html",
        b"<html><body>" + b"<div>" * 10_000 + RUSSIAN.encode(),
        "HTML nested deeper than the limit of",
    ),
    ("long.txt", RUSSIAN.encode() * 20_000, "longer than the limit of 1 MiB; split it"),
    ("a.csv", "автор;дата\nЯна;вчера\n".encode(), "no column of texts; the columns are 'автор', 'дата'"),
    ("a.jsonl", b'{"who": "x", "what": "y"}\n', "no column of texts; the columns are 'who', 'what'"),
    ("a.jsonl", b"{broken\n", "no JSON objects"),
    ("a.parquet", b"PAR1 nothing more", "a damaged Parquet file"),
    ("a.txt", b"This club meeting was rather long and nobody liked it.", "not Russian but English; --force"),
    ("a.txt", b"12345 67890", "not Russian but no words"),
]


@pytest.mark.parametrize(
    ("name", "data", "reason"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_reason(name: str, data: bytes, reason: str) -> None:
    limits = Limits(file_bytes=1024 * 1024, unpacked_bytes=8 * 1024 * 1024, unpacked_ratio=20)
    (failure,) = read_bytes(data, name, ReadOptions(limits=limits))
    assert isinstance(failure, Failure), failure
    assert failure.source == name
    assert failure.reason.startswith(reason)
    assert "\n" not in failure.reason


def test_force_reads_what_is_not_russian() -> None:
    (source,) = read_bytes(b"This club meeting was rather long.", "a.txt", ReadOptions(force=True))
    assert isinstance(source, Source)
    assert source.language == "en"


def paths_of(found: list[Source | Failure]) -> list[str]:
    return [item.name if isinstance(item, Source) else f"! {item.source}: {item.reason}" for item in found]


def test_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "in/c.html", "in/.hidden.txt", ".secret/d.txt", "in/e.pdf", "in/z.txt"):
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(RUSSIAN, "utf-8")
    Path("empty").mkdir()
    Path("in/loop").symlink_to(tmp_path, target_is_directory=True)
    Path("link.txt").symlink_to("b.txt")
    found = list(read([Path("b.txt"), Path("link.txt"), Path("in/../b.txt"), Path(), Path("in/*.html")]))
    assert paths_of(found) == ["b.txt", "a.md", "in/c.html", "in/z.txt"]
    found = list(read([Path("in")]))
    assert paths_of(found)[:2] == ["in/c.html", "in/loop/a.md"]
    found = list(
        read([Path("empty"), Path("gone.txt"), Path("*.nothing"), Path("https://club.example/review")])
    )
    assert [item.source for item in found if isinstance(item, Failure)] == [
        "empty",
        "gone.txt",
        "*.nothing",
        "https://club.example/review",
    ]
    reasons = [item.reason for item in found if isinstance(item, Failure)]
    assert reasons[0].startswith("a folder without a file to read")
    assert reasons[1:] == [
        "no such file; check the path",
        "no file matches the pattern; check the path",
        "a URL; save the page first and give the file",
    ]


def test_globs_and_other_files_are_read_after_a_failure(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("nothing but English here, a bad file", "utf-8")
    (tmp_path / "2.txt").write_text(RUSSIAN, "utf-8")
    found = list(read([tmp_path / "?.txt"]))
    assert [type(item) for item in found] == [Failure, Source]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RUSSIAN, "utf-8")
    path.chmod(0)
    (failure,) = read([path])
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("no permission to read it")


def test_vanished_between_finding_and_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(RUSSIAN, "utf-8")
    reading = read([tmp_path])
    next(reading)
    (tmp_path / "b.txt").unlink()
    (failure,) = reading
    assert isinstance(failure, Failure)
    assert failure.reason == "no such file; check the path"


def test_standard_input_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RUSSIAN.encode("cp1251"))))
    (source,) = read([Path("-"), Path("-")])
    assert isinstance(source, Source)
    assert (source.name, source.text, source.encoding) == ("-", RUSSIAN, "cp1251")


def test_strings_are_texts() -> None:
    found = list(read([RUSSIAN, "", "a\ud800b", Path("-x")]))
    assert isinstance(found[0], Source)
    assert (found[0].name, found[0].text, found[0].format, found[0].encoding) == (
        "text",
        RUSSIAN,
        "text",
        None,
    )
    assert [item.source for item in found[1:] if isinstance(item, Failure)] == ["text", "text", "-x"]
