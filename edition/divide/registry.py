"""The registry of published ids: an id is never reused, never renumbered, never lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePosixPath

from edition.divide.registered import Departure, Registered, RegistryChange, Retired, sentence_offsets
from edition.divide.whereabouts import MissingSentence, Whereabouts, by_id, missing_sentences, moved, passage_of
from edition.model.findings import CorpusError, Place
from edition.model.kinds import RetiredState
from edition.model.scripts import han
from edition.model.texts import Passage


@dataclass(frozen=True, slots=True)
class Kept:
    """What has become of the published ids, none of which is lost."""

    changed: tuple[str, ...]
    """Ids of passages that are not registered yet or whose words have changed."""
    moved: Mapping[str, tuple[Whereabouts, ...]]
    """Id, retired or live, → sentences that were published under it and are elsewhere now."""


class LostError(CorpusError):
    """Published ids would be lost; the message names the first."""

    def __init__(self, place: Place, code: str, message: str, entries: tuple[str, ...]) -> None:
        """Keep the ``entries`` that, written in ``retired.yaml``, account for all of them."""
        super().__init__(place, code, message)
        self.entries = entries


def keep(
    present: Mapping[str, Passage],
    registered: Mapping[str, Registered],
    retired: Iterable[Retired],
    place: Place,
) -> Kept:
    """What has become of the published ids. ``place``: the registry, for messages.

    Raises CorpusError if one, or a published sentence, would be lost, or be used again.
    """
    said = by_id(retired, present)
    for record in said.values():
        _check(record, present, registered)
    missing = missing_sentences(present, registered, said)
    lost = {sentence.entry.id for sentence in missing if not sentence.settled}
    lost |= {e.id for e in registered.values() if e.state == "live" and e.id not in present and e.id not in said}
    if lost:
        raise _lost([id_ for id_ in registered if id_ in lost], missing, present, registered, place)
    changed = tuple(id_ for id_, p in present.items() if id_ not in registered or registered[id_].han != han(p.text))
    return Kept(changed, moved(present, registered, said, missing))


def _check(record: Retired, present: Mapping[str, Passage], registered: Mapping[str, Registered]) -> None:
    """Raises CorpusError if a retired id names something, or points at what is no passage and never was."""
    id_ = passage_of(record.id)
    if id_ == record.id:
        if id_ in present and id_ not in record.to:
            raise CorpusError(record.place, "ID-REUSED", f"{id_} is retired here and yet names a passage")
    elif id_ in present and record.id in {f"{id_}.{sentence.n}" for sentence in sentence_offsets(present[id_])}:
        raise CorpusError(record.place, "ID-REUSED", f"{record.id} is retired here and yet names a sentence")
    for to in map(passage_of, record.to):
        if to not in present and to not in registered:
            raise CorpusError(record.place, "ID-UNKNOWN", f"to: {to} is no passage")


def _lost(
    lost: Sequence[str],
    missing: Iterable[MissingSentence],
    present: Mapping[str, Passage],
    registered: Mapping[str, Registered],
    place: Place,
) -> LostError:
    """The error for these ids of passages that are gone, or that sentences have left unaccounted for."""
    groups: dict[str, list[MissingSentence]] = {id_: [] for id_ in lost}
    for sentence in missing:
        groups.get(sentence.entry.id, []).append(sentence)
    remedies = {id_: tuple(_remedy(id_, group, present, registered)) for id_, group in groups.items()}
    entries = tuple(entry for remedy in remedies.values() for entry in remedy)
    first = next((id_ for id_ in lost if id_ not in present), lost[0])
    if first not in present:
        code = "ID-LOST"
        what = f"{first} 「{registered[first].han[:12]}…」 was published and has no passage now"
    else:
        code = "SENTENCE-LOST"
        unsettled = [sentence for sentence in groups[first] if not sentence.settled]
        numbers = ", ".join(sentence.n for sentence in unsettled)
        what = f"sentence {numbers} of {first} 「{unsettled[0].han[:12]}…」 was published and is no longer in it"
    retired = PurePosixPath(place.path).with_name("retired.yaml")
    write = f"restore the words, or write in {retired}"
    if len(entries) == 1:
        return LostError(place, code, f"{what}: {write}: {entries[0]}", entries)
    others = f", and words of {len(lost) - 1} more passages are missing" if len(lost) > 1 else ""
    printed = f"the {len(entries)} entries that `build.py register --dry-run` prints"
    return LostError(place, code, f"{what}{others}: {write} {printed}: {remedies[first][0]} …", entries)


def _remedy(
    id_: str, missing: Sequence[MissingSentence], present: Mapping[str, Passage], registered: Mapping[str, Registered]
) -> Iterator[str]:
    """What to write in ``retired.yaml`` of a passage and the sentences that are missing in it, an entry a line."""
    found = list(dict.fromkeys(sentence.passage for sentence in missing if sentence.passage))
    if id_ in present:
        if any(sentence.passage and not sentence.settled for sentence in missing):
            yield _entry(id_, "split", [id_, *found])
    elif not found:
        yield _entry(id_, "withdrawn", [])
        return
    elif len(found) == 1:
        yield _entry(id_, "merged" if found[0] in registered else "alias", found)
    else:
        yield _entry(id_, "split", found)
    for sentence in missing:
        if not sentence.passage and not sentence.settled:
            yield _entry(sentence.id, "withdrawn", [])


def _entry(id_: str, state: RetiredState, to: Sequence[str]) -> str:
    """An entry of ``retired.yaml``.

    >>> _entry("jinshi.2.tianfu4.5.1", "alias", ["jinshi.2.tianfu5.5.1"])
    '- {id: jinshi.2.tianfu4.5.1, state: alias, to: [jinshi.2.tianfu5.5.1], reason: …}'
    """
    where = f" to: [{', '.join(to)}]," if to else ""
    return f"- {{id: {id_}, state: {state},{where} reason: …}}"


def register(
    present: Mapping[str, Passage],
    registered: Mapping[str, Registered],
    retired: Iterable[Retired],
    release: str,
) -> tuple[dict[str, Registered], tuple[str, ...]]:
    """The registry with all present ids in it, and what changes in it, a line each. `keep` must have passed."""
    said = by_id(retired, present)
    changes = []
    result = dict(registered)
    departures: dict[str, list[Departure]] = {}
    for sentence in missing_sentences(present, registered, said):
        to = (_sentence_at(present[sentence.passage], sentence.offset),) if sentence.passage else ()
        departures.setdefault(sentence.entry.id, []).append(Departure(sentence.n, sentence.han, to))
    for id_, passage in present.items():
        before = registered.get(id_)
        entry = Registered(id_, "live", han(passage.text), sentence_offsets(passage))
        if before is None:
            result[id_] = replace(entry, history=(RegistryChange(release, "registered"),))
            changes.append(f"+ {id_} 「{entry.han[:12]}…」")
            continue
        away = _with(before.away, departures.get(id_, ()))
        what = ", ".join(
            what
            for what, holds in (
                ("text changed", before.han != entry.han),
                ("sentences divided anew", before.han == entry.han and set(before.sentences) != set(entry.sentences)),
                ("sentences moved", before.han == entry.han and away != before.away),
            )
            if holds
        )
        if what:
            result[id_] = replace(entry, away=away, history=(*before.history, RegistryChange(release, what)))
            changes.append(f"~ {id_} {what}")
    for record in said.values():
        before = registered.get(record.id)
        if not before or record.id in present:
            continue
        away = _with(before.away, departures.get(record.id, ()))
        if (before.state, before.to, before.away) != (record.state, record.to, away):
            history = (*before.history, RegistryChange(release, f"{record.state}: {record.reason}"))
            result[record.id] = replace(before, state=record.state, to=record.to, away=away, history=history)
            changes.append(f"- {record.id} {record.state} {' '.join(record.to)}".rstrip())
    return result, tuple(changes)


def _with(away: Iterable[Departure], more: Iterable[Departure]) -> tuple[Departure, ...]:
    """The sentences that have left a passage, with those that left it since, or went elsewhere."""
    return tuple({departure.n: departure for departure in (*away, *more)}.values())


def _sentence_at(passage: Passage, offset: int) -> str:
    """The id of the sentence in which a Chinese character stands."""
    sentence = max((s for s in sentence_offsets(passage) if s.offset <= offset), key=lambda s: s.offset)
    return f"{passage.id}.{sentence.n}"


def in_text_order(entries: Mapping[str, Registered], passages: Iterable[Passage]) -> Iterator[Registered]:
    """The entries work by work in order of the text, each slot's retired ids after its live ones."""
    order = {passage.id: i for i, passage in enumerate(passages)}
    end = len(order)
    by_slot = sorted(entries.values(), key=lambda entry: entry.slot)
    slots = {slot: min(order.get(e.id, end) for e in group) for slot, group in groupby(by_slot, lambda e: e.slot)}
    yield from sorted(entries.values(), key=lambda e: (slots[e.slot], e.slot, order.get(e.id, end), e.id))
