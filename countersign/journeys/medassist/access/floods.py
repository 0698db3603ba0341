"""Too much of one kind from one person: wrong passwords, messages, requests; and how others fare meanwhile."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import NotVerified
from countersign.expect.credentials import Shown
from countersign.expect.refusals import TOO_MANY_REQUESTS
from countersign.journeys.medassist.clinic import new_password
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.medassist.person import Person
from countersign.load.together import together
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.chat import Turn
from countersign.transport.answer import Answer

ANSWERS_WITHIN = 20.0
CONNECTIONS = 20
PIECES_OF_THE_OTHER = 10


@dataclass(frozen=True)
class Beside:
    """What somebody met who had nothing to do with the flood."""

    shown: list[Shown]


@dataclass(frozen=True)
class Guessing:
    """Wrong passwords for one account, then the right one, within so many seconds."""

    wrong: list[Answer]
    right: Answer
    seconds: float


def guesses_password(guesser: Person, other: Person, count: int) -> Guessing:
    """Try so many wrong passwords for one account, then the right one; the other person signs in after each third."""
    account, colleague, api = guesser.account, other.account, guesser.stranger()
    began, wrong, others = time.monotonic(), [], []
    for number in range(count):
        wrong.append(api.try_sign_in(account.email, new_password(guesser.stage)))
        if number % 3 == 2:
            answer = other.stranger().try_sign_in(colleague.email, colleague.password)
            others.append(Shown(f"the password of {other.name}", answer))
    right = api.try_sign_in(account.email, account.password)
    guesser.stage.keep(Beside(others))
    return Guessing(wrong, right, time.monotonic() - began)


@dataclass(frozen=True)
class MessageFlood:
    """Messages sent at once, what is stored of them, the one after the waiting time, and one of somebody else."""

    turns: list[Turn]
    stored: list[str]
    later: Turn
    other: Turn

    @property
    def taken(self) -> list[Turn]:
        """Those that were acknowledged."""
        return [turn for turn in self.turns if turn.acknowledgement is not None]

    @property
    def refused(self) -> list[Turn]:
        """Those that were not."""
        return [turn for turn in self.turns if turn.acknowledgement is None]

    def measure(self, stage: Any, most: int) -> None:
        """Journal how many messages of the flood were taken."""
        stage.measure(
            "messages taken of a flood",
            len(self.taken),
            "messages",
            samples=len(self.turns),
            limit=most,
            relation="at most",
            statistic="count",
            load=f"{len(self.turns)} messages of one patient at once",
        )


def floods_with_messages(patient: Patient, other: Patient, count: int) -> MessageFlood:
    """Send so many messages at once, let somebody else write one, wait as long as told, and send one more."""
    line, text = patient.line, personas.material("medassist")["complaints"]["a routine complaint"]
    # Joined before, so that what the other one waits for is the answer alone.
    other.line.ping()
    sent = [line.say(f"{text}, said for the time {number}", f"flood-{number}") for number in range(1, count + 1)]
    turns = line.collect(sent, ANSWERS_WITHIN)
    beside = other.says(text)
    refusals = [turn.refusal for turn in turns if turn.refusal is not None]
    last = max((frame.arrived for frame in refusals), default=time.monotonic())
    line.silence(max(0.001, last + _wait_told(turns) - time.monotonic()))
    later = line.exchange(f"{text}, said after the wait", ANSWERS_WITHIN)
    history = patient.api.sessions.whole_history(patient.session.id)
    stored = [message.content for message in history if message.role == "user"]
    return MessageFlood(turns, stored, later, beside)


def _wait_told(turns: Sequence[Turn]) -> float:
    """Give the longest time to wait that was told, 0 if none was."""
    told = [turn.refusal.payload.get("details") for turn in turns if turn.refusal is not None]
    waits = [details.get("retry_after") for details in told if isinstance(details, dict)]
    return float(max((wait for wait in waits if isinstance(wait, int | float)), default=0))


@dataclass(frozen=True)
class RequestFlood:
    """Requests of one person within so many seconds."""

    answers: list[Answer]
    seconds: float

    @property
    def refused(self) -> list[Answer]:
        """The answers that gave nothing."""
        return [answer for answer in self.answers if answer.status != 200]

    def measure(self, stage: Any, least: int) -> None:
        """Journal how many requests of the flood were told to wait."""
        stage.measure(
            "requests of a flood told to wait",
            sum(answer.status == TOO_MANY_REQUESTS for answer in self.answers),
            "requests",
            samples=len(self.answers),
            limit=least,
            relation="at least",
            statistic="count",
            load=f"{len(self.answers)} requests of one person in {self.seconds:.1f} s",
        )


def floods_with_requests(flooder: Person, other: Person, count: int, seconds: float) -> RequestFlood:
    """Send so many requests of one person on several connections at once while somebody else asks, too.

    Raises NotVerified if sending them took longer than `seconds`: then it was no flood.
    """
    tokens, beside_api = flooder.api.tokens, other.api
    apis = [MedAssistApi(flooder.system, flooder.name, flooder.stage.recorder) for _ in range(CONNECTIONS)]
    for api in apis:
        api.use(tokens)
    jobs = [partial(_asks, api, count // CONNECTIONS) for api in apis]
    outcomes = together([*jobs, partial(_asks, beside_api, PIECES_OF_THE_OTHER)], within=30.0)
    for api in apis:
        api.close()
    answers = [answer for outcome in outcomes[:-1] for answer in outcome.get()]
    last_sent = max(answer.sent_at for answer in answers) - min(answer.sent_at for answer in answers)
    if last_sent.total_seconds() > seconds:
        raise NotVerified(
            f"sending {count} requests took {last_sent.total_seconds():.1f} s here, more than the {seconds:g} s allowed"
        )
    flooder.stage.keep(Beside([Shown(f"the sign-in of {other.name}", answer) for answer in outcomes[-1].get()]))
    return RequestFlood(answers, last_sent.total_seconds())


def _asks(api: MedAssistApi, count: int) -> list[Answer]:
    return [api.ask("GET", "/api/auth/me") for _ in range(count)]
