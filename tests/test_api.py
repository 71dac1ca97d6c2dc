"""`reviewnlp.analyze` and what the package gives at its top."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import reviewnlp
from reviewnlp import ReadOptions
from reviewnlp.api import annotate
from reviewnlp.reading.source import Source
from tests.cli.shell import REVIEW


@pytest.fixture(scope="module")
def nlp() -> Language:
    return reviewnlp.load()


def test_importing_the_package_imports_no_library() -> None:
    code = (
        "import sys, reviewnlp; sys.exit(any(name in sys.modules for name in ('spacy', 'numpy', 'pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_at_the_top() -> None:
    assert {"analyze", "load", "Report", "Themes", "ReadOptions"} <= set(dir(reviewnlp))
    for name in reviewnlp.__all__:
        assert getattr(reviewnlp, name)
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        _ = reviewnlp.analyse


def test_a_string_is_a_text_and_a_path_is_a_file(nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "review.txt"
    path.write_bytes(REVIEW.encode("cp1251"))
    report = reviewnlp.analyze([REVIEW, path, tmp_path, tmp_path / "absent.txt"], nlp=nlp)
    first, second = report.documents
    assert (first.source, first.encoding) == ("text", None)
    assert (second.source, second.encoding) == (path.as_posix(), "cp1251")
    assert first.text == second.text == REVIEW
    assert [thesis.text for thesis in first.theses] == [thesis.text for thesis in second.theses]
    assert [failure.source for failure in report.failures] == [(tmp_path / "absent.txt").as_posix()]


def test_one_input_needs_no_list(nlp: Language) -> None:
    assert reviewnlp.analyze(REVIEW, nlp=nlp) == reviewnlp.analyze([REVIEW], nlp=nlp)


def test_nothing_gives_an_empty_report(nlp: Language) -> None:
    report = reviewnlp.analyze([], nlp=nlp)
    assert (report.documents, report.themes, report.failures) == ([], [], [])


def test_options_reach_the_reader(nlp: Language) -> None:
    report = reviewnlp.analyze(
        "Скидки вредят делу.\n\nА я не согласен.", nlp=nlp, options=ReadOptions("comments")
    )
    assert len(report.documents[0].comments) == 2


def test_progress_hears_every_document(nlp: Language) -> None:
    heard: list[str] = []
    reviewnlp.analyze([REVIEW, "", "Скидки вредят делу, и это знают все."], nlp=nlp, progress=heard.append)
    assert heard == ["text", "text"]


def test_the_generator_names_components_and_weights(nlp: Language) -> None:
    generator = reviewnlp.analyze(REVIEW, nlp=nlp).generator
    assert (generator.name, generator.version) == ("reviewnlp", reviewnlp.__version__)
    assert generator.pipeline == nlp.pipe_names
    assert {"slovnet_morph_news_v1", "e5-small-q4"} <= {model.name for model in generator.models}
    assert all(len(model.sha256) == 64 for model in generator.models)


def test_a_document_that_breaks_a_component_does_not_end_the_run(
    nlp: Language, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(doc: Doc) -> Doc:
        if "взрыв" in doc.text:
            raise KeyError("bang")
        return doc

    broken = reviewnlp.load()
    Language.component("test_fails", func=fail)
    broken.add_pipe("test_fails", first=True)
    report = reviewnlp.analyze([REVIEW, "Вчера в городе был взрыв, никто не пострадал."], nlp=broken)
    assert len(report.documents) == 1
    assert "internal error (KeyError" in report.failures[0].reason
    assert "internal error" in caplog.text


def test_annotations_are_on_the_doc(nlp: Language) -> None:
    doc = annotate(nlp, Source(REVIEW, "text", None, "text", None, ""))
    assert [doc.text[c.start : c.end] for c in doc._.comments][1] == "grom_7, а вы сами пробовали?"
    assert nlp(REVIEW)._.people == doc._.people


def test_missing_models_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="reviewnlp train"):
        reviewnlp.analyze(REVIEW, models=tmp_path)
