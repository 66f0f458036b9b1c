"""`python -m tests.browser.engines` says what is missing, and waits for no server for ever."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.engines import __main__ as install


def none() -> str | None:
    return None


@pytest.mark.parametrize("server", ["exit 100", "exec sleep 60"])
@pytest.mark.parametrize(("chromium", "result"), [(none, 1), (lambda: "/usr/bin/chromium", 0)])
def test_only_a_missing_chromium_stops_the_tests(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    server: str,
    chromium: Callable[[], str | None],
    result: int,
) -> None:
    command = tmp_path / "apt-get"
    command.write_text(f"#!/bin/sh\n{server}\n", encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(install, "PATIENCE", 0.2)
    needs = [need._replace(find=chromium if need.name == "Chromium" else none) for need in install.NEEDS]
    monkeypatch.setattr(install, "NEEDS", needs)
    assert install.main() == result
    said = capsys.readouterr().out
    assert "Firefox is not there: its tests are skipped (Debian: apt-get install firefox-esr; macOS" in said
    assert "WebKitGTK is not there: its tests are skipped (Debian: apt-get install webkit2gtk-driver xvfb; Li" in said
    assert ("Chromium or Chrome is needed" in said) == bool(result)
