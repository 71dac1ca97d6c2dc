"""Which independent clauses does a sentence coordinate?

The parser's trees are often wrong in long sentences, punctuation seldom is. So a sentence is
first cut into pieces at commas, semicolons and colons; then each border between two pieces is
kept or dropped by rules over how the piece opens (`а`, `но`, `и`, `что`, `который`, …) and
what predicates and subjects the tags and the tree see in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from reviewnlp.resources import rows

PAIRS = {"«": "»", "„": "“", "“": "”", "(": ")", "[": "]", "{": "}", '"': '"'}
BRACKETS = {"(", "[", "{"}
DASHES = {"—", "–", "-"}
BORDERS = {",", ";", ":"}
OPENERS = {"independent", "contrast", "join", "same", "complement", "subordinate"}
SUBJECTS = {"nsubj", "nsubj:pass", "csubj", "csubj:pass"}
NEGATIONS = {"не", "ни"}
NOMINALS = {"NOUN", "PROPN", "PRON", "ADJ", "NUM"}
LONGEST_OPENER = 4
# a relative pronoun («победу в котором …», «можно ли …») stands among the first words
RELATIVE_REACH = 3
# asides («считает он», «на мой взгляд») are no longer than this
LONGEST_ASIDE = 3


@cache
def clause_words() -> dict[tuple[str, ...], str]:
    """Class of the words that open a clause or state something, by their tokens."""
    return {tuple(row[0].split()): row[1] for row in rows("language", "clause_words.tsv")}


@cache
def relatives() -> frozenset[str]:
    """Words that make a clause subordinate although another word opens it."""
    return frozenset(words[0] for words, kind in clause_words().items() if kind == "relative")


@dataclass
class Piece:
    """A stretch between two possible borders of clauses.

    `mark` is the punctuation before it, `kinds` are the classes of the words that open it, in
    order, `predicates` the tokens that state something in it.
    """

    tokens: list[Token]
    mark: str
    kinds: tuple[str, ...]
    predicates: list[Token]

    @property
    def dependent(self) -> bool:
        """Whether it is a subordinate clause, which stays with its head."""
        return "subordinate" in self.kinds or "complement" in self.kinds

    @property
    def main(self) -> bool:
        """Whether it states something that is no subordinate clause."""
        return bool(self.predicates) and not self.dependent

    @property
    def has_subject(self) -> bool:
        """Whether a predicate of it has its subject here, or needs none."""
        inside = {token.i for token in self.tokens}
        return any(token.dep_ in SUBJECTS and token.head.i in inside for token in self.tokens) or any(
            clause_words().get((token.lower_,)) == "predicate" for token in self.predicates
        )

    @property
    def has_nominative(self) -> bool:
        """Whether a noun or pronoun stands in the nominative."""
        return any(
            token.pos_ in {"NOUN", "PROPN", "PRON"} and "Case=Nom" in token.morph for token in self.tokens
        )

    @property
    def negated(self) -> bool:
        """Whether something is denied in it: «не …, а …» may be one statement."""
        return any(token.lower_ in NEGATIONS for token in self.tokens)

    @property
    def has_dash(self) -> bool:
        """Whether a dash stands between its words, in the place of a verb."""
        return any(token.text in DASHES for token in self.tokens[1:-1])


def clauses(sentence: Span) -> list[Span]:
    """The coordinated independent clauses of a sentence, as spans that cover it in order.

    A conjunction belongs to the clause it opens, a punctuation mark to the clause it closes.
    Subordinate clauses stay with their heads; `что` clauses that are coordinated with one
    another are told apart. Nothing is cut inside quotation marks or brackets. A sentence that
    coordinates nothing gives one span: itself. Needs tags and a dependency tree.
    """
    pieces = list(_pieces(sentence))
    starts = [sentence.start]
    left: list[Piece] = []
    for position, piece in enumerate(pieces):
        if left and _opens_clause(left, pieces[position:]):
            starts.append(piece.tokens[0].i)
            left = []
        left.append(piece)
    ends = [*starts[1:], sentence.end]
    return [sentence.doc[start:end] for start, end in zip(starts, ends, strict=True)]


def _pieces(sentence: Span) -> Iterator[Piece]:
    """Stretches between punctuation marks that stand outside quotation marks and brackets."""
    words = [token for token in sentence if not token.is_space]
    inside = _protected(words, PAIRS)
    bracketed = {words[position].i for position in _protected(words, BRACKETS)}
    mark, tokens = "", list[Token]()
    for position, token in enumerate(words):
        tokens.append(token)
        following = words[position + 1 : position + 4]
        if not following or (position not in inside and _ends_piece(tokens, following)):
            yield _piece(tokens, mark, bracketed)
            mark, tokens = token.text, []


def _ends_piece(tokens: Sequence[Token], following: Sequence[Token]) -> bool:
    """Whether a piece ends at the last of the tokens, given the three that follow."""
    if [token.lower_ for token in following if token.text != ","][:2] == ["и", "что"]:
        return True
    if tokens[-1].text not in BORDERS or following[0].text in BORDERS | DASHES:
        return False
    # «…, и, наконец, что …», «но, увы, …»: the conjunction goes with what follows
    words = [token for token in tokens if not token.is_punct]
    return not words or _opener([token.lower_ for token in words]) != ("join", len(words))


def _protected(words: Sequence[Token], opening: set[str] | dict[str, str]) -> set[int]:
    """Positions inside quotation marks or brackets that are closed in the same sentence."""
    inside: set[int] = set()
    opened: list[tuple[str, int]] = []
    for position, token in enumerate(words):
        if opened and token.text == opened[-1][0]:
            inside.update(range(opened.pop()[1], position + 1))
        elif token.text in opening:
            opened.append((PAIRS[token.text], position))
    return inside


def _piece(tokens: list[Token], mark: str, bracketed: set[int]) -> Piece:
    words = [token for token in tokens if not token.is_punct]
    kinds, position = list[str](), 0
    while position < len(words):
        found = _opener([token.lower_ for token in words[position : position + LONGEST_OPENER]])
        if found is None:
            break
        kinds.append(found[0])
        position += found[1]
    if not kinds and any(token.lower_ in relatives() for token in words[1:RELATIVE_REACH]):
        kinds.append("subordinate")
    predicates = [token for token in words if token.i not in bracketed and _is_predicate(token)]
    aside = mark == "," and len(words) <= LONGEST_ASIDE and tokens[-1].text == "," and not kinds
    if aside and all(token.dep_ == "parataxis" for token in predicates):
        predicates = []
    return Piece(tokens, mark, tuple(kinds), predicates)


def _opener(words: Sequence[str]) -> tuple[str, int] | None:
    """Class and length of the longest opener that the words begin with."""
    for length in range(min(len(words), LONGEST_OPENER), 0, -1):
        kind = clause_words().get(tuple(words[:length]))
        kind = "subordinate" if kind == "relative" else kind
        if kind in OPENERS:
            return kind, length
    return None


def _is_predicate(token: Token) -> bool:
    """Finite verb, short form, predicative, head of the sentence, or noun with a subject."""
    if token.pos_ in {"VERB", "AUX"} and ("VerbForm=Fin" in token.morph or "Mood=Imp" in token.morph):
        return True
    if token.pos_ in {"VERB", "ADJ"} and "Variant=Short" in token.morph:
        return True
    if clause_words().get((token.lower_,)) == "predicate" and token.dep_ != "advmod":
        return True
    # «Конспект длинный»: the head of a sentence without a verb
    if token.dep_ == "ROOT" and token.pos_ in NOMINALS:
        return token.morph.get("Case", []) in ([], ["Nom"])
    return any(child.dep_ in SUBJECTS for child in token.children)


def _opens_clause(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether an independent clause begins with the first piece on the right.

    `left` are the pieces of the clause so far, `right` all the pieces that follow.
    """
    piece = right[0]
    opener = piece.kinds[0] if piece.kinds else ""
    if piece.mark == ";":
        return any(one.predicates for one in left)
    if piece.mark == ":":
        return piece.main and piece.has_subject
    if "complement" in piece.kinds[:2]:
        return _repeats_complement(left, piece)
    if opener in {"same", "subordinate"} or not _complete(left, opener in {"independent", "contrast"}):
        return False
    if opener == "independent":
        return True
    if opener in {"contrast", "join"} and _conditional(left):
        return False
    if opener == "contrast":
        return _states(left, right)
    if piece.mark != ",":
        return False
    if opener == "join":
        return piece.main and (piece.has_subject or piece.has_nominative)
    # «Выезд был чудесным, комары – отвратительными»
    return piece.has_dash or (piece.main and piece.has_subject)


