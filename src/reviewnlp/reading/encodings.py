"""In which encoding are these bytes? UTF-8, UTF-16 or a Russian code page, or no text at all.

Order: byte order mark, zero bytes in every second place, strict UTF-8, then the code pages that
charset-normalizer finds possible. On one sentence it confuses cp1251, koi8-r and cp866 (each is
Cyrillic in the others' letters), so the choice among them is made by how often Russian letters
follow each other.
"""

from __future__ import annotations

import codecs
import math
import re
from functools import cache

from charset_normalizer import from_bytes

from reviewnlp.reading.source import BadInput
from reviewnlp.resources import rows

CODE_PAGES = ("cp1251", "koi8-r", "cp866")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
REPORTED = {"utf-8-sig": "utf-8", "koi8_r": "koi8-r"}
SAMPLE = HEAD = 64 * 1024
DECLARED = re.compile(
    rb"<(?:meta\s[^>]*charset|\?xml\s[^>]*encoding)\s*=\s*[\"']?\s*(?P<name>[\w-]+)", re.IGNORECASE
)
PAIR_FLOOR = 0.3
"""Pairs per 100,000 that a pair never seen counts for."""
PLAUSIBLE = -9.0
"""Mean log-probability of a pair below which letters are no Russian."""
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
HALF = re.compile("[\ud800-\udfff]")
MIXED = re.compile(r"[a-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][a-z]|[а-яё][А-ЯЁ]")
STRANGE = re.compile(r"[^\x00-\x7fа-яёА-ЯЁіїєґўІЇЄҐЎ\xa0«»„“”‘’–—…№©®™•°§±·]")
NOT_TEXT = "not text: it holds binary data; give a text, Markdown, HTML or DOCX file"


def decode(data: bytes) -> tuple[str, str]:
    """Text without its byte order mark, and the encoding's name as reported.

    Raises `BadInput` where the bytes are no text, or text in an encoding that is not read.
    """
    encoding = detect(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(damaged(encoding, data, error.start)) from None
    check_text(text)
    return text, reported(encoding, data)


def decode_declared(data: bytes) -> tuple[str, str] | None:
    """An HTML page's text by the encoding that it declares, as browsers do; None where that is no help.

    A few broken bytes (a cut title) become U+FFFD, which in plain text would shift no offset but
    hide damage, and is refused there.
    """
    declared = DECLARED.search(data[:HEAD])
    if declared is None or b"\0" in data:
        return None
    try:
        codec = codecs.lookup(declared["name"].decode("ascii")).name
        text = data.decode(codec, "replace")
        check_text(text)
    except (LookupError, UnicodeError, BadInput):
        return None
    return (text, reported(codec, data)) if text.count("\ufffd") * 100 <= len(text) else None


def reported(encoding: str, data: bytes) -> str:
    """Name of the encoding for the report."""
    if encoding == "utf-16":
        return "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    return REPORTED.get(encoding, encoding)


def check_text(text: str) -> None:
    """Raise `BadInput` where a decoded text holds binary data or half a surrogate pair."""
    controls = len(CONTROL.findall(text))
    if "\0" in text or controls * 100 > len(text):
        raise BadInput(NOT_TEXT)
    if HALF.search(text):
        raise BadInput("not text: it holds half a surrogate pair; save it as UTF-8 again")


def detect(data: bytes) -> str:
    """Name of the codec that decodes `data` (a whole file, or its beginning cut at any byte)."""
    for mark, codec in MARKS:
        if data.startswith(mark):
            return codec
    wide = _without_mark(data)
    if wide:
        return wide
    if b"\0" in data:
        raise BadInput(NOT_TEXT)
    if _is_utf8(data):
        return "utf-8"
    return _code_page(data)


def damaged(encoding: str, data: bytes, at: int) -> str:
    """The reason for a text whose bytes stop being `encoding` at byte `at`."""
    line = data.count(b"\n", 0, at) + 1
    name = reported(encoding, data).upper()
    return (
        f"damaged text: {name} up to byte {at} (line {line}), then bytes that are not; "
        "save it in one encoding, best in UTF-8"
    )


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, or UTF-8 with a few damaged places (better told than guessed)."""
    try:
        data.decode("utf-8")
        return True
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 0:
            return not data[: error.start].isascii()
    good = len(re.findall(rb"[\xd0\xd1][\x80-\xbf]", data))
    return good * 2 * 10 > 8 * len(data.translate(None, bytes(range(128))))


def _without_mark(data: bytes) -> str | None:
    """UTF-16 told by its high bytes: 0 (Latin, spaces) and 4 (Cyrillic) in every second place."""
    sample = data[: SAMPLE // 2 * 2]
    if len(sample) < 4 or len(data) % 2:
        return None
    for codec, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        wide = high.count(0) + high.count(4) + high.count(0x20)
        zeros = high.count(0) or high.count(4) > len(high) // 2
        if zeros and wide * 10 > 9 * len(high) and low.count(0) * 10 < len(low):
            return codec
    return None


def _code_page(data: bytes) -> str:
    """The likeliest Russian code page; `BadInput` where none gives Russian letters in likely order."""
    sample = _telling(data)
    matches = from_bytes(sample, cp_isolation=list(CODE_PAGES), threshold=0.9)
    possible = {name for match in matches for name in (match.encoding, *match.could_be_from_charset)}
    pages = [page for page in CODE_PAGES if page.replace("-", "_") in possible] or list(CODE_PAGES)
    scored = [(_likelihood(sample, page), page) for page in pages]
    best, page = max(scored, key=lambda pair: pair[0])
    if best < PLAUSIBLE:
        raise BadInput(
            "not text, or text in an encoding that is not recognised "
            "(UTF-8, UTF-16, cp1251, koi8-r and cp866 are); save it as UTF-8"
        )
    return page


def _telling(data: bytes) -> bytes:
    """The first stretches that are not ASCII, up to the size of a sample."""
    lines: list[bytes] = []
    size = 0
    for match in re.finditer(rb"[\x20-\x7e]{0,40}[\x80-\xff][^\r\n]{0,1000}", data):
        lines.append(match.group())
        size += len(lines[-1])
        if size >= SAMPLE:
            break
    return b"\n".join(lines)


def _likelihood(sample: bytes, page: str) -> float:
    """Mean log-probability of the pairs of letters, lowered by what no Russian text has."""
    text = sample.decode(page, "replace")
    table = _pairs()
    words = re.findall("[а-яё]+", text.lower())
    total = count = 0.0
    for word in words:
        for pair in zip("^" + word, word + "$", strict=True):
            total += table.get("".join(pair), math.log(PAIR_FLOOR / 100_000))
            count += 1
    if not count:
        return -math.inf if STRANGE.search(text) else PLAUSIBLE
    strange = len(MIXED.findall(text)) + len(STRANGE.findall(text))
    return total / count - 8.0 * strange / sum(map(len, words))


@cache
def _pairs() -> dict[str, float]:
    """Log-probability of each pair of Russian letters."""
    table: dict[str, float] = {}
    for first, pairs in rows("reading", "letter_pairs.tsv"):
        for pair in pairs.split():
            table[first + pair[0]] = math.log(int(pair[1:]) / 100_000)
    return table
