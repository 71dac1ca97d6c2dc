"""The shipped models are those that their card describes."""

from __future__ import annotations

import re
from pathlib import Path

from reviewnlp.linear import sha256

MODELS = Path(__file__).parents[1] / "models"


def test_card_lists_every_model_with_its_checksum() -> None:
    card = dict(
        re.findall(r"^\| `([\w.]+)` \|.*\| `([0-9a-f]{64})` \|$", (MODELS / "README.md").read_text(), re.M)
    )
    assert card == {path.name: sha256(path) for path in MODELS.glob("*.safetensors")}
