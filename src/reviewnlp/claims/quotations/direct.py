"""Which quotation marks hold speech, and which words report it?"""

from __future__ import annotations

from reviewnlp.claims.quotations.draft import LONGEST_SENTENCE, Draft, Passage, is_stop, trimmed
from reviewnlp.claims.quotations.lexicon import Cue, CueWord, cue_at, cue_nouns, readings, word_class
from reviewnlp.claims.quotations.marks import DASHES, STOPS, Pair
from reviewnlp.claims.quotations.phrase import (
    Tokens,
    can_speak,
    in_case,
    nominal,
    noun_phrase,
)
from reviewnlp.claims.quotations.source import agrees, find_source
from reviewnlp.language.lexicon import fold

LEAD = 9  # how far into the author's words the reporting verb may stand
LABEL = 9  # longest verbless opening before a colon
TITLE_LENGTH = 8  # longest name in quotation marks
UNLISTED = "unlisted"  # class of a verb after speech that no list has
TURN_SENTENCES = 3  # a paragraph «Имя Фамилия: «…»» longer than this is a turn, no quotation


def author_clause(passage: Passage, lo: int, hi: int) -> Cue | None:
    """The reporting verb of author's words that begin at `lo`: the first that can introduce speech."""
    doc = passage.doc
    best = None
    for i in range(lo, min(hi, lo + LEAD)):
        if is_stop(doc, i) or doc[i].text in (":", "«", "„", "“", '"'):
            break
        cue = cue_at(doc[i], strict=i > lo)
        if cue is None or "direct" not in cue.word.governs or not finite(cue):
            continue
        if cue.word.kind != "gesture":
            return cue
        best = best or cue
    return best or unlisted_verb(passage, lo, hi)


def unlisted_verb(passage: Passage, lo: int, hi: int) -> Cue | None:
    """Author's words with a verb that no list has: a past or present verb with its subject beside it.

    «…, — взмолился кассир», «— Идём! — он взял фонарь»: after speech any verb can stand.
    """
    doc = passage.doc
    for at in range(lo, min(hi, lo + 3)):
        token = doc[at]
        reading = next((r for r in readings(token.text) if r.form == "VERB" and r.mood != "impr"), None)
        if reading is None or token.pos_ in ("NOUN", "PROPN", "PRON", "ADP", "PART"):
            if token.pos_ not in ("ADV", "PART") and not (nominal(token) and can_speak(token)):
                return None
            continue
        if reading.tense == "futr" or reading.person in ("1per", "2per"):
            return None
        cue = Cue(token, CueWord(reading.lemma, UNLISTED, frozenset({"direct"})), reading, at, at + 1)
        near = (*range(lo, at), *range(at + 1, min(hi, at + 4)))
        subject = any(nominal(doc[i]) and can_speak(doc[i]) and agrees(reading, doc[i]) for i in near)
        return cue if subject else None
    return None


def finite(cue: Cue) -> bool:
    """Whether a reporting verb can carry author's words: no infinitive, imperative, participle."""
    reading = cue.reading
    return reading.form in ("VERB", "ADJS", "PRTS") and reading.mood != "impr"


def author_end(passage: Passage, lo: int, hi: int) -> int:
    """Where author's words that begin at `lo` end: before a dash after a stop, comma or colon."""
    doc = passage.doc
    for i in range(lo + 1, min(hi, lo + LONGEST_SENTENCE)):
        if doc[i].text in DASHES and (doc[i - 1].text in STOPS or doc[i - 1].text in (",", ":", ";")):
            return i
    return min(hi, lo + LONGEST_SENTENCE)


def sentence_stop(passage: Passage, lo: int, hi: int) -> int:
    """First sentence end at or after `lo` outside quotation marks."""
    doc = passage.doc
    depth = 0
    for i in range(lo, min(hi, lo + LONGEST_SENTENCE)):
        if doc[i].text in ("«", "„"):
            depth += 1
        elif doc[i].text in ("»", "“") and depth:
            depth -= 1
        elif not depth and is_stop(doc, i):
            return i
    return min(hi, lo + LONGEST_SENTENCE)


