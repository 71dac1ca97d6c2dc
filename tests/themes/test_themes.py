"""Does `Themes` group what says the same, name it, count the sides, and stay the same from run to run?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from reviewnlp.annotations import Attribution, Comment, Person, Stance, Thesis
from reviewnlp.gold import STANCE
from reviewnlp.language.encoder import load_encoder
from reviewnlp.themes import Member, Themes
from reviewnlp.themes.affinity import EVIDENCE, Representer, affinity, neighbourhood
from reviewnlp.themes.items import collect
from reviewnlp.themes.model import ThemeModel
from reviewnlp.training.examples import Example
from reviewnlp.training.themes import gold_items, train
from tests.attitude.annotate import annotated, example

HERE = Path(__file__).parent
NAVEC = load_encoder("navec")


def read(name: str) -> Example:
    return example((HERE / f"{name}.gold.txt").read_text("utf-8"), collection=name)


def as_doc(found: Example) -> Doc:
    """The document with its gold marks as theses and comments."""
    doc = found.doc.copy()
    names = sorted({m.attributes.get("s") or m.attributes.get("a") or "" for m in found.gold.marks} - {""})
    doc._.people = [Person(name) for name in names]
    doc._.comments = [
        Comment(
            m.start,
            m.end,
            author=names.index(m.attributes["a"]) if m.attributes["a"] else None,
            kind=m.attributes["k"],  # type: ignore[arg-type]  # gold has the four kinds
            stance=Stance(STANCE[m.attributes["st"]], 0.0),  # type: ignore[arg-type]  # and three stances
        )
        for m in found.marks("c")
    ]
    doc._.theses = [
        Thesis(
            m.start,
            m.end,
            (Attribution(names.index(m.attributes["s"]) if m.attributes["s"] else None),),
            "own",
            1.0,
            stance=Stance(STANCE[m.attributes["st"]], 0.0),  # type: ignore[arg-type]  # as above
        )
        for m in found.marks("t")
    ]
    return doc


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "themes.safetensors"
    train([read("garden"), read("yard")], NAVEC).save(path)
    return path


@pytest.fixture(scope="module")
def library() -> Doc:
    return as_doc(read("library"))


@pytest.fixture
def themes(model: Path) -> Themes:
    return Themes(model, NAVEC, threshold=0.6)


def test_two_subjects_are_two_themes(themes: Themes, library: Doc) -> None:
    [found] = themes.fit_transform([library])
    fines, night = found.theses[0], found.theses[2]
    assert None not in (fines, night)
    assert fines != night
    assert found.theses == (fines, fines, night, night)
    assert found.comments == (fines, night, None, None)


def test_label_names_the_subject(themes: Themes, library: Doc) -> None:
    labels = [theme.label for theme in themes.fit([library]).themes_]
    assert len(labels) == 2
    assert any("штраф" in label or "книга" in label for label in labels)
    assert any("зал" in label or "студент" in label or "экзамен" in label for label in labels)
    assert any("сомнения" in label for label in labels)
    assert any("доводы за" in label for label in labels)


def test_counts_and_people(themes: Themes, library: Doc) -> None:
    people = [person.name for person in library._.people]
    for theme in themes.fit([library]).themes_:
        assert theme.supportive + theme.neutral + theme.skeptical == len(theme.members) == 3
        assert theme.documents == (0,)
        named = theme.people_for or theme.people_against
        assert [count for *_, count in named] == [2, 1]
        assert people[named[0][1]] in ("Дарья Холина", "Егор Бобров")
        assert set(theme.representative) <= set(theme.members)
        assert 2 <= len(theme.representative) <= 3
        assert theme.keywords


def test_members_point_at_the_records(themes: Themes, library: Doc) -> None:
    docs = [as_doc(read("garden")), library]
    found = themes.fit_transform(docs)
    for number, theme in enumerate(themes.themes_):
        for member in theme.members:
            assert member.of(docs) is not None
            assigned = found[member.document]
            values = assigned.theses if member.kind == "thesis" else assigned.comments
            assert values[member.index] == number
    assert {m.document for theme in themes.themes_ for m in theme.members} == {0, 1}


def test_the_same_over_documents(themes: Themes) -> None:
    texts = (
        "Штраф за просроченную книгу отпугивает читателя",
        "Читателя отпугивает штраф за просроченную книгу",
    )
    docs = []
    for text in (*texts, "Дирижабль летит над рекой"):
        doc = annotated(text)
        doc._.theses = [Thesis(0, len(text), (Attribution(None),), "own", 1.0)]
        docs.append(doc)
    found = themes.fit_transform(docs)
    assert [assignment.theses for assignment in found] == [(0,), (0,), (None,)]
    assert themes.themes_[0].documents == (0, 1)


def test_twice_gives_the_same(model: Path, library: Doc) -> None:
    docs = [library, as_doc(read("yard"))]
    first = Themes(model, NAVEC, threshold=0.6).fit(docs)
    second = Themes(model, NAVEC, threshold=0.6).fit(docs)
    assert first.themes_ == second.themes_


def test_transform_of_other_documents(themes: Themes, library: Doc) -> None:
    [fitted] = themes.fit_transform([library])
    text = "Штраф за просроченную книгу отпугивает читателя от библиотеки. Дирижабль летит."
    doc = annotated(text)
    doc._.theses = [
        Thesis(0, text.index("."), (Attribution(None),), "own", 1.0),
        Thesis(text.index("Дир"), len(text) - 1, (Attribution(None),), "own", 1.0),
    ]
    [found] = themes.transform([doc])
    assert found.theses == (fitted.theses[0], None)


def test_a_sample_is_clustered_above_the_limit(model: Path, library: Doc) -> None:
    docs = [library, as_doc(read("garden")), as_doc(read("yard"))]
    few = Themes(model, NAVEC, threshold=0.6, most_items=12)
    found = few.fit_transform(docs)
    assert few.themes_
    assert sum(value is not None for a in found for value in (*a.theses, *a.comments)) == sum(
        len(theme.members) for theme in few.themes_
    )


def test_a_large_group_is_looked_into(model: Path, library: Doc) -> None:
    docs = [library, as_doc(read("garden")), as_doc(read("yard"))]
    coarse = Themes(model, NAVEC, threshold=0.3, most_members=1000).fit(docs).themes_
    fine = Themes(model, NAVEC, threshold=0.3, most_members=3).fit(docs).themes_
    assert len(fine) >= len(coarse) > 1


def test_a_comment_and_its_own_thesis_recur_nowhere(themes: Themes) -> None:
    text = "Дирижабль летит над рекой. Читальный зал закрыт."
    doc = annotated(text)
    doc._.comments = [Comment(0, len(text))]
    doc._.theses = [Thesis(0, text.index("."), (Attribution(None),), "own", 1.0, comment=0)]
    [found] = themes.fit_transform([doc])
    assert (found.theses, found.comments, themes.themes_) == ((None,), (None,), [])


@pytest.mark.parametrize("texts", [[], [""], ["Зал."], ["Зал.", ""]])
def test_nothing_to_group(themes: Themes, texts: list[str]) -> None:
    docs = [annotated(text) for text in texts]
    found = themes.fit_transform(docs)
    assert themes.themes_ == []
    assert [(a.theses, a.comments) for a in found] == [((), ())] * len(texts)
    assert [(a.theses, a.comments) for a in themes.transform(docs)] == [((), ())] * len(texts)


def test_one_thesis_and_wordless_theses(themes: Themes) -> None:
    doc = annotated("Да. Нет. 12 % !")
    doc._.theses = [Thesis(0, 2, (Attribution(None),), "own", 1.0)]
    assert themes.fit_transform([doc])[0].theses == (None,)
    doc._.theses = [Thesis(a, b, (Attribution(None),), "own", 1.0) for a, b in ((0, 2), (4, 7), (9, 15))]
    assert len(themes.fit_transform([doc])[0].theses) == 3
    assert all(theme.label for theme in themes.themes_)


def test_before_fit(themes: Themes) -> None:
    with pytest.raises(RuntimeError, match="fit before transform"):
        themes.transform([])


def test_missing_model_and_other_encoder(model: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such model"):
        Themes(tmp_path / "none.safetensors", NAVEC).fit([])

    class Other:
        name, dim = "other", 8

        def encode(self, texts: object) -> np.ndarray:
            raise AssertionError("must not be asked")

    with pytest.raises(ValueError, match="trained with the encoder 'navec'"):
        Themes(model, Other()).fit([])
    old = replace(ThemeModel.load(model), header={"encoder": "navec", "evidence": ["meaning"]})
    old.save(tmp_path / "old.safetensors")
    with pytest.raises(ValueError, match="other evidence"):
        Themes(tmp_path / "old.safetensors", NAVEC).fit([])


def test_model_travels_through_its_file(model: Path, tmp_path: Path) -> None:
    loaded = ThemeModel.load(model)
    loaded.save(tmp_path / "copy.safetensors")
    assert (tmp_path / "copy.safetensors").read_bytes() == model.read_bytes()
    assert loaded.weights.shape == (len(EVIDENCE),)


def test_training_needs_themes() -> None:
    with pytest.raises(ValueError, match="none of the gold collections"):
        train([read("library")], NAVEC)


def test_one_collection_is_enough_to_train() -> None:
    assert train([read("garden"), read("library")], NAVEC).projection.shape == (300, 300)


def test_affinity_is_symmetric_and_between_0_and_1(model: Path, library: Doc) -> None:
    loaded = ThemeModel.load(model)
    represented = Representer(loaded, NAVEC).fit(collect([library]))
    found = affinity(represented, represented, loaded)
    assert np.allclose(found, found.T)
    assert ((found > 0) & (found < 1)).all()


def test_items_are_in_text_order_without_advertising(library: Doc) -> None:
    items = collect([library])
    assert [item.start for item in items] == sorted(item.start for item in items)
    assert Member(0, "comment", 2) not in [item.member for item in items]
    assert [item.place for item in items] == list(range(7))
    shares = neighbourhood(items).toarray()
    assert shares[0, 1] > shares[1, 2] > 0  # the same voice counts for more than the next one


def test_gold_items_have_the_gold_themes() -> None:
    found = gold_items([read("garden")])
    assert list(found.themes) == ["drip"] * 3 + ["fence"] * 3 + ["drip", "fence"]
