"""Maps: places where the projection has them, no label over another, and frames for any places."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.model.map import Base, Frame, Point, River
from edition.model.scripts import Pair
from edition.publish.pictures.map import Site, Words, draw, frame_of, framed

WORDS = Words("公里", "地圖 & 他")
BASE = Base(
    Frame(100, 30, 130, 50),
    ((Point(35, 105), Point(35, 125), Point(45, 125), Point(45, 105)),),
    (
        River(Pair("河", "河"), (Point(40, 110), Point(41, 120))),
        River(Pair("外", "外"), (Point(10, 10), Point(11, 11))),
    ),
    "某圖",
)
POINTS = st.builds(Point, lat=st.floats(-60, 60), lon=st.floats(-170, 170))


def site(lat: float, lon: float, *names: str) -> Site:
    return Site(Point(lat, lon), "town", tuple((name, f"name/{name}/") for name in names))


@settings(deadline=None, derandomize=True)
@given(st.lists(POINTS, min_size=1, max_size=20))
def test_a_frame_has_its_points_and_is_wider_than_high(points: list[Point]) -> None:
    frame = frame_of(points)
    assert all(frame.west < point.lon < frame.east and frame.south < point.lat < frame.north for point in points)
    across = (frame.east - frame.west) * math.cos(math.radians((frame.south + frame.north) / 2))
    assert across >= (frame.north - frame.south) * 1.32


def test_marks_stand_where_the_projection_has_them() -> None:
    frame = Frame(110, 38, 120, 44)
    root = etree.fromstring(draw([site(41, 115, "中"), site(44, 120, "角")], frame, 500, BASE, WORDS))
    _, _, width, height = map(float, root.get("viewBox").split())
    # A degree of latitude is as long as one of longitude divided by the cosine of the middle latitude.
    assert height == pytest.approx(6 * 50 / math.cos(math.radians(41)), abs=0.1)
    middle, corner = root.findall("g/circle")
    assert (float(middle.get("cx")), float(middle.get("cy"))) == pytest.approx((width / 2, height / 2), abs=0.1)
    assert (float(corner.get("cx")), float(corner.get("cy"))) == pytest.approx((500, 0), abs=0.1)
    assert root.get("aria-label") == "地圖 & 他"


def test_water_beyond_the_frame_is_not_drawn() -> None:
    root = etree.fromstring(draw([site(41, 115, "中")], Frame(108, 38, 122, 44), 340, BASE, WORDS))
    [water] = root.findall("path[@class='water']")
    assert water.get("d").count("M") == 1
    [land] = root.findall("path[@class='land']")
    assert land.get("d").endswith("z")


def test_a_map_without_a_base_has_its_places() -> None:
    root = etree.fromstring(draw([site(41, 115, "中京", "大定府")], frame_of([Point(41, 115)]), 340, None, WORDS))
    assert [a.text for a in root.iter("a")] == ["中京", "大定府"]
    assert "".join(root.findall("g/text")[-1].itertext()) == "中京・大定府"


def test_the_scale_is_true() -> None:
    frame = Frame(110, 40, 120, 44)
    root = etree.fromstring(draw([site(43.5, 119.5, "角")], frame, 500, None, WORDS))
    [bar] = root.findall("g/path[@class='axis']")
    length = float(bar.get("d").partition("h")[2].partition("v")[0])
    kilometres = int(root.find("g/text[@class='second']").text.split()[0])
    height = float(root.get("viewBox").split()[3])
    assert length == pytest.approx(kilometres / 111.2 * height / 4, abs=0.1)


def test_one_far_place_among_many_is_left_out_and_named() -> None:
    near = [site(40 + n / 20, 115 + n % 4 / 10, f"州{n}") for n in range(12)]
    far = site(50, 135, "遠")
    frame, inside, outside = framed([*near, far])
    assert outside == [far]
    assert inside == near
    assert frame == frame_of(s.point for s in near)
    assert framed(near)[2] == []
    assert framed([near[0], far])[2] == []