def quoted(passage: Passage) -> list[Draft]:
    """Speech in quotation marks with its reporting words, in text order."""
    drafts: list[Draft] = []
    done: set[int] = set()
    for pair in passage.pairs:
        if pair.open in done:
            continue
        if _is_turn(passage, pair):
            continue
        found = _split(passage, pair) or _followed(passage, pair) or _preceded(passage, pair)
        if not found:
            found = _alone(passage, pair, drafts)
        drafts.extend(found)
    return drafts


def _is_turn(passage: Passage, pair: Pair) -> bool:
    """A whole review in marks after «Имя Фамилия:» at the paragraph's start."""
    doc = passage.doc
    if pair.depth or pair.open - passage.start > 8 or pair.close < passage.end - 3:
        return False
    opening = doc[passage.start : pair.open]
    if len(opening) and opening[-1].text != ":":
        return False
    stops = sum(is_stop(doc, i) for i in range(pair.open, min(pair.close, passage.end)))
    verbal = any(cue_at(token) for token in opening)
    if pair.close >= passage.end and len(opening) and not verbal:
        return True  # a review of several paragraphs: the mark is left open
    return stops > TURN_SENTENCES and not verbal and (bool(len(opening)) or pair.close >= passage.end)


def cut_by_author(passage: Passage, lo: int, hi: int) -> tuple[list[Tokens], list[tuple[Cue, int, int]]]:
    """Speech between two positions cut by author's words: the pieces and the clauses between them."""
    doc = passage.doc
    pieces: list[Tokens] = []
    clauses: list[tuple[Cue, int, int]] = []
    start = at = lo
    while at < hi:
        before = doc[at - 1].text if at > lo else ""
        if (
            doc[at].text in DASHES
            and (before in STOPS or before in (",", "»", "”", "“", '"'))
            and at + 1 < hi
        ):
            stop = min(author_end(passage, at + 1, hi), hi)
            cue = author_clause(passage, at + 1, stop)
            if cue is not None and opens_author(passage, at, cue):
                pieces.append((start, at))
                clauses.append((cue, at + 1, stop))
                start, at = stop, stop + 1
                continue
            if clauses and before in STOPS and _author_returns(passage, at + 1, clauses[-1][0]):
                pieces.append((start, at))
                return pieces, clauses
        at += 1
    pieces.append((start, hi))
    return pieces, clauses


def _author_returns(passage: Passage, at: int, cue: Cue) -> bool:
    """«— Ну, пора. — И встал»: the author goes on after the speech, with the speaker's verb."""
    doc = passage.doc
    if at + 1 >= passage.end or fold(doc[at].text) not in ("и", "он", "она", "они"):
        return False
    return any(
        r.form == "VERB" and r.tense == "past" and r.gender == cue.reading.gender
        for r in readings(doc[at + 1].text)
    )


def opens_author(passage: Passage, dash: int, cue: Cue) -> bool:
    """Whether author's words begin after a dash: a small letter, or a name before the verb."""
    doc = passage.doc
    first = doc[dash + 1]
    if first.text[:1].islower():
        if cue.word.kind in ("gesture", UNLISTED) or cue.token.i > dash + 3:
            return cue.reading.tense == "past" or cue.reading.person == "3per"
        return cue.reading.person != "2per"
    return cue.start > dash + 1 and nominal(first) and can_speak(first) and cue.token.i <= dash + 4


