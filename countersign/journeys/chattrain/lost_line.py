"""Connections that drop: coming back after a while, and what was on its way when the line went."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import ContractBroken, SystemFault
from countersign.faults.network import Proxy
from countersign.journeys.chattrain.crowd import all_at_once, crowd
from countersign.journeys.chattrain.memory import Memories, memories
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.systems.chattrain.chat import REFUSALS, THE_THREE
from countersign.systems.chattrain.model import Exchange, Frame
from countersign.systems.chattrain.scripted_ai import mark
from countersign.systems.chattrain.stored import Stored, all_stored
from countersign.transport import eventually
from countersign.transport.deadline import Deadline

RECEIPT_WITHIN = 5.0
ON_ITS_WAY = 1.0
"""Seconds a scripted AI takes for the answer that is on its way when the line drops."""


@dataclass(frozen=True)
class Travellers:
    """Trainees who are about to lose their connections."""

    people: Sequence[Trainee]


@dataclass(frozen=True)
class Return:
    """A trainee's way back after a drop. `seconds` run from asking to be let in to the greeting.

    `trouble` says why there was no way back; then there is no time, no state and no exchange.
    """

    who: str
    away: float
    seconds: float = 0.0
    status: str = ""
    exchange: Exchange | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Returns:
    """All ways back."""

    each: Sequence[Return]


@dataclass(frozen=True)
class Recovered:
    """A line that was confirmed just before the drop, with what became of it afterwards.

    `where` says how its answer reached the trainee, `seconds` how long that took from the way back on.
    """

    line: Stored
    reply: Stored
    where: str
    seconds: float


@dataclass(frozen=True)
class SlowTalk:
    """Lines said at once over a slow network: every frame that came, and what the system kept of them."""

    lines: Sequence[str]
    sent: Sequence[float]
    frames: Sequence[Frame]
    kept: Memories

    def replies(self) -> list[Frame]:
        """Give the replies in the order they came."""
        return [frame for frame in self.frames if frame.type == "assistant_message"]

    def as_they_came(self) -> list[Stored]:
        """Give what must be kept of it, by the frames. Raises ContractBroken for a line that was not answered."""
        by_kind = [[frame for frame in self.frames if frame.type == kind] for kind in THE_THREE]
        whole = zip(self.lines, self.sent, zip(*by_kind, strict=False), strict=False)
        return all_stored([Exchange(line, sent, frames) for line, sent, frames in whole])


def steady_line() -> str:
    """Give a line that is rated and never completes a session."""
    return str(personas.material("chattrain_trouble")["steady_line"])


def delayed(trainee: Trainee, line: str, seconds: float = ON_ITS_WAY) -> str:
    """Make the answer to a line take a while where the AI is scripted; elsewhere give the line as it is."""
    if "scripted-ai" in trainee.system.capabilities:
        return mark("delay", line, seconds=f"{seconds:g}")
    trainee.stage.recorder.say("the AI is not scripted: how long the answer is on its way is left to chance")
    return line


def confirmed(trainee: Trainee, line: str) -> tuple[float, Frame]:
    """Say a line and wait for its receipt only; give when it was sent (monotonic) and the receipt."""
    chat = trainee.training.chat
    sent = chat.say(line)
    receipt = chat.wait_for(("message_received", *REFUSALS), RECEIPT_WITHIN)
    if receipt.type != "message_received":
        raise ContractBroken(f"chattrain: the line {line[:60]!r} was refused: {receipt.content!r}")
    return sent, receipt


def holds(trainee: Trainee, exchanges: int, training: str) -> None:
    """Open a training and hold so many exchanges, without completing it."""
    trainee.opens(training)
    trainee.training.say_all([steady_line()] * exchanges)


def travellers(stage: Any, count: int, exchanges: int, training: str) -> None:
    """Let so many pilot users hold so many exchanges each."""
    people = crowd(stage, count)
    all_at_once(people, lambda person: holds(person, exchanges, training), within=60)
    stage.keep(Travellers(people))


def everybody_drops(stage: Any, times_away: Sequence[float]) -> Returns:
    """Let all travellers lose their connection at once, once for each time away, with two exchanges before each drop.

    Gives two exchanges between one drop and the next: the line after the return and one more.
    """

    def travels(person: Trainee) -> list[Return]:
        ways = []
        for number, away in enumerate(times_away):
            if number:
                person.answers(steady_line())
            ways.append(drop_and_return(person, away))
            if ways[-1].trouble:
                break
        return ways

    people = stage.the(Travellers).people
    everyone = all_at_once(people, travels, within=sum(times_away) + 60)
    return Returns([way for ways in everyone for way in ways])


def drop_and_return(trainee: Trainee, away: float) -> Return:
    """Lose the connection without a close frame, stay away, come back and say the next line."""
    training = trainee.training
    training.chat.cut()
    _stay_away(away)
    began = time.monotonic()
    try:
        greeting = training.rejoin()
        return Return(trainee.name, away, greeting.arrived - began, training.status(), training.say(steady_line()))
    except SystemFault as fault:
        return Return(trainee.name, away, trouble=str(fault))


def drop_when_confirmed(trainee: Trainee) -> Recovered:
    """Lose the connection the moment a line is confirmed, come back at once and wait for what became of it.

    Raises DeadlineExceeded if its answer and its score are nowhere within 10 s.
    """
    line = delayed(trainee, steady_line())
    _, receipt = confirmed(trainee, line)
    trainee.training.chat.cut()
    deadline = Deadline(10.0, "the answer to the line that was confirmed before the drop")
    trainee.training.rejoin()
    return answer_made_up(trainee, line, receipt.data["message_id"], deadline)


def answer_made_up(trainee: Trainee, line: str, number: int, deadline: Deadline) -> Recovered:
    """Wait until the answer and the score of a confirmed line have reached the trainee, by whatever way.

    The seconds of what is given run from the start of `deadline`.
    """

    def ask() -> Recovered:
        told = memories(trainee)
        frames = _since_receipt(trainee.training.chat.frames, number)
        reply = next((frame for frame in frames if frame.type == "assistant_message"), None)
        rating = next((frame for frame in frames if frame.type == "evaluation_feedback"), None)
        if reply is not None and rating is not None:
            rated = Stored(number, "user", line, rating.data.get("score"), rating.content)
            answer = Stored(int(reply.data.get("message_id", 0)), "assistant", reply.content)
            return Recovered(rated, answer, "on the new connection", deadline.waited)
        seen = [_came(frames)]
        for way, messages in told.items():
            place = next((place for place, message in enumerate(messages) if message.id == number), None)
            if place is None:
                seen.append(f"{way} does not hold the line")
            elif messages[place].score is None or place + 1 == len(messages):
                seen.append(f"{way} holds the line without answer and score")
            else:
                return Recovered(messages[place], messages[place + 1], way, deadline.waited)
        raise AssertionError("; ".join(seen))

    return eventually(ask, deadline, every=0.2)


def _came(frames: Sequence[Frame]) -> str:
    kinds = dict.fromkeys(frame.type for frame in frames if frame.type not in ("session_start", "session_info"))
    return f"on the connection came {', '.join(kinds) or 'nothing of it'}"


def _since_receipt(frames: Sequence[Frame], number: int) -> list[Frame]:
    # On a connection that did not drop the answers to earlier lines stand before the receipt.
    receipts = [place for place, frame in enumerate(frames) if frame.data.get("message_id") == number]
    return list(frames[receipts[0] + 1 :] if receipts else frames)


def everything_so_far(trainee: Trainee, recovered: Recovered | None = None) -> list[Stored]:
    """Give all that the system must still know of the current training."""
    extra = [recovered.line, recovered.reply] if recovered is not None else []
    return [*all_stored(trainee.training.exchanges), *extra]


def rejoin_over_network(trainee: Trainee, latency: float) -> Proxy:
    """Move a trainee's connection to a network that, once they are in, brings everything so many seconds late."""
    network = Proxy.before(trainee.system.url, recorder=trainee.stage.recorder, system=trainee.system.name)
    trainee.stage.at_end(network.close, "taking the slow network away")
    trainee.training.leave()
    trainee.training.rejoin(via=(network.host, network.port))
    network.slow(latency=latency, direction="down")
    return network


