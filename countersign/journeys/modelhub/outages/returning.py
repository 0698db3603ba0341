"""Downloads under way while the source of the models goes away and comes back, or is hard to reach."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.returning import Arrived, Return
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.upkeep.on_disk import digests
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.seen import Seen
from countersign.systems.modelhub.socket import TopicLine
from countersign.transport import eventually

TRIO = ("the text model", "the image model", "the fast model")
BEGUN_MB, MORE_MB = 0.4, 0.3
MOMENT, IN_TURN = 1.2, 3.0
"""Seconds: a cut that retries outlast, and each kind of bad line."""
FAILED_WITHIN, BACK_WITHIN, OVER_WITHIN, AGREED_WITHIN = 30.0, 15.0, 40.0, 3.0
BAD_LINES: dict[str, dict[str, Any]] = {
    "lost connections": {"mode": "drop_after", "value": 300_000},
    "60 percent failures": {"mode": "fail_rate", "value": 0.6},
    "delays of 2 seconds": {"mode": "latency", "value": 2000},
    "a slow line": {"mode": "slow", "value": 1.0},
}


@dataclass(frozen=True)
class Returns:
    """How each download went on after each cut, and what became of all of them in the end."""

    each: tuple[Return, ...]
    arrived: tuple[Arrived, ...] = ()


def kinds_of(words: str) -> list[str]:
    """Read the kinds of bad lines ("delays of 2 seconds and a slow line")."""
    return words.replace(" and ", ", ").split(", ")


def is_cut_off_twice(user: HubUser) -> Returns:
    """Cut the source off in the middle of 3 downloads: for a moment, and then until all of them are given up."""
    watch = _under_way(user, limit_mbps=4.0, retries={"retry_delay_base": 0.5})
    short = _cut(watch, "a short cut", lambda: _looks_on(watch, MOMENT))
    if any(each.after is None for each in short):
        return Returns(tuple(short))
    for model_id in watch.looks:
        last = watch.last(model_id)
        watch.until(model_id, MORE_MB + (last.downloaded_mb if last else 0.0))
    long = _cut(watch, "a long cut", lambda: _all_given_up(watch))
    if any(each.after is None for each in long):
        return Returns((*short, *long))
    return Returns((*short, *long), _arrived(watch, cuts=lambda _: 2))


def meets_bad_lines(user: HubUser, kinds: Sequence[str]) -> Returns:
    """Let 3 downloads meet bad lines in turn, each after a cut, so that every connection is made over a bad one."""
    retries = {"retry_delay_base": 0.3, "max_retry_delay": 1, "max_retries": 10}
    watch = _under_way(user, limit_mbps=2.5, retries=retries)
    source = user.hub.source
    for kind in kinds:
        source.fails("refuse", seconds=0.3)
        source.fails(**BAD_LINES[kind])
        _looks_on(watch, IN_TURN)
        source.works_again()
    return Returns((), _arrived(watch, cuts=_connections_beyond_the_first))


def measure(stage: Any, returns: Returns, limit: float) -> None:
    """Journal the longest time from a return of the source to the first bytes after it."""
    times = [each.after for each in returns.each if each.after is not None]
    if times:
        name, load = "return of the source to a download going on", f"{len(TRIO)} downloads of 1 user"
        measure_longest(stage, name, times, below=limit, load=load, required=2 * len(TRIO))


def _under_way(user: HubUser, *, limit_mbps: float, retries: dict[str, Any]) -> Watch:
    user.stage.need("topic-events", "model-files")
    hub, models = user.hub, [model_of(model) for model in TRIO]
    hub.repairs_unasked(True)
    hub.admin.config.prefer(download_config={"max_concurrent_downloads": len(models)})
    user.api.config.prefer(download_config=retries)
    hub.source.counts_anew()
    watch = Watch(user, models, user.listens("download_progress", "model_status"))
    for model_id in models:
        user.api.downloads.start(model_id, bandwidth_limit_mbps=limit_mbps)
    for model_id in models:
        watch.until(model_id, BEGUN_MB)
    return watch


def _looks_on(watch: Watch, seconds: float) -> None:
    watch.for_a_while(seconds)


def _cut(watch: Watch, how: str, lasts: Callable[[], None]) -> list[Return]:
    source = watch.user.hub.source
    source.fails("refuse")
    lasts()
    held = {model_id: source.sent(model_id).size for model_id in watch.looks}
    source.works_again()
    returned, going = time.monotonic(), dict[str, float]()

    def all_go_on() -> None:
        watch.look()
        for model_id, looks in watch.looks.items():
            if (looks[-1].sent_after or 0) > held[model_id]:
                going.setdefault(model_id, looks[-1].told - returned)
        assert len(going) == len(held), f"{len(held) - len(going)} do not go on"

    with suppress(DeadlineExceeded):  # what does not go on by then is judged by the sentences
        eventually(all_go_on, BACK_WITHIN, every=0.1, what="the downloads to go on")
    return [Return(how, model_id, going.get(model_id), _state(watch, model_id)) for model_id in held]


def _all_given_up(watch: Watch) -> None:
    """Look on until all downloads are given up and the hub knows that the source is away."""

    def given_up() -> None:
        watch.look()
        states = {model_id: _state(watch, model_id) for model_id in watch.looks}
        left = [f"{name} is {state}" for name, state in states.items() if not state.startswith("failed")]
        assert not left, ", ".join(left)
        known = watch.user.api.models.statuses().values()
        assert not any(status.source_reachable for status in known), "the hub takes the source for reachable"

    eventually(given_up, FAILED_WITHIN, every=0.1, what="the downloads to be given up")


def _state(watch: Watch, model_id: str) -> str:
    last = watch.last(model_id)
    if last is None:
        return "not begun"
    return f"{last.status} ({last.failure_reason})" if last.failure_reason else last.status


def _arrived(watch: Watch, cuts: Callable[[Seen], int]) -> tuple[Arrived, ...]:
    user = watch.user
    for model_id in watch.looks:
        user.api.downloads.try_managing(model_id, "bandwidth", bandwidth_limit_mbps=0).must_be(200, 409)
    watch.until_over(OVER_WITHIN)
    assert watch.line is not None, "the downloads were listened to"
    with suppress(DeadlineExceeded):  # who says something else by then is judged by the sentences
        eventually(lambda: _all_available(watch), AGREED_WITHIN, every=0.2, what="status and notices to agree")
    later = user.listens("model_status")
    later.ping()
    statuses = user.api.models.statuses()
    return tuple(
        Arrived(
            seen,
            cuts(seen),
            statuses[seen.model_id],
            _told_last(watch.line, seen.model_id),
            _told_last(later, seen.model_id),
            digests(user.hub, seen.model_id),
        )
        for seen in watch.seen()
    )


def _all_available(watch: Watch) -> None:
    assert watch.line is not None, "the downloads were listened to"
    watch.line.ping()
    statuses = watch.user.api.models.statuses()
    told = [state for name in watch.looks for state in (statuses[name].availability, _told_last(watch.line, name))]
    assert set(told) == {"available"}, f"told are {', '.join(told)}"


def _told_last(line: TopicLine, model_id: str) -> str:
    """Give the availability that was told last of a model on a line."""
    told = [frame.data for frame in line.of_model(model_id) if frame.type.startswith("model_")]
    names = ("new_availability", "availability_status")
    states = [str(data[name]) for data in told for name in names if name in data]
    return states[-1] if states else "nothing"


def _connections_beyond_the_first(seen: Seen) -> int:
    return seen.sent.requests - len(seen.sent.files) if seen.sent is not None else 0
