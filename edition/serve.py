"""Serve the site while it is edited: rebuild on change, reload the browser, keep the last good site."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

import livereload.server
from jinja2 import TemplateError
from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.server import LiveScriptInjector
from livereload.watcher import Watcher
from markupsafe import escape
from tornado.httputil import HTTPHeaders
from tornado.ioloop import PeriodicCallback

from edition.model import CorpusError, Place
from edition.publish.site import POLICY

#: The reloader puts a script into each page and speaks to a socket; only what is served here allows that.
RELAXED = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(
    "connect-src 'self'", "connect-src 'self' ws:"
)
#: Milliseconds between two looks at the files: livereload's own 800 would be most of what an editor waits for.
PAUSE = 50


class _Watcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Looks for changes more often."""

    def start(self, callback: Callable[[], None]) -> bool:
        """Look again and again; True tells livereload that it need not."""
        PeriodicCallback(callback, PAUSE).start()
        return True


class _Relax(LiveScriptInjector):  # type: ignore[misc]
    """Relaxes the content policy of a page on its way to the browser; the files keep the strict one.

    While the last build failed, it also says on the page why.
    """

    problem = ""

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: FBT001 (tornado's signature)
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Replace what stands in the head, and so in the first chunk, then inject the reloader."""
        length = len(chunk)
        old, new = (str(escape(policy)).encode() for policy in (POLICY, RELAXED))
        chunk = chunk.replace(old, new, 1)
        if _Relax.problem and b'<a class="skip"' in chunk:
            said = f'<p role="alert">{escape(_Relax.problem)}</p>'.replace("\n", "<br>").encode()
            chunk = chunk.replace(b'<a class="skip"', said + b'<a class="skip"', 1)
        if "Content-Length" in headers:
            headers["Content-Length"] = str(int(headers["Content-Length"]) + len(chunk) - length)
        injected: tuple[int, HTTPHeaders, bytes] = super().transform_first_chunk(status_code, headers, chunk, finishing)
        return injected


def serve(out: Path, watched: Iterable[Path], build: Callable[[], object], host: str, port: int) -> None:
    """Serve a folder until interrupted; ``build`` is called when something under ``watched`` changes.

    Whatever goes wrong in a build is said in the terminal and on every page until a build succeeds. Raises CorpusError
    if the port is taken.
    """

    def again() -> None:
        _Relax.problem = _tried(build)
        if _Relax.problem:
            print(f"{_Relax.problem}\nThe site stays as it was.", file=sys.stderr)  # noqa: T201 (the terminal's half)

    livereload.server.LiveScriptInjector = _Relax
    # livereload drops reloads that come less than this many seconds after the last: an editor saves more often.
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    server = Server(watcher=_Watcher())
    for path in watched:
        server.watch(path.as_posix(), again)
    try:
        server.serve(root=out.as_posix(), host=host, port=port, default_filename="index.html")
    except OSError as error:
        message = f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port"
        raise CorpusError(Place(out.as_posix(), 1), "SERVE", message) from None


def _tried(build: Callable[[], object]) -> str:
    """Build, and return what went wrong in a line or, where it is no one's edit, whole; empty if nothing did."""
    try:
        build()
    except CorpusError as error:
        return str(error)
    except TemplateError as error:
        place = f"{getattr(error, 'filename', '') or 'templates'}:{getattr(error, 'lineno', 1)}"
        return f"{place}: TEMPLATE {error.message or type(error).__name__}"
    except (Exception, SystemExit):  # noqa: BLE001 (a server goes on)
        return traceback.format_exc()
    return ""
