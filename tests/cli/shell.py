"""Runs the command in a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

REVIEW = (
    "Отчёт о встрече клуба\n\n"
    "Павел Рудин, директор типографии, считает, что обмен клиентами окупается за год. "
    "По словам Рудина, скидки только вредят делу.\n\n"
    "Доклад Рудина всем понравился.\n\n"
    "Комментарии\n\n"
    "grom_7 пишет 14.05.2016 в 10:22:\n"
    "Не верю я в ваши обмены. Это сговор против покупателей!\n\n"
    "Инга К. пишет 14.05.2016 в 11:40:\n"
    "grom_7, а вы сами пробовали?\n"
)
COMMAND = [sys.executable, "-m", "reviewnlp"]


def environment() -> dict[str, str]:
    """The test's environment, without what changes how programs print."""
    plain = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    return plain | {"OMP_NUM_THREADS": "1"}


def run(
    *arguments: str | Path, stdin: bytes | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The finished process of `reviewnlp ARGUMENTS...`."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=environment(), check=False)


def analyze(*arguments: str | Path, stdin: bytes | None = None, cwd: Path | None = None) -> dict[str, Any]:
    """The JSON report that `reviewnlp analyze ARGUMENTS...` prints; it must succeed in silence."""
    done = run("analyze", *arguments, "--format", "json", stdin=stdin, cwd=cwd)
    assert done.stderr.decode() == ""
    assert done.returncode == 0
    report: dict[str, Any] = json.loads(done.stdout)
    return report
