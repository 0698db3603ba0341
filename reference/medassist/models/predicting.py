"""Predictions for staff: from the cache, or from a version of a model."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reference.common.clock import iso_exact, now
from reference.common.ids import fresh_id
from reference.medassist.models.inference import NoActiveVersion, NoAnswer
from reference.medassist.refusals import Refused, conflict

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

BUSY_SECONDS = 2
UNTOLD = 0.5
"""Confidence of an answer that names none."""


@dataclass(frozen=True)
class Wanted:
    """What a prediction is asked for. `user_id` decides the version."""

    inputs: str
    parameters: Mapping[str, Any]
    user_id: str


class Predictor:
    """Makes predictions."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._running = 0

    async def predict(self, model_id: str, wanted: Wanted) -> dict[str, Any]:
        """Predict. Raises Refused: 409 without an active version, 503 while the AI fails or too much is at work."""
        began = time.monotonic()
        if self.is_full():
            raise Refused(503, "Too many predictions are at work.", "MODEL_BUSY", retry_after=BUSY_SECONDS)
        self._running += 1
        try:
            return await self._predict(model_id, wanted, began)
        except NoActiveVersion:
            raise conflict("This model has no active version.", "NO_ACTIVE_VERSION") from None
        except NoAnswer:
            wait = self._parts.breaker.retry_after()
            raise Refused(503, "The model gives no answer.", "MODEL_UNAVAILABLE", retry_after=wait) from None
        finally:
            self._running -= 1

    def is_full(self) -> bool:
        """Say whether no further prediction is taken now."""
        return self._running >= self._parts.settings.model_max_concurrent

    def route(self, model_id: str, user_id: str) -> dict[str, Any]:
        """Say what a prediction would use. Raises Refused."""
        try:
            choice = self._parts.inference.choose(model_id, user_id)
        except NoActiveVersion:
            raise conflict("This model has no active version.", "NO_ACTIVE_VERSION") from None
        told = {"model_version": choice.version, "route": choice.route}
        return {**told, "experiment_id": choice.experiment_id, "variant": choice.variant}

    async def _predict(self, model_id: str, wanted: Wanted, began: float) -> dict[str, Any]:
        parts = self._parts
        choice = parts.inference.choose(model_id, wanted.user_id)
        key = parts.cache.key(model_id, choice.version, wanted.inputs, wanted.parameters)
        kept = parts.cache.find(key)
        parts.metrics.cache("miss" if kept is None else "hit")
        if kept is not None:
            return self._shown(model_id, choice, kept, hit=True, fallback=False, began=began)
        question = parts.prompts.predict(wanted.inputs, wanted.parameters)
        answer = await parts.inference.ask(model_id, question, choice)
        outputs = {"text": answer.text, "confidence": confidence_of(answer.text)}
        if not answer.fallback:
            parts.cache.keep(key, outputs)
        return self._shown(model_id, answer.choice, outputs, hit=False, fallback=answer.fallback, began=began)

    def _shown(
        self, model_id: str, choice: Any, outputs: Mapping[str, Any], *, hit: bool, fallback: bool, began: float
    ) -> dict[str, Any]:
        return {
            "request_id": fresh_id(),
            "model_id": model_id,
            "model_version": choice.version,
            "route": choice.route,
            "experiment_id": choice.experiment_id,
            "variant": choice.variant,
            "outputs": {"text": outputs["text"]},
            "confidence": outputs["confidence"],
            "cache_hit": hit,
            "fallback": fallback,
            "processing_time": round(time.monotonic() - began, 6),
            "timestamp": iso_exact(now()),
        }


def confidence_of(text: str) -> float:
    """Give the confidence that an answer in JSON names, 0.5 for any other."""
    try:
        told = json.loads(text).get("confidence")
    except (ValueError, AttributeError, RecursionError):
        return UNTOLD
    return float(told) if isinstance(told, int | float) and 0 <= told <= 1 else UNTOLD
