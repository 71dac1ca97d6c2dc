"""How does a name decline? From any case to the nominative, and from the nominative to any case.

The declension classes are a table (`data/declension.tsv`); pymorphy3's dictionary adds given
names and irregular nouns. A form usually has several readings («Карпова»: a woman in the
nominative, a man in the genitive); whoever knows more about the person chooses among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from reviewnlp.annotations import Gender
from reviewnlp.language.dictionary import analyzer
from reviewnlp.resources import rows

Case = Literal["nom", "gen", "dat", "acc", "ins", "loc"]
CASES: tuple[Case, ...] = ("nom", "gen", "dat", "acc", "ins", "loc")
_PYMORPHY_CASES: dict[str, Case] = {
    "nomn": "nom", "gent": "gen", "datv": "dat", "accs": "acc", "ablt": "ins", "loct": "loc", "gen2": "gen",
    "loc2": "loc",
}  # fmt: skip
_TO_PYMORPHY: dict[Case, str] = {
    "nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct"
}  # fmt: skip
_GENDERS: dict[str, Gender] = {"m": "masc", "f": "fem"}
PATRONYMIC = re.compile(r"(?:ович|евич|ич|[оеё]вн|ичн|иничн)(?:а|у|ом|ем|е|ы|ой|ою)?$")
KNOWN_LEMMA_BONUS, SURNAME_BONUS = 1.4, 1.6
LISTED_WEIGHT, UNLISTED_WEIGHT = 1.0, 0.7


class Reading(NamedTuple):
    """One way to read a name form: its nominative, whose it is, in which case, how plausible."""

    nominative: str
    gender: Gender
    case: Case
    weight: float


@dataclass(frozen=True)
class _Class:
    """A row of the declension table."""

    name: str
    gender: Gender
    stem: re.Pattern[str]
    endings: tuple[tuple[str, ...], ...]
    weight: float


@cache
def _classes() -> tuple[_Class, ...]:
    table = []
    for name, gender, stem, *cells in rows("people", "declension.tsv"):
        endings = tuple(tuple("" if e == "-" else e for e in cell.split("/")) for cell in cells[:6])
        table.append(_Class(name, _GENDERS[gender], re.compile(f"(?:{stem})$"), endings, float(cells[6])))
    return tuple(table)


def fold(name: str) -> str:
    """Case and ё do not tell names apart."""
    return name.casefold().replace("ё", "е")


def capitalised(name: str) -> str:
    """«салтыков-щедрин» → «Салтыков-Щедрин»; inner capitals of mixed case are kept."""
    if not (name.islower() or name.isupper()):
        return name
    parts = [part[:1].upper() + part[1:].lower() for part in name.split("-")]
    return "-".join(part.lower() if part.lower() in ("оглы", "кызы", "заде") else part for part in parts)


def _by_table(form: str, classes: tuple[str, ...]) -> list[Reading]:
    """Every reading that the declension table allows."""
    found = []
    for row in _classes():
        if row.name not in classes:
            continue
        for case, endings in zip(CASES, row.endings, strict=True):
            for ending in endings:
                stem = form[: len(form) - len(ending)]
                if form.endswith(ending) and len(stem) >= 2 and row.stem.search(stem):
                    found.append(Reading(stem + row.endings[0][0], row.gender, case, row.weight))
    return found


@lru_cache(maxsize=20_000)
def _known_nominative(word: str) -> bool:
    """Whether the dictionary has the word as a noun or adjective in the nominative."""
    return any(
        parse.is_known and {"nomn", "sing"} in parse.tag and parse.tag.POS in ("NOUN", "ADJF")
        for parse in analyzer().parse(word)
    )


@lru_cache(maxsize=20_000)
def _dictionary_surnames(form: str) -> frozenset[tuple[str, Gender, Case]]:
    """Readings (nominative, gender, case) that pymorphy3 marks as surnames."""
    found = set()
    for parse in analyzer().parse(form):
        if "Surn" not in parse.tag or "Pltm" in parse.tag or parse.tag.number == "plur":
            continue
        case = _PYMORPHY_CASES.get(parse.tag.case)
        for gender in _genders(parse.tag):
            nominative = _nominative(parse, gender)
            if case is not None and nominative is not None:
                found.add((fold(nominative), gender, case))
    return frozenset(found)


def _genders(tag: object) -> tuple[Gender, ...]:
    text = str(tag)
    if "ms-f" in text:
        return ("masc", "fem")
    return ("fem",) if "femn" in text else ("masc",) if "masc" in text else ()


def _nominative(parse: object, gender: Gender) -> str | None:
    """Singular nominative of the parse's own gender (normal forms of surnames are masculine)."""
    inflected = parse.inflect({"nomn", "sing"})  # type: ignore[attr-defined]  # pymorphy3 has no types
    return None if inflected is None else str(inflected.word)


