"""How do people whom the user knows beforehand enter the text? As persons before any is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from reviewnlp.annotations import Gender
from reviewnlp.people.entities import Entity
from reviewnlp.people.inflection import given_readings, patronymic_readings, surname_readings
from reviewnlp.people.merge import Cluster, Identity

GENDERS: tuple[Gender, ...] = ("masc", "fem")


def known_clusters(known: Sequence[dict[str, Any]]) -> list[Cluster]:
    """A person for each known one, in their order, under the known name."""
    return [Cluster(_identities(person["name"]), canonical=person["name"]) for person in known]


def _identities(name: str) -> dict[Identity, float]:
    """How a name in the nominative may be taken apart; nothing but itself where it is no name."""
    parts: dict[str, str] = {}
    genders = set(GENDERS)
    for word in name.split():
        initial = re.fullmatch(r"\w\.", word) is not None
        readings = given_readings(word) if "given" not in parts else patronymic_readings(word)
        mine = {reading.gender for reading in readings if reading.case == "nom"}
        if initial or (mine & genders and word[:1].isupper()):
            slot = "given" if "given" not in parts else "patronymic"
            genders = genders if initial else genders & mine
        else:
            slot = "surname"
        if slot in parts:
            return {Identity(None, None, None, None): 1.0}
        parts[slot] = word
    surname = parts.get("surname")
    if surname is not None:
        of_surname = {reading.gender for reading in surname_readings(surname) if reading.case == "nom"}
        genders = genders & of_surname or genders
    return {
        Identity(parts.get("given"), parts.get("patronymic"), surname, gender): 1.0
        for gender in GENDERS
        if gender in genders
    }


def note_known(doc: Doc, entities: Sequence[Entity], known: Sequence[dict[str, Any]]) -> None:
    """Give the known people what is known of them, and the places where their aliases stand.

    The known people are the first of the entities, in order.
    """
    occupied = [place for entity in entities for place in entity.mentions]
    for entity, person in zip(entities, known, strict=False):
        entity.title = person.get("title") or entity.title
        entity.organisation = person.get("organisation") or entity.organisation
        if person.get("role"):
            entity.roles.add(person["role"])
        for alias in (person["name"], *person.get("aliases", ())):
            for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", doc.text):
                if not any(start < match.end() and end > match.start() for start, end in occupied):
                    entity.add(match.start(), match.end(), "name")
                    occupied.append(match.span())
