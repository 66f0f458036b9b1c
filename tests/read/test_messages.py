"""Messages name files below the corpus that was read, whatever its folder is called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from edition.paths import CODE


def strings(path: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


#: The command that releases this very edition changes files of its own corpus.
RELEASE = CODE / "commands" / "release.py"


@pytest.mark.parametrize("path", sorted(set(CODE.rglob("*.py")) - {RELEASE}), ids=lambda path: path.name)
def test_no_message_names_a_folder_called_corpus(path: Path) -> None:
    assert [text for text in strings(path) if "corpus/" in text] == []
