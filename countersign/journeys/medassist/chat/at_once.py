"""Many messages of one session at the same moment, from two connections, some of them sent on both."""

from collections.abc import Sequence
from functools import partial

from countersign.journeys.medassist.chat.correspondence import Correspondence, Letter, answered
from countersign.journeys.medassist.chat.lost_line import Talk
from countersign.journeys.medassist.chat.windows import all_at_once
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.medassist.trouble.upheaval import other_settings
from countersign.systems.medassist.chat import ChatLine
from countersign.transport.deadline import Deadline

USUAL_BURST, BURST_SECONDS = 20, 10.5
"""Messages a user may send in 10 s (contract, section 8), and when the next such burst is free."""
ANSWERED_WITHIN = 20.0


def writes_at_once(patient: Patient, count: int, twice: int) -> Talk:
    """Send so many messages from two connections at the same moment, `twice` of them on both under the same name.

    Where the suite may, the limit of messages in a moment is raised so that all of them come at once; elsewhere they
    come in the bursts that the system allows.
    """
    book = Correspondence(patient)
    letters = [book.letter() for _ in range(count)]
    with other_settings(patient.stage, CHAT_BURST_PER_10S=2 * (count + twice)) as raised:
        lines = (patient.joins(), patient.joins())
        mails = [(lines[number % 2], letter) for number, letter in enumerate(letters)]
        mails += [(lines[(number + 1) % 2], letter) for number, letter in enumerate(letters[:twice])]
        # A repeat goes out right behind its first, so that both are in work at the same time.
        mails.sort(key=lambda mail: mail[1].mark)
        burst = len(mails) if raised else USUAL_BURST
        for start in range(0, len(mails), burst):
            if start:
                lines[0].silence(BURST_SECONDS)
            all_at_once([partial(_sends, book, line, mails[start : start + burst]) for line in lines])
        _collect(lines, count)
    return Talk(book.conversation({"the first connection": [lines[0]], "the second connection": [lines[1]]}))


def _sends(book: Correspondence, line: ChatLine, mails: Sequence[tuple[ChatLine, Letter]]) -> None:
    for own, letter in mails:
        if own is line:
            book.sends(line, letter)


def _collect(lines: Sequence[ChatLine], answers: int) -> None:
    deadline = Deadline(ANSWERED_WITHIN, "medassist: the answers to all messages")
    for line in lines:
        line.gather(partial(_all_answered, line, answers), deadline)
        line.ping()


def _all_answered(line: ChatLine, answers: int) -> bool:
    return line.frames[-1].type == "streaming_complete" and len(answered([line])) >= answers
