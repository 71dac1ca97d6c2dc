"""Which theses and comments of a run say the same about the same subject? `Themes` groups them.

Average-linkage clustering of the items' pairwise affinities: two groups are joined while an
average pair of theirs is likely enough to share a theme. The threshold was tuned on gold
collections, each left out in turn; it decides how many themes there are. A run over many
subjects is first parted into subjects: a group of more than `most_members` items is grouped
anew by itself, with its own mean vector and its own rarity of words. Above `most_items` items
an even sample is clustered, and the others join the theme that they are closest to.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering
from spacy.tokens import Doc

from reviewnlp.language.encoder import SentenceEncoder, load_encoder
from reviewnlp.resources import models_folder
from reviewnlp.themes.affinity import EVIDENCE, Matrix, Represented, Representer, affinity
from reviewnlp.themes.items import Item, collect
from reviewnlp.themes.labels import Labeller
from reviewnlp.themes.model import ThemeModel
from reviewnlp.themes.records import Assignment, Member, Theme, sides

Groups = NDArray[np.int64]
BLOCK = 1000
REPRESENTATIVES = 3
NOWHERE = -1


class Themes:
    """Themes over documents, in scikit-learn's manner.

    Parameters
    ----------
    model
        Path of a trained `ThemeModel`; the shipped `models/themes.safetensors` where None.
    encoder
        Encoder of the items' texts; e5 where None.
    threshold
        Least average affinity (0 to 1) inside a theme: the higher, the more and smaller themes.
    least_members
        Groups with fewer members are no themes; a comment and the theses in it count as one.
    most_members
        Larger groups are looked into: they are subjects of several themes.
    most_items
        So many items are clustered at once; of more, a sample is.

    Attributes
    ----------
    themes_ : list[Theme]
        The largest first; their positions in this list are what `transform` gives.

    Examples
    --------
    >>> themes = Themes().fit(docs)  # doctest: +SKIP
    >>> [theme.label for theme in themes.themes_]  # doctest: +SKIP
    ['комиссия за карты', 'закрытие отделений']
    """

    def __init__(
        self,
        model: str | Path | None = None,
        encoder: SentenceEncoder | None = None,
        *,
        threshold: float = 0.15,
        least_members: int = 2,
        most_members: int = 60,
        most_items: int = 4000,
    ) -> None:
        self.model = model
        self.encoder = encoder
        self.threshold = threshold
        self.least_members = least_members
        self.most_members = most_members
        self.most_items = most_items

    def fit(self, docs: Sequence[Doc]) -> Themes:
        """Find the themes of annotated documents.

        FileNotFoundError where the model is missing; ValueError where it expects another encoder.
        """
        self.fit_transform(docs)
        return self

    def fit_transform(self, docs: Sequence[Doc]) -> list[Assignment]:
        """Find the themes, and give each document's assignment."""
        model, encoder = self._load()
        items = collect(docs)
        self._representer = Representer(model, encoder)
        represented = self._representer.fit(items)
        sample = np.linspace(0, len(items) - 1, min(len(items), self.most_items)).astype(np.int64)
        kept = represented.take(sample)
        within = affinity(kept, kept, model)
        sampled = [items[i] for i in sample]
        groups = self._cluster(sampled, within)
        order = _by_size(groups, sampled, self.least_members)
        self._fitted, self._groups = kept, _renumber(groups, order)
        self._documents = len(docs)
        if len(sample) == len(items):
            closeness = _mean_affinity(within, self._groups, len(order), itself=True)
            chosen = self._groups
        else:
            closeness, chosen = self._assign(represented)
            chosen[sample] = self._groups
        self.themes_ = _describe(docs, items, chosen, closeness, len(order))
        return _assignments(docs, items, chosen)

    def transform(self, docs: Sequence[Doc]) -> list[Assignment]:
        """Assign theses and comments of other documents to the themes found by `fit`.

        An item joins the theme to whose members it has the highest average affinity, or none
        where that is below the threshold. RuntimeError before `fit`.
        """
        if not hasattr(self, "themes_"):
            raise RuntimeError("call fit before transform")
        items = collect(docs)
        represented = self._representer.represent(items, first_document=self._documents)
        return _assignments(docs, items, self._assign(represented)[1])

    def _load(self) -> tuple[ThemeModel, SentenceEncoder]:
        path = Path(self.model) if self.model is not None else models_folder() / "themes.safetensors"
        model = ThemeModel.load(path)
        encoder = self.encoder if self.encoder is not None else load_encoder("e5")
        expected = model.header.get("encoder")
        if expected != encoder.name:
            raise ValueError(
                f"{path}: trained with the encoder {expected!r}, but Themes has {encoder.name!r}"
            )
        if model.header.get("evidence") != list(EVIDENCE):
            raise ValueError(f"{path}: trained on other evidence; train it anew with 'reviewnlp train'")
        return model, encoder

    def _cluster(self, items: Sequence[Item], within: Matrix) -> Groups:
        """Group of each item, numbered from 0, by their affinities `within`."""
        if len(items) < 2:
            return np.zeros(len(items), np.int64)
        clustering = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - self.threshold
        )
        coarse = np.asarray(clustering.fit_predict(1 - within), np.int64)
        groups, count = np.zeros(len(items), np.int64), 0
        for group in range(int(coarse.max()) + 1):
            rows = np.flatnonzero(coarse == group)
            if self.most_members < len(rows) < len(items):
                parts = self._cluster_anew([items[int(i)] for i in rows])
            else:
                parts = np.zeros(len(rows), np.int64)
            groups[rows] = parts + count
            count += int(parts.max()) + 1
        return groups

    def _cluster_anew(self, items: Sequence[Item]) -> Groups:
        """Group of each item of one subject, represented by what sets it apart inside that subject."""
        model = self._representer.model
        represented = Representer(model, self._representer.encoder).fit(items)
        return self._cluster(items, affinity(represented, represented, model))

    def _assign(self, represented: Represented) -> tuple[Matrix, Groups]:
        """Average affinity to each theme, shape (n_items, n_themes), and the best theme or NOWHERE."""
        count = int(self._groups.max(initial=NOWHERE)) + 1
        closeness = np.zeros((len(represented), count))
        for first in range(0, len(represented), BLOCK):
            rows = np.arange(first, min(first + BLOCK, len(represented)))
            across = affinity(represented.take(rows), self._fitted, self._representer.model)
            closeness[rows] = _mean_affinity(across, self._groups, count)
        if not count:
            return closeness, np.full(len(represented), NOWHERE)
        best = closeness.argmax(axis=1)
        return closeness, np.where(closeness.max(axis=1) >= self.threshold, best, NOWHERE)


