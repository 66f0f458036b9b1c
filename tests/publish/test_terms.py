"""The words of the whole site: a list of terms for each tree, and arguments that survive conversion."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from edition.model.scripts import SCRIPTS, Script

TERMS = Path(__file__).with_name("terms.tsv")
#: Texts, citations, code and attributes: what has words of its own.
APART = re.compile(
    r'<(p|div|ol|ul|span) class="(?:text|citation|compared|kwic|quote|s)\b.*?</\1>'
    r"|<(pre|script|textarea|noscript)\b.*?</\2>",
    re.DOTALL,
)
INLINE = re.compile(r"</?(?:a|b|code|i|small|span|strong)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
QUOTED = {"hant": r"「(?:[^「」]|「[^「」]*」)*」", "hans": r"“[^“”]*”"}


@cache
def words_of(site: Path, script: Script) -> list[tuple[str, str]]:
    """Path and words of every page of a tree."""
    pages = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name.startswith("hans/") == (script == "hans"):
            text = APART.sub("\n", path.read_text(encoding="utf-8"))
            pages.append((name, html.unescape(TAG.sub("\n", INLINE.sub("", text)))))
    return pages


def terms(script: Script) -> Iterator[tuple[re.Pattern[str], str]]:
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            tree, word, instead = line.split("\t")
            if tree == script:
                yield re.compile(word), instead


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_page_has_a_word_that_the_list_replaces(site: Path, script: Script) -> None:
    listed = list(terms(script))
    assert len(listed) > 15
    any_word = re.compile("|".join(word.pattern for word, _ in listed))
    found = []
    for path, words in words_of(site, script):
        if any_word.search(words):
            bare = words if script == "hans" else re.sub(QUOTED[script], "「」", words)
            for word, instead in listed:
                text = words if "[^" in word.pattern else re.sub(QUOTED[script], "“”", bare)
                found += [f"{path}: {m[0]}: write {instead}" for m in word.finditer(text)]
    assert found == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_two_neighbours_of_a_list_are_equal(site: Path, script: Script) -> None:
    """蕭后、蕭後 is one form in Simplified."""
    twice = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff]{1,8})、\1(?![\u3400-\u9fff])")
    assert [(path, m[0]) for path, words in words_of(site, script) for m in twice.finditer(words)] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_is_said_to_be_written_like_itself(site: Path, script: Script) -> None:
    """「齎」簡作「赍」 must not become 「赍」简作「赍」, nor 原作「後」 stand beside 後."""
    opened, closed = "[「“『‘]", "[」”』’]"
    same = re.compile(
        rf"{opened}([\u3400-\u9fff]{{1,6}}){closed}[先又簡简]?[誤误]?[作為为]{opened}\1{closed}"
        rf"|(?<![\u3400-\u9fff])([\u3400-\u9fff]{{1,6}})　[原一]作{opened}\2{closed}(?!{closed})"
    )
    assert [(path, m[0]) for path, words in words_of(site, script) for m in same.finditer(words)] == []
