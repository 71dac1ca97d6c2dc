"""Which names belong to one person? Compatible names merge; a bare surname goes to the last who fits.

Every cluster keeps hypotheses about its full name and gender; a new mention multiplies them by its
own readings, so that «Лапина» beside «Зоя Лапина» cannot be read as a man's genitive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reviewnlp.annotations import Gender
from reviewnlp.people.inflection import fold, full_names
from reviewnlp.people.names import FullReading, NameMention

MOST_HYPOTHESES = 12
CLEARLY_BETTER = 2.0
GIVEN, SURNAME = 0, 2
LAST = 10**9


class Identity(NamedTuple):
    """What a person may be called; parts in the nominative, initials as «И.»."""

    given: str | None
    patronymic: str | None
    surname: str | None
    gender: Gender | None


@dataclass
class Cluster:
    """The names taken for one person."""

    hypotheses: dict[Identity, float]
    mentions: list[NameMention] = field(default_factory=list)
    tag: str = ""
    kin: str = ""
    nick: str = ""
    canonical: str = ""

    @property
    def identity(self) -> Identity:
        """The most plausible hypothesis."""
        return max(self.hypotheses, key=lambda identity: self.hypotheses[identity])

    @property
    def name(self) -> str:
        """Canonical name, given name first; the name in a comment's header as it is written."""
        if self.canonical or self.nick:
            return self.canonical or self.nick
        identity = self.identity
        if self.kin and identity.given and not identity.surname:
            return f"{self.kin} {identity.given}"
        tag = f"-{self.tag}" if self.tag and identity.surname and not identity.given else ""
        return " ".join(part for part in identity[:3] if part) + tag


def cluster(mentions: Sequence[NameMention], seeds: Sequence[Cluster] = ()) -> list[Cluster]:
    """Persons behind the names: first the names of two parts, the fullest first, then single words.

    `seeds` are persons known beforehand, kept even without a mention. Single words that may
    not make a person and fit none are dropped. The seeds come first, in their order.
    """
    clusters = list(seeds)
    strong = [mention for mention in mentions if mention.strong]
    for mention in sorted(strong, key=lambda mention: -_fullness(mention)):
        options = [(score, i) for i, c in enumerate(clusters) if (score := _fit(c, mention)) > 0]
        if options and _unambiguous(options, clusters, mention):
            best = max(options, key=lambda option: (option[0], -_distance(clusters[option[1]], mention)))[1]
            _add(clusters[best], mention)
        else:
            clusters.append(_new(mention))
    _resolve_single(mentions, clusters)
    for person in clusters:
        person.mentions.sort(key=lambda mention: mention.start)
    return clusters


def _fullness(mention: NameMention) -> int:
    """Given name, patronymic and surname before initials before two words."""
    return {
        "GPS": 9,
        "SGP": 9,
        "GS": 8,
        "SG": 8,
        "IIS": 7,
        "SII": 7,
        "GIS": 8,
        "IS": 6,
        "SI": 6,
        "GP": 5,
    }.get(mention.pattern, 4)


def _unambiguous(options: list[tuple[float, int]], clusters: list[Cluster], mention: NameMention) -> bool:
    """«Галина Петровна» is Рощина where no second Галина could be meant."""
    if mention.pattern not in ("GP", "GI"):
        return True
    exact = [i for _, i in options if clusters[i].identity.patronymic is not None]
    return bool(exact) or len(options) == 1


def _distance(person: Cluster, mention: NameMention) -> int:
    return min((abs(other.start - mention.start) for other in person.mentions), default=LAST)


def _resolve_single(mentions: Sequence[NameMention], clusters: list[Cluster]) -> None:
    """Give single words, in text order, to the last mentioned person who fits."""
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.strong:
            continue
        options = [(score, i) for i, c in enumerate(clusters) if (score := _fit(c, mention)) > 0]
        if options:
            top = max(score for score, _ in options)
            near = [i for score, i in options if score * CLEARLY_BETTER >= top]
            near = [i for i in near if not clusters[i].nick] or near
            _add(clusters[min(near, key=lambda i: (_recency(clusters[i], mention), i))], mention)
        elif mention.certain:
            clusters.append(_new(mention))


