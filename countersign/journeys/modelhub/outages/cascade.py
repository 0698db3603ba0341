"""One process after the other is stopped, and all are started again (contract, section 10)."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from countersign.errors import SystemFault
from countersign.expect.modelhub.promises import Promise
from countersign.expect.modelhub.whole import Whole
from countersign.faults import rolled_back
from countersign.faults.control import Control
from countersign.journeys.modelhub.outages.arrivals import arrived, begins_slowly, lets_run
from countersign.journeys.modelhub.outages.asking import becomes, met
from countersign.journeys.modelhub.outages.found import Aftermath
from countersign.journeys.modelhub.outages.orders import Order, OrderBook, ordered, under_way, worded
from countersign.journeys.modelhub.outages.others import Others, control_of
from countersign.journeys.modelhub.outages.recovering import Return, must_be_well, until_whole
from countersign.journeys.modelhub.outages.use import Habit
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.common import FAST, IMAGE, TEXT
from countersign.load.pace import Pace

DEGRADED_WITHIN = 5.0
HABIT = Habit(TEXT, IMAGE, thinks=0.5)
LIMIT_MBPS = 3.0
DONE_WITHIN = 4.0
WATCHED_SECONDS, WITHIN = 30.0, 90.0
GOOD = "a good answer"


@dataclass(frozen=True)
class Cascade:
    """What was promised and seen in each state, and what was found afterwards."""

    promises: Sequence[Promise]
    aftermath: Aftermath


class _Fall:
    """The states, in their order. `orders` are those that were confirmed meanwhile."""

    def __init__(self, user: HubUser) -> None:
        self.user, self.api, self.hub = user, user.api, user.hub
        self.promises: list[Promise] = []
        self.orders: list[Order] = []
        self.interrupted: list[str] = []

    def falls(self, control: Control, apart: float) -> Whole:
        """Stop monitor, generator and downloader, each so long after the one before; start them in this order."""
        pace = Pace(apart)
        pace.wait()
        control.process("monitor").stop()
        self._without_monitor()
        pace.wait()
        with_it = self._orders(1, lasting=True)
        if with_it is not None:
            under_way(with_it)
            self.interrupted.append(with_it.prompt)
        control.process("generator").stop()
        waiting = self._orders(2)
        self._promise("generator", "a generation", "taken", "taken" if waiting else "a refusal")
        pace.wait()
        self._promise("generator", "that generation meanwhile", "pending", self._state(waiting))
        control.process("downloader").stop()
        self._without_downloader()
        pace.wait()
        for name in ("monitor", "generator", "downloader"):
            control.process(name).start()
        back = Return(time.monotonic(), WATCHED_SECONDS)
        return until_whole(self.hub, back, partial(lets_run, self.user, IMAGE, FAST))

    def _without_monitor(self) -> None:
        looked = met(lambda: self.api.ask("POST", f"/models/verify/{TEXT}"), lambda each: f"{each.json()['is_valid']}")
        self._promise("monitor", "looking through a model", "True", looked)
        if "repair" in self.user.system.capabilities:
            check = met(lambda: self.api.ask("POST", f"/models/health/{TEXT}/check", json={}), lambda _: GOOD)
            self._promise("monitor", "asking for a look", GOOD, check)
            wish = {"repair_type": "redownload", "force_repair": True}
            repair = met(lambda: self.api.caring.try_repair(TEXT, **wish), lambda _: GOOD)
            self._promise("monitor", "asking for a repair", GOOD, repair)
            self._promise("monitor", "that repair", "completed", becomes(self._repair, "completed", DONE_WITHIN))
        order = self._orders(0)
        made = becomes(lambda: self._state(order), "completed", DONE_WITHIN)
        self._promise("monitor", "a generation", "completed", made)

    def _without_downloader(self) -> None:
        started = met(
            lambda: self.api.downloads.try_managing(FAST, "start"), lambda each: each.json()["current_status"]
        )
        self._promise("downloader", "a new download", "queued", started)
        progress = met(lambda: self.api.downloads.try_progress(IMAGE), lambda each: each.json()["status"])
        self._promise("downloader", "the download under way", "downloading", progress)
        wanted = "degraded without downloader, generator, monitor"
        self._promise("downloader", "the health", wanted, becomes(self._health, wanted, DEGRADED_WITHIN))

    def _promise(self, part: str, what: str, wanted: str, seen: str) -> None:
        self.promises.append(Promise(part, what, wanted, seen))

    def _orders(self, number: int, *, lasting: bool = False) -> Order | None:
        try:
            order = ordered(self.user, TEXT, worded(self.user, number, lasting=lasting))
        except SystemFault as fault:
            self.user.stage.recorder.say(f"a generation was not taken: {fault}")
            return None
        self.orders.append(order)
        return order

    def _state(self, order: Order | None) -> str:
        if order is None:
            return "nothing, it was refused"
        task = self.api.generation.task(order.task_id)
        return task.status if task is not None else "no place in the queue"

    def _repair(self) -> str:
        return str((self.api.caring.repair_of(TEXT) or {}).get("status"))

    def _health(self) -> str:
        told = self.api.health().json()
        down = sorted(name for name, state in told["components"].items() if state == "down")
        return f"{told['status']} without {', '.join(down)}"


def falls_one_by_one(user: HubUser, people: Others, apart: float) -> Cascade:
    """Let the processes fall in turn while others use the hub, one download is under way and another is asked for."""
    control, book = control_of(user.stage, "process-control"), OrderBook(user.stage)
    user.stage.may_take(2 * WITHIN)
    begins_slowly(user, IMAGE, LIMIT_MBPS)
    fall = _Fall(user)

    def lasting() -> Whole:
        with rolled_back(control, lambda: must_be_well(user.hub)):
            return fall.falls(control, apart)

    whole = people.go_on_while(lasting, HABIT, WITHIN)
    orders = book.found([*fall.orders, *people.use.orders], fall.interrupted)
    downloads = [arrived(user, IMAGE, 1), arrived(user, FAST, 0)]
    return Cascade(fall.promises, Aftermath(whole, orders, downloads))
