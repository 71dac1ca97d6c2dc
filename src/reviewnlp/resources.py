"""Where data and models lie: rules' words beside the code, weights under `models/`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path


def models_folder() -> Path:
    """Folder of shipped models: inside the wheel, or `models/` of a source checkout."""
    inside = Path(str(resources.files("reviewnlp"))) / "models"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "models"


@cache
def rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Tab-separated rows of the data file `data/NAME` in the room `reviewnlp.PACKAGE`.

    Empty lines and lines that begin with `#` are skipped.
    """
    text = (resources.files(f"reviewnlp.{package}") / "data" / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines)


@cache
def words(package: str, name: str) -> frozenset[str]:
    """First column of a data file, as a set."""
    return frozenset(row[0] for row in rows(package, name))