@lru_cache(maxsize=20_000)
def surname_readings(form: str) -> tuple[Reading, ...]:
    """Readings of a surname's form, the most plausible first.

    Parts of a hyphenated surname agree in gender and case; «-старший» stays as it is.
    """
    base, hyphen, tail = form.rpartition("-")
    if hyphen and base:
        return _hyphenated(base, tail)
    found: dict[tuple[str, Gender, Case], Reading] = {}
    by_dictionary = _dictionary_surnames(form.lower())
    candidates = _by_table(form, ("possessive", "adjective", "fixed", "noun", "family")) + _irregular(form)
    for reading in candidates:
        weight = reading.weight
        if (fold(reading.nominative), reading.gender, reading.case) in by_dictionary:
            weight *= SURNAME_BONUS
        if _known_nominative(reading.nominative.lower()):
            weight *= KNOWN_LEMMA_BONUS
        key = (reading.nominative, reading.gender, reading.case)
        if key not in found or found[key].weight < weight:
            found[key] = reading._replace(weight=weight)
    return tuple(
        sorted(found.values(), key=lambda r: (-r.weight, CASES.index(r.case), r.nominative, r.gender))
    )


def _irregular(form: str) -> list[Reading]:
    """Nouns whose stem changes (Зайцу → Заяц, Льва → Лев), by the dictionary."""
    found = []
    for parse in analyzer().parse(form.lower()):
        case = _PYMORPHY_CASES.get(parse.tag.case or "")
        if parse.tag.POS != "NOUN" or not parse.is_known or parse.tag.number != "sing" or case is None:
            continue
        nominative = _nominative(parse, "masc")
        if "masc" in parse.tag and nominative is not None and "Patr" not in parse.tag:
            found.append(Reading(capitalised(nominative), "masc", case, 0.6))
    return found


def _hyphenated(base: str, tail: str) -> tuple[Reading, ...]:
    """Readings of «Римскому-Корсакову»; a first part that does not decline is allowed."""
    if fold(tail) in ("заде", "оглы", "кызы", "оол"):
        genders: tuple[Gender, ...] = ("masc", "fem")
        return tuple(Reading(f"{base}-{tail}", gender, case, 0.8) for gender in genders for case in CASES)
    found: dict[tuple[str, Gender, Case], Reading] = {}
    firsts = surname_readings(base)
    for second in surname_readings(tail):
        matching = [f for f in firsts if (f.gender, f.case) == (second.gender, second.case)]
        options = [(f.nominative, f.weight) for f in matching[:3]] or [(base, 0.3)]
        for first, weight in options:
            reading = Reading(
                f"{first}-{second.nominative}", second.gender, second.case, weight * second.weight
            )
            found.setdefault((reading.nominative, reading.gender, reading.case), reading)
    return tuple(
        sorted(found.values(), key=lambda r: (-r.weight, CASES.index(r.case), r.nominative, r.gender))
    )


@cache
def given_names() -> dict[str, tuple[Gender, ...]]:
    """Given names and diminutives of `data/given.tsv` (nominative → genders)."""
    found: dict[str, set[Gender]] = {}
    for name, gender, *short in rows("people", "given.tsv"):
        for form in (name, *(short[0].split() if short else ())):
            found.setdefault(form, set()).add(_GENDERS[gender])
    return {name: tuple(sorted(genders)) for name, genders in found.items()}


@cache
def full_names() -> dict[str, frozenset[str]]:
    """Folded diminutive → folded full names that it may stand for (itself included)."""
    found: dict[str, set[str]] = {}
    for name, _, *short in rows("people", "given.tsv"):
        for form in (name, *(short[0].split() if short else ())):
            found.setdefault(fold(form), {fold(form)}).add(fold(name))
    return {form: frozenset(names) for form, names in found.items()}


@cache
def _listed_forms() -> dict[str, tuple[Reading, ...]]:
    """Folded form → readings, for the listed given names in all cases."""
    found: dict[str, dict[tuple[str, Gender, Case], Reading]] = {}
    for name, genders in given_names().items():
        for gender in genders:
            for case in CASES:
                for form in _decline(name, gender, case, ("noun", "third", "fixed")):
                    reading = Reading(name, gender, case, LISTED_WEIGHT)
                    found.setdefault(fold(form), {})[name, gender, case] = reading
    return {form: tuple(readings.values()) for form, readings in found.items()}


