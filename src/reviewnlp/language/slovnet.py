"""Which networks annotate the words? slovnet's, with the weights that the natasha wheel carries.

The wheel's files are found without importing `natasha`, whose own imports need packages
that newer Pythons lack. Networks are loaded once per process.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from navec import Navec
from slovnet import NER, Morph, Syntax


def weights_folder() -> Path:
    """Folder `natasha/data`; FileNotFoundError where the wheel is not installed."""
    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the natasha package, which carries the weights, is not installed")
    return Path(spec.origin).parent / "data"


@cache
def navec() -> Any:
    """Word vectors: 250,000 news words, 300 numbers each, quantised."""
    return Navec.load(weights_folder() / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")


def _load(network: Any, name: str) -> Any:
    model = network.load(weights_folder() / "model" / f"slovnet_{name}_news_v1.tar")
    model.navec(navec())
    return model


@cache
def morphology() -> Any:
    """Tagger: part of speech and features of every word."""
    return _load(Morph, "morph")


@cache
def syntax() -> Any:
    """Dependency parser: head and relation of every word."""
    return _load(Syntax, "syntax")


@cache
def names() -> Any:
    """Recogniser of names: PER, LOC, ORG spans of a text."""
    return _load(NER, "ner")
