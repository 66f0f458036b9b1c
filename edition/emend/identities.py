"""Read who and where a name is: ids in other registers, a point on the map, a life. What is malformed is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping

from edition.model.findings import CorpusError
from edition.model.identities import AuthorityId, Father, LifeYear, Where
from edition.model.kinds import AUTHORITIES, PRECISIONS, Authority
from edition.read.fields import Record

#: What an id of each register looks like.
FORMATS: Mapping[Authority, re.Pattern[str]] = {
    "cbdb": re.compile(r"[1-9]\d{0,6}"),
    "dila": re.compile(r"A\d{6}|PL\d{12}"),
    "ctext": re.compile(r"[1-9]\d{0,7}"),
    "tgaz": re.compile(r"hvd_[1-9]\d{0,6}"),
    "wikidata": re.compile(r"Q[1-9]\d{0,9}"),
}
EXAMPLES: Mapping[Authority, str] = {
    "cbdb": "39892",
    "dila": "A006628 (a person) or PL000000017433 (a place)",
    "ctext": "619878",
    "tgaz": "hvd_115139",
    "wikidata": "Q5071",
}


def authority_ids(record: Record) -> tuple[AuthorityId, ...]:
    """The ids under ``ids:``, in the order of `Authority`. Raises CorpusError for one that cannot be one."""
    found = dict(record.fields("ids"))
    if found:
        record.need("ids_evidence")
    made = []
    for authority in AUTHORITIES:
        if value := found.pop(authority, None):
            id_ = value.text()
            if not FORMATS[authority].fullmatch(id_):
                message = f"{authority}: 「{id_}」 is no id of {authority}, such as {EXAMPLES[authority]}"
                raise CorpusError(value.place, "AUTHORITY-ID", message)
            made.append(AuthorityId(authority, id_))
    for name, value in found.items():
        message = f"ids: 「{name}」 is none of {', '.join(AUTHORITIES)}"
        raise CorpusError(value.place, "FIELD-UNKNOWN", message)
    return tuple(made)


def where(record: Record) -> Where | None:
    """The point under ``where:``. Raises CorpusError for one that is not on the earth."""
    value = record.get("where")
    if value is None:
        return None
    fields = Record(value, "where")
    return fields.done(
        Where(
            lat=fields.degrees("lat", 90),
            lon=fields.degrees("lon", 180),
            precision=fields.choice("precision", PRECISIONS),
            source=fields.text("source"),
        )
    )


def life_year(record: Record, name: str) -> LifeYear | None:
    """A year of a life, with its source: ``born``, ``died``."""
    value = record.get(name)
    if value is None:
        return None
    fields = Record(value, name)
    return fields.done(LifeYear(fields.number("year"), fields.text("source")))


def father(record: Record) -> Father | None:
    """A person's father: ``id`` of an entry, or else a ``name``."""
    value = record.get("father")
    if value is None:
        return None
    fields = Record(value, "father")
    id_ = fields.text("id", "")
    return fields.done(Father(id_, "" if id_ else fields.text("name"), fields.text("source")))
