"""A walk through every service and every kind of chat message, to collect the times that the system tells."""

from typing import Any

import personas
from countersign.errors import ContractBroken
from countersign.evidence import utc_now
from countersign.expect.times import Told
from countersign.journeys.chattrain.operator import Operator
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.chattrain.training import Training
from countersign.systems.stamps import times_in


class TimesWalk:
    """Collects times; every stop must tell at least one, so that silence is not taken for correctness."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator
        self.told: list[Told] = []

    def goes(self, trainee: Trainee) -> list[Told]:
        """Walk with a trainee through all services and messages; give every time that was told."""
        self._hears("the health report", self.operator.api.ask("GET", "/api/health").json())
        for scenario in trainee.api.scenarios():
            self._hears(f"{scenario.text_id} on the list", scenario.raw)
            listed = trainee.api.ask("GET", f"/api/scenarios/{scenario.text_id}/documents").must_be(200).json()
            self._hears(f"the documents of {scenario.text_id}", listed, min(1, len(listed)))
        training = trainee.opens("customer service")
        self._hears("the new session", training.session.raw)
        self._talks(training)
        self._reads_back(trainee, training)
        self._ends(training)
        for frame in training.chat.frames:
            # Every message of the chat is stamped, so a missing stamp is heard as well.
            self.told.append(Told(f"timestamp of {frame.type}", frame.data.get("timestamp"), utc_now()))
            self._hears(frame.type, {name: value for name, value in frame.data.items() if name != "timestamp"}, 0)
        return self.told

    def _talks(self, training: Training) -> None:
        training.say_all(personas.material("chattrain_api")["plain_lines"][:2])
        training.say("")
        training.chat.send({"type": "a kind nobody knows"})
        training.chat.wait_for("error", 3.0)
        training.chat.info()

    def _reads_back(self, trainee: Trainee, training: Training) -> None:
        if "history" in trainee.system.capabilities:
            self._hears("the session read back", trainee.api.read_session(training.session))
            self._hears("the conversation read back", trainee.api.read_messages(training.session))
        else:
            trainee.stage.recorder.say("the target reads no sessions back, so no times were heard there")

    def _ends(self, training: Training) -> None:
        if "completion" in training.system.capabilities:
            training.chat.end_early()
            training.chat.info()

    def _hears(self, where: str, data: Any, at_least: int = 1) -> None:
        heard = [Told(place, value, utc_now()) for place, value in times_in(data, where)]
        if len(heard) < at_least:
            raise ContractBroken(f"chattrain: {where} tells no time at all")
        self.told += heard
