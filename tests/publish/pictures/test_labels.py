"""Placed labels: none over another or over a point where there is room, and the same at every call."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from edition.publish.pictures.labels import Box, place

FRAME = Box(0, 0, 1000, 600)
#: At most one point in each field of a grid, with room for its label: 100 × 60 units.
FIELDS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=40)


@settings(deadline=None, derandomize=True)  # no test depends on the speed of the machine
@given(FIELDS)
def test_labels_with_room_cover_nothing(fields: set[tuple[int, int]]) -> None:
    points = [(100 * x + 50.0, 60 * y + 30.0) for x, y in sorted(fields)]
    texts = ["中京大定府"[: 1 + index % 5] for index in range(len(points))]
    labels = place(points, texts, 12, FRAME)
    for one, other in combinations(labels, 2):
        assert one.box.overlap(other.box) == 0
    for label in labels:
        assert label.box.overlap(FRAME) > 0
        assert all(
            not (label.box.left < x < label.box.right and label.box.top < y < label.box.bottom) for x, y in points
        )
    assert labels == place(points, texts, 12, FRAME)


def test_a_crowd_is_spread_out() -> None:
    points = [(300.0, 300.0), (306.0, 300.0), (300.0, 308.0), (310.0, 310.0)]
    labels = place(points, ["顯州", "乾州", "懿州", "徽州"], 12, FRAME)
    assert sum(one.box.overlap(other.box) for one, other in combinations(labels, 2)) == 0


def test_a_label_stays_in_the_frame() -> None:
    [label] = place([(995.0, 3.0)], ["會寧府"], 12, FRAME)
    assert label.box.overlap(FRAME) == (label.box.right - label.box.left) * (label.box.bottom - label.box.top)
