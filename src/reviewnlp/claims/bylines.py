"""Who wrote the page? Bylines near its beginning, signatures near its end."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from reviewnlp.annotations import Block
from reviewnlp.claims.mentions import Hit, MentionIndex, in_nominative, person_of_initials
from reviewnlp.resources import rows, words

NEAR = 8  # blocks from the beginning or the end in which a byline may stand
TITLES = 4  # blocks from the beginning in which a bare name is the writer's
LONGEST_NAME_LINE = 90  # code points of a line that holds a name and nothing but a title


def find_writer(doc: Doc, blocks: list[Block], index: MentionIndex) -> int | None:
    """Person who wrote the text of these blocks; None where no byline or signature tells.

    An explicit byline («Автор: …», «Записала …») decides before a signature at the end,
    and a signature before a bare name near the beginning.
    """
    return (
        _by_cue(doc, blocks, index)
        or _by_signature(doc, blocks, index)
        or _by_name_line(doc, blocks, index)
        or _by_first_person(doc, blocks[:NEAR], index)
        or _by_run_on(doc, blocks[:NEAR], index)
        or (None,)
    )[0]


def _by_cue(doc: Doc, blocks: list[Block], index: MentionIndex) -> tuple[int] | None:
    """«Автор: Имя Фамилия», «Беседовал Имя Фамилия», «секретарь собрания Имя Фамилия»."""
    last = len(blocks) - NEAR
    for number in sorted(range(len(blocks)), key=lambda n: (n >= NEAR, -n)):
        block = blocks[number]
        if NEAR <= number < last or block.kind in ("comment", "comment_header"):
            continue
        for hit in index.within(block.start, block.end):
            end = hit.end if _runs_on(doc, hit, block) else _sentence_end(doc, hit.end)
            named = hit.kind == "name" and doc._.people[hit.person].kind == "person"
            if not named or _has_predicate(doc, hit.end, end) or end - hit.end > LONGEST_NAME_LINE:
                continue
            short = block.end - block.start <= LONGEST_NAME_LINE
            places = ["any", *(["start"] if short and number < NEAR else [])]
            places += ["end", *(["line"] if short else [])] if number >= last else []
            if any(_cue_before(doc.text[block.start : hit.start], place) for place in places):
                return (hit.person,)
    return None


def _sentence_end(doc: Doc, position: int) -> int:
    """End of the sentence or line that the position is in."""
    match = re.compile(r"[.!?]\s|\n").search(doc.text, position)
    return match.start() if match else len(doc.text)


def _cue_before(text: str, place: str) -> bool:
    """Whether the text before a name is a byline phrase that opens its sentence.

    A word or two in lower case may stand between: «секретарь общества», «канал методиста».
    """
    opening = re.split(r"[.!?;,(\n]\s+", text.rstrip(" ,"))[-1]
    opening = re.sub(r"[\s:—–-]+$", "", opening).strip('«"( ')
    for phrase, where in rows("claims", "bylines.tsv"):
        if where == place and opening.casefold().startswith(phrase):
            rest = opening[len(phrase) :]
            if not rest or re.fullmatch(r"(?: [А-ЯЁа-яё][а-яё-]+){1,2}", rest):
                return True
    return False


def _by_signature(doc: Doc, blocks: list[Block], index: MentionIndex) -> tuple[int] | None:
    """A line at the end that is a name, alone or with a title: «Имя Фамилия, студент»."""
    for block in reversed(blocks[-NEAR // 2 :]):
        hit = name_line(doc, block, index)
        if hit is not None and not _spoken_of(doc, block.end, blocks[-1].end, hit, index):
            return (hit.person,)
        initials = person_of_initials(doc, doc.text[block.start : block.end])
        if initials is not None:
            return (initials,)
    return _by_last_sentence(doc, blocks[-1], index)


def _by_last_sentence(doc: Doc, block: Block, index: MentionIndex) -> tuple[int] | None:
    """A signature that lost its line break: the last sentence is a full name, alone or with a title."""
    inside = [sentence for sentence in doc.sents if block.start <= sentence.start_char < block.end]
    if len(inside) < 2:
        return None
    hit = name_line(doc, replace(block, start=inside[-1].start_char), index)
    full = hit is not None and " " in doc.text[hit.start : hit.end]
    return (hit.person,) if hit is not None and full else None


def _by_name_line(doc: Doc, blocks: list[Block], index: MentionIndex) -> tuple[int] | None:
    """A line at the beginning that is a name: «Имя Фамилия», «Имя Фамилия, «Газета»», «Имя. Заголовок»."""
    for block in blocks[:TITLES]:
        hit = name_line(doc, block, index, title_after=True)
        if hit is not None and not _spoken_of(doc, block.end, blocks[-1].end, hit, index):
            return (hit.person,)
    return None


def _spoken_of(doc: Doc, start: int, end: int, hit: Hit, index: MentionIndex) -> bool:
    """Whether the text after a bare name speaks of its bearer by name, with a verb: then he is no writer."""
    for other in index.within(start, end):
        if other.person != hit.person or other.kind != "name":
            continue
        name = doc.char_span(other.start, other.end, alignment_mode="expand")
        if name is not None and any(token.dep_.startswith("nsubj") for token in name):
            return True
    return False


def _by_first_person(doc: Doc, blocks: list[Block], index: MentionIndex) -> tuple[int] | None:
    """«Имя Фамилия на связи», «меня зовут Имя», «с вами Имя Фамилия»."""
    for block in blocks:
        for hit in index.within(block.start, block.end):
            before = doc.text[max(block.start, hit.start - 20) : hit.start].casefold()
            after = doc.text[hit.end : hit.end + 12].casefold()
            if hit.kind == "name" and (
                re.search(r"(меня зовут|с вами( снова| опять)?|это снова|пишет вам)\s+$", before)
                or after.startswith((" на связи", " у микрофона"))
            ):
                return (hit.person,)
    return None


def _by_run_on(doc: Doc, blocks: list[Block], index: MentionIndex) -> tuple[int] | None:
    """A byline that lost its line break: a paragraph opens «Имя Фамилия До усадьбы сорок минут»."""
    for block in blocks:
        hit = index.at(block.start)
        if hit is None or hit.kind != "name" or not in_nominative(doc, hit):
            continue
        if " " in doc.text[hit.start : hit.end] and _runs_on(doc, hit, block):
            return (hit.person,)
    return None


def _runs_on(doc: Doc, hit: Hit, block: Block) -> bool:
    """Whether a new sentence begins right after a name, without a full stop between."""
    tail = doc.char_span(hit.end, block.end, alignment_mode="contract")
    after = tail[0] if tail is not None and len(tail) else None
    # a proper noun after the name might be its object
    title = after is not None and after.is_title and after.pos_ not in ("PROPN", "NOUN")
    return title and doc.text[hit.end : hit.end + 1].isspace()


def name_line(doc: Doc, block: Block, index: MentionIndex, title_after: bool = False) -> Hit | None:
    """The name that a short line gives, with at most a lead word, a place and date, or a title.

    «Имя Фамилия», «Имя Фамилия, студент», «Город, 9 октября. Имя Фамилия, «Газета»»,
    «Отклик первый. Имя Фамилия»; with `title_after` also «Имя Фамилия. Записки». A line with
    a finite verb is none, save a lead such as «Пишет Имя Фамилия».
    """
    text = doc.text[block.start : block.end]
    if len(text) > LONGEST_NAME_LINE or "\n" in text.strip() or text.endswith(("?", "!", ":")):
        return None
    hits = [hit for hit in index.within(block.start, block.end) if hit.kind == "name"]
    hit = hits[0] if hits else None
    apart = hit is not None and all("," in doc.text[hit.end : other.start] for other in hits[1:])
    if hit is None or not apart or doc._.people[hit.person].kind != "person":
        return None
    led = is_led(doc, block, hit)
    title = doc.text[hit.end : block.end].strip()
    plain = not title or title == "." or title[0] in (",(." if title_after else ",(")
    plain = plain and ": " not in title
    if not plain or _has_predicate(doc, hit.end, block.end) or not (led or in_nominative(doc, hit)):
        return None
    before = doc.text[block.start : hit.start].strip(" —–-«(")
    if re.match(r"\d+[.)]", before):
        return None
    dated = before.endswith(".") and not _has_predicate(doc, block.start, hit.start)
    if dated and not led and _names_a_talk(doc, block.start, hit.start):
        return None
    return hit if not before or led or dated else None


def is_led(doc: Doc, block: Block, hit: Hit) -> bool:
    """Whether a lead of a section («Впечатления», «Отклик первый») or a byline stands before the name."""
    span = doc.char_span(block.start, hit.start, alignment_mode="contract")
    leads = words("claims", "section_leads.tsv")
    found = [t.lemma_.casefold() in leads for t in span or () if t.is_alpha]
    return (bool(found) and all(found)) or _cue_before(doc.text[block.start : hit.start], "any")


def _names_a_talk(doc: Doc, start: int, end: int) -> bool:
    """Whether the words are about a talk («Доклад второй.»): then the name is a speaker's."""
    span = doc.char_span(start, end, alignment_mode="contract")
    talks = {lemma for name, lemma in rows("claims", "word_classes.tsv") if name == "talk"}
    return any(token.lemma_.casefold() in talks for token in span or ())


def _has_predicate(doc: Doc, start: int, end: int) -> bool:
    span = doc.char_span(start, end, alignment_mode="contract")
    verbs = [set(token.morph) for token in span or () if "VerbForm=Fin" in token.morph]
    return any("Person=1" not in features for features in verbs)  # «надеюсь», «не прячусь»
