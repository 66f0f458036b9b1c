"""The places with coordinates for map programs (KML 2.2)."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from edition.model.layers import Name
from edition.publish.views.viewer import Viewer

NAMESPACE = "http://www.opengis.net/kml/2.2"


def places(viewer: Viewer, site_url: str) -> bytes:
    """Return the places as placemarks. ``site_url`` ends with a slash or is empty: then no address is given."""
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    ET.SubElement(document, "name").text = viewer.edition.corpus.about.title.hant
    for name in viewer.edition.layers.names:
        if name.where:
            document.append(_placemark(viewer, name, site_url))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _placemark(viewer: Viewer, name: Name, site_url: str) -> ET.Element:
    assert name.where  # noqa: S101
    mark = ET.Element("Placemark", id=name.id)
    ET.SubElement(mark, "name").text = name.name.hant
    precision = viewer.t[f"precision_{name.where.precision}"]
    address = f"\n{site_url}name/{name.id}/" if site_url else ""
    ET.SubElement(mark, "description").text = f"{precision}。{name.where.source}{address}"
    point = ET.SubElement(mark, "Point")
    ET.SubElement(point, "coordinates").text = f"{name.where.lon},{name.where.lat}"  # longitude first
    return mark
