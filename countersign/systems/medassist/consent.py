"""The consent text and its signature."""

from collections.abc import Mapping
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.medassist.model import need
from countersign.transport.answer import Answer


class Consent:
    """The routes of consent."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def text(self) -> Mapping[str, Any]:
        """Read the consent text in force."""
        text: Mapping[str, Any] = self._ask("GET", "/api/consent/active").must_be(200).json()
        return text

    def give(self) -> Mapping[str, Any]:
        """Agree to everything the text asks for; give the signature."""
        text = self.text()
        fields = need(text, "required_fields", list, "the consent text")
        answer = self.try_giving(need(text, "id", str, "the consent text"), dict.fromkeys(fields, True))
        signature: Mapping[str, Any] = answer.must_be(200, 201).json()
        return signature

    def try_giving(self, consent_id: Any, responses: Any) -> Answer:
        """Try to agree with any responses and give the answer, whatever its status."""
        return self._ask("POST", "/api/consent/submit", json={"consent_id": consent_id, "responses": responses})
