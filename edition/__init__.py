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
concordance            the names, with the forms in which each work writes them
finding                something that the checks noticed. An *error* is a broken file.
=====================  ========================================================================

The floors, each importing only from lower ones; every third-party package has one door::

    6  build.py                                          (livereload)
    5  publish: the only writers                         (jinja2)
    4  corpus, tables, works, layers, record, checks     (yaml)
    3  divide · registry · chronology · emend · synopsis value → value
    2  dates: the grammar of written dates
    1  numerals · sexagenary · calendar · script · prose (opencc, markdown-it)
    0  model: the nouns
"""
