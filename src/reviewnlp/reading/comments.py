"""Where on a page are the comments? By the mark-up, not by the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from lxml.etree import _Element

from reviewnlp.reading.dates import find_date
from reviewnlp.reading.markup import Line, has, lines
from reviewnlp.reading.message import Item, body, clean_name, header, with_quotes
from reviewnlp.reading.replies import with_replies

NEVER_COMMENTS = frozenset(("html", "body", "a", "p", "span", "form", "dt", "dd"))
OLD_BODIES = frozenset(("postbody", "postcolor", "post_message", "messagetext", "msgtext", "posttext"))


def find_comments(root: _Element) -> list[Item]:
    """Comments under `root` in document order, those without a text left out.

    First elements that classes, ids or microdata call comments or messages. Where none of them has
    a header, the elements around them or around the texts of old forums; on a page without any,
    rows of a table with a name and a date beside a text.
    """
    elements, parents = _named(root)
    items = _items(elements)
    if not any(item.author or item.date for item in items):
        texts = list(elements) or [one for one in root.iter() if _is_old_body(one)]
        wider = _items(_widened(texts))
        if any(item.author for item in wider):
            items, parents = wider, {}
    kept = [item for item in items or _table_rows(root) if item.lines]
    return with_replies(kept, parents)


def _named(root: _Element) -> tuple[dict[_Element, bool], dict[_Element, _Element]]:
    """Elements called comments (value False) or forum messages (True), and which one answers which."""
    strong: list[_Element] = []
    weak: list[_Element] = []
    for element in root.iter():
        if element.tag in NEVER_COMMENTS:
            continue
        if has(element, "item"):
            strong.append(element)
        elif has(element, "post") and not is_article(element):
            weak.append(element)
    # a message that holds comments is an article; inside a comment it is the comment's text
    holders = {above for element in strong for above in element.iterancestors()}
    comments = set(strong)
    weak = [one for one in weak if one not in holders and not _within(one, comments)]
    messages = set(weak)
    outermost = [one for one in weak if not _within(one, messages)]
    if len(outermost) < 2 or (strong and len(strong) >= len(outermost)):
        messages = set()
    named = {one: one in messages for one in root.iter() if one in messages or one in comments}
    return _without_wrappers(named)


def _within(element: _Element, others: Collection[_Element]) -> bool:
    """Whether the element lies inside one of `others`."""
    return any(above in others for above in element.iterancestors())


def is_article(element: _Element) -> bool:
    """Whether an element with the class `post` is a blog's entry rather than a forum's message."""
    classes = (element.get("class") or "").casefold().split()
    return (element.tag == "article" and "post" in classes) or any(
        word in ("hentry", "h-entry", "type-post", "page", "article") for word in classes
    )


def _without_wrappers(named: dict[_Element, bool]) -> tuple[dict[_Element, bool], dict[_Element, _Element]]:
    """Leave out elements that only wrap a comment or are its body; tell each comment's parent.

    `named` is in document order. A wrapper stands for the first comment in it.
    """
    above, inner = _nesting(named)
    dropped: dict[_Element, _Element] = {}
    for element in reversed(list(named)):
        within = [one for other in inner[element] for one in (inner[other] if other in dropped else [other])]
        within = [one for one in within if one not in dropped]
        inner[element] = within
        if within and not _says_something(lines(element, frozenset(within))):
            dropped[element] = within[0]
        elif len(within) == 1 and _is_body_of(within[0], element, inner[within[0]]):
            dropped[within[0]] = element
    parents: dict[_Element, _Element] = {}
    for element in named:
        outer = above.get(element) if element not in dropped else None
        while outer is not None:
            comment = outer
            while comment in dropped:
                comment = dropped[comment]
            if comment is not element:
                parents[element] = comment
                break
            outer = above.get(outer)
    return {element: forum for element, forum in named.items() if element not in dropped}, parents


def _nesting(elements: Iterable[_Element]) -> tuple[dict[_Element, _Element], dict[_Element, list[_Element]]]:
    """For each element the nearest other one around it, if any, and those right inside it."""
    inner: dict[_Element, list[_Element]] = {element: [] for element in elements}
    above: dict[_Element, _Element] = {}
    for element in inner:
        outer = next((one for one in element.iterancestors() if one in inner), None)
        if outer is not None:
            above[element] = outer
            inner[outer].append(element)
    return above, inner


def _says_something(own: list[Line]) -> bool:
    """Whether lines hold more than links and a sign or two."""
    return any(len(line.text) > 2 and line.linked < len(line.text) for line in own)


def _is_body_of(inner: _Element, outer: _Element, nested: Collection[_Element]) -> bool:
    """Whether `inner` is only the text of the comment `outer`, which alone names an author or a date.

    `nested` are the comments in `inner`.
    """
    return not any(header(inner, frozenset(nested))) and any(header(outer, (inner,)))


def _is_old_body(element: _Element) -> bool:
    return not OLD_BODIES.isdisjoint((element.get("class") or "").casefold().split())


def _widened(texts: list[_Element]) -> dict[_Element, bool]:
    """For each text of a message without a header, the largest element that holds no other text."""
    counts = Counter(above for text in texts for above in text.iterancestors())
    found: dict[_Element, bool] = {}
    for text in texts:
        chain = [text, *text.iterancestors()]
        # a quotation splits a text in two; both halves lie in one cell, whose row names one author
        row = next((element for element in chain if element.tag == "tr" and header(element, ())[0]), None)
        found[row if row is not None else [one for one in chain if counts[one] <= 1][-1]] = True
    return found if len(found) > 1 else {}


def _items(elements: dict[_Element, bool]) -> list[Item]:
    _, inner = _nesting(elements)
    items: list[Item] = []
    for element, forum in elements.items():
        nested = frozenset(inner[element])
        author, date = header(element, nested)
        items.append(Item(element, nested, forum, author, date, body(element, nested, author, date)))
    return items


def _table_rows(root: _Element) -> list[Item]:
    """Rows of two cells, a name and a date beside a text or above one, at least two of them."""
    items: list[Item] = []
    for row in root.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) != 2 or row.find(".//tr") is not None:
            continue
        left, right = lines(cells[0]), lines(cells[1])
        if not left or not right or sum(len(line.text) for line in left) > 150:
            continue
        date = next((m.group() for line in (*left, *right[:1]) if (m := find_date(line.text))), "")
        author = clean_name(left[0].text)
        if not date or not author:
            continue
        if find_date(right[0].text) and len(right[0].text) < len(date) + 50:
            following = row.getnext()
            right = right[1:] or (lines(following[-1]) if following is not None and len(following) else [])
        items.append(Item(row, frozenset(), True, author, date, with_quotes(right)))
    return items if len(items) > 1 else []
