"""What everybody at MedAssist has: a name, an account made when it is first needed, and a way to ask."""

from typing import Any

from countersign.evidence import Recorder
from countersign.journeys.medassist.clinic import Account, clinic_of
from countersign.systems.medassist.api import MedAssistApi
from personas import Persona


class Person:
    """Somebody with an account of their own in this scenario. `api` is signed in as soon as it is used."""

    def __init__(self, stage: Any, persona: Persona, suffix: str = "") -> None:
        self.stage = stage
        self.persona = persona
        self.name = persona.name
        self.suffix = suffix
        self.system = stage.system("medassist")
        self.clinic = clinic_of(stage)
        self.recorder: Recorder = stage.recorder
        self._account: Account | None = None
        self._api: MedAssistApi | None = None
        stage.at_end(self.leaves, f"{self.name}'s leaving")

    def enrolled(self) -> Account:
        """Make the account."""
        raise NotImplementedError

    @property
    def account(self) -> Account:
        """The account, made when it is first asked for."""
        if self._account is None:
            self._account = self.enrolled()
        return self._account

    @property
    def api(self) -> MedAssistApi:
        """The person's client, signed in."""
        if self._api is None:
            self._api = self.signed_in_again()
        return self._api

    @property
    def id(self) -> str:
        """The id of the account."""
        if self.account.user is not None:
            return self.account.user.id
        return self.api.me().id

    def signed_in_again(self) -> MedAssistApi:
        """Sign in once more and give a client of that sign-in (the one in use stays as it is)."""
        api = self.stranger()
        api.sign_in(self.account.email, self.account.password)
        return api

    def stranger(self) -> MedAssistApi:
        """Give a client of this person who has not signed in."""
        api = MedAssistApi(self.system, self.name, self.recorder)
        self.stage.at_end(api.close, f"closing a client of {self.name}")
        return api

    def leaves(self) -> None:
        """Close every connection the person still has."""
