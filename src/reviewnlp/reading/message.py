"""What do a comment's parts say? Its author, its date, its text and the quotations in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from reviewnlp.reading.dates import find_date
from reviewnlp.reading.markup import Line, has, is_quote, lines, rank, walk

NAME_LENGTH = 60
SAID = r"(?:пишет|писал|написал|говорит|сказал|says|wrote|said)(?:\(а\)|а)?"
LEAD = re.compile(r"^(?:автор|от|пользователь|by|from|сообщение от|posted by)\b:?\s+|^#\d+\s+", re.IGNORECASE)
TRAIL = re.compile(rf"\s*(?:\b{SAID}\s*:?|[:»·|,—–-])\s*$", re.IGNORECASE)
JOINED = re.compile(r"регистрац|зарегистр|joined|member since|был на|последн", re.IGNORECASE)
NAMES = ("data-author", "data-username", "data-user-name", "data-nick")
PUBLISHED = re.compile(
    r"^(?:опубликован|отправлен|добавлен|написан|создан|posted|submitted|дата|date)\w*\b:?\s*(?:пользователем|by)?\s*",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?:^|[\s,(])(?:в|во|on)?\s*(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]"
    r"|воскресенье|mon|tue|wed|thu|fri|sat|sun)?[.,\s]*(?:в|on)?\s*$",
    re.IGNORECASE,
)
UNCHECKED = re.compile(r"\s*\(не проверено\)", re.IGNORECASE)
NO_NAME = re.compile(r"сообщени|ответ|заголовок|#|[.!?]\s", re.IGNORECASE)
SAYS = re.compile(rf"{SAID}\s*:?", re.IGNORECASE)
SIGNATURE = re.compile(r"_{8,}|-{2,3}")
QUOTE_CUE = re.compile(
    rf"{SAID}(?:\s[\w.:,\s-]{{0,40}})?:\s*$|^(?:цитата|сообщение от|quote)\b.{{0,80}}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Item:
    """One comment of a page: its element, what its header says, its visible lines.

    `nested` are the comments right inside it; `forum` tells a forum's message from a comment;
    `reply_to` is the position of the comment answered.
    """

    root: _Element
    nested: frozenset[_Element]
    forum: bool
    author: str
    date: str
    lines: list[Line]
    reply_to: int | None = None


def own(element: _Element, nested: Collection[_Element]) -> Iterator[_Element]:
    """Elements of a comment outside the comments nested in it and outside quotations."""
    quotes = 0
    for inner, opening in walk(element, nested):
        quoted = inner is not element and is_quote(inner)
        if opening and not quoted and not quotes and inner not in nested:
            yield inner
        quotes += (1 if opening else -1) if quoted else 0


def header(element: _Element, nested: Collection[_Element]) -> tuple[str, str]:
    """Author and date of a comment, each as written, or empty."""
    parts = list(own(element, nested))
    author = _best(parts, "author", _author)
    date = _best(parts, "date", _date)
    bodies = [inner for inner in parts if inner is not element and has(inner, "body")]
    before = lines(element, {*nested, *bodies})[:4] if bodies else []
    if not date:
        date = next((match.group() for line in before if (match := find_date(line.text))), "")
    if not author and date:
        told = [line for part in parts if has(part, "meta") or part.tag == "time" for line in lines(part)]
        author = next((name for line in (*told, *before) if (name := _beside_date(line.text))), "")
    if not author:
        author = next((clean_name(element.get(key, "")) for key in NAMES if element.get(key)), "")
    return author, date


def _beside_date(text: str) -> str:
    """The name before the date in one line of a header; what else may stand there is no name."""
    date = find_date(text)
    name = WEEKDAY.sub("", text[: date.start()].strip(" (,«")) if date else ""
    name = clean_name(PUBLISHED.sub("", UNCHECKED.sub("", name)))
    return "" if len(name) > 40 or NO_NAME.search(name) else name


def _best(parts: list[_Element], role: str, reading: Callable[[_Element], str]) -> str:
    """What the first element of the role's best row says, of those that say something."""
    ranked = [(place, element) for element in parts if (place := rank(element, role)) is not None]
    ranked.sort(key=lambda one: one[0])
    return next((said for _, element in ranked if (said := reading(element))), "")


