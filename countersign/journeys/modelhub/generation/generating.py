"""Generations of one person: asked for, refused, cancelled, and followed to their ends."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import personas
from countersign.expect.modelhub.generation import Ended, Refusal
from countersign.journeys.modelhub.generation.scripted_prompts import scripted
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.upkeep import disk
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import Task
from countersign.systems.scripted_ai import ScriptedAiRecord
from countersign.transport import eventually

ENDS_WITHIN, ALL_END_WITHIN = 20.0, 60.0
SHORT_RUNS_SECONDS = 5.0


@dataclass(frozen=True)
class Ends:
    """Generations that ended. `waits` run from asking for each to its end, `patience` is the hub's with its engine."""

    ended: tuple[Ended, ...]
    waits: tuple[float, ...]
    patience: float = 0.0

    @property
    def seconds(self) -> list[float]:
        """How long each took from its beginning."""
        return [each.seconds for each in self.ended]

    def of(self, way: str) -> list[Ended]:
        """Give those to which the engine answered in this way."""
        return [each for each in self.ended if each.way == way]

    def but(self, way: str) -> list[Ended]:
        """Give all the others."""
        return [each for each in self.ended if each.way != way]


def plain(user: HubUser, number: int = 0) -> str:
    """Give a prompt that nobody else uses in this scenario's run."""
    words = personas.material("modelhub_fallback")["prompt"]
    return f"{words}, {user.stage.tag} {user.name} {number}"


def ended(user: HubUser, task_id: str, within: float = ENDS_WITHIN) -> Task:
    """Wait for the end of a generation, and give it as it is then."""

    def over() -> Task:
        task = user.api.generation.task(task_id)
        assert task is not None, "the generation is in no list"
        assert task.final, f"it is {task.status}"
        return task

    return eventually(over, within, what="the generation to end")


def is_refused(user: HubUser, model: str, state: str) -> Refusal:
    """Bring a model into a state that no generation may use, ask for one, and see what became of it.

    The states: "not installed", "on its way", "never heard of", "damaged a moment ago".
    """
    hub, model_id = user.hub, model_of(model)
    hub.has_installed([model_id] if state == "damaged a moment ago" else [])
    if state == "on its way":
        user.api.downloads.start(model_id, bandwidth_limit_mbps=1)
    if state == "never heard of":
        model_id = personas.material("modelhub_fallback")["unknown_model"]
    if state == "damaged a moment ago":
        user.stage.need("model-files")
        disk.damage(hub, model_id)
    prompt = plain(user)
    answer = user.api.generation.try_submitting(model_id, prompt)
    tasks = tuple(user.api.generation.tasks())
    return Refusal(state, answer, tasks, calls_for(user, prompt))


def all_end(user: HubUser, model: str, count: int) -> Ends:
    """Ask for so many plain generations at once, and wait until all are over."""
    return follow(user, model, [plain(user, number) for number in range(count)], ["plain"] * count, ALL_END_WITHIN)


def ends_each_way(user: HubUser, model: str, ways: Sequence[str], patience: float) -> Ends:
    """Ask for one generation for each way in which the engine may behave, and wait until all are over."""
    user.stage.need("scripted-ai")
    prompts = [scripted(way, plain(user)) for way in ways]
    longest = len(ways) * 3 * patience + SHORT_RUNS_SECONDS
    return replace(follow(user, model, prompts, ways, longest), patience=patience)


def follow(user: HubUser, model: str, prompts: Sequence[str], ways: Sequence[str], within: float) -> Ends:
    """Ask for generations and look at them until all are over, or `within` seconds are.

    Each is then tried to be cancelled, and looked at once more: an end is for good.
    """
    model_id, api = model_of(model), user.api.generation
    asked = {api.submit(model_id, prompt)["task_id"]: time.monotonic() for prompt in prompts}
    began: dict[str, float] = {}
    over: dict[str, tuple[Task, float]] = {}

    def all_over() -> None:
        now = time.monotonic()
        for task in api.tasks():
            if task.status != "pending":
                began.setdefault(task.id, now)
            if task.final:
                over.setdefault(task.id, (task, now))
        left = [way for way, name in zip(ways, asked, strict=True) if name not in over]
        engine = ", ".join(dict.fromkeys(left))
        assert not left, f"{len(left)} of {len(asked)} generations are not over (the engine answered {engine})"

    eventually(all_over, within, every=0.1, what="the generations to end")
    again = {name: api.try_cancel(name).status for name in asked}
    after = {task.id: task for task in api.tasks()}
    ended = tuple(
        Ended(way, over[name][0], over[name][1] - began[name], again[name], after.get(name))
        for way, name in zip(ways, asked, strict=True)
    )
    return Ends(ended, tuple(over[name][1] - at for name, at in asked.items()))


def calls_for(user: HubUser, prompt: str) -> int | None:
    """Count the calls that the engine got for a prompt; None where nobody can tell."""
    if user.system.scripted_ai is None:
        return None
    record = ScriptedAiRecord(user.system, user.stage.recorder)
    try:
        return len(record.holding(prompt))
    finally:
        record.close()
