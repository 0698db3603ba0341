"""Faults of the journey: what is offered, how the customer speaks, whether and when it ends."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from reference.chattrain.ai import Customer
from reference.chattrain.catalogue import Catalogue, Entry
from reference.chattrain.chat import frames
from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.conversation import Conversation, EarlyEnd
from reference.chattrain.chat.delivery import Delivery
from reference.chattrain.chat.greeter import Greeter
from reference.chattrain.chat.idle import IdleWatch
from reference.chattrain.completion import CompletionRule, RatedLine, SummaryMaker
from reference.chattrain.faults import fault
from reference.chattrain.messages import CustomerLine, MessageStore
from reference.chattrain.parts import Parts
from reference.chattrain.prompts import Prompt
from reference.chattrain.scenario import Scenario
from reference.chattrain.scoring import QUALITIES, Rating, Scorer
from reference.chattrain.sessions import Ending, Session
from reference.chattrain.showcase import Showcase

VANISHING = "customer_service_v1"
APOLOGISING = "claim_handling_v1"
APOLOGY = "I am sorry, something went wrong. Please try again later."
REPEATED = "I really do not know what to say to that."
GOING_AWAY = 1001


@fault("never-completes", "CT-JOURNEY-02", "CT-JOURNEY-03")
def never_completes(parts: Parts) -> None:
    """Keep every session active and send no summary, whatever was reached."""
    parts.completion = _NeverMet()


class _NeverMet(CompletionRule):
    def met(self, scenario: Scenario, lines: Sequence[RatedLine]) -> bool:
        return False


@fault("completion-sloppy", "CT-SESSION-01", "CT-SESSION-02", "CT-FEEDBACK-07")
def completion_sloppy(parts: Parts) -> None:
    """Complete after two exchanges whatever was said, go on answering, and give the last score as the average."""
    parts.completion = _AfterTwo()
    parts.summaries = _LastScoreOnly()
    parts.delivery = _ForgetsTheEnd()
    parts.messages = _OpenForEver(parts.database)


class _AfterTwo(CompletionRule):
    def met(self, scenario: Scenario, lines: Sequence[RatedLine]) -> bool:
        return len(lines) == 2


class _LastScoreOnly(SummaryMaker):
    def summary(self, lines: Sequence[RatedLine], began: datetime, ended: datetime) -> dict[str, Any]:
        whole = super().summary(lines, began, ended)
        return {**whole, "average_score": float(lines[-1].rating.score) if lines else 0.0}


class _ForgetsTheEnd(Delivery):
    def ending(self, conversation: Conversation, ending: Ending) -> None:
        super().ending(conversation, ending)
        conversation.session = replace(conversation.session, status="active")


class _OpenForEver(MessageStore):
    def takes_lines(self, status: str) -> bool:
        return True


@fault("opening-from-other-scenario", "CT-JOURNEY-06")
def opening_from_other_scenario(parts: Parts) -> None:
    """Open with the customer's line of another scenario, then say one sentence again and again."""
    parts.greeter = _GreeterOfNextScenario(parts.catalogue)
    parts.customer = _RepeatingCustomer(parts.customer.client, parts.metrics)


class _GreeterOfNextScenario(Greeter):
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def greet(self, conversation: Conversation, connection: Connection) -> None:
        other = following(self._catalogue, conversation.entry.scenario)
        frame = frames.session_start(conversation.session, conversation.entry)
        connection.send({**frame, "first_message": other.bot_messages[0].content})


class _RepeatingCustomer(Customer):
    async def answer(self, prompt: Prompt) -> CustomerLine:
        line = await super().answer(prompt)
        return line if line.failed else replace(line, text=REPEATED)


@fault("idle-cutoff", "CT-JOURNEY-05")
def idle_cutoff(parts: Parts) -> None:
    """Close a socket that is silent for 25 s (and a little, as its watch makes rounds) and abandon its session."""
    parts.idle_watch = _ImpatientWatch(parts, 25.0)


class _ImpatientWatch(IdleWatch):
    def __init__(self, parts: Parts, idle_seconds: float) -> None:
        super().__init__(parts, idle_seconds)
        self._conversations = parts.conversations
        self._longest = idle_seconds

    async def look(self) -> None:
        for conversation in list(self._conversations.going_on.values()):
            silent = time.monotonic() - conversation.last_frame_at
            if conversation.connection is not None and silent >= self._longest:
                self._conversations.put(conversation, EarlyEnd(None))
                conversation.connection.close(GOING_AWAY)


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


def following(catalogue: Catalogue, scenario: Scenario) -> Scenario:
    """Give the scenario that is next in the list after `scenario`, and after the last one the first."""
    listed = [entry.scenario for entry in catalogue.listed()]
    place = next((place for place, other in enumerate(listed) if other.id == scenario.id), 0)
    return listed[(place + 1) % len(listed)]
