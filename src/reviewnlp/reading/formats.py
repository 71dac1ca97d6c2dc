"""What is this file? Its format by content; the suffix only where content leaves it open."""

from __future__ import annotations

import io
import json
import re
import zipfile

from reviewnlp.reading.encodings import CONTROL
from reviewnlp.reading.options import ReadOptions
from reviewnlp.reading.source import BadInput, Format
from reviewnlp.reading.table import looks_like_csv
from reviewnlp.resources import rows

SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
HEAD = 64 * 1024
"""How many first characters are looked at."""
BLOCK_TAG = re.compile(
    r"</?(?:html|head|body|div|p|table|tbody|tr|td|article|section|main|ul|ol|li|br|h[1-6]|blockquote|span|meta)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
OPENS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|table|article|section|main)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
MARKDOWN_MARK = re.compile(
    r"\*\*\S[^*\n]*\*\*|\[[^\]\n]+\]\(\S+\)|^```|^#{1,6} \S[^\n]*\n(?:.*\n)*?#{1,6} \S", re.MULTILINE
)
ZIP_KINDS = (
    ("xl/workbook", "an XLSX workbook, which is not supported", "save the sheet as CSV"),
    ("ppt/presentation", "a PPTX presentation, which is not supported", "save its text as TXT or DOCX"),
    ("META-INF/container.xml", "an EPUB book, which is not supported", "save its text as TXT or HTML"),
    (
        "content.xml",
        "an OpenDocument file (ODT, ODS), which is not supported",
        "save it as DOCX or plain text",
    ),
)
OLE_KINDS = (
    ("EncryptedPackage", "an encrypted (password-protected) Office document", "save it without a password"),
    ("WordDocument", "an old Word document (.doc), which is not supported", "save it as DOCX"),
    ("Workbook", "an old Excel workbook (.xls), which is not supported", "save the sheet as CSV"),
)


def refuse(what: str, advice: str) -> BadInput:
    """The error for a file that is known but not read."""
    return BadInput(f"{what}; {advice}")


def binary_format(data: bytes) -> Format | None:
    """`docx` or `parquet` by the first bytes; None where it may be text.

    Raises `BadInput` for formats that are known and not supported.
    """
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    lead = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, when, what, advice in rows("reading", "signatures.tsv"):
        if when == "always" and lead.startswith(bytes.fromhex(magic)):
            raise _ole_kind(data) if what == "ole" else refuse(what, advice)
    if re.match(rb"(?:From: <Saved by|MIME-Version:)", lead) and b"multipart/related" in lead:
        raise refuse("a web archive (MHTML), which is not supported", "save the page as HTML only")
    return None


def name_binary(data: bytes) -> BadInput | None:
    """The error for bytes that are no text: what they are, where their first bytes tell."""
    if not CONTROL.search(data[:HEAD].decode("latin-1")):
        return None
    for magic, _, what, advice in rows("reading", "signatures.tsv"):
        if data.startswith(bytes.fromhex(magic)):
            return refuse(f"not text but {what}", advice)
    if data[4:8] == b"ftyp":
        return refuse("not text but an MP4 or QuickTime video", "transcribe it and save the text as TXT")
    if data[257:262] == b"ustar":
        return refuse("not text but a tar archive", "unpack it first")
    return None


def text_format(head: str, suffix: str, options: ReadOptions) -> Format:
    """The format of a text by its first characters and its suffix (lower case, with the dot)."""
    head = head[:HEAD]
    named = SUFFIXES.get(suffix)
    if named in ("csv", "jsonl"):
        return named
    if looks_like_jsonl(head):
        return "jsonl"
    if looks_like_html(head, named == "html"):
        return "html"
    if head.lstrip().startswith("<?xml"):
        raise refuse("an XML file that is not HTML, which is not supported", "save its text as TXT or HTML")
    if named in (None, "text") and looks_like_csv(head, options):
        return "csv"
    if named == "markdown" or looks_like_markdown(head):
        return "markdown"
    return "text"


def looks_like_html(head: str, named: bool) -> bool:
    """Whether tags make up the text; a text that mentions a tag or two is no HTML."""
    tags = len(BLOCK_TAG.findall(head))
    if named:
        return tags > 0 or "<" in head
    if OPENS_HTML.match(head):
        return tags >= 2 or re.search(r"<(?:!doctype\s+html|html)\b", head, re.IGNORECASE) is not None
    return tags >= 20 and tags * 200 >= len(head)


def looks_like_jsonl(head: str) -> bool:
    """Whether the first lines are JSON objects."""
    lines = [line for line in head.splitlines()[:6] if line.strip()]
    if len(head) >= HEAD and len(lines) > 1:
        lines = lines[:-1]
    return bool(lines) and all(_is_object(line) for line in lines)


def looks_like_markdown(head: str) -> bool:
    """Whether a text has a heading and another mark that plain text seldom has."""
    return bool(MARKDOWN_HEADING.search(head) and MARKDOWN_MARK.search(head))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _zip_kind(data: bytes) -> Format:
    """`docx`, or the error that names what the archive is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            encrypted = any(member.flag_bits & 1 for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise BadInput("a damaged archive (ZIP or DOCX); open and save it again, or copy its text") from None
    if encrypted:
        raise refuse("an encrypted archive", "save the document without a password")
    if any(name.startswith("word/document") for name in names):
        return "docx"
    for part, what, advice in ZIP_KINDS:
        if any(name.startswith(part) for name in names):
            raise refuse(what, advice)
    if "word/" in {name[:5] for name in names}:
        raise BadInput("a damaged DOCX (its text part is missing); open and save it again")
    raise refuse("a ZIP archive, which is not supported", "unpack it and give the folder")


def _ole_kind(data: bytes) -> BadInput:
    for stream, what, advice in OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            return refuse(what, advice)
    return refuse("an old Office document (OLE), which is not supported", "save it as DOCX")
