"""Nothing that an editor types can become active markup, in any field, page or export."""

import io
import itertools
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from lxml import etree

import build
from edition.publish import site
from tests.corpora import assemble

CODE = ("alert(1)", "alert`1`", "top['al'+'ert'](1)", "eval('1')")
SHAPES = (
    *(
        "<script>{}</script>",
        "<img src=x onerror={}>",
        "<svg/onload={}>",
        "'\"><script>{}</script>",
        "</p><script>{}</script>",
    ),
    *(
        "<a href=javascript:{}>x</a>",
        "[x](javascript:{})",
        "[x](JaVaScRiPt:{})",
        "[x](<javascript:{}>)",
        "![x](javascript:{})",
    ),
    *(
        "<iframe srcdoc='<script>{}</script>'>",
        "<style>@import 'javascript:{}'</style>",
        "<math><mtext></mtext><script>{}</script>",
    ),
    *(
        "</script><script>{}</script>",
        "</title><script>{}</script>",
        "</textarea><script>{}</script>",
        "<!--<script>{}</script>-->",
    ),
    *(
        "]]><script>{}</script>",
        "&lt;script&gt;{}&lt;/script&gt;",
        "&#60;script&#62;{}&#60;/script&#62;",
        "{{{{ {} }}}}",
        "{{% {} %}}",
    ),
    *('" onmouseover="{}', "' autofocus onfocus='{}", "`{}`", "<details open ontoggle={}>", "<body onpageshow={}>"),
    *(
        "[x](data:text/html,<script>{}</script>)",
        "[x](vbscript:{})",
        "<base href=javascript:{}//>",
        "<form action=javascript:{}>",
    ),
    *(
        "<object data=javascript:{}>",
        "<embed src=javascript:{}>",
        "<link rel=stylesheet href=javascript:{}>",
        "<meta http-equiv=refresh content=0;url=javascript:{}>",
    ),
    *(
        "\u2028<script>{}</script>",
        "<scr\x0bipt>{}</script>".replace("\x0b", ""),
        "<x onclick={}>",
        "<template><script>{}</script></template>",
    ),
    *(
        "[x](  javascript:{})",
        "[x](java&#10;script:{})",
        '<https://x/"onclick={}>',
        "[x]: javascript:{}\n\n[x]",
        "**<b onclick={}>**",
    ),
    *(
        "<noscript><p title='</noscript><img src=x onerror={}>'>",
        "<xmp><script>{}</script></xmp>",
        "<a xlink:href=javascript:{}>",
        "<set onbegin={}>",
    ),
    *(
        "\\<script\\>{}\\</script\\>",
        "<SCRIPT>{}</SCRIPT>",
        "<p style='background:url(javascript:{})'>",
        "<audio src=x onerror={}>",
    ),
    *(
        "<video><source onerror={}></video>",
        "<button formaction=javascript:{}>x</button>",
        "<input onfocus={} autofocus>",
        "<marquee onstart={}>",
    ),
    *(
        "<select onfocus={} autofocus>",
        "<keygen onfocus={}>",
        "<isindex action=javascript:{}>",
        "<portal src=javascript:{}>",
        "<frameset onload={}>",
    ),
)
PAYLOADS = tuple(shape.format(code) for shape in SHAPES for code in CODE)
ALLOWED = {"src", "type", "defer"}


