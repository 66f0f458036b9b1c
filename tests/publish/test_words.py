"""The words of the interface: complete for every closed set, and each put into English by its key."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from edition.model.findings import CorpusError
from edition.model.scripts import SCRIPTS, Script
from edition.paths import ROOT, TEMPLATES
from edition.publish.words import check_words, read_english, read_words
from tests.corpora import assemble

WORDS = TEMPLATES / "words"
STRINGS = read_words(WORDS / "strings.yaml")
ENGLISH = read_english(WORDS / "english.yaml", STRINGS)
PAGES = [path for folder in ("macros", "pages", "shell") for path in sorted((TEMPLATES / folder).glob("*.html"))] + [
    TEMPLATES / "base.html"
]


class Marks(HTMLParser):
    """Collects what a page marks for translation: key, number, and the phrase in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, str, str]] = set()
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102 (of the base class)
        own = {name: value or "" for name, value in attrs}
        for name, key in own.items():
            if name.startswith("data-t-"):
                self.found.add((key, own.get("data-n", ""), own[name.removeprefix("data-t-")]))
        assert self._open is None, f"<{tag}> in an element whose whole text is {self._open}"
        if "data-t" in own:
            self._open = [own["data-t"], own.get("data-n", ""), ""]

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self._open:
            self._open[2] += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002, D102 (the signature of the base class)
        if self._open:
            key, number, phrase = self._open
            self.found.add((key, number, phrase))
            self._open = None


def marks(path: Path) -> set[tuple[str, str, str]]:
    """What a built page marks."""
    parser = Marks()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.found


#: Phrases that no page shows as words of its own: citations, punctuation, descriptions, what an e-book says.
NOT_ENGLISH = {
    *("and_others", "ascribed", "other_script", "open_quote", "close_quote"),
    *("quote_cited", "search_citation"),
    *(
        key
        for key in STRINGS
        if key.startswith("cite_") and "{" in STRINGS[key].hant and "{what}" not in STRINGS[key].hant
    ),
    *(key for key in STRINGS if key.startswith(("desc_", "epub_"))),
    "cite_work",
}


def test_every_phrase_has_its_english() -> None:
    assert set(STRINGS) - set(ENGLISH) == NOT_ENGLISH


def test_the_english_labels_are_published_by_key_and_by_phrase(site: Path) -> None:
    published = json.loads((site / "data" / "english.json").read_text(encoding="utf-8"))
    assert published["labels"] == ENGLISH
    assert published["phrases"]["年表"] == ENGLISH["years"]
    assert published["phrases"]["凡例"] == "Editorial principles"
    assert {STRINGS[key][script] for key in ENGLISH for script in SCRIPTS} <= set(published["phrases"])
    assert {"金史", "契丹国志", "太祖本紀", "天輔", "辽"} <= set(published["names"])
    lines = (WORDS / "english.yaml").read_text(encoding="utf-8").splitlines()
    keys = [line.partition(":")[0] for line in lines if not line.startswith("#")]
    assert sorted(keys) == sorted(ENGLISH)  # one label a key, none twice


def test_a_marked_phrase_is_the_phrase_of_its_key(site: Path) -> None:
    seen = set()
    pages = sorted(site.rglob("*.html"))
    for path in [p for i, p in enumerate(pages) if len(p.relative_to(site).parts) < 5 or i % 20 == 0]:
        script: Script = "hans" if path.relative_to(site).parts[0] == "hans" else "hant"
        for key, number, phrase in marks(path):
            assert STRINGS[key][script].replace("{n}", number) == phrase, (path, key)
            seen.add(key)
    assert len(seen) > 100


