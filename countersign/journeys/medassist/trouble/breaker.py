"""The circuit breaker in front of the AI: driven through all of its states, and closed again in the end."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from countersign.errors import SystemFault
from countersign.expect.medassist.breaker import Moment, Tried
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.models.alerts import waited_for_alert
from countersign.journeys.medassist.models.own_model import ManagedModel
from countersign.journeys.medassist.models.predicting import connections
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.scripts import scripted_ai
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.chat import Turn
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually, unless_raised
from countersign.transport.answer import Answer

AT_ONCE = 4
AT_ONCE_LIMIT = 0.5
"""Seconds in which whoever is not let through is answered (contract, section 6.7)."""
TRIAL_SECONDS = 0.8
ASKED_EVERY = 0.5
ALERT = "breaker_open"
ALERT_WITHIN, CLEARED_WITHIN, TOGETHER_WITHIN = 10.0, 60.0, 20.0
CLOSED_WITHIN = 15.0
"""Seconds beyond the pause in which three good calls must have closed the breaker again in the end."""
EDGE = 0.5
"""Seconds before the end of the pause in which nobody asks, and after it before somebody does."""


@dataclass(frozen=True)
class BreakerStory:
    """What was seen on the breaker's way, part by part. Alerts: the seconds until raised and resolved, None if not.

    `counting` are looks after failures and successes, `closing` after each good trial. While the breaker is open,
    predictions are asked for all the time (`while_open`, `open_again`), and one message is sent (`chat`: the turn and
    the calls to the AI for it).
    """

    counting: Sequence[Moment]
    chat: tuple[Turn, int]
    while_open: Sequence[Tried]
    first_trial: Sequence[Tried]
    after_failed_trial: Moment
    open_again: Sequence[Tried]
    closing: Sequence[Moment]
    raised_after: float | None
    resolved_after: float | None


@dataclass(frozen=True)
class Recovered:
    """A message whose first call to the AI failed: its turn, its calls, and the failures that the breaker counts."""

    turn: Turn
    calls: int
    failures: int


class BreakerWalk:
    """Drives the breaker and looks at it. The scenario has the system for itself."""

    def __init__(self, model: ManagedModel) -> None:
        self._model = model
        self._stage = model.admin.stage
        self._ai = scripted_ai(self._stage)
        self._number = count(1)
        self._pause = self._stage.system().timings.get("breaker_open_seconds", 10.0)

    def walk(self, patient: Patient, first: int, more: int) -> BreakerStory:
        """Fail so many times, succeed, fail so many more times; then fail the first trial and succeed from then on."""
        line = patient.line
        self._stage.at_end(self.close, "closing the circuit breaker")
        counting = [
            self._moment(f"after {first} failures", self._fail(first)),
            self._moment("after a success", self._asks(self._words())),
            self._moment(f"after {more - 1} failures after a success", self._fail(more - 1)),
            self._moment(f"after {more} failures in a row", self._fail(1)),
        ]
        opened = time.monotonic()
        message = self._words()
        place = self._ai.here()
        turn = line.exchange(message)
        raised_after = waited_for_alert(self._model, None, ALERT, ALERT_WITHIN, active=True)
        while_open = self._asks_until(opened + self._pause - EDGE)
        chat = turn, len(self._ai.holding(message, place))
        _rest_until(opened + self._pause + EDGE)
        first_trial = self._asks_at_once(lambda: mark("status", self._words(), code=500, after=TRIAL_SECONDS))
        opened = time.monotonic()
        tried = next((each for each in first_trial if each.reached_ai), first_trial[0])
        after_failed_trial = self._moment("after the failed trial", tried)
        open_again = self._asks_until(opened + self._pause - EDGE)
        _rest_until(opened + self._pause + EDGE)
        closing = [self._moment(f"after good trial {number}", self._asks(self._words())) for number in (1, 2, 3)]
        # An alert about a breaker that does not close cannot end; nobody waits a minute for it.
        clears_within = CLEARED_WITHIN if closing[-1].state == "closed" else 0.0
        resolved_after = waited_for_alert(self._model, None, ALERT, clears_within, active=False)
        return BreakerStory(
            counting=counting,
            chat=chat,
            while_open=while_open,
            first_trial=first_trial,
            after_failed_trial=after_failed_trial,
            open_again=open_again,
            closing=closing,
            raised_after=raised_after,
            resolved_after=resolved_after,
        )

    def makes_up_for_one(self, patient: Patient) -> Recovered:
        """Have the AI fail the first call for a message and answer the second."""
        message = mark("flaky", self._words(), failures=1)
        place = self._ai.here()
        turn = patient.line.exchange(message)
        failures = int(self._model.models.breaker()["failure_count"])
        return Recovered(turn, len(self._ai.holding(message, place)), failures)

    def close(self) -> None:
        """Ask good questions until the breaker is closed. Raises DeadlineExceeded if it does not close."""

        def closed() -> None:
            self._model.models.try_predict(self._model.model_id, self._words())
            state = self._model.models.breaker()["state"]
            if state != "closed":
                raise AssertionError(f"the breaker is {state}")

        eventually(
            unless_raised(closed, SystemFault), self._pause + CLOSED_WITHIN, ASKED_EVERY, what="a closed breaker"
        )

    def _words(self) -> str:
        return f"a runny nose, note {self._stage.tag}-{next(self._number)}."

    def _fail(self, times: int) -> Tried:
        return [self._asks(mark("status", self._words(), code=500)) for _ in range(times)][-1]

    def _asks(self, inputs: str, api: MedAssistApi | None = None) -> Tried:
        place = self._ai.here()
        return self._tried(self._predicts(api or self._model.admin.api, inputs), inputs, place)

    def _asks_until(self, end: float) -> list[Tried]:
        pace, tried = Pace(ASKED_EVERY), list[Tried]()
        while pace.wait() < end:
            tried.append(self._asks(self._words()))
        return tried

    def _asks_at_once(self, words: Callable[[], str]) -> list[Tried]:
        inputs, place = [words() for _ in range(AT_ONCE)], self._ai.here()
        opened = connections(self._model.admin, AT_ONCE)
        jobs = [partial(self._predicts, api, text) for api, text in zip(opened, inputs, strict=True)]
        answers = [outcome.get() for outcome in together(jobs, within=TOGETHER_WITHIN)]
        return [self._tried(answer, text, place) for answer, text in zip(answers, inputs, strict=True)]

    def _predicts(self, api: MedAssistApi, inputs: str) -> Answer:
        return api.models.try_predict(self._model.model_id, inputs)

    def _tried(self, answer: Answer, inputs: str, place: int) -> Tried:
        told = answer.headers.get("x-circuit-breaker-state", "")
        return Tried(answer.status, answer.seconds, told, bool(self._ai.holding(inputs, place)))

    def _moment(self, when: str, after: Tried) -> Moment:
        return Moment(when, str(self._model.models.breaker()["state"]), after.told)


def measure_alert(stage: Any, what: str, seconds: float | None, limit: float) -> None:
    """Journal how long the alert took to be raised or resolved, if it came to that."""
    if seconds is not None:
        measure_longest(stage, f"alert {ALERT} {what}", [seconds], below=limit, load="1 breaker")


def measure_open(stage: Any, story: BreakerStory, limit: float) -> None:
    """Journal the longest refusal of a prediction while the breaker was open."""
    seconds = [tried.seconds for tried in story.while_open]
    measure_longest(stage, "prediction refused by the open breaker", seconds, below=limit, load="1 at a time")


def _rest_until(moment: float) -> None:
    pace = Pace(max(0.0, moment - time.monotonic()))
    pace.wait()
    pace.wait()
