"""The command line, and the pipeline: read → divide → date → emend → align → check → publish.

python build.py [build]   [--corpus DIR] [--out DIR] [--site-url URL] [--only html]   build the site
python build.py check     [--links]               run the checks; exit status 1 if a finding is not excused
python build.py serve     [--host H] [--port P]   build and serve; rebuild and reload the browser on change
python build.py register  [--dry-run]             add new ids to the registry; the only command that writes to it
python build.py new SLUG                          create a folder for a new work
python build.py release VERSION [--write]         show what a release would change; make it, commit and tag
python build.py review                            list ambiguous characters and untagged names
python build.py parallels --against FOLDER [--work SLUG]   propose entries of parallels.yaml; writes nothing
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from edition.align.synopsis import align
from edition.cache import up_to_date
from edition.cache.memo import Memo
from edition.check.checks import check as check_edition
from edition.check.layers import links as all_links
from edition.commands import new as scaffold
from edition.commands import release as releasing
from edition.date import days as chronology
from edition.divide import entities, registry
from edition.divide.entities_file import read_entities, read_retired_entities, serialise
from edition.divide.passages import divide
from edition.divide.registered import FILE as REGISTRY
from edition.divide.registry_file import read_registry, read_retired, write_registry
from edition.edition import Edition
from edition.emend.citations import Bibliography
from edition.emend.converted import convert, sources
from edition.emend.established import emend
from edition.emend.layers import LayerReader
from edition.emend.names import Lookout, Tagger
from edition.model.findings import CorpusError, Place
from edition.paths import CORPUS, ROOT, STATIC, TEMPLATES
from edition.publish.folder import write as output
from edition.publish.words import check_words
from edition.read.corpus import read, transcribed
from edition.read.pages import read_history, read_pages
from edition.read.renamings import read_renamings
from edition.read.script_rules import read_script, read_variants
from edition.read.sources import read_sources
from edition.rules.grammar import Grammar
from edition.rules.markdown import OUTSIDE
from edition.rules.script import review as undecided


def make(folder: Path, memo: Memo | None = None) -> Edition:
    """Run the pipeline up to the checks and return the edition. Raises CorpusError for a broken file.

    With a ``memo``, results whose inputs have not changed are reused.
    """
    memo = memo or Memo(forgets=True)
    # read
    corpus = memo.files("corpus", lambda: read(folder), *transcribed(folder))
    registered = memo.files("registered", lambda: read_registry(folder), folder / REGISTRY)
    retired = read_retired(folder)
    converter = memo.files("script", lambda: read_script(folder), folder / "script.yaml")
    calendar = corpus.calendar
    grammar = memo("grammar", Grammar.of, calendar)

    # divide
    divided = {
        work.slug: memo(("divide", work.slug), divide, work, calendar, grammar, registered) for work in corpus.works
    }
    passages = {passage.id: passage for own, _ in divided.values() for passage in own}
    place = Place((folder / REGISTRY).as_posix(), 1)
    kept = registry.keep(passages, registered, retired, place)

    # date
    days = {
        passage.id: chronology.date(passage, work, calendar, grammar)
        for work in corpus.works
        for passage in divided[work.slug][0]
    }

    # emend: the apparatus and all other layers, anchored in the received text
    layers = LayerReader(corpus, passages, retired, grammar, memo).read()
    bibliography = memo("bibliography", Bibliography, read_sources(folder))
    entries = layers.apparatus_by_passage
    texts = {id_: emend(passage, entries.get(id_, ())) for id_, passage in passages.items()}
    taggers = {work.slug: Tagger.of(work.slug, layers.names) for work in corpus.works}

    # align
    edition = Edition(
        corpus=corpus,
        passages=passages,
        days=days,
        texts=texts,
        converted=convert(texts, corpus.works, converter, folder / "script.yaml"),
        tags={id_: taggers[text.passage.work].tags(text) for id_, text in texts.items()},
        layers=layers,
        years=align(corpus.works, passages.values(), layers.displaced, calendar),
        pages=read_pages(folder),
        registered=registered,
        moved=kept.moved,
        converter=converter,
        variants=read_variants(folder),
        history=read_history(folder),
        bibliography=bibliography,
        entities=read_entities(folder),
        retired=read_retired_entities(folder),
    )
    new = entities.keep(edition.live(), edition.entities, edition.retired, place)

    # check
    noticed = [finding for _, found in divided.values() for finding in found]
    return check_edition(edition, noticed, kept.changed, new)


def build(corpus: Path, out: Path, site_url: str, *, only_html: bool = False, memo: Memo | None = None) -> None:
    """Build the site; of the pipeline, only this writes.

    Without a ``memo``, the build is skipped if the site is up to date. With one, only pages whose values have changed
    are rendered again.
    """
    start = time.perf_counter()
    built_from = "" if memo else up_to_date.digest((corpus, TEMPLATES, STATIC), (site_url, only_html, _licences()))
    if built_from and (known := up_to_date.files_if_current(out, built_from)):
        output.remove_leftovers(out)
        print(f"{out}: {known} files; nothing has changed")
        return
    from edition.publish.folder import progress  # noqa: PLC0415 (slow to import; not needed if up to date)
    from edition.publish.site import Site  # noqa: PLC0415

    edition = make(corpus, memo)
    site = Site.of(edition, site_url, only_html=only_html, memo=memo)
    written = output.write(out, progress.counted(site.files(), "files"), site.last, memo)
    if built_from:
        up_to_date.remember(out, built_from)
    pages, seconds = sum(name.endswith(".html") for name in written), time.perf_counter() - start
    found = f"; {len(edition.findings)} findings, listed by `build.py check`" if edition.findings else ""
    print(f"{out}: {len(written)} files, {pages} of them pages, in {seconds:.1f} s{found}")


def _licences() -> list[str]:
    """Return the contents of the files beside the corpus that go into the archive: licences, and how to cite it."""
    paths = [path for pattern in ("LICENSE*", "*.cff", "*.json") for path in sorted(ROOT.glob(pattern))]
    return [path.read_text(encoding="utf-8") for path in paths]


def check(corpus: Path, *, links: bool = False) -> int:
    """Print what is not excused; 1 if there is any. With ``links``, only the addresses outside, for a link checker."""
    check_words(TEMPLATES / "words")
    edition = make(corpus)
    if links:
        outside = [(target, place) for target, place in all_links(edition) if OUTSIDE.match(target)]
        print("\n".join(f"{target}\t{place}" for target, place in dict.fromkeys(outside)))
        return 0
    for finding in edition.findings:
        print(finding)
    print(f"{len(edition.findings)} findings; {len(edition.excused)} more are excused in excused.yaml")
    if edition.findings:
        print("Mend what each names; what is right as it stands is excused in excused.yaml, with the reason.")
    return 1 if edition.findings else 0


def serve(corpus: Path, out: Path, site_url: str, host: str, port: int) -> None:
    """Build and serve the site, and rebuild when the corpus, a template or a static file changes."""
    from edition.commands import serve as server  # noqa: PLC0415 (tornado is slow to import)

    memo = Memo()

    def rebuild() -> None:
        build(corpus, out, site_url, only_html=True, memo=memo)

    try:
        server.serve(out, (corpus, TEMPLATES, STATIC), rebuild, host, port)
    finally:
        output.remove_spare(out, memo)


def review(corpus: Path) -> None:
    """Print what editors have not decided yet: ambiguous characters, and words that are a name elsewhere."""
    edition = make(corpus)
    characters = undecided(edition.converter, sources(edition.texts, edition.corpus.works))
    print(characters or "Every ambiguous character is decided.")
    lookout = Lookout(edition.texts, edition.converted["hant"], edition.tags)
    places = tuple(lookout.untagged(edition.layers.names))
    print(f"\n{len(places)} words that are a name somewhere, are not tagged here, and are not decided:")
    for place in places:
        text, end = edition.texts[place.passage].text, place.start + len(place.word)
        before, after = text[max(0, place.start - 8) : place.start], text[end : end + 8]
        print(f"{place.passage}  {before}[{place.word}]{after}  {', '.join(place.names)}")


def parallels(corpus: Path, folder: Path, work: str) -> None:
    """Print words that the works share with the books in a folder, as entries of ``parallels.yaml``."""
    from edition.bring.parallels import finding, proposals  # noqa: PLC0415 (needed here alone)

    edition = make(corpus)
    if work and work not in edition.works:
        message = f"there is no work {work}: --work takes {', '.join(edition.works)}"
        raise CorpusError(edition.corpus.about.place, "SLUG", message)
    works = [work] if work else list(edition.works)
    found = finding.find(edition, read_renamings(corpus), folder, works)
    print("\n".join(proposals.listed(edition, found)))


def register(corpus: Path, *, dry_run: bool) -> None:
    """Enter new ids in the registry, and what an editor retired; print each change.

    A dry run prints what to write in ``retired.yaml`` if ids would be lost.
    """
    try:
        edition = make(corpus)
    except registry.LostError as error:
        if dry_run:
            print("\n".join(error.entries))
        raise
    entries, changes = registry.register(
        edition.passages, edition.registered, read_retired(corpus), edition.corpus.about.release
    )
    named, moves = entities.register(edition.live(), edition.entities, edition.retired, edition.corpus.about.release)
    changes = (*changes, *moves)
    for change in changes:
        print(change)
    if changes and not dry_run:
        passages = registry.in_text_order(entries, edition.passages.values())
        write_registry(corpus / REGISTRY, passages, serialise(named))
    print(
        f"{len(changes)} changes" + (", not written" if dry_run else "" if changes else ": the registry is up to date")
    )


def release(root: Path, version: str, date: str, *, write: bool) -> int:
    """Show what a release would change; with ``write``, change it, commit and tag. 1 if the checks have findings."""
    texts = releasing.plan(root, version, date)
    if findings := make(root / CORPUS.name).findings:
        print(f"{len(findings)} findings, listed by `build.py check`: mend or excuse them first", file=sys.stderr)
        return 1
    if write:
        releasing.write(root, texts, version)
        print(f"{version} is committed and tagged. To publish it: git push --follow-tags")
        return 0
    print(releasing.difference(root, texts))
    print("\n".join(shlex.join(command) for command in releasing.commands(version)))
    print("\nNothing was changed: --write makes these changes.")
    return 0


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    # Options are accepted before and after the command. SUPPRESS: a default after it would override a value before it.
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--corpus", type=Path, metavar="DIR", help="default: corpus/")
    common.add_argument("--out", type=Path, metavar="DIR", help="default: site/")
    common.add_argument("--site-url", metavar="URL", help="where the site will be published")
    common.add_argument("--only", choices=["html"], help="html: the pages without what can be downloaded")
    parser = argparse.ArgumentParser(prog="build.py", description="Build the site from the corpus.", parents=[common])
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND")
    verbs.add_parser("build", parents=[common], help="build the site (the default)")
    checker = verbs.add_parser("check", parents=[common], help="list the findings; fail on any that is not excused")
    checker.add_argument("--links", action="store_true", help="list the links that lead out of the site instead")
    server = verbs.add_parser("serve", parents=[common], help="build, serve, rebuild and reload on change")
    server.add_argument("--host", default="127.0.0.1", help="default: this machine only")
    server.add_argument("--port", type=int, default=5500)
    registrar = verbs.add_parser("register", parents=[common], help="enter new ids in the registry")
    registrar.add_argument(
        "--dry-run", action="store_true", help="show what would change, or what to write in retired.yaml"
    )
    starter = verbs.add_parser("new", parents=[common], help="make a folder for a new work")
    starter.add_argument("slug")
    releaser = verbs.add_parser("release", help="show what a release would change, or make it")
    releaser.add_argument("version", help="e.g. 0.2.0")
    releaser.add_argument(
        "--date",
        type=dt.date.fromisoformat,
        default=dt.datetime.now().astimezone().date(),
        help="YYYY-MM-DD; default: today",
    )
    releaser.add_argument("--write", action="store_true", help="write the files, commit and tag")
    verbs.add_parser("review", parents=[common], help="list ambiguous characters and untagged names")
    finder = verbs.add_parser("parallels", parents=[common], help="find words that other books have too")
    finder.add_argument("--against", type=Path, metavar="FOLDER", required=True, help="plain text: a folder a copy")
    finder.add_argument("--work", default="", metavar="SLUG", help="one work; without it, all of the edition")
    return parser.parse_args(argv, argparse.Namespace(corpus=CORPUS, out=ROOT / "site", site_url="", only=""))


def near(path: Path) -> Path:
    """Return a path relative to the working directory if it is below it; else absolute."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 (resolve() would follow a link that --out must refuse)
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute


def main(argv: Sequence[str] | None = None) -> int:  # noqa: C901 (a case for each command)
    """Run a command; return its exit status. Errors are printed as one line, with exit status 1."""
    args = arguments(argv)
    args.corpus, args.out = near(args.corpus), near(args.out)
    try:
        match args.verb:
            case "check":
                return check(args.corpus, links=args.links)
            case "serve":
                serve(args.corpus, args.out, args.site_url, args.host, args.port)
            case "register":
                register(args.corpus, dry_run=args.dry_run)
            case "new":
                print(f"{scaffold.new_work(args.corpus, args.slug)}: fill in work.yaml and text.txt")
            case "release":
                return release(near(ROOT), args.version, args.date.isoformat(), write=args.write)
            case "review":
                review(args.corpus)
            case "parallels":
                parallels(args.corpus, near(args.against), args.work)
            case _:
                build(args.corpus, args.out, args.site_url, only_html=args.only == "html")
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:  # e.g. a full disk, a folder that was deleted
        path = near(Path(os.fsdecode(error.filename))) if error.filename else args.corpus
        print(f"{path.as_posix()}:1: SYSTEM {error.strerror or error}; nothing was changed", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
