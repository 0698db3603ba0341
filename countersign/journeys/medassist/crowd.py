"""Patients in great numbers: registered, signed in and agreed once a run, however many scenarios need them.

Making an account is dear by intent (passwords are hashed slowly). Sessions and chats are fresh in every scenario.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

import personas
from countersign.errors import SystemFault
from countersign.evidence import Recorder
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.medassist.clinic import Account, clinic_of, new_password
from countersign.journeys.medassist.patient import Patient
from countersign.load.lanes import in_lanes
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.model import Tokens, User
from personas import Persona

LANES = 4
MAKING_WITHIN = 120.0
SIGNED_IN_FRESH = 0.5
"""Part of the life of a sign-in after which somebody signs in again before a scenario begins."""
KINDS = ("Pia", "Paul", "Priya")
RESTS = 10.0
"""Seconds over which the system counts what somebody says (contract 4.1): who has just talked may be refused for it."""
MOST_UNASKED = 60
"""So many members there may be before the tired ones are taken again."""


@dataclass
class Member:
    """One of the crowd: who it is and how it is signed in. `operations` are the steps of making it, failed or not."""

    name: str
    persona: Persona
    account: Account | None = None
    tokens: Tokens | None = None
    signed_in_at: float = 0.0
    left_at: float = float("-inf")
    operations: list[Operation] = field(default_factory=list)

    @property
    def problem(self) -> str:
        """The step that failed; empty if the member is there."""
        return next((str(operation) for operation in self.operations if operation.failed), "")


class Crowd:
    """The members made so far. Registering and agreeing is not noted exchange by exchange."""

    def __init__(self, stage: Any) -> None:
        self.system = stage.system("medassist")
        self.unheard = Recorder(stage.recorder.redactor, limit=0)
        self._tag = stage.run.tag
        self._seed = stage.options.seed
        self._members: list[Member] = []
        if not self.system.embedded:
            stage.lasting.at_end(self._deactivate, "deactivating the accounts of the crowd")

    def some(self, stage: Any, count: int) -> list[Member]:
        """Give so many members, those first who have rested longest; who is missing is made, several at a time."""
        rested = sum(time.monotonic() - member.left_at > RESTS for member in self._members)
        room = max(count, MOST_UNASKED) - len(self._members)
        fresh = [self._stranger(len(self._members) + number) for number in range(min(count - rested, room))]
        self._members += fresh
        chosen = sorted(self._members, key=lambda member: member.left_at)[:count]
        old = [member for member in chosen if member.tokens and self._signed_in_long_ago(member, member.tokens)]
        jobs = [partial(self._make, stage, member) for member in fresh]
        jobs += [partial(self._sign_in, member) for member in old]
        in_lanes(jobs, lanes=LANES, within=MAKING_WITHIN)
        stage.made["accounts"] += sum(member.account is not None for member in fresh)
        stage.at_end(partial(self._leave, chosen), "letting the crowd rest")
        return chosen

    def _leave(self, members: Sequence[Member]) -> None:
        for member in members:
            member.left_at = time.monotonic()

    def _stranger(self, number: int) -> Member:
        persona = personas.load(KINDS[number % len(KINDS)], seed=self._seed)
        return Member(f"{persona.name} {number + 1}", persona)

    def _signed_in_long_ago(self, member: Member, tokens: Tokens) -> bool:
        return time.monotonic() - member.signed_in_at > SIGNED_IN_FRESH * tokens.expires_in

    def _make(self, stage: Any, member: Member) -> None:
        local, _, domain = member.persona.attributes.email.partition("@")
        email = f"{local}.{self._tag}-{member.name.replace(' ', '-').lower()}@{domain}"
        password, made = new_password(stage), list[User]()
        api = MedAssistApi(self.system, member.name, self.unheard)
        full_name = member.persona.attributes.full_name
        steps: list[tuple[str, Callable[[], object]]] = [
            ("registering", lambda: made.append(api.accounts.register(email, password, full_name))),
            ("signing in", lambda: self._signed_in(member, api.sign_in(email, password))),
        ]
        if "consent" in self.system.capabilities:
            steps.append(("agreeing to the consent text", api.consent.give))
        for what, act in steps:
            if not member.problem:
                member.operations.append(attempt(member.name, what, partial(_done, act)))
        api.close()
        if made:
            member.account = Account(email, password, full_name, made[0])

    def _sign_in(self, member: Member) -> None:
        assert member.account is not None, "only members with an account have signed in before"
        api = MedAssistApi(self.system, member.name, self.unheard)
        self._signed_in(member, api.sign_in(member.account.email, member.account.password))
        api.close()

    def _signed_in(self, member: Member, tokens: Tokens) -> None:
        member.tokens, member.signed_in_at = tokens, time.monotonic()

    def _deactivate(self) -> None:
        if "account-admin" not in self.system.capabilities:
            return
        admin = MedAssistApi(self.system, "suite", self.unheard)
        account = next(each for each in self.system.staff if each.role == "admin")
        admin.sign_in(account.email, account.password)
        for member in self._members:
            if member.account is not None and member.account.user is not None:
                admin.accounts.set_active(member.account.user.id, False)
        admin.close()


class Regular(Patient):
    """A member of the crowd in one scenario. Single exchanges are not noted: nobody reads thousands of them."""

    def __init__(self, stage: Any, member: Member, unheard: Recorder) -> None:
        super().__init__(stage, member.persona, agrees=False)
        self.name = member.name
        self.recorder = unheard
        self._member = member

    def enrolled(self) -> Account:
        """Give the account that the member has."""
        assert self._member.account is not None, "members with a problem are not handed out"
        return self._member.account

    def signed_in_again(self) -> MedAssistApi:
        """Go on with the sign-in of the member (the first time), or sign in anew."""
        if self._api is not None or self._member.tokens is None:
            return super().signed_in_again()
        api = self.stranger()
        api.use(self._member.tokens)
        return api


@dataclass(frozen=True)
class Gathered:
    """Who came of a crowd, and the steps of making those who were made for this scenario or before."""

    people: Sequence[Regular]
    operations: Sequence[Operation]


def gathered(stage: Any, count: int) -> Gathered:
    """Gather so many patients; whoever could not be made is missing, and the failed step is among the operations."""
    clinic_of(stage)
    crowd: Crowd = stage.lasting.get(Crowd, lambda: Crowd(stage))
    members = crowd.some(stage, count)
    people = [Regular(stage, member, crowd.unheard) for member in members if not member.problem]
    return Gathered(people, list(chain.from_iterable(member.operations for member in members)))


def patients(stage: Any, count: int) -> Sequence[Regular]:
    """Gather so many patients. Raises SystemFault if one of them could not register, sign in or agree."""
    come = gathered(stage, count)
    failed = [operation for operation in come.operations if operation.failed]
    if failed:
        raise SystemFault(f"medassist: {count - len(come.people)} of {count} patients could not be made: {failed[0]}")
    return come.people


def _done(act: Callable[[], object]) -> None:
    act()
