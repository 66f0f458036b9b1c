"""Who and where a name is, beyond the texts, in the words of one script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edition.model.identities import AuthorityId, LifeYear, Where
from edition.model.kinds import Authority
from edition.model.layers import Name
from edition.publish.views.viewer import Viewer

#: Where each register shows an id; a register of persons and places has two addresses.
ADDRESSES: Mapping[Authority, str] = {
    "cbdb": "https://cbdb.fas.harvard.edu/cbdbapi/person.php?id={}",
    "dila": "https://authority.dila.edu.tw/{kind}/?fromInner={}",
    "ctext": "https://ctext.org/datawiki.pl?if=gb&res={}",
    "tgaz": "https://chgis.hudci.org/tgaz/placename/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
}
LABELS: Mapping[Authority, str] = {
    "cbdb": "CBDB",
    "dila": "DILA",
    "ctext": "ctext",
    "tgaz": "CHGIS/TGAZ",
    "wikidata": "Wikidata",
}


@dataclass(frozen=True, slots=True)
class FactView:
    """Something that is known of a person, with its source."""

    key: str
    """``born``, ``died`` or ``father``."""
    text: str
    url: str
    """Address of the father's page, if he has one."""
    source: str


@dataclass(frozen=True, slots=True)
class WhereView:
    """A point on the map in words."""

    text: str
    """北緯41.57°，東經119.33°."""
    precision: str
    source: str


def address(id_: AuthorityId) -> str:
    """Where a register shows an id.

    >>> address(AuthorityId("dila", "A006628"))
    'https://authority.dila.edu.tw/person/?fromInner=A006628'
    """
    return ADDRESSES[id_.authority].format(id_.value, kind="place" if id_.value.startswith("PL") else "person")


def ids(name: Name) -> list[tuple[str, str, str]]:
    """Register, id and address of each id of a name."""
    return [(LABELS[id_.authority], id_.value, address(id_)) for id_ in name.ids]


def where(viewer: Viewer, point: Where | None) -> WhereView | None:
    """The point of a place in words."""
    if point is None:
        return None
    north = viewer.t["north"] if point.lat >= 0 else viewer.t["south"]
    east = viewer.t["east"] if point.lon >= 0 else viewer.t["west"]
    text = f"{north}{_degrees(point.lat)}°，{east}{_degrees(point.lon)}°"
    return WhereView(text, viewer.t[f"precision_{point.precision}"], viewer.convert(point.source))


def _degrees(value: float) -> str:
    """Degrees with as many decimals as are given, five at most.

    >>> _degrees(41.27), _degrees(-113.29639)
    ('41.27', '113.29639')
    """
    return f"{abs(value):.5f}".rstrip("0").rstrip(".")


def life(viewer: Viewer, name: Name) -> list[FactView]:
    """What is known of a person's life."""
    found = [_year(viewer, key, year) for key, year in (("born", name.born), ("died", name.died)) if year]
    if father := name.father:
        entry = next((n for n in viewer.edition.layers.names if n.id == father.id), None)
        text = entry.name[viewer.script] if entry else viewer.convert(father.name)
        found.append(FactView("father", text, f"name/{entry.id}/" if entry else "", viewer.convert(father.source)))
    return found


def _year(viewer: Viewer, key: str, year: LifeYear) -> FactView:
    return FactView(key, f"{year.year}{viewer.t['year']}", "", viewer.convert(year.source))