def _complete(left: Sequence[Piece], whole: bool) -> bool:
    """Whether the clause so far has its own statement, and not only a subordinate one.

    Without `whole`, what stands before a colon does not count: «Думаю так: если придут, …».
    """
    colons = [position for position, piece in enumerate(left) if piece.mark == ":"]
    near = left if whole or not colons else left[colons[-1] :]
    return any(piece.main for piece in near) or (
        bool(left[0].predicates) and left[0].kinds[:2] in {("join", "complement"), ("complement",)}
    )


def _states(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether what a contrasting conjunction opens states something before the next one.

    «Не бежал, а шёл» states one thing.
    """
    negated = left[-1].negated
    if right[0].has_nominative and not negated and not right[0].dependent:
        return True
    if negated and right[0].tokens[0].lower_ == "а" and not right[0].has_subject:
        return False
    for position, piece in enumerate(right):
        if position and (piece.kinds[:1] in {("contrast",), ("join",)} or piece.mark != ","):
            return False
        if piece.main or (position == 0 and piece.dependent and piece.predicates):
            return True
    return False


def _repeats_complement(left: Sequence[Piece], piece: Piece) -> bool:
    """«…, что A, что B и что C»: a content clause coordinated with an earlier one."""
    earlier = [one for one in left if "complement" in one.kinds and one.predicates]
    if not earlier or not piece.predicates:
        return False
    if piece.kinds[0] == "join":
        return True
    top = min(piece.predicates, key=lambda token: len(list(token.ancestors)))
    return top.dep_ == "conj" or top.head.i < earlier[0].tokens[0].i


def _conditional(left: Sequence[Piece]) -> bool:
    """«Стоит открыть дверь, и …», «Отними у него дорогу, и …»: one statement in two halves."""
    words = [token for token in left[0].tokens if not token.is_punct]
    texts = [token.lower_ for token in words[:2]]
    conditions = clause_words()
    if any(conditions.get(tuple(texts[:length])) == "condition" for length in (1, 2)):
        return True
    return bool(words) and "Mood=Imp" in words[0].morph
