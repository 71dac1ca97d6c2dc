"""Where does a sentence begin? razdel inside every block, corrected by rules, never across two.

razdel knows edited prose. `SPLITS` cut where it misses an end (chat without capitals,
emoticons, a lost space), `JOINS` undo what it cuts wrongly (inside a quotation that the
narration goes on after). A rule is a function of a `Gap` that says whether it applies.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from razdel import sentenize
from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.language import dictionary
from reviewnlp.language.annotate import set_tree
from reviewnlp.resources import rows

EMOJI = "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2764\ufe0f]"
EMOTICON = rf"(?:[:;=]['’]?-?[)(DPР*]+|[)]{{2,}}|[(]{{2,}}|<3|{EMOJI}+)"
END = re.compile(
    rf"(?:[.!?…]+[»”\"]?\s*{EMOTICON}*|\s*{EMOTICON}|[)])(?P<gap>\s+)"
    r"|(?<=[а-яё]{2})[.!?…]+(?=[А-ЯЁ][а-яё])"
)
LAST_WORD = re.compile(r"[^\s.«»\"(]+(?:\.\s?[^\s.])*$")
MARKER = re.compile(r"(?:\d{1,3}|[а-яёa-z])[.)]", re.IGNORECASE)
NARRATION = re.compile(r"[.!?…]*,|[!?…]*\s*(?:[—–-]\s*)?[а-яё]")
PROPER = {"Name", "Surn", "Patr", "Geox", "Orgn", "Init"}
LONGEST_HELD = 160
REACH = 80
LONGEST_MARKER = 4
PAIRS = {"«": "»", "“": "”", "„": "“"}


@dataclass(frozen=True)
class Gap:
    """A place in a block where one sentence may end and the next begin.

    `sentence` is where the sentence began, `end` the position after its end mark, `start` that
    of the next character. `chat` says that the block is written without capitals, `held` that
    the place is inside a quotation after which the narration goes on.
    """

    text: str
    sentence: int
    end: int
    start: int
    chat: bool
    held: bool

    @property
    def left(self) -> str:
        """What the sentence has so far."""
        return self.text[self.sentence : self.end]

    @property
    def right(self) -> str:
        """What follows, a stretch of it."""
        return self.text[self.start : self.start + REACH]

    @cached_property
    def last_word(self) -> str:
        """The word before the end mark, with the stops inside it («т. д»)."""
        found = LAST_WORD.search(self.left.rstrip(" .!?…"))
        return found[0] if found else ""

    @cached_property
    def next_word(self) -> str:
        found = re.match(r"\W*(\w+)", self.right)
        return found[1] if found else ""

    @property
    def lower(self) -> bool:
        """Whether it goes on with a lower-case letter."""
        return self.right[:1].islower()

    @property
    def upper(self) -> bool:
        """Whether it goes on with a capital, perhaps after a quotation mark or dash."""
        return self.right.lstrip('«"„“(—–- ')[:1].isupper()

    @property
    def abbreviation(self) -> str:
        """Class of the abbreviation that ends here, "" where none does."""
        if not self.left.endswith("."):
            return ""
        word = self.last_word.lower()
        # «и пр.» ends a list, «пр. Мира» is an avenue
        listing = " ".join(self.left.lower().rstrip(".").split()[-2:])
        return ABBREVIATIONS.get(listing) or ABBREVIATIONS.get(word, "")


ABBREVIATIONS = {row[0]: row[1] for row in rows("language", "abbreviations.tsv")}


def after_marker(gap: Gap) -> bool:
    """«1) Купить хлеб», «а) первое»: the item's number alone is no sentence."""
    return MARKER.fullmatch(gap.left.strip()) is not None


def after_initial(gap: Gap) -> bool:
    """«И. П. Ковалёв»"""
    return gap.left.endswith(".") and len(gap.last_word) == 1 and gap.last_word.isupper()


def after_abbreviation(gap: Gap) -> bool:
    """«ул. Ленина», «5 тыс. рублей», «в 2015 г. Иванов»"""
    if gap.abbreviation == "before":
        return not (gap.last_word.lower() in UNITS_TOO and _after_number(gap) and gap.upper)
    return gap.abbreviation == "after" and not gap.upper


def inside_quotation(gap: Gap) -> bool:
    """«Сколько можно ждать? Год?» — спросил он: the narration goes on after the quotation."""
    return gap.held


def before_narration(gap: Gap) -> bool:
    """«Сколько можно ждать!» — спросил он; — Да! — сказал он."""
    return re.match(r"[—–-]\s*[а-яё]", gap.right) is not None


def before_lower_case(gap: Gap) -> bool:
    """«Он задумался… потом ответил»; chat goes on in lower case after a full stop too."""
    return gap.lower and not gap.chat and not gap.left.endswith(".")


def lost_space(gap: Gap) -> bool:
    """«Сделали.Потом ушли»"""
    return gap.end == gap.start and gap.upper


def chat_stop(gap: Gap) -> bool:
    """«никого нет. охранник спит»: a full stop after a word and no capital."""
    if not gap.lower or not re.search(r"[^.…][.]$", gap.left):
        return False
    word = gap.last_word.lower()
    return gap.chat or word.isdigit() or dictionary.known(word)


def chat_mark(gap: Gap) -> bool:
    """«да ладно? не может быть»: where nobody writes capitals"""
    return gap.chat and gap.lower and re.search(r"[!?]$", gap.left) is not None


