"""A patient: describes symptoms in a session of their own, and reads what comes of it."""

from collections.abc import Sequence
from typing import Any

from countersign.errors import SuiteError
from countersign.journeys.medassist.clinic import Account
from countersign.journeys.medassist.person import Person
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.chat import ANSWER_WITHIN, ChatLine, Turn
from countersign.systems.medassist.model import Session
from countersign.transport.answer import Answer


class Patient(Person):
    """A patient with a fresh account in every scenario, who has agreed to the consent text where there is one."""

    def __init__(self, stage: Any, persona: Any, suffix: str = "", *, full_name: str = "", agrees: bool = True) -> None:
        super().__init__(stage, persona, suffix)
        self.full_name = full_name
        self.agrees = agrees
        self.sessions: list[Session] = []
        self.lines: list[ChatLine] = []
        self.turns: list[Turn] = []

    def enrolled(self) -> Account:
        """Register."""
        return self.clinic.enrol(self.persona, self.suffix, full_name=self.full_name)

    def signed_in_again(self) -> MedAssistApi:
        """Sign in; the first time also agree to the consent text, where the system asks for it."""
        first = self._api is None
        api = super().signed_in_again()
        if first and self.agrees and "consent" in self.system.capabilities:
            api.consent.give()
        return api

    @property
    def session(self) -> Session:
        """The session the patient is in; one is opened when it is first asked for."""
        return self.sessions[-1] if self.sessions else self.opens_session()

    @property
    def line(self) -> ChatLine:
        """The open chat of the session; it is joined when it is first asked for."""
        return self.lines[-1] if self.lines else self.joins()

    def opens_session(self, **metadata: Any) -> Session:
        """Open a session."""
        session = self.api.sessions.open(metadata)
        self.sessions.append(session)
        self.clinic.opened(session.id)
        return session

    def joins(self, **details: Any) -> ChatLine:
        """Join the chat of the session on a new connection (`last_sequence`, `via`, `within` as for `ChatLine`)."""
        line = ChatLine.join(
            self.system,
            self.session.id,
            self.api.tokens.access,
            actor=self.name,
            recorder=self.recorder,
            **details,
        )
        self.lines.append(line)
        return line

    def says(self, content: Any, within: float = ANSWER_WITHIN) -> Turn:
        """Say something in the chat and wait for the whole answer; the turn is remembered."""
        turn = self.line.exchange(content, within)
        self.turns.append(turn)
        return turn

    def says_all(self, contents: Sequence[Any], within: float = ANSWER_WITHIN) -> list[Turn]:
        """Say one thing after the other, each after the answer to the one before."""
        return [self.says(content, within) for content in contents]

    @property
    def turn(self) -> Turn:
        """The newest turn. Raises SuiteError if nothing was said."""
        if not self.turns:
            raise SuiteError(
                f"{self.name} has said nothing in this scenario; add a sentence in which something is said"
            )
        return self.turns[-1]

    def reads_outcome(self) -> Answer:
        """Try to read the report of the session, as a patient may after the decision."""
        return self.api.reports.try_of_session(self.session.id)

    def leaves(self) -> None:
        """Close the chats."""
        for line in self.lines:
            line.close()
