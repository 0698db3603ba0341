"""Many requests in flight at the same moment, each over a connection of its own.

The connections are there before the first byte of a request leaves, and one thread looks after all of them: what is
measured is the system, not the scheduling of hundreds of threads.
"""

import selectors
from collections.abc import Sequence
from urllib.parse import urlsplit

from countersign.evidence import Entry, Recorder, utc_now
from countersign.evidence.waiting import waiting
from countersign.transport.deadline import Deadline
from countersign.transport.explain import unreachable
from countersign.transport.flight import Flight, Landed, Shot, connected_line

CONNECTING_WITHIN = 30.0


@waiting()
def volley(
    base_url: str,
    shots: Sequence[Shot],
    *,
    system: str,
    actor: str,
    recorder: Recorder,
    within: float,
    ca: str | None = None,
) -> list[Landed]:
    """Send all requests at once and give what became of each, in their order, at most `within` seconds later.

    Raises SystemUnreachable or DeadlineExceeded if not all connections come about within 30 s. What happens to a single
    request afterwards is told in its `fault`.
    """
    parts, what = urlsplit(base_url), f"{system}: {len(shots)} requests at once"
    flights = [Flight(shot, parts.netloc, parts.path.rstrip("/"), f"{system}: {shot.method}", recorder.redactor.text)
               for shot in shots]  # fmt: skip
    opening = Deadline(CONNECTING_WITHIN, f"{what}: all connections open")
    address = recorder.redactor.text(base_url)
    try:
        for flight in flights:
            flight.connects(connected_line(parts.scheme, parts.hostname or "", parts.port, ca, opening))
        recorder.note(Entry(utc_now(), actor, system, "http", "sent", f"{len(shots)} requests at once", ""))
        deadline = Deadline(within, what)
        for flight in flights:
            flight.departs()
        _await(flights, deadline)
        landed = [flight.landed(deadline) for flight in flights]
    except TimeoutError as error:
        raise opening.exceeded(f"{sum(flight.connected for flight in flights)} of {len(flights)}") from error
    except OSError as error:
        raise unreachable(error, address, what) from error
    finally:
        for flight in flights:
            flight.close()
    answered = sum(each.answer is not None for each in landed)
    summary = f"{answered} of {len(shots)} were answered"
    recorder.note(Entry(utc_now(), actor, system, "http", "received", summary, "", deadline.waited))
    return landed


def _await(flights: Sequence[Flight], deadline: Deadline) -> None:
    with selectors.DefaultSelector() as selector:
        for flight in flights:
            if flight.line is not None and not flight.over:
                selector.register(flight.line, flight.interest, flight)
        while selector.get_map() and not deadline.expired:
            for key, _ in selector.select(deadline.remaining):
                flight = key.data
                flight.goes_on()
                if flight.over:
                    selector.unregister(key.fileobj)
                elif flight.interest != key.events:
                    selector.modify(key.fileobj, flight.interest, flight)
