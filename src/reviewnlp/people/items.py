"""Which words may be parts of a name? Capitalised words, initials, and «ван Бетховен» as one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc

from reviewnlp.language.dictionary import analyzer
from reviewnlp.people.inflection import capitalised
from reviewnlp.resources import rows, words


@dataclass(frozen=True)
class Item:
    """A word that may be part of a name, or an initial."""

    first: int
    last: int
    text: str
    initial: bool
    tag: str = ""


def items(doc: Doc) -> list[list[Item]]:
    """Runs of neighbouring capitalised words and initials; a run never crosses a line or a comma."""
    runs: list[list[Item]] = []
    run: list[Item] = []
    i = 0
    while i < len(doc):
        item = item_at(doc, i)
        if item is None:
            if run:
                runs.append(run)
            run = []
            i += 1
            continue
        run.append(item)
        i = item.last + 1
    return runs + ([run] if run else [])


def item_at(doc: Doc, i: int) -> Item | None:
    token = doc[i]
    text = token.text
    if len(text) == 1 and text.isalpha() and text.isupper():
        dotted = i + 1 < len(doc) and doc[i + 1].text == "." and not token.whitespace_
        return Item(i, i + 1 if dotted else i, text + ".", True) if dotted else None
    if len(text) == 2 and text[1] == "." and text[0].isupper():
        return Item(i, i, text, True)
    if (text.lower() in words("people", "particles.tsv") and text[:1].islower()) or text in (
        "Де",
        "Ван",
        "Фон",
    ):
        following = item_at(doc, i + 1) if i + 1 < len(doc) and token.whitespace_ else None
        before = i and doc[i - 1].text[:1].isupper()
        if following is not None and not following.initial and (before or text[:1].isupper()):
            return Item(i, following.last, f"{text} {following.text}", False)
        return None
    if text.islower() and len(text) > 3 and _only_a_name(text):
        return Item(i, i, capitalised(text), False)
    if len(text) < 2 or not text[0].isupper() or not all(c.isalpha() or c in "-'’" for c in text):
        return None
    base, hyphen, tail = text.rpartition("-")
    if hyphen and tail.lower() in _generations():
        return Item(i, i, _title_case(base), False, _generations()[tail.lower()])
    return Item(i, i, _title_case(text), False)


@lru_cache(maxsize=20_000)
def _only_a_name(word: str) -> bool:
    """Whether a word in small letters can be nothing but a name («юрий», «огородниковой»)."""
    if not analyzer().word_is_known(word):
        return False
    return all(
        any({mark} in parse.tag for mark in ("Name", "Surn", "Patr")) for parse in analyzer().parse(word)
    )


@cache
def _generations() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("people", "generations.tsv")}


def _title_case(word: str) -> str:
    return capitalised(word) if word.isupper() and len(word) > 1 else word
