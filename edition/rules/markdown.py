"""Render editors' prose: Markdown without raw HTML, with links to the web, to mail addresses or into the edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Schemes of links that lead out of the edition. Any other target must be a place in the edition.
OUTSIDE = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
Resolver = Callable[[str], str | None]

_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")
# All targets are accepted here: `_linked` drops those without an address, and a check reports them.
setattr(_markdown, "validateLink", lambda url: True)  # noqa: B010, ARG005 (a method of the instance)


def render(text: str, resolve: Resolver, *, inline: bool = False) -> str:
    """Render Markdown to HTML. ``resolve`` maps a target inside the edition to an address, or to None if it is dead.

    A dead link is rendered as its text.

    >>> render("見[取中京](event/zhongjing)。<b>", lambda target: f"../{target}/", inline=True)
    '見<a href="../event/zhongjing/">取中京</a>。&lt;b&gt;'
    >>> render("[x](javascript:alert)", lambda target: None, inline=True)
    'x'
    >>> render("&#12;", lambda target: None, inline=True)  # not allowed in XML, and markdown-it lets it pass
    '�'
    """
    tokens = _markdown.parseInline(text.strip()) if inline else _markdown.parse(text)
    for token in tokens:
        if token.children:
            token.children = list(_linked(token.children, resolve))
    html = str(_markdown.renderer.render(tokens, _markdown.options, {}))
    return html.replace("\f", "\ufffd").strip()


def _linked(tokens: Iterable[Token], resolve: Resolver) -> Iterator[Token]:
    """Yield the tokens of a paragraph with the addresses of its links resolved; dead links lose their tags."""
    dropped = False
    for token in tokens:
        if token.type == "link_open":
            target = str(token.attrs["href"])
            outside = OUTSIDE.match(target)
            address = target if outside else resolve(target)
            dropped = address is None
            if address is not None:
                token.attrs["href"] = address
                if outside:
                    token.attrs["rel"] = "external"
        if not (dropped and token.type in ("link_open", "link_close")):
            yield token


@lru_cache(maxsize=10_000)
def links(text: str) -> tuple[str, ...]:
    """Return the targets of the links in a piece of prose.

    >>> links("見[中京](event/zhongjing)與[遼史](https://example.org/)。")
    ('event/zhongjing', 'https://example.org/')
    """
    if "[" not in text and "<" not in text:
        return ()  # every Markdown link contains one of them
    return tuple(
        str(child.attrs["href"])
        for token in _markdown.parse(text)
        for child in token.children or ()
        if child.type == "link_open"
    )
