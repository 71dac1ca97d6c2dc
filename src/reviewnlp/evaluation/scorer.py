"""How well does a report agree with the gold? The figures of the annotation guide.

Theses and opinions are matched by their spans (intersection over union at least 0.5), comments too
(at least 0.9), one to one, the best overlaps first; attribution, polarity, stance and mode are
judged on matched pairs. Themes are compared by B-cubed F1 within each collection.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Protocol

from reviewnlp.gold import POLARITY, STANCE, GoldDocument, Mark
from reviewnlp.report.model import Comment, Document, Opinion, Thesis

WITHOUT_THEME = ("", "other")
SPAN_OVERLAP = 0.5
COMMENT_OVERLAP = 0.9
STEM = 5  # letters of a word that its forms share

Figures = dict[str, dict[str, float]]


class Placed(Protocol):
    """Anything with a half-open range of code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def score(
    documents: Iterable[Document], gold: Mapping[str, Sequence[GoldDocument]]
) -> tuple[Figures, list[str]]:
    """Figures over every gold document, and the sources of those that no report has.

    `documents` are those of one or more reports; `gold` maps a collection's name to its documents.
    A document is found by the last two parts of its `source`, else by its name where only one has it.
    """
    find = _Finder(documents)
    tally = _Tally()
    absent = []
    for collection, texts in gold.items():
        for text in texts:
            document = find(collection, text.name)
            if document is None:
                absent.append(f"{collection}/{text.name}")
            tally.add(collection, text, document)
    return tally.figures(), absent


def same_name(gold: str, found: str | None) -> bool:
    """Whether two names are the same person's: equal, case, ё and spacing aside."""
    return _folded(gold) == _folded(found)


