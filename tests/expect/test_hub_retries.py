"""Downloads that meet trouble: how often and when they are tried again, and what is said when they are given up."""

from dataclasses import replace
from typing import Any

import pytest

from countersign.expect.modelhub.guidance import listeners_told_the_same, tells_what_to_do
from countersign.expect.modelhub.offered import Claim, Offered, never_offered_too_early
from countersign.expect.modelhub.retries import (
    ALWAYS,
    Trial,
    retries_announced,
    tried_as_often_as_promised,
    waited_twice_as_long_each_time,
)
from countersign.systems.modelhub.seen import Seen
from countersign.systems.modelhub.sent import Sent, SentFile

from .hub_downloads import WEIGHT, frame, look, progress
from .telling import told

THINGS = ["Wait some minutes and look at the network.", "Start the download again later."]


def trial(times: tuple[float, ...] = (0.0, 0.2, 0.65, 1.5), status: str = "completed", **more: Any) -> Trial:
    failures, retries = more.pop("failures", 3), len(times) - 1
    ended = progress(status, 6.0, retry_count=retries, total_retries=retries, **more.pop("last", {}))
    frames = tuple(
        frame("download_retry", retry_count=n, max_retries=3, error_message="It broke.", next_retry_in_seconds=wait)
        for n, wait in enumerate((0.2, 0.45, 0.85)[:retries], 1)
    )
    sent = Sent({WEIGHT: SentFile(len(times), 0, 0, times, times[-1] - times[0])})
    seen = Seen("m", (look(0.0, progress()), look(2.0, ended)), (*frames, *more.pop("frames", ())), sent)
    made = {"trouble": "a broken connection", "passing": True, "reason": "source_unreachable", "first_wait": 0.2}
    return Trial(**{**made, "failures": failures, "path": WEIGHT, "seen": seen, **more})


def given_up(**last: Any) -> Trial:
    words = {"failure_reason": "source_unreachable", "error_message": "The source is away now.", "guidance": THINGS}
    words |= last
    notice = {"reason": words["failure_reason"], "error_message": words["error_message"], "guidance": THINGS}
    frames = (frame("download_status_change", new_status="failed", **notice),)
    return trial(status="failed", last=words, failures=ALWAYS, fitting=("network",), frames=frames)


def test_a_download_retried_three_times_with_doubling_waits_is_as_promised() -> None:
    good = trial()
    for matcher in (tried_as_often_as_promised(), waited_twice_as_long_each_time(), retries_announced()):
        assert told(matcher, good) == ""


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (trial((0.0, 0.2)), "asked the source 2 times for the file instead of 4"),
        (trial(failures=4), "is completed because of None instead of source_unreachable"),
        (trial(passing=False), "asked the source 4 times for the file instead of 1"),
        (trial(status="failed", last={"failure_reason": "timeout"}), "is failed (timeout)"),
    ],
)
def test_another_number_of_tries_or_another_end_is_found(broken: Trial, reason: str) -> None:
    assert reason in told(tried_as_often_as_promised(), broken)


def test_flat_waits_are_found_by_the_source_and_by_announcement() -> None:
    flat = trial((0.0, 0.2, 0.4, 0.6))
    assert "waited 0.20 s before retry 2 instead of 0.4 to 0.52 s" in told(waited_twice_as_long_each_time(), flat)
    early = replace(flat, first_wait=0.5)
    assert "announced a wait of 0.20 s before retry 1" in told(retries_announced(), early)


def test_waits_respect_the_longest_wait_and_what_the_source_asks_for() -> None:
    good = trial()
    assert replace(good, longest_wait=0.3).wait(3) == (0.3, pytest.approx(0.39))
    assert replace(good, least_wait=3.0).wait(1) == (3.0, 3.0)


def test_a_source_without_times_is_judged_by_the_whole_span() -> None:
    good = trial()
    sent = {WEIGHT: SentFile(4, 0, 0, (), 0.6)}
    short = replace(good, seen=replace(good.seen, sent=Sent(sent)))
    assert told(waited_twice_as_long_each_time(), short).endswith("waited 0.60 s in all")


def test_an_announcement_that_is_missing_is_found() -> None:
    good = trial()
    silent = replace(good, seen=replace(good.seen, frames=good.seen.frames[1:]))
    assert "announced the retries [(2, 3), (3, 3)] instead of" in told(retries_announced(), silent)


def test_a_failure_with_a_sentence_and_two_fitting_things_to_do_passes() -> None:
    assert told(tells_what_to_do(), given_up()) == ""
    assert told(listeners_told_the_same(), given_up()) == ""


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        ({"guidance": []}, "names 0 things to do"),
        ({"guidance": [THINGS[0], THINGS[0]]}, "names 1 things to do"),
        ({"guidance": ["Choose some other model.", "Have a cup of tea."]}, "names nothing to do that fits its cause"),
        ({"error_message": "failed"}, "says only 'failed'"),
        ({"error_message": "The source_error came from us."}, "says 'source_error' to a user"),
        ({"error_message": "Could not read /data/models today."}, "says '/data' to a user"),
        ({"failure_reason": "timeout"}, "because of timeout instead of source_unreachable"),
    ],
)
def test_a_failure_nobody_can_act_on_is_found(last: dict[str, Any], reason: str) -> None:
    assert reason in told(tells_what_to_do(), given_up(**last))


def test_listeners_that_are_told_something_else_or_nothing_are_found() -> None:
    good = given_up()
    other = replace(good, seen=replace(good.seen, looks=(look(0.0, progress("failed", failure_reason="timeout")),)))
    assert "told its listeners" in told(listeners_told_the_same(), other)
    silent = replace(good, seen=replace(good.seen, frames=()))
    assert "sent 0 notices of its failure" in told(listeners_told_the_same(), silent)


def test_a_model_offered_while_its_bytes_are_wrong_is_found() -> None:
    way = tuple(Claim("the status", False, "downloading") for _ in range(5))
    bad = Offered(given_up(), way)
    assert told(never_offered_too_early(), bad) == ""
    early = replace(bad, claims=(*way, Claim("the health report", True, "completed")))
    assert "was offered by the health report while it was completed" in told(never_offered_too_early(), early)
    assert "looked at only 4 times" in told(never_offered_too_early(), replace(bad, claims=way[1:]))
    ends = (frame("model_status_update", is_available=True),)
    noticed = replace(bad, trial=replace(bad.trial, seen=replace(bad.trial.seen, frames=ends)))
    assert "was called available in a notice" in told(never_offered_too_early(), noticed)


def test_a_good_model_is_offered_once_it_is_proven_right() -> None:
    way = tuple(Claim("the status", False, "downloading") for _ in range(5))
    end = frame("download_status_change", new_status="completed", integrity_verified=True)
    good = Offered(trial(frames=(end,)), (*way, Claim("the status", True, "completed")))
    assert told(never_offered_too_early(), good) == ""
    unproven = replace(good, trial=trial(frames=(frame("download_status_change", new_status="completed"),)))
    assert "none of which says that its bytes were proven right" in told(never_offered_too_early(), unproven)
