"""A trainee of the ChatTrain pilot: what a person with a chat client can do."""

import time
from collections.abc import Sequence
from typing import Any

import personas
from countersign.errors import ContractBroken, SuiteError
from countersign.journeys.chattrain.training import Training
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.chat import JOIN_WITHIN, Chat, socket_url
from countersign.systems.chattrain.model import Exchange, Scenario, Session
from countersign.transport.answer import Answer
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
        self.stage.made["training sessions"] += 1
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

    def opens_and_reads(self, training: str) -> list[Answer]:
        """Open a training and fetch every document it lists."""
        opened = self.opens(training)
        return self.reads_documents(opened.scenario)

    def reads_documents(self, scenario: Scenario) -> list[Answer]:
        """Fetch every listed document of a scenario.

        Raises ContractBroken unless there is one and each arrives with its listed size.
        """
        answers, listed = [], self.api.documents(scenario.text_id)
        if not listed:
            raise ContractBroken(f"chattrain: {scenario.title} lists no document")
        for document in listed:
            answer = self.api.open_document(document).must_be(200)
            if len(answer.body) != document.size:
                raise ContractBroken(
                    f"chattrain: {document.filename} came with {len(answer.body)} bytes, listed are {document.size}"
                )
            answers.append(answer)
        return answers

    def answers_fully(self, count: int) -> list[Exchange]:
        """Say the next `count` full lines of the current training, as a competent trainee would."""
        training = self.training
        lines = full_lines(name_of(training.scenario))
        begin = len(training.exchanges)
        return training.say_all([lines[min(begin + number, len(lines) - 1)] for number in range(count)])

    def finds_everything_again(self) -> None:
        """List the trainings again and fetch the documents of the current one again; raise if one is gone."""
        offered = {item.text_id for item in self.api.scenarios()}
        gone = sorted({entry["id"] for entry in personas.material("chattrain")["trainings"].values()} - offered)
        if gone:
            raise ContractBroken(f"chattrain: {', '.join(gone)} is no longer on the list")
        self.reads_documents(self.training.scenario)

    def minutes_so_far(self) -> float:
        """Minutes since the current training was started, by the suite's own clock."""
        return (time.monotonic() - self.training.started) / 60

    def answers(self, line: Any, within: float = 12.0) -> Exchange:
        """Say a line in the current training."""
        return self.training.say(line, within)

    def trains(self, training: str, lines: Sequence[str] | None = None) -> Training:
        """Open a training and say lines to its end (the full lines of the material by default)."""
        opened = self.opens(training)
        opened.say_all(lines if lines is not None else full_lines(training))
        opened.awaits_end()
        return opened

    def trains_on(self, training: str, lines: Sequence[str]) -> Training:
        """Open a training and say lines in it, without waiting for its end."""
        opened = self.opens(training)
        opened.say_all(lines)
        return opened

    def leaves(self) -> None:
        """Close every connection the trainee still has."""
        for training in self.trainings:
            training.leave()
        self.api.close()


def name_of(scenario: Scenario) -> str:
    """Give the name the features use for a scenario. Raises SuiteError if the material does not know it."""
    for name, entry in personas.material("chattrain")["trainings"].items():
        if entry["id"] == scenario.text_id:
            return str(name)
    raise SuiteError(f"personas/material/chattrain.yaml knows no training {scenario.text_id}")


def full_lines(training: str) -> list[str]:
    """Give the lines of a competent trainee for a training, one a step."""
    lines: list[str] = personas.material("chattrain")["trainings"][training]["full_lines"]
    return lines


def text_id_of(training: str) -> str:
    """Give the text id of a training by the name the features use for it."""
    text_id: str = personas.material("chattrain")["trainings"][training]["id"]
    return text_id
