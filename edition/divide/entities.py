"""The registered ids of names and events: like those of passages, none is ever lost or used again.

A name or event has no text by which it could be known again, so its id is its identity: an editor who renames or merges
one says so in ``retired.yaml``, and its page stays and leads to where it went.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from edition.model.findings import CorpusError, Place
from edition.model.kinds import EntityKind, RegisteredState

#: An id is unique within its kind.
EntityId = tuple[EntityKind, str]


@dataclass(frozen=True, slots=True)
class Entity:
    """The id of a name or event that was published."""

    kind: EntityKind
    id: str
    state: RegisteredState = "live"
    to: tuple[str, ...] = ()
    """The ids, of the same kind, where it is now, if it was retired."""
    history: tuple[tuple[str, str], ...] = ()
    """(release, what happened), oldest first."""


@dataclass(frozen=True, slots=True)
class RetiredEntity:
    """What an editor writes in ``retired.yaml`` before the id of a name or event may go."""

    kind: EntityKind
    id: str
    state: RegisteredState
    to: tuple[str, ...]
    reason: str
    place: Place


def keep(
    present: Mapping[EntityKind, Collection[str]],
    registered: Mapping[EntityId, Entity],
    retired: Iterable[RetiredEntity],
    place: Place,
) -> tuple[EntityId, ...]:
    """The present ids that are not registered yet, kind by kind in the order of the corpus.

    ``place`` is the registry. Raises CorpusError if an id would be lost or used again, or one is said to be where
    nothing is.
    """
    said = {(entry.kind, entry.id): entry for entry in retired}
    for (kind, id_), moved in said.items():
        if id_ in present[kind]:
            message = f"{kind} {id_} is retired here and yet in the corpus: take it out of one, or choose another id"
            raise CorpusError(moved.place, "ID-REUSED", message)
        if missing := [to for to in moved.to if to not in present[kind]]:
            raise CorpusError(moved.place, "ID-UNKNOWN", f"to: {missing[0]} is no {kind} of this corpus")
    for (kind, id_), entry in registered.items():
        if (kind, id_) in said:
            continue
        if entry.state == "live" and id_ not in present[kind]:
            raise CorpusError(place, "ID-LOST", _lost(kind, id_, "was published and is in the corpus no more"))
        if entry.state != "live" and id_ in present[kind]:
            raise CorpusError(place, "ID-REUSED", f"{kind} {id_} was retired and is in the corpus again: rename it")
        if entry.state != "live":
            raise CorpusError(place, "ID-LOST", _lost(kind, id_, "was retired and retired.yaml no more says why"))
    return tuple((kind, id_) for kind, ids in present.items() for id_ in ids if (kind, id_) not in registered)


def _lost(kind: EntityKind, id_: str, what: str) -> str:
    return (
        f"{kind} {id_} {what}: restore it, or write in retired.yaml: - {{{kind}: {id_}, state: merged, "
        "to: [the id where it is now], reason: …} (state: alias if it was only renamed, split with several ids, "
        "withdrawn without to:)"
    )


def register(
    present: Mapping[EntityKind, Collection[str]],
    registered: Mapping[EntityId, Entity],
    retired: Iterable[RetiredEntity],
    release: str,
) -> tuple[dict[EntityId, Entity], tuple[str, ...]]:
    """The registry with all present ids in it, and what changes in it, a line each."""
    result, changes = dict(registered), []
    for kind, ids in present.items():
        for id_ in ids:
            if (kind, id_) not in result:
                result[kind, id_] = Entity(kind, id_, history=((release, "registered"),))
                changes.append(f"+ {kind} {id_}")
    for entry in retired:
        before = registered.get((entry.kind, entry.id))
        if before and (before.state, before.to) != (entry.state, entry.to):
            history = (*before.history, (release, f"{entry.state}: {entry.reason}"))
            result[entry.kind, entry.id] = replace(before, state=entry.state, to=entry.to, history=history)
            changes.append(f"- {entry.kind} {entry.id} {entry.state} {' '.join(entry.to)}".rstrip())
    return result, tuple(changes)
