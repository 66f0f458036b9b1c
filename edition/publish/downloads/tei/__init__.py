"""TEI P5: one document per work, and one for the parallels between works.

A document is in the script of its transcription and encodes both texts: ``sic`` and ``orig`` are the text as received,
``corr`` and ``reg`` the established text. Every ``xml:id`` is a permanent id of the edition. ``@when`` is a proleptic
Gregorian date, as TEI defines it; ``@when-custom`` is the Julian date.
"""
