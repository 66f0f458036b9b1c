"""Find the places where a book has the same words as a work of the edition: `build.py parallels --against FOLDER`.

The books are plain text in any script. Punctuation and line breaks do not count, variant characters are one
character, and a name is one symbol however it is written (`symbols`). Two symbols that stand side by side in both texts
are a seed; seeds that follow each other in both are a chain (`chains`). A chain is aligned character by character, cut
where it no longer pays (`rarity`), and becomes an entry in the form of ``parallels.yaml`` (`alignment`, `proposals`).

All of it is the standard library. Each symbol of a book costs one look-up and at most `chains.MOST` seeds, so the time
grows with the length of the book, whatever the length of the work; one juan is in memory at a time. Only the gaps of a
chain are aligned, at most some dozen characters, for which `difflib` is fast enough: it takes a tenth of the time, so
that rapidfuzz, a compiled package, would gain next to nothing (``bench/parallels.py``).
"""
