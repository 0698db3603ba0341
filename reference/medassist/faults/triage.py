"""Faults of triage: what counts as an emergency, where urgency begins, and what a report makes of it."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

from reference.medassist.chat.intake import LONGEST, Incoming
from reference.medassist.faults import fault
from reference.medassist.parts import Parts
from reference.medassist.refusals import invalid
from reference.medassist.triage import measures
from reference.medassist.triage.judge import Judge, Judgement, Seen, Urgency, highest

PHRASES: Mapping[str, tuple[str, ...]] = {
    "chest_pain": ("chest pain", "heart attack", "chest pressure", "tight chest"),
    "breathing": ("can't breathe", "cannot breathe", "short of breath", "shortness of breath", "choking"),
    "neurological": ("worst headache", "stroke", "seizure", "slurred speech", "sudden numbness"),
    "bleeding": ("severe bleeding", "won't stop bleeding", "vomiting blood", "coughing blood"),
    "consciousness": ("passed out", "fainted", "unconscious", "unresponsive"),
    "psychiatric": ("suicidal", "kill myself", "want to die", "end my life"),
    "overdose": ("overdose", "too many pills"),
    "allergic": ("throat swelling", "swollen tongue", "anaphylaxis"),
    "abdominal": ("severe stomach pain", "severe abdominal pain"),
    "paediatric": ("floppy baby", "baby is floppy"),
    "obstetric": ("pregnant and bleeding",),
    "infection": ("stiff neck",),
    "trauma": ("stabbed", "hit by a car"),
}


@fault("fixed-phrases-only", "MA-TRIAGE-01", "MA-TRIAGE-03", "MA-JOURNEY-01")
def fixed_phrases_only(parts: Parts) -> None:
    """See a red flag only where one exact phrase of its category stands: "chest pain", not "a pain in my chest"."""
    red_flags = parts.judge.red_flags

    def only_fixed(seen: Seen) -> tuple[str, ...]:
        written = seen.written.lower()
        return tuple(flag for flag in red_flags(seen) if any(phrase in written for phrase in PHRASES[flag]))

    parts.judge.red_flags = only_fixed  # type: ignore[method-assign]


@fault("negation-ignored", "MA-TRIAGE-02")
def negation_ignored(parts: Parts) -> None:
    """Let denied symptoms and figures of speech escalate: "no chest pain", "a stroke of luck"."""
    parts.judge.judge = _DeafToDenials().judge  # type: ignore[method-assign]


class _DeafToDenials(Judge):
    def judge(self, text: str) -> Judgement:
        judged = (super().judge(text), super().judge(_UNHEARD.sub(" ", text)))
        flags = dict.fromkeys(flag for each in judged for flag in each.red_flags)
        return Judgement(highest(*(each.urgency for each in judged)), tuple(flags))


_UNHEARD = re.compile(r"\b(?:no|not|never|without|nor|denies|denied|negative for)\b|n['\u2019]t\b| of luck\b", re.I)


@fault("limits-off-by-one", "MA-TRIAGE-04", "MA-CHAT-01")
def limits_off_by_one(parts: Parts) -> None:
    """Leave a value just at its limit out: pain 7/10 and 39.0 C are routine, 5000 characters are refused."""
    parts.judge.is_strong = lambda rating: rating > measures.STRONG_PAIN  # type: ignore[method-assign]
    parts.judge.is_high = lambda celsius: celsius > measures.HIGH_FEVER  # type: ignore[method-assign]
    judged = parts.intake.judged

    def shorter(text: str, client_message_id: str | None) -> Incoming:
        if len(text) >= LONGEST:
            raise invalid(["content"], f"A message has 1 to {LONGEST} characters.", "string_length")
        return judged(text, client_message_id)

    parts.intake.judged = shorter  # type: ignore[method-assign]


@fault("last-message-decides", "MA-TRIAGE-06")
def last_message_decides(parts: Parts) -> None:
    """Take urgency and flags of a report from the last message, and let the AI lower the urgency."""
    parts.rules.urgency = _last_urgency  # type: ignore[method-assign]
    parts.rules.red_flags = _last_flags  # type: ignore[method-assign]
    parts.rules.with_suggestion = lambda by_rules, suggested: cast(Urgency, suggested)  # type: ignore[method-assign]
    parts.pars.combined = lambda present, latest: latest  # type: ignore[method-assign]
    parts.pars.all_flags = lambda present, latest: tuple(latest)  # type: ignore[method-assign]


def _last_urgency(judged: Sequence[str]) -> Urgency:
    return highest(*judged[-1:])


def _last_flags(judged: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(judged[-1]) if judged else ()
