"""The downloads that everybody at the hub wants at once: whoever gets one controls it until it is over."""

import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken, SystemFault
from countersign.expect.modelhub.load import FINAL, Promise
from countersign.journeys.modelhub.load.crowd import Regular
from countersign.load.served import served
from countersign.systems.modelhub.model import ACTIVE, Progress
from countersign.transport import eventually
from countersign.transport.answer import Answer

SLOW_MBPS = 0.5
"""So slow that a download lasts as long as its owner wants to control it."""
OVER_WITHIN = 60.0
CONTROLS: Sequence[tuple[str, Mapping[str, Any]]] = (
    ("bandwidth", {"bandwidth_limit_mbps": 0.6}),
    ("pause", {}),
    ("resume", {}),
    ("priority", {"priority": "high"}),
    ("cancel", {}),
)
TAKEN = ("DOWNLOAD_ACTIVE", "ALREADY_AVAILABLE")


@dataclass
class Accepted:
    """A download that was accepted: of which model and owner, what its owner does next, and its state once over."""

    model_id: str
    owner: Regular
    download_id: str
    next: Iterator[tuple[str, Mapping[str, Any]]]
    state: str = ""


class Bench:
    """All downloads that were accepted. Safe to use from several threads, each person in one of them."""

    def __init__(self, models: Sequence[str]) -> None:
        self._models = models
        self._lock = threading.Lock()
        self._held: dict[str, Accepted] = {}
        self.accepted: list[Accepted] = []

    def turn(self, person: Regular, dice: random.Random) -> float:
        """Let somebody control their download, or try to start one; give the seconds of the answer.

        Somebody who comes while another has it is told so, which is a good answer.
        """
        mine = self._held.get(person.name)
        return self._controls(mine) if mine is not None else self._starts(person, dice.choice(self._models))

    def _starts(self, person: Regular, model_id: str) -> float:
        answer = person.api.downloads.try_managing(model_id, "start", bandwidth_limit_mbps=SLOW_MBPS)
        served(answer, 202, 409)
        told = answer.json()
        if answer.status == 409:
            if told.get("code") not in TAKEN:
                raise ContractBroken(f"{answer.what}: a start was refused as {told.get('code')}")
            return answer.seconds
        accepted = Accepted(model_id, person, str(told.get("download_id")), iter(CONTROLS))
        with self._lock:
            self.accepted.append(accepted)
            self._held[person.name] = accepted
        return answer.seconds

    def _controls(self, mine: Accepted) -> float:
        action, more = next(mine.next)
        answer: Answer = mine.owner.api.downloads.try_managing(mine.model_id, action, **more)
        mine.state = _state_after(served(answer, 200, 409), action)
        if mine.state:
            with self._lock:
                del self._held[mine.owner.name]
        return answer.seconds

    def finishes(self) -> None:
        """See all downloads that nobody has cancelled through to their ends, without a limit."""
        for each in self.accepted:
            if not each.state:
                each.state = _seen_through(each)

    def promises(self) -> list[Promise]:
        """Give what became of everything that was accepted."""
        return [Promise("the download", each.owner.name, each.download_id, each.state) for each in self.accepted]


def _state_after(answer: Answer, action: str) -> str:
    """Give the final state of a download by the answer to a control of it; empty text if it goes on."""
    if answer.status == 200:
        return "cancelled" if action == "cancel" else ""
    told = answer.json()
    if told.get("code") != "INVALID_TRANSITION" or told.get("current_status") not in FINAL:
        raise ContractBroken(f"{answer.what}: {action} was refused as {told.get('code')}")
    return str(told["current_status"])  # it was over before its owner came back to it


def _seen_through(each: Accepted) -> str:
    downloads = each.owner.api.downloads

    def progress() -> Progress | None:
        told = downloads.all().get(each.model_id)
        return told if told is not None and told.download_id == each.download_id else None

    def over() -> Progress | None:
        told = progress()
        assert told is None or told.status not in ACTIVE, f"it is {told.status}"
        return told

    began = progress()
    if began is None:
        return "lost"
    try:
        if began.status == "paused":
            downloads.try_managing(each.model_id, "resume")
        downloads.try_managing(each.model_id, "bandwidth", bandwidth_limit_mbps=0)
        last = eventually(over, OVER_WITHIN, every=0.1, what=f"the download of {each.model_id} to be over")
    except SystemFault as fault:
        return str(fault)
    return last.status if last is not None else "lost"
