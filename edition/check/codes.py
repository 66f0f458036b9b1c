"""The codes of the findings."""

from __future__ import annotations

#: Each code with its meaning. ``docs/checks.md`` and the tests follow this table.
CODES = {
    "CALENDAR-SHORT": "A day cannot be dated because the month tables do not reach its year.",
    "CHECKSUM": "A transcription is not, byte for byte, the one whose checksum is recorded.",
    "DAY-AMBIGUOUS": "A 干支 fits more than one day of its season or year.",
    "DAY-IMPOSSIBLE": "A stem and a branch that never meet stand where a day is named.",
    "DAY-OUTSIDE-MONTH": "A day does not occur in the month under which it stands.",
    "ERA-UNKNOWN": "A paragraph opens like a year heading with an era that no table knows.",
    "EVENT-YEAR": "An event is given a year of which none of its accounts tells, or a date outside its year.",
    "EXCUSE-UNUSED": "An excuse matches no finding any more: take it out.",
    "ID-CHANGED": "The words of a registered passage have changed: look, then run `build.py register`.",
    "ID-UNREGISTERED": "A passage has no registered id yet: run `build.py register`.",
    "LAYER-WORK": "A layer refers to a work that this corpus has not.",
    "LEAP-UNKNOWN": "A 閏月 that the month tables have not: there is none in its year, or another, or they end before.",
    "LINK-DEAD": "A link in a note or page leads to nothing in this edition.",
    "MONTH-BACK": "A month or season stands after a later one in its year.",
    "NAME-TWICE": "One form is given to two names in the same work.",
    "NAME-UNUSED": "A form of a name does not occur in the work that is said to use it.",
    "NEW-MOON": "A day called 朔 or 晦 is not the first or last of its month by the tables.",
    "QUOTES": "Quotation marks do not balance in a passage of the established text.",
    "SCRIPT-UNDECIDED": "A character has more than one form in the other script, and no rule or word decides.",
    "SEASON-MONTH": "A heading names a month that is not of its season: 冬四月.",
    "STRAY": "A character that does not belong in a Chinese text: Latin letters, half-width marks, stray spaces.",
    "SYNCHRONISM": "Two counts of one year that the text equates do not agree.",
    "WORK-INCOMPLETE": "work.yaml leaves out what a reader should be told: title, author, source, checksum …",
    "YEAR-BACK": "A year heading names an earlier year than the one above it.",
    "YEAR-BEYOND": "A year heading goes beyond the years of its era.",
    "YEARS-TABLE": "calendar/years.tsv and what follows from eras and months do not agree.",
}