def _recency(person: Cluster, mention: NameMention) -> tuple[int, int]:
    """Persons mentioned before come first, the latest of them first of all."""
    before = [m.start for m in person.mentions if m.start < mention.start]
    if before:
        return (0, mention.start - max(before))
    return (1, min((m.start for m in person.mentions), default=LAST))


def _new(mention: NameMention) -> Cluster:
    hypotheses: dict[Identity, float] = {}
    for reading in mention.readings:
        identity = Identity(reading.given, reading.patronymic, reading.surname, reading.gender)
        hypotheses[identity] = max(hypotheses.get(identity, 0.0), reading.weight)
    return Cluster(_normalised(hypotheses), [mention], mention.tag, mention.kin)


def _add(person: Cluster, mention: NameMention) -> None:
    """Add a mention; hypotheses that it cannot mean are dropped."""
    merged = _product(person.hypotheses, mention.readings)
    if merged:
        person.hypotheses = _normalised(merged)
    person.mentions.append(mention)
    person.tag = person.tag or mention.tag
    person.kin = person.kin or mention.kin


def _fit(person: Cluster, mention: NameMention) -> float:
    """How well a mention fits a person; 0 where it does not."""
    if mention.tag and person.tag and mention.tag != person.tag:
        return 0.0
    if (mention.kin and mention.kin != person.kin) or (person.nick and mention.strong):
        return 0.0
    return max(_product(person.hypotheses, mention.readings).values(), default=0.0)


def _product(hypotheses: dict[Identity, float], readings: Sequence[FullReading]) -> dict[Identity, float]:
    found: dict[Identity, float] = {}
    for identity, weight in hypotheses.items():
        for reading in readings:
            merged = combine(identity, reading)
            if merged is not None:
                found[merged] = max(found.get(merged, 0.0), weight * reading.weight)
    return found


def _normalised(hypotheses: dict[Identity, float]) -> dict[Identity, float]:
    best = sorted(hypotheses.items(), key=lambda item: -item[1])[:MOST_HYPOTHESES]
    top = best[0][1] or 1.0
    return {identity: weight / top for identity, weight in best}


def combine(identity: Identity, reading: FullReading) -> Identity | None:
    """One identity of two that may be the same person, with the fuller parts; None where they clash."""
    if identity.gender and reading.gender and identity.gender != reading.gender:
        return None
    shared = (identity.surname and reading.surname) or (identity.given and reading.given) or (
        identity.patronymic and reading.patronymic
    )  # fmt: skip
    parts = [
        _merge_part(ours, theirs, i)
        for i, (ours, theirs) in enumerate(zip(identity[:3], reading[:3], strict=True))
    ]
    if not shared or any(part is False for part in parts):
        return None
    given, patronymic, surname = (part if isinstance(part, str) else None for part in parts)
    return Identity(given, patronymic, surname, identity.gender or reading.gender)


def _merge_part(ours: str | None, theirs: str | None, position: int) -> str | bool | None:
    """The fuller of two forms of a name's part, None where both lack it, False where they clash."""
    if ours is None or theirs is None:
        return ours or theirs
    a, b = fold(ours), fold(theirs)
    if a == b:
        return ours if "ё" in ours.lower() or "ё" not in theirs.lower() else theirs
    if a.endswith(".") or b.endswith("."):
        if a[0] != b[0] or position == SURNAME:
            return False
        return theirs if a.endswith(".") else ours
    if position != GIVEN:
        return False
    full_a, full_b = full_names().get(a, frozenset((a,))), full_names().get(b, frozenset((b,)))
    if not full_a & full_b:
        return False
    return ours if a in full_b or (len(a) > len(b) and b not in full_a) else theirs


def aliases(person: Cluster, text: str) -> tuple[str, ...]:
    """The forms as written, other than the canonical name, sorted."""
    counted = Counter(" ".join(text[m.start : m.end].split()) for m in person.mentions)
    counted.pop(person.name, None)
    return tuple(sorted(counted))
