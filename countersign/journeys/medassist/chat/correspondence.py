"""What one patient sends and is shown in one session, over however many connections, for the history checker."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import personas
from countersign.expect.delivery import CONFIRMATION
from countersign.expect.delivery_record import Confirmation, Conversation, Kept, Seen, Sending, View
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import ChatLine
from countersign.systems.medassist.model import Message
from countersign.systems.medassist.sessions import Said
from countersign.systems.medassist.socket import Frame
from countersign.systems.scripted_ai import mark as scripted

ANSWERED_WITHIN = 10.0
NUMBERED = {"status": "sequence", "message": "sequence_number", "streaming_complete": "sequence_number"}


@dataclass
class Letter:
    """A message under the name its sender gave it; `lines` are the connections over which it was sent."""

    mark: str
    text: str
    lines: list[ChatLine] = field(default_factory=list)
    over_http: list[Confirmation] = field(default_factory=list)
    cut: bool = False


class Correspondence:
    """The messages of one patient in one session. Every text bears a mark that occurs nowhere else."""

    def __init__(self, patient: Patient) -> None:
        self.patient = patient
        self.session = patient.session
        self.letters: list[Letter] = []
        self._scripted = "scripted-ai" in patient.system.capabilities

    def letter(self, do: str = "", *, about: str = "message", **details: object) -> Letter:
        """Write the next message; where the AI is scripted it behaves in this way for it ("echo", "delay" ...).

        `about` names the words of the material ("message", "emergency").
        """
        mark = f"{self.session.id[:8]}-{len(self.letters) + 1:03d}"
        text = f"{personas.material('medassist_sockets')[about]}, see note {mark}"
        letter = Letter(mark, scripted(do, text, **details) if do and self._scripted else text)
        self.letters.append(letter)
        return letter

    def sends(self, line: ChatLine, letter: Letter) -> Letter:
        """Send a message over a connection, for the first time or again."""
        letter.lines.append(line)
        line.say(letter.text, letter.mark)
        return letter

    def sends_over_http(self, letter: Letter) -> Said:
        """Send a message without a connection, and wait for its answer."""
        said = self.patient.api.sessions.say(self.session.id, letter.text, letter.mark)
        letter.over_http.append(Confirmation(said.message.id, said.message.sequence))
        return said

    def conversation(self, readers: Mapping[str, Sequence[ChatLine]], *others: View) -> Conversation:
        """Give it all for the history checker, with the stored history and what each reader was shown."""
        kept = [kept_as(item) for item in self.patient.api.sessions.whole_history(self.session.id)]
        views = [view_of(name, lines) for name, lines in readers.items()]
        # The id of the session stands in frames that bear no message: it must not reach anybody else either.
        return Conversation(
            f"session {self.session.id[:8]}", self.sendings, kept, (*views, *others), marks=(self.session.id,)
        )

    @property
    def sendings(self) -> list[Sending]:
        """What was sent, with every confirmation that came for it."""
        return [self._sending(letter) for letter in self.letters]

    @staticmethod
    def _sending(letter: Letter) -> Sending:
        lines = list(dict.fromkeys(letter.lines))
        confirmations = [confirmation for line in lines for confirmation in confirmations_of(line, letter.mark)]
        times = len(letter.lines) + len(letter.over_http)
        refused = not confirmations and any(frame.type == "error" for line in lines for frame in line.frames)
        told = (*confirmations, *letter.over_http)
        return Sending(letter.mark, letter.text, told, times=times, refused=refused and not letter.cut, cut=letter.cut)


def confirmations_of(line: ChatLine, mark: str) -> list[Confirmation]:
    """Give the confirmations that a connection brought for a message."""
    return [
        Confirmation(str(frame.payload.get("message_id")), int(frame.payload.get("sequence", 0)))
        for frame in line.frames
        if frame.says("status", status="message_received", client_message_id=mark)
    ]


def kept_as(message: Message) -> Kept:
    """Give a stored message as the history checker looks at it."""
    mark = str(message.metadata.get("client_message_id") or "")
    return Kept(
        message.id,
        message.sequence,
        message.content,
        mark,
        message.in_reply_to,
        asks=message.role == "user",
        # Advice is shown as an alert, which does not name its message (contract, section 4).
        shown=message.role != "system",
    )


def view_of(reader: str, lines: Sequence[ChatLine], *, until: int | None = None) -> View:
    """Give what a reader was shown over all their connections; what was there before the first need not be shown."""
    seen = [item for number, line in enumerate(lines) for item in _all_seen(line, number)]
    words = "\n".join(json.dumps(frame.data, ensure_ascii=False) for line in lines for frame in line.frames)
    return View(reader, tuple(seen), int(lines[0].greeting.payload.get("last_sequence", 0)), until, words)


def _all_seen(line: ChatLine, number: int) -> list[Seen]:
    seen, pieces = list[Seen](), list[str]()
    for frame in line.frames:
        told = frame.payload
        if frame.says("status", status="message_received"):
            seen.append(Seen(str(told.get("message_id")), number_of(frame), kind=CONFIRMATION, line=number))
        elif frame.type == "message":
            seen.append(Seen(str(told.get("id")), number_of(frame), str(told.get("content")), line=number))
        elif frame.type == "streaming":
            pieces.append(str(told.get("token")))
        elif frame.type == "streaming_complete":
            # Where pieces came, they are what the patient has read.
            words = "".join(pieces) or str(told.get("content"))
            seen.append(Seen(str(told.get("message_id")), number_of(frame), words, "answer", number))
            pieces.clear()
    return seen


def number_of(frame: Frame) -> int:
    """Give the number in its session of what a frame shows; 0 for a frame that shows nothing stored."""
    return int(frame.payload.get(NUMBERED.get(frame.type, ""), 0))


def last_number(lines: Sequence[ChatLine]) -> int:
    """Give the highest number that was shown on any of these connections."""
    return max((number_of(frame) for line in lines for frame in line.frames), default=0)


def answered(lines: Sequence[ChatLine]) -> set[str]:
    """Give the ids of the messages whose answer was shown on any of these connections."""
    found = set[str]()
    for frame in (frame for line in lines for frame in line.frames):
        if frame.type == "streaming_complete":
            found.add(str(frame.payload.get("in_reply_to")))
        elif frame.says("message", role="assistant"):
            found.add(str((frame.payload.get("metadata") or {}).get("in_reply_to")))
    return found


def awaits(lines: Sequence[ChatLine], answers: int, within: float = ANSWERED_WITHIN) -> bool:
    """Receive on the newest of a reader's connections until so many messages were answered on them all in all."""
    return lines[-1].gather(lambda: len(answered(lines)) >= answers, within)
