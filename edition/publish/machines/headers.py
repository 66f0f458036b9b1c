"""A file of headers for hosts that read one: the content security policy, and what only a header can say.

Netlify and Cloudflare Pages read ``_headers``. Cloudflare joins the values if two rules set one header, so no two do:
a folder has a rule of its own only for headers that the rules above it leave alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.publish.downloads.formats import media_type
from edition.publish.render.policy import POLICY

#: For every file.
EVERYWHERE = (
    f"Content-Security-Policy: {POLICY}; frame-ancestors 'self'",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Permissions-Policy: camera=(), geolocation=(), microphone=()",
    "X-Content-Type-Options: nosniff",
)
#: For data: any page may read them, and a copy is asked about before it is used again, so that files fit together.
DATA = ("Access-Control-Allow-Origin: *", "Cache-Control: public, no-cache")
#: Folders with one media type.
FOLDERS = {
    "data/tei/": "application/tei+xml; charset=utf-8",
    "data/text/": "text/plain; charset=utf-8",
    "data/schema/": "application/schema+json",
    "data/name/": "application/ld+json",
    "data/event/": "application/ld+json",
    "dts/collection/": "application/ld+json",
    "dts/navigation/": "application/ld+json",
    "dts/document/": "application/tei+xml; charset=utf-8",
}
#: What ends in one of these in ``data/`` is text in UTF-8.
TEXT = (".csv", ".bib", ".ris")


def headers(paths: Iterable[str], works: Iterable[str], site_url: str = "") -> str:
    """Return the content of ``_headers``. ``paths``: every file of the site; ``works``: their slugs."""
    return "".join(
        f"/{path}\n" + "".join(f"  {header}\n" for header in own) for path, own in _rules(paths, works, site_url)
    )


def _rules(paths: Iterable[str], works: Iterable[str], site_url: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "*", EVERYWHERE
    yield "data/*", DATA
    yield "dts/*", DATA
    yield "static/fonts/*", ("Cache-Control: public, max-age=86400",)
    here = [path for path in paths if not path.endswith(".html")]
    for folder, kind in FOLDERS.items():
        if any(path.startswith(folder) for path in here):
            yield f"{folder}*", (f"Content-Type: {kind}",)
    for path in here:
        folder, _, name = path.rpartition("/")
        if folder == "data":
            charset = "; charset=utf-8" if name.endswith(TEXT) else ""
            yield path, (f"Content-Type: {media_type(path)}{charset}",)
        elif folder == "dts":
            yield path, ("Content-Type: application/ld+json",)
    for slug in works:
        # The specification of DTS asks for it.
        link = f'Link: <{site_url or "/"}dts/collection/{slug}.json>; rel="collection"'
        if f"dts/document/{slug}.xml" in here:
            yield f"dts/document/{slug}.xml", (link,)
            yield f"dts/document/{slug}/*", (link,)
