"""Which kind is a line outside the comments: heading, list item, caption, quote, debris, paragraph?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewnlp.annotations import Block, BlockKind
from reviewnlp.layout.cues import begins_with_dash, is_caption, is_debris, is_list_item, title_strength
from reviewnlp.layout.headers import begins_with_moment
from reviewnlp.layout.lines import Line

LONGEST_HEADING = 130
TOP = 3
RUN = 12  # neighbours of a line after a dash that tell whether it is a list
SENTENCES = re.compile(r"[.!?…]\s+[А-ЯЁA-Z]")
SENTENCE_END = re.compile(r"[.;,:…!]\Z|[.!?…][»\"”)]\Z")
NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?|[IVX]{1,5}\.|глава|часть|раздел|доклад|вопрос)\s", re.I
)
QUOTE_MARK = re.compile(r">{1,4}\s?\S")
SPOKEN = re.compile(r"[,.!?…]\s[—–-]\s|[?!…]\Z")


def paragraph_blocks(lines: Sequence[Line], stop: int, start: int = 0) -> list[Block]:
    """Blocks of the lines from `start` to before `stop`, which hold no comments."""
    return [Block(lines[i].start, lines[i].end, line_kind(lines, i)) for i in range(start, stop)]


def line_kind(lines: Sequence[Line], index: int) -> BlockKind:
    """Kind of a line that belongs to no comment."""
    line = lines[index]
    if line.given not in (None, "paragraph", "comment", "comment_header"):
        return line.given
    if is_debris(line.text):
        return "debris"
    if QUOTE_MARK.match(line.text):
        return "quote"
    if is_caption(line.text):
        return "caption"
    if title_strength(line.text) and line.fresh:
        return "heading"
    if is_list_item(line.text):
        if begins_with_dash(line.text):
            return "paragraph" if _is_dialogue(lines, index) else "list_item"
        return "heading" if _numbered_heading(lines, index) else "list_item"
    return "heading" if _is_heading(lines, index) else "paragraph"


def _is_dialogue(lines: Sequence[Line], index: int) -> bool:
    """Whether a line after a dash is somebody's turn; a list follows a colon and ends its items alike."""
    low, high = max(0, index - RUN), min(len(lines), index + RUN)
    first = index
    while first > low and begins_with_dash(lines[first - 1].text) and not lines[first].gap:
        first -= 1
    last = index
    while last + 1 < high and begins_with_dash(lines[last + 1].text) and not lines[last + 1].gap:
        last += 1
    run = [line.text for line in lines[first : last + 1]]
    if len(run) == 1 and run[0][2:3].isupper():
        return True
    if any(SPOKEN.search(text) for text in run):
        return True
    introduced = first > 0 and lines[first - 1].text.endswith(":")
    hyphens = all(text[0] == "-" for text in run)
    ended = any(text[-1] in ";," for text in run)
    return not (introduced or hyphens or ended or any(text[2:3].islower() for text in run))


def _numbered_heading(lines: Sequence[Line], index: int) -> bool:
    """«1. О переходе» with text below it is a heading; with other numbers around it, a list."""
    line = lines[index]
    alone = not any(
        0 <= other < len(lines) and is_list_item(lines[other].text) for other in (index - 1, index + 1)
    )
    return alone and bool(line.gap) and _is_heading(lines, index) and line.text[0].isdigit()


def _is_heading(lines: Sequence[Line], index: int) -> bool:
    """Short, without a final stop, with text below; set apart, in capitals or numbered."""
    line = lines[index]
    if len(line.text) > LONGEST_HEADING or index + 1 >= len(lines) or not line.fresh:
        return False
    letters = [char for char in line.text if char.isalpha()]
    if len(letters) > 3 and all(char.isupper() for char in letters) and line.text[-1] not in ",;":
        return True
    if SENTENCE_END.search(line.text) or (line.text[-1] == "?" and SENTENCES.search(line.text)):
        return False
    if index == 0:
        return True
    top = (
        not begins_with_moment(line.text)
        and index < TOP
        and (not line.gap or lines[index + 1].gap > 0)
        and not SENTENCES.search(line.text)
        and all(len(x.text) <= LONGEST_HEADING for x in lines[:index])
    )
    apart = bool(line.gap) and (bool(lines[index + 1].gap) or bool(NUMBERED.match(line.text)))
    return (top or apart) and len(line.text.split()) <= 16
