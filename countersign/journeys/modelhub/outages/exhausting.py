"""More lines, generations and requests than the hub takes, all at once, while a download and generations run."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import DeadlineExceeded, NotEnoughSamples, SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.expect.modelhub.counted import uses_in
from countersign.expect.modelhub.exhausted import Afterwards, FullQueue, LineTry, Running, more_files
from countersign.journeys.load_figures import excused, report
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.generation.generating import plain
from countersign.journeys.modelhub.hub import model_of, models_of
from countersign.journeys.modelhub.sockets.many_lines import ManyLines
from countersign.journeys.modelhub.user import HubUser
from countersign.load.injector import watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.prometheus import read_metrics
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually, unless_raised
from countersign.transport.flight import Landed, Shot
from countersign.transport.volley import volley

BASE = "/api/v1"
READS = (
    "/models/status",
    "/models/status/detailed",
    "/models/download/progress",
    "/models/health",
    "/models/analytics",
    "/queue",
)
HOLDERS, HOLDS = 4, {"count": 120, "pause": 0.5}
"""Generations of a minute that keep the engine busy, so that those behind them wait; withdrawn after the rush."""
FILLS = 3
DOWNLOAD_MBPS = 1.0
ANSWERS_WITHIN, LIVES_WITHIN, USUAL = 30.0, 10.0, 0.5
LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Amounts:
    """How much is asked for at once."""

    lines: int
    unread: int
    waiting: int
    more: int
    requests: int


@dataclass(frozen=True)
class Exhausted:
    """What became of everything."""

    amounts: Amounts
    lines: Sequence[LineTry]
    queue: FullQueue
    requests: Sequence[Landed]
    lives: Sequence[Operation]
    running: Running
    afterwards: Afterwards


def amounts_of(rows: Sequence[Mapping[str, str]]) -> Amounts:
    """Read a table of what comes at once and how many."""
    told = {row["what"]: int(row["number"]) for row in rows}
    return Amounts(
        told["lines"],
        told["of them never read"],
        told["waiting generations"],
        told["generations beyond them"],
        told["requests"],
    )


class Rush:
    """One person's rush at the hub."""

    def __init__(self, user: HubUser, amounts: Amounts) -> None:
        self.user, self.amounts = user, amounts
        self.models = models_of("the text model, the fast model, the image model")
        self.lines = ManyLines(user)
        self.holders: list[str] = []
        self.taken: list[str] = []
        self.waiting = self.left_waiting = 0
        self.landed: list[Landed] = []

    def comes(self) -> None:
        """Open lines, fill the queue, and ask for everything else at one moment."""
        self.lines.opens(self.amounts.lines, self.amounts.unread)
        for number in range(HOLDERS):
            prompt = mark("chunks", plain(self.user, number), **HOLDS)
            held = self.user.api.generation.submit(self.models[0], prompt, priority="high")
            self.holders.append(str(held["task_id"]))
        for _ in range(FILLS):
            self._fills(self.amounts.waiting - self._waiting())
        self.waiting = self._waiting()
        reads = [self._shot("GET", READS[number % len(READS)]) for number in range(self.amounts.requests)]
        looks = [self._shot("POST", f"/models/verify/{model_id}") for model_id in self.models]
        beyond = [self._submission(1000 + number) for number in range(self.amounts.more)]
        self.landed = self._volley([*beyond, *reads, *looks])
        self._takes(self.landed[: self.amounts.more])
        self.left_waiting = self._waiting()

    def leaves(self) -> None:
        """Close the lines and withdraw the generations that keep the engine busy."""
        self.lines.closes()
        for task_id in self.holders:
            self.user.api.generation.try_cancel(task_id).must_be(200, 400)

    def _waiting(self) -> int:
        return int(self.user.api.ask("GET", "/queue").must_be(200).json()["pending_tasks"])

    def _fills(self, missing: int) -> None:
        if missing > 0:
            landed = self._volley([self._submission(len(self.taken) + number) for number in range(missing)])
            self._takes(landed)

    def _takes(self, landed: Sequence[Landed]) -> None:
        told = [each.answer for each in landed if each.answer is not None and each.answer.status == 200]
        self.taken += [str(answer.json()["task_id"]) for answer in told]

    def _submission(self, number: int) -> Shot:
        prompt = mark("echo", plain(self.user, number))
        return self._shot("POST", "/generation/submit", {"model_type": self.models[0], "prompt": prompt})

    def _shot(self, method: str, path: str, body: Any = None) -> Shot:
        return Shot(method, f"{BASE}{path}", body, {"Authorization": f"Bearer {self.user.api.token}"})

    def _volley(self, shots: Sequence[Shot]) -> list[Landed]:
        user = self.user
        return volley(
            user.system.url,
            shots,
            system="modelhub",
            actor=user.name,
            recorder=user.stage.recorder,
            within=ANSWERS_WITHIN,
            ca=user.system.ca_file or None,
        )