class _Active(HTMLParser):
    """Return everything in a page that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in {"iframe", "object", "embed", "base", "frame", "style", "template", "math", "portal"}:
            self.found.append(f"<{tag}>")
        if tag == "img" and values.get("src") != "cover.svg":  # of the EPUB
            self.found.append(f"<{tag}>")
        if tag == "script":
            ours = "static/" in values.get("src", "") or values.get("type") == "application/ld+json"
            if not ours or set(values) - ALLOWED:
                self.found.append(f"<script {values}>")
        for name, value in values.items():
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action", "formaction", "data"} and value.strip().lower().startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                self.found.append(f"{tag} {name}={value}")

    handle_startendtag = handle_starttag


def poisoned(folder: Path, payloads: tuple[str, ...]) -> Path:
    """Create the mini-corpus with a payload in every text field."""
    corpus = assemble(folder)
    bad = itertools.cycle(payloads)

    def pair() -> dict[str, str]:
        one = next(bad)
        return {"hant": f"書{one}", "hans": f"书{one}"}

    def write(name: str, data: object) -> None:
        (corpus / name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")

    write(
        "edition.yaml",
        {
            "title": pair(),
            "subtitle": next(bad),
            "description": pair(),
            "release": "1",
            "released": "2026-01-01",
            "editors": [next(bad)],
            "licence": next(bad),
            "works": ["jinshi", "dajinguozhi"],
        },
    )
    work = yaml.safe_load((corpus / "jinshi" / "work.yaml").read_text(encoding="utf-8"))
    work |= {name: pair() for name in ("title", "chapter", "author", "dynasty")}
    work |= {name: next(bad) for name in ("compiled", "description", "source", "covers", "before", "after", "evidence")}
    work["latin"] = {"title": next(bad), "author": next(bad)}
    write("jinshi/work.yaml", work)
    at = {"at": "jinshi.2.tianfu3.4.1", "quote": "日有食之"}
    write("jinshi/notes.yaml", [{**at, "kind": "注", "text": p, "sources": [next(bad)]} for p in payloads])
    write(
        "jinshi/apparatus.yaml",
        [
            {
                **at,
                "lemma": next(bad).replace("\n", " "),
                "kind": "variant",
                "evidence": next(bad),
                "sources": [next(bad)],
                "by": next(bad),
            }
        ],
    )
    write(
        "jinshi/datings.yaml",
        [{**at, "kind": "flashback", "years": [1118], "note": next(bad), "sources": [next(bad)]}],
    )
    write(
        "persons.yaml",
        [
            {
                "id": "x",
                "name": pair(),
                "about": next(bad),
                "identified": next(bad),
                "sources": [next(bad)],
                "forms": {"jinshi": ["撒改"]},
            }
        ],
    )
    account = {**at}
    write(
        "events.yaml",
        [
            {
                "id": "y",
                "title": pair(),
                "year": 1119,
                "about": next(bad),
                "dated_by": next(bad),
                "sources": [next(bad)],
                "accounts": [account],
                "differs": [{"what": next(bad), "jinshi": next(bad)}],
            }
        ],
    )
    write("history.yaml", [{"date": "2026-01-01", "release": next(bad), "title": pair(), "text": next(bad)}])
    (corpus / "pages").mkdir(exist_ok=True)
    (corpus / "pages" / "about.md").write_text(
        f"---\ntitle: 說明\n---\n\n{next(bad)}\n\n{next(bad)}\n", encoding="utf-8"
    )
    return corpus


@pytest.mark.parametrize("part", range(0, len(PAYLOADS), 9))
def test_no_words_become_markup(tmp_path: Path, part: int) -> None:
    edition = build.make(poisoned(tmp_path, PAYLOADS[part : part + 9]))
    pages = 0
    for path, content in site.files(edition, "https://example.org/"):
        if path.endswith(".html"):
            page = _Active()
            page.feed(content.decode())
            assert page.found == [], path
            pages += 1
        elif path.endswith((".xml", ".opf")):
            root = etree.fromstring(content)
            assert not [
                e for e in root.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2].lower() == "script"
            ], path
        elif path.endswith(".json"):
            json.loads(content)
        elif path.endswith(".epub"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                for name in book.namelist():
                    if name.endswith((".xhtml", ".opf", ".xml")):
                        etree.fromstring(book.read(name))
                    if name.endswith(".xhtml"):
                        page = _Active()
                        page.feed(book.read(name).decode())
                        assert page.found == [], name
    assert pages > 20


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 200
