"""Static web server for the built site, at the root or, as on GitHub Pages, under a sub-path."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import random
from threading import Thread
from time import sleep
from urllib.parse import urlsplit


@contextmanager
def serving(directory: Path, base: str = "/", late: float = 0) -> Iterator[str]:
    """Serve `directory` under the path `base`, and nothing else; yield the address of its home page.

    An answer may come up to `late` seconds late, as answers do from far away.
    """

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # a connection a request: none is left open when the server closes

        def handle(self) -> None:
            """Handle a request; ignore a connection that the browser has closed."""
            if late:
                sleep(random() * late)  # noqa: S311 (how late)
            with suppress(ConnectionError):
                super().handle()

        def send_head(self) -> object:  # type: ignore[override]  # a file, or None: the base class asks no more
            if not urlsplit(self.path).path.startswith(base):
                self.send_error(404)
                return None
            self.path = "/" + self.path[len(base) :]
            return super().send_head()

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            """Send 404.html for missing files, as static hosts do."""
            page = directory / "404.html"
            if code != 404 or not page.is_file():
                super().send_error(code, message, explain)
                return
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(page.read_bytes())

        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(directory))  # type: ignore[arg-type]  # as the server gives them

        def log_message(self, *args: object) -> None:
            """Log nothing: the tests report failures."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
            thread.join()
