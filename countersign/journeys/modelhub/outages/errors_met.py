"""Errors of all kinds that befall somebody, each followed to the state that is wanted after it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import personas
from countersign.errors import SystemFault
from countersign.expect.modelhub.files import as_published
from countersign.expect.modelhub.recovered import ErrorMet
from countersign.journeys.modelhub.generation.generating import plain
from countersign.journeys.modelhub.upkeep.on_disk import digests, overwrites
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import ACTIVE, Progress
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually

FOLLOWED_FOR, EVERY = 60.0, 0.3
"""Seconds; longer than any limit, so that a late recovery itself can be measured."""
ITSELF, WAY_OUT = "by itself", "by the way out that is offered"
ARRIVES, REPAIRED, COMPLETED = "the download had to arrive", "the model had to be repaired", "a result had to come"


@dataclass(frozen=True)
class Followed:
    """An error that is followed: its kind, what is wanted and how."""

    kind: str
    wanted: str
    by: str

    def to(self, end: Callable[[], object]) -> ErrorMet:
        """Follow it to its end; whatever the hub does wrong on the way is told as what was seen."""
        began = time.monotonic()
        try:
            end()
        except SystemFault as fault:
            return ErrorMet(self.kind, self.wanted, self.by, None, " ".join(str(fault).split()))
        return ErrorMet(self.kind, self.wanted, self.by, time.monotonic() - began)


def failing_source(user: HubUser, model_id: str, trouble: str, failures: int) -> ErrorMet:
    """Download a model of which one file fails so many times, which the promised retries outlast."""
    told = personas.material("modelhub_downloads")
    mishap = {name: told["troubles"][trouble][name] for name in ("mode", "value") if name in told["troubles"][trouble]}
    user.hub.source.fails(**mishap, model_id=model_id, path=told["weight"], count=failures)

    def arrives() -> None:
        user.api.downloads.start(model_id)
        _completed(user, model_id)

    return Followed(f"{trouble} {failures} times", ARRIVES, ITSELF).to(arrives)


def dying_download(user: HubUser, model_id: str) -> ErrorMet:
    """Start a download that may not retry and whose connection is cut; start it again as the hub advises."""
    weight = personas.material("modelhub_downloads")["weight"]
    user.hub.source.fails("drop_after", model_id=model_id, path=weight, value=50_000, count=1)

    def arrives() -> None:
        user.api.downloads.start(model_id, max_retries=0)
        died = _over(user, model_id)
        assert_offered(died.status == "failed" and len(died.guidance) > 0, f"it is {died.status} and advises nothing")
        assert_offered("download" in user.api.models.status(model_id).actions, "no new start is offered")
        user.api.downloads.start(model_id)
        _completed(user, model_id)

    return Followed("a dying download", ARRIVES, WAY_OUT).to(arrives)


def damaged_file(user: HubUser, model_id: str) -> ErrorMet:
    """Damage a file of an installed model and leave it to the hub to notice."""
    wanted = as_published(user.hub.source.published(model_id))
    overwrites(user.hub, model_id, personas.material("modelhub_downloads")["weight"])

    def repaired() -> None:
        status = user.api.models.status(model_id)
        wrong = wanted.lack(digests(user.hub, model_id))
        assert not wrong and status.is_available, f"{wrong or 'its files are right'}, it is {status.availability}"

    def watched() -> None:
        eventually(repaired, FOLLOWED_FOR, EVERY, what="the damaged model to be repaired")

    return Followed("a damaged file", REPAIRED, ITSELF).to(watched)


def failing_engine(user: HubUser, model_id: str, number: int, *, lasting: bool) -> ErrorMet:
    """Generate while the engine fails twice, or every time; then generate again."""
    prompt = plain(user, number)
    if not lasting:
        twice = mark("flaky", prompt, failures=2, code=500)
        return Followed("an engine failing twice", COMPLETED, ITSELF).to(lambda: _result(user, model_id, twice))

    def again() -> None:
        failed = _ended(user, model_id, mark("status", prompt, code=500))
        assert_offered(bool(failed), "the failed generation has no sentence on why")
        _result(user, model_id, f"{prompt} again")

    return Followed("a failing engine", COMPLETED, WAY_OUT).to(again)


def assert_offered(holds: bool, otherwise: str) -> None:
    """Raise SystemFault unless the hub offered a way out."""
    if not holds:
        raise SystemFault(otherwise)


def _over(user: HubUser, model_id: str) -> Progress:
    def over() -> Progress:
        now = user.api.downloads.progress(model_id)
        assert now.status not in ACTIVE, f"it is {now.status}"
        return now

    return eventually(over, FOLLOWED_FOR, EVERY, what="the download to be over")


def _completed(user: HubUser, model_id: str) -> None:
    end = _over(user, model_id)
    told = f"it is {end.status} ({end.failure_reason}) after {end.retry_count} retries"
    assert_offered(end.status == "completed", told)


def _ended(user: HubUser, model_id: str, prompt: str) -> str:
    """Generate to the end; give the sentence of a failure, empty for a result."""
    task_id = str(user.api.generation.submit(model_id, prompt)["task_id"])

    def ended() -> str:
        task = user.api.generation.task(task_id)
        assert task is not None and task.final, f"it is {task.status if task else 'in no list'}"
        return "" if task.status == "completed" else str(task.error or "")

    return eventually(ended, FOLLOWED_FOR, EVERY, what="the generation to end")


def _result(user: HubUser, model_id: str, prompt: str) -> None:
    sentence = _ended(user, model_id, prompt)
    assert_offered(not sentence, f"the generation failed: {sentence}")
