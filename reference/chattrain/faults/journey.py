"""Faults of the journey: what is offered, how it is rated, whether it ends."""

from collections.abc import Sequence
from typing import Any

from reference.chattrain.ai import Customer
from reference.chattrain.catalogue import Catalogue, Entry
from reference.chattrain.completion import CompletionRule, RatedLine
from reference.chattrain.faults import fault
from reference.chattrain.messages import CustomerLine
from reference.chattrain.parts import Parts
from reference.chattrain.prompts import Prompt
from reference.chattrain.scenario import Scenario
from reference.chattrain.scoring import QUALITIES, Rating, Scorer
from reference.chattrain.sessions import Session
from reference.chattrain.showcase import Showcase

VANISHING = "customer_service_v1"
APOLOGISING = "claim_handling_v1"
APOLOGY = "I am sorry, something went wrong. Please try again later."


@fault("never-completes", "CT-JOURNEY-02", "CT-JOURNEY-03")
def never_completes(parts: Parts) -> None:
    """Keep every session active and send no summary, whatever was reached."""
    parts.completion = _NeverMet()


class _NeverMet(CompletionRule):
    def met(self, scenario: Scenario, lines: Sequence[RatedLine]) -> bool:
        return False


@fault("wrong-keyword-list", "CT-FEEDBACK-04", "CT-JOURNEY-04")
def wrong_keyword_list(parts: Parts) -> None:
    """Rate with the keywords of the scenario that is next in the list, and let word parts count."""
    parts.scorer = _NextScenarioScorer(parts.catalogue)


class _NextScenarioScorer(Scorer):
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def rate(self, scenario: Scenario, step: int, line: str) -> Rating:
        listed = [entry.scenario for entry in self._catalogue.listed()]
        place = next((place for place, other in enumerate(listed) if other.id == scenario.id), 0)
        return super().rate(listed[(place + 1) % len(listed)], step, line)

    def holds(self, text: str, term: str) -> bool:
        return term.lower() in text


@fault("list-lies", "CT-API-02", "CT-JOURNEY-01", "CT-JOURNEY-07")
def list_lies(parts: Parts) -> None:
    """Drop a pilot scenario from the list after the first session; let a listed one only apologise, with score 0."""
    showcase = parts.showcase = _ForgetfulShowcase()
    parts.customer = _ApologisingCustomer(parts)
    parts.scorer = _ZeroScorer()
    create = parts.sessions.create

    async def create_and_forget(scenario_id: int, user_id: str) -> tuple[Session, str]:
        created = await create(scenario_id, user_id)
        showcase.forgetting = True
        return created

    parts.sessions.create = create_and_forget  # type: ignore[method-assign]


class _ForgetfulShowcase(Showcase):
    def __init__(self) -> None:
        self.forgetting = False

    def shown_list(self, entries: Sequence[Entry]) -> list[dict[str, Any]]:
        return super().shown_list(
            [entry for entry in entries if not (self.forgetting and entry.scenario.id == VANISHING)]
        )


class _ApologisingCustomer(Customer):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.customer.client, parts.metrics)
        self._catalogue = parts.catalogue

    async def answer(self, prompt: Prompt) -> CustomerLine:
        entry = self._catalogue.by_text_id(APOLOGISING)
        if entry is not None and entry.scenario.title in prompt.messages[0]["content"]:
            return CustomerLine(APOLOGY, "fallback", 0, failed=True)
        return await super().answer(prompt)


class _ZeroScorer(Scorer):
    def rate(self, scenario: Scenario, step: int, line: str) -> Rating:
        if scenario.id != APOLOGISING:
            return super().rate(scenario, step, line)
        return Rating(0, (), scenario.keywords_at(step), 0.0, dict.fromkeys(QUALITIES, 0.0), insulting=False)
