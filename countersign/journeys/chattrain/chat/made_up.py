"""A line that was confirmed just before something broke, and the answer that comes afterwards all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.journeys.chattrain.chat.memory import memories
from countersign.journeys.chattrain.chat.steady import confirmed, delayed, steady_line
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.systems.chattrain.model import Frame
from countersign.systems.chattrain.stored import Stored, all_stored
from countersign.transport import eventually
from countersign.transport.deadline import Deadline


@dataclass(frozen=True)
class Recovered:
    """A line that was confirmed just before the drop, with what became of it afterwards.

    `where` says how its answer reached the trainee, `seconds` how long that took from the way back on.
    """

    line: Stored
    reply: Stored
    where: str
    seconds: float


def drop_when_confirmed(trainee: Trainee) -> Recovered:
    """Lose the connection the moment a line is confirmed, come back at once and wait for what became of it.

    Raises DeadlineExceeded if its answer and its score are nowhere within 10 s, ContractBroken if a notice stands in
    for the answer.
    """
    line = delayed(trainee, steady_line())
    _, receipt = confirmed(trainee, line)
    trainee.training.chat.cut()
    deadline = Deadline(10.0, "the answer to the line that was confirmed before the drop")
    trainee.training.rejoin()
    recovered = answer_made_up(trainee, line, receipt.data["message_id"], deadline)
    if _stands_in(trainee, recovered.reply.id):
        raise ContractBroken("chattrain: a notice stands in for the answer that was on its way when the line dropped")
    return recovered


def _stands_in(trainee: Trainee, number: int) -> bool:
    chat = trainee.training.chat
    told = chat.messages()
    shown = [{**frame.data, "id": frame.data.get("message_id")} for frame in chat.frames]
    return any(
        item.get("id") == number and (item.get("metadata") or {}).get("error") is True for item in [*told, *shown]
    )


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


def measure_recovery(stage: Any, recovered: Recovered, limit: float) -> float:
    """Journal and give how long the answer took that was on its way."""
    stage.recorder.say(f"the answer reached the trainee {recovered.where}")
    return measure_longest(stage, "return to the pending answer", [recovered.seconds], below=limit, load="1 user")
