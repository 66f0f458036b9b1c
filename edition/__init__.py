"""遼金三史對讀 · Liao–Jin Annals in Parallel: from the corpus to the site.

The pipeline is in ``build.py``: read → divide → date → emend → align → check → publish. Each step is a
value made from the one before; only the last writes.

The nouns, one word for one thing in code, templates, CSS and prose:

=====================  ========================================================================
work 書                金史. Not a *witness* 版本, which is a copy of a work.
transcription 錄文     the text as received, frozen; the *established text* 定本 has the apparatus applied
passage 條             a run of text under one date heading within one paragraph: the unit that is
                       aligned, cited and displayed. It is made of *sentences*.
slot                   the place of a passage in its year: a month, a season, or the year itself
heading                the words that date a passage. A *mention* is a date in running text.
date statement         what the words say: 四年五月. A *dating* is what it comes to: May–June 1120.
basis                  how a dating is known: stated, carried (from above), editorial
era name 年號          天輔. A *regnal year* is an era name and a number: 天輔四年.
reckoning              which year a work calls 元年
sexagenary 干支        甲子 … 癸亥, counting days and years
new moon 朔            the first day of a lunar month. An *intercalary month* is 閏月.
JDN                    Julian day number, a whole number for a day
synchronism            a statement that equates two dates: 乾統六年。宋崇寧五年。
synopsis 對讀          works side by side
apparatus 校記         entries of *lemma* (what we print) over *reading* (what the copy has)
concordance            the names, with the forms in which each work writes them, and the titles (國主) by which it
                       refers to them without naming them
source 出處            what a statement rests on, in words (遼史卷二十九). The *bibliography* 書目 says which book
                       that is.
finding                something that the checks noticed. An *error* is a broken file.
=====================  ========================================================================

The layers are listed below: a module imports only from layers above its own in the list, or from its own folder without
a cycle. Each third-party package is imported in one module, its door. ``tests/test_floors.py`` checks both.
"""

#: The layers, lowest first: folders and modules below ``edition/``.
LAYERS = (
    "paths",  # where templates, static files and the corpus are
    "model",  # the nouns: frozen values
    "rules",  # pure functions without files: numerals, calendar, grammar of dates, script, folding, Markdown
    "cache",  # what is remembered between builds
    "read",  # files → values; every error names its line
    "divide",  # text → passages with permanent ids
    "date",  # written dates → days
    "emend",  # layers anchored in the text → established text, in both scripts, with names
    "align",  # passages → years with the works side by side
    "edition",  # the value that all steps made
    "check",  # → findings
    "publish.folder",  # the folder of the site: written aside, exchanged in one step
    "publish.words",  # the words of the interface
    "publish.views",  # what templates show, as plain values
    "publish.pictures",  # pure functions from values to SVG
    "publish.cite",  # what can be cited, and how
    "publish.render",  # templates → HTML
    "publish.pages",  # the pages of each kind
    "publish.search",  # the index of the search
    "publish.downloads",  # data files, TEI, EPUB, DTS, archive
    "publish.machines",  # feed, sitemap, service worker, headers
    "publish.site",  # which parts a site has, and in which order
    "bring",  # what comes from outside
    "commands",  # commands that are more than a call of the pipeline
)

#: Third-party package → the only module that imports it.
DOORS = {
    "yaml": "read.yaml_values",
    "opencc": "rules.script",
    "markdown_it": "rules.markdown",
    "jinja2": "publish.render.jinja",
    "markupsafe": "publish.render.jinja",
    "livereload": "commands.serve",
    "tornado": "commands.serve",
}
