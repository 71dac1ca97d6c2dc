"""What does the mark-up say of an element? Its roles by class, id, tag and microdata; its visible lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from lxml.etree import _Element

from reviewnlp.annotations import BlockKind
from reviewnlp.resources import rows

KINDS: dict[str, BlockKind] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "list_item",
    "figcaption": "caption",
    "caption": "caption",
}
SPACES = re.compile(r"[ \t\r\n\f]+")
SMILEY = re.compile(r"smil|emo(?:ji|te|ticon)", re.IGNORECASE)


@cache
def _patterns(role: str) -> dict[str, tuple[tuple[int, re.Pattern[str]], ...]]:
    """The role's patterns by attribute, each with its position in the table."""
    table = [row for row in rows("reading", "markup.tsv") if row[0] == role]
    numbered = [(row[1], (place, re.compile(row[2]))) for place, row in enumerate(table)]
    return {name: tuple(one for other, one in numbered if other == name) for name, _ in numbered}


@lru_cache(maxsize=65536)
def _position(role: str, attribute: str, value: str) -> int | None:
    """Position among the role's rows of the first that a word of the value matches."""
    words = value.casefold().split()
    if attribute == "itemtype":
        words = [word.rsplit("/", 1)[-1] for word in words]
    patterns = _patterns(role)[attribute]
    return next((place for place, pattern in patterns for word in words if pattern.fullmatch(word)), None)


def rank(element: _Element, role: str, by_tag: bool = True) -> int | None:
    """Position among the role's rows of the first that the element matches; None where none does."""
    best: int | None = None
    for attribute in _patterns(role):
        tag = str(element.tag) if by_tag else None
        value = tag if attribute == "tag" else element.get(attribute)
        place = _position(role, attribute, value) if value else None
        if place is not None and (best is None or place < best):
            best = place
    return best


def has(element: _Element, role: str, by_tag: bool = True) -> bool:
    """Whether the element has the role, by an attribute or (if `by_tag`) by its tag."""
    return rank(element, role, by_tag) is not None


def is_quote(element: _Element) -> bool:
    """Whether an element quotes; some forums put the message itself into a `<blockquote>`."""
    return has(element, "quote", by_tag=False) or (element.tag == "blockquote" and not has(element, "body"))


def is_hidden(element: _Element) -> bool:
    """Whether the element says that it is not shown."""
    style = re.sub(r"\s", "", element.get("style", "")).casefold()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line: its text, kind, nearest block element, and how many characters are links."""

    text: str
    kind: BlockKind
    element: _Element
    linked: int


def walk(root: _Element, skip: Collection[_Element] = ()) -> Iterator[tuple[_Element, bool]]:
    """Elements under `root` in order, each on opening (True) and on closing (False).

    Elements of `skip` are left out with all that they hold. Not recursive: pages nest deeply.
    """
    stack = [(root, True)]
    while stack:
        element, opening = stack.pop()
        yield element, opening
        if opening:
            stack.append((element, False))
            if element not in skip:
                stack.extend((child, True) for child in reversed(element))


class _Writer:
    """Collects inline text into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._linked = 0

    def add(self, text: str | None, linked: bool, pre: bool, kind: BlockKind, block: _Element) -> None:
        if not text:
            return
        if pre:
            *full, text = re.split(r"\r\n|\r|\n", text)
            for line in full:
                self._put(line, linked)
                self.end(kind, block)
        self._put(text, linked)

    def _put(self, text: str, linked: bool) -> None:
        self._text.append(text)
        if linked:
            self._linked += len(text.strip())

    def end(self, kind: BlockKind, block: _Element) -> None:
        text = SPACES.sub(" ", "".join(self._text)).strip()
        if text:
            self.lines.append(Line(text, kind, block, min(self._linked, len(text))))
        self._text.clear()
        self._linked = 0


def lines(root: _Element, skip: Collection[_Element] = ()) -> list[Line]:
    """Visible lines under `root`, white space collapsed as browsers do, `<br>` and blocks ending lines.

    Elements of `skip` are left out; `root` itself may not be among them.
    """
    writer = _Writer()
    kinds: list[BlockKind] = ["paragraph"]
    blocks = [root]
    links = pre = 0
    for element, opening in walk(root, skip):
        tag = str(element.tag)
        inline = _is_inline(element)
        if not opening:
            if not inline:
                writer.end(kinds.pop(), blocks.pop())
            links -= tag == "a"
            pre -= tag == "pre"
            if element is not root:
                writer.add(element.tail, links > 0, pre > 0, kinds[-1], blocks[-1])
            continue
        if not inline:
            writer.end(kinds[-1], blocks[-1])
            kinds.append(_kind(element, kinds[-1]))
            blocks.append(element)
        links += tag == "a"
        pre += tag == "pre"
        if element not in skip:
            text = _smiley(element) if tag == "img" else element.text
            writer.add(text, links > 0, pre > 0, kinds[-1], blocks[-1])
    writer.end(kinds[-1], root)
    return writer.lines


def _is_inline(element: _Element) -> bool:
    """Whether an element runs on in the line; a quotation and the name that opens it never do."""
    if not has(element, "inline"):
        return False
    if element.tag == "cite":
        around = element.getparent()
        outer = around.getparent() if around is not None else None
        return not any(one is not None and is_quote(one) for one in (around, outer))
    return element.tag == "a" or not is_quote(element)


def _kind(element: _Element, around: BlockKind) -> BlockKind:
    """Kind of the lines right inside an element, given that of the lines around it."""
    if around == "quote" or is_quote(element):
        return "quote"
    return KINDS.get(str(element.tag), around)


def _smiley(image: _Element) -> str | None:
    """What an image of a smiley stands for."""
    named = f"{image.get('class', '')} {image.get('src', '')}"
    alternative = image.get("alt", "")
    return alternative if len(alternative) <= 12 and SMILEY.search(named) else None


def text_of(root: _Element, skip: Collection[_Element] = ()) -> str:
    """Visible text of an element, its lines joined by spaces."""
    return " ".join(line.text for line in lines(root, skip))
