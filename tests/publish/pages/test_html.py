"""Every page and every style sheet is valid by the Nu HTML checker. Its false positives are listed here."""

import json
import re
import subprocess
from pathlib import Path

from edition import paths
from edition.publish.views.placeholders import CLOSE, HERE, OPEN, ROOT, TOP, fill_paths

VNU = paths.ROOT / "tests" / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

NOT_SO = {
    r"This document appears to be written in": "it guesses the language from the Latin letters, and they are few",
    r"Resource violates Content Security Policy": "'self' is the host of the page; a file has none",
    r"Inline script violates Content Security Policy": "JSON-LD is data, which no policy holds back; see below",
    r"CSS: “[a-z-]+”: The types are incompatible\.": "round() of CSS Values 4 is unknown to it",
    r"CSS: “paint-order”: Property “paint-order” doesn't exist": "it is in SVG 2, and every browser knows it",
}
"""False positives of the checker: regular expression for the whole message → reason."""


def complaints(*arguments: str | Path) -> list[str]:
    """Run the checker and return its messages, including warnings, without the false positives."""
    # Java's other collectors of garbage want processors of their own.
    java = ["java", "-XX:+UseSerialGC", "-jar", str(VNU)]
    command = [*java, "--format", "json", "--stdout", "--exit-zero-always", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{message['url']}:{message.get('lastLine', 0)}: {message['message']} {message.get('extract', '')!r}"
        for message in json.loads(done.stdout)["messages"]
        if not any(re.match(pattern, message["message"]) for pattern in NOT_SO)
    ]


def test_the_checker_finds_a_fault(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="zh-Hant"><title>遼</title><p id="a">金<p id="a">史', encoding="utf-8")
    [complaint] = [line for line in complaints(page) if "Duplicate ID" in line]
    assert complaint.startswith(page.as_uri().replace("///", "/"))


def test_every_page_is_valid_html(site: Path) -> None:
    assert complaints("--skip-non-html", site) == []


def test_the_pages_in_the_worker_are_valid_html(site: Path, tmp_path: Path) -> None:
    missing = re.search(r"^const MISSING = (.*);$", (site / "sw.js").read_text(encoding="utf-8"), re.MULTILINE)
    assert missing
    pages = json.loads(missing[1])
    assert set(pages) == {"", "hans/"}
    for n, page in enumerate(pages.values()):
        assert set(re.findall(f"{OPEN}[^{CLOSE}]*{CLOSE}", page)) == {ROOT, TOP, HERE}
        filled = fill_paths(page, "/liaojin/", "/liaojin/").replace(HERE, "jinshi/2/")
        (tmp_path / f"{n}.html").write_text(filled, encoding="utf-8")
    assert complaints("--skip-non-html", tmp_path) == []


def test_no_page_has_a_script_in_it(site: Path) -> None:
    """What is excused above must be JSON-LD and nothing else."""
    for path in site.rglob("*.html"):
        for attributes in re.findall(r"<script\b([^>]*)>", path.read_text(encoding="utf-8")):
            assert " src=" in attributes or attributes == ' type="application/ld+json"', path


def test_every_stylesheet_is_valid(site: Path) -> None:
    sheets = sorted(site.rglob("*.css"))
    assert sheets
    assert complaints("--css", *sheets) == []


FORBIDDEN = {
    r"\{(?=[^}]*(?<![-\w])user-select:\s*([\w-]+))(?![^}]*-webkit-user-select:\s*\1)": (
        "Safari knows user-select by -webkit-user-select alone, which must stand beside it with the same value"
    ),
    r"text-decoration:(?!\s*(?:none|underline|line-through)\s*(?:!important\s*)?[;}])[^;}]*": (
        "Safari drops a shorthand with a colour, a style or a thickness: each has a property of its own"
    ),
    r"font-kerning:\s*normal": "Firefox then sets the punctuation of Noto and Source Han at half its width",
}
"""What a style sheet may not have, since not all browsers take it, and why."""


def unfit(sheet: str) -> list[str]:
    """Return the declarations of a style sheet that are forbidden."""
    return [f"{match[0]} … {why}" for pattern, why in FORBIDDEN.items() for match in re.finditer(pattern, sheet)]


def test_what_some_browser_drops_is_recognised() -> None:
    assert len(unfit("a { user-select: none; text-decoration: underline wavy red 1px; font-kerning: normal }")) == 3
    assert len(unfit("a { -webkit-user-select: none; user-select: all } b{text-decoration:underline dotted}")) == 2
    assert unfit("a { -webkit-user-select: none; user-select: none; text-decoration: underline; }") == []


def test_no_stylesheet_has_what_some_browser_drops(site: Path) -> None:
    sheets = [*site.rglob("*.css"), *paths.STATIC.rglob("*.css"), *paths.TEMPLATES.rglob("*.css")]
    assert {sheet.name for sheet in sheets} >= {"site.css", "text.css", "print.css", "style.css"}
    faults = {sheet: unfit(sheet.read_text(encoding="utf-8")) for sheet in sheets}
    assert {sheet: found for sheet, found in faults.items() if found} == {}
