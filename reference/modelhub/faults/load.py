"""Faults that show under load or when a part is lost: layers around all requests, and work without rest."""

import asyncio
import threading
import time
from typing import Any

from reference.common.answers import PlainJson
from reference.common.around import AsgiApp, Layer, Receive, Scope, Send
from reference.modelhub.faults import fault
from reference.modelhub.parts import Parts

KEPT_BYTES = 30_000
STATUS = "/api/v1/models/status"
HEALTH = "/api/v1/models/health"
SECONDS = {"/api/v1/system/stats": 1.0, "/api/v1/models/fallback/suggest": 0.08, "/api/v1/models/analytics": 0.25}
CROWD = 5
A_REQUEST_COSTS, MOST_COST = 0.002, 0.6
"""Seconds that a request in a quieter time takes longer for each one that came into a crowd, and the most of it."""


def _around(before: Any) -> Layer:
    """Do something before every HTTP request; what it gives is sent instead, if it gives something."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            instead = await before(scope) if scope["type"] == "http" else None
            await (instead or app)(scope, receive, send)

        return around

    return layer


@fault("hash-on-every-read", "MH-PERF-02")
def hash_on_every_read(parts: Parts) -> None:
    """Hash all files twice whenever somebody reads status or health."""

    async def hash_all(scope: Scope) -> None:
        if scope["method"] == "GET" and str(scope["path"]).startswith((STATUS, HEALTH)):
            view = await parts.viewer.view()
            for model in list(view.models.values()) * 2:
                if model.version is not None:
                    await asyncio.to_thread(parts.hasher.published, model.model_id, model.version.files)

    parts.layers.append(_around(hash_all))


@fault(
    "leak-per-request",
    "MH-PERF-01",
    "MH-PERF-02",
    "MH-PERF-03",
    "MH-PERF-04",
    "MH-PERF-05",
    "MH-STRESS-04",
)
def leak_per_request(parts: Parts) -> None:
    """Keep 30 kB of every request for ever."""
    kept: list[bytearray] = []

    async def keep(scope: Scope) -> None:
        kept.append(bytearray(b"x" * KEPT_BYTES))

    parts.layers.append(_around(keep))


@fault(
    "one-lane",
    "MH-PERF-04",
    "MH-PERF-05",
    "MH-PERF-06",
    "MH-LOAD-01",
    "MH-LOAD-02",
    "MH-LOAD-03",
    "MH-LOAD-04",
)
def one_lane(parts: Parts) -> None:
    """Let one request in at a time, and take long for some of them."""
    lane = asyncio.Lock()

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            async with lane:
                await parts.pause(SECONDS.get(str(scope["path"]), 0.0))
                await app(scope, receive, send)

        return around

    parts.layers.append(layer)


@fault("no-rest", "MH-LOAD-05", "MH-LOAD-06", "MH-RESIL-05")
def no_rest(parts: Parts) -> None:
    """Poll without a pause, look through what a crowd left behind once it is gone, and let go of no closed socket."""
    parts.sockets.release = lambda connection: None  # type: ignore[method-assign]
    if parts.process in ("downloader", "generator"):
        beat, begun = parts.heart.beat, [False]

        async def first() -> None:
            if not begun[0]:
                begun[0] = True
                threading.Thread(target=_poll, name="polling", daemon=True).start()
            await beat()

        parts.heart.beat = first  # type: ignore[method-assign]
    now, left = [0], [0]

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            now[0] += 1
            crowded = now[0] > CROWD
            left[0] += crowded
            # Not in the crowd itself: a hub that answers nobody at all would hide what else is wrong with it.
            end = time.perf_counter() + (0.0 if crowded else min(MOST_COST, left[0] * A_REQUEST_COSTS))
            while time.perf_counter() < end:
                continue
            try:
                await app(scope, receive, send)
            finally:
                now[0] -= 1

        return around

    parts.layers.append(layer)


@fault("one-down-all-down", "MH-RESIL-01", "MH-RESIL-06", "MH-RESIL-08", "MH-RESIL-09")
def one_down_all_down(parts: Parts) -> None:
    """Fail everywhere as soon as any part is lost."""

    async def fail(scope: Scope) -> Any:
        lost = [name for name, state in parts.components.states.items() if state == "down"]
        if lost and not str(scope["path"]).endswith("/health"):
            return PlainJson({"detail": f"{lost[0]} is down"}, 500)
        return None

    parts.layers.append(_around(fail))


def _poll() -> None:
    while True:
        time.monotonic()
