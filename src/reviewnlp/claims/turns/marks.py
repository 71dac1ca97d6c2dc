"""Quotation marks and dashes that open a turn, and where a quoted text closes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from reviewnlp.annotations import Block

OPENING, CLOSING = "«„“", "»”"
STRAIGHT = '"'  # opens and closes alike
DASH = re.compile(r"[—–-]\s+")


def opens_quoted(text: str) -> bool:
    """Whether a text begins with an opening quotation mark, white space aside."""
    return text.lstrip().startswith((*OPENING, STRAIGHT))


def closing_quote(doc: Doc, blocks: Sequence[Block]) -> int:
    """End of the quoted text that opens the first block: where its quotation marks close for good.

    Inner marks of the same kind may be left open by a typist, so a block that ends in a
    closing mark is taken too when the count never comes to zero.
    """
    depth = straight = 0
    for block in blocks:
        text = doc.text[block.start : block.end]
        depth += sum(text.count(mark) for mark in OPENING) - sum(text.count(mark) for mark in CLOSING)
        straight += text.count(STRAIGHT)
        if depth <= 0 and straight % 2 == 0:
            return block.end
    closing = [b.end for b in blocks if re.search(r"[»”\"][.…!?]*$", doc.text[b.start : b.end].rstrip())]
    return closing[-1] if closing else blocks[0].end
