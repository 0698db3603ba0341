"""Clients who ask one thing after the other without a pause, each over a connection of their own.

One thread looks after all of them, so that the suite takes little of a machine that it shares with the system: what is
measured is the system, not the scheduling of hundreds of threads.
"""

import selectors
import socket
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from countersign.evidence import Entry, Recorder, Redact, utc_now
from countersign.evidence.waiting import waiting
from countersign.transport.deadline import Deadline
from countersign.transport.explain import unreachable
from countersign.transport.flight import Flight, Landed, Shot, connected_line
from countersign.transport.volley import CONNECTING_WITHIN

LOOK_EVERY = 0.1
REDACTED_TEXTS = 256

R = TypeVar("R")

Client = Callable[[], Shot | None]
"""Gives the next request of a client; None when it has nothing more to ask."""


@waiting()
def barrage(
    base_url: str,
    clients: Sequence[Client],
    judge: Callable[[Shot, Landed], R],
    *,
    system: str,
    actor: str,
    recorder: Recorder,
    seconds: float,
    within: float,
    ca: str | None = None,
) -> list[R]:
    """Let every client ask for so long, and give what `judge` made of each answer, in the order they came.

    A request that is not answered within so many seconds is late, and its client begins anew. Raises SystemUnreachable
    if not all connections come about at the beginning.
    """
    lanes = _Lanes(urlsplit(base_url), system, lru_cache(REDACTED_TEXTS)(recorder.redactor.text), within, ca)
    results: list[R] = []
    recorder.note(Entry(utc_now(), actor, system, "http", "sent", f"{len(clients)} clients without a pause", ""))
    try:
        for client in clients:
            lanes.opens(client)
        ends = Deadline(seconds, f"{system}: the requests of {len(clients)} clients")
        lanes.begins()
        while lanes.all:
            for lane in lanes.over():
                results.append(judge(lane.shot, lane.flight.landed(lane.deadline)))
                shot = None if ends.expired else lane.client()
                if shot is None:
                    lanes.drops(lane)
                else:
                    lanes.goes_on(lane, shot)
    except (OSError, TimeoutError) as error:
        raise unreachable(error, recorder.redactor.text(base_url), f"{system}: {len(clients)} clients") from error
    finally:
        lanes.close()
    recorder.note(Entry(utc_now(), actor, system, "http", "received", f"{len(results)} requests are over", ""))
    return results


class _Lane:
    """One client with the request that it has on its way."""

    def __init__(self, client: Client, shot: Shot, flight: Flight, deadline: Deadline) -> None:
        self.client, self.shot, self.flight, self.deadline = client, shot, flight, deadline


class _Lanes:
    def __init__(self, parts: SplitResult, system: str, redact: Redact, within: float, ca: str | None) -> None:
        self.all: list[_Lane] = []
        self._parts, self._system, self._redact, self._within, self._ca = parts, system, redact, within, ca
        self._selector = selectors.DefaultSelector()
        self._looked = time.monotonic()
        self._already_over: list[_Lane] = []

    def opens(self, client: Client) -> None:
        shot = client()
        if shot is None:
            return
        flight = self._flight(shot, None)
        self._connects(flight)
        lane = _Lane(client, shot, flight, self._deadline(flight))
        self._selector.register(_line(flight), flight.interest, lane)
        self.all.append(lane)

    def begins(self) -> None:
        for lane in self.all:
            self._departs(lane)

    def over(self) -> list[_Lane]:
        """Let all go on that can, and give those whose request is over or late."""
        done, self._already_over = self._already_over, []
        for key, _ in self._selector.select(0 if done else LOOK_EVERY):
            lane: _Lane = key.data
            lane.flight.goes_on()
            if lane in done:
                continue
            if lane.flight.over:
                done.append(lane)
            elif lane.flight.interest != key.events:
                self._selector.modify(key.fileobj, lane.flight.interest, lane)
        if time.monotonic() - self._looked > LOOK_EVERY:
            self._looked = time.monotonic()
            done += [lane for lane in self.all if lane.deadline.expired and lane not in done]
        return done

    def goes_on(self, lane: _Lane, shot: Shot) -> None:
        """Send the next request of a client, over its connection if that is still good, else over a new one."""
        before, lane.shot = lane.flight, shot
        if before.reusable:
            lane.flight = self._flight(lane.shot, before)
            self._selector.modify(_line(lane.flight), lane.flight.interest, lane)
        else:
            self._selector.unregister(_line(before))
            before.close()
            lane.flight = self._flight(lane.shot, None)
            self._connects(lane.flight)
            self._selector.register(_line(lane.flight), lane.flight.interest, lane)
        self._departs(lane)

    def _departs(self, lane: _Lane) -> None:
        lane.deadline = self._deadline(lane.flight)
        lane.flight.departs()
        if lane.flight.over:
            self._already_over.append(lane)

    def drops(self, lane: _Lane) -> None:
        self.all.remove(lane)
        self._selector.unregister(_line(lane.flight))
        lane.flight.close()

    def close(self) -> None:
        for lane in self.all:
            lane.flight.close()
        self._selector.close()

    def _flight(self, shot: Shot, after: Flight | None) -> Flight:
        parts, what = self._parts, f"{self._system}: {shot.method}"
        return Flight(shot, parts.netloc, parts.path.rstrip("/"), what, self._redact, after=after)

    def _deadline(self, flight: Flight) -> Deadline:
        return Deadline(self._within, flight.what)

    def _connects(self, flight: Flight) -> None:
        parts, opening = self._parts, Deadline(CONNECTING_WITHIN, f"{self._system}: a connection")
        flight.connects(connected_line(parts.scheme, parts.hostname or "", parts.port, self._ca, opening))


def _line(flight: Flight) -> socket.socket:
    assert flight.line is not None, "it was connected before it was registered"
    return flight.line
