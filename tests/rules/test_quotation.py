"""Shortened quotations: cut at clauses, with inner quotation marks in pairs."""

import re

import build
from edition.model.scripts import SCRIPTS, han
from edition.paths import ROOT
from edition.rules.quotation import ENDS, OMITTED, PAIRS, WHOLE, shortened

EDITION = build.make(ROOT / "corpus")


def test_every_passage_is_shortened_at_clauses_and_in_no_name() -> None:
    for script in SCRIPTS:
        for id_, text in EDITION.converted[script].items():
            found = shortened(text)
            parts = found.split(OMITTED)
            assert 1 <= len(parts) <= 2
            assert found == found.strip(ENDS)
            pattern = ".*".join(".*?".join(map(re.escape, han(part))) for part in parts)
            match = re.search(pattern, text, re.DOTALL)
            assert match, (id_, found)
            if len(parts) == 2:
                cut = len(parts[0])
                assert text[len(text) - len(text.lstrip(ENDS)) :][cut] in "，。；：、！？」』”’「『“‘", (id_, found)
                assert len(han(found)) < len(han(text))
                inside = [tag for tag in EDITION.tags.get(id_, ()) if tag.start < cut < tag.end]
                assert not inside or text[cut] in "，。；：、！？", (id_, found)


def test_marks_inside_are_inner_marks_in_pairs() -> None:
    inner = {"hant": ("『』", "「」"), "hans": ("‘’", "“”")}
    for script in SCRIPTS:
        for text in EDITION.converted[script].values():
            for words in (text, *re.split("[。！？]", text)):
                found = shortened(words)
                depth = 0
                for character in found:
                    if character in PAIRS:
                        assert character == inner[script][depth][0], found
                        depth += 1
                    elif character in PAIRS.values():
                        depth -= 1
                        assert character == inner[script][depth][1], found
                assert depth == 0, found


def test_what_is_short_or_has_no_clauses_stays_whole() -> None:
    assert shortened("") == ""
    assert shortened("。") == ""
    assert shortened("入中京。") == "入中京"
    names = "東京黃龍府咸信蘇復辰海同銀通韓烏遂春泰靖等五十餘城"
    assert len(names) > WHOLE
    assert shortened(names) == names
