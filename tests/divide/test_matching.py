"""Sentences are found where they stand, and nowhere else."""

from __future__ import annotations

import pytest

from edition.divide.matching import find, place


@pytest.mark.parametrize(
    ("sentences", "text", "spans"),
    [
        # A sentence that comes twice: the one that stays is the one beside its neighbour.
        (["遼使來", "上還", "大赦", "遼使來", "改元"], "上還大赦遼使來改元", [None, (0, 2), (2, 4), (4, 7), (7, 9)]),
        (["上還", "遼使來", "大赦", "遼使來"], "上還遼使來大赦", [(0, 2), (2, 5), (5, 7), None]),
        (["遼使來", "大赦", "遼使來", "改元"], "遼使來改元", [None, None, (0, 3), (3, 5)]),
        # What is left of one that is gone is in another: it is that other's.
        (["遼使來議和", "遼使復來議和"], "遼使復來議和", [None, (0, 6)]),
        # In another order.
        (["乙亥取中京", "遼主西走", "大赦天下"], "大赦天下乙亥取中京遼主西走", [(4, 9), (9, 13), (0, 4)]),
        # Text inserted into one, and its last characters emended.
        (["乙亥取中京而還"], "乙亥遂進兵取中京乃歸", [(0, 8)]),
        # A sentence without Chinese characters stands after the one before it.
        (["乙亥", "", "大赦"], "乙亥大赦", [(0, 2), (2, 2), (2, 4)]),
    ],
)
def test_sentences_are_placed(sentences: list[str], text: str, spans: list[tuple[int, int] | None]) -> None:
    assert [span and (span.start, span.end) for span in place(sentences, text)] == spans


@pytest.mark.parametrize(
    "text",
    [
        "之外各有字號小木牌繫人馬上為號五十步弓矢二百者中無一發齊不同",  # single characters
        "百步有木牌之外繫人弓矢馬上為號齊發",  # pairs, but no three together
        "百步之外各有字號小木牌繫人馬上為號每五十人為一隊前二十人金裝重甲弓矢齊發",  # too far apart
    ],
)
def test_scattered_characters_are_no_sentence(text: str) -> None:
    assert find("百步之外弓矢齊發無不中者", text, 0, len(text)) is None
