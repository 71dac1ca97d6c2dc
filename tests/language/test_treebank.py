"""Scores on CoNLL-U: what counts, and what is said of a broken file."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewnlp.evaluation.treebank import evaluate, read_conllu

SHARED = Path(__file__).parents[3] / "shared" / "data" / "ud"
SAMPLE = """# text = Сетей не было.
1-2\tСетейне\t_\t_\t_\t_\t_\t_\t_\t_
1\tСетей\tсеть\tNOUN\t_\tCase=Gen\t3\tnsubj:pass\t_\t_
2\tне\tне\tPART\t_\t_\t3\tadvmod\t_\t_
2.1\tпусто\tпусто\tADV\t_\t_\t_\t_\t_\t_
3\tбыло\t_\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

1\tДа\tда\tPART\t_\t_\t0\troot\t_\t_
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sample.conllu"
    path.write_text(text, "utf-8")
    return path


def test_multiword_tokens_and_empty_nodes_are_skipped(tmp_path: Path) -> None:
    sentences = list(read_conllu(write(tmp_path, SAMPLE)))
    assert [[token.form for token in sentence] for sentence in sentences] == [
        ["Сетей", "не", "было", "."],
        ["Да"],
    ]
    assert [token.head for token in sentences[0]] == [2, 2, 2, 2]


def test_figures(tmp_path: Path) -> None:
    figures = evaluate(write(tmp_path, SAMPLE))
    assert (figures["tokens"], figures["sentences"]) == (5, 2)
    assert figures["lemma"] == 1.0
    assert 0 < figures["las"] <= figures["uas"] <= 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no tokens"),
        ("просто текст\n", ":1: 1 columns"),
        ("1\tа\tа\tX\t_\t_\tx\troot\t_\t_\n", "head 'x'"),
        ("1\tа\tа\tX\t_\t_\t7\troot\t_\t_\n", "head '7'"),
    ],
)
def test_broken_files_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as caught:
        evaluate(write(tmp_path, text))
    assert "sample.conllu" in str(caught.value)


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "sample.conllu"
    path.write_bytes("1\tа".encode("cp1251"))
    with pytest.raises(ValueError, match="not UTF-8"):
        evaluate(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        evaluate(tmp_path / "none.conllu")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the treebanks of ../shared are not here")
@pytest.mark.parametrize(("name", "floor"), [("ru_taiga-dev", 0.97), ("ru_gsd-dev", 0.975)])
def test_lemma_floor(name: str, floor: float) -> None:
    figures = evaluate(SHARED / f"{name}.conllu")
    assert figures["lemma"] >= floor
    assert figures["upos"] >= 0.92
