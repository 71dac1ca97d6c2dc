"""Where do names of people stand in the text, and how may each be read?

A name is a run of capitalised words and initials that fits a pattern (given name, patronymic,
surname) and agrees in gender and case. The recogniser's PER spans are evidence, not the answer:
it loses first names that are also nouns and takes capitalised common words for persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from spacy.tokens import Doc

from reviewnlp.annotations import Gender
from reviewnlp.people.acceptance import accept, certain, named_otherwise, one_entity, starts_sentence
from reviewnlp.people.evidence import gather
from reviewnlp.people.inflection import (
    Case,
    Reading,
    foreign_given_readings,
    given_readings,
    patronymic_readings,
    surname_readings,
)
from reviewnlp.people.items import Item, items
from reviewnlp.resources import rows, words

Part = Literal["G", "P", "S", "I"]
PATTERNS: tuple[str, ...] = (
    "GPS",
    "SGP",
    "IIS",
    "SII",
    "GIS",
    "GP",
    "GS",
    "SG",
    "IS",
    "GI",
    "SI",
    "G",
    "S",
    "P",
)
MOST_READINGS = 16


class FullReading(NamedTuple):
    """One way to read a whole name; initials are written «И.»."""

    given: str | None
    patronymic: str | None
    surname: str | None
    gender: Gender | None
    case: Case | None
    weight: float


@dataclass(frozen=True)
class NameMention:
    """A name in the text: code points, token positions, its pattern and how it may be read.

    `certain` names may make a person; the others only refer to one that is known.
    """

    start: int
    end: int
    first: int
    last: int
    pattern: str
    readings: tuple[FullReading, ...]
    certain: bool
    tag: str = ""
    kin: str = ""

    @property
    def strong(self) -> bool:
        """Whether the name has two parts or more."""
        return len(self.pattern) > 1


def find_names(doc: Doc) -> list[NameMention]:
    """All names in text order, not overlapping; single words only where they look like names."""
    found: list[NameMention] = []
    for run in items(doc):
        i = 0
        while i < len(run):
            mention = _best(doc, run, i)
            if mention is None:
                i += 1
            else:
                found.append(mention)
                i += len(mention.pattern)
    return [_with_kin(doc, mention) for mention in _join_namesakes(doc, found)]


def _with_kin(doc: Doc, mention: NameMention) -> NameMention:
    """«дядя Миша»: the word of kin belongs to a given name that stands alone."""
    kin = {row[0]: row[1] for row in rows("people", "kin.tsv")}
    before = doc[mention.first - 1] if mention.first else None
    if mention.pattern != "G" or before is None or before.lemma_.lower() not in kin or not before.whitespace_:
        return mention
    gender: Gender = "masc" if kin[before.lemma_.lower()] == "m" else "fem"
    readings = tuple(reading for reading in mention.readings if reading.gender == gender)
    if not readings:
        return mention
    return replace(
        mention, start=before.idx, first=before.i, readings=readings, certain=True, kin=before.lemma_.lower()
    )


def _join_namesakes(doc: Doc, mentions: Sequence[NameMention]) -> list[NameMention]:
    """«Второй Мороз, Дмитрий,»: the given name after the comma belongs to the surname."""
    found: list[NameMention] = []
    for mention in mentions:
        before = found[-1] if found else None
        joined = None if before is None else _namesake(doc, before, mention)
        family = None if before is None else _family(doc, before, mention)
        if family is not None:
            found[-1] = family
        if joined is None:
            found.append(mention)
        else:
            found[-1] = joined
    return found


def _family(doc: Doc, first: NameMention, second: NameMention) -> NameMention | None:
    """«Кирилл и Софья Бояринцевы»: the surname in the plural belongs to both given names."""
    plural = doc[second.last].text.lower().endswith(("ы", "ых", "ым", "ыми"))
    together = doc[first.last + 1 : second.first].text == "и"
    if first.pattern != "G" or second.pattern != "GS" or not plural or not together:
        return None
    items_of_name = [Item(m, m, doc[m].text, False) for m in (first.last, second.last)]
    readings = read("GS", items_of_name, doc)
    return replace(first, pattern="GS", readings=readings, certain=True) if readings else None


def _namesake(doc: Doc, surname: NameMention, given: NameMention) -> NameMention | None:
    apart = doc[surname.last + 1 : given.first].text
    marker = doc[surname.first - 1].lemma_.lower() if surname.first else ""
    if surname.pattern not in ("S", "G") or given.pattern != "G" or apart not in (",", "–", "—", "("):
        return None
    if marker not in words("people", "namesakes.tsv"):
        return None
    words_of_name = [Item(m.first, m.last, doc[m.first : m.last + 1].text, False) for m in (surname, given)]
    readings = read("SG", words_of_name, doc)
    if not readings:
        return None
    return NameMention(surname.start, given.end, surname.first, given.last, "SG", readings, True)


def _best(doc: Doc, run: Sequence[Item], i: int) -> NameMention | None:
    """The first pattern that fits at item `i` of a run."""
    for pattern in PATTERNS:
        chosen = run[i : i + len(pattern)]
        if len(chosen) < len(pattern) or any(
            (p == "I") != item.initial for p, item in zip(pattern, chosen, strict=True)
        ):
            continue
        joined = read(pattern, chosen, doc)
        if joined and accept(doc, pattern, chosen):
            first, last = chosen[0].first, chosen[-1].last
            end = doc[last].idx + len(doc[last])
            tag = chosen[-1].tag
            return NameMention(
                doc[first].idx, end, first, last, pattern, joined, certain(doc, pattern, chosen), tag
            )
    return None


def read(pattern: str, chosen: Sequence[Item], doc: Doc) -> tuple[FullReading, ...]:
    """Readings of the words as the parts of a name that agree in gender and case, the best first."""
    foreign = pattern in ("GS", "GIS") and _is_foreign(doc, chosen)
    choices = [_part_readings(part, item, foreign) for part, item in zip(pattern, chosen, strict=True)]
    evidence = gather(doc, chosen)
    found: dict[tuple[str | None, ...], FullReading] = {}
    for combination in product(*choices):
        declined = [reading for reading in combination if isinstance(reading, Reading)]
        if len({(reading.gender, reading.case) for reading in declined}) > 1:
            continue
        reading = _join(pattern, combination, declined)
        reading = reading._replace(weight=reading.weight * evidence.agreement(reading.case, reading.gender))
        key = (reading.given, reading.patronymic, reading.surname, reading.gender, reading.case)
        if key not in found or found[key].weight < reading.weight:
            found[key] = reading
    ordered = sorted(found.values(), key=lambda r: -r.weight)
    return tuple(ordered[:MOST_READINGS])


def _join(pattern: str, combination: Sequence[Reading | str], declined: Sequence[Reading]) -> FullReading:
    values: dict[str, str] = {}
    weight = 1.0
    initials = 0
    for part, reading in zip(pattern, combination, strict=True):
        if isinstance(reading, str):
            slot = "P" if initials or (part == "I" and pattern[0] == "G" and pattern != "GI") else "G"
            slot = "S" if pattern == "GI" else slot
            values[slot] = reading
            initials += 1
        else:
            values[part] = reading.nominative
            weight *= reading.weight
    gender, case = (declined[0].gender, declined[0].case) if declined else (None, None)
    return FullReading(values.get("G"), values.get("P"), values.get("S"), gender, case, weight)


def _is_foreign(doc: Doc, chosen: Sequence[Item]) -> bool:
    """Whether the recogniser takes the words for a person whose given name no list has."""
    first, last = chosen[0], chosen[-1]
    if not one_entity(doc, chosen) or given_readings(last.text):
        return False
    return not (named_otherwise(first.text) and starts_sentence(doc, first.first))


@lru_cache(maxsize=20_000)
def _given(text: str, foreign: bool) -> tuple[Reading, ...]:
    return given_readings(text) or (foreign_given_readings(text) if foreign else ())


def _part_readings(part: str, item: Item, foreign: bool) -> Sequence[Reading | str]:
    if part == "I":
        return (item.text,)
    if part == "G":
        return _given(item.text, foreign)
    if part == "P":
        return patronymic_readings(item.text)
    particle, space, word = item.text.rpartition(" ")
    readings = surname_readings(word)[: 2 * MOST_READINGS]
    if not space:
        return readings
    return tuple(r._replace(nominative=f"{particle} {r.nominative}") for r in readings)
