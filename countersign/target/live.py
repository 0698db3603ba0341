"""A system as a scenario meets it: where it is, what it can show, how it may be hurt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from countersign.faults.control import Control


@dataclass(frozen=True)
class ScriptedAi:
    """The address and control token of the scripted AI that the system asks."""

    url: str
    token: str


@dataclass(frozen=True)
class StaffAccount:
    """An account that the operator made for the suite. `role` is a word of the system's own ("nurse")."""

    role: str
    email: str
    password: str


@dataclass(frozen=True)
class LiveSystem:
    """One opened system.

    `folders` are those that the suite may look into and change, by name; `origin_url` is where a system fetches from,
    with control routes of its own. `embedded` systems were started by the suite and vanish with everything in them.
    `missing` maps each capability it lacks to the reason. `timings` are the waiting times in force (the unit ends the
    name). `problem` is empty, or the sentence that says why nothing can be judged on this system.
    """

    name: str
    url: str
    page_url: str = ""
    socket_url: str = ""
    staff: tuple[StaffAccount, ...] = ()
    embedded: bool = False
    folders: Mapping[str, str] = field(default_factory=dict)
    origin_url: str = ""
    operator_key: str = ""
    ca_file: str = ""
    capabilities: frozenset[str] = frozenset()
    missing: Mapping[str, str] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    scripted_ai: ScriptedAi | None = None
    control: Control | None = None
    version: str = ""
    problem: str = ""
    patience: float = 1.0
