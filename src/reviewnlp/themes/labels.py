"""How is a theme called? Noun phrases that its members share and other items lack, in the nominative."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from reviewnlp.annotations import StanceLabel
from reviewnlp.people.phrases import Phrase, nominative, noun_phrase
from reviewnlp.resources import rows, words
from reviewnlp.themes.items import Item, content_words

KEYWORDS = 6
LONGEST_PHRASE = 3
"""Words of a label's phrase at most."""
PHRASES = 2
LENGTH_BONUS = 0.35
CENTRAL_BONUS = 0.5
"""How much more a phrase of the most central members counts."""
CENTRAL = 3
ONE_SIDED = 0.6
LEAST_FOR_SIDE = 3
NAMED = frozenset({"PER"})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase of one item: its lemmas, its document and place."""

    key: Key
    document: int
    phrase: Phrase


class Labeller:
    """Makes labels and keywords of groups of `items`, each against all the others."""

    def __init__(self, docs: Sequence[Doc], items: Sequence[Item]) -> None:
        self.docs = docs
        self.items = items
        self.lemmas = [_keyword_lemmas(docs[item.member.document], item) for item in items]
        self.candidates = [_candidates(docs[item.member.document], item) for item in items]
        self.items_with: Counter[str] = Counter(lemma for found in self.lemmas for lemma in set(found))
        self.items_with_key: Counter[Key] = Counter(
            key for found in self.candidates for key in {candidate.key for candidate in found}
        )

    def keywords(self, group: Sequence[int]) -> tuple[str, ...]:
        """Lemmas that tell the items of `group` from the rest, the most telling first."""
        inside: Counter[str] = Counter(lemma for i in group for lemma in set(self.lemmas[i]))
        ranked = sorted(
            inside, key=lambda lemma: (-self._telling(inside[lemma], self.items_with[lemma]), lemma)
        )
        return tuple(ranked[:KEYWORDS])

    def label(self, group: Sequence[int], stances: Mapping[StanceLabel, int]) -> str:
        """Label of a group of items, the most central first: its subject, and the side taken if one is."""
        subject = ", ".join(self._phrases(group)) or ", ".join(self.keywords(group)[:PHRASES])
        if not subject:
            subject = self.items[group[0]].text
        side = _side(stances)
        return f"{subject}: {side}" if side else subject

    def _telling(self, inside: float, everywhere: int) -> float:
        """Weight of a word: how many members have it, times how rare it is elsewhere (c-TF-IDF)."""
        return inside * math.log(1 + len(self.items) / everywhere)

    def _phrases(self, group: Sequence[int]) -> list[str]:
        """The best phrase, and a second that shares no word with it where it recurs as well."""
        weights: defaultdict[Key, float] = defaultdict(float)
        counts: Counter[Key] = Counter()
        places: dict[Key, list[Candidate]] = defaultdict(list)
        for rank, i in enumerate(group):
            for candidate in self.candidates[i]:
                places[candidate.key].append(candidate)
            for key in {candidate.key for candidate in self.candidates[i]}:
                weights[key] += 1 + (CENTRAL_BONUS if rank < CENTRAL else 0)
                counts[key] += 1
        chosen: list[Key] = []
        for key in sorted(weights, key=lambda k: (-self._phrase_weight(weights[k], k), k)):
            if counts[key] < 2 and (chosen or max(counts.values()) > 1):
                continue
            if not any(set(key) & set(other) for other in chosen):
                chosen.append(key)
            if len(chosen) == PHRASES:
                break
        return [self._written(places[key]) for key in chosen]

    def _phrase_weight(self, inside: float, key: Key) -> float:
        return self._telling(inside, self.items_with_key[key]) * (1 + LENGTH_BONUS * (len(key) - 1))

    def _written(self, places: Iterable[Candidate]) -> str:
        """The phrase as its places give it in the nominative, the most frequent form."""
        forms = Counter(nominative(self.docs[c.document], c.phrase) for c in places)
        return min(forms, key=lambda form: (-forms[form], form))


def _side(stances: Mapping[StanceLabel, int]) -> str:
    """Words for the side that most members take, or ""."""
    total = sum(stances.values())
    for stance, phrase in rows("themes", "sides.tsv"):
        count = sum(n for label, n in stances.items() if label == stance)
        if count >= LEAST_FOR_SIDE and count >= ONE_SIDED * total:
            return phrase
    return ""


def _keyword_lemmas(doc: Doc, item: Item) -> list[str]:
    """Lemmas of an item that may be keywords: content words, no persons' names, no stop words."""
    stops = words("themes", "stop_lemmas.tsv")
    return [
        token.lemma_.lower()
        for token in content_words(doc, item.start, item.end)
        if token.is_alpha and token.ent_type_ not in NAMED and token.lemma_.lower() not in stops
    ]


def _candidates(doc: Doc, item: Item) -> list[Candidate]:
    """Noun phrases of an item: each noun alone, and with what modifies it, inside the item."""
    span = doc.char_span(item.start, item.end, alignment_mode="contract")
    found: list[Candidate] = []
    for token in span or ():
        if token.pos_ != "NOUN" or not token.is_alpha or token.ent_type_ in NAMED or len(token) < 3:
            continue
        whole = noun_phrase(token, prepositional=False)
        phrases = {Phrase(token.i, token.i + 1, token.i), Phrase(whole.first, token.i + 1, token.i), whole}
        for phrase in sorted(phrases):
            inside = span is not None and span.start <= phrase.first and phrase.end <= span.end
            tokens = list(doc[phrase.first : phrase.end])
            if inside and _names_subject(tokens):
                key = tuple(word.lemma_.lower() for word in tokens)
                found.append(Candidate(key, item.member.document, phrase))
    return found


def _names_subject(tokens: Sequence[Token]) -> bool:
    """Whether a phrase can be a label: short, all words, no name of a person, not only stop words."""
    stops = words("themes", "stop_lemmas.tsv")
    return (
        len(tokens) <= LONGEST_PHRASE
        and all(token.is_alpha and token.ent_type_ not in NAMED for token in tokens)
        and not any(token.pos_ in ("NUM", "PRON", "DET") for token in tokens)
        and tokens[0].lemma_.lower() not in stops
        and tokens[-1].lemma_.lower() not in stops
    )
