"""Citations in words are resolved by the bibliography; those of the corpus all are."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.emend.citations import Bibliography
from edition.paths import CORPUS
from edition.read.sources import read_sources

BIBLIOGRAPHY = Bibliography(read_sources(CORPUS))


@pytest.mark.parametrize(
    ("written", "key", "copy", "juan", "quoted"),
    [
        ("金史卷七十四", "jinshi", "", (74,), ""),
        ("四庫本金史卷二", "jinshi", "四庫本", (2,), ""),
        ("四庫本欽定重訂大金國志卷二", "dajinguozhi", "四庫本", (2,), ""),
        ("契丹國志點校本卷十（未見）", "qidanguozhi", "點校本", (10,), ""),
        ("遼史卷二十八、卷二十九", "liaoshi", "", (28, 29), ""),
        ("遼史卷二十八、二十九", "liaoshi", "", (28, 29), ""),
        ("遼史卷一百一十六：國語解", "liaoshi", "", (116,), ""),
        ("遼史拾遺卷十三引方輿紀要：「南蘇城今金州衛治」", "liaoshi-shiyi", "", (13,), "dushi-fangyu-jiyao"),
        ("三朝北盟會編卷二十一引亡遼錄", "sanchao-beimeng-huibian", "", (21,), "wangliao-lu"),
        ("三朝北盟會編卷十、卷十一、卷十二引北征紀實", "sanchao-beimeng-huibian", "", (10, 11, 12), "beizheng-jishi"),
        ("宋史卷二十二考證引日知錄", "songshi", "", (22,), "rizhilu"),
        ("景方昶《東北輿地釋略》卷二「活剌渾」（未見）", "dongbei-yudi-shilue", "", (2,), ""),
        (
            "劉浦江〈關於金朝開國史的真實性質疑〉（1998）（未見）",
            "guanyu-jinchao-kaiguoshi-de-zhenshixing-zhiyi",
            "",
            (),
            "",
        ),
        ("謀夏錄（未見，據四庫本欽定重訂大金國志卷二館臣按語轉引）", "yiyi-mouxia-lu", "", (), ""),
        ("CHGIS/TGAZ hvd_115139（大同府）", "tgaz", "", (), ""),
        ("GeoNames 2036113（遼陽，門在其城），CC BY 4.0", "geonames", "", (), ""),
        ("DE441曆表推算", "de441", "", (), ""),
    ],
)
def test_a_citation_is_resolved(written: str, key: str, copy: str, juan: tuple[int, ...], quoted: str) -> None:
    cited = BIBLIOGRAPHY.resolve(written)
    assert cited
    assert (cited.source.key, cited.copy, cited.juan) == (key, copy, juan)
    assert (cited.quoted.key if cited.quoted else "", cited.unknown) == (quoted, "")
    assert cited.unseen == ("未見" in written)


@pytest.mark.parametrize("written", ["遼史紀事本末卷一", "金史補卷二", "無名之書", "某人金史卷二", "四庫本"])
def test_what_only_begins_like_a_book_is_none(written: str) -> None:
    assert BIBLIOGRAPHY.resolve(written) is None


@pytest.mark.parametrize(
    ("written", "unknown"),
    [("遼史卷二十八引無名錄：「某」", "無名錄"), ("尚書（未見，據無名之書轉引）", "無名之書")],
)
def test_a_book_at_second_hand_must_be_known_too(written: str, unknown: str) -> None:
    cited = BIBLIOGRAPHY.resolve(written)
    assert cited
    assert cited.unknown == unknown


def test_no_bibliography_resolves_nothing(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == ()
    assert Bibliography().resolve("金史卷二") is None
