"""Serve the site while it is edited: rebuild on change, reload the browser, keep the last good site."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

import livereload.server
from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.server import LiveScriptInjector
from livereload.watcher import Watcher
from tornado.httputil import HTTPHeaders
from tornado.ioloop import PeriodicCallback

from edition.model.findings import CorpusError, Place
from edition.publish.render.jinja import escape
from edition.publish.render.policy import POLICY

#: The reloader puts a script into each page and speaks to a socket; only what is served here allows that.
RELAXED = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(
    "connect-src 'self'", "connect-src 'self' ws:"
)
#: Milliseconds between two looks at the files: livereload's own 800 would be most of what an editor waits for.
PAUSE = 50


class _Watcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Looks for changes more often, and sees each.

    livereload's own passes over a file that comes back older than the server, as all do when a folder is put in the
    place of another, and a file saved in the moment in which the server starts.
    """

    def watch(self, path: str, *args: object, **options: object) -> None:
        """Begin to look at a folder; a change is what is not as it is now."""
        super().watch(path, *args, **options)
        self._tasks[path]["mtimes"] = self._state(path)

    def is_changed(self, path: str, ignore: object = None) -> bool:  # noqa: ARG002 (livereload's signature)
        """Whether a folder is not as it was at the last look."""
        state = self._state(path)
        if state == self._tasks[path]["mtimes"]:
            return False
        self._tasks[path]["mtimes"] = state
        self.filepath = path  # without one, livereload does not reload the browser
        return True

    def _state(self, path: str) -> dict[str, tuple[int, int, int]]:
        """What tells each file under a folder from another, or from itself before: inode, size, nanoseconds.

        Of a folder or a link only that it is there: the time of a folder changes with files that `ignore` passes over.
        """
        state: dict[str, tuple[int, int, int]] = {}
        for folder, folders, files in os.walk(path):
            folders[:] = set(folders).difference(self.ignored_dirs)
            state.update((f"{folder}/{name}", (0, 0, 0)) for name in folders)
            for file in set(files).difference(filter(self.ignore, files)):
                path = f"{folder}/{file}"
                with contextlib.suppress(OSError):  # gone since the folder was listed: the next look sees that
                    found = os.stat(path)  # noqa: PTH116 (a Path for each file, 20 times a second, costs as much again)
                    state[path] = (found.st_ino, found.st_size, found.st_mtime_ns)
        return state

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
    """Build, and serve a folder until interrupted; build again whenever something under ``watched`` changes.

    What goes wrong in the first build ends this; what goes wrong in a later one is said in the terminal and on every
    page until a build succeeds. Raises CorpusError if the port is taken.
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
    build()
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
    except OSError as error:
        return f"{error.filename or '.'}:1: SYSTEM {error.strerror or error}"
    except (Exception, SystemExit):  # noqa: BLE001 (a server goes on)
        return traceback.format_exc()
    return ""
