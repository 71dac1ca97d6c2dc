"""Which paragraphs begin with the name of who speaks («Имя Фамилия:», «Ведущий:», «Ответ:»)?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from reviewnlp.annotations import Block
from reviewnlp.claims.mentions import Hit, MentionIndex, in_nominative, person_of_initials
from reviewnlp.claims.turns.lookup import is_minutes
from reviewnlp.resources import rows, words

LABEL_LENGTH = 80  # longest label before the colon of a transcript line
INTRODUCTION = 100  # code points from a line's beginning in which a voice may give its name
NEXT_LINE = 20  # code points after «СЛУШАЛИ:» in which the name may stand
WITH_COLON = re.compile(rf'[^:\n«»"!?]{{2,{LABEL_LENGTH}}}:')
WITH_STOP = re.compile(r'(?:[А-ЯЁ]\. ?){0,2}[^.:\n«»"!?]{2,40}\.(?=\s\S)')


@dataclass(frozen=True)
class Label:
    """«Имя Фамилия:» at the beginning of a block: whose words follow, and where they begin.

    `role` is what the label's word tells where it is no name: see `data/turn_labels.tsv`.
    """

    block: int
    start: int
    body: int
    person: int | None
    text: str
    role: str = ""


def roles() -> dict[str, str]:
    """Labels that are no names, in lower case, with the part that they play."""
    return {row[0]: row[1] for row in rows("claims", "turn_labels.tsv")}


def find_labels(doc: Doc, blocks: Sequence[Block], index: MentionIndex, writer: int | None) -> list[Label]:
    """Blocks that begin with a name or a role word («Ведущий», «Вопрос») and a colon.

    Where many blocks begin with a name and a full stop instead («Осипенко. Добрый вечер!»),
    or are a name in capitals alone on its line, these are the labels.
    """
    with_colon = _labels(doc, blocks, index, WITH_COLON)
    with_stop = _labels(doc, blocks, index, WITH_STOP)
    found = with_colon
    for other in (with_stop, _bare_labels(doc, blocks, index)):
        many = len(other) >= max(5, len(blocks) / 3) and len({label.person for label in other}) > 1
        if many and len(other) > len(found):
            found = other
    return _with_answers(doc, _with_roles(doc, found, index, writer), index, writer)


def _labels(doc: Doc, blocks: Sequence[Block], index: MentionIndex, pattern: re.Pattern[str]) -> list[Label]:
    found = []
    table = roles()
    for number, block in enumerate(blocks):
        text = doc.text[block.start : block.end]
        match = pattern.match(text)
        if not match or block.kind in ("comment", "comment_header"):
            continue
        body = block.start + match.end()
        label = match.group()[:-1].strip(" —–-*")
        hits = [h for h in index.within(block.start, body) if h.kind == "name"]
        lead = text[: hits[0].start - block.start].strip(" —–-*(") if hits else ""
        word = re.sub(r"\s*\(.*", "", label).casefold()
        initials = person_of_initials(doc, label)
        if word in table:
            within = hits or index.within(block.start + match.group().find("(") + 1, body)
            person = within[0].person if within and "(" in label else None
            found.append(Label(number, block.start, body, person, label, table[word]))
        elif block.kind == "debris":  # «Модератор: А трубы?» may look like a page's button, a name does not
            continue
        elif len(hits) == 1 and _is_lead(lead) and _is_label(doc, hits[0].end, body - 1):
            found.append(Label(number, block.start, body, hits[0].person, label))
        elif initials is not None:
            found.append(Label(number, block.start, body, initials, label))
    return found


def _bare_labels(doc: Doc, blocks: Sequence[Block], index: MentionIndex) -> list[Label]:
    """Names in capitals alone on a line, as in a script."""
    found = []
    for number, block in enumerate(blocks):
        text = re.sub(r"\([^)]*\)", "", doc.text[block.start : block.end]).strip(" .")
        hits = [h for h in index.within(block.start, block.end) if h.kind == "name"]
        if text.isupper() and len(text) < LABEL_LENGTH and len(hits) == 1 and hits[0].start == block.start:
            found.append(Label(number, block.start, block.end, hits[0].person, text))
    return found


def _is_lead(lead: str) -> bool:
    """What may stand before a label's name: nothing, or a word in capitals («СИНХРОН.»)."""
    return not lead or bool(re.fullmatch(r"[А-ЯЁ]{3,}\s*[.:(—–-]?", lead))


def _is_label(doc: Doc, start: int, end: int) -> bool:
    """Whether what stands between a name and the colon is a title or a remark, not a predicate."""
    between = doc.text[start:end].strip()
    if not between or between[0] in ",()":
        return True
    span = doc.char_span(start, end, alignment_mode="contract")
    return span is not None and len(between) < 20 and not any(t.pos_ in ("VERB", "NOUN") for t in span)


def _with_roles(doc: Doc, labels: list[Label], index: MentionIndex, writer: int | None) -> list[Label]:
    """Persons of labels that are role words: who is said to play the part, or gives his name."""
    named = {label.person for label in labels if not label.role}
    last: dict[str, int | None] = {}
    found = []
    for position, label in enumerate(labels):
        person = label.person
        if label.role and person is None:
            end = labels[position + 1].start if position + 1 < len(labels) else len(doc.text)
            word = label.text.casefold()
            if label.role == "host":
                person = holder_of_role(doc, index, word)
            elif label.role == "press":
                person = writer
            elif label.role in ("question", "voice", "caller"):
                person = _introduced(doc, label.body, end, index, named)
            if label.role == "caller" and person is None:
                person = last.get(word)
            last[word] = person
        found.append(replace(label, person=person))
    return found


