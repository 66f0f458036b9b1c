"""The only door to Jinja and markupsafe: the environment of the templates, and their errors in one line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from edition.cache import folder as cache
from edition.model.findings import CorpusError, Place
from edition.read.files import read_text
from edition.rules.quotation import shortened

__all__ = ["Markup", "Templates", "escape", "template_errors"]


class Templates:
    """The templates of a folder: autoescaped, with StrictUndefined, and with what every one of them is given."""

    def __init__(self, folder: Path, shared: Mapping[str, Any]) -> None:
        """Prepare the environment; ``shared`` are globals of all templates and macros."""

        def load(name: str) -> tuple[str, str, None]:
            return read_text(folder / name), str(folder / name), None

        self._environment = Environment(
            loader=FunctionLoader(load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_bytecode_cache(),
        )
        self._environment.globals.update(shared)
        self._environment.filters["short"] = shortened
        self._environment.filters["inert"] = _inert
        self._environment.filters["referenced"] = _referenced

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """Render a template with ``values``, which take precedence over what is shared."""
        return self._environment.get_template(template).render(values)

    def with_filter(self, name: str, function: Callable[[str], Markup]) -> Templates:
        """The same templates with one filter more."""
        other = object.__new__(Templates)
        other._environment = self._environment.overlay()
        other._environment.filters[name] = function
        return other


def _referenced(text: str) -> Markup:
    """A text for an attribute before `<meta charset>`, in character references.

    Programs that meet other characters before they know the encoding take the whole page for Latin-1 (libxml2 does).

    >>> str(_referenced("遼 & 金"))
    '&#36988; &amp; &#37329;'
    """
    return Markup(escape(text).encode("ascii", "xmlcharrefreplace").decode())  # noqa: S704 (just escaped)


def _inert(data: object) -> Markup:
    """A value as JSON for a data block of a page, escaped so that nothing in it can end the block."""
    text = json.dumps(data, ensure_ascii=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 (just made so)


@contextmanager
def template_errors(folder: Path) -> Iterator[None]:
    """Turn an error of Jinja in a template of ``folder`` into a CorpusError with path and line."""
    try:
        yield
    except TemplateError as error:
        frames = ((frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__))
        within = [(path, line) for path, line in frames if path.startswith(str(folder))]
        if isinstance(error, TemplateSyntaxError) and error.filename:
            within.append((error.filename, error.lineno))
        path, line = within[-1] if within else (str(folder), 1)
        message = f"{error.message or type(error).__name__}: mend the template"
        raise CorpusError(Place(path, line), "TEMPLATE", message) from None


class _BytecodeCache(FileSystemBytecodeCache):
    """Jinja's cache of compiled templates; on a full disk templates are only compiled again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the compiled template if there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """The cache of this Jinja and this module; Jinja itself compares the source of each template."""
    folder = cache.folder()
    key = hashlib.sha256(repr([cache.library(name) for name in ("jinja2", __name__)]).encode()).hexdigest()[:16]
    return _BytecodeCache(str(folder), f"%s.{key}.template") if folder else None
