"""What are the words? razdel's tokens as a spaCy tokenizer that keeps every character."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from razdel import tokenize
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

SURROGATE = re.compile("[\ud800-\udfff]")


class RazdelTokenizer:
    """Tokenizer whose tokens are razdel's; white space but a single space becomes tokens.

    `doc.text` equals the text given, so token offsets are code points of the source. The one
    exception: halves of surrogate pairs, which no file holds but a `str` may, become U+FFFD.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        text = SURROGATE.sub("\ufffd", text)
        for token in tokenize(text):
            _fill_gap(text[position : token.start], words, spaces)
            words.append(token.text)
            spaces.append(False)
            position = token.stop
        _fill_gap(text[position:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> RazdelTokenizer:
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Nothing to write: the tokenizer has no state."""

    def from_disk(self, _path: str | Path, **_: Any) -> RazdelTokenizer:
        return self


def _fill_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """White space between tokens: one space belongs to the token before, the rest is a token."""
    if gap.startswith(" ") and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


@registry.tokenizers("reviewnlp.razdel.v1")  # type: ignore[untyped-decorator]  # catalogue has no types
def create_tokenizer() -> Any:
    """Factory for a pipeline's `[nlp.tokenizer]` setting."""
    return lambda nlp: RazdelTokenizer(nlp.vocab)