def speech_drafts(passage: Passage, pieces: list[Tokens], clauses: list[tuple[Cue, int, int]]) -> list[Draft]:
    """Pieces of speech paired with the author's words beside them.

    Author's words that end in a comma belong to both sides; a piece after a full stop that
    has author's words of its own after it takes those.
    """
    doc = passage.doc
    drafts = []
    for number, (start, end) in enumerate(pieces):
        content = trimmed(doc, start, end)
        if content is None:
            continue
        before = clauses[number - 1] if number else None
        after = clauses[number] if number < len(clauses) else None
        joined = before is not None and doc[before[2] - 1].text in (",", ":")
        clause = before if after is None or joined else after
        if clause is None:
            drafts.append(Draft("direct", content))
            continue
        cue, lo, hi = clause
        if clause is before and doc[hi - 1].text == ":":
            cue = last_cue(passage, lo, hi) or cue
        drafts.append(with_source(passage, content, cue, lo, hi, inverted=True))
    return drafts


def with_source(passage: Passage, content: Tokens, cue: Cue, lo: int, hi: int, *, inverted: bool) -> Draft:
    """A direct quotation whose reporting clause lies in [lo, hi)."""
    passage.used.update(range(cue.start, cue.end))
    stop = next((i for i in range(cue.end, hi) if is_stop(passage.doc, i)), hi)
    source = find_source(cue, lo, stop, inverted=inverted)
    wordless = cue.word.kind == UNLISTED and source is not None and source[1] <= cue.start
    return Draft("direct", content, None if wordless else (cue.start, cue.end), source, cue)


def last_cue(passage: Passage, lo: int, hi: int) -> Cue | None:
    """The last reporting verb of a clause that ends in a colon; speech goes before gesture."""
    found = [
        cue
        for i in range(lo, hi)
        if (cue := cue_at(passage.doc[i])) and "direct" in cue.word.governs and cue.reading.mood != "impr"
    ]
    speech = [cue for cue in found if cue.word.kind != "gesture"]
    ranked = speech or found
    return ranked[-1] if ranked else None


def _split(passage: Passage, pair: Pair) -> list[Draft]:
    """«…, — сказал X, — …»"""
    hi = min(pair.close, passage.end)
    pieces, clauses = cut_by_author(passage, pair.open + 1, hi)
    return speech_drafts(passage, pieces, clauses) if clauses else []


def _followed(passage: Passage, pair: Pair) -> list[Draft]:
    """«…», — сказал X; also without the dash where the verb stands at once."""
    doc = passage.doc
    limit = passage.enclosing(pair.open)
    end = min(limit.close if limit else passage.end, passage.end)
    at = pair.close + 1
    while at < end and (doc[at].text in STOPS or doc[at].text == ","):
        at += 1
    dashed = at < end and doc[at].text in DASHES
    at += dashed
    if at >= end or at == pair.close + 1:
        return []
    if dashed and fold(doc[at].text) in word_class("such"):
        return _such(passage, pair, at, sentence_stop(passage, at, end))
    stop = min(author_end(passage, at, end), sentence_stop(passage, at, end))
    cue = author_clause(passage, at, stop)
    near = cue is not None and (dashed or cue.start == at)
    if cue is None or not near or (not doc[at].text[:1].islower() and not opens_author(passage, at - 1, cue)):
        return []
    content = trimmed(doc, pair.open + 1, pair.close)
    if content is None or _is_title(passage, pair):
        return []
    return [with_source(passage, content, cue, at, stop, inverted=True)]


def _such(passage: Passage, pair: Pair, lo: int, hi: int) -> list[Draft]:
    """«…», — таково мнение тренера."""
    content = trimmed(passage.doc, pair.open + 1, pair.close)
    noun = noun_of_saying(passage, lo, min(hi, lo + 4))
    if content is None or noun is None:
        return []
    return [Draft("direct", content, (lo, noun + 1), noun_source(passage, noun, lo, hi))]


def _is_title(passage: Passage, pair: Pair) -> bool:
    """«сети «Ведро и швабра», напомнил он»: a short name right after its noun is no speech."""
    doc = passage.doc
    if pair.open == passage.start or pair.close - pair.open > TITLE_LENGTH:
        return False
    return doc[pair.open - 1].pos_ in ("NOUN", "PROPN", "ADJ") and doc[pair.close - 1].text not in STOPS


