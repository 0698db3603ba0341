"""Real, mock, cancelled and failing generations with models that nobody used before, and what is told of them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.usage import Done, ModelUse, SystemUse, Told
from countersign.journeys.modelhub.generation.runs import ended, runs
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.own_models import installs, published
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import Task
from countersign.systems.modelhub.moments import seconds_of
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually

SIZE_MB = 0.1
FIRST, SECOND, MOCKS = 9, 4, 6
RUN_SECONDS = 0.5
SHOWN_WITHIN = 5.0
PROMPT = "A paper boat crosses a pond"


@dataclass(frozen=True)
class Used:
    """What is told of two models after they were used, of one that was not, and of the whole hub."""

    first: ModelUse
    second: ModelUse
    unused: Told
    whole: SystemUse


def uses_in_every_way(user: HubUser) -> Used:
    """Run two models 9 and 4 times, cancel one run, have one mock made and two runs fail."""
    user.stage.need("scripted-ai")
    return _used(user, _in_every_way, mocks=1)


def uses_in_mixed_spelling(user: HubUser) -> Used:
    """Run two models 9 and 4 times by names in mixed spelling, and have 6 mocks of the second made."""
    return _used(user, _in_mixed_spelling, mocks=MOCKS)


Uses = Callable[[HubUser, str, str], tuple["Ended", "Ended"]]


@dataclass(frozen=True)
class Ended:
    """The tasks of one model that were accepted as real ones."""

    tasks: Sequence[Task]

    def done(self, began: datetime) -> Done:
        """Sum them up."""
        times = [seconds_of(task) for task in self.tasks if task.status == "completed"]
        failed = sum(task.status == "failed" for task in self.tasks)
        return Done(len(self.tasks), times, failed, began, datetime.now(UTC))


def _used(user: HubUser, use: Uses, *, mocks: int) -> Used:
    first, second, unused = published(hub_of(user.stage), [SIZE_MB] * 3)
    before, began = _told(user), datetime.now(UTC)
    runs(user.api, second, [PROMPT] * mocks, allow_mock=True)
    installs(hub_of(user.stage), (first, second))
    one, two = (each.done(began) for each in use(user, first, second))
    accepted = one.accepted + two.accepted
    due = before["system_analytics"]["total_uses"] + accepted

    def look() -> Told:
        told = _told(user)
        shown = told["system_analytics"]["total_uses"]
        ended_ones = [told["model_analytics"][name]["success_rate"] is not None for name in (first, second)]
        assert shown >= due and all(ended_ones), f"{shown} uses are told, {due} are due"
        return told

    after = _or_last(look, lambda: _told(user))
    return Used(
        ModelUse("the model run 9 times", before["model_analytics"][first], after["model_analytics"][first], one),
        ModelUse("the model run 4 times", before["model_analytics"][second], after["model_analytics"][second], two),
        after["model_analytics"][unused],
        SystemUse(before, after, accepted),
    )


def _or_last(look: Callable[[], Told], last: Callable[[], Told]) -> Told:
    """Give what was told within 5 seconds of the last run; the matcher judges it if that is too little."""
    with suppress(DeadlineExceeded):
        return eventually(look, SHOWN_WITHIN, every=0.1, what="the uses to be shown")
    return last()


def _told(user: HubUser) -> Told:
    told: Told = user.api.models.get("models/analytics")
    return told


def _in_every_way(user: HubUser, first: str, second: str) -> tuple[Ended, Ended]:
    taking = mark("echo", PROMPT, after=RUN_SECONDS)
    one = runs(user.api, first, [taking] * FIRST)
    two = runs(user.api, second, [taking] * SECOND)
    failing = runs(user.api, first, [mark("status", PROMPT, code=500)] * 2)
    cancelled = str(user.api.generation.submit(first, mark("echo", PROMPT, after=5))["task_id"])
    user.api.generation.try_cancel(cancelled).must_be(200)
    return Ended([*one, *failing, *ended(user.api, [cancelled])]), Ended(two)


def _in_mixed_spelling(user: HubUser, first: str, second: str) -> tuple[Ended, Ended]:
    ordered = [
        [str(user.api.generation.submit(_spelt(name, number), PROMPT)["task_id"]) for number in range(count)]
        for name, count in ((first, FIRST), (second, SECOND))
    ]
    one, two = (ended(user.api, each) for each in ordered)
    return Ended(one), Ended(two)


def _spelt(name: str, number: int) -> str:
    return (name, name.upper(), name.capitalize())[number % 3]
