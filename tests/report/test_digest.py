"""Is the digest readable Russian that fits its width and loses nothing?"""

from __future__ import annotations

import pytest

from reviewnlp.report.digest import digest
from reviewnlp.report.model import Report
from reviewnlp.report.wording import THESES, one_line, plural, shorten
from tests.report.samples import GENERATOR, report

EXPECTED = """\
2 документа · 2 тезиса · 1 мнение · 2 комментария · 1 тема · 1 источник не прочитан
Числа слева — номера строк. «За» и «против» — как говорящий относится к тому, о чём речь; «+» и «−»
— тон высказывания.

━━ club/may.txt ━━
текст · utf-8

КТО ГОВОРИТ
  Павел Рудин, директор — 1 тезис

КТО РАССКАЗЫВАЕТ
  Инга Сомова — 1 тезис

ТЕЗИСЫ

Павел Рудин, директор
  передаёт Инга Сомова
    3 за +     обмен клиентами окупается

МНЕНИЯ
    4 +        Инга Сомова — Павел Рудин: Доклад Рудина понравился всем

ЧТО ПИШУТ В КОММЕНТАРИЯХ
1 мнение, 1 вопрос
    6          grom_7, 14.05.2016 в 10:22: Не верю я в ваши обмены. Рудину легко говорить, grom_7
               всё помнит!
    8          без имени, вопрос: А сколько это стоит?

━━ club/june.txt ━━
текст · utf-8
Ни тезисов, ни мнений, ни комментариев не найдено.

━━ Темы ━━

1. обмен клиентами
   3 высказывания
   за (1): Павел Рудин
   против (1): grom_7
   «обмен клиентами окупается»

━━ Не прочитано ━━
  club/x.pdf: PDF
"""


def test_the_whole_digest() -> None:
    assert digest(report(), width=100) == EXPECTED


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_lines_fit_and_words_stay_whole(width: int) -> None:
    text = digest(report(), width=width)
    assert all(len(line) <= width for line in text.splitlines())
    words = set(text.split())
    assert {"обмен", "клиентами", "окупается", "комментариев", "говорить,"} <= words


def test_colours_only_on_request() -> None:
    assert "\x1b[" not in digest(report())
    coloured = digest(report(), colour=True)
    assert "\x1b[" in coloured


@pytest.mark.parametrize(
    ("title", "organisation", "shown"),
    [
        ("директор сети", "Рожь", "директор сети «Рожь»"),
        ("директор «Ржи»", "«Ржи»", "директор «Ржи»"),
        (None, "Рожь", "«Рожь»"),
        (None, None, ""),
    ],
)
def test_speakers_are_introduced(title: str | None, organisation: str | None, shown: str) -> None:
    made = report()
    document = made.documents[0]
    person = document.people[1].model_copy(update={"title": title, "organisation": organisation})
    people = [document.people[0], person, document.people[2]]
    changed = made.model_copy(update={"documents": [document.model_copy(update={"people": people})]})
    introduced = f"Павел Рудин, {shown}" if shown else "Павел Рудин"
    assert f"\n{introduced}\n  передаёт Инга Сомова\n" in digest(changed)


def test_terminal_codes_in_a_text_do_not_reach_the_terminal() -> None:
    made = report()
    document = made.documents[0]
    evil = document.theses[0].model_copy(update={"text": "рубль\x1b[31m упал\x07 [bold]вниз[/bold] :smile:"})
    shown = made.model_copy(update={"documents": [document.model_copy(update={"theses": [evil]})]})
    text = digest(shown)
    assert "\x1b" not in text and "\x07" not in text
    assert "[bold]вниз[/bold] :smile:" in text


def test_nothing_to_read() -> None:
    made = Report(schema_version="1.0", generator=GENERATOR, documents=[], themes=[], failures=[])
    assert digest(made) == "Читать было нечего.\n"


def test_a_report_read_from_json_gives_the_same_digest() -> None:
    assert digest(Report.from_json(report(text=False).to_json())) == digest(report())


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "тезисов"), (1, "тезис"), (2, "тезиса"), (4, "тезиса"), (5, "тезисов"), (11, "тезисов"),
     (12, "тезисов"), (14, "тезисов"), (21, "тезис"), (22, "тезиса"), (25, "тезисов"), (111, "тезисов"),
     (101, "тезис"), (112, "тезисов"), (1004, "тезиса")],
)  # fmt: skip
def test_plural(count: int, shown: str) -> None:
    assert plural(count, THESES) == f"{count} {shown}"


def test_shorten_keeps_whole_sentences() -> None:
    text = "Первое предложение. Второе длиннее первого! Третье?"
    assert shorten(text, 100) == text
    assert shorten(text, 45) == "Первое предложение. Второе длиннее первого! …"
    assert shorten(text, 25) == "Первое предложение. …"
    assert shorten(text, 10) == "Первое …"
    assert shorten("а" * 30, 10) == "а" * 10 + " …"


def test_one_line() -> None:
    assert one_line(" а\r\n\tб\x00в\u200bг\x1b ") == "а бвг"