def clause_start(passage: Passage, at: int) -> int:
    """Start of the sentence that runs up to a token, quotation marks kept whole."""
    doc = passage.doc
    depth = 0
    first = max(passage.start, at - LONGEST_SENTENCE)
    for i in range(at - 1, first - 1, -1):
        text = doc[i].text
        if text in ("»", "”"):
            depth += 1
        elif text in ("«", "„"):
            if not depth:
                return i + 1
            depth -= 1
        elif not depth and is_stop(doc, i):
            return i + 1
    return first


def _preceded(passage: Passage, pair: Pair) -> list[Draft]:
    """X сказал: «…», X ему: «…», слова X: «…»"""
    doc = passage.doc
    content = trimmed(doc, pair.open + 1, min(pair.close, passage.end))
    if content is None or pair.open == passage.start:
        return []
    colon = pair.open - 1
    if doc[colon].text in DASHES and colon > passage.start and doc[colon - 1].text == ":":
        colon -= 1
    if doc[colon].text == ":":
        lo = clause_start(passage, colon)
        draft = introduced(passage, content, lo, colon)
        return [draft] if draft else []
    named = _named(passage, pair)
    if named is not None:
        return [named]
    cue = cue_at(doc[colon]) or (cue_at(doc[colon - 1]) if colon > passage.start else None)
    plain = cue is not None and "quote" in cue.word.governs
    if cue is not None and plain and cue.reading.mood != "impr" and content[1] - content[0] >= 1:
        if cue.end < pair.open and fold(doc[colon].text) not in word_class("addressee"):
            return []
        return [with_source(passage, content, cue, clause_start(passage, colon), pair.open, inverted=False)]
    return []


def _named(passage: Passage, pair: Pair) -> Draft | None:
    """«назвал проект «сырым»»: partly quoted, what stands between the verb and the closing mark."""
    doc = passage.doc
    if not doc[pair.open + 1].text[:1].islower() or pair.close >= passage.end:
        return None
    for at in range(pair.open - 1, max(passage.start, pair.open - 9) - 1, -1):
        cue = cue_at(doc[at])
        if cue is None or "name" not in cue.word.governs:
            if is_stop(doc, at) or doc[at].text in (",", ":", "»"):
                return None
            continue
        lo = clause_start(passage, at)
        source = find_source(cue, lo, pair.open)
        if source is None or not any(can_speak(doc[i]) for i in range(*source)):
            return None
        start = source[1] if source[0] >= cue.end else cue.end
        content = trimmed(doc, start, pair.close + 1)
        passage.used.update(range(cue.start, cue.end))
        return Draft("mixed", content, (cue.start, cue.end), source, cue) if content else None
    return None


def introduced(passage: Passage, content: Tokens, lo: int, colon: int) -> Draft | None:
    """Speech after a colon: by a reporting verb, a noun of saying, or a bare name."""
    cue = last_cue(passage, lo, colon)
    if cue is not None and cue.word.lemma == "написать" and cue.reading.form == "PRTS":
        return None  # a sign: «на заборе написано: «…»»
    if cue is not None:
        return with_source(passage, content, cue, lo, colon, inverted=False)
    bare = verbless(passage, content, lo, colon)
    if bare is not None:
        return bare
    noun = noun_of_saying(passage, lo, colon)
    if noun is not None and _introduces(passage, noun, lo):
        return Draft("direct", content, (noun, noun + 1), noun_source(passage, noun, lo, colon))
    return actor(passage, content, lo, colon)


def _introduces(passage: Passage, noun: int, lo: int) -> bool:
    """Whether a noun of saying before a colon opens speech: a subject, or «с заявлением», «со словами»."""
    token = passage.doc[noun]
    before = fold(passage.doc[noun - 1].text) if noun > lo else ""
    return "Nom" in token.morph.get("Case", []) or before in ("с", "со") or noun <= lo + 1


