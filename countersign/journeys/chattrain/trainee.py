"""A trainee of the ChatTrain pilot: what a person with a chat client can do."""

from collections.abc import Sequence
from typing import Any

import personas
from countersign.errors import ContractBroken, SuiteError
from countersign.journeys.chattrain.training import Training
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.chat import JOIN_WITHIN, Chat, socket_url
from countersign.systems.chattrain.model import Exchange, Scenario, Session
from personas import Persona


class Trainee:
    """A pilot user. Has a fresh user name in every scenario, so that nobody's limits or history are met twice."""

    def __init__(self, stage: Any, persona: Persona, suffix: str = "") -> None:
        self.stage = stage
        self.persona = persona
        self.name = persona.name
        self.user_name = f"{persona.card.user_name}-{stage.tag}{suffix}"
        self.system = stage.system("chattrain")
        self.api = ChatTrainApi(self.system, self.name, stage.recorder)
        self.trainings: list[Training] = []
        stage.at_end(self.leaves, f"{self.name}'s leaving")

    @property
    def training(self) -> Training:
        """The training the trainee is in. Raises SuiteError if none was opened."""
        if not self.trainings:
            raise SuiteError(f"{self.name} has opened no training in this scenario; add a Given that opens one")
        return self.trainings[-1]

    def finds(self, training: str) -> Scenario:
        """Find a training by its name in the material ("customer service") on the system's list."""
        text_id = personas.material("chattrain")["trainings"][training]["id"]
        found = next((item for item in self.api.scenarios() if item.text_id == text_id), None)
        if found is None:
            raise ContractBroken(f"chattrain: the training {training!r} ({text_id}) is not on the list")
        return found

    def starts(self, scenario: Scenario) -> Session:
        """Start a session of a training, without joining its chat."""
        self.stage.sessions_made += 1
        return self.api.start_session(scenario.id, self.user_name)

    def joins(self, scenario: Scenario, session: Session, within: float = JOIN_WITHIN) -> Training:
        """Join the chat of a session and wait for the greeting."""
        chat = Chat.join(
            self.system,
            socket_url(self.system, session),
            actor=self.name,
            recorder=self.stage.recorder,
            within=within,
        )
        training = Training(self.system, self.name, self.stage.recorder, scenario, session, chat)
        self.trainings.append(training)
        training.greetings.append(chat.wait_for("session_start", within))
        return training

    def opens(self, training: str) -> Training:
        """Find a training, start a session and join its chat."""
        scenario = self.finds(training)
        return self.joins(scenario, self.starts(scenario))

    def answers(self, line: Any, within: float = 12.0) -> Exchange:
        """Say a line in the current training."""
        return self.training.say(line, within)

    def trains(self, training: str, lines: Sequence[str] | None = None) -> Training:
        """Open a training and say lines to its end (the full lines of the material by default)."""
        opened = self.opens(training)
        opened.say_all(lines if lines is not None else full_lines(training))
        opened.awaits_end()
        return opened

    def leaves(self) -> None:
        """Close every connection the trainee still has."""
        for training in self.trainings:
            training.leave()
        self.api.close()


def full_lines(training: str) -> list[str]:
    """Give the lines of a competent trainee for a training, one a step."""
    lines: list[str] = personas.material("chattrain")["trainings"][training]["full_lines"]
    return lines
