"""What does an HTML page say? Its main text and its comments as lines, each with its kind."""

from __future__ import annotations

from lxml import etree, html
from lxml.etree import _Element

from reviewnlp.annotations import Block, BlockKind, Comment, Range
from reviewnlp.reading.article import main_lines
from reviewnlp.reading.comments import find_comments, is_article
from reviewnlp.reading.markup import has, is_hidden, text_of
from reviewnlp.reading.message import Item
from reviewnlp.reading.options import Limits
from reviewnlp.reading.source import BadInput, Extract, join_lines

MAIN = ("article", "main", "h1")


def read_page(text: str, limits: Limits) -> Extract:
    """Text of a page: the main text, then for each comment a header line (author, date) and its lines.

    Navigation, scripts, forms and the like are left out. A comment reaches from its first line
    that is no quotation to its last line. Raises `BadInput` for pages that nest too deeply.
    """
    root = parse(text, limits)
    title = _title(root)
    prune(root)
    comments = find_comments(root)
    lines: list[tuple[str, BlockKind]] = [(line.text, line.kind) for line in main_lines(root, comments)]
    places: list[tuple[int | None, int, int]] = []
    for item in comments:
        header = ", ".join(part for part in (item.author, item.date) if part)
        at = len(lines) if header else None
        if header:
            lines.append((header, "comment_header"))
        first = len(lines)
        lines.extend((line.text, line.kind) for line in item.lines)
        places.append((at, first, len(lines)))
    joined, blocks = join_lines(lines)
    return Extract(joined, title, blocks, _comments(comments, places, blocks))


def parse(text: str, limits: Limits) -> _Element:
    """The page's tree, without HTML comments; `BadInput` for what cannot be parsed or nests too deeply."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise BadInput(
            "damaged HTML: no element can be read; open it in a browser and save its text"
        ) from None
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > limits.nesting:
        raise BadInput(f"HTML nested deeper than the limit of {limits.nesting} levels; save its text as TXT")
    return root


def prune(root: _Element) -> None:
    """Drop from the tree what is never text; an element that holds the main text or comments stays."""
    kept = {root}
    comments: set[_Element] = set()
    for element in root.iter():
        if element.tag in MAIN or any(has(element, role) for role in ("item", "article")):
            kept.update((element, *element.iterancestors()))
        is_message = has(element, "post") and not is_article(element)
        if is_message or element.getparent() in comments or has(element, "item"):
            comments.add(element)
    mastheads = _mastheads(root) - comments
    for element in list(root.iter()):
        # a comment's own <footer> or <aside> says who wrote it
        by_tag = not (element in comments and element.tag in ("footer", "aside"))
        junk = element not in kept and (has(element, "junk", by_tag) or is_hidden(element))
        if (junk or element in mastheads) and element.getparent() is not None:
            _empty(element)


def _mastheads(root: _Element) -> set[_Element]:
    """A site's own headers, where the page has a heading outside them and they hold no main text."""
    found = {element for element in root.iter() if has(element, "masthead")}
    if all(any(above in found for above in heading.iterancestors()) for heading in root.iter("h1", "h2")):
        return set()
    return found - {above for one in root.iter("article", "main") for above in one.iterancestors()}


def _empty(element: _Element) -> None:
    """Take from an element all that it holds; empty, it still ends a line where it stood."""
    element[:] = []
    element.text = None
    element.attrib.clear()


def _title(root: _Element) -> str | None:
    """The page's `<title>`, else its first `<h1>`."""
    for tag in ("title", "h1"):
        for element in root.iter(tag):
            text = text_of(element)
            if text:
                return text
    return None


def _comments(
    items: list[Item], places: list[tuple[int | None, int, int]], blocks: tuple[Block, ...]
) -> tuple[Comment, ...]:
    """Comments as ranges of the text."""
    found: list[Comment] = []
    for item, (at, first, end) in zip(items, places, strict=True):
        own = blocks[first:end]
        start = next((block.start for block in own if block.kind != "quote"), own[0].start)
        found.append(
            Comment(
                start,
                own[-1].end,
                header=Range(blocks[at].start, blocks[at].end) if at is not None else None,
                author_name=item.author,
                posted_at=item.date or None,
                reply_to=item.reply_to,
            )
        )
    return tuple(found)
