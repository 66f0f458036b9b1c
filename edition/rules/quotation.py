"""Shorten quotations, and write the quotation marks inside them."""

from __future__ import annotations

import re

#: A clause with the marks that end it. 、 ends none unless the clause is long.
CLAUSE = re.compile(r"[^，。；：！？]*[，。；：！？]*[」』”’]*")
ITEM = re.compile(r"[^，。；：、！？]*[，。；：、！？]*[」』”’]*")
#: What a shortened quotation neither begins nor ends with, and what stands for the words left out.
ENDS = "，。；：、 　"
OMITTED = "……"
#: The longest quotation that is given whole, and about how long the beginning of another is.
WHOLE, BEGINNING = 18, 12
#: Opening and closing marks, outer and inner, of either script.
PAIRS = {"「": "」", "『": "』", "“": "”", "‘": "’"}
#: The outer and the inner opening mark of the two scripts.
LEVELS = {True: "「『", False: "“‘"}


def shortened(words: str) -> str:
    """A quotation to be set in quotation marks: whole if it is short, else its first clauses and its last.

    It is cut at punctuation only, so never within a word or a name. Marks inside become inner marks; one whose partner
    is cut off is dropped.

    >>> shortened("乃命其弟國相孛極烈吳乞買並粘罕、兀室等悉師度遼而西，用遼降人余覩為先鋒，以趨中京。")
    '乃命其弟國相孛極烈吳乞買並粘罕……以趨中京'
    >>> shortened("又陳說阿骨打曰：「自古英雄開國，或受禪，必先求大國封冊。」")
    '又陳說阿骨打曰……必先求大國封冊'
    >>> shortened("詔曰：「可。」")
    '詔曰：『可。』'
    """
    words = words.strip(ENDS)
    *clauses, tail = [found for found in CLAUSE.findall(words) if found] or [""]
    if len(words) > WHOLE and clauses:
        head = clauses.pop(0)
        while clauses and (len(head) < BEGINNING / 2 or len(head + clauses[0]) <= BEGINNING):
            head += clauses.pop(0)
        if len(head) > WHOLE:
            ends = [match.end() for match in ITEM.finditer(head)]
            head = head[: next(end for end in ends if end >= BEGINNING / 2)]
        if len(head + tail) < len(words):
            words = head.rstrip(ENDS) + OMITTED + tail
    return inner(words).strip(ENDS)


def inner(words: str) -> str:
    """The words with quotation marks as they are inside others, without those that have no partner.

    >>> inner("京矣！」曰「可『否』」")
    '京矣！曰『可「否」』'
    """
    opened: list[int] = []
    marks: dict[int, str] = {}
    for place, character in enumerate(words):
        if character in PAIRS:
            opened.append(place)
        elif character in PAIRS.values():
            marks[place] = ""
            if opened and PAIRS[words[opened[-1]]] == character:
                start = opened.pop()
                mark = LEVELS[character in "」』"][(len(opened) + 1) % 2]
                marks |= {start: mark, place: PAIRS[mark]}
    marks |= dict.fromkeys(opened, "")
    return "".join(marks.get(place, character) for place, character in enumerate(words))
