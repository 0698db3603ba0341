"""What a run writes down while it happens: one immutable record a line of `journal.jsonl`.

The verdict is computed from these records and the catalogue alone. Times are ISO-8601 UTC texts, durations seconds.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Outcome = Literal["passed", "failed", "not_verified", "broken"]
"""passed / failed: the sentence held or not. not_verified: it could not be checked here. broken: the suite failed."""

Relation = Literal["below", "at most", "at least", "above", "equal to", "between", "reported"]


@dataclass(frozen=True)
class RunOpened:
    """First line of every journal.

    `whole` names the systems whose default features are all selected; only they get a band.
    `touched` names every system of which a scenario is selected. `left_out` counts, by criterion, the scenarios of the
    default features that a partial run did not select: such a criterion is not verified however well the others went.
    `settings` holds what the run was started with (pace, users, seed, limits factor ...), as text for the report.
    """

    run_id: str
    started_at: str
    target: str
    arguments: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    suite_version: str = ""
    revision: str = ""
    settings: Mapping[str, str] | None = None
    left_out: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Planned:
    """A selected scenario. `key` is `features/<journey>/<file>.feature:<line>`, unique in the suite."""

    key: str
    name: str
    feature: str
    file: str
    line: int
    system: str
    criteria: tuple[str, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class SystemOpened:
    """A system the run works on: where it is, what it can show, and why the rest is missing (capability -> reason).

    `problem` is empty when the system answered; otherwise the sentence that says what is wrong with it.
    """

    system: str
    url: str
    capabilities: tuple[str, ...] = ()
    missing: Mapping[str, str] | None = None
    problem: str = ""
    version: str = ""


@dataclass(frozen=True)
class Started:
    """A scenario began."""

    key: str
    at: str


@dataclass(frozen=True)
class Measured:
    """A figure taken by a scenario, whether it passed or not.

    `value` and `limit` are in `unit`; `limit_to` closes a "between". `samples` is how many single observations the
    value rests on, `required_samples` how many the criterion asks for. `statistic` says what the value is ("95th
    percentile", "maximum"), `load` under what ("5 users at once"). `series` is a thinned list of observations.
    `criteria` are the criteria it belongs to (all of the scenario's if empty). `cell` is its place in a table of the
    reports: table, row and column; empty for a figure that stands by itself.
    """

    key: str
    name: str
    value: float
    unit: str
    samples: int
    limit: float | None = None
    limit_to: float | None = None
    relation: Relation = "reported"
    required_samples: int = 1
    statistic: str = ""
    load: str = ""
    criteria: tuple[str, ...] = ()
    series: tuple[float, ...] = ()
    cell: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ended:
    """A scenario is over. `reason` is one readable sentence, `evidence` a path below the run's folder."""

    key: str
    outcome: Outcome
    seconds: float
    at: str = ""
    reason: str = ""
    step: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class LeftBehind:
    """Test data that could not be removed from the system (it offers no way to), or whose removal failed."""

    system: str
    what: str
    count: int
    reason: str


@dataclass(frozen=True)
class RunClosed:
    """Last line of a journal that was not cut short. `interrupted` names the signal or reason of an early end."""

    at: str
    interrupted: str = ""


Record = RunOpened | Planned | SystemOpened | Started | Measured | Ended | LeftBehind | RunClosed

_KINDS: dict[str, type[Any]] = {
    "run_opened": RunOpened,
    "planned": Planned,
    "system_opened": SystemOpened,
    "started": Started,
    "measured": Measured,
    "ended": Ended,
    "left_behind": LeftBehind,
    "run_closed": RunClosed,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def to_json(record: Record) -> dict[str, Any]:
    """Give the record as the JSON object that stands on its journal line (`record` names its kind)."""
    return {"record": _NAMES[type(record)], **asdict(record)}


def from_json(line: Mapping[str, Any]) -> Record:
    """Read a journal line back. Raises ValueError for a kind or a shape that is not known."""
    kind = _KINDS.get(str(line.get("record")))
    if kind is None:
        raise ValueError(f"unknown journal record {line.get('record')!r}")
    known = {field.name for field in fields(kind)}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in line.items() if name in known}
    try:
        record: Record = kind(**values)
    except TypeError as error:
        raise ValueError(f"journal record {line.get('record')!r} is incomplete: {error}") from error
    return record
