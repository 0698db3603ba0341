"""Waivers: a named person accepts, in writing and until a day, that one criterion is not met."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from countersign.verdict.problems import Problem

ANY_BUILD = "any"


@dataclass(frozen=True)
class Waiver:
    """An entry of the ledger. `until` is the last day it holds; `build` is the system's version it was granted for."""

    criterion: str
    reason: str
    who: str
    until: date
    build: str


def examine(
    waivers: Iterable[Waiver],
    *,
    today: date | None,
    system_of: Mapping[str, str],
    selected: Callable[[str], bool],
    verified: Callable[[str], bool],
    build_of: Mapping[str, str],
) -> tuple[dict[str, Waiver], list[Problem]]:
    """Give the waivers in force by criterion, and a problem for every entry that is expired, unused or stale.

    Stale: the criterion is not in the catalogue, the build is another one, or a second entry names the same criterion.
    Unused: the criterion was verified, so nothing is left to waive. An entry whose criterion this run did not select
    is left alone, unless it is expired or names nothing.
    """
    in_force: dict[str, Waiver] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for waiver in waivers:
        name = waiver.criterion
        system = system_of.get(name, "")
        if name in seen:
            fault = "is written twice in the ledger; keep one entry"
        elif name not in system_of:
            fault = "names a criterion that is not in the catalogue; remove the entry or correct its id"
        else:
            fault = _out_of_date(waiver, today)
            if not fault and selected(name):
                fault = _unfit(waiver, verified=verified(name), build=build_of.get(system, ""))
        seen.add(name)
        if fault:
            problems.append(Problem(f"The waiver of {name} (granted by {waiver.who}) {fault}.", system))
            in_force.pop(name, None)
        elif selected(name):
            in_force[name] = waiver
    return in_force, problems


def _out_of_date(waiver: Waiver, today: date | None) -> str:
    if today is None:
        return "cannot be dated, because the run does not say when it began"
    if today > waiver.until:
        return f"expired on {waiver.until.isoformat()}; renew it or remove it"
    return ""


def _unfit(waiver: Waiver, *, verified: bool, build: str) -> str:
    if verified:
        return "is not needed any more, because the criterion was verified; remove the entry"
    if waiver.build not in (ANY_BUILD, build):
        return f"was granted for build {waiver.build}, but the system is {build or 'of unknown build'}"
    return ""
