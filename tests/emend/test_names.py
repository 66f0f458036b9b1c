"""Names and references by title in one passage: which stretch is tagged, and as what."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import make
from edition.emend.names import Lookout, Tag
from edition.paths import CORPUS
from tests.corpora import assemble

PERSONS = """\
- id: yelu-chun
  name: 耶律淳
  about: 遼宗室。
  sources: [遼史卷三十]
  forms: {dajinguozhi: [耶律淳]}
  titles: {dajinguozhi: [淳, 律]}
  only:
    - {at: dajinguozhi.2.tianfu4.6.1, quote: 保大元年, word: 保大, by_title: true}
    - {at: dajinguozhi.2.tianfu4.6.1, quote: 雄州}
  except:
    - {at: dajinguozhi.2.tianfu4.q1.1, quote: 忽}
"""


@pytest.fixture(name="tags")
def _tags(tmp_path: Path) -> tuple[Tag, ...]:
    corpus = assemble(tmp_path)
    (corpus / "persons.yaml").write_text(PERSONS, encoding="utf-8")
    return make(corpus).tags["dajinguozhi.2.tianfu4.6.1"]


def test_a_name_wins_over_a_title_within_it(tags: tuple[Tag, ...]) -> None:
    assert [(tag.form, tag.by_title) for tag in tags] == [("雄州", False), ("耶律淳", False), ("保大", True)]


def test_a_mark_that_an_emendation_adds_is_no_part_of_a_name(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    (corpus / "persons.yaml").write_text(PERSONS, encoding="utf-8")
    entry = (
        "{at: dajinguozhi.2.tianfu4.6.1, quote: 雄州, lemma: 雄州、, kind: emendation, evidence: 試。, sources: [試]}"
    )
    (corpus / "dajinguozhi" / "apparatus.yaml").write_text(f"- {entry}\n", encoding="utf-8")
    edition = make(corpus)
    assert "雄州、。" in edition.texts["dajinguozhi.2.tianfu4.6.1"].text
    assert "雄州" in [tag.form for tag in edition.tags["dajinguozhi.2.tianfu4.6.1"]]


def test_a_name_is_looked_for_in_the_other_script_and_as_its_heading(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    (corpus / "persons.yaml").write_text(
        "- {id: qianhu, name: 韓慶和, forms: {dajinguozhi: [千戶, 保大]}, titles: {dajinguozhi: [四月]}}\n"
        "- {id: yelu-chun, name: 耶律淳, forms: {dajinguozhi: [淳死]}, ordinary: {jinshi: {孛堇: 1, 辽: 9}}}\n"
        "- {id: yongji, name: 永吉, except: [{at: jinshi.2.tianfu3.1.1, quote: 永吉}]}\n",
        encoding="utf-8",
    )
    edition = make(corpus)
    lookout = Lookout(edition.texts, edition.converted["hant"], edition.tags)
    found = [(place.passage, place.word, place.names) for place in lookout.untagged(edition.layers.names)]
    assert found == [
        ("jinshi.2.tianfu2.2.1", "辽", ("yelu-chun",)),
        ("jinshi.2.tianfu2.r9.1", "韩庆和", ("qianhu",)),
        ("jinshi.2.tianfu2.r9.1", "千户", ("qianhu",)),
        ("jinshi.2.tianfu5.5.1", "辽", ("yelu-chun",)),
        ("dajinguozhi.2.tianfu4.6.1", "耶律淳", ("yelu-chun",)),
    ]


def test_references_by_title_in_the_corpus_are_told_from_names() -> None:
    edition = make(CORPUS)
    aguda = [(id_, tag) for id_, tags in edition.tags.items() for tag in tags if tag.name.id == "wanyan-aguda"]
    by_title = {tag.form for _, tag in aguda if tag.by_title}
    assert {"國主", "上"} <= by_title
    assert not by_title & {tag.form for _, tag in aguda if not tag.by_title}
    name = aguda[0][1].name
    assert "上" not in edition.forms(name).get("jinshi", ())
    assert "上" in edition.titles(name)["jinshi"]
