"""Do the components set kind, sentiment and stance from trained models, and refuse models that do not fit?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Attribution, Comment, Opinion, Thesis
from reviewnlp.attitude import classifier, comment_kind, features, sentiment, stance
from reviewnlp.language.encoder import load_encoder
from reviewnlp.linear import LinearModel
from reviewnlp.training import attitude
from tests.attitude.annotate import annotated, example, pipeline

GOLD = (Path(__file__).parent / "invented.gold.txt").read_text("utf-8")
NAVEC = load_encoder("navec")
MODELS = (
    "comment_kind", "thesis_sentiment", "opinion_sentiment", "comment_sentiment", "thesis_stance",
    "comment_stance",
)  # fmt: skip


@pytest.fixture(scope="module")
def trained() -> dict[str, LinearModel]:
    return attitude.train([example(GOLD)], NAVEC)


@pytest.fixture(scope="module")
def folder(trained: dict[str, LinearModel], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("models")
    for name, model in trained.items():
        model.save(target / f"{name}.safetensors")
    return target


@pytest.fixture(scope="module")
def nlp(folder: Path) -> Language:
    """The attitude components in a pipeline of their own: the docs come annotated."""
    encoder = {"@misc": "reviewnlp.encoder.v1", "name": "navec"}
    made = Language(pipeline().vocab)

    def path(name: str) -> str:
        return str(folder / f"{name}.safetensors")

    made.add_pipe("reviewnlp_comments", config={"model": path("comment_kind"), "encoder": encoder})
    models = {f"{item}_model": path(f"{item}_sentiment") for item in ("thesis", "opinion", "comment")}
    made.add_pipe("reviewnlp_sentiment", config={**models, "encoder": encoder})
    models = {f"{item}_model": path(f"{item}_stance") for item in ("thesis", "comment")}
    made.add_pipe("reviewnlp_stance", config={**models, "encoder": encoder})
    return made


def gold_doc() -> Doc:
    """The invented text with its gold spans as theses, opinions and comments."""
    found = example(GOLD)
    doc = found.doc
    doc._.theses = [Thesis(m.start, m.end, (Attribution(None),), "own", 1.0) for m in found.marks("t")]
    doc._.opinions = [Opinion(m.start, m.end, None, None, m.attributes["g"], 1.0) for m in found.marks("o")]
    doc._.comments = [Comment(m.start, m.end) for m in found.marks("c")]
    return doc


def run(nlp: Language, doc: Doc) -> Doc:
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def test_models_are_named_and_say_what_they_expect(trained: dict[str, LinearModel]) -> None:
    assert tuple(trained) == MODELS
    for model in trained.values():
        assert model.header["encoder"] == "navec"
        assert model.header["features"] == list(features.names())


def test_training_text_is_learned(nlp: Language) -> None:
    doc, found = run(nlp, gold_doc()), example(GOLD)
    assert [c.kind for c in doc._.comments] == [m.attributes["k"] for m in found.marks("c")]
    signs = {"+": "positive", "0": "neutral", "-": "negative"}
    sides = {"pro": "supportive", "neu": "neutral", "con": "skeptical"}
    assert [t.sentiment.label for t in doc._.theses] == [signs[m.attributes["p"]] for m in found.marks("t")]
    assert [o.sentiment.label for o in doc._.opinions] == [signs[m.attributes["p"]] for m in found.marks("o")]
    assert [t.stance.label for t in doc._.theses] == [sides[m.attributes["st"]] for m in found.marks("t")]


def test_scores_and_evidence(nlp: Language) -> None:
    doc = run(nlp, gold_doc())
    for item in (*doc._.theses, *doc._.opinions, *doc._.comments):
        assert -1 <= item.sentiment.score <= 1
        for words in item.sentiment.evidence:
            assert words in " ".join(doc.text[item.start : item.end].split())
    praise, blame = doc._.opinions[0], doc._.opinions[1]
    assert praise.sentiment.score > 0 > blame.sentiment.score
    assert praise.sentiment.evidence == ("увлекательно", "понятно")
    assert blame.sentiment.evidence == ("ужасный",)


def test_advertising_and_thanks_take_no_side(nlp: Language) -> None:
    doc = run(nlp, gold_doc())
    for comment in doc._.comments:
        if comment.kind in ("promotion", "other"):
            assert comment.stance.label == "neutral"


def test_other_fields_stay(nlp: Language) -> None:
    before = gold_doc()
    spans = [(t.start, t.end, t.attribution, t.mode) for t in before._.theses]
    after = run(nlp, before)
    assert [(t.start, t.end, t.attribution, t.mode) for t in after._.theses] == spans


def test_twice_gives_the_same(nlp: Language) -> None:
    first, second = run(nlp, gold_doc()), run(nlp, gold_doc())
    for name in ("theses", "opinions", "comments"):
        assert first._.get(name) == second._.get(name)


def test_nothing_to_do(nlp: Language) -> None:
    doc = run(nlp, annotated("Зал."))
    assert (doc._.theses, doc._.opinions, doc._.comments) == ([], [], [])
    empty = run(nlp, annotated(""))
    assert empty._.comments == []


def test_pipe_analysis_tells_what_is_needed(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    summary = analysis["summary"]
    assert summary["reviewnlp_comments"]["assigns"] == ["doc._.comments"]
    assert "doc._.theses" in summary["reviewnlp_stance"]["requires"]


def test_missing_model(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such model"):
        comment_kind.CommentKinds(tmp_path / "none.safetensors", NAVEC)


def test_other_encoder(folder: Path) -> None:
    class Other:
        name, dim = "other", 8

        def encode(self, texts: object) -> np.ndarray:
            raise AssertionError("must not be asked")

    path = folder / "comment_kind.safetensors"
    with pytest.raises(ValueError, match="trained with the encoder 'navec'"):
        classifier.SpanClassifier("comment_kind", path, Other())


def test_other_features(trained: dict[str, LinearModel], tmp_path: Path) -> None:
    model = trained["thesis_stance"]
    header = {**model.header, "features": ["length"]}
    path = tmp_path / "old.safetensors"
    LinearModel(model.classes, model.coef, model.intercept, model.mean, model.scale, header).save(path)
    with pytest.raises(ValueError, match="other features"):
        stance.StanceTagger(path, path, NAVEC)


def test_labels_of_equal_chance_are_ordered() -> None:
    assert classifier.best({"b": 0.5, "a": 0.5}) == "a"
    doc = annotated("Отличный зал")
    found = sentiment.describe(doc, 0, 12, {"positive": 0.7, "neutral": 0.2, "negative": 0.1})
    assert (found.label, found.score, found.evidence) == ("positive", 0.6, ("Отличный",))
    assert stance.describe({"neutral": 0.2, "skeptical": 0.7, "supportive": 0.1}).score == -0.6