def exhausts(user: HubUser, amounts: Amounts) -> Exhausted:
    """Ask for too much at once, look all along whether the hub lives, and follow it until all is as before."""
    user.stage.need("metrics", "scripted-ai", "topic-events")
    user.stage.may_take(240.0)
    image, before = model_of("the image model"), _open_files(user)
    watcher = HubUser(user.stage, user.persona, "-watches")
    user.api.downloads.start(image, bandwidth_limit_mbps=DOWNLOAD_MBPS)
    rush = Rush(user, amounts)
    user.stage.at_end(rush.leaves, "closing the lines of the rush")
    with watching_the_injector() as injector:
        _, [lives] = meanwhile(rush.comes, [partial(_looks_whether_it_lives, watcher)], within=120.0)
    user.stage.keep(injector.health)
    rush.leaves()
    over_at = time.monotonic()
    user.api.downloads.manage(image, "bandwidth", bandwidth_limit_mbps=0)
    afterwards = _afterwards(user, rush, before, over_at)
    if rush.waiting < amounts.waiting:
        raise NotEnoughSamples(f"only {rush.waiting} of {amounts.waiting} generations waited at once")
    running = Running(
        user.api.downloads.progress(image),
        bool(user.api.caring.verify(image).get("is_valid")),
        [task for task in user.api.generation.tasks() if task.id in rush.taken],
    )
    beyond, requests = rush.landed[: amounts.more], rush.landed[amounts.more :]
    queue = FullQueue(rush.waiting, rush.left_waiting, beyond, HOLDERS)
    return Exhausted(amounts, rush.lines.tried, queue, requests, lives.get(), running, afterwards)


def measure(stage: Any, exhausted: Exhausted) -> None:
    """Journal how many were turned away."""
    load = "too much of everything at once"
    counts = {
        "lines turned away": (sum(each.code is not None for each in exhausted.lines), len(exhausted.lines)),
        "generations turned away": (sum(map(_refused, exhausted.queue.beyond)), len(exhausted.queue.beyond)),
        "requests turned away": (sum(_refused(each) for each in exhausted.requests), len(exhausted.requests)),
    }
    for name, (count, of) in counts.items():
        report(stage, name, count, "", samples=of, load=load, statistic="count")


def measure_return(stage: Any, exhausted: Exhausted, limit: float) -> None:
    """Journal the time until all was as before."""
    if exhausted.afterwards.after is not None:
        name, load = "end of the rush to all being as before", "too much of everything at once"
        measure_longest(stage, name, [exhausted.afterwards.after], below=limit, load=load)


def measure_lives(stage: Any, exhausted: Exhausted, limit: float) -> list[float]:
    """Journal and give the times in which the hub said that it lives; a miss that says nothing is excused."""
    seconds = [each.seconds for each in exhausted.lives]
    measure_longest(stage, "sign of life", seconds, below=limit, load="too much of everything at once", required=20)
    excused(stage, missed=max(seconds) > limit)
    return seconds


def _refused(landed: Landed) -> bool:
    return landed.answer is not None and landed.answer.status >= 400


def _open_files(user: HubUser) -> dict[str, float]:
    printed = user.hub.admin.ask("GET", "//metrics", token="").must_be(200).text
    return uses_in(read_metrics("modelhub", printed))["process_open_fds"]


def _looks_whether_it_lives(watcher: HubUser, going_on: GoingOn) -> list[Operation]:
    ask, looks, pace = watcher.hub.admin.ask, list[Operation](), Pace(LOOK_EVERY)
    while going_on():
        pace.wait()
        looks.append(attempt("the watch", "a sign of life", partial(_lives, ask)))
    return looks


def _lives(ask: Any) -> float:
    return float(ask("GET", "//health", token="", within=LIVES_WITHIN).must_be(200).seconds)


def _afterwards(user: HubUser, rush: Rush, before: dict[str, float], over_at: float) -> Afterwards:
    def normal() -> None:
        refusal = rush.lines.one_more()
        assert refusal.code is None, f"a new line is not let in: {refusal.told}"
        amiss = more_files(before, _open_files(user))
        assert not amiss, amiss
        told = user.api.health().json()
        assert told["status"] == "healthy", f"the hub is {told['status']}"
        seconds = user.api.ask("GET", "/models/status/detailed").must_be(200).seconds
        assert seconds < USUAL, f"a look at the models takes {seconds:.2f} s"
        listed = {task.id: task for task in user.api.generation.tasks()}
        left = [name for name in rush.taken if not listed[name].final]
        assert not left, f"{len(left)} of {len(rush.taken)} generations are not over"

    try:
        eventually(unless_raised(normal, SystemFault), 30.0, every=0.5, what="everything to be as before")
    except DeadlineExceeded as late:
        return Afterwards(None, str(late).rpartition("last seen: ")[2])
    return Afterwards(time.monotonic() - over_at)