@lru_cache(maxsize=20_000)
def given_readings(form: str) -> tuple[Reading, ...]:
    """Readings of a given name's form; empty where neither list nor dictionary has the name."""
    found = {(fold(r.nominative), r.gender, r.case): r for r in _listed_forms().get(fold(form), ())}
    for parse in analyzer().parse(form.lower()):
        case = _PYMORPHY_CASES.get(parse.tag.case or "")
        known = parse.is_known or ("-" in form and all(map(given_readings, form.split("-"))))
        if "Name" not in parse.tag or not known or parse.tag.number != "sing" or case is None:
            continue
        for gender in _genders(parse.tag):
            nominative = _nominative(parse, gender)
            if nominative is not None:
                key = (fold(nominative), gender, case)
                found.setdefault(key, Reading(capitalised(nominative), gender, case, UNLISTED_WEIGHT))
    return tuple(sorted(found.values(), key=lambda r: (CASES.index(r.case), r.nominative, r.gender)))


@lru_cache(maxsize=5_000)
def foreign_given_readings(form: str) -> tuple[Reading, ...]:
    """Readings of a given name that no dictionary has, by its ending alone."""
    found: dict[tuple[str, Gender, Case], Reading] = {}
    for reading in _by_table(form, ("noun", "fixed")):
        feminine_ending = reading.nominative[-1] in "ая"
        weight = 0.5 if (reading.gender == "fem") == feminine_ending else 0.2
        found.setdefault((reading.nominative, reading.gender, reading.case), reading._replace(weight=weight))
    return tuple(found.values())


@lru_cache(maxsize=5_000)
def patronymic_readings(form: str) -> tuple[Reading, ...]:
    """Readings of a patronymic's form; empty where it is none."""
    if not PATRONYMIC.search(form.lower()):
        return ()
    readings = _by_table(form, ("patronymic",))
    return tuple(reading for reading in readings if _from_given_name(reading.nominative))


def _from_given_name(patronymic: str) -> bool:
    """Whether a patronymic is made of a given name (Петрович), unlike a surname (Гринкевич)."""
    lower = patronymic.lower()
    if any({"Patr"} in parse.tag and parse.is_known for parse in analyzer().parse(lower)):
        return True
    stem = re.sub(r"(?:ович|евич|[оеё]вна|иничн?а?|ична|ич)$", "", lower)
    return any(given_readings(stem + ending) for ending in ("", "й", "ь", "ий", "а", "я") if len(stem) > 1)


def _decline(word: str, gender: Gender, case: Case, classes: tuple[str, ...]) -> tuple[str, ...]:
    """Forms of a nominative in a case by the first table row that fits; the word itself where none does."""
    for row in _classes():
        nominative = row.endings[0][0]
        stem = word[: len(word) - len(nominative)]
        if (
            row.name in classes
            and row.gender == gender
            and word.endswith(nominative)
            and row.stem.search(stem)
        ):
            return tuple(stem + ending for ending in row.endings[CASES.index(case)])
    return (word,)


def inflect(name: str, gender: Gender | None, case: Case) -> str:
    """The canonical name («Галина Петровна Рощина») in a case; initials and nicknames stay.

    A person whose gender is not known is left in the nominative: a wrong form is worse.
    """
    words = name.split()
    if gender is None or case == "nom" or not words or not words[-1][:1].isupper():
        return name
    return " ".join(_inflect_word(word, i, len(words), gender, case) for i, word in enumerate(words))


def _inflect_word(word: str, position: int, count: int, gender: Gender, case: Case) -> str:
    if "." in word or not word[:1].isupper():
        return word
    if position > 0 and patronymic_readings(word):
        return _decline(word, gender, case, ("patronymic",))[0]
    is_given = position == 0 and any(r.case == "nom" for r in given_readings(word))
    if is_given:
        for parse in analyzer().parse(word.lower()):
            if "Name" in parse.tag and gender in _genders(parse.tag) and parse.tag.case == "nomn":
                inflected = parse.inflect({_TO_PYMORPHY[case], "sing"})
                return word if inflected is None else capitalised(str(inflected.word))
        return _decline(word, gender, case, ("noun", "third", "fixed"))[0]
    return _inflect_surname(word, gender, case)


def _inflect_surname(word: str, gender: Gender, case: Case) -> str:
    if "-" in word:
        return "-".join(_inflect_surname(part, gender, case) for part in word.split("-"))
    if gender == "masc":
        for parse in analyzer().parse(word.lower()):
            if parse.is_known and {"NOUN", "anim", "masc", "nomn", "sing"} in parse.tag:
                inflected = parse.inflect({_TO_PYMORPHY[case]})
                if inflected is not None:
                    return capitalised(str(inflected.word))
    return _decline(word, gender, case, ("possessive", "adjective", "fixed", "noun"))[0]
