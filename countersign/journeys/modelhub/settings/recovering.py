"""Recoveries: in every situation of a table, twice each, and from failures that there are none of."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.recovery import SUCCESS, OddRecovery, Recovery, Statistics
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.settings.failure_causes import Cause, Causes
from countersign.transport import eventually
from countersign.transport.answer import Answer

GONE_WITHIN = 20.0
FLAGS_WITHIN = 5.0
PAUSE_OVER_WITHIN = 35.0


@dataclass(frozen=True)
class Recoveries:
    """Recoveries in all situations, and the statistics before and after."""

    each: tuple[Recovery, ...]
    statistics: Statistics

    @property
    def successes(self) -> list[Recovery]:
        """Those that told success."""
        return [each for each in self.each if each.told.get("success")]


@dataclass(frozen=True)
class OddRecoveries:
    """Recoveries that make no sense, and the statistics before and after."""

    each: tuple[OddRecovery, ...]
    statistics: Statistics


def recovers_in(user: PowerUser, rows: Sequence[Mapping[str, str]]) -> Recoveries:
    """Bring each situation of a table about and start a recovery in it, and the same once more."""
    causes = Causes(user)
    before = _statistics(user)
    made = tuple(_recovers(user, row, causes.known[row["situation"]]) for row in rows)
    return Recoveries(made, Statistics(before, _statistics(user), made))


def recovers_oddly(user: PowerUser) -> OddRecoveries:
    """Start recoveries that make no sense."""
    before = _statistics(user)
    made = tuple(
        OddRecovery(each["what"], each["status"], user.api.caring.try_recovery(each["body"]))
        for each in personas.material("modelhub_recovery")["odd"]
    )
    return OddRecoveries(made, Statistics(before, _statistics(user)))


def _recovers(user: PowerUser, row: Mapping[str, str], cause: Cause) -> Recovery:
    failure_type = personas.material("modelhub_recovery")["failures"][row["failure"]]
    wish = {"failure_type": failure_type, "context": {"model_id": cause.model_id} if cause.model_id else {}}
    mock_due = row["mock results"] == "on"
    user.api.ask("POST", "/recovery/reset").must_be(200)
    cause.begins()
    answer = _begun(user, wish)
    began = time.monotonic()
    # What is not told as success may be so for long: it is looked at once.
    gone_after, still = _until(cause.gone, GONE_WITHIN if answer.json()["success"] and row["told"] == SUCCESS else 0.0)
    flags = _flags(user, mock_due)
    again = user.api.caring.try_recovery(wish).must_be(200)
    again_after = time.monotonic() - began
    cause.ends()
    return Recovery(
        row["failure"],
        failure_type,
        row["situation"],
        row["told"],
        mock_due,
        answer,
        flags["mock_generation_enabled"],
        flags["degraded_mode_active"],
        gone_after,
        still,
        again,
        again_after,
    )


def _begun(user: PowerUser, wish: Mapping[str, Any]) -> Answer:
    """Start a recovery; the pause after one of an earlier scenario, where a reset does not end it, is waited out."""

    def begun() -> Answer:
        answer = user.api.caring.try_recovery(wish).must_be(200)
        assert answer.json()["recovery_triggered"], answer.json()["message"]
        return answer

    return eventually(begun, PAUSE_OVER_WITHIN, every=0.5, what="a recovery to begin")


def _until(question: Callable[[], None], within: float) -> tuple[float | None, str]:
    """Ask until it is so; give the seconds, or None and what was seen last."""
    since = time.monotonic()
    try:
        eventually(question, within, every=0.1, what="the cause to be gone")
    except DeadlineExceeded as late:
        return None, str(late)
    return time.monotonic() - since, ""


def _flags(user: PowerUser, due: bool) -> Mapping[str, Any]:
    """Read the state of the recovery, as soon as mock results are as they have to be."""
    last: list[Mapping[str, Any]] = [{}]

    def as_due() -> None:
        last[0] = user.api.models.get("recovery/status")
        assert last[0]["mock_generation_enabled"] is due, f"mock results are {last[0]['mock_generation_enabled']}"

    with suppress(DeadlineExceeded):
        eventually(as_due, FLAGS_WITHIN, every=0.1, what="mock results to be as due")
    return last[0]


def _statistics(user: PowerUser) -> Mapping[str, Any]:
    told: Mapping[str, Any] = user.api.models.get("recovery/status")["recovery_statistics"]
    return told
