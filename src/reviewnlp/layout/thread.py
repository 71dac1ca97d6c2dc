"""Which lines of the comment area make one comment? Walks the area once and drafts the comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reviewnlp.annotations import BlockKind
from reviewnlp.layout.cues import LIST_MARK, Quote, is_counter, is_debris, read_quote, title_strength
from reviewnlp.layout.drafts import Draft, Paragraph
from reviewnlp.layout.headers import find_moments, is_bare_moment, is_guest
from reviewnlp.layout.heads import Head, stand_below, weak_head
from reviewnlp.layout.lines import Line, trimmed
from reviewnlp.layout.pieces import any_of

UNFINISHED = re.compile(r"[:,;—–-]\s*\Z")
SMALL = re.compile(r"\W{0,3}[a-zа-яё]")


class Walk:
    """Walk over a comment area; leaves `drafts`, `kinds` (ranges with their block kind) and `end`."""

    def __init__(self, text: str, lines: Sequence[Line], heads: Mapping[int, Head]) -> None:
        self.below = stand_below(lines, heads)
        self.text = text
        self.lines = lines
        self.heads = heads
        self.drafts: list[Draft] = []
        self.kinds: list[tuple[int, int, BlockKind]] = []
        self.open: Draft | None = None
        self.spaced = False
        self.listed = False
        self.dense = False  # no blank lines in the whole area
        self.gaps = [index for index, line in enumerate(lines) if line.gap]
        self.starts = sorted(heads)
        self.last_head = max(heads, default=-1)
        self.end = len(lines)  # where the page goes on after its comments
        self.known = Counter(head.header.author for head in heads.values() if head.header.author)

    def run(self, start: int) -> None:
        """Walks from line `start` to the end."""
        self._look_ahead(start)
        self.dense = bisect_right(self.gaps, start) == len(self.gaps)
        index = start
        while index < len(self.lines):
            index += self._step(index)

    def _step(self, index: int) -> int:
        """Deals with the line at `index`; returns how many lines it took."""
        line = self.lines[index]
        head = self.heads.get(index)
        if head is None and not self.below and self._may_begin(line):
            head = weak_head(self.lines, index, self.known)
        if head is not None:
            return self._begin(index, head)
        if line.given == "heading" or (title_strength(line.text) and self._stands_apart(index)):
            self._mark(line, "heading")
            self.open = None
            self._look_ahead(index + 1)
            return 1
        has_body = self.open is not None and bool(self.open.paragraphs)
        if line.given == "debris" or (
            is_debris(line.text) and (has_body or self.open is None or not is_counter(line.text))
        ):
            self._close(line)
            return 1
        if (has_body and self._is_stamp(index)) or (
            (has_body or self.open is None) and self._parts_days(index)
        ):
            self._close(line)
            return 1
        if line.gap and index > self.last_head and any_of("endings.tsv").match(line.text):
            self.end = index
            return len(self.lines) - index
        if not has_body or line.gap or (self.open and self.open.closed):
            taken = self._quote(index, has_body)
            if taken:
                return taken
        self._body(line)
        return 1

    def _may_begin(self, line: Line) -> bool:
        """Whether a name alone on this line can be a header: it is set off, or nothing on the page is."""
        if line.gap or not self.drafts or (self.open and self.open.closed):
            return True
        return self.dense and (line.text in self.known or is_guest(line.text))

    def _close(self, line: Line) -> None:
        """Buttons or a date below a body end the comment; the date is its own if it has none yet."""
        self._mark(line, "debris")
        if self.open is None or not self.open.paragraphs:
            return
        self.open.closed = True
        head, moment = self.open.head, next(find_moments(line.text), None)
        if moment and head and head.header.posted_at is None:
            self.open.head = replace(head, header=replace(head.header, posted_at=moment.group()))

    def _is_stamp(self, index: int) -> bool:
        """Whether the line is a date alone that ends the body of a comment whose header has none."""
        line = self.lines[index]
        last = index + 1 == len(self.lines) or self.lines[index + 1].gap > 0 or index + 1 in self.heads
        head = self.open.head if self.open else None
        if not last or line.gap or head is None or head.header.posted_at is not None:
            return False
        return is_bare_moment(line.text)

    def _parts_days(self, index: int) -> bool:
        """Whether the line is a date alone between two messages of a chat."""
        return index + 1 in self.heads and is_bare_moment(self.lines[index].text)

    def _stands_apart(self, index: int) -> bool:
        """Whether the line is set off from a comment's body before it."""
        line = self.lines[index]
        ruled = index > 0 and is_debris(self.lines[index - 1].text)
        return line.fresh and (line.gap > 0 or not self.drafts or ruled or self.dense)

    def _begin(self, index: int, head: Head) -> int:
        first, last = self.lines[index], self.lines[index + head.lines - 1]
        if self.below and self.open and self.open.paragraphs:
            self.open.head, self.open.header, self.open.closed = head, (first.start, last.end), True
            self._mark(first, "comment_header", last)
            return head.lines
        if self.open is None or self.open.head or self.open.paragraphs:
            self.open = Draft()
            self.drafts.append(self.open)
        draft = self.open
        draft.head, draft.header = head, (first.start, last.end)
        if head.body is None:
            self._mark(first, "comment_header", last)
            return head.lines
        draft.header = trimmed(self.text, first.start, first.start + head.body)
        self.kinds.append((*draft.header, "comment_header"))
        start, end = trimmed(self.text, first.start + head.body, first.end)
        draft.paragraphs.append(Paragraph(start, end, self.text[start:end], 0))
        return 1

    def _quote(self, index: int, has_body: bool) -> int:
        """Takes the lines that quote an earlier comment at the beginning of a body; 0 if there are none.

        A quotation after a finished body opens the next comment if that one's header follows it.
        """
        line = self.lines[index]
        quote = read_quote(line.text) or (Quote("mark", "", line.text) if line.given == "quote" else None)
        if quote is None:
            return 0
        inside = has_body and self.open is not None and self.open.head is not None and not self.open.closed
        if inside and self.heads.get(index + 1) is None:
            return 0
        if self.open is None or has_body:
            self.open = Draft()
            self.drafts.append(self.open)
        self.open.quotes.append(quote)
        self._mark(line, "comment_header" if quote.kind == "reply" else "quote")
        if quote.kind != "cite" or quote.text or index + 1 >= len(self.lines) or self.lines[index + 1].gap:
            return 1
        quoted = self.lines[index + 1]
        self.open.quotes[-1] = Quote(quote.kind, quote.who, quoted.text)
        self._mark(quoted, "quote")
        return 2

    def _body(self, line: Line) -> None:
        draft = self.open
        if draft is None or draft.closed or (draft.head is None and self._is_new(draft, line)):
            draft = Draft()
            self.drafts.append(draft)
            self.open = draft
        start = line.start + self._mark_length(draft, line)
        draft.paragraphs.append(Paragraph(start, line.end, self.text[start : line.end], line.gap))

    def _mark_length(self, draft: Draft, line: Line) -> int:
        """Length of the list mark before an anonymous comment, which is no part of its body."""
        listed = self.listed and draft.head is None and not draft.paragraphs
        mark = LIST_MARK.match(line.text) if listed else None
        return mark.end() if mark else 0

    def _is_new(self, draft: Draft, line: Line) -> bool:
        """Whether a line after an anonymous comment's line begins another comment."""
        if not draft.paragraphs:
            return False
        if self.listed:
            return LIST_MARK.match(line.text) is not None
        if self.spaced:
            return line.gap > 0
        if UNFINISHED.search(draft.paragraphs[-1].text) or any_of("continuations.tsv").match(line.text):
            return False
        # A writer who begins sentences with small letters goes on so; one who does not, does not.
        return not (SMALL.match(line.text) and SMALL.match(draft.paragraphs[0].text))

    def _look_ahead(self, start: int) -> None:
        """Says how the anonymous comments from line `start` on are parted: as a list, by blank lines."""
        self.spaced = self._is_spaced(start)
        first = self.lines[start : start + 2]
        self.listed = len(first) == 2 and all(LIST_MARK.match(line.text) for line in first)

    def _is_spaced(self, start: int) -> bool:
        """Whether blank lines part the anonymous comments that begin at line `start`."""
        gap = bisect_right(self.gaps, start)
        head = bisect_right(self.starts, start)
        if gap == len(self.gaps):
            return False
        return head == len(self.starts) or self.gaps[gap] < self.starts[head]

    def _mark(self, line: Line, kind: BlockKind, last: Line | None = None) -> None:
        self.kinds.append((line.start, (last or line).end, kind))
