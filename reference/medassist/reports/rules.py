"""What a report says by the rules alone: from the judged messages of a session and the patient's own words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reference.medassist.chat.messages import Message
from reference.medassist.triage.judge import URGENCIES, Urgency, highest

LONGEST_COMPLAINT = 1000
MOST_SYMPTOMS = 20
_SYMPTOM = re.compile(
    r"\b(?:(?:chest|back|ear|stomach|belly|tummy|abdominal|throat|neck|leg|arm|knee|joint|muscle|tooth|eye|jaw)"
    r" ?(?:pain|ache)s?"
    r"|headaches?|migraine|toothache|backache|pain|fever|cough\w*|rash|nausea|vomit\w*|diarrh\w+|dizz\w+|fatigue|tired\w*"
    r"|sore throat|runny nose|shortness of breath|bleed\w*|swelling|swollen|itch\w*|chills|weak\w*|numb\w*|cramps?"
    r"|constipation|palpitations|seizure|faint\w*|insomnia|sneez\w+|hoarse\w*|burning)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ByRules:
    """A report without the AI."""

    chief_complaint: str
    symptoms: tuple[str, ...]
    assessment: str
    urgency: Urgency
    red_flags: tuple[str, ...]


class ReportRules:
    """Sums a session up by fixed rules."""

    def sum_up(self, messages: Sequence[Message]) -> ByRules:
        """Sum up the patient's messages of a session, in their order."""
        told = [message for message in messages if message.role == "user"]
        urgency = self.urgency([str(message.metadata.get("urgency", "routine")) for message in told])
        flags = self.red_flags([tuple(message.metadata.get("red_flags", ())) for message in told])
        complaint = self.complaint(told)
        return ByRules(complaint, self.symptoms(told), self.assessment(urgency, flags), urgency, flags)

    def urgency(self, judged: Sequence[str]) -> Urgency:
        """Combine the urgencies of the messages: the highest."""
        return highest(*judged)

    def red_flags(self, judged: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Combine the red flags of the messages: all of them, in the order of appearance."""
        return tuple(dict.fromkeys(flag for flags in judged for flag in flags))

    def with_suggestion(self, by_rules: Urgency, suggested: str) -> Urgency:
        """Combine the urgency by the rules with the AI's suggestion, which can only raise it."""
        return highest(by_rules, suggested)

    def complaint(self, told: Sequence[Message]) -> str:
        """Choose the patient's own words: the first message of the highest urgency."""
        if not told:
            return ""
        ranks = [URGENCIES.index(message.metadata.get("urgency", "routine")) for message in told]
        return told[ranks.index(max(ranks))].content[:LONGEST_COMPLAINT]

    def symptoms(self, told: Sequence[Message]) -> tuple[str, ...]:
        """Pick symptoms out of the patient's words."""
        found = (match.group().lower() for message in told for match in _SYMPTOM.finditer(message.content))
        return tuple(dict.fromkeys(found))[:MOST_SYMPTOMS]

    def assessment(self, urgency: Urgency, flags: Sequence[str]) -> str:
        """Word the assessment of a report that was made without the AI."""
        named = ", ".join(flag.replace("_", " ") for flag in flags) or "none"
        return f"Prepared by fixed rules without the AI. Urgency: {urgency}. Red flags: {named}. A nurse must assess."
