"""What a user of the hub does all day: looking at models, downloads and figures, generating, controlling downloads."""

import random
from collections.abc import Callable, Sequence

import personas
from countersign.errors import DeadlineExceeded
from countersign.evidence.operations import Operation, attempt
from countersign.expect.modelhub.load import Promise
from countersign.journeys.modelhub.load.bench import Bench
from countersign.journeys.modelhub.load.crowd import Regular
from countersign.load.served import served
from countersign.systems.modelhub.api import ModelHubApi
from countersign.transport import eventually

READINGS = {
    "status": "/models/status/detailed",
    "progress": "/models/download/progress",
    "health": "/models/health",
    "analytics": "/models/analytics",
}
"""The operations that only read, by the words of the criteria."""
ALL_OVER_WITHIN = 60.0


def reads(api: ModelHubApi, what: str, holding: str) -> float:
    """Read something of which the answer has to hold a text; give the seconds."""
    return served(api.ask("GET", READINGS[what]), 200, holding=holding.encode()).seconds


def asks_for_advice(api: ModelHubApi, model_id: str) -> float:
    """Ask what to do instead of a model; give the seconds."""
    answer = api.fallback.try_suggesting({"requested_model": model_id})
    return served(answer, 200, holding=b"fallback_strategy").seconds


class Day:
    """The day of one person: everything comes up equally often, in an order of its own."""

    def __init__(self, person: Regular, models: Sequence[str], bench: Bench, seed: str) -> None:
        """Generate with the first of the models; `seed` decides the order."""
        self.person, self.tasks = person, list[str]()
        self.dice = random.Random(seed)
        self._models = models
        self._ways: dict[str, Callable[[], float]] = {
            "status": lambda: reads(person.api, "status", models[0]),
            "progress": lambda: reads(person.api, "progress", "{"),
            "health": lambda: reads(person.api, "health", models[0]),
            "analytics": lambda: reads(person.api, "analytics", models[0]),
            "suggestion": lambda: asks_for_advice(person.api, self.dice.choice(models)),
            "generation": self._generates,
            "control": lambda: bench.turn(person, self.dice),
        }
        self._left: list[str] = []
        self._states: dict[str, str] = {}

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of operations."""
        return tuple(self._ways)

    def next(self) -> Operation:
        """Do the next thing."""
        self._left = self._left or self.dice.sample(self.kinds, len(self._ways))
        what = self._left.pop()
        return attempt(self.person.name, what, self._ways[what])

    def promises(self) -> list[Promise]:
        """Wait for the end of everything that was accepted, and give what became of it."""
        try:
            eventually(self._all_over, ALL_OVER_WITHIN, every=0.5, what="the generations to be over")
        except DeadlineExceeded:
            self.person.api.recorder.say(f"{self.person.name}: not all generations are over")
        states = self._states
        return [Promise("the generation", self.person.name, each, states.get(each, "lost")) for each in self.tasks]

    def _all_over(self) -> None:
        if not self.tasks:
            return
        self._states = {task.id: task.status for task in self.person.api.generation.tasks()}
        left = [each for each in self.tasks if self._states.get(each) in ("pending", "processing")]
        assert not left, f"{len(left)} are not over"

    def _generates(self) -> float:
        words = personas.material("modelhub")["prompts"]["plain"]
        prompt = f"{words}, {self.person.name}, picture {len(self.tasks) + 1}"
        answer = served(self.person.api.generation.try_submitting(self._models[0], prompt), 200)
        self.tasks.append(str(answer.json()["task_id"]))
        return answer.seconds
