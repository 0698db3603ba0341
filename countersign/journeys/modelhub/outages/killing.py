"""Each process is killed in the middle of its work, several times, and everything that is kept is compared."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from countersign.expect.modelhub.arrivals import Arrived
from countersign.expect.modelhub.kept import Killed, Lists
from countersign.expect.modelhub.orders import Found
from countersign.expect.modelhub.whole import Whole
from countersign.faults import rolled_back
from countersign.faults.control import Control
from countersign.journeys.measuring import measure_count, measure_longest
from countersign.journeys.modelhub.outages.arrivals import arrived, begins_slowly, lets_run
from countersign.journeys.modelhub.outages.lists import lists_of, uses_told
from countersign.journeys.modelhub.outages.orders import Order, OrderBook, ordered_with_image, under_way, worded
from countersign.journeys.modelhub.outages.others import control_of
from countersign.journeys.modelhub.outages.recovering import Return, must_be_well, until_holds, until_whole
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.common import FAST, IMAGE, TEXT
from countersign.load.together import together
from countersign.systems.modelhub.model import moment

PROCESSES = ("generator", "api", "downloader", "monitor")
"""In this order the lease of the killed generation runs out while the others are killed."""
CRAWLING_MBPS, MOVING_MBPS, MOVED_MB, BEGUN_MB = 0.2, 6.0, 1.0, 0.01
WAITING = ("low", "critical", "normal")
UNDER_WAY = 4
"""Wishes that are under way in the moment in which the answering process is killed."""
LOOKED_WITHIN, ENDED_WITHIN, WITHIN = 15.0, 45.0, 60.0
NEVER = 1e6


@dataclass
class Killings:
    """What was found after each killing and in the end.

    `ends` are seconds from the start of the generator to the end of the generation that was killed with it, `looks`
    those from the start of the monitor to a new look at the models (a very long time: it did not come).
    """

    each: list[Killed] = field(default_factory=list)
    interrupted: list[Found] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    orders: list[Found] = field(default_factory=list)
    served: list[Found] = field(default_factory=list)
    downloads: list[Arrived] = field(default_factory=list)
    left: Whole = field(default_factory=lambda: Whole(None, "it did not come to that"))


class _Killer:
    def __init__(self, user: HubUser, control: Control) -> None:
        self.user, self.api, self.control = user, user.api, control
        self.found = Killings()
        self.book = OrderBook(user.stage)
        self.orders: list[Order] = []
        self.waiting: list[Order] = []
        self.started: dict[str, float] = {}
        self.ended: dict[str, float] = {}
        self.wishes = 0
        self.uses_before = uses_told(user)
        self.watch = begins_slowly(user, IMAGE, CRAWLING_MBPS, BEGUN_MB)

    def prepares(self) -> None:
        """Let requests wait, make a key and have a generation done."""
        self.api.ask("POST", "/auth/api-keys", json={"name": "camera", "expires_in_days": 3}).must_be(200)
        self.orders.append(self._order())
        for priority in WAITING:
            self._waits(priority)

    def kills(self, name: str, number: int) -> None:
        """Kill a process in the middle of its work, start it again, and compare."""
        process, unconfirmed = self.control.process(name), list[str]()
        middle: dict[str, Callable[[int], None]] = {
            "generator": self._generates,
            "api": self._changes,
            "downloader": self._moves,
        }
        if name in middle:
            middle[name](number)
        before = self._lists()
        checked = self.api.models.health(FAST).last_check
        if name == "api":
            unconfirmed = self._kills_while_asked(process.kill)
        else:
            process.kill()
        process.start()
        started = time.monotonic()
        if name == "generator":
            self.started[self.orders[-1].prompt] = started
        self._note_ends()
        self.found.each.append(Killed(name, number, before, self._lists(), unconfirmed))
        if name == "monitor":
            looked = until_holds(partial(self._looks_again, checked), Return(started, LOOKED_WITHIN))
            self.found.looks.append(NEVER if looked.seconds is None else looked.seconds)

    def ends(self) -> None:
        """Let everything come to its end, and look all of it up."""
        interrupted = list(self.started)
        until_holds(partial(self._all_ended, interrupted), Return(time.monotonic(), ENDED_WITHIN))
        found = self.book.found(self.orders, interrupted)
        self.found.interrupted = [each for each in found if each.interrupted]
        self.found.orders = [each for each in found if not each.interrupted]
        self.found.ends = [self._seconds(prompt) for prompt in interrupted]
        self.api.downloads.try_managing(TEXT, "start").must_be(202)
        back = Return(time.monotonic(), ENDED_WITHIN)
        self.found.left = until_whole(self.user.hub, back, partial(lets_run, self.user, IMAGE, TEXT), self._all_served)
        self.found.served = self.book.found(self.waiting)
        self.found.downloads = [arrived(self.user, IMAGE, len(self.found.looks))]

    def _generates(self, number: int) -> None:
        self.orders.append(self._order(lasting=True))
        under_way(self.orders[-1])

    def _changes(self, number: int) -> None:
        admin = self.user.hub.admin.config
        self.api.config.prefer(fallback_config={"max_wait_time_minutes": 30 + number})
        admin.prefer(storage_config={"cleanup_threshold_percent": 70 + number})
        admin.try_policies({"blocked_model_patterns": [f"never-{number}"]}).must_be(200)
        admin.try_flag("auto_updates", number % 2 == 0).must_be(200)
        self._waits("high")
        self.orders.append(self._order())

    def _moves(self, number: int) -> None:
        """Let the download come so far that beginning anew would show, and crawl again, so that it is not over yet."""
        limited = partial(self.api.downloads.manage, IMAGE, "bandwidth")
        self.watch.look()
        last = self.watch.last(IMAGE)
        limited(bandwidth_limit_mbps=MOVING_MBPS)
        self.watch.until(IMAGE, (last.downloaded_mb if last else 0.0) + MOVED_MB)
        limited(bandwidth_limit_mbps=CRAWLING_MBPS)

    def _kills_while_asked(self, kill: Callable[[], None]) -> list[str]:
        """Kill while wishes are under way; what was confirmed is an order, the rest may have been taken or not."""
        prompts = [self._prompt() for _ in range(UNDER_WAY)]
        jobs: list[Callable[[], Any]] = [partial(ordered_with_image, self.user, FAST, prompt) for prompt in prompts]
        *wishes, killed = together([*jobs, kill], within=WITHIN)
        killed.get()
        self.orders += [wish.get() for wish in wishes if wish.ok]
        return prompts

    def _prompt(self, *, lasting: bool = False) -> str:
        self.wishes += 1
        return worded(self.user, self.wishes, lasting=lasting)

    def _order(self, *, lasting: bool = False) -> Order:
        return ordered_with_image(self.user, FAST, self._prompt(lasting=lasting))

    def _waits(self, priority: str) -> None:
        prompt = self._prompt()
        told = self.api.fallback.wait_for(TEXT, prompt, priority=priority)
        self.waiting.append(Order(self.user, prompt, str(told["queue_id"]), time.monotonic()))

    def _lists(self) -> Lists:
        return lists_of(self.user, self.uses_before)

    def _note_ends(self) -> None:
        for task in self.api.generation.tasks():
            if task.final and task.prompt in self.started:
                self.ended.setdefault(task.prompt, time.monotonic())

    def _seconds(self, prompt: str) -> float:
        return self.ended.get(prompt, NEVER) - self.started[prompt]

    def _all_ended(self, interrupted: Sequence[str]) -> None:
        self._note_ends()
        left = [prompt for prompt in interrupted if prompt not in self.ended]
        assert not left, f"{len(left)} interrupted generations are not over"

    def _all_served(self) -> None:
        requests = self.api.fallback.waiting()["requests"]
        left = [each for each in requests if each["status"] in ("waiting", "submitted")]
        assert not left, f"{len(left)} waiting requests are not served"

    def _looks_again(self, checked: str | None) -> None:
        now = self.api.models.health(FAST).last_check
        assert now is not None, "no look at the models is told of"
        later = checked is None or moment(now, "a look at a model") > moment(checked, "a look at a model")
        assert later, f"the last look is of {now}"


def kills_each(user: HubUser, rounds: int) -> Killings:
    """Kill each process so many times in the middle of its work."""
    user.stage.need("fallback-queue")
    control = control_of(user.stage, "process-control")
    user.stage.may_take(3 * WITHIN)
    killer = _Killer(user, control)
    killer.prepares()
    with rolled_back(control, lambda: must_be_well(user.hub)):
        for number in range(1, rounds + 1):
            for name in PROCESSES:
                killer.kills(name, number)
    killer.ends()
    return killer.found


def measure(stage: Any, killings: Killings, limit: float) -> None:
    """Journal how many times something was killed, and how long interrupted generations took to end."""
    count, load = len(killings.each), "a download, generations and waiting requests"
    measure_count(stage, "killings with nothing lost", count, least=1, of=count, load=load)
    what = "start of the generator to the end of the generation killed with it"
    measure_longest(stage, what, killings.ends, below=limit, load=load, required=count // len(PROCESSES))