def _with_answers(doc: Doc, labels: list[Label], index: MentionIndex, writer: int | None) -> list[Label]:
    """Persons of «Ответ:»: whom the page says to answer, else who was last named as answering."""
    if not labels:
        return labels
    said = answerer(doc, index, labels[0].start)
    answering = {label.person for label in labels if label.role == "answer"} - {None}
    last = said if said is not None else None
    found: list[Label] = []
    for label in labels:
        if label.role == "answer" and label.person is None:
            question = found[-1] if found and found[-1].role == "question" else None
            asked = _asked(index, question.body, label.start, answering) if question else None
            if asked is None and last is None and is_minutes(doc):
                asked = _heard(doc, index, label.start)
            guest = guest_of(doc, index, labels[0].start, writer) if last is None else last
            label = replace(label, person=asked if asked is not None else guest)
        elif label.role == "answer" and said is None:
            last = label.person
        found.append(label)
    return found


def _asked(index: MentionIndex, start: int, end: int, answering: set[int | None]) -> int | None:
    """The one of those who answer whom a question names."""
    named = {hit.person for hit in index.within(start, end) if hit.kind == "name"} & answering
    return next(iter(named)) if len(named) == 1 else None


def _heard(doc: Doc, index: MentionIndex, position: int) -> int | None:
    """Whom a meeting heard last before the offset: «СЛУШАЛИ: Левченко Т. О.», «выступила Левченко»."""
    verbs = _lemmas("heard")
    for sentence in reversed([s for s in doc.sents if s.start_char < position]):
        if any(token.lemma_.casefold() in verbs for token in sentence):
            hits = index.within(sentence.start_char, min(position, sentence.end_char + NEXT_LINE))
            named = [hit.person for hit in hits if hit.kind == "name"]
            if named:
                return named[0]
    return None


def _lemmas(kind: str) -> set[str]:
    return {lemma for lemma, row_kind in rows("claims", "answering.tsv") if row_kind == kind}


def answerer(doc: Doc, index: MentionIndex, end: int) -> int | None:
    """Who answers by the words before the offset: «На вопросы отвечает Имя Фамилия»."""
    verbs = _lemmas("answer")
    for sentence in doc.sents:
        if sentence.start_char >= end or not any(t.lemma_.casefold() in verbs for t in sentence):
            continue
        hits = [h for h in index.within(sentence.start_char, sentence.end_char) if h.kind == "name"]
        subjects = {hit.person for hit in hits if in_nominative(doc, hit)}
        if len(subjects) == 1:
            return next(iter(subjects))
    return None


def guest_of(doc: Doc, index: MentionIndex, end: int, writer: int | None) -> int | None:
    """Person whom the words before the offset name most; the first of several."""
    counts: dict[int, int] = {}
    for hit in index.within(0, end):
        if hit.person != writer and doc._.people[hit.person].kind == "person":
            counts[hit.person] = counts.get(hit.person, 0) + 1
    return min(counts, key=lambda person: (-counts[person], person), default=None)


def holder_of_role(doc: Doc, index: MentionIndex, role: str) -> int | None:
    """The person who is said to be the host: «ведущая – Имя Фамилия», «Имя (ведущий)», «ведёт Имя»."""
    names = [hit for hit in index.hits if hit.kind == "name"]
    hosts = sorted(word for word, kind in roles().items() if kind == "host")
    for word in (role, *hosts):
        for hit in names:
            before = doc.text[max(0, hit.start - len(word) - 30) : hit.start].casefold()
            if re.search(rf"\b{re.escape(word)}(?: [а-яё]+){{0,2}}\s*[—–:-]\s*$", before):
                return hit.person
        for hit in names:
            after = doc.text[hit.end : hit.end + len(word) + 5].casefold()
            if re.match(rf"\s*[,(]\s*{re.escape(word)}\b(?!\s*[—–:-])", after):
                return hit.person
    verbs = "|".join(sorted(words("claims", "hosting.tsv")))
    for hit in names:
        before = doc.text[max(0, hit.start - 40) : hit.start].casefold()
        if re.search(rf"\b(?:{verbs})(?: [а-яё-]+)?\s*[—–:-]?\s*$", before) and in_nominative(doc, hit):
            return hit.person
    return None


def _introduced(doc: Doc, start: int, end: int, index: MentionIndex, named: set[int | None]) -> int | None:
    """The name that an unnamed voice gives as its own: «я Имя», «меня зовут Имя», «Имя, город, …»."""
    for hit in index.within(start, min(end, start + INTRODUCTION)):
        if hit.kind != "name" or not in_nominative(doc, hit):
            continue
        before = doc.text[start : hit.start].casefold().rstrip()
        if re.search(r"(^|[\s,.!])(я|меня зовут|зовут меня|это|говорит|моя фамилия)[\s,—–-]*$", before):
            return hit.person
        opens = not re.sub(r"здравствуйте|добрый (день|вечер)|доброе утро|алло|[\s,.!]", "", before)
        if opens and hit.person not in named and _gives_place(doc, hit):
            return hit.person
    return None


def _gives_place(doc: Doc, hit: Hit) -> bool:
    """Whether a name is followed by a trade or a place, as one introduces oneself, not by a question."""
    match = re.compile(r",\s+([^.!?]{2,90})[.!?]").match(doc.text, hit.end)
    if not match:
        return False
    span = doc.char_span(match.start(1), match.end(1), alignment_mode="contract")
    return match.group()[-1] == "." and not any("Person=2" in token.morph for token in span or ())
