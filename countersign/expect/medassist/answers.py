"""Matchers for a conversation: each message is acknowledged once and gets one answer, whole, its own, and in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Sent
from countersign.systems.medassist.socket import Frame

PIECE, WHOLE = "streaming", "streaming_complete"


@dataclass(frozen=True)
class Answered:
    """Messages that were sent, in order, with everything that came on the line.

    `words` are the messages' own words, which their answers repeat (empty where the AI cannot be told to).
    `stored` says of each message that was looked up right after its acknowledgement whether it was there. `meanwhile`
    are the messages sent while the answer to `running` was held up; both are indexes from 0.
    """

    sent: tuple[Sent, ...]
    frames: tuple[Frame, ...]
    words: tuple[str, ...] = ()
    stored: tuple[bool, ...] = ()
    running: int = 0
    meanwhile: tuple[int, ...] = ()

    def acknowledgements(self, number: int) -> list[Frame]:
        """Give the acknowledgements of a message (index from 0)."""
        mine = self.sent[number].client_id
        return [f for f in self.frames if f.says("status", status="message_received", client_message_id=mine)]

    def answers(self, number: int) -> list[Frame]:
        """Give the answers to a message (index from 0), by the id under which it was acknowledged."""
        ids = [frame.payload.get("message_id") for frame in self.acknowledgements(number)]
        return [f for f in self.frames if f.type == WHOLE and f.payload.get("in_reply_to") in ids]


class AcknowledgedOnce(Lacking[Answered]):
    """See `acknowledged_once`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = (
            f"{count} messages, each acknowledged once, under an id and a number of its own, when it is stored"
        )

    def lack(self, item: Any) -> str:
        """Say which message was not."""
        if len(item.sent) != self.count:
            return f"{len(item.sent)} messages were sent"
        found = [item.acknowledgements(number) for number in range(self.count)]
        for number, frames in enumerate(found, 1):
            if len(frames) != 1:
                return f"message {number} was acknowledged {len(frames)} times"
        ids = {frame.payload.get("message_id") for (frame,) in found}
        numbers = [frame.payload.get("sequence") for (frame,) in found]
        if len(ids) < self.count or sorted(set(numbers)) != numbers:
            return f"the ids are not all different, or the numbers do not rise: {numbers}"
        lost = [number for number, there in enumerate(item.stored, 1) if not there]
        if lost or not item.stored:
            return f"message {lost[0] if lost else 1} could not be read when it was acknowledged"
        return ""


def acknowledged_once(count: int) -> AcknowledgedOnce:
    """Match a conversation in which each message was acknowledged once, and was stored by then."""
    return AcknowledgedOnce(count)


class AnsweredOnce(Lacking[Answered]):
    """See `answered_once_in_order`."""

    expected = "one complete answer to each message, its own, in the order of sending"

    def lack(self, item: Any) -> str:
        """Say which answer is missing, doubled, another's or out of order."""
        whole = [frame for frame in item.frames if frame.type == WHOLE]
        for number in range(len(item.sent)):
            answers = item.answers(number)
            if len(answers) != 1:
                return (
                    f"message {number + 1} got {len(answers)} answers, {len(whole)} came for {len(item.sent)} messages"
                )
        ordered = [item.answers(number)[0] for number in range(len(item.sent))]
        if len(whole) != len(item.sent):
            return f"{len(whole)} answers came for {len(item.sent)} messages"
        early = [n for n, frame in enumerate(ordered, 1) if frame.arrived < item.acknowledgements(n - 1)[0].arrived]
        if early:
            return f"message {early[0]} was answered before it was acknowledged"
        for place, (came, due) in enumerate(zip(whole, ordered, strict=True), 1):
            if came is not due:
                return f"answer {place} in the order of coming is that of message {ordered.index(came) + 1}"
        return next(_strange_words(item, ordered), "")


def answered_once_in_order() -> AnsweredOnce:
    """Match a conversation in which each message got one answer, with its own words where the AI repeats them."""
    return AnsweredOnce()


def _strange_words(item: Answered, ordered: Sequence[Frame]) -> Iterator[str]:
    for number, (frame, word) in enumerate(zip(ordered, item.words, strict=False), 1):
        content = str(frame.payload.get("content", ""))
        if word not in content:
            others = [n for n, other in enumerate(item.words, 1) if other in content]
            said = f"that of message {others[0]}" if others else repr(content[:60])
            yield f"the answer to message {number} is {said}"


class WholeInPieces(Lacking[Answered]):
    """See `whole_in_pieces`."""

    expected = "answers whose pieces, numbered from 0 and joined, are the answer"

    def lack(self, item: Any) -> str:
        """Say which answer was said otherwise than it is."""
        pieces: list[Frame] = []
        number = 0
        for frame in item.frames:
            if frame.type == PIECE:
                pieces.append(frame)
            elif frame.type == WHOLE:
                number += 1
                content = str(frame.payload.get("content", ""))
                said = "".join(str(piece.payload.get("token", "")) for piece in pieces)
                if not content.strip() or (pieces and said != content):
                    return f"answer {number} was said as {said[:60]!r}, it is {content[:60]!r}"
                if [piece.payload.get("sequence") for piece in pieces] != list(range(len(pieces))):
                    return f"the pieces of answer {number} are not numbered from 0"
                pieces = []
        if pieces:
            return f"{len(pieces)} pieces came after the last answer"
        return "" if number else "no answer came"


def whole_in_pieces() -> WholeInPieces:
    """Match a conversation in which the pieces of every answer, joined, are the answer."""
    return WholeInPieces()


class AcknowledgedMeanwhile(Lacking[Answered]):
    """See `acknowledged_while_an_answer_ran`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = f"{count} messages acknowledged before the answer that was running"

    def lack(self, item: Any) -> str:
        """Say which message waited."""
        if len(item.meanwhile) != self.count:
            return f"{len(item.meanwhile)} messages were sent meanwhile"
        ends = item.answers(item.running)[0].arrived
        late = [number + 1 for number in item.meanwhile if item.acknowledgements(number)[0].arrived >= ends]
        # Only a scripted AI holds its answer up for sure; another may be done before anybody can interrupt it.
        return f"message {late[0]} was acknowledged after the running answer" if late and item.words else ""


def acknowledged_while_an_answer_ran(count: int) -> AcknowledgedMeanwhile:
    """Match a conversation in which so many messages were sent and acknowledged while an answer was held up."""
    return AcknowledgedMeanwhile(count)
