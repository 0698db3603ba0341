"""Judge what the scenarios said about a fault. Pure: journal records in, one row of the kill matrix out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from countersign.proof.ledger import Fault
from countersign.verdict.catalogue import Criterion
from countersign.verdict.derived import Share, weigh
from countersign.verdict.records import Ended, Planned
from countersign.verdict.results import Status

Kill = Literal["KILLED", "SURVIVED", "WRONG REASON", "SHARED", "HARNESS ERROR"]
WORST_FIRST: tuple[Kill, ...] = ("HARNESS ERROR", "SURVIVED", "WRONG REASON", "SHARED", "KILLED")
GOOD: tuple[Kill, ...] = ("KILLED", "SHARED")


@dataclass(frozen=True)
class Row:
    """What became of a fault. `by` are the scenarios that caught it, `others` those that failed beside them."""

    fault: Fault
    outcome: Kill
    by: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    criteria: dict[str, str] = field(default_factory=dict)


def judge_fault(
    fault: Fault,
    planned: Sequence[Planned],
    ended: Sequence[Ended],
    seconds: float = 0.0,
    catalogue: Sequence[Criterion] = (),
) -> Row:
    """Give the row of a fault from a run on the reference system with that fault.

    KILLED: every criterion of the fault has a scenario that failed for the stated reason. SHARED: that too, but
    scenarios of other criteria failed as well. WRONG REASON: it failed for another reason. SURVIVED: all its scenarios
    passed. HARNESS ERROR: they did not run, or the suite broke.

    A derived criterion of the `catalogue`, which no scenario carries, is computed from those that were run.
    """
    derived = {criterion.id: criterion for criterion in catalogue if criterion.share_of is not None}
    ends = {end.key: end for end in ended}
    verdicts: dict[str, tuple[Kill, str]] = {}
    caught: dict[str, str] = {}
    for criterion, pattern in fault.caught_by.items():
        if criterion in derived:
            verdicts[criterion] = _judge_derived(derived[criterion], pattern, planned, ends, catalogue)
            continue
        own = [entry for entry in planned if criterion in entry.criteria]
        verdicts[criterion] = _judge_criterion(criterion, pattern, own, ends, caught)
    bystanders = tuple(
        entry.name
        for entry in planned
        if not set(entry.criteria) & set(fault.caught_by) and entry.key in ends and ends[entry.key].outcome == "failed"
    )
    outcome = min((kill for kill, _ in verdicts.values()), key=WORST_FIRST.index)
    if outcome == "KILLED" and bystanders:
        outcome = "SHARED"
    reasons = [text for kill, text in verdicts.values() if outcome in (kill, "SHARED")]
    return Row(
        fault,
        outcome,
        tuple(caught.values()),
        bystanders,
        "; ".join(dict.fromkeys(reasons)),
        seconds,
        {criterion: kill for criterion, (kill, _) in verdicts.items()},
    )


def _judge_derived(
    criterion: Criterion,
    pattern: str,
    planned: Sequence[Planned],
    ends: dict[str, Ended],
    catalogue: Sequence[Criterion],
) -> tuple[Kill, str]:
    asked = criterion.share_of
    kinds = asked.kinds if asked else ()
    carried = {name for entry in planned for name in entry.criteria}
    chosen = [
        each.id
        for each in catalogue
        if each.id in carried and each.system == criterion.system and each.kind in kinds and each.share_of is None
    ]
    if asked is None or not chosen:
        return "HARNESS ERROR", f"{criterion.id}: nothing that it is computed from was run"
    status, reason = weigh(asked, Share.of([_status(name, planned, ends) for name in chosen]))
    if status == "not_verified":
        return "HARNESS ERROR", f"{criterion.id}: {reason}"
    if status == "verified":
        return "SURVIVED", f"{criterion.id}: the share was kept although the fault was in"
    killed = re.search(pattern, reason) is not None
    return (
        ("KILLED", f"{criterion.id}: {reason}")
        if killed
        else (
            "WRONG REASON",
            f"{criterion.id}: expected /{pattern}/, but: {reason}",
        )
    )


def _status(criterion: str, planned: Sequence[Planned], ends: dict[str, Ended]) -> Status:
    own = [entry for entry in planned if criterion in entry.criteria]
    outcomes = [ends[entry.key].outcome if entry.key in ends else "not_verified" for entry in own]
    if "failed" in outcomes:
        return "refuted"
    return "verified" if all(outcome == "passed" for outcome in outcomes) else "not_verified"


def _judge_criterion(
    criterion: str, pattern: str, own: Sequence[Planned], ends: dict[str, Ended], caught: dict[str, str]
) -> tuple[Kill, str]:
    failed = [(entry, ends[entry.key]) for entry in own if entry.key in ends and ends[entry.key].outcome == "failed"]
    for entry, end in failed:
        if re.search(pattern, end.reason):
            caught[entry.key] = entry.name
            return "KILLED", f"{criterion}: {end.reason}"
    if failed:
        return "WRONG REASON", f"{criterion}: expected /{pattern}/, but: {failed[0][1].reason}"
    if not own:
        return "HARNESS ERROR", f"{criterion}: no scenario carries it"
    for entry in own:
        if entry.key not in ends:
            return "HARNESS ERROR", f"{criterion}: {entry.name!r} did not run to its end"
        end = ends[entry.key]
        if end.outcome != "passed":
            return "HARNESS ERROR", f"{criterion}: {entry.name!r} was {end.outcome}: {end.reason}"
    return "SURVIVED", f"{criterion}: {len(own)} scenario(s) passed although the fault was in"
