"""How templates are printed: the environment, its filters, and passages that are printed once for a tree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from edition.publish.view import PassageView
from edition.publish.viewer import ROOT

#: Where a note's number is still to be set, and how many after the passage's first it is.
LATER = re.compile("\x01(\\d+)\x02")


def environment_of(templates: Path) -> Environment:
    """The templates of a folder: everything escaped, nothing missing passed over."""
    environment = Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["short"] = _short
    environment.filters["inert"] = _inert
    environment.filters["rooted"] = lambda html, root: Markup(html.replace(ROOT, root))  # noqa: S704 (made by prose)
    return environment


def _short(words: str) -> str:
    """The beginning and end of a long quotation.

    >>> _short("乃命其弟國相孛極烈吳乞買並粘罕、兀室等悉師度遼而西，用遼降人余覩為先鋒，以趨中京。")
    '乃命其弟國相孛極…以趨中京'
    """
    words = words.strip("，。；：、 ")
    return words if len(words) <= 18 else f"{words[:8]}…{words[-4:]}"


def _inert(data: str) -> Markup:
    """JSON for a data block of a page: nothing in it can end the block."""
    return Markup(data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 (just made so)


class _Later:
    """The number of a first note where it is not known yet: what is added to it is set into the page by `Blocks`."""

    def __add__(self, other: int) -> str:
        """Stand for the number so many after the first."""
        return f"\x01{other}\x02"


class Blocks:
    """Passages with their notes, each printed once for a tree and put into every page that shows it.

    A passage stands on six pages of its tree; printing it is most of what a build does.
    """

    def __init__(self, environment: Environment, common: dict[str, Any]) -> None:
        self._template = environment.get_template("block.html")
        self._common = common | {"root": ROOT, "first": _Later()}
        self._printed: dict[str, str] = {}

    def __call__(self, passage: PassageView, first: int, root: str) -> Markup:
        """The passage on a page where its first note has the number ``first`` and the tree begins at ``root``."""
        if passage.id not in self._printed:
            self._printed[passage.id] = self._template.render(self._common | {"p": passage})
        html = self._printed[passage.id].replace(ROOT, root)
        if passage.notes:
            html = LATER.sub(lambda match: str(first + int(match[1])), html)
        return Markup(html)  # noqa: S704 (printed by a template that escapes)
