"""TEI P5: each work in the script of its transcription and in the other one, the names, and the parallels.

The document of a work encodes both texts: ``sic`` and ``orig`` are the text as received, ``corr`` and ``reg`` the
established text. The ids of divisions, passages and sentences are permanent. ``@when`` is a proleptic Gregorian date,
as TEI defines it; ``@when-custom`` is the Julian date. Documents point at each other by file name, so that they can be
moved together.
"""
