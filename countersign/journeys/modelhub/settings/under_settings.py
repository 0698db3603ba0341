"""Downloads, messages and counting while the settings that decide them are changed."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.in_force import Effect, Seen
from countersign.expect.modelhub.speed import BITS, LEAST, MOST
from countersign.journeys.modelhub.generation.runs import runs
from countersign.journeys.modelhub.own_models import installed, published
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import ACTIVE
from countersign.transport import eventually

LARGE_MB, SMALL_MB = 6.0, 0.1
IN_FORCE_AFTER = 2.0
FIRST_LOOK, LOOK = 1.5, 3.0
"""Seconds over which it is looked what happens, before the changes and after them."""
BEGUN_WITHIN, OVER_WITHIN, COUNTED_WITHIN = 10.0, 15.0, 5.0
FIRST_RETRY_SECONDS = 0.1
ENDLESS = float("inf")
LISTENED = 0.2
SWITCHES = ("real_time_notifications", "usage_analytics")
STALLED = 0.5
"""Share of its limit that a download may not be slower than over a look: it was limited, not stopped."""


@dataclass(frozen=True)
class Effects:
    """What was seen of each setting before and after its change, and of what was switched on again."""

    each: tuple[Effect, ...]
    again: tuple[Effect, ...]


@dataclass(frozen=True)
class _Look:
    """What happened in a while: Mbps of both downloads, requests for a failing file, messages, uses that count."""

    rosa: float
    viktor: float
    requests: int
    messages: int
    uses: int


class Follower:
    """Two large downloads under way, one that always fails, and a model to generate with."""

    def __init__(self, pavel: PowerUser, rosa: HubUser, viktor: HubUser) -> None:
        self.pavel, self.rosa, self.viktor, self.hub = pavel, rosa, viktor, pavel.hub
        self.large, self.other, self.failing = published(self.hub, [LARGE_MB, LARGE_MB, SMALL_MB])
        [self.usable] = installed(self.hub, [SMALL_MB])
        self.weight = str(personas.material("modelhub_downloads")["weight"])
        self.hub.source.fails("status", model_id=self.failing, path=self.weight, value=503)
        self.line = rosa.listens("download_progress")

    def follows(self, rows: Sequence[Mapping[str, str]], limit_mbps: float) -> Effects:
        """Set what a table has at first, look, change it all, look again, and switch on what was off.

        The rows are, in this order: downloads at once, Rosa's own limit, the limit by policy, retries, messages,
        counting. `limit_mbps` is what Viktor sets for himself.
        """
        first = {row["setting"]: row["at first"] for row in rows}
        then = {row["setting"]: row["changed to"] for row in rows}
        at_once, own, policy, retries, hearing, counting = first
        self._sets(retries=int(first[retries]), rosa=float(first[own]), policy=None)
        self.viktor.api.config.prefer(download_config={"bandwidth_limit_mbps": limit_mbps})
        lanes = self._lanes(int(first[at_once]), int(then[at_once]))
        before = self._look(FIRST_LOOK)
        self._sets(retries=int(then[retries]), rosa=float(then[own]), policy=float(then[policy]))
        self._switches(False)
        self.line.silence(IN_FORCE_AFTER)
        after = self._look(LOOK, counted=False)
        messages, uses = self._goes_on()
        fast, slow, capped = float(first[own]), float(then[own]), float(then[policy])
        tries = [1 + int(each[retries]) for each in (first, then)]
        some, none, one = (1, ENDLESS), (0, 0), (1, 1)
        return Effects(
            (
                Effect(at_once, "downloads that run", *lanes),
                Effect(own, "Mbps", Seen(LEAST * fast, ENDLESS, before.rosa), _limited(slow, after.rosa)),
                Effect(
                    policy, "Mbps", Seen(LEAST * limit_mbps, ENDLESS, before.viktor), _limited(capped, after.viktor)
                ),
                Effect(
                    retries,
                    "requests",
                    Seen(tries[0], tries[0], before.requests),
                    Seen(tries[1], tries[1], after.requests),
                ),
                Effect(hearing, "messages", Seen(*some, before.messages), Seen(*none, after.messages)),
                Effect(counting, "counted uses", Seen(*one, before.uses), Seen(*none, after.uses)),
            ),
            (
                Effect(hearing, "messages", Seen(*none, after.messages), Seen(*some, messages)),
                Effect(counting, "counted uses", Seen(*none, after.uses), Seen(*some, uses)),
            ),
        )

    def _sets(self, *, retries: int, rosa: float, policy: float | None) -> None:
        self.pavel.api.config.prefer(download_config={"max_retries": retries, "retry_delay_base": FIRST_RETRY_SECONDS})
        self.rosa.api.config.prefer(download_config={"bandwidth_limit_mbps": rosa})
        self.pavel.api.config.try_policies({"bandwidth_limit_per_user_mbps": policy}).must_be(200)

    def _switches(self, enabled: bool) -> None:
        for name in SWITCHES:
            self.pavel.api.config.try_flag(name, enabled).must_be(200)

    def _lanes(self, at_first: int, then: int) -> tuple[Seen, Seen]:
        """Start both downloads, see how many run, and how many do after more may."""
        self.pavel.api.config.prefer(download_config={"max_concurrent_downloads": at_first})
        self.rosa.api.downloads.start(self.large)
        eventually(lambda: self._must_run(1), BEGUN_WITHIN, what="the first download to run")
        self.viktor.api.downloads.start(self.other)
        self.line.silence(IN_FORCE_AFTER / 2)
        alone = self._running()
        self.pavel.api.config.prefer(download_config={"max_concurrent_downloads": then})
        with suppress(DeadlineExceeded):
            eventually(lambda: self._must_run(2), IN_FORCE_AFTER, what="both downloads to run")
        return Seen(at_first, at_first, alone), Seen(2, then, self._running())

    def _running(self) -> int:
        downloads = self.pavel.api.downloads.all()
        return sum(downloads[name].status == "downloading" for name in (self.large, self.other) if name in downloads)

    def _must_run(self, count: int) -> None:
        assert self._running() >= count, f"{self._running()} of {count} run"

    def _look(self, seconds: float, *, counted: bool = True) -> _Look:
        """Look on for so long; one download is tried and one generation made meanwhile, which is `counted` as a use."""
        messages, uses = len(self.line.frames), self._uses()
        began, sent = time.monotonic(), self._sent()
        self._tries()
        runs(self.rosa.api, self.usable, [str(personas.material("modelhub")["prompts"]["plain"])])
        self.line.silence(max(0.0, began + seconds - time.monotonic()))
        came, took = self._sent(), time.monotonic() - began
        rosa, viktor = (8 * (came[name] - sent[name]) / BITS / took for name in (self.large, self.other))
        heard = self._heard(messages)
        if counted:
            with suppress(DeadlineExceeded):
                eventually(lambda: self._must_count(uses + 1), COUNTED_WITHIN, what="the generation to be counted")
        return _Look(rosa, viktor, int(came[self.failing] - sent[self.failing]), heard, self._uses() - uses)

    def _goes_on(self) -> tuple[int, int]:
        """Switch on what is off; give the messages and the uses that come of it within the time until it counts."""
        messages, uses = len(self.line.frames), self._uses()
        self._switches(True)
        prompts = [str(personas.material("modelhub")["prompts"]["plain"])]

        def both() -> None:
            runs(self.rosa.api, self.usable, prompts)
            self.line.silence(LISTENED)
            came = self._heard(messages), self._uses() - uses
            assert all(came), f"{came[0]} messages and {came[1]} uses"

        with suppress(DeadlineExceeded):
            eventually(both, IN_FORCE_AFTER, what="messages and counting to go on")
        return self._heard(messages), self._uses() - uses

    def _heard(self, since: int) -> int:
        """Count the messages about downloads after so many."""
        return sum(frame.type.startswith("download_") for frame in self.line.frames[since:])

    def _tries(self) -> None:
        """Start the download that fails, and wait until it is given up."""
        self.pavel.api.downloads.start(self.failing)

        def over() -> None:
            status = self.pavel.api.downloads.progress(self.failing).status
            assert status not in ACTIVE, f"it is {status}"

        eventually(over, OVER_WITHIN, what="the failing download to be given up")

    def _sent(self) -> dict[str, float]:
        """Give the bytes of both downloads that left the source, and the requests for the failing file."""
        stats = self.hub.source.stats()["files"]

        def total(name: str, figure: str, path: str = "") -> float:
            found = (told[figure] for key, told in stats.items() if key.startswith(f"{name}/") and key.endswith(path))
            return float(sum(found))

        bytes_sent = {name: total(name, "bytes_sent") for name in (self.large, self.other)}
        return {**bytes_sent, self.failing: total(self.failing, "requests", self.weight)}

    def _must_count(self, uses: int) -> None:
        assert self._uses() >= uses, f"{self._uses()} uses are counted"

    def _uses(self) -> int:
        told: Any = self.pavel.api.models.get("models/analytics")["model_analytics"].get(self.usable) or {}
        return int(told.get("total_uses", 0))


def _limited(limit: float, rate: float) -> Seen:
    return Seen(STALLED * limit, MOST * limit, rate)
