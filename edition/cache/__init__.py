"""The three caches, each safe to delete or to leave out: a build without them makes the same bytes.

===============  ================================  ==========================================================
cache            what it holds                     what decides whether an entry is used
===============  ================================  ==========================================================
`memo`           results of pure functions, in     equality of the arguments, or of the bytes of the files
                 the memory of ``serve``           read; ``build`` starts with an empty one
`folder`         compiled templates (Jinja's own   the source of the template, and the version of Jinja and of
                 bytecode cache), on disk          the module that sets it up
`up_to_date`     a digest of everything that the   equality of the digest, and of size and time of every file
                 last build of a folder read, and  of the site
                 the size and time of every file
                 that it wrote, on disk
===============  ================================  ==========================================================

A page is rendered again when its own values, or what every page of its tree shows (``Tree._depends_on`` in
`edition.publish.render.tree`), differ from those of the last build in the same process.
"""
