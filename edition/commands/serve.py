"""Development server: rebuild on change, reload the browser, and keep serving the last successful build."""

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

#: Allows the inline script and the websocket of livereload, in pages that this server sends; files keep `POLICY`.
RELAXED = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(
    "connect-src 'self'", "connect-src 'self' ws:"
)
#: Milliseconds between two polls of the files. livereload's default of 800 would exceed the time of a rebuild.
PAUSE = 50


class _Watcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Polls for changes more often than livereload's watcher, and misses none.

    livereload's watcher compares modification times with the start of the server: it misses a file that is replaced by
    an older one, as happens when a folder is moved into place, and a file saved while the server starts.
    """

    def watch(self, path: str, *args: object, **options: object) -> None:
        """Watch a folder: record its state now, with which later polls are compared."""
        super().watch(path, *args, **options)
        self._tasks[path]["mtimes"] = self._state(path)

    def is_changed(self, path: str, ignore: object = None) -> bool:  # noqa: ARG002 (livereload's signature)
        """Whether a folder has changed since the last poll."""
        state = self._state(path)
        if state == self._tasks[path]["mtimes"]:
            return False
        self._tasks[path]["mtimes"] = state
        self.filepath = path  # livereload only reloads the browser if a path is set
        return True

    def _state(self, path: str) -> dict[str, tuple[int, int, int]]:
        """Return path → inode, size and modification time (ns) of every file below a folder.

        Subfolders have zeros: their modification times also change with files that `ignore` skips.
        """
        state: dict[str, tuple[int, int, int]] = {}
        for folder, folders, files in os.walk(path):
            folders[:] = set(folders).difference(self.ignored_dirs)
            state.update((f"{folder}/{name}", (0, 0, 0)) for name in folders)
            for file in set(files).difference(filter(self.ignore, files)):
                path = f"{folder}/{file}"
                with contextlib.suppress(OSError):  # deleted since the folder was listed: the next poll reports it
                    status = os.stat(path)  # noqa: PTH116 (Path objects double the time, 20 times a second)
                    state[path] = (status.st_ino, status.st_size, status.st_mtime_ns)
        return state

    def start(self, callback: Callable[[], None]) -> bool:
        """Poll periodically; True tells livereload not to start its own polling."""
        PeriodicCallback(callback, PAUSE).start()
        return True


class _Relax(LiveScriptInjector):  # type: ignore[misc]
    """Rewrites pages as they are sent: relaxes the content policy, and inserts the error if the last build failed.

    The files themselves keep the strict policy.
    """

    problem = ""
    """The error of the last build, shown on every page; empty if it succeeded."""

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: FBT001 (tornado's signature)
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Rewrite the first chunk, which contains the head of the page, and let livereload inject its script."""
        length = len(chunk)
        old, new = (str(escape(policy)).encode() for policy in (POLICY, RELAXED))
        chunk = chunk.replace(old, new, 1)
        if _Relax.problem and b'<a class="skip"' in chunk:
            alert = f'<p role="alert">{escape(_Relax.problem)}</p>'.replace("\n", "<br>").encode()
            chunk = chunk.replace(b'<a class="skip"', alert + b'<a class="skip"', 1)
        if "Content-Length" in headers:
            headers["Content-Length"] = str(int(headers["Content-Length"]) + len(chunk) - length)
        injected: tuple[int, HTTPHeaders, bytes] = super().transform_first_chunk(status_code, headers, chunk, finishing)
        return injected


def serve(out: Path, watched: Iterable[Path], build: Callable[[], object], host: str, port: int) -> None:
    """Build the site, serve it until interrupted, and rebuild whenever a file under ``watched`` changes.

    An error of the first build is raised. An error of a later build is printed and shown on every page until a build
    succeeds. Raises CorpusError if the port is taken.
    """

    def rebuild() -> None:
        _Relax.problem = _error_of(build)
        if _Relax.problem:
            print(f"{_Relax.problem}\nThe site stays as it was.", file=sys.stderr)  # noqa: T201 (output of a command)

    livereload.server.LiveScriptInjector = _Relax  # a monkeypatch: livereload has no setting for it
    # livereload drops a reload within this many seconds after the last one; editors save more often than its default.
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    server = Server(watcher=_Watcher())
    for path in watched:
        server.watch(path.as_posix(), rebuild)
    build()
    try:
        server.serve(root=out.as_posix(), host=host, port=port, default_filename="index.html")
    except OSError as error:
        message = f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port"
        raise CorpusError(Place(out.as_posix(), 1), "SERVE", message) from None


def _error_of(build: Callable[[], object]) -> str:
    """Build, and return the error: one line for a CorpusError or OSError, else the traceback; empty if none."""
    try:
        build()
    except CorpusError as error:
        return str(error)
    except OSError as error:
        return f"{error.filename or '.'}:1: SYSTEM {error.strerror or error}"
    except (Exception, SystemExit):  # noqa: BLE001 (the server keeps running)
        return traceback.format_exc()
    return ""
