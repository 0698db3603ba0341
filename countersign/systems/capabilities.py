"""What a system can show, settled before the run: each capability is there, or missing for a reason in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from countersign.errors import SystemFault
from countersign.target.live import LiveSystem
from countersign.transport.http import HttpClient

CONTROLS = ("process-control", "dependency-control")


@dataclass
class Capabilities:
    """Collects what is there. `declared` and `without` are the target file's words on what cannot be discovered."""

    system: LiveSystem
    declared: Sequence[str] = ()
    without: Sequence[str] = ()
    present: set[str] = field(default_factory=set)
    missing: dict[str, str] = field(default_factory=dict)

    def settle(self, name: str, there: bool, reason: str) -> None:
        """Note a capability as present, or as missing for this reason; the target file's `without` outdoes both."""
        if name in self.without:
            self.missing[name] = "the target file says that this deployment does not have it"
        elif there:
            self.present.add(name)
        else:
            self.missing[name] = reason

    def as_declared(self, *names: str) -> None:
        """Settle capabilities that only the target file can tell."""
        for name in names:
            self.settle(name, name in self.declared, f'not declared; add "{name}" to capabilities in the target file')

    def of_the_suite(self, *more: str) -> None:
        """Settle what the target gives into the suite's own hands: the scripted AI, the controls and `more` of them."""
        self.settle("scripted-ai", self.system.scripted_ai is not None, "the target names no scripted AI")
        control = self.system.control
        for name in (*CONTROLS, *more):
            there = control is not None and name in control.offers
            nothing = "the target file names no commands for it (docs: point it at your system)"
            reason = "the reference systems do not have it" if self.system.embedded else nothing
            self.settle(name, there, reason)


def described_paths(client: HttpClient) -> set[str]:
    """Give the routes of the published description, without the names of their parameters (`/api/sessions/{}`).

    A system without a description gives none; whoever asks then probes route by route.
    """
    try:
        paths = client.request("GET", "/openapi.json").must_be(200).json().get("paths", {})
        return {_nameless(path) for path in paths}
    except (SystemFault, AttributeError):
        return set()


def _nameless(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