def _mean_affinity(across: Matrix, groups: Groups, count: int, itself: bool = False) -> Matrix:
    """Average affinity of each row to the members of each group; `itself`: rows are the members."""
    belongs = groups[:, None] == np.arange(count)[None, :]
    total, size = across @ belongs, np.broadcast_to(belongs.sum(axis=0), (len(across), count))
    if itself:
        own = np.diagonal(across)[:, None] * belongs
        total, size = total - own, size - belongs
    return np.asarray(total / np.maximum(size, 1))


def _by_size(groups: Groups, items: Sequence[Item], least: int) -> list[int]:
    """Groups of enough utterances, the one with most items first, then in the order of their first item."""
    rows: dict[int, list[int]] = {}
    for i, group in enumerate(groups):
        rows.setdefault(int(group), []).append(i)
    kept = [group for group, found in rows.items() if len({items[i].utterance for i in found}) >= least]
    return sorted(kept, key=lambda group: (-len(rows[group]), rows[group][0]))


def _renumber(groups: Groups, order: Sequence[int]) -> Groups:
    number = {group: i for i, group in enumerate(order)}
    return np.asarray([number.get(int(group), NOWHERE) for group in groups], np.int64)


def _describe(
    docs: Sequence[Doc], items: Sequence[Item], chosen: Groups, closeness: Matrix, count: int
) -> list[Theme]:
    """The records of the groups, in their order."""
    labeller = Labeller(docs, items)
    themes = []
    for group in range(count):
        rows = [int(i) for i in np.flatnonzero(chosen == group)]
        central = sorted(rows, key=lambda i: (-round(float(closeness[i, group]), 9), i))
        members = tuple(items[i].member for i in rows)
        stances, people = sides(members, docs)
        themes.append(
            Theme(
                label=labeller.label(central, stances),
                keywords=labeller.keywords(rows),
                members=members,
                representative=tuple(items[i].member for i in central[:REPRESENTATIVES]),
                documents=tuple(sorted({member.document for member in members})),
                supportive=stances["supportive"],
                neutral=stances["neutral"],
                skeptical=stances["skeptical"],
                people_for=people.get("supportive", ()),
                people_against=people.get("skeptical", ()),
            )
        )
    return themes


def _assignments(docs: Sequence[Doc], items: Sequence[Item], chosen: Groups) -> list[Assignment]:
    """Theme of every thesis and comment, document by document."""
    found: dict[Member, int] = {
        item.member: int(group) for item, group in zip(items, chosen, strict=True) if group != NOWHERE
    }
    return [
        Assignment(
            theses=tuple(found.get(Member(n, "thesis", i)) for i in range(len(doc._.theses))),
            comments=tuple(found.get(Member(n, "comment", i)) for i in range(len(doc._.comments))),
        )
        for n, doc in enumerate(docs)
    ]
