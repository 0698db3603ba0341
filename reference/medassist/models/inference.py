"""One inference: choose the version, ask it behind the breaker, let the active version stand in, keep the figures."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from reference.medassist.metrics import Metrics
from reference.medassist.models.breaker import Breaker
from reference.medassist.models.client import AiClient, AiFailed, AiText, Question
from reference.medassist.models.figures import Call, Figures
from reference.medassist.models.routing import Choice, Router, Snapshot

SHARE_OF_A_CANDIDATE = 0.6
"""Part of the time limit that a version other than the active one gets, so that this one can still stand in."""


class NoAnswer(Exception):
    """The AI gave no answer; `choice` is the version that was to give it. `refused`: the breaker was open."""

    def __init__(self, choice: Choice, *, refused: bool) -> None:
        super().__init__("the breaker is open" if refused else "the AI failed")
        self.choice = choice
        self.refused = refused


class NoActiveVersion(Exception):
    """The model has no version to ask."""


@dataclass(frozen=True)
class Answer:
    """What a version said. `fallback` tells that the active version stood in for the chosen one."""

    text: str
    tokens: int | None
    choice: Choice
    fallback: bool
    seconds: float


class Inference:
    """Asks models."""

    def __init__(
        self,
        client: AiClient,
        *,
        breaker: Breaker,
        router: Router,
        figures: Figures,
        metrics: Metrics,
        snapshot: Callable[[], Snapshot],
        within: float,
    ) -> None:
        """Give each inference `within` seconds. `snapshot` tells the models at the moment."""
        self.client = client
        self._breaker = breaker
        self._router = router
        self._figures = figures
        self._metrics = metrics
        self._snapshot = snapshot
        self._within = within
        self.on_canary: Callable[[str, bool], None] = lambda deployment_id, failed: None
        """Is told of every request to a canary: its deployment, and whether it failed."""
        self.last_failure = float("-inf")
        """Monotonic time of the last inference that failed; it goes back with the next one that is answered."""

    def choose(self, model_id: str, user_id: str) -> Choice:
        """Choose the version for a user. Raises NoActiveVersion."""
        state = self._snapshot().models.get(model_id)
        choice = self._router.choose(state, user_id) if state else None
        if choice is None:
            raise NoActiveVersion
        return choice

    async def ask(self, model_id: str, question: Question, choice: Choice) -> Answer:
        """Ask the chosen version, or the active one in its place. Raises NoAnswer."""
        permission = self._breaker.admit()
        if permission is None:
            raise NoAnswer(choice, refused=True)
        began = time.monotonic()
        try:
            answer = await self._ask(model_id, question, choice, began)
        except AiFailed:
            self._breaker.failed(permission)
            self.last_failure = time.monotonic()
            raise NoAnswer(choice, refused=False) from None
        except BaseException:
            self._breaker.give_back(permission)
            raise
        self._breaker.succeeded(permission)
        self.last_failure = float("-inf")
        return answer

    async def _ask(self, model_id: str, question: Question, choice: Choice, began: float) -> Answer:
        if choice.route == "active":
            said = await self._call(model_id, choice, question, self._within)
            return Answer(said.text, said.tokens, choice, False, time.monotonic() - began)
        try:
            said = await self._call(model_id, choice, question, self._within * SHARE_OF_A_CANDIDATE)
            return Answer(said.text, said.tokens, choice, False, time.monotonic() - began)
        except AiFailed:
            stand_in = self.stand_in(model_id, choice)
            if stand_in is None:
                raise
        left = max(0.5, self._within - (time.monotonic() - began))
        said = await self._call(model_id, stand_in, question, left)
        return Answer(said.text, said.tokens, stand_in, True, time.monotonic() - began)

    def stand_in(self, model_id: str, choice: Choice) -> Choice | None:
        """Give the active version in place of the chosen one that failed, None if that was the active one."""
        active = self._snapshot().models[model_id].active_version
        return None if active in (None, choice.version) else replace(choice, version=str(active), deployment_id=None)

    async def _call(self, model_id: str, choice: Choice, question: Question, within: float) -> AiText:
        began, failed = time.monotonic(), True
        try:
            said = await self.client.ask(f"{model_id}:{choice.version}", question, within)
            failed = False
            return said
        finally:
            seconds = time.monotonic() - began
            self._figures.note(model_id, Call(choice.version, failed, seconds))
            self._metrics.model(model_id, choice.version, "failed" if failed else "answered", seconds)
            if choice.deployment_id is not None:
                self.on_canary(choice.deployment_id, failed)
