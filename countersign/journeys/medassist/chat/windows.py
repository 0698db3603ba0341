"""Several patients at once, each with two windows on their session, and a nurse who looks on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import personas
from countersign.expect.delivery_record import Conversation, View
from countersign.expect.medassist.alarm_windows import ALARMS, Alarm
from countersign.journeys.medassist.chat.correspondence import Correspondence, awaits, last_number, view_of
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.load.together import together
from countersign.systems.medassist.chat import ChatLine

FORBIDDEN = "FORBIDDEN"
TOLD_WITHIN = 3.0
ALL_WITHIN = 40.0
T = TypeVar("T")


@dataclass(frozen=True)
class Talks:
    """All conversations for the history checker.

    `alarm` is what every window of the first session was shown of an emergency; `nurse_told` are the codes of the
    errors that a nurse's message brought, `words_of_nurse` where it is kept.
    """

    conversations: Sequence[Conversation]
    alarm: Sequence[Alarm]
    nurse_told: Sequence[str]
    words_of_nurse: Sequence[str]


def crowd(stage: Any, persona: str, count: int, **details: Any) -> list[Patient]:
    """Give so many patients of one kind, each with an account of their own."""
    card = personas.load(persona, seed=stage.options.seed)
    return [Patient(stage, card, f".{number + 1}", **details) for number in range(count)]


def all_at_once(jobs: Sequence[Callable[[], T]], within: float = ALL_WITHIN) -> list[T]:
    """Do all this at the same moment; give the results in their order, or raise the first error."""
    return [outcome.get() for outcome in together(jobs, within=within)]


class TwoWindows:
    """A patient with two windows on the session, and whoever else watches it."""

    def __init__(self, patient: Patient, watchers: Sequence[ChatLine] = ()) -> None:
        self.book = Correspondence(patient)
        self.stays, self.goes = patient.joins(), patient.joins()
        self.watchers = list(watchers)
        self.closed: list[View] = []

    def talk(self, messages: int) -> None:
        """Say so many messages without waiting, in turns from both windows, and await every answer in both."""
        letters = [self.book.letter("echo") for _ in range(messages)]
        for number, letter in enumerate(letters):
            self.book.sends((self.stays, self.goes)[number % 2], letter)
        for line in (self.stays, self.goes, *self.watchers):
            awaits([line], len(self.book.letters))

    def alarm(self) -> list[Alarm]:
        """Tell an emergency in one window; give what every window was shown of it."""
        self.book.sends(self.goes, self.book.letter("echo", about="emergency"))
        lines = {"the sender's window": self.goes, "the other window": self.stays}
        lines |= {f"the window of nurse {number}": line for number, line in enumerate(self.watchers, 1)}
        for line in lines.values():
            awaits([line], len(self.book.letters))
            line.ping()
        return [
            Alarm(name, tuple(frame.type for frame in line.frames if frame.type in ALARMS))
            for name, line in lines.items()
        ]

    def close_one(self) -> None:
        """Close one window; what it had to show ends there."""
        for line in (self.goes, self.stays):
            line.ping()
        self.closed.append(view_of("the closed window", [self.goes], until=last_number([self.goes, self.stays])))
        self.goes.close()

    def talk_on(self) -> None:
        """Say one more message in the window that is left."""
        self.book.sends(self.stays, self.book.letter("echo"))
        for line in (self.stays, *self.watchers):
            awaits([line], len(self.book.letters))
            line.ping()

    @property
    def conversation(self) -> Conversation:
        """Everything for the history checker."""
        readers = {"the open window": [self.stays]}
        readers |= {f"the watching nurse {number}": [line] for number, line in enumerate(self.watchers, 1)}
        return self.book.conversation(readers, *self.closed)


@dataclass(frozen=True)
class Crowd:
    """Patients with two windows each, and the line of the nurse who watches the first of them."""

    rooms: Sequence[TwoWindows]
    watching: ChatLine


def two_windows_each(stage: Any, persona: str, count: int, nurse: Nurse) -> Crowd:
    """Let so many patients open two windows each, all at once; a nurse joins the session of the first."""
    patients = crowd(stage, persona, count)
    watching = nurse.watches(patients[0].session.id)
    rooms = all_at_once(
        [partial(TwoWindows, patient, [watching] if patient is patients[0] else []) for patient in patients]
    )
    return Crowd(rooms, watching)


def talk_side_by_side(crowd: Crowd, messages: int) -> Talks:
    """Let all patients talk at once from two windows each, then close one and say one thing more.

    In between the first tells an emergency, and the nurse tries to write.
    """
    all_at_once([partial(room.talk, messages) for room in crowd.rooms])
    alarm = crowd.rooms[0].alarm()
    words = f"{personas.material('medassist_sockets')['nurse_words']} {crowd.rooms[0].book.session.id[:8]}"
    told = _tries_to_write(crowd.watching, words)
    for room in crowd.rooms:
        room.close_one()
    all_at_once([room.talk_on for room in crowd.rooms])
    conversations = [room.conversation for room in crowd.rooms]
    kept = [item.id for each in conversations for item in each.kept if words in item.text]
    return Talks(conversations, alarm, told, kept)


def _tries_to_write(watching: ChatLine, words: str) -> list[str]:
    watching.say(words)
    watching.gather(lambda: watching.frames[-1].type == "error", TOLD_WITHIN)
    return [str(frame.payload.get("code")) for frame in watching.frames if frame.type == "error"]
