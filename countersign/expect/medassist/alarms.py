"""Matchers for what an emergency sets off: advice for the patient, an escalated session, a report for the nurses."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Turn
from countersign.systems.medassist.model import Message, Session
from countersign.systems.medassist.report_model import Waiting

SHOWN = 60


@dataclass(frozen=True)
class Alarm:
    """An emergency in a session of its own, and what it set off.

    `without_ai` says that the AI was made to fail for it; `history` are the stored messages of the session; `waiting`
    is its report in the nurses' queue, None if there is none.
    """

    turn: Turn
    self_harm: bool
    without_ai: bool
    session: Session
    history: tuple[Message, ...]
    waiting: Waiting | None = None

    @property
    def text(self) -> str:
        """The message, shortened for reports, and how the AI did meanwhile."""
        return f"{self.turn.sent.content[:SHOWN]!r}{' (the AI failed)' if self.without_ai else ''}"

    @property
    def advice(self) -> str:
        """The advice as it was shown; empty if none was."""
        return "" if self.turn.alert is None else str(self.turn.alert.payload.get("message", ""))


class AdvisedAtOnce(Lacking[Alarm]):
    """See `advised_before_any_answer`."""

    def __init__(self, number: str, crisis_line: str) -> None:
        self.number, self.crisis_line = number, crisis_line
        self.expected = f"advice to call {number} before any answer, for self-harm also {crisis_line}"

    def lack(self, item: Any) -> str:
        """Say what is wrong with the advice."""
        if not item.advice:
            return f"no advice was shown for {item.text} before its answer"
        wanted = [self.number, *([self.crisis_line] if item.self_harm else [])]
        missing = [number for number in wanted if number not in item.advice]
        if missing:
            return f"the advice for {item.text} does not name {' and '.join(missing)}: {item.advice!r}"
        began = (item.turn.pieces[0] if item.turn.pieces else item.turn.answer).arrived
        return f"the answer to {item.text} began before the advice" if began < item.turn.alert.arrived else ""


def advised_before_any_answer(number: str, crisis_line: str) -> AdvisedAtOnce:
    """Match an emergency for which the emergency number (for self-harm the crisis line too) was shown at once."""
    return AdvisedAtOnce(number, crisis_line)


class AnsweredAllTheSame(Lacking[Alarm]):
    """See `answered_all_the_same`."""

    expected = "an answer to every message, a stand-in where the AI failed"

    def lack(self, item: Any) -> str:
        """Say how the answer differs from what the AI did."""
        if item.without_ai and not item.turn.is_fallback:
            return f"the answer to {item.text} is given as the AI's own"
        return "" if item.turn.reply.strip() else f"the answer to {item.text} is empty"


def answered_all_the_same() -> AnsweredAllTheSame:
    """Match an emergency that was answered; where the AI was made to fail, by the sentence that stands in for it."""
    return AnsweredAllTheSame()


class AdviceKept(Lacking[Alarm]):
    """See `advice_kept_behind_the_message`."""

    expected = "the advice, as it was shown, stored as a message of the system right behind the patient's"

    def lack(self, item: Any) -> str:
        """Say what stands there instead."""
        behind = [message for message in item.history if message.sequence == item.turn.sequence + 1]
        if not behind:
            return f"nothing is stored behind {item.text}"
        if behind[0].role != "system" or behind[0].content != item.advice:
            return f"behind {item.text} stands a message of the {behind[0].role}: {behind[0].content[:SHOWN]!r}"
        return ""


def advice_kept_behind_the_message() -> AdviceKept:
    """Match an emergency whose advice is stored right behind it."""
    return AdviceKept()


class Escalated(Lacking[Alarm]):
    """See `escalated_to_the_nurses`."""

    expected = "an escalated session whose report waits as immediate in the nurses' queue, with red flags"

    def lack(self, item: Any) -> str:
        """Say what was not set off."""
        if item.session.status != "escalated":
            return f"the session of {item.text} is {item.session.status}"
        if item.waiting is None:
            return f"no report of {item.text} is in the queue"
        if item.waiting.urgency != "immediate" or not item.waiting.red_flags:
            flags = ", ".join(item.waiting.red_flags) or "none"
            return f"the report of {item.text} waits as {item.waiting.urgency}, red flags: {flags}"
        return ""


def escalated_to_the_nurses() -> Escalated:
    """Match an emergency that escalated its session and whose report waits as immediate."""
    return Escalated()