def emoticon(gap: Gap) -> bool:
    """«Отлично посидели)) Приду ещё»; in chat also before lower case"""
    if not re.search(rf"{EMOTICON}$", gap.left) and not _lonely_bracket(gap.left):
        return False
    if gap.chat and gap.lower:
        return _words(gap.left) > 1 and _words(gap.right) > 1
    return gap.upper and _words(gap.left) > 0


def after_year(gap: Gap) -> bool:
    """«в 2015 г. Потом»: an abbreviation that may end a sentence, before no name"""
    if gap.abbreviation != "after" or not gap.upper:
        return False
    parses = dictionary.parses(gap.next_word.lower())
    return dictionary.known(gap.next_word) and not any(PROPER & parse.tag.grammemes for parse in parses)


Rule = Callable[[Gap], bool]
JOINS: tuple[Rule, ...] = (
    after_marker,
    after_initial,
    after_abbreviation,
    inside_quotation,
    before_narration,
    before_lower_case,
)
SPLITS: tuple[Rule, ...] = (lost_space, chat_stop, chat_mark, emoticon, after_year)
# abbreviations of units that also stand before names or numbers
UNITS_TOO = {"мин", "п", "пр", "т"}


def _after_number(gap: Gap) -> bool:
    return re.search(r"\d\s*\S+\.$", gap.left) is not None


def held_quotations(text: str) -> list[tuple[int, int]]:
    """Quotations after which the narration goes on, disjoint and in order.

    One longer than `LONGEST_HELD` is not held together: a page of speech is no one sentence,
    and the mark may not be its own.
    """
    held: list[tuple[int, int]] = []
    opened: list[tuple[int, str]] = []
    for position, sign in enumerate(text):
        if opened and sign == opened[-1][1]:
            start = opened.pop()[0]
            if position - start < LONGEST_HELD and NARRATION.match(text, position + 1):
                while held and held[-1][0] > start:
                    held.pop()
                held.append((start, position))
        elif sign in PAIRS:
            opened.append((position, PAIRS[sign]))
    return held


def _lonely_bracket(left: str) -> bool:
    """Whether a bracket closes that was not opened: a smile."""
    return left.endswith(")") and left.count("(") < left.count(")") and len(left) > LONGEST_MARKER


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def without_capitals(text: str) -> bool:
    """Whether a block's writer begins sentences in lower case."""
    lower = len(re.findall(r"[.!?]\)*\s+[а-яё]", text)) + (text[:1].islower())
    upper = len(re.findall(r"[.!?]\)*\s+[А-ЯЁ]", text)) + (text[:1].isupper())
    return lower > upper


def sentence_starts(text: str) -> Iterator[int]:
    """Offsets at which the sentences of one block begin, in order, the first included."""
    cuts = {sentence.start for sentence in sentenize(text)}
    places = {
        found.end(): found.start("gap") if found["gap"] else found.end() for found in END.finditer(text)
    }
    places |= {cut: len(text[:cut].rstrip()) for cut in cuts - places.keys()}
    chat = without_capitals(text)
    held = held_quotations(text)
    sentence = min(cuts, default=0)
    yield sentence
    for start, end in sorted(places.items()):
        if start <= sentence or start >= len(text):
            continue
        quotation = bisect_right(held, (start, 0)) - 1
        inside = quotation >= 0 and start < held[quotation][1]
        gap = Gap(text, sentence, end, start, chat, inside)
        if any(rule(gap) for rule in JOINS):
            continue
        if start in cuts or any(rule(gap) for rule in SPLITS):
            yield start
            sentence = start


@Language.factory(
    "reviewnlp_sentences", requires=["doc._.blocks"], assigns=["token.is_sent_start", "doc.sents"]
)
def create_sentences(nlp: Language, name: str) -> SentenceSegmenter:
    """Component that sets sentence starts inside layout blocks."""
    return SentenceSegmenter()


class SentenceSegmenter:
    """Sets `token.is_sent_start` on every token; a block's first token begins a sentence.

    Where an earlier component has parsed the text, arcs that cross a border are cut: the first
    word of a sentence that loses its head becomes its root, others hang on that.
    """

    def __call__(self, doc: Doc) -> Doc:
        offsets = [token.idx for token in doc]
        starts = {0}
        text = doc.text
        for block in doc._.blocks:
            starts.add(bisect_left(offsets, block.start))
            starts.add(bisect_left(offsets, block.end))
            for start in sentence_starts(text[block.start : block.end]):
                starts.add(bisect_left(offsets, block.start + start))
        if not len(doc):
            return doc
        if doc.has_annotation("DEP"):
            return _cut_trees(doc, sorted(starts - {len(doc)}))
        flags = np.array([1 if i in starts else -1 for i in range(len(doc))], dtype=np.int64)
        # spaCy's stub has its own name for arrays; setting tokens one by one takes quadratic time
        column: Any = flags.view(np.uint64)
        return doc.from_array("SENT_START", column)


def _cut_trees(doc: Doc, starts: list[int]) -> Doc:
    """One tree for each stretch of tokens between starts, made of the trees that there are."""
    heads = np.array([token.head.i for token in doc], dtype=np.int64)
    relations = [token.dep_ for token in doc]
    for start, end in zip(starts, [*starts[1:], len(doc)], strict=True):
        loose = [i for i in range(start, end) if heads[i] == i or not start <= heads[i] < end]
        for i in loose:
            heads[i] = loose[0]
            relations[i] = "ROOT" if i == loose[0] else relations[i].replace("ROOT", "parataxis")
    return set_tree(doc, heads, relations)
