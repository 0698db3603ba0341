"""What changed since an earlier run, from its `signoff.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from countersign.reporting.signoff import NAME
from countersign.verdict.results import CriterionVerdict, Verdict

_RANK: Final[Mapping[str, int]] = {"refuted": 0, "not_verified": 1, "verified": 2}


@dataclass(frozen=True)
class Change:
    """A criterion whose status is another one than before."""

    criterion: CriterionVerdict
    before: str


@dataclass(frozen=True)
class Changes:
    """The comparison with one earlier run. `bands` holds (before, now) by system; `compared` counts criteria."""

    run_id: str
    started_at: str
    compared: int
    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    added: tuple[CriterionVerdict, ...]
    removed: tuple[str, ...]
    bands: Mapping[str, tuple[str, str]]


def compare(earlier: Mapping[str, Any], verdict: Verdict) -> Changes:
    """Compare with the content of an earlier `signoff.json`; only criteria that both runs selected are compared.

    Raises KeyError or TypeError for a content of another shape.
    """
    before = {entry["id"]: entry for entry in earlier["criteria"]}
    shared = [
        criterion
        for criterion in verdict.criteria
        if criterion.in_run and criterion.id in before and before[criterion.id].get("in_run", True)
    ]
    changed = [
        Change(criterion, str(before[criterion.id]["status"]))
        for criterion in shared
        if criterion.status != before[criterion.id]["status"]
    ]
    known = set(earlier["systems"])
    now = {criterion.id for criterion in verdict.criteria}
    return Changes(
        run_id=str(earlier["run"]["id"]),
        started_at=str(earlier["run"]["started_at"]),
        compared=len(shared),
        worse=tuple(each for each in changed if _RANK[each.criterion.status] < _RANK[each.before]),
        better=tuple(each for each in changed if _RANK[each.criterion.status] > _RANK[each.before]),
        added=tuple(each for each in verdict.criteria if each.system in known and each.id not in before),
        removed=tuple(name for name, entry in before.items() if entry["system"] in verdict.systems and name not in now),
        bands={
            name: (str(earlier["systems"][name]["band"]), system.band)
            for name, system in verdict.systems.items()
            if name in known
        },
    )


def earlier_signoff(folder: Path, verdict: Verdict) -> Path | None:
    """Find the newest earlier run beside this one that can be compared with it.

    It must have the same target and the same seeded faults (usually none), cover all of this run's systems, and have
    been whole where this one is. Names of runs sort by time.
    """
    whole = {name for name, system in verdict.systems.items() if system.band != "partial"}
    for path in sorted(folder.parent.glob(f"*/{NAME}"), key=lambda path: path.parent.name, reverse=True):
        if path.parent.is_symlink() or path.parent.name >= folder.name:
            continue
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            bands = {name: system["band"] for name, system in content["systems"].items()}
            fits = (
                same_conditions(content, verdict)
                and set(verdict.systems) <= set(bands)
                and not any(bands[name] == "partial" for name in whole)
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # a half-written or foreign file is no run to compare with
        if fits:
            return path
    return None


def same_conditions(earlier: Mapping[str, Any], verdict: Verdict) -> bool:
    """Say whether an earlier run had the same target and the same seeded faults as this one."""
    run = earlier["run"]
    return bool(run["target"] == verdict.run.target and _faults(run["settings"]) == _faults(verdict.run.settings or {}))


def _faults(settings: Mapping[str, Any]) -> str:
    return str(settings.get("seeded faults", ""))
