"""Are the tables complete, joined by ids, and typed also when empty?"""

from __future__ import annotations

from reviewnlp.report.frames import COLUMNS
from reviewnlp.report.model import Report
from tests.report.samples import report


def test_columns_and_types_do_not_depend_on_the_rows() -> None:
    full = report().to_frames()
    nothing = Report(
        schema_version="1.0", generator=report().generator, documents=[], themes=[], failures=[]
    ).to_frames()
    assert list(full) == list(nothing) == list(COLUMNS)
    for name, columns in COLUMNS.items():
        for frames in (full, nothing):
            assert {column: str(kind) for column, kind in frames[name].dtypes.items()} == columns
        assert len(full[name]) > 0
        assert len(nothing[name]) == 0


def test_tables_join_on_ids() -> None:
    frames = report().to_frames()
    theses = frames["theses"].merge(frames["people"], left_on="speaker", right_on="person")
    assert list(theses["name"]) == list(theses["speaker_name"]) == ["Павел Рудин", "grom_7"]
    assert list(frames["attributions"]["level"]) == [0, 1, 0]
    assert list(frames["theme_members"]["kind"]) == ["thesis", "thesis", "comment"]
    assert list(frames["theme_members"]["representative"]) == [1, 0, 0]
    assert frames["comments"]["author_name"].isna().tolist() == [False, True]
    assert frames["quotations"]["cue"].tolist() == ["считает"]
