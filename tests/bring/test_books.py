"""The books in a folder: which copy, which juan, which script."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.bring.parallels.books import books
from edition.emend.citations import Bibliography
from edition.model.findings import CorpusError, Place
from edition.model.sources import Copy, Source
from edition.rules.script import Converter, ScriptRules

HUIBIAN = Source(
    key="sanchao-beimeng-huibian",
    title="三朝北盟會編",
    names=(),
    author="",
    date="",
    juan=250,
    copies=(Copy("許刻本", "", seen=True, folder="huibian-xu"),),
    seen=True,
    via="",
    quoted_in="",
    link="",
    about="",
    kind="primary",
    place=Place("sources.yaml", 1),
)


def found(folder: Path, files: dict[str, str]) -> list[tuple[str, str, int, str, str]]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    converter = Converter(ScriptRules())
    juans = books(folder, Bibliography((HUIBIAN,)), converter)
    return [(juan.copy.book, juan.copy.name, juan.number, juan.han, juan.script) for juan in juans]


def test_a_folder_is_a_copy_and_a_file_a_juan(tmp_path: Path) -> None:
    files = {"huibian-xu/021.txt": "政宣上帙二十一。\n馀骑", "某書/001.txt": "萬騎"}
    assert found(tmp_path, files) == [
        ("sanchao-beimeng-huibian", "許刻本", 21, "政宣上帙二十一馀骑", "hans"),
        ("某書", "", 1, "萬騎", "hant"),
    ]


def test_the_head_of_a_file_names_its_juan_better_than_its_name(tmp_path: Path) -> None:
    """As in the 四庫 copies of 契丹國志, whose files count the prefaces, and of 宋史, with a slip in one head."""
    heads = ["目錄　卷一", "契丹國志卷一　太祖", "契丹國志卷二　太宗", "契丹國志春三　世宗", "契丹國志巻四　穆宗"]
    files = {f"copy/{number:03}.txt": head for number, head in enumerate(heads, 2)}
    assert [number for _, _, number, _, _ in found(tmp_path, files)] == [0, 1, 2, 3, 4]


def test_a_whole_book_in_one_file_is_divided_at_its_juan(tmp_path: Path) -> None:
    text = "序。\n\n　某書卷一\n甲乙卷三丙丁\n某書卷二 本紀\n戊己\n"
    assert [(number, han) for _, _, number, han, _ in found(tmp_path, {"某書.txt": text})] == [
        (0, "序"),
        (1, "某書卷一甲乙卷三丙丁"),
        (2, "某書卷二本紀戊己"),
    ]


def test_another_encoding_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes("卷一".encode("big5"))
    with pytest.raises(CorpusError, match=r"1\.txt:1: ENCODING byte 0 is not UTF-8: save the file as UTF-8"):
        found(tmp_path, {})
