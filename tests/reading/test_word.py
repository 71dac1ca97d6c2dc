"""DOCX documents with the lines that are to be read of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reviewnlp.reading import Source, read_bytes


def plain(document: Any) -> None:
    document.add_paragraph("Отчёт о встрече садоводов.")
    document.add_paragraph("")
    document.add_paragraph("Председатель Олег Пчёлкин сказал:").add_run(" «Воды хватит всем».").bold = True


def headed(document: Any) -> None:
    document.core_properties.title = "Встреча садоводов"
    document.add_heading("Встреча садоводов", 0)
    document.add_heading("Выступления", 1)
    document.add_paragraph("Вода будет.", style="List Bullet")
    document.add_paragraph("Дорога подождёт.", style="List Number")
    document.add_paragraph("Терпение!", style="Intense Quote")
    document.add_paragraph("Рис. 1. Колодец", style="Caption")


def tabled(document: Any) -> None:
    document.add_paragraph("Итоги голосования по вопросам собрания")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        table._cells, ["Вопрос", "Решение", "Ремонт насоса", "Принято единогласно"], strict=True
    ):
        cell.text = text
    inner = table.cell(1, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "Протокол у секретаря"
    table.cell(0, 0).merge(table.cell(0, 1))
    document.add_paragraph("Секретарь Вера Жук")


def broken_lines(document: Any) -> None:
    paragraph = document.add_paragraph("Лена пишет:")
    paragraph.add_run().add_break()
    paragraph.add_run("  не верю\tни слову ")
    document.add_paragraph("Гость").add_run("\nи зря")


def revised(document: Any) -> None:
    names = nsdecls("w")
    paragraph = document.add_paragraph("Решили ")
    for xml in (
        f'<w:del {names} w:id="1" w:author="x"><w:r><w:delText>снести</w:delText></w:r></w:del>',
        f'<w:ins {names} w:id="2" w:author="x"><w:r><w:t>сохранить</w:t></w:r></w:ins>',
        f'<w:hyperlink {names}><w:r><w:t xml:space="preserve"> усадьбу</w:t></w:r></w:hyperlink>',
        f"<w:sdt {names}><w:sdtContent><w:r><w:t>!</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(xml))


def comments(document: Any) -> None:
    document.add_heading("Комментарии", 2)
    for line in (
        "Ирина К. пишет 14.05.2016 в 10:22:",
        "Доклад хороший.",
        "#5 Гость",
        "> хороший",
        "Длинный!",
    ):
        document.add_paragraph(line)


def outlined(document: Any) -> None:
    paragraph = document.add_paragraph("Раздел без стиля")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))
    paragraph = document.add_paragraph("Пункт без стиля")
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    )


CASES: list[tuple[Callable[[Any], None], str | None, list[str]]] = [
    (
        plain,
        None,
        [
            "paragraph|Отчёт о встрече садоводов.",
            "paragraph|Председатель Олег Пчёлкин сказал: «Воды хватит всем».",
        ],
    ),
    (
        headed,
        "Встреча садоводов",
        [
            "heading|Встреча садоводов",
            "heading|Выступления",
            "list_item|Вода будет.",
            "list_item|Дорога подождёт.",
            "quote|Терпение!",
            "caption|Рис. 1. Колодец",
        ],
    ),
    (
        tabled,
        None,
        [
            "paragraph|Итоги голосования по вопросам собрания",
            "paragraph|Вопрос",
            "paragraph|Решение",
            "paragraph|Ремонт насоса",
            "paragraph|Принято единогласно",
            "paragraph|Протокол у секретаря",
            "paragraph|Секретарь Вера Жук",
        ],
    ),
    (
        broken_lines,
        None,
        ["paragraph|Лена пишет:", "paragraph|не верю\tни слову", "paragraph|Гость", "paragraph|и зря"],
    ),
    (revised, None, ["paragraph|Решили сохранить усадьбу!"]),
    (
        comments,
        "Комментарии",
        [
            "heading|Комментарии",
            "paragraph|Ирина К. пишет 14.05.2016 в 10:22:",
            "paragraph|Доклад хороший.",
            "paragraph|#5 Гость",
            "paragraph|> хороший",
            "paragraph|Длинный!",
        ],
    ),
    (outlined, "Раздел без стиля", ["heading|Раздел без стиля", "list_item|Пункт без стиля"]),
]


@pytest.mark.parametrize(("build", "title", "lines"), CASES, ids=lambda value: getattr(value, "__name__", ""))
def test_document(build: Callable[[Any], None], title: str | None, lines: list[str]) -> None:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    (source,) = read_bytes(stream.getvalue(), "review.bin")
    assert isinstance(source, Source), source
    assert (source.format, source.encoding, source.title) == ("docx", None, title)
    assert [f"{block.kind}|{source.text[block.start : block.end]}" for block in source.blocks] == lines
    assert source.text == "\n".join(line.split("|", 1)[1] for line in lines)
