"""Where on a page is the main text? trafilatura locates it; the lines come from the page's own tree."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Collection

import trafilatura
from lxml.etree import _Element

from reviewnlp.reading.markup import Line, has, lines
from reviewnlp.reading.message import Item

COVERED = 0.85
"""Share of the located text that the main element holds."""
SECTIONS = frozenset(["html", "body", "main", "article", "section", "div", "td", "center", "form"])
TELLING = 20
"""Length from which a line is looked for inside located paragraphs."""
PROSE = 60
HEADINGS = re.compile(
    r"topic-?title|topictitle|maintitle|ipstype_pagetitle|thread-?title|subject|catbg|gtabletop"
)


def main_lines(root: _Element, comments: list[Item]) -> list[Line]:
    """Lines of the page's main text and its heading, and of the heading over the comments.

    Above a forum's messages only whole sentences count: the rest is the forum's own furniture.
    """
    skip = {item.root for item in comments}
    first = comments[0].root if comments else None
    heading = _heading(root, skip)
    main = _main(root, skip)
    found = [line for line in lines(main, skip) if not _is_link(line)]
    if first is not None and not has(main, "article"):
        found = _before(found, first, main)
        if comments[0].forum and not _articles(root, skip):
            found = [line for line in found if _is_prose(line)]
    if first is None:
        found.extend(_unmarked_comments(root, main))
    texts = {line.text for line in found}
    above = [line for line in heading if line.text not in texts]
    texts.update(line.text for line in above)
    over = [line for line in _over_comments(root, skip, first) if line.text not in texts]
    return [*above, *found, *over]


def _articles(root: _Element, skip: Collection[_Element]) -> list[_Element]:
    """Elements that the mark-up calls the main text, outermost, none of them in a comment."""
    named = {element for element in root.iter() if has(element, "article") and not _within(element, skip)}
    return [one for one in root.iter() if one in named and named.isdisjoint(one.iterancestors())]


def _within(element: _Element, others: Collection[_Element]) -> bool:
    return element in others or any(above in others for above in element.iterancestors())


def _main(root: _Element, skip: Collection[_Element]) -> _Element:
    """The deepest element that holds nearly all of what trafilatura locates, else the named or whole body."""
    paragraphs, located = _located(root, skip)
    weights: dict[_Element, int] = {}
    total = 0
    for line in lines(root, skip):
        if line.text in paragraphs or (len(line.text) >= TELLING and line.text in located):
            total += len(line.text)
            for element in (line.element, *line.element.iterancestors()):
                weights[element] = weights.get(element, 0) + len(line.text)
    articles = _articles(root, skip)
    if len(articles) == 1 and weights.get(articles[0], 0) * 2 >= total:
        return articles[0]
    if not total:
        return next(root.iter("main"), root)
    deepest = [one for one in root.iter() if weights.get(one, 0) >= COVERED * total][-1]
    return next((one for one in (deepest, *deepest.iterancestors()) if one.tag in SECTIONS), root)


def _located(root: _Element, skip: Collection[_Element]) -> tuple[frozenset[str], str]:
    """Paragraphs that trafilatura takes for the main text, and all of them in one string."""
    tree = copy.deepcopy(root)
    originals = list(root.iter())
    for original, twin in zip(originals, list(tree.iter()), strict=True):
        parent = twin.getparent()
        if original in skip and parent is not None:
            parent.remove(twin)
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # trafilatura logs what it discards
    try:
        document = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True)
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
        document = None  # it fails on some odd trees; the page's own mark-up then decides
    finally:
        logging.disable(level)
    text = str(getattr(document, "text", None) or "")
    paragraphs = [re.sub(r"\s+", " ", line.removeprefix("- ")).strip() for line in text.splitlines()]
    return frozenset(paragraphs), " ".join(paragraphs)


def _heading(root: _Element, skip: Collection[_Element]) -> list[Line]:
    """The page's first heading outside the comments."""
    for tag in ("h1", "h2"):
        for element in root.iter(tag):
            if not _within(element, skip):
                return [Line(line.text, "heading", line.element, line.linked) for line in lines(element)]
    for element in root.iter():
        if HEADINGS.search((element.get("class") or "").casefold()) and not _within(element, skip):
            found = lines(element, skip)[:1]
            return [Line(line.text, "heading", line.element, line.linked) for line in found]
    return []


def _over_comments(root: _Element, skip: Collection[_Element], first: _Element | None) -> list[Line]:
    """The heading nearest above the first comment, where it stands after the main text."""
    if first is None:
        return []
    for above in first.iterancestors():
        for sibling in above:
            if sibling is first or _holds(sibling, first):
                break
            if sibling.tag in ("h2", "h3", "h4", "h5"):
                return lines(sibling)
        if has(above, "article") or above.tag in ("main", "body"):
            break
    return []


def _unmarked_comments(root: _Element, main: _Element) -> list[Line]:
    """Lines of what is called the comments, where no comment could be told from another."""
    sections = {one for one in root.iter() if has(one, "section") and one not in main.iterancestors()}
    outermost = (one for one in root.iter() if one in sections and sections.isdisjoint(one.iterancestors()))
    return [line for one in outermost if not _within(one, {main}) for line in lines(one)]


def _holds(element: _Element, inner: _Element) -> bool:
    return element in inner.iterancestors()


def _before(found: list[Line], first: _Element, main: _Element) -> list[Line]:
    """Lines before the first comment: what follows the comments is a page's foot."""
    order = {element: place for place, element in enumerate(main.iter())}
    limit = order.get(first)
    return found if limit is None else [line for line in found if order.get(line.element, 0) < limit]


def _is_prose(line: Line) -> bool:
    """Whether a line is a sentence of some length without links."""
    return not line.linked and len(line.text) >= PROSE and line.text.endswith((".", "!", "?", "…", "»"))


def _is_link(line: Line) -> bool:
    """Whether a line is hardly more than links, as lists of other pages are."""
    return line.kind != "heading" and line.linked >= 0.8 * len(line.text) and len(line.text) <= 120