def _folded(name: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", name or "").casefold().replace("ё", "е").split())


def same_target(gold: str, found: str | None) -> bool:
    """Whether two noun phrases name the same thing: one's stems contain the other's, or half are shared."""
    a, b = _stems(gold), _stems(found)
    return bool(a and b) and (a <= b or b <= a or len(a & b) / len(a | b) >= 0.5)


def _stems(phrase: str | None) -> set[str]:
    words = re.findall(r"\w+", (phrase or "").casefold().replace("ё", "е"))
    return {word[:STEM] for word in words if len(word) > 3} or set(words)


def match(gold: Sequence[Placed], found: Sequence[Placed], least: float) -> dict[int, int]:
    """One-to-one pairs, gold position → found position, the best overlaps first.

    Of equal overlaps the earlier gold span, then the earlier found span, comes first.
    """
    candidates = sorted(
        (-overlap, i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if (overlap := intersection_over_union(a, b)) >= least
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def intersection_over_union(a: Placed, b: Placed) -> float:
    """Shared code points over those from the first start to the last end."""
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared else 0.0


def f1(right: float, gold: float, found: float) -> dict[str, float]:
    """Precision, recall and F1 of `right` items among `found` ones, `gold` being there."""
    precision = right / found if found else 0.0
    recall = right / gold if gold else 0.0
    return {"precision": precision, "recall": recall, "f1": _harmonic(precision, recall)}


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """F1 averaged over the labels that the gold has; pairs are (gold, found)."""
    labels = sorted({gold for gold, _ in pairs})
    scores = [
        f1(
            sum(gold == label == found for gold, found in pairs),
            sum(gold == label for gold, _ in pairs),
            sum(found == label for _, found in pairs),
        )["f1"]
        for label in labels
    ]
    return _mean(scores)


def b_cubed(items: Sequence[tuple[str, frozenset[str]]]) -> float:
    """B-cubed F1 of (gold theme, found themes); an item in no found theme earns nothing.

    Amigó et al. (2009), A comparison of extrinsic clustering evaluation metrics.
    """
    precision = recall = 0.0
    for gold, found in items:
        if found:
            together = [other for other, themes in items if themes & found]
            alike = [themes for other, themes in items if other == gold]
            precision += sum(other == gold for other in together) / len(together)
            recall += sum(bool(themes & found) for themes in alike) / len(alike)
    return _harmonic(precision, recall) / len(items) if items else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


class _Finder:
    """Look-up of a report's document by collection and name."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_path: dict[tuple[str, str], Document] = {}
        self._by_name: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            path = PurePosixPath(document.source)
            self._by_path[path.parent.name, path.stem] = document
            self._by_name[path.stem].append(document)

    def __call__(self, collection: str, name: str) -> Document | None:
        named = self._by_name.get(name, [])
        return self._by_path.get((collection, name), named[0] if len(named) == 1 else None)


class _Tally:
    """What has been counted over the documents scored so far."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.themes: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)

    def add(self, collection: str, gold: GoldDocument, document: Document | None) -> None:
        """Count one gold document; None is a report that lacks it."""
        names: dict[str | None, str] = {p.id: p.name for p in document.people} if document else {}
        marks: dict[str, list[Mark]] = defaultdict(list)
        for mark in gold.marks:
            marks[mark.tag].append(mark)
        self._theses(collection, marks["t"], document.theses if document else [], names)
        self._opinions(marks["o"], document.opinions if document else [], names)
        self._comments(collection, marks["c"], document.comments if document else [], names)

    def _match(
        self, kind: str, gold: Sequence[Mark], found: Sequence[Placed], least: float
    ) -> dict[int, int]:
        pairs = match(gold, found, least)
        self.counts[f"{kind}.gold"] += len(gold)
        self.counts[f"{kind}.found"] += len(found)
        self.counts[f"{kind}.span"] += len(pairs)
        return pairs

    def _labels(self, kind: str, mark: Mark, item: Thesis | Comment) -> None:
        self.labels[f"{kind}.sentiment"].append((POLARITY[mark.attributes["p"]], item.sentiment.label))
        self.labels[f"{kind}.stance"].append((STANCE[mark.attributes["st"]], item.stance.label))

    def _theme(self, collection: str, mark: Mark, item: Thesis | Comment | None) -> None:
        if mark.attributes["th"] not in WITHOUT_THEME:
            self.themes[collection].append((mark.attributes["th"], frozenset(item.themes if item else ())))

    def _theses(
        self, collection: str, marks: Sequence[Mark], found: Sequence[Thesis], names: Mapping[str | None, str]
    ) -> None:
        pairs = self._match("thesis", marks, found, SPAN_OVERLAP)
        for i, mark in enumerate(marks):
            item = found[pairs[i]] if i in pairs else None
            self._theme(collection, mark, item)
            if item is None:
                continue
            speaker = same_name(mark.attributes["s"], names.get(item.speaker))
            reporter = same_name(mark.attributes["r"], names.get(item.reporter))
            self.counts["thesis.speaker"] += speaker
            self.counts["thesis.reporter"] += reporter
            self.counts["thesis.full"] += speaker and reporter
            self.counts["thesis.mode"] += item.mode == mark.attributes["m"]
            self._labels("thesis", mark, item)

    def _opinions(
        self, marks: Sequence[Mark], found: Sequence[Opinion], names: Mapping[str | None, str]
    ) -> None:
        for i, j in self._match("opinion", marks, found, SPAN_OVERLAP).items():
            gold, item = marks[i].attributes, found[j]
            target = same_name(gold["g"], names.get(item.target.person)) or same_target(
                gold["g"], item.target.text
            )
            polarity = POLARITY[gold["p"]]
            self.counts["opinion.target"] += target
            self.counts["opinion.holder"] += same_name(gold["h"], names.get(item.holder))
            self.counts["opinion.full"] += target and item.sentiment.label == polarity
            self.labels["opinion.sentiment"].append((polarity, item.sentiment.label))

    def _comments(
        self,
        collection: str,
        marks: Sequence[Mark],
        found: Sequence[Comment],
        names: Mapping[str | None, str],
    ) -> None:
        pairs = self._match("comment", marks, found, COMMENT_OVERLAP)
        for i, mark in enumerate(marks):
            item = found[pairs[i]] if i in pairs else None
            self._theme(collection, mark, item)
            if item is None:
                continue
            self.counts["comment.kind"] += item.kind == mark.attributes["k"]
            self.counts["comment.author"] += same_name(mark.attributes["a"], names.get(item.author))
            self._labels("comment", mark, item)

    def _spans(self, kind: str) -> dict[str, float]:
        n = self.counts
        gold, found = n[f"{kind}.gold"], n[f"{kind}.found"]
        figures = f1(n[f"{kind}.span"], gold, found) | {"gold": gold, "found": found}
        if kind != "comment":
            figures["full_f1"] = f1(n[f"{kind}.full"], gold, found)["f1"]
        return figures

    def _shares(self, kind: str, *of: str) -> dict[str, float]:
        """Accuracies on matched spans."""
        over = self.counts[f"{kind}.span"]
        return {f"{name}_accuracy": self.counts[f"{kind}.{name}"] / over if over else 0.0 for name in of}

    def _macro(self, kind: str, *of: str) -> dict[str, float]:
        return {f"{name}_macro_f1": macro_f1(self.labels[f"{kind}.{name}"]) for name in of}

    def figures(self) -> Figures:
        """Figures by part: thesis, opinion, comment, themes."""
        groups = list(self.themes.values())
        return {
            "thesis": self._spans("thesis")
            | self._shares("thesis", "speaker", "reporter", "mode")
            | self._macro("thesis", "sentiment", "stance"),
            "opinion": self._spans("opinion")
            | self._shares("opinion", "target", "holder")
            | self._macro("opinion", "sentiment"),
            "comment": self._spans("comment")
            | self._shares("comment", "kind", "author")
            | self._macro("comment", "sentiment", "stance"),
            "themes": {
                "b_cubed_f1": _mean([b_cubed(items) for items in groups]),
                "b_cubed_f1_if_all_in_one": _mean(
                    [b_cubed([(gold, frozenset({"all"})) for gold, _ in items]) for items in groups]
                ),
                "items": sum(map(len, groups)),
            },
        }
