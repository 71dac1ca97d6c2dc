"""Does a later paragraph under a header belong to another comment, one without a header?

The page's own numbers tell: a gap in the headers' numbering («#4» … «#7») or the count that the page gives.
Without them a paragraph stays with its header, unless extra blank lines set it apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reviewnlp.layout.drafts import Draft
from reviewnlp.layout.register import comment_likeness

APART = 2  # blank lines that set a paragraph apart in a thread of single ones
MOST = 40  # anonymous comments that numbers can account for


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a draft may be cut: before paragraph `paragraph` of draft `draft`."""

    draft: int
    paragraph: int
    weight: float


def split_drafts(drafts: Sequence[Draft], declared: int | None) -> list[Draft]:
    """The drafts, those cut whose later paragraphs are comments of their own.

    `declared` is how many comments the page says it holds, None where it says nothing.
    """
    cuts = _possible(drafts)
    chosen = _apart(drafts, cuts) | _numbered(drafts, cuts)
    missing = (declared or 0) - len(drafts) - len(chosen)
    rest = [cut for cut in cuts if (cut.draft, cut.paragraph) not in chosen]
    if 0 < missing <= min(len(rest), MOST):
        rest.sort(key=lambda cut: (-cut.weight, cut.draft, cut.paragraph))
        chosen |= {(cut.draft, cut.paragraph) for cut in rest[:missing]}
    places: dict[int, list[int]] = defaultdict(list)
    for draft, paragraph in sorted(chosen):
        places[draft].append(paragraph)
    return [part for number, draft in enumerate(drafts) for part in _cut(draft, places[number])]


def _possible(drafts: Sequence[Draft]) -> list[Cut]:
    """Paragraphs after a blank line; the more a paragraph reads like a comment's beginning, the heavier."""
    return [
        Cut(number, place, comment_likeness(paragraph.text))
        for number, draft in enumerate(drafts)
        if draft.head is not None and draft.head.body is None
        for place, paragraph in enumerate(draft.paragraphs)
        if place and paragraph.gap
    ]


def _apart(drafts: Sequence[Draft], cuts: Sequence[Cut]) -> set[tuple[int, int]]:
    """Paragraphs that more blank lines set apart than stand between the thread's comments."""
    wide = {(c.draft, c.paragraph) for c in cuts if drafts[c.draft].paragraphs[c.paragraph].gap >= APART}
    return wide if len(wide) < max(2, len(cuts)) or len(cuts) == len(wide) == 1 else set()


def _numbered(drafts: Sequence[Draft], cuts: Sequence[Cut]) -> set[tuple[int, int]]:
    """Paragraphs that a gap in the numbering accounts for: as many as the gap, under the header before it."""
    numbers = [draft.head.header.number if draft.head else None for draft in drafts]
    chosen: set[tuple[int, int]] = set()
    by_draft: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for cut in cuts:
        by_draft[cut.draft].append((cut.draft, cut.paragraph))
    for number in range(len(drafts) - 1):
        before, after = numbers[number], numbers[number + 1]
        if before is None or after is None or not 1 < after - before <= MOST:
            continue
        if len(by_draft[number]) == after - before - 1:
            chosen.update(by_draft[number])
    return chosen


def _cut(draft: Draft, places: Sequence[int]) -> list[Draft]:
    if not places:
        return [draft]
    bounds = [*places, len(draft.paragraphs)]
    tail = [Draft(paragraphs=draft.paragraphs[a:b]) for a, b in pairwise(bounds)]
    draft.paragraphs = draft.paragraphs[: places[0]]
    return [draft, *tail]
