"""Who praises or blames whom, or what? Holder and target of every opinion.

Candidate targets are the persons named so far and the noun phrases of the span; a linear
model ranks them, as voices are ranked for theses. A talk is judged in its speaker's person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from reviewnlp.annotations import ClaimSpan, Opinion
from reviewnlp.claims.features import Context, Numbers, quotation_of, word_classes
from reviewnlp.claims.phrases import nominative_phrase, noun_heads
from reviewnlp.claims.theses import unit_of
from reviewnlp.claims.units import Unit
from reviewnlp.claims.voice import FAR, MOST_PERSONS, Voices, writer_of
from reviewnlp.linear import Array, LinearModel, load_model


@Language.factory(
    "reviewnlp_opinions",
    default_config={"models": None},
    requires=["doc._.claim_spans", "doc._.people", "doc._.theses"],
    assigns=["doc._.opinions"],
)
def create_opinions(nlp: Language, name: str, models: str | None) -> OpinionAttributor:
    """Component that gives every opinion its holder and target."""
    return OpinionAttributor(models)


class OpinionAttributor:
    """Writes `doc._.opinions` in text order."""

    def __init__(self, models: str | Path | None) -> None:
        self.model = load_model("targets", models, features=TARGET_FEATURES)

    def __call__(self, doc: Doc) -> Doc:
        context = Context(doc)
        voices = Voices(context)
        doc._.opinions = [
            self._opinion(voices, span) for span in doc._.claim_spans if span.label == "opinion"
        ]
        return doc

    def _opinion(self, voices: Voices, span: ClaimSpan) -> Opinion:
        context, unit = voices.context, unit_of(span)
        target, share = best_target(voices, unit, self.model)
        person = target.person if target is not None else None
        text = target.text if target is not None else ""
        holder = holder_of(context, unit)
        comments = enumerate(context.doc._.comments)
        return Opinion(
            start=unit.start,
            end=unit.end,
            holder=None if holder < 0 else holder,
            target_person=person,
            target_text=text,
            confidence=span.confidence * share,
            comment=next((n for n, c in comments if c.start <= unit.start < c.end), None),
        )


@dataclass(frozen=True)
class Target:
    """A candidate: a person, or a noun phrase of the span with its head."""

    text: str
    person: int | None = None
    head: Token | None = None


def holder_of(context: Context, unit: Unit) -> int:
    """Who holds the opinion: the speaker quoted around it, else whoever writes or speaks here."""
    number = quotation_of(context.quotations, unit)
    speaker = context.quotations[number].speaker if number is not None else None
    return speaker if speaker is not None else writer_of(context, unit)


def candidate_targets(voices: Voices, unit: Unit) -> list[Target]:
    """Persons named so far, the nearest first, then the noun phrases of the span."""
    context = voices.context
    nearest = [hit.person for hit, _, _ in voices.seen(unit)]
    persons = list(dict.fromkeys(nearest))[:MOST_PERSONS]
    inside = {hit.start for hit in context.mentions.within(unit.start, unit.end) if hit.kind == "name"}
    span = context.doc.char_span(unit.start, unit.end, alignment_mode="expand")
    heads = [head for head in noun_heads(span) if head.idx not in inside] if span is not None else []
    people = context.doc._.people
    return [Target(people[person].name, person=person) for person in persons] + [
        Target(nominative_phrase(head), head=head) for head in heads
    ]


def best_target(voices: Voices, unit: Unit, model: LinearModel) -> tuple[Target | None, float]:
    """The most probable target and its share of the candidates' probability."""
    candidates = candidate_targets(voices, unit)
    if not candidates:
        return None, 0.5
    rows = describe_targets(voices, unit, candidates)
    shares = model.rank(rows)
    best = int(shares.argmax())
    return candidates[best], float(shares[best])


def describe_targets(voices: Voices, unit: Unit, candidates: Sequence[Target]) -> Array:
    """Feature matrix, shape (len(candidates), len(TARGET_FEATURES)), float32."""
    column = {name: number for number, name in enumerate(TARGET_FEATURES)}
    matrix = np.zeros((len(candidates), len(TARGET_FEATURES)), np.float32)
    classes = _classes_inside(voices.context, unit)
    phrases = sum(candidate.person is None for candidate in candidates)
    for row, candidate in zip(matrix, candidates, strict=True):
        if candidate.person is not None:
            values = _person(voices, unit, candidate.person, classes, phrases)
        else:
            values = _phrase(voices, unit, candidate, classes)
        for name, value in values.items():
            row[column[name]] = value
    return matrix


def _classes_inside(context: Context, unit: Unit) -> set[str]:
    span = context.doc.char_span(unit.start, unit.end, alignment_mode="expand")
    table = word_classes()
    return {name for token in span or () for name in table.get(token.lemma_.casefold(), ())}


