"""What a patient is told at once when a message is an emergency."""

from collections.abc import Sequence


class AdviceWriter:
    """Words the emergency advice."""

    def __init__(self, emergency_number: str, crisis_line: str) -> None:
        """Name these numbers."""
        self._emergency = emergency_number
        self._crisis = crisis_line

    def advice(self, red_flags: Sequence[str]) -> str:
        """Give the advice for some red flags."""
        sentences = [
            f"This may be an emergency. Please call {self._emergency} now, or let somebody near you call.",
            "A nurse is being told about your message.",
        ]
        if "psychiatric" in red_flags:
            sentences.insert(1, f"You are not alone: the crisis line {self._crisis} is there for you at any hour.")
        if "overdose" in red_flags:
            sentences.insert(1, "Do not wait for symptoms, and keep the packaging at hand.")
        return " ".join(sentences)
