"""Serve the site while it is edited: rebuild on change, reload the browser, keep the last good site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import livereload.server
from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.server import LiveScriptInjector
from markupsafe import escape
from tornado.httputil import HTTPHeaders

from edition.model import CorpusError, Place
from edition.publish.site import POLICY

#: The reloader puts a script into each page and speaks to a socket; only what is served here allows that.
RELAXED = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(
    "connect-src 'self'", "connect-src 'self' ws:"
)


class _Relax(LiveScriptInjector):  # type: ignore[misc]  # livereload has no types
    """Relaxes the content policy of a page on its way to the browser; the files keep the strict one."""

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: FBT001 (tornado's signature)
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Replace the policy, which stands in the head and so in the first chunk, then inject the reloader."""
        old, new = (str(escape(policy)).encode() for policy in (POLICY, RELAXED))
        if old in chunk:
            chunk = chunk.replace(old, new, 1)
            if "Content-Length" in headers:
                headers["Content-Length"] = str(int(headers["Content-Length"]) + len(new) - len(old))
        injected: tuple[int, HTTPHeaders, bytes] = super().transform_first_chunk(status_code, headers, chunk, finishing)
        return injected


def serve(out: Path, watched: Iterable[Path], build: Callable[[], object], host: str, port: int) -> None:
    """Serve a folder until interrupted; ``build`` is called when something under ``watched`` changes.

    ``build`` reports its own errors and raises none. Raises CorpusError if the port is taken.
    """
    livereload.server.LiveScriptInjector = _Relax
    # livereload drops reloads that come less than this many seconds after the last: an editor saves more often.
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    server = Server()
    for path in watched:
        server.watch(path.as_posix(), build)
    try:
        server.serve(root=out.as_posix(), host=host, port=port, default_filename="index.html")
    except OSError as error:
        message = f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port"
        raise CorpusError(Place(out.as_posix(), 1), "SERVE", message) from None
