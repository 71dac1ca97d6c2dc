"""`python -m reviewnlp` is `reviewnlp`."""

from __future__ import annotations

import sys

from reviewnlp.cli import main

sys.exit(main())
