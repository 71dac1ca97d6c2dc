"""What does a DOCX file say? Paragraphs, headings, lists and tables by python-docx, safely unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from reviewnlp.annotations import BlockKind
from reviewnlp.reading.options import MIB, Limits
from reviewnlp.reading.source import BadInput, Extract, join_lines

DAMAGED = "a damaged DOCX ({}); open it in a word processor and save it again, or copy its text"
STYLE_KINDS: tuple[tuple[str, BlockKind], ...] = (
    ("heading", "heading"),
    ("заголовок", "heading"),
    ("title", "heading"),
    ("subtitle", "heading"),
    ("caption", "caption"),
    ("list", "list_item"),
    ("quote", "quote"),
    ("intense quote", "quote"),
)
SKIPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:pPr", "w:rPr")))
SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}


def read_word(data: bytes, limits: Limits) -> Extract:
    """Text of the body, a block a line: paragraphs and table cells in order, empty ones left out.

    Deleted text, text boxes, headers, footers, notes and Word's own comments are left out. The
    title is the document's property, else the first heading. Raises `BadInput`.
    """
    check_archive(data, limits)
    try:
        document: Any = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
        title = (document.core_properties.title or "").strip()
    except (
        OpcError,
        etree.LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        OSError,
    ) as error:
        raise BadInput(DAMAGED.format(_first_line(error))) from None
    except (AttributeError, IndexError, TypeError, NotImplementedError, EOFError):
        # python-docx assumes parts that a damaged archive lacks
        raise BadInput(DAMAGED.format("a part is missing")) from None
    text, blocks = join_lines(lines)
    headings = (line for line, kind in lines if kind == "heading")
    return Extract(text, title or next(headings, None), blocks)


def check_archive(data: bytes, limits: Limits) -> None:
    """Raise `BadInput` for an archive that unpacks to too much or declares XML entities.

    `zipfile` never unpacks more of a member than its declared size, so the sum of those holds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > limits.unpacked_bytes:
                limit = limits.unpacked_bytes // MIB
                raise BadInput(f"a DOCX that unpacks to more than the limit of {limit} MiB; split it")
            if size > MIB and size > limits.unpacked_ratio * len(data):
                raise BadInput(
                    f"a DOCX that unpacks to more than {limits.unpacked_ratio} times its size, the limit "
                    "(an archive bomb?); copy its text into a TXT file"
                )
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")) and _declares_entities(archive.read(member)):
                    raise BadInput("a DOCX with XML entities, which are refused; save it again as DOCX")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise BadInput(DAMAGED.format(_first_line(error))) from None


def _declares_entities(part: bytes) -> bool:
    """Whether an XML part has a document type declaration, which Office files never have."""
    return any(
        f"<!{word}".encode(codec) in part
        for word in ("DOCTYPE", "ENTITY")
        for codec in ("utf-8", "utf-16-le", "utf-16-be")
    )


def _lines(document: Any) -> Iterator[tuple[str, BlockKind]]:
    """Lines of the body's paragraphs with their kinds, in order, table cells included."""
    styles = {style.style_id: style for style in document.styles}
    for paragraph in document.element.body.iter(qn("w:p")):
        if any(ancestor.tag in SKIPPED for ancestor in paragraph.iterancestors()):
            continue
        kind = _kind(paragraph, styles)
        for line in _text(paragraph).split("\n"):
            if line.strip():
                yield line.strip(), kind


def _text(paragraph: Any) -> str:
    """Visible text of a paragraph, links and insertions included."""
    parts: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag in SIGNS:
            parts.append(SIGNS[element.tag])
        elif element.tag not in SKIPPED and (element is paragraph or element.tag != qn("w:p")):
            stack.extend(reversed(element))
    return "".join(parts)


def _kind(paragraph: Any, styles: dict[str, Any]) -> BlockKind:
    """Kind of a paragraph: by the name of its style or of one that this is based on, by numbering."""
    properties = paragraph.pPr
    style = (
        styles.get(properties.pStyle.val)
        if properties is not None and properties.pStyle is not None
        else None
    )
    seen = 0
    while style is not None and seen < 10:
        name = (style.name or "").casefold()
        for start, kind in STYLE_KINDS:
            if name.startswith(start):
                return kind
        own = style.element.pPr
        if own is not None and own.find(qn("w:outlineLvl")) is not None:
            return "heading"
        if own is not None and own.numPr is not None:
            return "list_item"
        style, seen = style.base_style if hasattr(style, "base_style") else None, seen + 1
    if properties is not None and properties.find(qn("w:outlineLvl")) is not None:
        return "heading"
    return "list_item" if properties is not None and properties.numPr is not None else "paragraph"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:120].strip("'\" ") if str(error) else type(error).__name__