def talk_over_network(trainee: Trainee, count: int) -> SlowTalk:
    """Say lines without waiting, then ask what was kept; everything that came until then is given."""
    chat = trainee.training.chat
    before = len(chat.frames)
    lines = [f"{steady_line()} ({number})" for number in range(1, count + 1)]
    exchanges = chat.burst(lines, within=20)
    kept = memories(trainee)
    return SlowTalk(lines, [exchange.sent for exchange in exchanges], chat.frames[before:], kept)


def measure_returns(stage: Any, returns: Returns, limit: float, required: int) -> None:
    """Journal how long the greetings of the returns took."""
    seconds = [way.seconds for way in returns.each if not way.trouble]
    if seconds:
        load = f"{len(stage.the(Travellers).people)} users at once"
        measure_longest(stage, "return to greeting", seconds, below=limit, load=load, required=required)


def measure_recovery(stage: Any, recovered: Recovered, limit: float) -> float:
    """Journal and give how long the answer took that was on its way."""
    stage.recorder.say(f"the answer reached the trainee {recovered.where}")
    return measure_longest(stage, "return to the pending answer", [recovered.seconds], below=limit, load="1 user")


def measure_lateness(stage: Any, talk: SlowTalk, most: float) -> list[float]:
    """Journal the longest and give all times from a line to its reply."""
    seconds = [reply.arrived - sent for reply, sent in zip(talk.replies(), talk.sent, strict=False)]
    measure_longest(stage, "reply over the slow network", seconds, below=most, load="1 user, 5 lines at once")
    return seconds


def _stay_away(seconds: float) -> None:
    time.sleep(seconds)
