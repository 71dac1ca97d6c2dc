"""Which comment of a page does a comment answer? By attributes and links, by nesting, by who is quoted."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from reviewnlp.reading.markup import has, text_of
from reviewnlp.reading.message import SAID, Item, own

QUOTED_NAME = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:цитата\s*(?:\(|:\s*)|сообщение от|quote\s*[(:])\s*(?P<name>[^():]+?)\s*(?:[):]|\s(?:@|от)\s|$)",
        rf"^(?P<name>[^:,]+?)(?:[,\s(]+\d[\d\s.:,]*[)]?)?\s+{SAID}",
        rf"^[^:,]*\bназад,\s(?P<name>[^:,]+?)\s+{SAID}",
        r"^(?P<name>[^(:]+?)\s*\((?=.*\d)[^)]*\)",
    )
)
QUOTE_NAMES = ("data-quote", "data-ipsquote-username", "data-author", "data-username")
PARENT_IDS = ("data-parent-id", "data-parent", "data-reply-to", "data-parent-comment-id", "data-parentid")
IDS = ("id", "data-id", "data-comment-id", "data-post-id", "data-commentid")
ANSWERS = ("↑", "в ответ", "ответ на")


def with_replies(items: list[Item], parents: Mapping[_Element, _Element]) -> list[Item]:
    """Items with `reply_to`, always an earlier one; `parents` gives what the nesting tells."""
    places = {item.root: place for place, item in enumerate(items)}
    ids = _ids(items, places)
    latest: dict[str, int] = {}
    answered: list[Item] = []
    for place, item in enumerate(items):
        parent = places.get(parents[item.root]) if item.root in parents else _before(item, places)
        quoted = next((latest[name] for name in _quoted_names(item) if name in latest), None)
        earlier = (one for one in (_linked(item, ids), parent, quoted) if one is not None and one < place)
        answered.append(dataclasses.replace(item, reply_to=next(earlier, None)))
        if item.author:
            latest[item.author.casefold()] = place
    return answered


def _before(item: Item, places: Mapping[_Element, int]) -> int | None:
    """The comment right before a list of answers that holds the item."""
    for above in item.root.iterancestors():
        if above in places:
            return None
        if has(above, "replies"):
            siblings = above.itersiblings(preceding=True)
            within = (places[one] for sibling in siblings for one in sibling.iter() if one in places)
            return next(within, None)
    return None


def _ids(items: list[Item], places: Mapping[_Element, int]) -> dict[str, int]:
    """Positions of comments by the numbers in their identifiers, or in those of what wraps them alone."""
    ids: dict[str, int] = {}
    for place, item in enumerate(items):
        for element in (item.root, *item.root.iterancestors()):
            if element is not item.root and (element in places or len(element) > 1):
                break
            for name in IDS:
                if element.get(name):
                    ids.setdefault(_number(element.get(name, "")), place)
    return ids


def _number(identifier: str) -> str:
    digits: list[str] = re.findall(r"\d+", identifier)
    return digits[-1] if digits else identifier.casefold()


def _linked(item: Item, ids: Mapping[str, int]) -> int | None:
    """The comment to which an attribute or a link of the header points."""
    for name in PARENT_IDS:
        if item.root.get(name):
            return ids.get(_number(item.root.get(name, "")))
    for element in own(item.root, item.nested):
        _, hash_sign, target = element.get("href", "").rpartition("#")
        if hash_sign and (has(element, "parent") or text_of(element).casefold().startswith(ANSWERS)):
            return ids.get(_number(target))
    return None


def _quoted_names(item: Item) -> Iterator[str]:
    """Names, case folded, that the quotation at the beginning gives to its author."""
    for line in item.lines:
        if line.kind != "quote":
            return
        for element in (line.element, *line.element.iterancestors()):
            if element is item.root:
                break
            yield from (element.get(name, "").casefold() for name in QUOTE_NAMES if element.get(name))
        for pattern in QUOTED_NAME:
            match = pattern.search(line.text)
            if match:
                yield match["name"].strip().casefold()
