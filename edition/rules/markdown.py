"""Editors' prose: Markdown without HTML, whose links go to the web, to a letter box, or into the edition."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import escape

#: Only these may be followed from a note; anything else must be a place of the edition.
OUTSIDE = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
#: A link whose address is still to be set in; links do not stand in one another.
LINK = re.compile('<a href="\x01(?P<n>\\d+)\x02"(?P<title>[^>]*)>(?P<words>.*?)</a>', re.DOTALL)
Resolver = Callable[[str], str | None]

_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")
# Links are judged below by where they lead, and in the checks by whether that exists.
setattr(_markdown, "validateLink", lambda url: True)  # noqa: B010, ARG005 (a method of the instance)


def render(text: str, resolve: Resolver, *, inline: bool = False) -> str:
    """HTML of Markdown. ``resolve`` turns a target inside the edition into an address, or None if there is none.

    A link that leads nowhere is shown as its text.

    >>> render("見[取中京](event/zhongjing)。<b>", lambda target: f"../{target}/", inline=True)
    '見<a href="../event/zhongjing/">取中京</a>。&lt;b&gt;'
    >>> render("[x](javascript:alert)", lambda target: None, inline=True)
    'x'
    """
    html, targets = _printed(text, inline)

    def link(match: re.Match[str]) -> str:
        target = targets[int(match["n"])]
        outside = OUTSIDE.match(target)
        address = target if outside else resolve(target)
        if address is None:
            return match["words"]
        rel = ' rel="external"' if outside else ""
        return f'<a href="{escape(address)}"{match["title"]}{rel}>{match["words"]}</a>'

    return LINK.sub(link, html) if targets else html


@lru_cache(maxsize=10_000)
def _printed(text: str, inline: bool) -> tuple[str, tuple[str, ...]]:  # noqa: FBT001 (a key of the cache)
    """HTML with the number of its target in the place of every address, and the targets."""
    tokens = _markdown.parseInline(text.strip()) if inline else _markdown.parse(text)
    targets: list[str] = []
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                targets.append(str(child.attrs["href"]))
                child.attrs["href"] = f"\x01{len(targets) - 1}\x02"
    return str(_markdown.renderer.render(tokens, _markdown.options, {})).strip(), tuple(targets)


@lru_cache(maxsize=10_000)
def links(text: str) -> tuple[str, ...]:
    """The targets of the links in a piece of prose.

    >>> links("見[中京](event/zhongjing)與[遼史](https://example.org/)。")
    ('event/zhongjing', 'https://example.org/')
    """
    if "[" not in text and "<" not in text:
        return ()  # no link of Markdown is without either
    return tuple(
        str(child.attrs["href"])
        for token in _markdown.parse(text)
        for child in token.children or ()
        if child.type == "link_open"
    )