def _person(voices: Voices, unit: Unit, person: int, classes: set[str], phrases: int) -> Numbers:
    context = voices.context
    turn = context.turns[unit.sentence]
    seen = voices.seen(unit)
    own = [row for row in seen if row[0].person == person]
    inside = [(hit, subject) for hit, _, subject in own if unit.start <= hit.start < unit.end]
    writer = writer_of(context, unit)
    names = list(dict.fromkeys(h.person for h, _, _ in seen if h.kind == "name" and h.person != writer))
    subjects = list(dict.fromkeys(h.person for h, _, s in seen if s and h.person != writer))
    before = [t.speaker for t in context.doc._.theses if t.end <= unit.start]
    after = [t.speaker for t in context.doc._.theses if t.start >= unit.end]
    record = context.doc._.people[person]
    return {
        "person": 1.0,
        "person_talk": float("talk" in classes),
        "person_event": float("event" in classes),
        "is_writer": float(person == writer),
        "inside_name": float(any(hit.kind == "name" for hit, _ in inside)),
        "inside_pronoun": float(any(hit.kind == "pronoun" for hit, _ in inside)),
        "inside_description": float(any(hit.kind == "description" for hit, _ in inside)),
        "inside_subject": float(any(subject for _, subject in inside)),
        "same_sentence": float(any(distance == 0 for _, distance, _ in own)),
        "distance": math.log1p(min([distance for _, distance, _ in own] + [FAR])),
        "last_named": float(names[:1] == [person]),
        "second_last_named": float(names[1:2] == [person]),
        "last_subject": float(subjects[:1] == [person]),
        "claimed_before": float(before[-1:] == [person]),
        "claims_after": float(after[:1] == [person]),
        "claims": math.log1p(sum(t.speaker == person for t in context.doc._.theses)),
        "most_mentioned": float(voices.most_mentioned[:1] == [person]),
        "talk_claimed_before": float("talk" in classes and before[-1:] == [person]),
        "talk_last_named": float("talk" in classes and names[:1] == [person]),
        "talk_most_mentioned": float("talk" in classes and voices.most_mentioned[:1] == [person]),
        "alone": float(phrases == 0),
        "alone_last_named": float(phrases == 0 and names[:1] == [person]),
        "in_comment_most_mentioned": float(
            turn is not None and turn.kind == "comment" and voices.most_mentioned[:1] == [person]
        ),
        "in_turn": float(turn is not None and any(hit.start >= turn.start for hit, _, _ in own)),
        "group": float(record.kind != "person"),
        "commenter": float("commenter" in record.roles),
        "reviewer": float("reviewer" in record.roles),
    }


def _phrase(voices: Voices, unit: Unit, target: Target, classes: set[str]) -> Numbers:
    head = target.head
    if head is None:
        return {}
    names = word_classes().get(head.lemma_.casefold(), ())
    mentioned = voices.context.mentions.within(unit.start, unit.end)
    turn = voices.context.turns[unit.sentence]
    return {
        "phrase": 1.0,
        "phrase_talk": float("talk" in names),
        "phrase_event": float("event" in names),
        "phrase_subject": float(head.dep_.startswith("nsubj")),
        "phrase_object": float(head.dep_ in ("obj", "iobj")),
        "phrase_oblique": float(head.dep_.startswith("obl")),
        "phrase_root": float(head.dep_ in ("ROOT", "root")),
        "phrase_first": float(head.idx - unit.start < 20),
        "phrase_plural": float("Number=Plur" in head.morph),
        "phrase_proper": float(head.pos_ == "PROPN"),
        "phrase_animate": float("Animacy=Anim" in head.morph),
        "phrase_with_person": float(bool(mentioned)),
        "phrase_in_comment": float(turn is not None and turn.kind == "comment"),
        "phrase_other_talk": float("talk" in classes and "talk" not in names),
        "phrase_other_event": float("event" in classes and "event" not in names),
        "phrase_evaluates": float(bool({"praise", "blame"} & set(names))),
        "phrase_predicate": float(
            head.dep_ in ("ROOT", "root") and any(c.dep_.startswith("nsubj") for c in head.children)
        ),
        "phrase_words": float(len(target.text.split())),
    }  # fmt: skip


TARGET_FEATURES = (
    "person", "person_talk", "person_event", "is_writer", "inside_name", "inside_pronoun",
    "inside_description", "inside_subject", "same_sentence", "distance", "last_named",
    "second_last_named", "last_subject", "claimed_before", "claims_after", "claims", "most_mentioned",
    "talk_claimed_before", "talk_last_named", "talk_most_mentioned", "alone", "alone_last_named",
    "in_comment_most_mentioned", "in_turn",
    "group", "commenter", "reviewer",
    "phrase", "phrase_talk", "phrase_event", "phrase_subject", "phrase_object", "phrase_oblique",
    "phrase_root", "phrase_first", "phrase_plural", "phrase_proper", "phrase_animate",
    "phrase_with_person", "phrase_in_comment", "phrase_other_talk", "phrase_other_event",
    "phrase_evaluates", "phrase_predicate", "phrase_words",
)  # fmt: skip
