"""Do the features see links, wordings and the sentence around a span?"""

from __future__ import annotations

import pytest

from reviewnlp.attitude import features
from reviewnlp.language.encoder import load_encoder
from tests.attitude.annotate import annotated


def values(text: str, start: int = 0, end: int | None = None) -> dict[str, float]:
    found = features.wording(annotated(text), start, len(text) if end is None else end)
    return dict(zip(features.names(), found, strict=True))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Пишите на sad.example или звоните", "link"),
        ("Подробности на https://klub.example/polza", "link"),
        ("Почта roza@sad.example", "email"),
        ("Звоните: 8 912 345-67-89", "phone"),
        ("тел. 55-01-17", "phone"),
        ("скидка 20 % до пятницы", "price"),
        ("А где это?", "question"),
        ("Приходите!", "exclamation"),
        ("ну да конечно)))", "smile"),
        ("опять закрыто((", "frown"),
        ("Спасибо за рассказ", "thanks"),
        ("Окна под ключ, замер бесплатно", "advert"),
        ("Надо проверить договор", "necessity"),
        ("Такие вещи не работают", "futility"),
        ("Если дорогу закроют, поедем лесом", "condition"),
        ("Ага, сказки", "irony"),
    ],
)
def test_feature_is_seen(text: str, name: str) -> None:
    assert values(text)[name] > 0


def test_plain_text_has_none_of_these() -> None:
    found = values("Собрание прошло в актовом зале")
    assert not any(found[name] for name in ("link", "email", "phone", "price", "question", "advert", "irony"))


def test_cues_are_looked_for_outside_the_span() -> None:
    text = "Сосед опасается, что дорогу закроют"
    start = text.index("дорогу")
    assert values(text, start)["cue_doubt"] > 0
    assert values(text)["cue_doubt"] == 0


def test_rest_of_sentences() -> None:
    text = "Первое. Он сказал, что дождь будет, и ушёл. Третье."
    start, end = text.index("дождь"), text.index(", и")
    rest = features.rest_of_sentences(annotated(text), start, end)
    assert [text[a:b].strip() for a, b in rest] == ["Он сказал, что", ", и ушёл."]


def test_rows_have_one_shape() -> None:
    encoder = load_encoder("navec")
    doc = annotated("Зал был полон. Лектор опоздал.")
    found = features.rows_of([(doc, 0, 14), (doc, 15, 30), (doc, 3, 3)], encoder)
    assert found.shape == (3, len(features.names()) + encoder.dim)
    assert features.rows_of([], encoder).shape == (0, len(features.names()) + encoder.dim)
