"""Folding: which characters are searched as one, at the borders of the ranges."""

from __future__ import annotations

import unicodedata

import pytest

from edition.rules.fold import COMPATIBLE, Folding, folding

PLAIN = Folding(())


@pytest.mark.parametrize("block", COMPATIBLE)
def test_a_compatibility_character_becomes_the_one_that_unicode_names(block: tuple[int, int]) -> None:
    for character in map(chr, range(*block)):
        ordinary = unicodedata.normalize("NFKC", character)
        if len(ordinary) == 1 and unicodedata.category(ordinary)[0] in "LN":
            assert PLAIN.fold(character) == ordinary
        assert len(PLAIN.fold(character)) <= 1


def test_outside_the_ranges_a_character_is_itself() -> None:
    for start, end in COMPATIBLE:
        for code in (start - 1, end):
            character = chr(code)
            if unicodedata.category(character)[0] in "LN" and unicodedata.normalize("NFKC", character) == character:
                assert PLAIN.fold(character) == character


def test_every_full_width_sign_folds_like_its_narrow_form() -> None:
    for code in range(0x21, 0x7F):
        assert (
            PLAIN.fold(chr(code + 0xFEE0))
            == PLAIN.fold(chr(code))
            == (chr(code).lower() if chr(code).isalnum() else "")
        )


def test_groups_run_together_and_common_characters_come_first() -> None:
    assert folding("乾", ["乾干", "干幹", "榦幹"]).groups == ("乾干幹榦",)
    assert folding("\u3400", ["\u3400一"]).groups == ("一\u3400",)
    assert folding("天", ["乾干"]).groups == ()
    assert folding("干", ["乾乾", "干，"]).groups == ()
