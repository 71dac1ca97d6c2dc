"""Whom do «докладчик», «директор», «она» mean? One walk through the text, with who was mentioned when.

Descriptions mean the last person they fit, by title («проректор») or by having the floor
(«докладчик»); else, where they speak, they are persons of their own. Pronouns mean the most
salient person of their gender: subject before object, near before far.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from reviewnlp.annotations import Gender
from reviewnlp.people.descriptions import Description, describe, is_speech
from reviewnlp.people.discourse import Discourse, Place
from reviewnlp.people.entities import Entity
from reviewnlp.people.phrases import is_person_noun
from reviewnlp.resources import rows, words

GENDERS: dict[str, Gender] = {"m": "masc", "f": "fem"}
UNIVERSAL: dict[Gender, str] = {"masc": "Masc", "fem": "Fem"}


def resolve(doc: Doc, entities: list[Entity], named: list[Place], taken: set[int]) -> None:
    """Add to the entities the descriptions and pronouns that mean them, and the described speakers.

    `named`: places of names, in text order; `taken`: tokens that are part of names, titles and headers.
    """
    discourse = Discourse(doc, entities)
    by_first = {place.first: place for place in named}
    for i in range(len(doc)):
        if i in by_first:
            discourse.history.append(by_first[i])
        elif i not in taken:
            pronoun = doc[i].pos_ in ("PRON", "DET")
            found = _pronoun(discourse, doc[i]) if pronoun else _description(discourse, i, taken)
            if found is not None:
                discourse.history.append(found)


def _description(discourse: Discourse, i: int, taken: set[int]) -> Place | None:
    """A description at token `i`, given to the person it means or to a new one."""
    description = describe(discourse.doc, i)
    if description is None or not taken.isdisjoint(range(description.phrase.first, description.phrase.end)):
        return None
    position = _known(discourse, description)
    if position is None and not description.speaks:
        discourse.waiting.append(description)
        return None
    return _attach(
        discourse, description, _introduce(discourse, description) if position is None else position
    )


def _introduce(discourse: Discourse, description: Description) -> int:
    """A new person with nothing but a description; the fullest of the descriptions before is the name."""
    entity = Entity(description.name, description.kind, description.gender, told={description.name})
    for earlier in discourse.waiting:
        same = (earlier.head, earlier.kind) == (description.head, description.kind)
        if same and _stems(description.name) < _stems(earlier.name):
            entity.name = earlier.name
            entity.told.add(earlier.name)
            phrase = earlier.phrase
            entity.add(phrase.start_char(discourse.doc), phrase.end_char(discourse.doc), "description")
    discourse.entities.append(entity)
    return len(discourse.entities) - 1


def _attach(discourse: Discourse, description: Description, position: int) -> Place:
    """Record that a description means a person."""
    entity = discourse.entities[position]
    doc, phrase = discourse.doc, description.phrase
    entity.heads.add(description.head)
    entity.add(phrase.start_char(doc), phrase.end_char(doc), "description")
    return Place(phrase.first, phrase.end - 1, position, doc[phrase.head].dep_.startswith("nsubj"))


def _known(discourse: Discourse, description: Description) -> int | None:
    """The person already known whom a description means."""
    found = discourse.last(lambda entity: _same_words(entity, description))
    for rule in (_has_the_floor, _just_named):
        if found is None and description.kind == "person":
            found = rule(discourse, description)
    return found


def _same_words(entity: Entity, description: Description) -> bool:
    """Whether a person has been described by this noun, and nothing in the description speaks against it."""
    if description.head not in entity.heads or entity.kind != description.kind:
        return False
    if description.gender == "fem" and entity.gender == "masc":
        return False
    told = " ".join([entity.name, entity.title or "", entity.organisation or "", *sorted(entity.told)])
    return description.bare or _stems(description.name) <= _stems(told)


def _stems(text: str) -> set[str]:
    """First letters of the words, enough to know a word in another case."""
    return {word.strip('«»"“”„().,')[:5] for word in text.casefold().replace("ё", "е").split()}


def _is_named(entity: Entity) -> bool:
    return entity.kind == "person" and not entity.nick and entity.name[:1].isupper()


def _has_the_floor(discourse: Discourse, description: Description) -> int | None:
    """«докладчик», «лектор»: the named person most talked of lately."""
    talkers = {row[0]: row[1] for row in rows("people", "talkers.tsv")}
    if description.head not in talkers or not description.bare:
        return None
    wanted = GENDERS.get(talkers[description.head])

    def fits(entity: Entity) -> bool:
        return _is_named(entity) and (wanted is None or entity.gender in (None, wanted))

    return discourse.floor(description.phrase.first, fits)


def _just_named(discourse: Discourse, description: Description) -> int | None:
    """«Начальник контроля ответил»: an office, as a subject, is the person named just before."""
    head = discourse.doc[description.phrase.head]
    if description.head not in words("people", "offices.tsv") or not head.dep_.startswith("nsubj"):
        return None

    def fits(entity: Entity) -> bool:
        clash = description.gender == "fem" and entity.gender == "masc"
        return _is_named(entity) and not clash and (description.bare or entity.title is None)

    return discourse.antecedent(description.phrase.first, fits, farthest=1)


def _pronoun(discourse: Discourse, token: Token) -> Place | None:
    """A pronoun of the third person, given to the person it most likely means."""
    table = {row[0]: (row[1], row[2]) for row in rows("people", "pronouns.tsv")}
    if token.lower_ not in table:
        return None
    gender, use = table[token.lower_]
    demonstrative = use == "demonstrative"
    wanted = GENDERS.get(gender)
    speaker = (token.dep_.startswith("nsubj") and is_speech(token.head)) or (
        token.dep_ in ("det", "nmod") and token.head.lemma_.lower() in words("people", "source_frames.tsv")
    )
    if demonstrative and not speaker:
        return None
    found = discourse.antecedent(token.i, _whom(wanted), subject_first=not demonstrative)
    if speaker and wanted:
        promoted = _promote(discourse, token, wanted, found)
        found = found if promoted is None else promoted
    if found is None or (wanted and not speaker and _thing_between(discourse, token, found, wanted)):
        return None
    discourse.entities[found].add(token.idx, token.idx + len(token), "pronoun")
    return Place(token.i, token.i, found, token.dep_.startswith("nsubj"))


def _whom(wanted: Gender | None) -> Callable[[Entity], bool]:
    """Whom a pronoun of a gender (None: of the plural) may mean."""

    def fits(entity: Entity) -> bool:
        if wanted is None:
            return entity.kind == "group"
        return entity.kind == "person" and entity.gender in (None, wanted) and not entity.nick

    return fits


def _promote(discourse: Discourse, token: Token, wanted: Gender, known: int | None) -> int | None:
    """«вспомнил начальника депо: тот повторял»: the one described just before becomes a person."""
    last = max((place.last for place in discourse.history if place.entity == known), default=-1)
    for description in reversed(discourse.waiting):
        phrase = description.phrase
        if discourse.sentence[token.i] - discourse.sentence[phrase.head] > 1 or phrase.first <= last:
            return None
        relation = discourse.doc[phrase.head].dep_
        object_only = token.lower_ not in ("тот", "та") and not relation.startswith("nsubj")
        dependent = relation.startswith(("nmod", "appos")) or object_only
        generic = description.head in words("people", "not_speakers.tsv")
        if (
            description.kind == "person"
            and description.gender in (None, wanted)
            and not (dependent or generic)
        ):
            position = _introduce(discourse, description)
            discourse.history.append(_attach(discourse, description, position))
            return position
    return None


def _thing_between(discourse: Discourse, token: Token, found: int, gender: Gender) -> bool:
    """Whether a thing of the pronoun's gender, as a subject, stands nearer than the person."""
    last = max(place.last for place in discourse.history if place.entity == found)
    for other in discourse.doc[last + 1 : token.i]:
        subject = other.pos_ == "NOUN" and other.dep_.startswith("nsubj")
        same_gender = other.morph.get("Gender", []) == [UNIVERSAL[gender]]
        if subject and same_gender and not is_person_noun(other.lemma_.lower()):
            return True
    return False
