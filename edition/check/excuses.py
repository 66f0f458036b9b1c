"""Set apart the findings that an editor has excused."""

from __future__ import annotations

from collections.abc import Iterable

from edition.model.findings import Finding
from edition.model.layers import Excuse


def excuse(findings: Iterable[Finding], excuses: Iterable[Excuse]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The remaining findings, with one for each excuse that matches nothing, and the excused ones."""
    remaining, excused, used = [], [], set()
    excuses = tuple(excuses)
    for finding in findings:
        match = next((e for e in excuses if _excuses(e, finding)), None)
        if match:
            used.add(match)
            excused.append(finding)
        else:
            remaining.append(finding)
    remaining += [
        Finding("EXCUSE-UNUSED", left.place, f"{left.code} at {left.at} is no finding: take it out")
        for left in excuses
        if left not in used
    ]
    return tuple(remaining), tuple(excused)


def _excuses(excuse_: Excuse, finding: Finding) -> bool:
    return (
        excuse_.code == finding.code
        and (excuse_.at in finding.at or excuse_.at == finding.place.path)
        and (not excuse_.quote or excuse_.quote in finding.quote or finding.quote in excuse_.quote)
    )
