"""One pipeline for the tests of quotations."""

from __future__ import annotations

import pytest
from spacy.language import Language

from reviewnlp.pipeline import load_untrained


@pytest.fixture(scope="package")
def nlp() -> Language:
    """The package's pipeline up to quotations."""
    pipeline = load_untrained()
    last = pipeline.pipe_names.index("reviewnlp_quotations")
    for name in pipeline.pipe_names[last + 1 :]:
        pipeline.remove_pipe(name)
    return pipeline
