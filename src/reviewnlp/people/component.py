"""Who is in the text? The component that writes `doc._.people` and the authors of comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.people import authors, coreference, merge, names, seeding, titles
from reviewnlp.people.authors import Author
from reviewnlp.people.discourse import Place
from reviewnlp.people.entities import Entity
from reviewnlp.people.inflection import fold


@Language.factory(
    "reviewnlp_people",
    default_config={"known": []},
    requires=[
        "doc.ents",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.dep",
        "doc._.blocks",
        "doc._.comments",
    ],
    assigns=["doc._.people", "doc._.comments"],
)
def create_people(nlp: Language, name: str, known: list[dict[str, Any]]) -> People:
    """Component that finds persons, groups and organisations and all their mentions.

    `known`: people given beforehand (`people.known.read`), whose names win.
    """
    return People(known)


class People:
    """Persons of one document with their canonical names, and who wrote its comments."""

    def __init__(self, known: Sequence[dict[str, Any]] = ()) -> None:
        self.known = list(known)

    def __call__(self, doc: Doc) -> Doc:
        writers = authors.read_authors(doc, doc._.comments)
        seeds, mentions = authors.seeds(writers, names.find_names(doc))
        clusters = merge.cluster(mentions, [*seeding.known_clusters(self.known), *seeds])
        entities = [_entity(cluster) for cluster in clusters]
        seeding.note_known(doc, entities, self.known)
        written_by = _with_authors(entities, writers)
        taken = _taken_by_headers(doc)
        places = _with_titles(doc, clusters, entities, taken)
        coreference.resolve(doc, entities, places, taken)
        order = sorted(
            (i for i, entity in enumerate(entities) if entity.mentions or i in written_by),
            key=lambda i: (entities[i].first, i),
        )
        positions = {old: new for new, old in enumerate(order)}
        doc._.people = [entities[i].person(doc) for i in order]
        doc._.comments = [
            replace(comment, author=None if entity is None else positions[entity])
            for comment, entity in zip(doc._.comments, written_by, strict=True)
        ]
        return doc


def _entity(cluster: merge.Cluster) -> Entity:
    """The working record of a named person."""
    entity = Entity(cluster.name, gender=cluster.identity.gender, nick=bool(cluster.nick))
    for mention in cluster.mentions:
        entity.add(mention.start, mention.end, "name")
    return entity


def _with_authors(entities: list[Entity], writers: Sequence[Author | None]) -> list[int | None]:
    """The author's position for every comment; authors get their role and their header mention."""
    written_by: list[int | None] = []
    for author in writers:
        if author is None:
            written_by.append(None)
            continue
        position = None if author.anonymous else _find(entities, author)
        if position is None:
            position = len(entities)
            entities.append(Entity(author.name, nick=True))
        _sign(entities[position], author)
        written_by.append(position)
    return written_by


def _find(entities: Sequence[Entity], author: Author) -> int | None:
    """The person whom a header's name means: the one named there, or of the same name."""
    for i, entity in enumerate(entities):
        if any(start == author.start for start, _ in entity.mentions):
            return i
    return next((i for i, entity in enumerate(entities) if fold(entity.name) == fold(author.name)), None)


def _sign(entity: Entity, author: Author) -> None:
    """Note the comment's author; a name of the same words is spelled as in the header."""
    entity.roles.add("commenter")
    if author.start is not None and author.end is not None:
        places = list(entity.mentions)
        if not any(start < author.end and end > author.start for start, end in places):
            entity.add(author.start, author.end, "name")
    if sorted(fold(entity.name).split()) == sorted(fold(author.name).split()):
        entity.name = author.name


def _taken_by_headers(doc: Doc) -> set[int]:
    """Tokens of comment headers: nobody is described there."""
    headers = [comment.header for comment in doc._.comments if comment.header is not None]
    return {token.i for header in headers for token in doc if header.start <= token.idx < header.end}


def _with_titles(
    doc: Doc, clusters: Sequence[merge.Cluster], entities: Sequence[Entity], taken: set[int]
) -> list[Place]:
    """Places of the names in text order; titles beside them are noted and their tokens taken."""
    places: list[Place] = []
    for position, cluster in enumerate(clusters):
        for mention in cluster.mentions:
            root = next((t for t in doc[mention.first : mention.last + 1] if t.head.i not in
                         range(mention.first, mention.last + 1)), doc[mention.first])  # fmt: skip
            in_header = mention.first in taken
            if not in_header:
                places.append(Place(mention.first, mention.last, position, root.dep_.startswith("nsubj")))
                _note_title(doc, mention, entities[position], taken)
            taken.update(range(mention.first, mention.last + 1))
    return sorted(places, key=lambda place: place.first)


def _note_title(doc: Doc, mention: names.NameMention, entity: Entity, taken: set[int]) -> None:
    title = titles.find_title(doc, mention)
    if title is None:
        return
    entity.heads.add(title.head)
    entity.told.add(doc.text[title.phrase.start_char(doc) : title.phrase.end_char(doc)])
    entity.title = entity.title or title.text
    entity.organisation = entity.organisation or title.organisation
    entity.add(title.phrase.start_char(doc), title.phrase.end_char(doc), "description")
    taken.update(range(title.phrase.first, title.phrase.end))
