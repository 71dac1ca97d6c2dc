"""Where do the comments begin? By their title, by their headers, or by the change of register alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reviewnlp.layout.cues import LIST_MARK, declared_count, is_caption, is_debris, title_strength
from reviewnlp.layout.headers import is_guest
from reviewnlp.layout.heads import Head, stand_below
from reviewnlp.layout.lines import Line
from reviewnlp.layout.register import comment_likeness

TOP = 4  # lines that can be the page's own title
LONGEST_TITLE = 120
LEAST_HEADS = 2
# Mean likeness of the paragraphs after a cue that decides where no header does.
LIKE_AFTER_SURE = 0.5
LIKE_AFTER_TITLE = 0.9
LIKE_AFTER_CAPTION = 1.2
LIKE_ALONE = 1.7
LEAST_AFTER_CAPTION = 2
LEAST_ALONE = 3
LEAST_ARTICLE = 3
SHORTEST = 30  # a shorter line (signature, telephone) proves nothing


def find_area(lines: Sequence[Line], heads: Mapping[int, Head]) -> int | None:
    """Index of the first line of the comments (their title included), None where there are none."""
    titles = [
        (index, strength) for index, line in enumerate(lines) if (strength := title_strength(line.text))
    ]
    start = _by_heads(lines, heads, titles)
    if start is not None and stand_below(lines, heads):
        while start > 0 and start in heads and not lines[start].gap:
            start -= 1
        while start > 0 and not lines[start].gap and not title_strength(lines[start].text):
            start -= 1
    if start is None:
        start = _by_title(lines, titles)
    return _by_register(lines) if start is None else start


def _by_heads(
    lines: Sequence[Line], heads: Mapping[int, Head], titles: Sequence[tuple[int, str]]
) -> int | None:
    if not heads or not (titles or _convincing(lines, heads)):
        return None
    first = min(heads)
    sure = [index for index, strength in titles if strength == "sure" and max(heads) > index]
    if sure:
        # Headers before the title belong to the article (bylines) unless they are the rule.
        before = sum(index < sure[-1] for index in heads)
        if before <= 1 or before < 0.2 * len(heads):
            return sure[-1] if not before else max(sure[-1], 0)
        return min(sure[0], first)
    opened = [index for index, _ in titles if index < first]
    if len(heads) >= LEAST_HEADS or (opened and first - opened[-1] <= 2):
        near = [index for index in opened if not any(index < other < first for other in heads)]
        return near[-1] if near and first - near[-1] <= 6 else first
    return None


def _convincing(lines: Sequence[Line], heads: Mapping[int, Head]) -> bool:
    """Whether headers without a title above are a thread's: «Казань, 12 июля» also heads a travel note.

    Clock times, numbers, verbs and nicks convince; below names with days the text must read like comments.
    """
    if any(not _is_name_and_day(head) for head in heads.values()):
        return True
    bodies = [lines[index + head.lines] for index, head in heads.items() if index + head.lines < len(lines)]
    below = [lines[index - 1] for index in heads if index] if stand_below(lines, heads) else bodies
    likeness = [comment_likeness(line.text) for line in below]
    return bool(likeness) and sum(likeness) / len(likeness) >= LIKE_AFTER_TITLE


def _is_name_and_day(head: Head) -> bool:
    header = head.header
    author = header.author or ""
    plain = not (
        header.number is not None or header.verb or header.label or header.exact or head.body is not None
    )
    return plain and not is_guest(author) and not re.search(r"[A-Za-z_\d]", author)


def _by_title(lines: Sequence[Line], titles: Sequence[tuple[int, str]]) -> int | None:
    """The last title after which text follows that a title of its strength can announce."""
    if not any(strength != "part" for _, strength in titles):
        return None
    likeness = _likeness(lines)
    count, total, stop = 0, 0.0, len(lines)
    for index, strength in reversed(titles):
        for other in range(index + 1, stop):
            if likeness[other] is not None:
                count, total = count + 1, total + (likeness[other] or 0.0)
        stop = index + 1
        if not count or strength == "part":
            continue
        likeness_below = total / count
        below_article = index >= TOP or any(
            len(line.text) > LONGEST_TITLE for line in lines[: min(index, TOP)]
        )
        counted = strength == "sure" and declared_count(lines[index].text) is not None
        least = LIKE_AFTER_SURE if strength == "sure" and below_article else LIKE_AFTER_TITLE
        if (counted and below_article) or (likeness_below >= least and (below_article or strength == "sure")):
            return index
    return None


def _likeness(lines: Sequence[Line]) -> list[float | None]:
    """How much each line reads like a comment; None for debris, which proves nothing."""
    return [
        None if is_debris(line.text) else comment_likeness(LIST_MARK.sub("", line.text, count=1))
        for line in lines
    ]


def _by_register(lines: Sequence[Line]) -> int | None:
    """The longest tail of the page that reads like comments after an article that does not."""
    likeness = [comment_likeness(line.text) if len(line.text) >= SHORTEST else 0.0 for line in lines]
    count, total = 0, 0.0
    for index in range(len(lines) - 1, LEAST_ARTICLE - 1, -1):
        if is_caption(lines[index].text):
            if count >= LEAST_AFTER_CAPTION and total / count >= LIKE_AFTER_CAPTION:
                return index + 1
        elif not is_debris(lines[index].text):
            count, total = count + 1, total + likeness[index]
    return _tail(likeness)


def _tail(likeness: Sequence[float]) -> int | None:
    best: int | None = None
    total = 0.0
    articles = [0.0]
    for value in likeness:
        articles.append(articles[-1] + value)
    for count, index in enumerate(range(len(likeness) - 1, LEAST_ARTICLE - 1, -1), start=1):
        total += likeness[index]
        if likeness[index] < 0.8:
            if count < LEAST_ALONE:
                return None
            continue
        if count >= LEAST_ALONE and total / count >= LIKE_ALONE and articles[index] / index < 0.9:
            best = index
    return best
