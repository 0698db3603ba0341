"""Suggest what to do about a model (contract 3.5, 6.6)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reference.common.clock import iso, now
from reference.modelhub.models.known import MB, PRODUCT
from reference.modelhub.models.waits import Wait, as_time
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import HubView, ModelView, owner_limit
from reference.modelhub.suggest.scoring import Need

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

LONGEST_FETCH_MINUTES = 30.0
LEAST_ALTERNATIVE = 0.5
WORDS = {
    "similar": "a similar result",
    "slightly_lower": "a slightly lower quality",
    "significantly_lower": "a clearly lower quality",
}


class Suggester:
    """Answers from the present view alone."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    def suggest(
        self, view: HubView, asked: ModelView, need: Need, preferences: Mapping[str, Any], max_wait: float | None
    ) -> dict[str, Any]:
        """Give alternatives, the strategy and what to do. `max_wait` is in minutes."""
        candidates = [self.candidate(view, asked, model, need) for model in self.candidates(view, asked, preferences)]
        candidates.sort(key=lambda each: (-each["compatibility_score"], each["suggested_model"]))
        config = preferences["fallback_config"]
        limit = owner_limit(preferences, view.policies)
        wait = None if asked.usable else self._parts.waits.until_available(view, asked, limit)
        longest = float(max_wait if max_wait is not None else config["max_wait_time_minutes"])
        strategy = self.strategy(
            view, asked, candidates, wait=wait, longest=longest, threshold=float(config["compatibility_threshold"])
        )
        estimate = None
        if wait is not None:
            confidence = 0.9 if wait.measured else 0.6
            estimate = {"estimated_minutes": round(wait.minutes, 3), "confidence": confidence}
        nothing = not any(model.usable for model in view.models.values())
        return {
            "requested_model": asked.model_id,
            "alternative_suggestion": candidates[0] if candidates else None,
            "suggestions": candidates,
            "fallback_strategy": strategy,
            "wait_time_estimate": estimate,
            "setup_steps": self.setup_steps(view, asked) if nothing else [],
            "timestamp": iso(now()),
        }

    def candidates(self, view: HubView, asked: ModelView, preferences: Mapping[str, Any]) -> list[ModelView]:
        """Give the models that could stand in now."""
        return [
            model
            for model in view.models.values()
            if model.usable
            and model.model_id != asked.model_id
            and not self._parts.blocked.blocks(model.model_id, preferences, view.policies)
        ]

    def candidate(self, view: HubView, asked: ModelView, model: ModelView, need: Need) -> dict[str, Any]:
        """Describe an alternative."""
        scorer = self._parts.scorer
        score = scorer.score(asked.model_id, model.model_id, need)
        label = scorer.label(score)
        image = " It needs a start image." if model.kind.needs_image else ""
        return {
            "suggested_model": model.model_id,
            "compatibility_score": score,
            "performance_difference": scorer.difference(asked.model_id, model.model_id),
            "availability_status": "available",
            "reason": f"{model.model_id} is available now and gives {WORDS[label]}.{image}",
            "estimated_quality_difference": label,
            "requires_image": model.kind.needs_image,
        }

    def strategy(
        self,
        view: HubView,
        asked: ModelView,
        candidates: list[dict[str, Any]],
        *,
        wait: Wait | None,
        longest: float,
        threshold: float,
    ) -> dict[str, Any]:
        """Choose the first strategy that fits."""
        best = candidates[0] if candidates else None
        score = best["compatibility_score"] if best else 0.0
        transferring = asked.active is not None
        fetchable = not transferring and view.source_reachable and asked.latest is not None
        minutes = wait.minutes if wait is not None else None
        told = as_time(wait.seconds) if wait is not None else None
        name = asked.model_id
        if asked.usable:
            kind, message = "use_requested", f"{name} is available: use it."
        elif best is not None and score >= threshold:
            kind, message = "alternative_model", f"{name} is not available now. Use {best['suggested_model']} instead."
        elif transferring and minutes is not None and minutes <= longest:
            kind, message = "queue_and_wait", f"{name} is on its way and will be there in about {told}."
        elif fetchable and minutes is not None and minutes <= min(longest, LONGEST_FETCH_MINUTES):
            kind, message = "download_and_retry", f"Download {name}; it takes about {told}. Then try again."
        elif best is not None and score >= LEAST_ALTERNATIVE:
            kind, message = "alternative_model", f"{name} is not available now. Use {best['suggested_model']} instead."
        else:
            kind, message = "mock_generation", f"{name} is not available now. Only a mock result can be made."
        actions = {
            "use_requested": f"Generate with {name}.",
            "alternative_model": f"Generate with {best['suggested_model']}." if best else "",
            "queue_and_wait": "Let the request wait in the queue.",
            "download_and_retry": f"Start the download of {name} and try again afterwards.",
            "mock_generation": f"Wait for the source of models, then download {name}; or ask for a mock result.",
        }
        return {
            "strategy_type": kind,
            "recommended_action": actions[kind],
            "alternative_model": best["suggested_model"] if best and kind == "alternative_model" else None,
            "estimated_wait_time": told,
            "user_message": message,
            "can_queue_request": not asked.usable and (transferring or fetchable),
        }

    def setup_steps(self, view: HubView, asked: ModelView) -> list[str]:
        """Say how to get a first model."""
        smallest = min(
            (model for model in view.models.values() if model.latest is not None),
            key=lambda model: model.latest.size if model.latest else 0,
            default=None,
        )
        model = asked if asked.latest is not None else smallest
        if model is None or model.latest is None:
            name = asked.model_id if asked.model_id in PRODUCT else next(iter(PRODUCT))
            return [
                "Wait until the source of models can be reached again, and check for updates to read its list.",
                f"Then start the download of {name}; the list names its size in MB.",
            ]
        size = f"{model.latest.size / MB:.1f} MB"
        reach = "" if view.source_reachable else " as soon as the source of models can be reached again"
        steps = [
            f"Start the download of {model.model_id} ({size}){reach}.",
            f"Watch its progress until {model.model_id} is verified and available, then generate with it.",
        ]
        if smallest is not None and smallest.model_id != model.model_id and smallest.latest is not None:
            tiny = f"{smallest.latest.size / MB:.1f} MB"
            steps.append(f"The smallest model is {smallest.model_id} ({tiny}): its download is the fastest.")
        return steps

    async def tell(self, owner_id: str, asked: ModelView, answer: Mapping[str, Any]) -> None:
        """Count a way that was offered, and tell the user whose model was not available."""

        def work(change: Change) -> None:
            change.count("modelhub_fallbacks_total", answer["fallback_strategy"]["strategy_type"])
            self.emit(change, owner_id, asked, answer)

        await self._parts.ledger.change(work)

    def emit(self, change: Change, owner_id: str, asked: ModelView, answer: Mapping[str, Any]) -> None:
        """Tell which way was offered."""
        strategy, best = answer["fallback_strategy"], answer["alternative_suggestion"]
        data = {
            "original_model": asked.model_id,
            "strategy_type": strategy["strategy_type"],
            "user_message": strategy["user_message"],
            "alternative_model": strategy["alternative_model"],
            "suggested_model": best["suggested_model"] if best else None,
            "compatibility_score": best["compatibility_score"] if best else None,
            "reason": best["reason"] if best else strategy["user_message"],
        }
        change.emit("fallback_notifications", "fallback_strategy", data, owner_id)
        if best:
            change.emit("fallback_notifications", "alternative_model_suggestion", data, owner_id)


class Blocked:
    """Knows which models a user may not have."""

    def blocks(self, model_id: str, preferences: Mapping[str, Any], policies: Mapping[str, Any]) -> bool:
        """Say whether a model is blocked by the user's own wish or by a policy."""
        from fnmatch import fnmatchcase

        name = model_id.lower()
        if name in {str(each).lower() for each in preferences["blocked_models"]}:
            return True
        return any(fnmatchcase(name, str(pattern).lower()) for pattern in policies["blocked_model_patterns"])

    def refuse(self, model_id: str, preferences: Mapping[str, Any], policies: Mapping[str, Any]) -> None:
        """Refuse a blocked model (403)."""
        from reference.modelhub.refusals import policy

        if self.blocks(model_id, preferences, policies):
            raise policy(f"{model_id} is blocked.")