def _author(element: _Element) -> str:
    """The name in an author's element: without date, «пишет» and the like."""
    inside = {inner for inner in element.iterdescendants() if inner.tag == "time" or has(inner, "meta")}
    text = next((line.text for line in lines(element, inside)), "")
    return clean_name(text or element.get("content", ""))


def clean_name(text: str) -> str:
    """A name without what stands around it in a header; empty where the text is no name."""
    date = find_date(text)
    text = text[: date.start()] if date else text
    text = LEAD.sub("", text.strip())
    while TRAIL.search(text):
        text = TRAIL.sub("", text)
    return text.strip(" «·|,") if len(text) <= NAME_LENGTH and re.search(r"\w", text) else ""


def _date(element: _Element) -> str:
    """The date in a date's element, as written."""
    found = [line.text for line in lines(element) if not JOINED.search(line.text)]
    text = " ".join(found)
    match = find_date(text)
    if match:
        return match.group()
    if element.tag == "time" or element.get("itemprop"):
        return text or element.get("datetime") or element.get("content") or ""
    return ""


def body(element: _Element, nested: Collection[_Element], author: str, date: str) -> list[Line]:
    """Lines that the commenter wrote or quoted, given what the header says.

    They stand in the outermost elements called a text that do not hold the header, else in all of
    the comment, the header left out.
    """
    parts = list(own(element, nested))
    telling = {inner for inner in parts if inner is not element and _tells(inner, author, date)}
    around = {above for inner in telling for above in inner.iterancestors()}
    named = {inner for inner in parts if inner is not element and has(inner, "body")} - telling
    texts = named - around or named
    bodies = [inner for inner in parts if inner in texts and texts.isdisjoint(inner.iterancestors())]
    if len(bodies) > 1:
        bodies = [_common(bodies, element)]
    root = bodies[0] if bodies else element
    holding = {above for inner in named for above in inner.iterancestors()} | named
    meta = {inner for inner in parts if has(inner, "meta") and inner not in holding}
    found = lines(root, {*nested, *telling, *meta} - {root})
    return with_quotes(_without_header_text(found, bool(bodies)))


def _tells(element: _Element, author: str, date: str) -> bool:
    """Whether an element gives the author or the date of its comment."""
    if author and has(element, "author") and _author(element) == author:
        return True
    return bool(date) and has(element, "date") and _date(element) == date


def _common(elements: list[_Element], top: _Element) -> _Element:
    """The lowest element that holds all of `elements`."""
    for above in elements[0].iterancestors():
        if above is top or all(other is above or above in other.iterancestors() for other in elements):
            return above
    return top


def _without_header_text(found: list[Line], bodies: bool) -> list[Line]:
    """Leave out what stands around a text that has no element of its own: a number, links to answer."""
    if bodies:
        return found
    return [
        line
        for line in found
        if not (line.linked and line.linked >= 0.8 * len(line.text) and len(line.text) < 40)
        and not re.fullmatch(r"#?\d+|[:·|•»«,–—-]+", line.text)
        and not SAYS.fullmatch(line.text)
    ]


def with_quotes(found: list[Line]) -> list[Line]:
    """Give lines their kind in a comment: quotation (with the line that introduces it) or text.

    A line of dashes or underscores ends the text: a signature follows.
    """
    result: list[Line] = []
    for place, line in enumerate(found):
        if SIGNATURE.fullmatch(line.text) and place:
            break
        following = found[place + 1].kind if place + 1 < len(found) else None
        cue = following == "quote" and QUOTE_CUE.search(line.text)
        quoted = line.kind == "quote" or cue or line.text.startswith(">")
        result.append(Line(line.text, "quote" if quoted else "comment", line.element, line.linked))
    return result
