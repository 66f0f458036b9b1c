"""What templates print: pages, and the parts of them that are printed once for a tree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from edition.cache.memo import Memo
from edition.publish.cite.patterns import Citing, Form, Shape
from edition.publish.cite.things import Citable
from edition.publish.render.jinja import TOP
from edition.publish.views.values import PassageView, WhoView
from edition.publish.views.viewer import ROOT

#: Where a note's number is still to be set, and how many after the passage's first it is.
LATER = re.compile("\x01(\\d+)\x02")


def context_of(environment: Environment, common: dict[str, Any], citing: Citing, memo: Memo) -> dict[str, Any]:
    """What the templates of a tree are given on every page: ``common``, the macros, and what is printed only once.

    ``common`` has under ``same`` all that pages show beside their own values: if that is as it was, and a page's values
    are, then so is the page.
    """
    context = common | {"citing": citing, "root": ROOT, "top": TOP}
    context["shell"] = Shell(environment, context)
    context["citations"] = Citations(environment, context, citing)
    context["block"] = Blocks(environment, context, memo)
    context["cards"] = Cards(environment, context)
    context["m"] = environment.get_template("macros/text.html").make_module(context)
    return context


def page_of(environment: Environment, template: str, values: dict[str, Any], root: str, top: str) -> bytes:
    """A page whose tree begins at ``root`` and whose site begins at ``top``."""
    page = environment.get_template(template).render(values).encode()
    return page.replace(ROOT.encode(), root.encode()).replace(TOP.encode(), top.encode())


class Shell:
    """What every page of a tree has, each part printed once for every section of the site."""

    def __init__(self, environment: Environment, common: dict[str, Any]) -> None:
        self._environment, self._common = environment, common
        self._printed: dict[tuple[str, str], Markup] = {}

    def __call__(self, part: str, section: str = "") -> Markup:
        """A part of a page, in a section of the site."""
        if (part, section) not in self._printed:
            html = self._environment.get_template(f"shell/{part}.html").render(self._common | {"section": section})
            self._printed[part, section] = Markup(html)  # noqa: S704 (printed by a template that escapes)
        return self._printed[part, section]


class Citations:
    """How something is cited, in every format: printed once for a shape, and filled in for what is cited."""

    def __init__(self, environment: Environment, common: dict[str, Any], citing: Citing) -> None:
        self._template = environment.get_template("fragments/citations.html")
        self._common, self._citing = common, citing
        self._printed: dict[tuple[str, Shape], Form] = {}

    def __call__(self, cited: Citable, label: str, help: str = "") -> Markup:  # noqa: A002 (as a template calls it)
        """The formats of what is cited, under a label; ``help`` tells of what script adds."""
        shape = self._citing.shape(cited)
        if (label, shape) not in self._printed:
            values = {"formats": self._citing.patterns(shape), "label": label, "help": help}
            self._printed[label, shape] = Form.of(self._template.render(self._common | values))
        return Markup(self._citing.fill(self._printed[label, shape], cited))  # noqa: S704 (escaped, value by value)


class Cards:
    """The names that are marked on a page, each in a line that is printed once for a tree."""

    def __init__(self, environment: Environment, common: dict[str, Any]) -> None:
        self._template, self._common = environment.get_template("fragments/name.html"), common
        self._printed: dict[str, Markup] = {}

    def __call__(self, names: Iterable[WhoView]) -> Markup:
        """The items of a list of names."""
        return Markup("".join([self._card(name) for name in names]))  # noqa: S704 (each is markup)

    def _card(self, name: WhoView) -> Markup:
        if name.id not in self._printed:
            html = self._template.render(self._common | {"name": name}).rstrip("\n")
            self._printed[name.id] = Markup(html)  # noqa: S704 (printed by a template that escapes)
        return self._printed[name.id]


class _Later:
    """The number of a first note where it is not known yet: what is added to it is set into the page by `Blocks`."""

    def __add__(self, other: int) -> str:
        """Stand for the number so many after the first."""
        return f"\x01{other}\x02"


class Blocks:
    """Passages with their notes, each printed once for a tree and put into every page that shows it.

    A passage stands on six pages of its tree; printing it is most of what a build does.
    """

    def __init__(self, environment: Environment, common: dict[str, Any], memo: Memo) -> None:
        self._template = environment.get_template("fragments/passage.html")
        self._common, self._memo = common, memo
        self._printed: dict[str, tuple[list[str], list[int]]] = {}

    def __call__(self, passage: PassageView, first: int) -> Markup:
        """The passage on a page where its first note has the number ``first``."""
        if passage.id not in self._printed:
            key = ("block", self._common["script"], passage.id)
            pieces = LATER.split(self._memo(key, self._print, passage, self._common["same"]))
            self._printed[passage.id] = pieces, [int(piece) for piece in pieces[1::2]]
        pieces, numbers = self._printed[passage.id]
        if numbers:
            pieces = pieces.copy()
            pieces[1::2] = [str(first + number) for number in numbers]
        return Markup("".join(pieces))  # noqa: S704 (printed by a template that escapes)

    def _print(self, passage: PassageView, _: object) -> str:
        return self._template.render(self._common | {"p": passage, "first": _Later()})
