"""A user of the model hub: looks for models, downloads them, generates, waits."""

from functools import cached_property
from typing import Any

from countersign.journeys.modelhub.hub import hub_of
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.socket import PLAIN, PlainLine, TopicLine
from personas import Persona


class HubUser:
    """Somebody with a fresh account in every scenario. `api` is signed in as soon as it is used."""

    def __init__(self, stage: Any, persona: Persona, suffix: str = "") -> None:
        self.stage = stage
        self.persona = persona
        self.name = persona.name
        self.system = stage.system("modelhub")
        self.hub = hub_of(stage)
        self.suffix = suffix
        self.lines: list[PlainLine | TopicLine] = []
        self._api: ModelHubApi | None = None
        stage.at_end(self.leaves, f"{self.name}'s leaving")

    @cached_property
    def account(self) -> tuple[str, str]:
        """The name and the password to sign in with, of an account that is made when it is first asked for."""
        return self.hub.enrols(f"{self.persona.card.user_name}{self.suffix}")

    @property
    def api(self) -> ModelHubApi:
        """The person's client, signed in."""
        if self._api is None:
            self._api = ModelHubApi(self.system, self.name, self.stage.recorder)
            self._api.sign_in(*self.account)
        return self._api

    def listens(self, *topics: str) -> TopicLine:
        """Open the socket with topics and subscribe to some; give the line."""
        line = TopicLine.join(self.system, self.api.token, actor=self.name, recorder=self.stage.recorder)
        self.lines.append(line)
        for topic in topics:
            line.subscribe(topic)
        return line

    def follows_tasks(self) -> PlainLine:
        """Open the plain socket; give the line."""
        line = PlainLine.dial(self.system, PLAIN, self.api.token, actor=self.name, recorder=self.stage.recorder)
        self.lines.append(line)
        return line

    def leaves(self) -> None:
        """Close every connection."""
        for line in self.lines:
            line.close()
        if self._api is not None:
            self._api.close()
