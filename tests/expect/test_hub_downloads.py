"""Downloads that are watched, limited, paused, cancelled, refused and interrupted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from countersign.expect.modelhub.files import as_published, asked_only_for
from countersign.expect.modelhub.order import Queued, finished_in_order, places_told
from countersign.expect.modelhub.progress import agrees_with_itself, agrees_with_the_source, honest_time_left
from countersign.expect.modelhub.refused import Refusal, Starts, one_start_counts, one_transfer, refused_and_unchanged
from countersign.expect.modelhub.resume import Interrupted, continued_where_it_stopped, whole_and_right
from countersign.expect.modelhub.speed import Limited, heeds_change, holds_limit
from countersign.expect.modelhub.standstill import Paused, goes_on_when_resumed, stands_still, told_of_states
from countersign.expect.modelhub.start_up import Found, only_recommends, verified_again, work_begun
from countersign.systems.modelhub.model import MB
from countersign.systems.modelhub.seen import Seen
from countersign.systems.modelhub.sent import Sent, SentFile

from .hub_downloads import WEIGHT, altered, frame, look, progress, said, steady
from .telling import told

GOOD = steady()
ACCEPTED = said(202, download_id="d1")
REFUSED = said(409, code="DOWNLOAD_ACTIVE", detail="It runs already.", hint="Watch it.")


def test_a_steady_download_tells_the_truth() -> None:
    for matcher in (agrees_with_itself(), honest_time_left(), agrees_with_the_source()):
        assert told(matcher, GOOD) == ""


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (altered(GOOD, 10, downloaded_mb=1.0), "m fell from"),
        (altered(GOOD, 10, progress=5, progress_percent=5), "m fell from"),
        (altered(GOOD, 10, progress=35, progress_percent=35), "do not agree"),
        (altered(GOOD, 10, progress=1), "two percentages"),
        (altered(GOOD, -1, status="failed"), "while it was failed"),
        (altered(GOOD, 10, total_mb=7.0), "the total is 7.0 MB"),
        (replace(GOOD, looks=GOOD.looks[-5:]), "only 5 looks"),
    ],
)
def test_progress_that_contradicts_itself_is_found(broken: Seen, reason: str) -> None:
    assert reason in told(agrees_with_itself(), broken)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (altered(GOOD, 1, eta_seconds=60.0), "told 60.0 s left when it took"),
        (altered(GOOD, 15, eta_seconds=5.5), "the time left rose"),
        (altered(GOOD, 20, speed_mbps=80.0), "told a speed of 80.00 Mbps"),
    ],
)
def test_a_wrong_time_left_or_speed_is_found(broken: Seen, reason: str) -> None:
    assert reason in told(honest_time_left(), broken)


def test_megabytes_the_source_never_sent_are_found() -> None:
    looks = (*GOOD.looks[:10], look(2.0, GOOD.looks[10].progress, sent=0), *GOOD.looks[11:])
    assert "when the source had sent 0.00 MB" in told(agrees_with_the_source(), replace(GOOD, looks=looks))


def test_a_limit_holds_within_ten_percent() -> None:
    rate = 8 * MB / 1_000_000
    assert told(holds_limit(), Limited(GOOD, rate, 0.0)) == ""
    assert "came over 3 s under a limit" in told(holds_limit(), Limited(GOOD, rate / 2, 0.0))
    assert "on the whole" in told(holds_limit(), Limited(steady(2, 0.1, 3.0), rate, 0.0))
    assert "only 8.37 Mbps came" in told(holds_limit(), Limited(GOOD, 2 * rate, 0.0))


def test_a_limit_that_is_changed_or_removed_takes_effect() -> None:
    rate = 8 * MB / 1_000_000
    looks = (*GOOD.looks[:6], look(1.5, progress("completed", 6.0)))
    quick = replace(GOOD, looks=looks)
    assert told(heeds_change(2), Limited(quick, rate, 0.0, 0.0, 1.0)) == ""
    assert "as long as under the old limit" in told(heeds_change(2), Limited(GOOD, rate, 0.0, 0.0, 1.0))
    slow = Limited(GOOD, rate / 2, 0.0, 0.0, 1.0)
    assert "without a limit the rest took 5.01 s" in told(heeds_change(2), slow)
    assert told(heeds_change(2), Limited(GOOD, rate / 2, 0.0, rate, 1.0)) == ""


def pause(**moving: Any) -> Paused:
    still = [look(2.0 + n / 4, progress("paused", 2.0), moving.get("sent", 2 * MB)) for n in range(20)]
    if "mb" in moving:
        still[-1] = look(6.75, progress("paused", moving["mb"]))
    ended = Sent({WEIGHT: SentFile(2, 1, 6 * MB + moving.get("twice", 0), (), 0.0)})
    seen = Seen("m", (*still, look(8.0, progress("completed", 6.0))), (), ended, GOOD.published)
    return Paused(1.0, tuple(still), seen)


def test_a_pause_without_traffic_passes_and_traffic_is_found() -> None:
    assert told(stands_still(2, 3), pause()) == ""
    assert "1.000 MB arrived at the hub during the pause" in told(stands_still(2, 3), pause(mb=3.0))
    leaking = pause()
    last = replace(leaking.meanwhile[-1], sent_before=3 * MB)
    leaking = replace(leaking, meanwhile=(*leaking.meanwhile[:-1], last))
    assert "1.000 MB left the source during the pause" in told(stands_still(2, 3), leaking)
    assert "only 2 looks" in told(stands_still(2, 3), replace(leaking, meanwhile=leaking.meanwhile[-2:]))


def test_bytes_lost_by_a_pause_are_found() -> None:
    assert told(goes_on_when_resumed(), pause()) == ""
    assert "2.00 MB were transferred twice" in told(goes_on_when_resumed(), pause(twice=2 * MB))


def test_states_are_told_in_their_order_and_the_last_one_last() -> None:
    frames = tuple(frame("download_status_change", new_status=state) for state in ("queued", "paused", "downloading"))
    assert told(told_of_states(("paused", "downloading")), replace(GOOD, frames=frames)) == ""
    assert told(told_of_states(("paused",)), replace(GOOD, frames=frames)).startswith("the notices were of queued")
    assert told(told_of_states(("paused",)), GOOD) == "the notices were of nothing"


def test_exactly_one_start_counts() -> None:
    assert told(one_start_counts(), Starts("m", (ACCEPTED, REFUSED), GOOD)) == ""
    assert "2 of 2 starts were accepted" in told(one_start_counts(), Starts("m", (ACCEPTED, ACCEPTED), GOOD))
    mute = said(409, code="DOWNLOAD_ACTIVE", detail="It runs already.", hint="")
    assert "without its hint" in told(one_start_counts(), Starts("m", (ACCEPTED, mute), GOOD))
    assert "answered with 500" in told(one_start_counts(), Starts("m", (ACCEPTED, said(500)), GOOD))


def test_one_transfer_fetches_every_byte_once() -> None:
    starts = Starts("m", (ACCEPTED, REFUSED), GOOD)
    assert told(one_transfer(), starts) == ""
    assert "2 transfers were seen" in told(one_transfer(), replace(starts, seen=altered(GOOD, 3, download_id="d2")))
    twice = Sent({WEIGHT: SentFile(2, 0, 12 * MB, (), 0.0)})
    assert "bytes left the source" in told(one_transfer(), replace(starts, seen=replace(GOOD, sent=twice)))


def test_a_refused_control_names_the_state_and_changes_nothing() -> None:
    body = {"code": "INVALID_TRANSITION", "detail": "No.", "hint": "Look.", "success": False}
    good = Refusal(
        "pause", "paused", said(409, **body, current_status="paused"), progress("paused"), progress("paused")
    )
    assert told(refused_and_unchanged(), good) == ""
    assert "answered with 200" in told(refused_and_unchanged(), replace(good, answer=said(200)))
    assert "state None" in told(refused_and_unchanged(), replace(good, answer=said(409, **body)))
    changed = replace(good, after=progress("downloading"))
    assert "changed the download from paused to downloading" in told(refused_and_unchanged(), changed)


def test_waiting_downloads_end_in_their_order_one_at_a_time() -> None:
    good = Queued({"a": None, "b": 1, "c": 2}, ("a", "b", "c"), 1)
    assert told(finished_in_order(("a", "b", "c")), good) == ""
    assert told(finished_in_order(("a", "c", "b")), good) == "the order was a, b, c"
    assert "2 downloads went on" in told(finished_in_order(("a", "b", "c")), replace(good, most_at_once=2))
    assert told(places_told(("b", "c")), good) == ""
    assert "they were told" in told(places_told(("c", "b")), good)


def test_files_that_are_fetched_needlessly_or_are_not_right_are_found() -> None:
    sent = Sent({"a": SentFile(1, 0, 5, (), 0.0), "b": SentFile(1, 0, 5, (), 0.0)})
    assert told(asked_only_for(["a", "b"]), sent) == ""
    assert told(asked_only_for(["a"]), sent) == "b was fetched again too"
    assert told(asked_only_for(["a", "b", "c"]), sent) == "c was not fetched"
    assert told(as_published(GOOD.published), {WEIGHT: "right"}) == ""
    assert told(as_published(GOOD.published), {WEIGHT: "other"}) == "weight is damaged"
    assert told(as_published(GOOD.published), {}) == "weight is missing"


def test_an_interrupted_download_may_transfer_one_megabyte_twice() -> None:
    def interrupted(size: int, ranged: int = 1) -> Interrupted:
        seen = replace(GOOD, sent=Sent({WEIGHT: SentFile(2, ranged, size, (), 0.0)}))
        return Interrupted("a pause", seen, {WEIGHT: "right"})

    assert told(continued_where_it_stopped(), interrupted(7 * MB)) == ""
    assert "1.50 MB were transferred twice" in told(continued_where_it_stopped(), interrupted(7 * MB + MB // 2))
    assert "nobody asked the source for the rest" in told(continued_where_it_stopped(), interrupted(6 * MB, 0))
    assert told(whole_and_right(), interrupted(7 * MB)) == ""
    assert "weight is damaged" in told(whole_and_right(), replace(interrupted(7 * MB), digests={WEIGHT: "other"}))


def test_what_a_started_hub_does_of_itself() -> None:
    stop = datetime(2026, 1, 1, tzinfo=UTC)
    later = stop + timedelta(seconds=5)
    found = Found(stop, {"a": later, "b": later}, {"b": later}, frozenset("ab"))
    assert told(verified_again(), found) == ""
    assert "nobody has looked at a " in told(verified_again(), replace(found, checks={"a": stop, "b": later}))
    assert told(work_begun("b"), found) == ""
    assert told(work_begun("ab"), found) == "no transfer of a has begun since the start"
    assert "a transfer of b was begun" in told(only_recommends("ab"), found)
    assert told(only_recommends("ab"), replace(found, begun={"b": stop})) == ""
    assert "nothing is recommended for c" in told(only_recommends("abc"), replace(found, begun={}))
