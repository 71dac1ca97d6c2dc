"""Do imports follow the one road? The contracts stand in `pyproject.toml`."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="contracts are in the source checkout")
def test_imports_follow_the_road() -> None:
    program = Path(sysconfig.get_path("scripts"), "lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
