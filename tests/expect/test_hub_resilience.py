"""Cut off, full, exhausted, a bad source, errors thick and fast: what the matchers say."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from countersign.expect.modelhub.bad_source import BadTransfer, fetched_at_most, most_arrive, retries_within_limit
from countersign.expect.modelhub.exhausted import (
    Afterwards,
    FullQueue,
    LineTry,
    lines_turned_away,
    more_files,
    normal_within,
    queue_kept,
    served_or_turned_away,
)
from countersign.expect.modelhub.full import (
    InUse,
    Stopped,
    TooLarge,
    nothing_half_written,
    refused_before_any_byte,
    stopped_within,
)
from countersign.expect.modelhub.offline import LookOffline, keeps_installed, says_offline_within
from countersign.expect.modelhub.recovered import ErrorMet, recovered_from
from countersign.expect.modelhub.returning import Return, goes_on_within
from countersign.systems.modelhub.model import read_status
from countersign.transport.answer import Answer
from countersign.transport.volley import Landed

from .hub_downloads import altered, progress, said, steady
from .telling import answer, told

ADVICE = ["Run a clean-up now.", "Ask for more space."]


def status(availability: str = "available", *, reachable: bool = False) -> Any:
    """Make the status of a model."""
    there = availability == "available"
    return read_status(
        {
            "model_id": "m",
            "availability_status": availability,
            "is_available": there,
            "size_mb": 1.0,
            "missing_files": [],
            "integrity_score": 1.0,
            "available_actions": ["generate"] if there else ["download"],
            "update_available": False,
            "source_reachable": reachable,
        }
    )


def offline(after: float, availability: str = "available", *, reachable: bool = False) -> LookOffline:
    """Make a look at a hub that is cut off, with one model."""
    return LookOffline(after, {"m": status(availability, reachable=reachable)}, ["m"])


def test_a_hub_that_says_in_time_that_it_is_offline() -> None:
    good = [offline(1, reachable=True), offline(6), offline(20)]
    assert told(says_offline_within(5), good) == ""
    assert "6.0 s after the cut" in told(says_offline_within(5), [offline(6, reachable=True)])
    assert "no looks" in told(says_offline_within(5), [offline(1)])


def test_an_installed_model_that_goes_away_with_its_source_is_found() -> None:
    keeps = keeps_installed(["m"])
    assert told(keeps, offline(3)) == ""
    assert "the installed m was told as missing" in told(keeps, offline(3, "missing"))
    assert "suggested were m, n" in told(keeps, replace(offline(3), suggested=["m", "n"]))


def test_a_download_that_does_not_go_on_is_found() -> None:
    assert told(goes_on_within(15), Return("a long cut", "m", 4.0, "downloading")) == ""
    assert "had not gone on, it was failed" in told(goes_on_within(15), Return("a long cut", "m", None, "failed"))
    assert "after 16.0 s" in told(goes_on_within(15), Return("a long cut", "m", 16.0, "downloading"))


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (TooLarge(said(202), 0, 0), "taken with 202 instead of refused"),
        (TooLarge(said(507, code="OTHER", detail="It is too large."), 0, 0), "the reason given"),
        (TooLarge(said(507, code="INSUFFICIENT_STORAGE", detail="It is too large.", hint="Wait."), 0, 0), "way out"),
        (
            TooLarge(said(507, code="INSUFFICIENT_STORAGE", detail="It is too large.", hint="Delete a model."), 9, 0),
            "9 bytes left the source",
        ),
        (
            TooLarge(said(507, code="INSUFFICIENT_STORAGE", detail="It is too large.", hint="Delete a model."), 0, 0),
            "",
        ),
    ],
)
def test_a_start_without_room(item: TooLarge, reason: str) -> None:
    assert reason in told(refused_before_any_byte(), item)


def test_a_download_that_loses_its_room() -> None:
    last = progress("failed", failure_reason="disk_full", error_message="The storage is full.", guidance=ADVICE)
    assert told(stopped_within(5), Stopped(1.0, last)) == ""
    assert "after 6.0 s" in told(stopped_within(5), Stopped(6.0, last))
    assert "it went on" in told(stopped_within(5), Stopped(None, progress("completed")))
    assert "half-written" in told(nothing_half_written(), InUse(["m/weight"], offered=False))


def transfer(*, arrived: bool = True, retries: int = 0) -> BadTransfer:
    """Make one of many downloads."""
    state = {"status": "completed"} if arrived else {"status": "failed", "failure_reason": "timeout"}
    return BadTransfer(altered(steady(), -1, retry_count=retries, **state), 3, is_right=arrived)


def test_most_downloads_have_to_arrive() -> None:
    assert told(most_arrive(1, 2), [transfer(), transfer(arrived=False)]) == ""
    lost = told(most_arrive(2, 2), [transfer(), transfer(arrived=False, retries=1)])
    assert lost == "1 of 2 arrived, the first of the others is failed (timeout) after 1 retries of a file"
    assert "there were only 1" in told(most_arrive(1, 2), [transfer()])
    assert told(fetched_at_most(1.2), 1.2) == ""
    assert "1.80 times the bytes" in told(fetched_at_most(1.2), 1.8)
    assert "4 retries" in told(retries_within_limit(), transfer(retries=4))


def landed(answered: Answer | None) -> Landed:
    """Make what became of a request."""
    return Landed(0.0, 0.1, answered)


def test_whoever_is_not_served_is_told_when_to_come_again() -> None:
    polite, rude, taken = landed(answer(429, retry_after="5")), landed(answer(429)), landed(answer(200))
    assert told(queue_kept(2), FullQueue(2, 2, [polite, taken], 1)) == ""
    assert "without a time" in told(queue_kept(2), FullQueue(2, 2, [rude], 1))
    assert "2 of 2 beyond were taken" in told(queue_kept(2), FullQueue(2, 2, [taken, taken], 1))
    assert "4 wait" in told(queue_kept(2), FullQueue(2, 4, [polite], 1))
    assert told(served_or_turned_away(), landed(answer(200))) == ""
    assert told(served_or_turned_away(), landed(answer(503, retry_after="1"))) == ""
    assert "answered with 500" in told(served_or_turned_away(), landed(answer(500)))


@pytest.mark.parametrize(
    ("tries", "reason"),
    [
        ([LineTry(None), LineTry(None), LineTry(1013)], ""),
        ([LineTry(None)] * 3, "3 of 3 were let in"),
        ([LineTry(None), LineTry(None), LineTry(1011, "it was closed with 1011")], "treated otherwise"),
        ([LineTry(None)] * 2, "only 2 were tried"),
        ([LineTry(1013)] * 3, "nobody was let in"),
    ],
)
def test_lines_beyond_the_limit(tries: Sequence[LineTry], reason: str) -> None:
    assert reason in told(lines_turned_away(2), tries)


def test_a_hub_that_is_not_as_before_is_found() -> None:
    assert told(normal_within(30), Afterwards(12.0)) == ""
    assert "a new line is not let in" in told(normal_within(30), Afterwards(None, "a new line is not let in"))
    assert more_files({"api": 30.0}, {"api": 35.0}) == ""
    assert "the api holds 330 open files" in more_files({"api": 30.0}, {"api": 330.0})


def test_the_share_of_errors_that_is_recovered_from() -> None:
    good, lost = ErrorMet("damage", "it", "by itself", 3.0), ErrorMet("damage", "it had to", "by itself", None, "no")
    assert told(recovered_from(0.5, 2), [good, lost]) == ""
    assert told(recovered_from(0.9, 2), [good, lost]) == (
        "1 of 2 were (damage 1 of 2): after damage it had to by itself, but no"
    )
    assert "there were only 1" in told(recovered_from(0.9, 2), [good])
