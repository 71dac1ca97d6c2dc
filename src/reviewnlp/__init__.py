"""Who claimed what, relayed by whom, with what attitude, in Russian reviews and comments.

`analyze(inputs)` gives a `Report`, `load()` the spaCy pipeline behind it. Names are imported on
first use, so that `import reviewnlp` and `reviewnlp --help` take no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviewnlp.api import analyze
    from reviewnlp.pipeline import load
    from reviewnlp.reading.options import ReadOptions
    from reviewnlp.report.model import Report
    from reviewnlp.themes import Themes

__version__ = "0.1.0"
__all__ = ["ReadOptions", "Report", "Themes", "__version__", "analyze", "load"]

_HOMES = {
    "ReadOptions": "reviewnlp.reading.options",
    "Report": "reviewnlp.report.model",
    "Themes": "reviewnlp.themes",
    "analyze": "reviewnlp.api",
    "load": "reviewnlp.pipeline",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
