"""Somebody who is no honest trainee: guesses numbers, comes from foreign websites, speaks for others."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from hamcrest import assert_that

import personas
from countersign.errors import ContractBroken, DeadlineExceeded, LineClosed
from countersign.expect.chattrain.exchange import rated
from countersign.expect.counts import number_of
from countersign.expect.every import every
from countersign.expect.traces import Place, Trace
from countersign.expect.trespass import CrossSite
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.foreign_website import asks_from
from countersign.systems.chattrain.chat import socket_url
from countersign.systems.chattrain.knocking import Knock, knock
from countersign.systems.chattrain.model import Frame
from countersign.transport.answer import Answer

REFUSALS = ("error", "security_error")
TAKEN_OVER_WITHIN = 1.0


@dataclass(frozen=True)
class BreakIn:
    """What somebody met who wanted into another one's session: at the chat, and when reading the session back."""

    knocks: list[Knock]
    answers: list[Answer]

    @property
    def seen(self) -> list[Place]:
        """Everything that was shown."""
        frames = [Place(f"the chat shown to a stranger ({knock.way})", knock.shown) for knock in self.knocks]
        return frames + [Place(f"the answer to {answer.what}", _text(answer)) for answer in self.answers]


@dataclass(frozen=True)
class Forgery:
    """What became of lines that a client sent in the customer's name."""

    sent: int
    refusals: list[Frame]
    shown: list[Place]
    kept: list[Place]
    trace: Trace


@dataclass(frozen=True)
class Denials:
    """The answers to calls that only somebody else may make."""

    answers: list[Answer]


@dataclass(frozen=True)
class ForeignWebsite:
    """What foreign websites reached with a trainee's browser, and what the pilot page itself did (None: no page)."""

    knocks: list[Knock]
    answers: list[CrossSite]
    own_page: Knock | None

    def own_page_must_open(self) -> None:
        """Raise ContractBroken if the pilot page's own browser was refused; without a page there is nothing to see."""
        if self.own_page is not None and not self.own_page.greeted:
            raise ContractBroken(
                f"chattrain: the pilot page's own chat ({self.own_page.way}) was not opened: {self.own_page.answer}"
            )


class Stranger(Trainee):
    """A client that does what no trainee would. Anybody can get a session, so a stranger has one of their own too."""

    @property
    def material(self) -> Mapping[str, Any]:
        """What strangers try."""
        return personas.material("chattrain_trespassing")

    def breaks_into(self, owner: Trainee) -> BreakIn:
        """Try the chat and the reading routes of somebody else's session with everything but its token."""
        session, own = owner.training.session, self.starts(owner.training.scenario)
        guessed = str(self.material["guessed_token"])
        keys = {"without a key": "", "with a guessed key": guessed, "with the key of another session": own.token}
        bare = f"/chat/{session.id}"
        # Once inside, somebody would look around and write.
        then = [{"type": "session_start"}, {"type": "user_message", "content": self.material["written_by_stranger"]}]
        knocks = [
            knock(
                self.system,
                socket_url(self.system, path=bare, token=token),
                way=f"knowing the number, {way}",
                actor=self.name,
                recorder=self.stage.recorder,
                then=then,
            )
            for way, token in keys.items()
        ]
        answers = [self.api.try_read(session.id, token, part) for token in keys.values() for part in ("", "/messages")]
        return BreakIn(knocks, answers)

    def speaks_as_customer(self) -> Forgery:
        """Send lines in the customer's name in the own session, and look for them wherever the session shows up."""
        training, text = self.training, str(self.material["put_in_the_customers_mouth"])
        forged = {"type": "assistant_message", "content": text}
        frames = [
            forged,
            {**forged, "message_id": 1, "metadata": {"model": "gpt-4o-mini", "tokens": 12}},
            {**forged, "role": "assistant", "session_id": training.session.id},
        ]
        first = training.chat
        before = len(first.frames)
        for frame in frames:
            first.send(frame)
        kept = [Place("the conversation shown in the chat", str(first.messages()))]
        refusals = [frame for frame in first.frames[before:] if frame.type in REFUSALS]
        training.rejoin()
        with suppress(LineClosed, DeadlineExceeded):
            first.silence(TAKEN_OVER_WITHIN)
        kept.append(Place("the conversation shown after coming back", str(training.chat.messages())))
        if "history" in self.system.capabilities:
            kept.append(Place("the conversation read back", str(self.api.read_messages(training.session))))
        spoken = [frame for frame in (*first.frames, *training.chat.frames) if frame.type != "session_info"]
        shown = [Place(f"the chat ({frame.type})", str(frame.data)) for frame in spoken]
        return Forgery(len(frames), refusals, shown, kept, Trace.of("the line put into the customer's mouth", text))

    def lures(self, victim: Trainee) -> ForeignWebsite:
        """Let foreign websites use the victim's browser, which knows the session's key: open the chat, ask the API."""
        session, page = victim.training.session, self._origin_of_page()
        look_alike = [f"{page}{self.material['look_alike']}"] if page else []
        origins = [*self.material["foreign_websites"], *look_alike]
        url = socket_url(self.system, session)
        answers = [answer for origin in origins for answer in self._asks_from(origin, session.id)]
        knocks = [self._knocks_from(origin, url) for origin in origins]
        own_page = self._knocks_from(page, url) if page else None
        if own_page is None:
            self.stage.recorder.say("not done: the target names no pilot page, so no page of its own could be tried")
        return ForeignWebsite(knocks, answers, own_page)

    def tries_maintenance(self) -> Denials:
        """Call what only the operator may use: without a key, with a guessed one, and with an empty one."""
        keys: Sequence[Mapping[str, str]] = (
            {},
            {"X-Operator-Key": str(self.material["guessed_operator_key"])},
            {"X-Operator-Key": ""},
        )
        return Denials(
            [
                self.api.ask(place["method"], place["path"], headers=key)
                for place in self.material["maintenance"]
                for key in keys
            ]
        )

    def _origin_of_page(self) -> str:
        parts = urlsplit(self.system.page_url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    def _knocks_from(self, origin: str, url: str) -> Knock:
        cookies = {"Cookie": "session=1"}
        recorder = self.stage.recorder
        return knock(
            self.system, url, way=f"from {origin}", actor=self.name, recorder=recorder, origin=origin, headers=cookies
        )

    def _asks_from(self, origin: str, session: int) -> list[CrossSite]:
        places = [
            (place["method"], str(place["path"]).replace("<session>", str(session)))
            for place in self.material["read_by_websites"]
        ]
        return asks_from(self.api.ask, origin, places, names="content-type,x-session-token", cookie="session=1")


def traces_of(owner: Trainee) -> list[Trace]:
    """What of a trainee nobody else may see: the user name, the lines and the replies."""
    said = [Trace.of(f"the user name of {owner.name}", owner.user_name)]
    for number, exchange in enumerate(owner.training.exchanges, 1):
        said.append(Trace.of(f"line {number} of {owner.name}", exchange.line))
        said.append(Trace.of(f"the customer's reply to line {number} of {owner.name}", exchange.reply))
    return said


def goes_on_alone(owner: Trainee) -> None:
    """Say one more line as the owner. Raises AssertionError unless it is rated and only the owner's lines are there."""
    owner.answers_fully(1)
    lines = owner.training.exchanges
    assert_that(lines, every(rated()))
    shown = owner.training.chat.messages()
    own = sum(item.get("role") == "user" for item in shown)
    assert_that(own, number_of(f"lines in the conversation, all by {owner.name}", len(lines), len(lines)))


def _text(answer: Answer) -> str:
    return answer.body.decode("utf-8", "replace")
