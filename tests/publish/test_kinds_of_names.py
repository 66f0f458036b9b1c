"""A name of every kind is tagged, listed and exported: here a state, which stands in places.yaml."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

import build
from edition.model.kinds import NAME_KINDS
from edition.paths import ROOT, STATIC
from edition.publish import site
from edition.publish.downloads.tei.elements import NAME_ELEMENTS
from edition.publish.downloads.tei.names import LISTS
from tests.corpora import assemble

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
LIAO = """
- id: liao
  kind: state
  name: {hant: 遼, hans: 辽}
  about: 契丹所建之國。
  forms: {jinshi: [辽]}
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a small site with one state among its names."""
    corpus = assemble(tmp_path_factory.mktemp("state"))
    (corpus / "places.yaml").write_text(LIAO, encoding="utf-8")
    return dict(site.files(build.make(corpus)))


def test_a_state_is_listed_and_tagged_as_one(files: dict[str, bytes]) -> None:
    assert '<h2 id="state" data-t="kind_state">國號</h2>' in files["names/index.html"].decode()
    assert '<h2 id="state" data-t="kind_state">国号</h2>' in files["hans/names/index.html"].decode()
    assert '<a class="nm state" data-name="liao"' in files["year/1118/index.html"].decode()
    (name,) = json.loads(files["data/names.json"])["names"]
    assert name["kind"] == "state"
    Draft202012Validator(json.loads(files["data/schema/names.schema.json"])).validate({"release": "1", "names": [name]})


def test_a_state_is_an_organisation_in_tei(files: dict[str, bytes]) -> None:
    names = etree.fromstring(files["data/tei/names.xml"])
    assert names.xpath("//t:listOrg[@type='states']/t:org/@*[local-name()='id']", namespaces=TEI) == ["liao"]
    document = etree.fromstring(files["data/tei/jinshi.xml"])
    assert set(document.xpath("//t:s/t:orgName/@ref", namespaces=TEI)) == {"names.xml#liao"}
    etree.RelaxNG(etree.parse(ROOT / "tests" / "tools" / "tei" / "tei_all.rng")).assertValid(document)


def test_every_kind_has_an_element_and_a_switch() -> None:
    assert list(NAME_ELEMENTS) == list(LISTS) == list(NAME_KINDS)
    css = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.rglob("*.css")))
    switched = [line for line in css.splitlines() if line.startswith(":root:has(#s-")]
    assert [kind for kind in NAME_KINDS if not any(f".{kind}" in line for line in switched)] == []
