"""Whether a site is up to date."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from edition.cache import up_to_date
from edition.paths import CODE


def test_the_digest_covers_every_module_of_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "edition"
    shutil.copytree(CODE, code, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(up_to_date, "CODE", code)
    seen = {up_to_date.digest([], "")}
    modules = sorted(code.rglob("*.py"))
    assert len(modules) > 60
    for module in modules:
        module.write_text(module.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        found = up_to_date.digest([], "")
        assert found not in seen, module
        seen.add(found)


def test_a_touched_site_is_not_up_to_date(tmp_path: Path) -> None:
    page = tmp_path / "site" / "year" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("1122", encoding="utf-8")
    up_to_date.remember(tmp_path / "site", "digest")
    assert up_to_date.files_if_current(tmp_path / "site", "digest") == 1
    assert up_to_date.files_if_current(tmp_path / "site", "another") is None
    page.write_text("1123", encoding="utf-8")
    assert up_to_date.files_if_current(tmp_path / "site", "digest") is None
