"""Names and references by title in one passage: which stretch is tagged, and as what."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import make
from edition.emend.names import Tag
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


def test_references_by_title_in_the_corpus_are_told_from_names() -> None:
    edition = make(CORPUS)
    aguda = [(id_, tag) for id_, tags in edition.tags.items() for tag in tags if tag.name.id == "wanyan-aguda"]
    by_title = {tag.form for _, tag in aguda if tag.by_title}
    assert {"國主", "上"} <= by_title
    assert not by_title & {tag.form for _, tag in aguda if not tag.by_title}
    name = aguda[0][1].name
    assert "上" not in edition.forms(name).get("jinshi", ())
    assert "上" in edition.titles(name)["jinshi"]
