"""The seven workflows: their people, their steps, and the information and controls of each step (contract, 6.11)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Workflow:
    """A workflow. `runs` is how often it is run; with `variants` it is run once for each of them."""

    name: str
    persona: str
    steps: Mapping[str, tuple[str, ...]]
    runs: int = 3
    variants: tuple[str, ...] = ()

    @property
    def each(self) -> tuple[str, ...]:
        """Name the runs."""
        return self.variants or tuple(f"run {number}" for number in range(1, self.runs + 1))


NEW_USER = Workflow(
    "new user",
    "Noor",
    {
        "open the application": ("healthy",),
        "browse the models": ("id", "status", "size", "version"),
        "select a model": ("actions", "missing files", "VRAM"),
        "initiate the download": ("download id", "estimated end"),
        "monitor the progress": ("percent", "MB of MB", "speed", "time left", "pause", "cancel"),
        "download completion": ("completion frame", "integrity verified", "available"),
        "first generation": ("task", "position", "wait", "real or mock", "output"),
    },
    runs=5,
)
FALLBACK = Workflow(
    "fallback",
    "Rosa",
    {
        "request an unavailable model": ("sentence", "hint", "options"),
        "receive fallback options": ("model", "score", "quality difference", "reason", "image needed", "wait"),
        "choose an alternative": ("available",),
        "generation with the alternative": ("output",),
        "queue the preferred model": ("id", "position", "wait", "start time"),
        "receive the completion notification": ("frame", "task", "output"),
    },
)
CORRUPTION = Workflow(
    "corruption",
    "Rosa",
    {
        "normal generation": ("output",),
        "receive the corruption notification": ("model", "kind", "severity", "files", "action"),
        "approve the repair": ("repair id", "actions", "end"),
        "monitor the repair": ("percent", "files"),
        "repair completion": ("healthy", "whole", "frame"),
        "retry the generation": ("output",),
    },
)
MANAGEMENT = Workflow(
    "management",
    "Pavel",
    {
        "open the model manager": ("all models",),
        "view the details of a model": ("detailed status",),
        "pause the download": (),
        "resume the download": ("no bytes lost",),
        "look for updates": ("versions", "notes", "size"),
        "update a model": ("progress", "new version"),
        "delete an unused model": ("bytes freed",),
        "configure preferences": ("saved", "in force"),
    },
)
HIGH_LOAD = Workflow(
    "high load",
    "Rosa",
    {
        "request during high load": ("accepted",),
        "receive the place in the queue": ("position", "wait"),
        "monitor the queue": ("falling position",),
        "receive priority options": (),
        "the request is processed": ("progress",),
        "completion under load": ("output",),
    },
)
ERROR_RECOVERY = Workflow(
    "error recovery",
    "Pavel",
    {
        "normal operation": (),
        "the error occurs": (),
        "receive the error notification": ("sentence", "reason"),
        "view the recovery options": ("at least one",),
        "initiate the recovery": (),
        "recovery completion": ("works again",),
    },
    variants=("network failure", "full disk", "damaged model", "service unavailable", "timeout"),
)
ACCESSIBILITY = Workflow(
    "accessibility",
    "Amara",
    {
        "enable the accessibility mode": (),
        "navigate the interface": (),
        "perform operations": (),
        "receive feedback": ("announced text",),
    },
    variants=("keyboard only", "screen reader", "high contrast", "large text", "voice"),
)
WORKFLOWS: Mapping[str, Workflow] = {
    each.name: each for each in (NEW_USER, FALLBACK, CORRUPTION, MANAGEMENT, HIGH_LOAD, ERROR_RECOVERY, ACCESSIBILITY)
}