def test_one_chinese_phrase_has_the_english_of_each_of_its_keys(site: Path) -> None:
    """錄文 is the transcription in the facts about a work, and the reading in the apparatus."""
    assert STRINGS["source"] == STRINGS["reading"]
    of_the_work = {key for key, _, phrase in marks(site / "jinshi" / "index.html") if phrase == "錄文"}
    of_the_apparatus = {key for key, _, phrase in marks(site / "apparatus" / "index.html") if phrase == "錄文"}
    assert [ENGLISH[key] for key in of_the_work] == ["Transcription"]
    assert [ENGLISH[key] for key in of_the_apparatus] == ["Reading"]


def test_every_phrase_that_stands_alone_and_means_two_things_is_marked() -> None:
    """A script knows a phrase by its Chinese; one that has two meanings in English must be marked."""
    meanings: dict[str, set[str]] = {}
    for key, label in ENGLISH.items():
        meanings.setdefault(STRINGS[key].hant, set()).add(label.casefold())
    two = {key for key in ENGLISH if len(meanings[STRINGS[key].hant]) > 1}
    assert "reading" in two
    whole = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    alone = re.findall(r"<(?!title)\w+((?:[^<>]|\{%.*?%\})*)>\s*\{\{ t\.(\w+) \}\}\s*</", whole)
    assert [key for attributes, key in alone if key in two and f'data-t="{key}"' not in attributes] == []
    labels = re.findall(r'(aria-label|placeholder)="\{\{ t\.(\w+) \}\}"( data-t-[a-z-]+="(\w+)")?', whole)
    assert [key for _, key, _, marked in labels if key in two and key != marked] == []


# --- a new member of a closed set


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code with a small corpus, whose closed sets a test may change."""
    for name in ("edition", "templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", tmp_path)
    assemble(tmp_path)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`build.py` of a copy, on its own corpus."""
    command = [sys.executable, "build.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_kind_of_note_works_everywhere_or_names_the_words_it_wants(copy: Path) -> None:
    change(copy / "edition" / "model" / "kinds.py", '"曆", "異"]', '"曆", "異", "評"]')
    notes = copy / "corpus" / "jinshi" / "notes.yaml"
    change(notes, "kind: 曆", "kind: 評")
    said = (
        "templates/words/strings.yaml:1: WORDS-MISSING has no words for note_評: "
        "add a line for each, e.g. note_評: {hant: …, hans: …}\n"
    )
    for command in (["check"], ["build", "--only", "html"]):
        done = run(copy, *command)
        assert (done.returncode, done.stderr.removeprefix(f"{copy}/")) == (1, said), command
    with (copy / "templates" / "words" / "strings.yaml").open("a", encoding="utf-8") as words:
        words.write("note_評: {hant: 評, hans: 评}\n")
    with (copy / "templates" / "words" / "english.yaml").open("a", encoding="utf-8") as words:
        words.write("note_評: comment\n")
    for command in (["check"], ["build"]):
        done = run(copy, *command)
        assert (done.returncode, done.stderr) == (0, ""), command
    html = {script: copy / "site" / ("hans" if script == "hans" else "") / "year/1119/index.html" for script in SCRIPTS}
    assert '<span class="k">評</span>' in html["hant"].read_text(encoding="utf-8")
    assert '<span class="k">评</span>' in html["hans"].read_text(encoding="utf-8")
    assert 'type="評"' in (copy / "site" / "data" / "tei" / "jinshi.xml").read_text(encoding="utf-8")


def test_a_new_kind_of_name_wants_its_english_too(tmp_path: Path) -> None:
    shutil.copytree(WORDS, tmp_path / "words")
    check_words(tmp_path / "words")
    change(tmp_path / "words" / "english.yaml", "kind_state: States\n", "")
    with pytest.raises(CorpusError, match=r"english\.yaml:1: WORDS-MISSING has no words for kind_state: "):
        check_words(tmp_path / "words")
    change(tmp_path / "words" / "strings.yaml", "kind_state: {", "kind_stat: {")
    with pytest.raises(CorpusError, match=r"strings\.yaml:1: WORDS-MISSING has no words for kind_state: "):
        check_words(tmp_path / "words")
