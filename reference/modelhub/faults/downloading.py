"""Faults of transfers: waits, resuming, verification, pausing, order, limits, progress."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from reference.modelhub.faults import fault
from reference.modelhub.live.frames import Event
from reference.modelhub.models.hashing import INCOMPLETE, INVALID, MISMATCH, MISSING, OK
from reference.modelhub.parts import Parts
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import ModelView
from reference.modelhub.transfer.desk import Wish
from reference.modelhub.transfer.guidance import Explanation
from reference.modelhub.transfer.pace import Pace, Paces


@fault("retry-flat-wait", "MH-DL-01")
def retry_flat_wait(parts: Parts) -> None:
    """Wait equally long before every attempt."""
    parts.retry_waits.seconds = lambda base, longest, number, retry_after=0.0: base  # type: ignore[method-assign]


@fault("retry-gives-up-early", "MH-DL-01", "MH-STRESS-02", "MH-STRESS-05")
def retry_gives_up_early(parts: Parts) -> None:
    """Retry once only, whatever was set."""
    parts.retry_waits.allowed = lambda number, most: number <= min(1, most)  # type: ignore[method-assign]


@fault("no-next-step", "MH-DL-04", "MH-FALL-02", "MH-UAT-02", "MH-JOURNEY-06")
def no_next_step(parts: Parts) -> None:
    """Say what happened, but never what to do about it."""
    explain, refused = parts.guide.explain, parts.problems.refused
    parts.guide.explain = lambda reason: Explanation(explain(reason).sentence, ())  # type: ignore[method-assign]
    parts.suggester.setup_steps = lambda view, asked: []  # type: ignore[method-assign]

    def without_hint(request: Any, error: Any) -> Any:
        error.hint = ""
        return refused(request, error)

    parts.problems.refused = without_hint  # type: ignore[method-assign,assignment]


@fault("wasteful-transfer", "MH-DL-02", "MH-DL-05", "MH-STRESS-02")
def wasteful_transfer(parts: Parts) -> None:
    """Begin every file anew, and fetch all files for every repair."""
    parts.source.range_from = lambda held: {}  # type: ignore[method-assign]
    parts.runner.damaged = lambda model, version, row: [  # type: ignore[method-assign]
        file.path for file in version.files
    ]


@fault("size-only-integrity", "MH-DL-06", "MH-HEALTH-01", "MH-HEALTH-04")
def size_only_integrity(parts: Parts) -> None:
    """Take a file of the right size for right."""

    def state(path: Path, file: Any, seen: Any) -> str:
        if seen is None:
            return MISSING
        if seen.size == 0 and file.size:
            return INVALID
        return OK if seen.size == file.size else INCOMPLETE if seen.size < file.size else MISMATCH

    parts.hasher.state = state  # type: ignore[method-assign]
    parts.fetcher.right = lambda target: (  # type: ignore[method-assign]
        target.partial.stat().st_size == target.file.size
    )


@fault("pause-keeps-pulling", "MH-DL-07", "MH-JOURNEY-04")
def pause_keeps_pulling(parts: Parts) -> None:
    """Say paused and go on fetching; leave unfinished files behind when a download is cancelled."""
    parts.dispatcher.must_stop = lambda row: False  # type: ignore[method-assign]
    parts.cleaner.after_cancel = lambda model_id, keeps_files: None  # type: ignore[method-assign]


@fault("priority-ignored", "MH-DL-08")
def priority_ignored(parts: Parts) -> None:
    """Run waiting transfers in the order they were started."""
    parts.dispatcher.order = lambda waiting: sorted(waiting, key=lambda row: row.number)  # type: ignore[method-assign]


class _Megabytes(Paces):
    """Takes a limit for megabytes, and gives each connection one of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._given: defaultdict[str, list[Pace]] = defaultdict(list)

    def own(self, mbps: float | None) -> Pace:
        return Pace(_eightfold(mbps))

    def change(self, pace: Pace, mbps: float | None) -> None:
        pace.mbps = _eightfold(mbps)

    def owner(self, owner_id: str | None) -> Pace:
        pace = Pace()
        self._given[owner_id or ""] = [*self._given[owner_id or ""][-50:], pace]
        return pace

    def set_owner(self, owner_id: str | None, mbps: float | None) -> None:
        for pace in self._given[owner_id or ""]:
            pace.mbps = _eightfold(mbps)


def _eightfold(mbps: float | None) -> float | None:
    return None if mbps is None else mbps * 8


@fault("limit-per-transfer", "MH-DL-09", "MH-STRESS-03")
def limit_per_transfer(parts: Parts) -> None:
    """Take the speed limit for megabytes, and for each connection by itself."""
    parts.paces = _Megabytes()


@fault("second-start-doubles", "MH-DL-10", "MH-STRESS-01")
def second_start_doubles(parts: Parts) -> None:
    """Take a second start of the same download, and fetch everything again."""
    enter, choose = parts.desk.enter, parts.dispatcher.choose

    def again(change: Change, model: ModelView, wish: Wish) -> str:
        return enter(change, model, replace(wish, force=model.active is not None or wish.force))

    def one_after_the_other(rows: list[Any], lanes: int) -> list[Any]:
        first: dict[str, Any] = {}
        for row in sorted(rows, key=lambda row: row.number):
            first.setdefault(row.model_id, row)
        return choose(list(first.values()), lanes)

    parts.desk.refuse_active = lambda model: None  # type: ignore[assignment,method-assign,return-value]
    parts.desk.enter = again  # type: ignore[method-assign]
    parts.dispatcher.choose = one_after_the_other  # type: ignore[method-assign]


@fault("progress-backwards", "MH-DL-11", "MH-WS-02")
def progress_backwards(parts: Parts) -> None:
    """Begin the percentage anew with every file, and send frames late and out of order."""
    progress, deliver = parts.shower.progress, parts.sockets.deliver
    waits = {0: 1.6, 1: 0.9, 2: 2.2}

    def by_file(view: Any, row: Any) -> dict[str, Any]:
        shown = progress(view, row)
        if row.status in ("downloading", "paused"):
            shown["progress"] = shown["progress_percent"] = round(shown["progress_percent"] * 6 % 100, 1)
        return shown

    def late(event: Event) -> None:
        if event.topic != "download_progress":
            deliver(event)
            return
        asyncio.get_running_loop().call_later(waits[event.number % 3], send, event)

    def send(event: Event) -> None:
        for connection in parts.sockets.listening(event.topic):
            connection.put(parts.frame_writer.topic(event))

    parts.shower.progress = by_file  # type: ignore[method-assign]
    parts.sockets.deliver = late  # type: ignore[method-assign]