def actor(passage: Passage, content: Tokens, lo: int, colon: int) -> Draft | None:
    """«Архитектор был краток: «…»»: no word of saying, but somebody who acts before the colon."""
    doc = passage.doc
    sentence_like = any(doc[i].pos_ in ("VERB", "AUX") or doc[i].text in STOPS for i in range(*content))
    if content[1] - content[0] < 3 and not sentence_like:
        return None
    for i in range(colon - 1, lo - 1, -1):
        token = doc[i]
        subject = (
            token.dep_ in ("nsubj", "nsubj:pass") and nominal(token) and not token.head.dep_.startswith("acl")
        )
        if subject and can_speak(token) and token.ent_type_ != "LOC":
            return Draft("direct", content, None, noun_phrase(token, lo, colon))
    return None


def noun_of_saying(passage: Passage, lo: int, hi: int) -> int | None:
    """The last noun that names a saying in a stretch."""
    for i in range(hi - 1, lo - 1, -1):
        options = readings(passage.doc[i].text)
        if options[0].form == "NOUN" and any(r.lemma in cue_nouns() for r in options if r.form == "NOUN"):
            return i
    return None


def noun_source(passage: Passage, noun: int, lo: int, hi: int) -> Tokens | None:
    """Whose saying: «его слова», «вывод докладчика»."""
    doc = passage.doc
    owner = fold(doc[noun - 1].text) if noun > lo else ""
    if owner in word_class("possessive") and not owner.startswith("сво"):
        return noun - 1, noun
    for i in range(noun + 1, min(hi, noun + 4)):
        if doc[i].pos_ in ("NOUN", "PROPN", "X") and in_case(doc[i], "gent"):
            phrase = noun_phrase(doc[i], noun + 1, hi, case="gent")
            return phrase if can_speak(doc[i]) else None
        if doc[i].pos_ not in ("ADJ", "DET", "NUM"):
            break
    return None


def verbless(passage: Passage, content: Tokens, lo: int, colon: int) -> Draft | None:
    """«Гайнуллин ему: «…»», «тот в ответ: «…»»: a short opening with a speaker and no verb."""
    doc = passage.doc
    while lo < colon and (doc[lo].text in DASHES or doc[lo].pos_ in ("CCONJ", "PART")):
        lo += 1
    if not 0 < colon - lo <= LABEL:
        return None
    opening = doc[lo:colon]
    if any(token.pos_ in ("VERB", "AUX") or readings(token.text)[0].form == "VERB" for token in opening):
        return None
    head = next((token for token in opening if nominal(token) and can_speak(token)), None)
    if head is None or head.i > lo + 2:
        return None
    source = noun_phrase(head, lo, colon)
    rest = [fold(token.text) for token in doc[source[1] : colon]]
    answer = (source[1], colon) if rest == ["в", "ответ"] else None
    if source[0] != lo and doc[lo].pos_ not in ("ADV", "PART", "CCONJ"):
        return None
    return Draft("direct", content, answer, source)


def _alone(passage: Passage, pair: Pair, before: list[Draft]) -> list[Draft]:
    """A whole sentence in marks that stands by itself, right after other direct speech."""
    doc = passage.doc
    content = trimmed(doc, pair.open + 1, min(pair.close, passage.end))
    if content is None or content[1] - content[0] < 4 or not doc[content[0]].text[:1].isupper():
        return []
    opens = pair.open == passage.start or is_stop(doc, pair.open - 1)
    after = pair.close + 1
    closes = (after >= passage.end or doc[after].text in STOPS or (doc[after - 2].text in STOPS)) and (
        after >= passage.end or doc[after].text != ","
    )
    verb = any(doc[i].pos_ in ("VERB", "AUX") for i in range(*content))
    return [Draft("direct", content)] if opens and closes and verb else []
