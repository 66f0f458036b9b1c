"""docs/checks.md lists every code that the program can print."""

from __future__ import annotations

import ast
import re

from edition.check.codes import CODES
from edition.paths import CODE, ROOT


def raised() -> set[str]:
    """The codes of all errors in the source."""
    found = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CorpusError":
                found |= {str(arg.value) for arg in node.args[1:2] if isinstance(arg, ast.Constant)}
    return found


def test_every_error_and_every_finding_is_documented() -> None:
    findings, errors = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8").split("## Errors")
    assert re.findall(r"^\| `([A-Z-]+)` \|", findings, re.MULTILINE) == sorted(CODES)
    documented = re.findall(r"^\| `([A-Z-]+)` \|", errors, re.MULTILINE)
    assert documented == sorted(documented)
    assert raised() - set(documented) == set()
